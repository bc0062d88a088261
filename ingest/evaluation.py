"""How good an extraction is, against annotated text.

Items are paired by their text. Each figure is micro-averaged over all items:

mention     start, end and label are right;
relation    relation and both mention spans are right, a symmetric one either way round;
fact        the same by canonical name, case-folded, wherever in the item it stands: what a reader of the graph feels;
qualified   a fact whose status and polarity are right too;
empty       of the items that hold no fact, the share for which none was read.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.annotation import Item, ItemEntity, ItemRelation
from kg.ontology import Ontology
from kg.types import Extraction

__all__ = ["FIGURES", "Figure", "Scores", "evaluate", "item_of"]

FIGURES = ("mention", "relation", "fact", "qualified")
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """Counts of one kind of thing: right, read and annotated."""

    right: int = 0
    read: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Share of what was read that is right; 0 where nothing was read."""
        return self.right / self.read if self.read else 0.0

    @property
    def recall(self) -> float:
        """Share of what is annotated that was read; 0 where nothing is annotated."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.read + self.gold) if self.right else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures over all items, and by label (of mentions) and relation (of the others)."""

    total: dict[str, Figure]
    by_kind: dict[tuple[str, str], Figure]
    empty_items: int
    kept_empty: int


def item_of(text: str, extraction: Extraction) -> Item:
    """An extraction in the form of annotated text."""
    return Item(
        text,
        tuple(ItemEntity(m.label, m.name, m.start, m.end) for m in extraction.mentions),
        tuple(
            ItemRelation(
                head=r.head,
                relation=r.relation,
                tail=r.tail,
                status=r.status,
                polarity=r.polarity,
                concerns=r.concerns,
                amount=r.amount,
                time=r.time,
                attributed_to=r.attributed_to,
            )
            for r in extraction.readings
        ),
    )


def evaluate(gold: Iterable[Item], predicted: Iterable[Item], ontology: Ontology) -> Scores:
    """Compare item by item; a text that was not predicted counts as read without any fact."""
    by_text = {item.text: item for item in predicted}
    right: Counter[tuple[str, str]] = Counter()
    read: Counter[tuple[str, str]] = Counter()
    annotated: Counter[tuple[str, str]] = Counter()
    empty = kept = 0
    for item in gold:
        wanted = _views(item, ontology)
        found = _views(by_text.get(item.text, Item(item.text)), ontology)
        for figure in FIGURES:
            for counter, keys in (
                (right, wanted[figure] & found[figure]),
                (read, found[figure]),
                (annotated, wanted[figure]),
            ):
                counter.update((figure, str(key[0])) for key in keys)
        if not wanted["fact"]:
            empty += 1
            kept += not found["fact"]
    by_kind = {key: Figure(right[key], read[key], annotated[key]) for key in sorted(read | annotated)}
    total = {
        figure: Figure(
            *(sum(n for (f, _), n in counter.items() if f == figure) for counter in (right, read, annotated))
        )
        for figure in FIGURES
    }
    return Scores(total, by_kind, empty, kept)


def _views(item: Item, ontology: Ontology) -> dict[str, set[Key]]:
    """The item as sets of keys, one a figure; the kind stands first in each key."""
    spans = {(e.label, e.start, e.end) for e in item.entities if e.start is not None}
    facts: set[Key] = set()
    qualified: set[Key] = set()
    relations: set[Key] = set()
    for r, ends in _ends(item):
        names = [" ".join(e.name.casefold().split()) for e in ends]
        places = [(e.start, e.end) for e in ends]
        if ontology.relations[r.relation].symmetric:
            names.sort()
            places.sort(key=str)
        facts.add((r.relation, *names))
        qualified.add((r.relation, *names, r.status, r.polarity))
        if all(start is not None for start, _ in places):
            relations.add((r.relation, *places))
    return {"mention": set(spans), "relation": relations, "fact": facts, "qualified": qualified}


def _ends(item: Item) -> Iterator[tuple[ItemRelation, tuple[ItemEntity, ItemEntity]]]:
    for relation in item.relations:
        yield relation, (item.entities[relation.head], item.entities[relation.tail])
