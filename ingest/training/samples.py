"""What the network learns from: texts in numbers, in batches of about one size."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

import numpy as np
import torch
from torch import Tensor

from ingest.extract.geometry import Span, pair_geometry

__all__ = ["Batch", "PairGrid", "Qualified", "Sample", "batches", "collate", "pair_grid"]


@dataclass(frozen=True, slots=True)
class Qualified:
    """How a fact holds: numbers of status and polarity, and for each qualifier the mention, or None."""

    head: int
    relation: int
    tail: int
    status: int = 0
    polarity: int = 0
    pointers: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """One text. Spans are in the order of the text and do not overlap; facts name them by number."""

    ids: list[int]
    cases: list[int]
    hints: list[int]  # of each piece
    first: list[int]
    last: list[int]
    sentences: list[int]  # of each word
    spans: tuple[Span, ...]
    facts: frozenset[tuple[int, int, int]]  # head, tail, relation; a symmetric one both ways
    ignored: frozenset[tuple[int, int, int]] = (
        frozenset()
    )  # neither right nor wrong: said of other mentions of the same
    qualified: tuple[Qualified, ...] = ()
    patterns: Mapping[tuple[int, int, int], float] = field(default_factory=dict)

    def tags(self) -> list[int]:
        """Tag of each word: 0 outside, 1 + 2 x class begin, 2 + 2 x class inside."""
        found = [0] * len(self.first)
        for first, last, label in self.spans:
            found[first] = 1 + 2 * label
            for word in range(first + 1, last + 1):
                found[word] = 2 + 2 * label
        return found


@dataclass(frozen=True, slots=True)
class Batch:
    """Samples side by side."""

    samples: tuple[Sample, ...]
    ids: Tensor
    cases: Tensor
    hints: Tensor
    mask: Tensor
    tags: Tensor  # of first pieces; -100 elsewhere


@dataclass(frozen=True, slots=True)
class PairGrid:
    """Mentions and ordered pairs of a batch."""

    spans: Tensor
    pairs: Tensor
    grid: Tensor
    slot: Tensor
    places: dict[tuple[int, int, int], int]  # (row, head, tail) -> number of the pair
    offsets: list[int]  # number of each row's first mention


def collate(samples: Sequence[Sample]) -> Batch:
    """Fill up to one length."""
    length = max(len(sample.ids) for sample in samples)
    ids, cases, hints = (np.zeros((len(samples), length), np.int64) for _ in range(3))
    mask = np.zeros((len(samples), length), bool)
    tags = np.full((len(samples), length), -100, np.int64)
    for row, sample in enumerate(samples):
        count = len(sample.ids)
        ids[row, :count], cases[row, :count], hints[row, :count] = sample.ids, sample.cases, sample.hints
        mask[row, :count] = True
        tags[row, sample.first] = sample.tags()
    arrays = (torch.from_numpy(array) for array in (ids, cases, hints, mask, tags))
    return Batch(tuple(samples), *arrays)


def pair_grid(
    samples: Sequence[Sample], spans: Sequence[Sequence[Span]], admitted: np.ndarray | None
) -> PairGrid | None:
    """All ordered pairs of each row's mentions whose labels some relation admits; None where there is no pair."""
    flat: list[tuple[int, int, int, int]] = []
    pairs: list[tuple[int, int, int, int, int]] = []
    rows: list[list[int]] = []
    places: dict[tuple[int, int, int], int] = {}
    offsets = []
    for row, (sample, found) in enumerate(zip(samples, spans, strict=True)):
        base = len(flat)
        offsets.append(base)
        flat.extend((row, sample.first[a], sample.last[b], label) for a, b, label in found)
        order = {k: rank for rank, k in enumerate(sorted(range(len(found)), key=lambda k: found[k]))}
        inside = []
        for i, head in enumerate(found):
            for j, tail in enumerate(found):
                if i == j or (admitted is not None and not admitted[head[2], tail[2]]):
                    continue
                inside.append(len(pairs))
                places[row, i, j] = len(pairs)
                pairs.append((base + i, base + j, *pair_geometry(head, tail, order[i], order[j], sample.sentences)))
        rows.append(inside)
    if not pairs:
        return None
    width = max(map(len, rows))
    grid = np.zeros((len(rows), width), np.int64)
    slot = np.zeros(len(pairs), np.int64)
    for row, inside in enumerate(rows):
        grid[row, : len(inside)] = inside
        slot[inside] = row * width + np.arange(len(inside))
    return PairGrid(
        torch.tensor(flat), torch.tensor(pairs), torch.from_numpy(grid), torch.from_numpy(slot), places, offsets
    )


def batches(samples: Sequence[Sample], pieces: int, rng: Random) -> Iterator[list[Sample]]:
    """Batches of at most about `pieces` pieces, texts of like length together, in random order."""
    order = list(samples)
    rng.shuffle(order)
    made: list[list[Sample]] = []
    for start in range(0, len(order), 400):
        current: list[Sample] = []
        for sample in sorted(order[start : start + 400], key=lambda s: len(s.ids)):
            if current and len(sample.ids) * (len(current) + 1) > pieces:
                made.append(current)
                current = []
            current.append(sample)
        made.append(current)
    rng.shuffle(made)
    yield from made
