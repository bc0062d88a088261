"""What the shallow parse reads: the mentions of a sentence, the words that stand for one, the words between."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.extract.coref import Anaphor
from kg.types import Mention

__all__ = ["Token", "multiword_index", "tokens_of"]

_TOKEN = re.compile(r"-?\w+(?:[-‑]\w+)*(?:['’]t\b)?-?|['’](?:s|re|ve|ll|d|m)\b|['’](?=\s)|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Token:
    """A mention, a word that stands for one, or any other word, lower case; joined by `_` where several are one."""

    kind: str  # mention, word
    text: str
    start: int
    end: int
    mention: int = -1
    implied: bool = False
    possessive: bool = False
    skipped: bool = False  # a date: it qualifies and holds no place in the sentence


def tokens_of(
    text: str,
    start: int,
    end: int,
    mentions: Sequence[Mention],
    first: int,
    last: int,
    anaphors: Sequence[Anaphor],
    multiword: Mapping[str, int],
) -> list[Token]:
    """Words between the mentions, and the mentions, of text[start:end]; mentions are those from `first` to `last`."""
    spans: list[Token] = [
        Token("mention", text[m.start : m.end].lower(), m.start, m.end, index, skipped=m.label == "DATE")
        for index, m in enumerate(mentions[first:last], first)
    ]
    spans += [
        Token("mention", "", a.start, a.end, a.mention, implied=True, possessive=a.possessive)
        for a in anaphors
        if start <= a.start and a.end <= end
    ]
    spans.sort(key=lambda t: (t.start, t.end))
    tokens: list[Token] = []
    at = start
    for span in spans:
        if span.start < at:
            continue
        _words(text, at, span.start, tokens, multiword)
        tokens.append(span)
        at = span.end
    _words(text, at, end, tokens, multiword)
    return tokens


def _words(text: str, start: int, end: int, tokens: list[Token], multiword: Mapping[str, int]) -> None:
    found = [(m.group().lower(), m.start(), m.end()) for m in _TOKEN.finditer(text, start, end)]
    at = 0
    while at < len(found):
        word, begin, stop = found[at]
        length = multiword.get(word, 1)
        for size in range(min(length, len(found) - at), 1, -1):
            joined = "_".join(w for w, _, _ in found[at : at + size])
            if joined in multiword:
                tokens.append(Token("word", joined, begin, found[at + size - 1][2]))
                at += size
                break
        else:
            tokens.append(Token("word", word.replace("’", "'"), begin, stop))
            at += 1


def multiword_index(words: frozenset[str]) -> dict[str, int]:
    """Joined words, and for each first word the greatest number of words that may follow from it."""
    index: dict[str, int] = dict.fromkeys(words, 1)
    for joined in words:
        pieces = joined.split("_")
        index[pieces[0]] = max(index.get(pieces[0], 1), len(pieces))
    return index
