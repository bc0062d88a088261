"""The network while it is trained, behind the door of the run time."""

import numpy as np
import torch

from ingest.extract.network import Floats, Integers, PairLogits
from ingest.training.model import MATCH, Model

__all__ = ["EncodeGraph", "RelateGraph", "TorchNetwork"]


class EncodeGraph(torch.nn.Module):
    """Pieces of one text to hidden states and tag logits."""

    def __init__(self, model: Model, task: str) -> None:
        super().__init__()
        self.model, self.task = model, task

    def forward(self, ids: torch.Tensor, cases: torch.Tensor, hints: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Rows of pieces; one row is given."""
        return self.model.encode(self.task, ids, cases, hints, None)


class RelateGraph(torch.nn.Module):
    """Mentions and ordered pairs of one text to the logits of relations and qualifiers."""

    def __init__(self, model: Model, task: str) -> None:
        super().__init__()
        self.model, self.task = model, task

    def forward(
        self, hidden: torch.Tensor, spans: torch.Tensor, pairs: torch.Tensor, patterns: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        """`spans` lack the row, which is the only one."""
        spans = torch.cat([torch.zeros_like(spans[:, :1]), spans], 1)
        vectors = self.model.spans(self.task, hidden, spans)
        slot = torch.arange(pairs.shape[0])
        scores = self.model.pairs(self.task, hidden, None, spans, vectors, pairs, patterns, slot[None], slot)
        keys = self.model.keys(self.task, vectors)
        match = (scores.queries.transpose(0, 1) @ keys.permute(1, 2, 0)).transpose(0, 1) / MATCH**0.5
        absent = self.model.heads_of(self.task).absent[None, :, None].expand(match.shape[0], -1, -1)
        return scores.relations, scores.statuses, scores.polarities, torch.cat([absent, match], -1)


class TorchNetwork:
    """Runs a model in memory; see ingest.extract.network.Network."""

    def __init__(self, model: Model, task: str) -> None:
        self._encode, self._relate = EncodeGraph(model, task).eval(), RelateGraph(model, task).eval()

    def encode(self, ids: Integers, cases: Integers, hints: Integers) -> tuple[Floats, Floats]:
        """See Network."""
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            hidden, tags = self._encode(*(torch.from_numpy(array)[None] for array in (ids, cases, hints)))
        return hidden[0].float().numpy(), tags[0].float().numpy()

    def relate(self, hidden: Floats, spans: Integers, pairs: Integers, patterns: Floats) -> PairLogits:
        """See Network."""
        feed = (torch.from_numpy(np.ascontiguousarray(array)) for array in (hidden[None], spans, pairs, patterns))
        with torch.no_grad():
            return PairLogits(*(found.numpy() for found in self._relate(*feed)))
