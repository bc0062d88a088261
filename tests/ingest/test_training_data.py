"""Annotated text as what the network learns from."""

from random import Random

import numpy as np
import pytest

pytest.importorskip("torch")

import torch

from ingest.annotation import Item, parse_markup
from ingest.extract.hints import count_hints, word_hints
from ingest.extract.mentions import build_lexicon
from ingest.extract.wordpiece import WordPiece, split_pieces
from ingest.seeds import DEFAULT_SEEDS, load_seeds
from ingest.training.data import NamePool, hold_back, load_passages, schema_task, to_sample, vary
from ingest.training.losses import Task, loss_of, zlpr
from ingest.training.model import Labels, Model
from ingest.training.samples import Sample, batches, collate, pair_grid
from kg.ontology import load_ontology
from kg.types import Mention

ONTOLOGY = load_ontology()
MARKUP = """
[Nvidia|FIRM] joins [TSMC|FIRM], and [Nvidia|FIRM] may sell [chips|RESOURCE|chip] to [China|COUNTRY] in [2026|DATE].
1 partnersWith 2
3 supplies 5 planned concerns=4 time=6
"""
LETTERS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"abcdefghijklmnopqrstuvwxyz0123456789.,'"]
WORDPIECE = WordPiece([*LETTERS, *("##" + letter for letter in LETTERS[4:])])


@pytest.fixture(scope="module")
def item() -> Item:
    ((_, found),) = parse_markup(MARKUP.splitlines(), ONTOLOGY)
    assert isinstance(found, Item)
    return found


@pytest.fixture(scope="module")
def sample(item) -> Sample:
    (passage,) = load_passages([item], build_lexicon(load_seeds(DEFAULT_SEEDS)), ONTOLOGY)
    return to_sample(passage, schema_task([item], ONTOLOGY), WORDPIECE, ONTOLOGY)


def test_sample(item, sample):
    task = schema_task([item], ONTOLOGY)
    number = task.labels.relations.index
    assert [task.labels.classes[label] for _, _, label in sample.spans] == [e.label for e in item.entities]
    assert sample.facts == {(0, 1, number("partnersWith")), (1, 0, number("partnersWith")), (2, 4, number("supplies"))}
    # What holds of one mention of Nvidia is not wrong of the other.
    assert sample.ignored == {
        (2, 1, number("partnersWith")),
        (1, 2, number("partnersWith")),
        (0, 4, number("supplies")),
    }
    supplies = next(q for q in sample.qualified if q.relation == number("supplies"))
    assert (supplies.status, supplies.polarity, supplies.pointers) == (1, 0, (3, None, 5, None))
    assert sum(tag > 0 for tag in sample.tags()) == 6
    assert task.pointer_classes is not None
    assert task.pointer_classes.sum() == 2


def test_hints_of_words():
    pieces = split_pieces(WORDPIECE, "In New York Nvidia sells.")
    known = Mention(3, 11, "PLACE", "New York", "e:ny", reason="alias")
    new = Mention(12, 18, "FIRM", "Nvidia", "e:n", reason="new: a name")
    other = Mention(19, 24, "UNHEARD", "x")
    hints = word_hints(pieces, [known, new, other], {"PLACE": 0, "FIRM": 1})
    assert hints == [0, 1, 2, 7, 0, 0]
    assert max(hints) < count_hints(2)


@pytest.mark.parametrize("seed", range(8))
def test_varied_sample_says_the_same(item, sample, seed):
    pool = NamePool([item], schema_task([item], ONTOLOGY).labels, WORDPIECE)
    varied = vary(sample, pool, Random(seed), swap=1.0, forget=0.4, spoil=0.3)
    assert varied.facts == sample.facts
    assert [label for *_, label in varied.spans] == [label for *_, label in sample.spans]
    assert len(varied.ids) == len(varied.cases) == len(varied.hints) == varied.last[-1] + 2
    assert len(varied.sentences) == len(varied.first)
    names = {tuple(varied.ids[varied.first[a] : varied.last[b] + 1]) for k in (0, 2) for a, b, _ in [varied.spans[k]]}
    assert len(names) == 1  # the same name becomes the same other name


def test_passages_of_one_article_stay_together():
    items = [Item(f"text {k}", fields={"source": f"https://a.example/{k // 3}"}) for k in range(300)]
    kept, held = hold_back(items, 0.2, 1)
    assert not {i.fields["source"] for i in kept} & {i.fields["source"] for i in held}
    assert 30 < len(held) < 90
    assert hold_back(items, 0.2, 1) == (kept, held)
    assert hold_back(items, 0.2, 2)[1] != held


def test_batches_hold_every_sample_once(sample):
    made = list(batches([sample] * 30, 5 * len(sample.ids), Random(1)))
    assert sum(map(len, made)) == 30
    assert max(map(len, made)) == 5


def test_loss_asks_for_right_above_wrong():
    right, counted = torch.tensor([[True, False, False]]), torch.tensor([[True, True, False]])
    good, bad = torch.tensor([[4.0, -4.0, 9.0]]), torch.tensor([[-4.0, 4.0, 9.0]])
    assert zlpr(good, right, counted).item() < 0.1 < 4 < zlpr(bad, right, counted).item()


def test_network_learns_one_sample_by_heart(item, sample):
    torch.manual_seed(1)
    task = schema_task([item], ONTOLOGY)
    model = Model({task.name: task.labels}, len(WORDPIECE), width=48, hidden=32)
    optimizer = torch.optim.AdamW(model.parameters(), 3e-3)
    losses = []
    for _ in range(60):
        loss = loss_of(model, task, collate([sample, sample]), Random(1))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < 0.2 * losses[0]


def test_pairs_lie_in_a_grid(sample):
    found = pair_grid([sample, sample], [sample.spans[:2], sample.spans[:3]], None)
    assert found is not None
    assert len(found.pairs) == 2 + 6
    assert found.grid.shape == (2, 6)
    assert (found.grid.flatten()[found.slot] == torch.arange(8)).all()
    assert pair_grid([sample], [sample.spans[:1]], None) is None


def test_labels_without_relations():
    labels = Labels(("A",))
    model = Model({"names": labels}, len(WORDPIECE), width=48, hidden=32)
    plain = Sample([2, 4, 3], [0, 1, 0], [0, 0, 0], [1], [1], [0], ((0, 0, 0),), frozenset())
    loss = loss_of(model, Task("names", labels), collate([plain]), Random(1))
    assert np.isfinite(loss.item())
