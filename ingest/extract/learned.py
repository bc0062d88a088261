"""The extractor with a trained network: reads what no pattern lists, with scores that are probabilities."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from ingest.extract.assemble import assemble
from ingest.extract.hints import load_patterns
from ingest.extract.joint import JointReader
from ingest.extract.lexis import load_lexis
from ingest.extract.mentions import build_lexicon
from ingest.extract.naming import Namer, load_names
from ingest.extract.network import MODEL_FOLDER, load_info, load_network
from ingest.extract.relations import RelationReader
from ingest.extract.wordpiece import load_wordpiece
from ingest.nlp import build_splitter
from ingest.seeds import Seeds
from kg.errors import ExtractError, RunError
from kg.ontology import Ontology
from kg.types import Extraction

__all__ = ["LearnedExtractor"]


class LearnedExtractor:
    """Network, word lists and patterns together; a reading's score is the probability that it is right.

    `threshold` is the least score of a reading; None takes the model's own. A text is read by itself, never in a batch
    with others: eight-bit arithmetic scales by the largest value of what is read at once, so neighbours would show.
    Build one a process.
    """

    def __init__(
        self, seeds: Seeds, ontology: Ontology, folder: Path = MODEL_FOLDER, threshold: float | None = None
    ) -> None:
        info = load_info(folder)
        unknown = sorted(set(info.relations) - set(ontology.relations)) + sorted(set(info.classes) - ontology.labels)
        if unknown:
            raise RunError(f"{folder} reads {unknown[0]}, which the ontology lacks; train a model for this ontology")
        triggers = load_patterns(ontology, folder / "patterns.tsv")
        self._reader = JointReader(
            load_network(folder),
            info,
            load_wordpiece(folder / "vocab.txt"),
            build_lexicon(seeds),
            RelationReader(triggers, load_lexis(), ontology),
            triggers,
            Namer(seeds, load_names(folder / "names.tsv")),
            frozenset(r.name for r in ontology.relations.values() if r.symmetric),
        )
        self._info = info
        self._ontology = ontology
        self._threshold = info.threshold if threshold is None else threshold
        self._nlp = self._build()
        self.name = info.name

    def extract(self, texts: Iterable[str]) -> Iterator[Extraction]:
        """One extraction a text, in order. Raises ExtractError for text that holds lone surrogates."""
        for doc in self._nlp.pipe(_checked(texts)):
            yield doc._.extraction

    def _build(self) -> Language:
        """Sentence bounds, then the network."""
        nlp = build_splitter()
        Doc.set_extension("extraction", default=None, force=True)

        def read(doc: Doc) -> Doc:
            doc._.extraction = assemble(doc.text, self._reader.read(doc), self._info, self._ontology, self._threshold)
            return doc

        def create(nlp: Language, name: str) -> object:
            return read

        Language.factory("kg_learned", requires=["doc.sents"], assigns=["doc._.extraction"], func=create)
        nlp.add_pipe("kg_learned")
        return nlp


def _checked(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        try:
            text.encode()
        except UnicodeEncodeError as error:
            fault = f"holds {text[error.start]!r} at {error.start}, which is no character"
            raise ExtractError(fault, article="text") from error
        yield text
