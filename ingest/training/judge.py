"""How good a network is on text that was held back, end to end, and what its scores are worth there."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.annotation import Item, ItemRelation
from ingest.evaluation import Figure
from ingest.extract.assemble import calibration_features
from ingest.extract.joint import JointReader, Reading
from ingest.nlp import build_splitter
from kg.ontology import Ontology
from kg.types import Mention

__all__ = ["Judged", "fact_rows", "judge", "qualifiers_right", "read_all", "rules_are_better"]


@dataclass(frozen=True, slots=True)
class Judged:
    """Figures with every candidate above zero taken."""

    mention: Figure
    relation: Figure
    fact: Figure


def read_all(reader: JointReader, items: Sequence[Item]) -> list[Reading]:
    """One reading an item."""
    nlp = build_splitter()
    return [reader.read(nlp(item.text)) for item in items]


def judge(items: Sequence[Item], readings: Sequence[Reading], ontology: Ontology, cut: float = 0.0) -> Judged:
    """Mentions by span and class, relations by both spans, facts by canonical name."""
    counts = {"mention": [0, 0, 0], "relation": [0, 0, 0], "fact": [0, 0, 0]}
    for item, reading in zip(items, readings, strict=True):
        taken = [c for c in reading.candidates if c.logit > cut]
        gold = _views(
            [(e.start, e.end, e.label, e.name) for e in item.entities],
            [(r.head, r.relation, r.tail) for r in item.relations],
            ontology,
        )
        read = _views(
            [(m.start, m.end, m.label, m.name) for m in reading.mentions],
            [(c.head, c.relation, c.tail) for c in taken],
            ontology,
        )
        for figure, count in counts.items():
            count[0] += len(gold[figure] & read[figure])
            count[1] += len(read[figure])
            count[2] += len(gold[figure])
    return Judged(*(Figure(*counts[figure]) for figure in ("mention", "relation", "fact")))


def fact_rows(
    items: Sequence[Item], readings: Sequence[Reading], ontology: Ontology
) -> tuple[NDArray[np.float64], list[str], NDArray[np.bool_]]:
    """For every candidate its features, its relation, and whether it is a fact of the text by canonical name."""
    features, relations, right = [], [], []
    for item, reading in zip(items, readings, strict=True):
        gold = {
            _fact_key(r.relation, item.entities[r.head].name, item.entities[r.tail].name, ontology)
            for r in item.relations
        }
        for candidate in reading.candidates:
            names = reading.mentions[candidate.head].name, reading.mentions[candidate.tail].name
            features.append(calibration_features(candidate, reading.mentions))
            relations.append(candidate.relation)
            right.append(_fact_key(candidate.relation, *names, ontology) in gold)
    return np.array(features, np.float64), relations, np.array(right, bool)


def _fact_key(relation: str, head: str, tail: str, ontology: Ontology) -> tuple[str, str, str]:
    names = [" ".join(name.casefold().split()) for name in (head, tail)]
    if ontology.relations[relation].symmetric:
        names.sort()
    return relation, names[0], names[1]


def _views(
    entities: Sequence[tuple[int | None, int | None, str, str]],
    facts: Sequence[tuple[int, str, int]],
    ontology: Ontology,
) -> dict[str, set[object]]:
    relations: set[object] = set()
    named: set[object] = set()
    for head, relation, tail in facts:
        spans = [entities[head][:2], entities[tail][:2]]
        if ontology.relations[relation].symmetric:
            spans.sort(key=str)
        relations.add((relation, *spans))
        named.add(_fact_key(relation, entities[head][3], entities[tail][3], ontology))
    return {"mention": {e[:3] for e in entities}, "relation": relations, "fact": named}


def qualifiers_right(gold: Sequence[Item], read: Sequence[Item], ontology: Ontology) -> dict[str, tuple[int, int]]:
    """Of the facts found, by canonical name: how many have each qualifier right, and how many there are."""
    right: Counter[str] = Counter()
    found = 0
    for wanted, item in zip(gold, read, strict=True):
        by_key = {_item_key(wanted, r, ontology): r for r in wanted.relations}
        for relation in item.relations:
            other = by_key.get(_item_key(item, relation, ontology))
            if other is None:
                continue
            found += 1
            right["status"] += relation.status == other.status
            right["polarity"] += relation.polarity == other.polarity
            right["status and polarity"] += (relation.status, relation.polarity) == (other.status, other.polarity)
            for name in ("concerns", "amount", "time", "attributed_to"):
                right[name] += _pointed(item, getattr(relation, name)) == _pointed(wanted, getattr(other, name))
    return {name: (right[name], found) for name in right}


def _item_key(item: Item, relation: ItemRelation, ontology: Ontology) -> tuple[str, str, str]:
    head, tail = item.entities[relation.head], item.entities[relation.tail]
    return _fact_key(relation.relation, head.name, tail.name, ontology)


def _pointed(item: Item, index: int | None) -> str | None:
    return None if index is None else item.entities[index].name.casefold()


def rules_are_better(
    label: str, items: Sequence[Item], tagged: Sequence[Sequence[Mention]], listed: Sequence[Sequence[Mention]]
) -> bool:
    """Whether word lists and rules find the mentions of a class better than the tagger does."""
    figures = []
    for found in (tagged, listed):
        right = read = gold = 0
        for item, mentions in zip(items, found, strict=True):
            wanted = {(e.start, e.end) for e in item.entities if e.label == label}
            taken = {(m.start, m.end) for m in mentions if m.label == label}
            right, read, gold = right + len(wanted & taken), read + len(taken), gold + len(wanted)
        figures.append(Figure(right, read, gold).f1)
    return figures[1] > figures[0]
