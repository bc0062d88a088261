"""From tag scores to mentions: the best sequence in which every inside follows its own begin or inside."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ingest.extract.geometry import Span

__all__ = ["tag_spans"]


def tag_spans(scores: NDArray[np.float32]) -> list[Span]:
    """Mentions in the tag scores [words, tags] of one text; tags are outside, then begin and inside of each class.

    >>> tag_spans(np.array([[0.0, 2.0, 0.0], [0.0, 0.0, 1.0], [3.0, 0.0, 0.0]], np.float32))
    [(0, 1, 0)]
    """
    if not len(scores):
        return []
    tags = scores.argmax(-1)
    before = np.concatenate(([0], tags[:-1]))
    inside = (tags > 0) & (tags % 2 == 0)
    if (inside & (before != tags) & (before != tags - 1)).any():
        tags = _viterbi(scores)
    spans: list[Span] = []
    start = -1
    for word, tag in enumerate([*tags.tolist(), 0]):
        if start >= 0 and (tag == 0 or tag % 2 == 1):
            spans.append((start, word - 1, (int(tags[start]) - 1) // 2))
            start = -1
        if tag % 2 == 1:
            start = word
    return spans


@lru_cache(maxsize=4)
def _forbidden(tags: int) -> NDArray[np.float32]:
    """Cost of going from one tag (row) to another (column)."""
    cost = np.zeros((tags, tags), np.float32)
    cost[:, 2::2] = -1e4
    for inside in range(2, tags, 2):
        cost[inside - 1, inside] = cost[inside, inside] = 0.0
    return cost


def _viterbi(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    cost = _forbidden(scores.shape[1])
    # Tags are compared as probabilities: logits of different words have different zeros.
    peak = scores.max(-1, keepdims=True)
    scores = scores - peak - np.log(np.exp(scores - peak).sum(-1, keepdims=True))
    best = scores[0] + cost[0]
    back = np.zeros(scores.shape, np.int64)
    for word in range(1, len(scores)):
        reached = best[:, None] + cost
        back[word] = reached.argmax(0)
        best = reached.max(0) + scores[word]
    path = np.zeros(len(scores), np.int64)
    path[-1] = best.argmax()
    for word in range(len(scores) - 1, 0, -1):
        path[word - 1] = back[word, path[word]]
    return path
