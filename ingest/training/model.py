"""The network: one pass of a small encoder, a tagger of mentions and a reader of pairs.

Encoder    six layers of BERT from the MiniLM weights; to each piece are added how its word is written (the vocabulary
           knows no capitals) and what the word lists take the word for (`hints`).
Tagger     begin-inside-outside tags on the first piece of each word.
Pairs      every ordered pair of mentions that some relation admits. From the two mentions (first and last piece and
           label), their product, where they stand to one another, what the patterns read between them, and a pool of
           the text by attention that knows what lies before, between and after them, come one vector, and from it a
           score for each relation, status, polarity, and for each qualifier a query that is held against every mention.
"""

import json
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from ingest.extract.geometry import BETWEEN, DISTANCES, SENTENCES
from ingest.extract.wordpiece import CASES

__all__ = ["Labels", "Model", "PairScores", "load_pretrained"]

REGIONS: Final = 5  # before both, between, after both, in the head, in the tail
POOLS: Final = 4
KEY: Final = 128
MATCH: Final = 64


@dataclass(frozen=True, slots=True)
class Labels:
    """What one task names: the words behind every number that the network gives."""

    classes: tuple[str, ...]
    relations: tuple[str, ...] = ()
    hints: int = 1  # how many different hints a word can have, none included
    statuses: tuple[str, ...] = ()
    polarities: tuple[str, ...] = ()
    pointers: tuple[str, ...] = ()  # qualifiers that name another mention

    @property
    def tags(self) -> tuple[str, ...]:
        """Tag names by number: outside, then begin and inside of each class."""
        return ("O", *(prefix + label for label in self.classes for prefix in ("B-", "I-")))

    def to_json(self) -> dict[str, object]:
        """As plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class PairScores:
    """Logits of pairs: by relation, status, polarity, and the query of each qualifier."""

    relations: Tensor
    statuses: Tensor
    polarities: Tensor
    queries: Tensor  # pairs, qualifiers, MATCH


class _Layer(nn.Module):
    def __init__(self, width: int, inner: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, 1e-12), nn.LayerNorm(width, 1e-12)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        rows, length, width = x.shape
        qkv = self.qkv(x).reshape(rows, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        # Written out: the fused kernel's way back is several times slower on short rows of a CPU.
        weights = qkv[0] @ qkv[1].transpose(-1, -2) / (width // self.heads) ** 0.5
        if mask is not None:
            weights = weights.masked_fill(~mask, -1e4)
        mixed = weights.softmax(-1) @ qkv[2]
        x = self.norm1(x + self.dropout(self.out(mixed.transpose(1, 2).reshape(rows, length, width))))
        after: Tensor = self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))
        return after


class Encoder(nn.Module):
    """BERT with an embedding of each word's letter case."""

    def __init__(self, vocabulary: int, width: int = 384, layers: int = 6, heads: int = 12, inner: int = 1536) -> None:
        super().__init__()
        self.word, self.position = nn.Embedding(vocabulary, width), nn.Embedding(512, width)
        self.case = nn.Embedding(len(CASES), width)
        nn.init.normal_(self.case.weight, std=0.01)
        self.norm, self.dropout = nn.LayerNorm(width, 1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(_Layer(width, inner, heads, 0.1) for _ in range(layers))

    def forward(self, ids: Tensor, cases: Tensor, extra: Tensor, mask: Tensor | None) -> Tensor:
        x: Tensor = self.word(ids) + self.position.weight[: ids.shape[1]] + self.case(cases) + extra
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        return x


class _TaskHeads(nn.Module):
    """What belongs to the labels of one task."""

    def __init__(self, labels: Labels, width: int, hidden: int, label_width: int) -> None:
        super().__init__()
        classes, relations, tags = len(labels.classes), len(labels.relations), len(labels.tags)
        self.hint, self.hint_tags = nn.Embedding(labels.hints, width), nn.Embedding(labels.hints, tags)
        nn.init.normal_(self.hint.weight, std=0.01)
        nn.init.zeros_(self.hint_tags.weight)
        self.tagger = nn.Linear(width, tags)
        self.label = nn.Embedding(classes, label_width)
        self.label_pair = nn.Embedding(classes * classes, hidden)
        nn.init.normal_(self.label_pair.weight, std=0.02)
        with warnings.catch_warnings():
            # A public corpus has no qualifiers, and one of names no relations: their layers are empty on purpose.
            warnings.filterwarnings("ignore", "Initializing zero-element tensors")
            self.relation = nn.Linear(hidden, relations)
            self.pattern = nn.Linear(relations, hidden, bias=False)
            nn.init.zeros_(self.pattern.weight)
            self.pattern_weight = nn.Parameter(torch.full((relations,), 2.0))
            self.status = nn.Linear(hidden, len(labels.statuses))
            self.polarity = nn.Linear(hidden, len(labels.polarities))
            self.query = nn.Linear(hidden, len(labels.pointers) * MATCH)
            self.key = nn.Linear(2 * width + label_width, len(labels.pointers) * MATCH)
        self.absent = nn.Parameter(torch.zeros(len(labels.pointers)))


class Model(nn.Module):
    """Shared encoder and pair reader, with heads for each task."""

    def __init__(self, tasks: Mapping[str, Labels], vocabulary: int, width: int = 384, hidden: int = 256) -> None:
        super().__init__()
        label_width = 64
        span = 2 * width + label_width
        self.labels = dict(tasks)
        self.hidden = hidden
        self.encoder = Encoder(vocabulary, width)
        self.heads = nn.ModuleDict(
            {name: _TaskHeads(labels, width, hidden, label_width) for name, labels in tasks.items()}
        )
        self.head_part, self.tail_part = nn.Linear(span, hidden), nn.Linear(span, hidden)
        self.head_factor, self.tail_factor = nn.Linear(span, hidden), nn.Linear(span, hidden)
        self.head_query, self.tail_query = nn.Linear(span, KEY), nn.Linear(span, KEY)
        self.pool_key, self.pool_value = nn.Linear(width, KEY), nn.Linear(width, hidden)
        self.region = nn.Embedding(REGIONS, POOLS)
        self.distance, self.between = nn.Embedding(DISTANCES, hidden), nn.Embedding(BETWEEN, hidden)
        self.sentences = nn.Embedding(SENTENCES, hidden)
        for table in (self.region, self.distance, self.between, self.sentences):
            nn.init.normal_(table.weight, std=0.02)
        self.dropout = nn.Dropout(0.15)

    def heads_of(self, task: str) -> _TaskHeads:
        """The heads of a task."""
        return cast(_TaskHeads, self.heads[task])

    def encode(
        self, task: str, ids: Tensor, cases: Tensor, hints: Tensor, mask: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        """Hidden states and tag logits, piece by piece. `mask` [rows, pieces] is False where a row is filled up."""
        heads = self.heads_of(task)
        x = self.encoder(ids, cases, heads.hint(hints), None if mask is None else mask[:, None, None, :])
        return x, heads.tagger(self.dropout(x)) + heads.hint_tags(hints)

    def spans(self, task: str, x: Tensor, spans: Tensor) -> Tensor:
        """Vectors of mentions [n]: row, first piece, last piece, label."""
        row, first, last, label = spans.unbind(1)
        vectors: Tensor = self.dropout(torch.cat([x[row, first], x[row, last], self.heads_of(task).label(label)], -1))
        return vectors

    def pairs(
        self,
        task: str,
        x: Tensor,
        mask: Tensor | None,
        spans: Tensor,
        vectors: Tensor,
        pairs: Tensor,
        patterns: Tensor,
        grid: Tensor,
        slot: Tensor,
    ) -> PairScores:
        """Scores of ordered pairs [p]: head, tail (numbers of mentions), distance, mentions between, sentences apart.

        `grid` [rows, slots] holds the numbers of each row's pairs, `slot` [p] the place of each pair in the flat grid:
        so the pooling is two products of whole batches.
        """
        heads, labels = self.heads_of(task), self.labels[task]
        head, tail = pairs[:, 0], pairs[:, 1]
        z = self.head_part(vectors)[head] + self.tail_part(vectors)[tail]
        z = z + self.head_factor(vectors)[head] * self.tail_factor(vectors)[tail]
        z = z + self.distance(pairs[:, 2]) + self.between(pairs[:, 3]) + self.sentences(pairs[:, 4])
        z = z + heads.label_pair(spans[head, 3] * len(labels.classes) + spans[tail, 3]) + heads.pattern(patterns)
        query = (self.head_query(vectors)[head] + self.tail_query(vectors)[tail])[grid]
        rows, slots = grid.shape
        length = x.shape[1]
        query = query.reshape(rows, slots, POOLS, KEY // POOLS).transpose(1, 2)
        key = self.pool_key(x).reshape(rows, length, POOLS, KEY // POOLS).permute(0, 2, 3, 1)
        value = self.pool_value(x).reshape(rows, length, POOLS, self.hidden // POOLS).transpose(1, 2)
        weights = query @ key / (KEY // POOLS) ** 0.5 + self._regions(spans, pairs, length)[grid].permute(0, 3, 1, 2)
        if mask is not None:
            weights = weights.masked_fill(~mask[:, None, None, :], -1e4)
        pooled = (weights.softmax(-1) @ value).transpose(1, 2).reshape(rows * slots, self.hidden)
        y = self.dropout(functional.gelu(z + pooled[slot]))
        return PairScores(
            heads.relation(y) + patterns * heads.pattern_weight,
            heads.status(y),
            heads.polarity(y),
            heads.query(y).reshape(pairs.shape[0], len(labels.pointers), MATCH),
        )

    def keys(self, task: str, vectors: Tensor) -> Tensor:
        """What the queries of qualifiers are held against: mentions, qualifiers, MATCH."""
        keys: Tensor = self.heads_of(task).key(vectors)
        return keys.reshape(vectors.shape[0], len(self.labels[task].pointers), MATCH)

    def shared_weights(self) -> dict[str, Tensor]:
        """All weights but those of the tasks' own heads."""
        return {name: weights for name, weights in self.state_dict().items() if not name.startswith("heads.")}

    def _regions(self, spans: Tensor, pairs: Tensor, length: int) -> Tensor:
        """Bias of the pooling by where a piece lies: pairs, pieces, POOLS."""
        first, last = spans[:, 1], spans[:, 2]
        place = torch.arange(length, device=spans.device)[None]
        head_first, head_last = first[pairs[:, 0], None], last[pairs[:, 0], None]
        tail_first, tail_last = first[pairs[:, 1], None], last[pairs[:, 1], None]
        after_one = (place > torch.minimum(head_last, tail_last)).long()
        after_both = (place > torch.maximum(head_last, tail_last)).long()
        region = after_one + after_both
        in_head = (place >= head_first) & (place <= head_last)
        in_tail = (place >= tail_first) & (place <= tail_last)
        region = torch.where(in_tail, 4, torch.where(in_head, 3, region))
        bias: Tensor = self.region(region)
        return bias


def load_pretrained(encoder: Encoder, folder: Path) -> None:
    """Copy the weights of a BERT in `folder` (model.safetensors, config.json) into the encoder."""
    from safetensors.torch import load_file

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    weights = load_file(str(folder / "model.safetensors"))

    def put(module: nn.Module, names: Sequence[str]) -> None:
        for kind in ("weight", "bias"):
            getattr(module, kind).data.copy_(torch.cat([weights[f"{name}.{kind}"] for name in names]))

    embeddings = "embeddings.{}_embeddings.weight"
    encoder.word.weight.data.copy_(weights[embeddings.format("word")])
    encoder.position.weight.data.copy_(
        weights[embeddings.format("position")] + weights[embeddings.format("token_type")][0]
    )
    put(encoder.norm, ["embeddings.LayerNorm"])
    for number in range(config["num_hidden_layers"]):
        layer, at = cast(_Layer, encoder.layers[number]), f"encoder.layer.{number}."
        put(layer.qkv, [f"{at}attention.self.{name}" for name in ("query", "key", "value")])
        put(layer.out, [f"{at}attention.output.dense"])
        put(layer.norm1, [f"{at}attention.output.LayerNorm"])
        put(layer.up, [f"{at}intermediate.dense"])
        put(layer.down, [f"{at}output.dense"])
        put(layer.norm2, [f"{at}output.LayerNorm"])
