"""The spaCy pipeline: one list, in order. Nothing else in the project builds one."""

import re
from collections.abc import Callable
from typing import Any, Final, cast

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from ingest.extract.coref import find_anaphors
from ingest.extract.mentions import Lexicon, find_mentions
from ingest.extract.relations import RelationReader
from kg.types import Mention

__all__ = ["PIPES", "LinearTokenizer", "build", "build_splitter", "mark_sentences"]

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
_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|St|Inc|Corp|Co|Ltd|No|vs|etc|approx"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_ABBREVIATED = rf"(?:[^\W\d_]\.){{2,}}|\b(?:{_ABBREVIATIONS})\.|\b[A-Z]\.(?=\s[A-Z])"
_TOKEN = re.compile(rf"{_ABBREVIATED}|\d+(?:[.,]\d+)*\w*|\w+(?:['’]\w+)*|[^\w\s]|\s")
_ABBREVIATION = re.compile(rf"(?:{_ABBREVIATED}|[A-Z]\.)$")


class LinearTokenizer:
    """Splits a text in time proportional to its length, whatever it holds.

    spaCy's own rules go over a run without blanks once for each mark at its ends: ten thousand brackets take a minute.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokens whose text, joined, is `text`: blanks other than one space after a word are tokens themselves."""
        words: list[str] = []
        spaces: list[bool] = []
        for match in _TOKEN.finditer(text):
            word = match.group()
            if word == " " and spaces and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
            else:
                words.append(word)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


def mark_sentences(doc: Doc) -> Doc:
    """Set the sentence bounds: after an end mark that no small letter follows, and at line ends."""
    marks = np.full(len(doc), -1, dtype=np.int64)
    starts_next = True
    ended = False
    for index, token in enumerate(doc):
        text = token.text
        if text.isspace():
            starts_next = starts_next or "\n" in text
            continue
        closes = ended and text in _CLOSERS
        if (ended and not closes and not text[0].islower()) or starts_next:
            marks[index] = 1
        starts_next = False
        if not closes:
            ended = text[-1] in _ENDS and not _ABBREVIATION.match(text)
    if len(doc):
        marks[0] = 1
        # One assignment for all: setting `is_sent_start` looks through the whole text each time.
        doc.from_array(["SENT_START"], cast(Any, marks.view(np.uint64).reshape(-1, 1)))
    return doc


def _component(name: str, function: Callable[[Doc], Doc]) -> Callable[[Language, str], Callable[[Doc], Doc]]:
    def create(nlp: Language, name: str = name) -> Callable[[Doc], Doc]:
        return function

    return create


def _blank() -> Language:
    nlp = spacy.blank("en")
    nlp.tokenizer = LinearTokenizer(nlp.vocab)
    nlp.max_length = _MAX_LENGTH
    return nlp


def build_splitter() -> Language:
    """Pipeline that sets sentence bounds and nothing else."""
    nlp = _blank()
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
    nlp = _blank()
    functions = (mark_sentences, mentions, anaphors, readings)
    for (name, requires, assigns), function in zip(PIPES, functions, strict=True):
        Language.factory(name, requires=requires, assigns=assigns, func=_component(name, function))
        nlp.add_pipe(name)
    return nlp
