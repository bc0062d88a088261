"""Acronyms that a text defines itself: `Taiwan Semiconductor Manufacturing Company (TSMC)`.

After Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation definitions in biomedical text",
on words: the letters of the short form must be found in order in the long one, the first at the start of its first
word, and no word of the long form is without a part in it unless it is a small one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.extract.words import Words

__all__ = ["Definition", "find_definitions"]

_SMALL_WORDS = frozenset(
    {"of", "and", "the", "for", "on", "in", "to", "a", "an", "de", "la", "du", "des", "al", "und", "&"}
)
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Definition:
    """Words `first` up to `last` are the long form of the word `short`."""

    first: int
    last: int
    short: int


def find_definitions(words: Words) -> Iterator[Definition]:
    """Definitions of the form `Long Name (LN)` or `Long Name, or LN,`, in the order of the text."""
    raw = words.raw
    for index in range(2, len(words) - 1):
        if not _is_short_form(raw[index]):
            continue
        in_parentheses = raw[index - 1] == "(" and raw[index + 1] in (")", ",", ";")
        after_or = raw[index - 1] == "or" and raw[index - 2] == "," and raw[index + 1] in (",", ".")
        if not (in_parentheses or after_or):
            continue
        last = index - 1 if in_parentheses else index - 2
        first = _start_of_long_form(words, last, raw[index])
        if first is not None:
            yield Definition(first, last, index)


def _is_short_form(word: str) -> bool:
    """Two to ten letters and digits, mostly capitals."""
    letters = [c for c in word if c.isalpha()]
    return 2 <= len(word) <= 10 and len(letters) >= 2 and 2 * sum(c.isupper() for c in letters) > len(letters)


def _start_of_long_form(words: Words, last: int, short: str) -> int | None:
    """First word of the long form that ends before word `last`, or None where the letters do not fit."""
    letters = [c.casefold() for c in short if c.isalnum()]
    if short.endswith("s") and short[:-1].isupper():
        letters.pop()
    at = len(letters) - 1
    for first in range(last - 1, max(-1, last - 1 - _MOST_WORDS), -1):
        raw, key = words.raw[first], words.keys[first]
        if not raw[0].isalnum() and raw not in ("&", ",", "-"):
            return None
        if raw[0].isalnum() and key[0] == letters[at]:
            at -= 1
            # A word may give further letters than its first: `Artificial Intelligence Partnership (AIP)`, `euroHPC`.
        elif raw[0].isalnum() and key not in _SMALL_WORDS:
            taken = _letters_inside(key, letters, at)
            if taken == at:
                return None
            at = taken
        if at < 0:
            return first if raw[0].isupper() or raw.islower() else None
    return None


def _letters_inside(key: str, letters: list[str], at: int) -> int:
    """Match letters from the back inside one word whose first letter must be among them; the new position, or `at`."""
    position, cursor = at, len(key)
    while position >= 0:
        cursor = key.rfind(letters[position], 0, cursor)
        if cursor < 0:
            return at
        position -= 1
        if cursor == 0:
            return position
    return at
