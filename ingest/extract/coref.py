"""Words that stand for a name already given: `it`, `its`, `the company`, `the Dutch toolmaker`.

Each points to one earlier mention: a description to the nearest one of its class, a pronoun to the first name of the
sentence, where subjects stand, or of the sentence before. Nothing is resolved over more than one sentence for a pronoun
and `REACH` characters for a description; a wrong antecedent does more harm than none.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.types import Mention

__all__ = ["Anaphor", "find_anaphors"]

REACH = 600

_DESCRIPTIONS = {
    "FIRM": """company firm group chipmaker toolmaker startup start-up conglomerate foundry carmaker giant manufacturer
        corporation retailer designer hyperscaler automaker utility vendor newcomer parent carrier""",
    "COUNTRY": "country nation kingdom island republic state city-state emirate federation sultanate",
    "ALLIANCE": "bloc union alliance continent grouping club",
    "GOVERNMENT": """agency ministry department regulator commission bureau court watchdog authority senate parliament
        army""",
    "INSTITUTE": "institute university laboratory lab foundation institution centre academy",
    "FACILITY": "plant factory fab site facility campus supercomputer machine cluster mine refinery complex",
    "MODEL": "model chatbot assistant app",
    "POLICY": """law act bill plan programme program strategy order directive regulation pact treaty agreement deal
        initiative""",
}
_CLASS_OF = {word: label for label, words in _DESCRIPTIONS.items() for word in words.split()}
_PRONOUNS = {
    "it": "thing",
    "its": "thing",
    "they": "group",
    "their": "group",
    "he": "person",
    "she": "person",
    "his": "person",
    "her": "person",
}
_POSSESSIVE = frozenset({"its", "their", "his", "her"})
_CUE = re.compile(
    r"\b(?:(?P<pronoun>" + "|".join(sorted(_PRONOUNS, key=len, reverse=True)) + r")"
    r"|(?:the|this|that)\s+(?:(?:\w+[-\s]){0,2}?)(?P<noun>"
    + "|".join(sorted(map(re.escape, _CLASS_OF), key=len, reverse=True))
    + r"))\b(?![-'’]?\w)",
    re.IGNORECASE,
)
_ORGANISED = ("FIRM", "COUNTRY", "ALLIANCE", "GOVERNMENT", "INSTITUTE")
_BEARERS = {
    "thing": frozenset(_ORGANISED),
    "group": frozenset(_ORGANISED),
    "person": frozenset({"PERSON"}),
}


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A word that stands for an earlier mention; `mention` is its index."""

    start: int
    end: int  # excluded
    mention: int
    possessive: bool = False


def find_anaphors(doc: Doc, mentions: Sequence[Mention]) -> list[Anaphor]:
    """Anaphors of a text, in its order; `mentions` must be sorted and free of overlap."""
    text = doc.text
    starts = [m.start for m in mentions]
    sentences = [(s.start_char, s.end_char) for s in doc.sents]
    sentence_starts = [s for s, _ in sentences]
    found: list[Anaphor] = []
    for match in _CUE.finditer(text):
        name = "pronoun" if match["pronoun"] else "noun"
        start, end = match.span(name)
        before = bisect_left(starts, end)
        if before and mentions[before - 1].end > start:
            continue
        if name == "noun":
            if before < len(mentions) and mentions[before].start - end <= 1:
                continue  # `the chipmaker Nvidia` names it itself
            antecedent = _nearest(mentions, before, _CLASS_OF[match["noun"].lower()], match.start())
            possessive = False
        else:
            at = max(0, bisect_left(sentence_starts, start + 1) - 1)
            bounds = (sentences[at - 1][0] if at else 0, sentences[at][0]) if sentences else (0, 0)
            word = match["pronoun"].lower()
            antecedent = _first(text, mentions, starts, before, bounds, _PRONOUNS[word])
            possessive = word in _POSSESSIVE
        if antecedent >= 0:
            found.append(Anaphor(start, end, antecedent, possessive))
    return found


def _nearest(mentions: Sequence[Mention], before: int, label: str, at: int) -> int:
    """The last mention of a class that ends before `at`, where the description starts; -1 for none within reach."""
    for index in range(before - 1, max(-1, before - 40), -1):
        mention = mentions[index]
        if at - mention.end > REACH:
            return -1
        if mention.label == label and mention.end <= at:
            return index
    return -1


def _first(
    text: str, mentions: Sequence[Mention], starts: Sequence[int], before: int, bounds: tuple[int, int], kind: str
) -> int:
    """The first bearer in the pronoun's sentence before it, else in the sentence before that; -1 for none."""
    previous, current = bounds
    bearers = _BEARERS[kind]
    middle = bisect_left(starts, current)
    for low, high in ((middle, before), (bisect_left(starts, previous), middle)):
        for index in range(low, min(high, low + 30)):
            mention = mentions[index]
            if mention.label in bearers and not _modifies(text, mentions, index):
                return index
    return -1


def _modifies(text: str, mentions: Sequence[Mention], index: int) -> bool:
    """Whether the mention stands before another word as its modifier: `Dutch` ASML, `Nvidia` chips, China`'s` army."""
    mention = mentions[index]
    following = mentions[index + 1] if index + 1 < len(mentions) else None
    if following is not None and following.start - mention.end <= 1:
        return True
    return text[mention.end : mention.end + 1] == "-" or text[mention.end : mention.end + 2] in ("'s", "’s")
