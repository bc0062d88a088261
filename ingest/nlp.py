"""The spaCy pipeline: one list, in order. Nothing else in the project builds one."""

import re
from collections.abc import Callable
from typing import Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from ingest.extract.coref import find_anaphors
from ingest.extract.mentions import Lexicon, find_mentions
from ingest.extract.relations import RelationReader
from kg.types import Mention

__all__ = ["PIPES", "build", "build_splitter", "mark_sentences"]

# Component, what it needs, what it gives: spaCy checks the order by it.
PIPES: Final = (
    ("kg_sentences", (), ("doc.sents",)),
    ("kg_mentions", ("doc.sents",), ("doc._.mentions",)),
    ("kg_anaphors", ("doc.sents", "doc._.mentions"), ("doc._.anaphors",)),
    ("kg_readings", ("doc.sents", "doc._.mentions", "doc._.anaphors"), ("doc._.readings",)),
)
_MAX_LENGTH: Final = 50_000_000  # no parser runs, so memory grows with the text alone
_ENDS = frozenset(".!?…。！？")
_CLOSERS = frozenset("\"'”’)]»")
_ABBREVIATION = re.compile(
    r"(?:[A-Z]\.)+|(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|St|Inc|Corp|Co|Ltd|No|vs|etc|e\.g|i\.e|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\."
)


def mark_sentences(doc: Doc) -> Doc:
    """Set the sentence bounds: after an end mark that no small letter follows, and at empty lines and line ends."""
    starts_next = True
    ended = False
    for token in doc:
        text = token.text
        if text.isspace():
            token.is_sent_start = starts_next and token.i == 0
            starts_next = starts_next or "\n" in text
            continue
        closes = ended and text[0] in _CLOSERS
        if ended and not closes and not text[0].islower():
            starts_next = True
        token.is_sent_start = starts_next or token.i == 0
        starts_next = False
        if not closes:
            ended = text[-1] in _ENDS and not _ABBREVIATION.fullmatch(text)
    return doc


def _component(name: str, function: Callable[[Doc], Doc]) -> Callable[[Language, str], Callable[[Doc], Doc]]:
    def create(nlp: Language, name: str = name) -> Callable[[Doc], Doc]:
        return function

    return create


def build_splitter() -> Language:
    """Pipeline that sets sentence bounds and nothing else."""
    nlp = spacy.blank("en")
    nlp.max_length = _MAX_LENGTH
    name, requires, assigns = PIPES[0]
    Language.factory(name, requires=requires, assigns=assigns, func=_component(name, mark_sentences))
    nlp.add_pipe(name)
    return nlp


def build(lexicon: Lexicon, reader: RelationReader) -> Language:
    """Pipeline that fills `doc._.mentions`, `doc._.anaphors` and `doc._.readings`.

    `doc._.gold_mentions`, set before, are taken in place of those that would be found.
    """

    def mentions(doc: Doc) -> Doc:
        given: tuple[Mention, ...] | None = doc._.gold_mentions
        doc._.mentions = tuple(find_mentions(doc, lexicon)) if given is None else given
        return doc

    def anaphors(doc: Doc) -> Doc:
        doc._.anaphors = tuple(find_anaphors(doc, doc._.mentions))
        return doc

    def readings(doc: Doc) -> Doc:
        doc._.readings = tuple(reader.read(doc, doc._.mentions, doc._.anaphors))
        return doc

    for extension in ("mentions", "anaphors", "readings"):
        Doc.set_extension(extension, default=(), force=True)
    Doc.set_extension("gold_mentions", default=None, force=True)
    nlp = spacy.blank("en")
    nlp.max_length = _MAX_LENGTH
    functions = (mark_sentences, mentions, anaphors, readings)
    for (name, requires, assigns), function in zip(PIPES, functions, strict=True):
        Language.factory(name, requires=requires, assigns=assigns, func=_component(name, function))
        nlp.add_pipe(name)
    return nlp
