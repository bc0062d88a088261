"""Words and pieces of a text for the encoder: the standard library alone, the same ids at training and at run time.

Words are runs of letters and digits, or single other marks, so that a mention begins and ends where words do. Each is
cut greedily into the longest pieces that the vocabulary has; one that cannot be cut is the unknown piece.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import RunError

__all__ = ["CASES", "Pieces", "WordPiece", "case_of", "load_wordpiece", "split_pieces"]

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_LONGEST: Final = 100  # letters of a word that is still cut
_CACHED: Final = 1 << 17
CASES: Final = ("none", "lower", "title", "upper", "letter", "mixed", "digits", "alphanumeric", "mark")


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text cut into words and pieces, as parallel columns; `first` and `last` are the pieces of each word."""

    ids: list[int]
    cases: list[int]  # a piece has the case of its word
    first: list[int]
    last: list[int]
    starts: list[int]
    ends: list[int]


class WordPiece:
    """Greedy longest-match pieces over one vocabulary; keeps the pieces of words seen before."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        missing = [piece for piece in ("[CLS]", "[SEP]", "[UNK]") if piece not in self._ids]
        if missing:
            raise RunError(f"the vocabulary lacks {', '.join(missing)}; train or install the model anew")
        self._open, self._close, self._unknown = (self._ids[piece] for piece in ("[CLS]", "[SEP]", "[UNK]"))
        self._known: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def pieces(self, word: str) -> tuple[int, ...]:
        """Ids of the pieces of one word, at least one."""
        found = self._known.get(word)
        if found is None:
            found = self._cut(word)
            if len(self._known) < _CACHED:
                self._known[word] = found
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        decomposed = unicodedata.normalize("NFD", word.lower())
        plain = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
        if not plain or len(plain) > _LONGEST:
            return (self._unknown,)
        found: list[int] = []
        start = 0
        while start < len(plain):
            prefix = "##" if start else ""
            for end in range(len(plain), start, -1):
                number = self._ids.get(prefix + plain[start:end])
                if number is not None:
                    break
            else:
                return (self._unknown,)
            found.append(number)
            start = end
        return tuple(found)

    def words(self, text: str) -> list[tuple[int, int]]:
        """Offsets of the words of a text."""
        return [match.span() for match in _WORD.finditer(text)]

    def encode(self, text: str, words: Sequence[tuple[int, int]]) -> Pieces:
        """Pieces of some words of a text that follow one another, between the opening and the closing piece."""
        ids, cases = [self._open], [0]
        first, last, starts, ends = [], [], [], []
        for start, end in words:
            word = text[start:end]
            pieces = self.pieces(word)
            first.append(len(ids))
            ids.extend(pieces)
            last.append(len(ids) - 1)
            cases.extend([case_of(word)] * len(pieces))
            starts.append(start)
            ends.append(end)
        return Pieces([*ids, self._close], [*cases, 0], first, last, starts, ends)


def split_pieces(wordpiece: WordPiece, text: str) -> Pieces:
    """Pieces of a whole text."""
    return wordpiece.encode(text, wordpiece.words(text))


def case_of(word: str) -> int:
    """Index in CASES of how a word is written.

    >>> [CASES[case_of(word)] for word in ("chip", "Nvidia", "TSMC", "A", "xAI", "2025", "H100", ",")]
    ['lower', 'title', 'upper', 'letter', 'mixed', 'digits', 'alphanumeric', 'mark']
    """
    if word.isdigit():
        return 6
    if word.isalpha():
        if word.islower():
            return 1
        if len(word) == 1:
            return 4
        if word.isupper():
            return 3
        return 2 if word[0].isupper() and word[1:].islower() else 5
    return 7 if word.isalnum() else 8


def load_wordpiece(path: Path) -> WordPiece:
    """Read a vocabulary file, one piece a line."""
    return WordPiece(path.read_text(encoding="utf-8").rstrip("\n").split("\n"))
