"""Where two mentions stand to one another: the small numbers that training and run time must count alike."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

__all__ = ["BETWEEN", "DISTANCES", "SENTENCES", "Span", "pair_geometry"]

_WORD_BOUNDS: Final = (0, 1, 2, 3, 5, 8, 12, 18, 27, 40)
_BETWEEN_BOUNDS: Final = (0, 1, 2, 3, 5, 8)
DISTANCES: Final = 2 * (len(_WORD_BOUNDS) + 1)  # words between, by bucket, and which of the two comes first
BETWEEN: Final = len(_BETWEEN_BOUNDS) + 1  # mentions between, by bucket
SENTENCES: Final = 4  # sentences apart; the last stands for more too

Span = tuple[int, int, int]  # first word, last word (included), number of the label


def pair_geometry(
    head: Span, tail: Span, head_rank: int, tail_rank: int, sentences: Sequence[int]
) -> tuple[int, int, int]:
    """Bucket of the distance, of the mentions between and of the sentences apart.

    The ranks are the places of the two in the order of the text; `sentences` holds the sentence of each word.

    >>> pair_geometry((0, 0, 1), (4, 5, 2), 0, 1, [0] * 6)
    (3, 0, 0)
    """
    forward = head[0] < tail[0]
    gap = tail[0] - head[1] - 1 if forward else head[0] - tail[1] - 1
    bucket = bisect_left(_WORD_BOUNDS, gap)
    apart = abs(sentences[head[0]] - sentences[tail[0]])
    between = bisect_left(_BETWEEN_BOUNDS, abs(head_rank - tail_rank) - 1)
    return bucket + (0 if forward else len(_WORD_BOUNDS) + 1), between, min(apart, SENTENCES - 1)
