"""How one entity stands to others, sorted into the aspects that a comparison or a dossier shows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.types import Status
from queries.derived import is_generic_facility, is_jurisdiction
from queries.phrases import reading
from queries.records import Statement
from queries.view import View

__all__ = ["ASPECTS", "Aspect", "Tie", "ties"]

Aspect = str

# Aspects in the order in which they are shown.
ASPECTS: Final[tuple[Aspect, ...]] = (
    "depends on",
    "is depended on by",
    "is member of",
    "has member",
    "partners with",
    "competes with",
    "restricts",
    "is restricted by",
    "regulates",
    "is regulated by",
    "holds the facility",
    "operates the facility",
    "owns the facility",
    "builds the facility",
    "is home of the firm",
)
_BONDS: Final = frozenset({"memberOf", "partnersWith", "competesWith", "restricts", "regulates"})
_HOLDS: Final = frozenset({"operates", "owns", "builds"})


@dataclass(frozen=True, slots=True)
class Tie:
    """One other entity under one aspect, of one status, with all that says so."""

    aspect: Aspect
    status: Status
    other: int
    statements: tuple[Statement, ...]


def ties(view: View, entity: int) -> list[Tie]:
    """What is affirmed of an entity by aspect: direct dependences, bonds, restrictions, facilities, firms.

    Seats and places are no dependences here: where a firm is at home stands under "is home of the firm", and what
    stands in a country, in its cities and regions too, under "holds the facility". Generic facilities are left out.
    What is planned and what has ended stand apart from what is.
    """
    groups: dict[tuple[Aspect, Status, int], dict[str, Statement]] = defaultdict(dict)
    for aspect, status, other, statements in (*_stated(view, entity), *_held(view, entity)):
        groups[aspect, status, other].update((s.key, s) for s in statements)
    return [
        Tie(aspect, status, other, tuple(found.values()))
        for (aspect, status, other), found in sorted(groups.items(), key=lambda item: _rank(view, item[0]))
    ]


_Found = tuple[Aspect, Status, int, tuple[Statement, ...]]


def _rank(view: View, key: tuple[Aspect, Status, int]) -> tuple[int, str, str, int]:
    aspect, status, other = key
    return ASPECTS.index(aspect), status, view.name(other), other


def _stated(view: View, entity: int) -> Iterator[_Found]:
    for edge in view.edges:
        if entity not in (edge.subject, edge.object) or edge.polarity != "affirmed" or edge.subject == edge.object:
            continue
        words, other = reading(view, edge, entity)
        label = view.entities[other].label
        relation = view.relation(edge)
        if relation.dependence is not None and not is_jurisdiction(relation):
            depends = (relation.dependence == "subject-on-object") == (edge.subject == entity)
            yield "depends on" if depends else "is depended on by", edge.status, other, edge.statements
        if edge.relation in _BONDS:
            yield words, edge.status, other, edge.statements
        elif edge.subject == entity and edge.relation in _HOLDS and label == "FACILITY":
            if not is_generic_facility(view, other):
                yield f"{words} the facility", edge.status, other, edge.statements
        elif edge.object == entity and edge.relation == "headquarteredIn" and label == "FIRM":
            yield "is home of the firm", edge.status, other, edge.statements


def _held(view: View, entity: int) -> Iterator[_Found]:
    """What stands in a country or place, through the places in it; places count where they are stated as actual."""
    inside: dict[int, list[tuple[int, Status, tuple[Statement, ...]]]] = defaultdict(list)
    for edge in view.edges:
        if edge.relation == "locatedIn" and edge.polarity == "affirmed":
            inside[edge.object].append((edge.subject, edge.status, edge.statements))
    reached: Mapping[int, tuple[Statement, ...]] = {entity: ()}
    seen = {entity}
    while reached:
        farther: dict[int, tuple[Statement, ...]] = {}
        standing = set[int]()
        for place, chain in reached.items():
            for thing, status, statements in inside[place]:
                label = view.entities[thing].label
                if label == "FACILITY" and thing not in seen and not is_generic_facility(view, thing):
                    standing.add(thing)
                    yield "holds the facility", status, thing, (*statements, *chain)
                elif label == "PLACE" and status == "actual" and thing not in seen and thing not in view.kinds:
                    seen.add(thing)
                    farther[thing] = (*statements, *chain)
        # What is said to stand here needs no chain through a place to say it again.
        seen |= standing
        reached = farther
