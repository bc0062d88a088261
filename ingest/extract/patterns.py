"""The extractor that needs no model: known and new names, a shallow parse, typed trigger patterns."""

from collections.abc import Iterable, Iterator

from ingest.extract.lexis import load_lexis
from ingest.extract.mentions import build_lexicon
from ingest.extract.relations import RelationReader
from ingest.extract.triggers import load_triggers
from ingest.extract.trust import load_trust
from ingest.nlp import build
from ingest.seeds import Seeds
from kg.errors import ExtractError
from kg.ontology import Ontology
from kg.types import Extraction

__all__ = ["PatternsExtractor"]


class PatternsExtractor:
    """Gazetteer, word shapes and trigger patterns under the ontology's types; every reading names its pattern.

    Deterministic, and about a hundred times faster than a neural one. Build one a process: it does not pickle, the
    arguments do.
    """

    name = "patterns/1"

    def __init__(self, seeds: Seeds, ontology: Ontology) -> None:
        reader = RelationReader(load_triggers(ontology), load_lexis(), ontology, load_trust())
        self.nlp = build(build_lexicon(seeds), reader)

    def extract(self, texts: Iterable[str]) -> Iterator[Extraction]:
        """One extraction a text, in order. Raises ExtractError for text that holds lone surrogates."""
        for doc in self.nlp.pipe(_checked(texts)):
            yield Extraction(doc._.mentions, doc._.readings)


def _checked(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise ExtractError(
                f"holds {text[error.start]!r} at {error.start}, which is no character", article="text"
            ) from error
        yield text
