"""A long text in windows of whole sentences that overlap, so that a fact across sentences lies inside one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["MOST_PIECES", "Window", "make_windows"]

MOST_PIECES: Final = 160  # about the longest text that the network has learned from
_OVERLAP: Final = 40  # pieces that the next window repeats, at most


@dataclass(frozen=True, slots=True)
class Window:
    """Words `first` up to, and without, `last`; mentions are taken from it where they begin in its own part."""

    first: int
    last: int
    own_first: int
    own_last: int


def make_windows(
    sizes: Sequence[int], sentences: Sequence[int], most: int = MOST_PIECES, overlap: int = _OVERLAP
) -> list[Window]:
    """Windows over words of `sizes` pieces in sentences of the given numbers, which do not fall.

    A sentence that is longer than a window is cut between words. Of what two windows share, each owns the nearer half.

    >>> make_windows([1] * 6, [0, 0, 1, 1, 2, 2], most=4, overlap=2)
    [Window(first=0, last=4, own_first=0, own_last=3), Window(first=2, last=6, own_first=3, own_last=6)]
    """
    blocks = _blocks(sizes, sentences, most)
    bounds: list[tuple[int, int]] = []
    start = 0
    while start < len(blocks):
        end, total = start, 0
        while end < len(blocks) and (end == start or total + blocks[end][2] <= most):
            total += blocks[end][2]
            end += 1
        bounds.append((blocks[start][0], blocks[end - 1][1]))
        if end == len(blocks):
            break
        following, shared = end, 0
        room = min(overlap, most - blocks[end][2])  # a window must reach beyond the one before
        while following - 1 > start and shared + blocks[following - 1][2] <= room:
            following -= 1
            shared += blocks[following][2]
        start = following
    windows = []
    own_first = 0
    for number, (first, last) in enumerate(bounds):
        own_last = last if number + 1 == len(bounds) else (bounds[number + 1][0] + last + 1) // 2
        windows.append(Window(first, last, own_first, own_last))
        own_first = own_last
    return windows


def _blocks(sizes: Sequence[int], sentences: Sequence[int], most: int) -> list[tuple[int, int, int]]:
    """First word, word after the last, and pieces, of each sentence or part of a long one."""
    blocks: list[tuple[int, int, int]] = []
    first, total = 0, 0
    for word, size in enumerate(sizes):
        if word > first and (sentences[word] != sentences[word - 1] or total + size > most):
            blocks.append((first, word, total))
            first, total = word, 0
        total += size
    if sizes:
        blocks.append((first, len(sizes), total))
    return blocks
