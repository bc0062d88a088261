"""Whether a common noun is meant as the thing that the seeds know, as far as its neighbours tell."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.lang.en.stop_words import STOP_WORDS

from ingest.extract.words import Words, fold

__all__ = ["Usage", "load_usage"]

_USAGE_FILE = Path(__file__).with_name("usage.toml")


@dataclass(frozen=True, slots=True)
class Usage:
    """The word lists of usage.toml, with all words folded."""

    too_common: Mapping[str, frozenset[tuple[str, ...]]]
    verbs: frozenset[str]
    before_verb: frozenset[str]
    after_noun: frozenset[str]
    gerunds: frozenset[str]

    def is_meant(self, words: Words, first: int, last: int, label: str) -> bool:
        """Whether words `first` up to `last`, a common noun of class `label`, name the thing here."""
        keys = words.keys
        if tuple(keys[first:last]) in self.too_common.get(label, frozenset()):
            return False
        if last == len(words) or not words.raw[last][0].isalpha():
            return True
        if keys[last] in self.after_noun and not keys[last - 1].endswith("s"):
            return False
        if last - first > 1 or keys[last] in _FUNCTION_WORDS:
            return True
        if keys[first] in self.gerunds:
            return False
        return not (keys[first] in self.verbs and first > 0 and keys[first - 1] in self.before_verb)


# Determiners and pronouns open the object of a verb: they do not count as words that close a noun phrase.
_FUNCTION_WORDS = frozenset(fold(word) for word in STOP_WORDS) - frozenset(
    {
        "a",
        "an",
        "the",
        "its",
        "their",
        "his",
        "her",
        "our",
        "my",
        "your",
        "this",
        "that",
        "these",
        "those",
        "all",
        "some",
    }
    | {"any", "each", "every", "both", "another", "up", "it", "them", "him", "us", "you", "me"}
)


def load_usage(path: Path = _USAGE_FILE) -> Usage:
    """Read the word lists."""
    table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return Usage(
        too_common={
            label: frozenset(tuple(fold(word) for word in text.replace("-", " ").split()) for text in texts)
            for label, texts in table["too_common"].items()
        },
        verbs=frozenset(map(fold, table["verbs"]["words"])),
        before_verb=frozenset(map(fold, table["verbs"]["before"])),
        after_noun=frozenset(map(fold, table["nouns"]["after"])),
        gerunds=frozenset(map(fold, table["nouns"]["gerunds"])),
    )
