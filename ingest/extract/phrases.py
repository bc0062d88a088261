"""Noun phrases built on a known common noun: `legacy semiconductor wafers`, `AI data center infrastructure`.

No list holds them all. A known common noun takes in the modifiers before it, and a head after it; what comes out is
the known thing where a seed has it, else a new one with a name of its own.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.extract.words import Words, fold

__all__ = ["PhraseRules", "load_phrase_rules", "singular", "singular_name"]

_USAGE_FILE = Path(__file__).with_name("usage.toml")
_LABELS = frozenset({"RESOURCE", "FACILITY", "TECHNOLOGY", "RISK", "POLICY", "SECTOR"})
_WIDENED = frozenset({"RESOURCE", "FACILITY", "RISK", "SECTOR"})  # classes whose modifiers belong to the mention
_MOST_MODIFIERS = 4


@dataclass(frozen=True, slots=True)
class PhraseRules:
    """The modifiers and heads of usage.toml, as tuples of folded words."""

    modifiers: frozenset[tuple[str, ...]]
    heads: Mapping[str, str]

    def start(self, words: Words, first: int, label: str) -> int:
        """First word of the phrase whose known noun begins with word `first`."""
        if label not in _WIDENED:
            return first
        for _ in range(_MOST_MODIFIERS):
            length = self._modifier_before(words, first)
            if not length:
                break
            first -= length
        return first

    def _modifier_before(self, words: Words, first: int) -> int:
        for length in (2, 1):
            start = first - length
            if start < 0 or not all(_is_joined(words, index) for index in range(start + 1, first + 1)):
                continue
            if tuple(words.keys[start:first]) in self.modifiers and not _is_title_case(words, start):
                return length
        return 0

    def end(self, words: Words, last: int, label: str) -> tuple[int, str]:
        """End and class of the phrase whose known noun ends before word `last`."""
        if label not in _LABELS or last >= len(words) or not _is_joined(words, last) or not words.raw[last].islower():
            return last, label
        head = self.heads.get(singular(words.keys[last]))
        return (last, label) if head is None else (last + 1, head)


def _is_joined(words: Words, index: int) -> bool:
    return words.text[words.ends[index - 1] : words.starts[index]] in (" ", "-", "\u2011")


def _is_title_case(words: Words, index: int) -> bool:
    return words.raw[index].istitle() and not words.opens[index]


def singular(word: str) -> str:
    """Regular singular of a noun; a word that is no regular plural stays.

    >>> singular("factories"), singular("switches"), singular("chips"), singular("gas"), singular("campus")
    ('factory', 'switch', 'chip', 'gas', 'campus')
    """
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zzes", "buses", "puses")):
        return word[:-2]
    if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is", "ics")):
        return word[:-1]
    return word


def singular_name(text: str) -> str:
    """Canonical name of a common noun phrase: singular, American spelling, lower case save for acronyms.

    >>> singular_name("Legacy semiconductor wafers"), singular_name("AI data centres")
    ('legacy semiconductor wafer', 'AI data center')
    """
    parts = text.split()
    named = [part if any(c.isupper() or c.isdigit() for c in part[1:]) else _spelled(part) for part in parts]
    named[-1] = singular(named[-1])
    return " ".join(named)


def _spelled(part: str) -> str:
    return "-".join(fold(piece) for piece in part.split("-"))


def load_phrase_rules(path: Path = _USAGE_FILE) -> PhraseRules:
    """Read the word lists."""
    table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return PhraseRules(
        modifiers=frozenset(
            tuple(fold(word) for word in text.replace("-", " ").split()) for text in table["modifiers"]["words"]
        ),
        heads={fold(word): label for label, listed in table["heads"].items() for word in listed},
    )
