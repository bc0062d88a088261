"""What the network is taught by."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from ingest.extract.decode import tag_spans
from ingest.extract.geometry import Span
from ingest.training.model import Labels, Model, PairScores
from ingest.training.samples import Batch, PairGrid, Sample, pair_grid

__all__ = ["Task", "loss_of"]

FORBIDDEN = -1e4


@dataclass(frozen=True, slots=True)
class Task:
    """The labels of one body of text, and which relations join which of them."""

    name: str
    labels: Labels
    admits: np.ndarray | None = None  # relations x classes x classes; None: any
    pointer_classes: np.ndarray | None = None  # qualifiers x classes

    @property
    def pairs_admitted(self) -> np.ndarray | None:
        """Which pairs of classes some relation joins."""
        return None if self.admits is None else np.asarray(self.admits.any(0))


def zlpr(logits: Tensor, right: Tensor, counted: Tensor) -> Tensor:
    """Loss of several labels at once by which the right ones are to lie above zero and the others below (Su 2022).

    `counted` is False for labels that are neither.
    """
    wrong = logits.masked_fill(right | ~counted, FORBIDDEN)
    missed = (-logits).masked_fill(~right, FORBIDDEN)
    zero = torch.zeros_like(logits[:, :1])
    return torch.cat([wrong, zero], 1).logsumexp(1) + torch.cat([missed, zero], 1).logsumexp(1)


def loss_of(model: Model, task: Task, batch: Batch, rng: Random, wrong_mentions: float = 0.3) -> Tensor:
    """Of tags, relations and qualifiers together.

    A wrong mention that the tagger finds now joins, at the rate `wrong_mentions`, those that stand in no relation.
    """
    x, tags = model.encode(task.name, batch.ids, batch.cases, batch.hints, batch.mask)
    tags = tags.float()
    loss = functional.cross_entropy(tags.flatten(0, 1), batch.tags.flatten(), ignore_index=-100)
    if not task.labels.relations:
        return loss
    spans = [list(sample.spans) for sample in batch.samples]
    if wrong_mentions:
        _add_wrong(spans, tags.detach(), batch.samples, rng, wrong_mentions)
    grid = pair_grid(batch.samples, spans, task.pairs_admitted)
    if grid is None:
        return loss
    vectors = model.spans(task.name, x, grid.spans)
    patterns = torch.zeros(len(grid.pairs), len(task.labels.relations))
    right = torch.zeros(len(grid.pairs), len(task.labels.relations), dtype=torch.bool)
    counted = _admitted(task, grid)
    for row, sample in enumerate(batch.samples):
        for (head, tail, relation), value in sample.patterns.items():
            if (row, head, tail) in grid.places:
                patterns[grid.places[row, head, tail], relation] = value
        for head, tail, relation in sample.facts:
            right[grid.places[row, head, tail], relation] = True
        for head, tail, relation in sample.ignored:
            if (row, head, tail) in grid.places:
                counted[grid.places[row, head, tail], relation] = False
    scores = model.pairs(task.name, x, batch.mask, grid.spans, vectors, grid.pairs, patterns, grid.grid, grid.slot)
    by_pair = zlpr(scores.relations.float(), right, counted)
    # A mean that is not drowned by the pairs without any relation.
    loss = loss + by_pair.sum() / max(8.0, 0.25 * len(by_pair))
    if task.labels.statuses:
        loss = loss + _qualifier_loss(model, task, batch, grid, vectors, scores)
    return loss


def _admitted(task: Task, grid: PairGrid) -> Tensor:
    if task.admits is None:
        return torch.ones(len(grid.pairs), len(task.labels.relations), dtype=torch.bool)
    heads, tails = grid.spans[grid.pairs[:, 0], 3].numpy(), grid.spans[grid.pairs[:, 1], 3].numpy()
    return torch.from_numpy(np.ascontiguousarray(task.admits[:, heads, tails].T))


def _add_wrong(spans: list[list[Span]], tags: Tensor, samples: Sequence[Sample], rng: Random, rate: float) -> None:
    logits = tags.numpy()
    for row, sample in enumerate(samples):
        for found in tag_spans(logits[row, sample.first]):
            if rng.random() < rate and not any(found[0] <= b and a <= found[1] for a, b, _ in sample.spans):
                spans[row].append(found)


def _qualifier_loss(
    model: Model, task: Task, batch: Batch, grid: PairGrid, vectors: Tensor, scores: PairScores
) -> Tensor:
    chosen, statuses, polarities, rows = [], [], [], []
    wanted: list[tuple[int | None, ...]] = []
    for row, sample in enumerate(batch.samples):
        for fact in sample.qualified:
            chosen.append(grid.places[row, fact.head, fact.tail])
            statuses.append(fact.status)
            polarities.append(fact.polarity)
            wanted.append(fact.pointers)
            rows.append(row)
    if not chosen:
        return scores.relations.sum() * 0.0
    pairs = torch.tensor(chosen)
    loss = functional.cross_entropy(scores.statuses[pairs].float(), torch.tensor(statuses))
    loss = loss + functional.cross_entropy(scores.polarities[pairs].float(), torch.tensor(polarities))
    if not task.labels.pointers:
        return 0.3 * loss
    absent = model.heads_of(task.name).absent
    match = torch.einsum("fqm,nqm->fqn", scores.queries[pairs].float(), model.keys(task.name, vectors).float())
    match = torch.cat([absent.expand(len(chosen), -1)[..., None], match / scores.queries.shape[-1] ** 0.5], -1)
    open_, gold = np.zeros(match.shape, bool), np.zeros(match.shape[:2], np.int64)
    open_[:, :, 0] = True
    row_of, label_of = grid.spans[:, 0].numpy(), grid.spans[:, 3].numpy()
    for place, (pair, row, pointers) in enumerate(zip(chosen, rows, wanted, strict=True)):
        inside = row_of == row
        inside[grid.pairs[pair, :2].numpy()] = False
        for number, mention in enumerate(pointers):
            classes = task.pointer_classes
            open_[place, number, 1:] = inside if classes is None else inside & classes[number, label_of]
            if mention is not None and open_[place, number, 1 + grid.offsets[row] + mention]:
                gold[place, number] = 1 + grid.offsets[row] + mention
    match = match.masked_fill(~torch.from_numpy(open_), FORBIDDEN)
    pointed = functional.cross_entropy(match.flatten(0, 1), torch.from_numpy(gold).flatten())
    return 0.3 * loss + 0.5 * pointed
