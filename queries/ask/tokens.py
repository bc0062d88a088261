"""A question cut into words. A tokenizer of our own: a question is one line, and loading a language takes a second."""

import re
from dataclasses import dataclass
from typing import Final

from kg.names import name_key

__all__ = ["POSSESSIVE", "Token", "tokenize"]

POSSESSIVE: Final = "'s"
_DATE = r"\d{4}-\d\d(?:-\d\d)?(?![\w-])"
_WORD = r"[^\W_]+(?:[.'’&][^\W_]+)*(?:\.(?=[^\W_]|\s+[a-z]))?[+*]?"
_TOKEN: Final = re.compile(rf"{_DATE}|{_WORD}")
_NOT: Final = {"can't": ("can", "not"), "cannot": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not")}
# After one of these, 's stands for "is" or "has"; after all other words it marks an owner.
_BEFORE_IS: Final = frozenset({"who", "what", "where", "when", "how", "why", "there", "that", "it", "which"})
_SHORT: Final = {"re": "are", "ve": "have", "ll": "will", "d": "would", "m": "am"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a question. `key` is how it compares; an owner's ending is a token of its own with the key `'s`."""

    text: str
    key: str


def tokenize(question: str) -> list[Token]:
    """The words in order, contractions opened.

    >>> [token.key for token in tokenize("Who aren't Nvidia's U.S. suppliers?")]
    ['who', 'are', 'not', 'nvidia', "'s", 'us', 'suppliers']
    """
    tokens: list[Token] = []
    text = question.replace("’", "'")
    for match in _TOKEN.finditer(text):
        owner = text[match.end() : match.end() + 1] == "'" and match[0].casefold().endswith("s")
        tokens += _opened(match[0], tokens)
        if owner:
            tokens.append(Token("'", POSSESSIVE))
    return tokens


def _opened(word: str, before: list[Token]) -> list[Token]:
    low = word.casefold()
    if low in _NOT:
        first, second = _NOT[low]
        return [Token(word, first), Token("", second)]
    if low.endswith("n't"):
        return [Token(word, low[:-3]), Token("", "not")]
    stem, apostrophe, ending = word.rpartition("'")
    if apostrophe and ending.casefold() == "s":
        is_verb = stem.casefold() in _BEFORE_IS
        return [*_plain(stem), Token("'s", "is" if is_verb else POSSESSIVE)]
    if apostrophe and ending.casefold() in _SHORT and stem.casefold() in _BEFORE_IS | {"i", "we", "you", "they"}:
        return [*_plain(stem), Token(ending, _SHORT[ending.casefold()])]
    return _plain(word)


def _plain(word: str) -> list[Token]:
    key = word if _ISO.fullmatch(word) else name_key(word)
    parts = key.split()
    if len(parts) <= 1:
        return [Token(word, key)] if key else []
    return [Token(part, part) for part in parts]


_ISO: Final = re.compile(_DATE)
