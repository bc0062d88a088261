"""Dependence derived through the ontology's directions, over several hops.

A country depends on a country through the chips that its data centres use, their maker and the maker's home. Such a
chain runs through four phases, in this order, each of any length or none:

1. *parts*: an alliance acts through its member states, an actor through the facilities that it operates or owns;
2. *territory*: a country acts through what stands, sits or has its seat in it;
3. *dependence*: what the ontology reads as dependence, the goods that a supply concerns, kinds and requirements;
4. *jurisdiction*: whoever is depended on is subject to where it has its seat or stands.

So a chain never runs through a country to all that stands in it, and a state or alliance that is depended on ends
it: who supplies China does not by that supply all whom China supplies. Where a person states a seat or a place, it
goes before what articles claim. A generic facility (`data center`)
is another one in each article: it joins no two articles' statements to a chain that neither makes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Final, Literal, NamedTuple

from kg.ontology import Relation
from queries.records import Statement
from queries.sweeps import without_sweeps
from queries.view import View

__all__ = [
    "CRITICAL",
    "GOODS",
    "MEMBER_OF",
    "REQUIRES",
    "Chain",
    "DerivedGraph",
    "Direction",
    "Hop",
    "Phase",
    "Search",
    "State",
    "ancestors",
    "derive",
    "is_generic_facility",
    "is_jurisdiction",
    "seats",
]

Direction = Literal["of", "on"]

# A relation of at least this weight in the ontology states that losing the one stops the other.
CRITICAL: Final = 0.7
# Hops from an alliance over a member and its places down to a facility.
_ACTING_DEPTH: Final = 6
# From this weight on, a facility that the relation ties to an actor counts as the actor's own.
_OWN: Final = 0.6
REQUIRES: Final = "requires"
MEMBER_OF: Final = "memberOf"
GOODS: Final = frozenset({"RESOURCE", "TECHNOLOGY", "MODEL"})
_STATES: Final = frozenset({"COUNTRY", "ALLIANCE"})
_JURISDICTIONS: Final = frozenset({"COUNTRY", "PLACE"})


class Phase(IntEnum):
    """Where in a chain a hop may stand; along a chain phases never decrease."""

    PARTS = 0
    TERRITORY = 1
    DEPENDENCE = 2
    JURISDICTION = 3


class Hop(NamedTuple):
    """One step of a chain, between nodes of a `DerivedGraph`."""

    start: int
    end: int
    words: str  # read from start to end, e.g. "is manufactured by"
    phase: Phase
    statements: tuple[Statement, ...]  # empty where the hierarchy of kinds alone carries the hop


class State(NamedTuple):
    """Where a search stands."""

    node: int
    phase: Phase
    is_about: bool  # whether the chain has met the resource that is asked about; True where none is


@dataclass(frozen=True, slots=True)
class Chain:
    """Hops end to end, from who depends to what is depended on."""

    hops: tuple[Hop, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All that the chain rests on, hop by hop."""
        return tuple(s for hop in self.hops for s in hop.statements)


def is_jurisdiction(relation: Relation) -> bool:
    """Whether the relation says under which country or place something falls."""
    return relation.dependence == "subject-on-object" and relation.objects <= _JURISDICTIONS


def seats(view: View) -> list[Statement]:
    """The affirmed statements of a seat or a place: for an entity that has curated ones, these alone."""
    names = {name for name, relation in view.ontology.relations.items() if is_jurisdiction(relation)}
    found = [s for s in view.statements if s.relation in names and s.polarity == "affirmed" and s.subject != s.object]
    settled = {s.subject for s in found if s.is_curated}
    return [s for s in found if s.is_curated or s.subject not in settled]


def is_generic_facility(view: View, entity: int) -> bool:
    """Whether the entity is a kind of facility (`data center`), not one that stands somewhere.

    Names of generic things that no seed knows are written in lower case.
    """
    known = view.entities[entity]
    return known.label == "FACILITY" and (entity in view.kinds or known.name[:1].islower())


@dataclass(frozen=True)
class DerivedGraph:
    """The hops of a view. A node below the number of entities is that entity; others are generic facilities."""

    view: View
    hops: tuple[Hop, ...]
    copies: Mapping[int, int]  # node of a generic facility in one article -> entity

    def entity(self, node: int) -> int:
        """The entity that a node stands for."""
        return self.copies.get(node, node)

    def nodes(self, entity: int) -> list[int]:
        """The nodes of an entity: itself, or a generic facility in each article."""
        return [entity, *sorted(node for node, known in self.copies.items() if known == entity)]

    @cached_property
    def leaving(self) -> Mapping[int, Sequence[Hop]]:
        """Node -> hops that start there, the best documented first."""
        return _by_end(self.hops, 0)

    @cached_property
    def entering(self) -> Mapping[int, Sequence[Hop]]:
        """Node -> hops that end there, the best documented first."""
        return _by_end(self.hops, 1)

    def search(
        self,
        start: int,
        *,
        direction: Direction = "of",
        depth: int,
        about: Collection[int] | None = None,
        last: Phase | None = None,
    ) -> "Search":
        """Every state that chains of at most `depth` hops reach from an entity.

        Parameters
        ----------
        start : int
            An entity.
        direction : {"of", "on"}
            "of" follows dependence from `start`; "on" goes against it, to who depends on `start`.
        depth : int
            Most hops of a chain.
        about : collection of int, optional
            Entities that chains should meet, at an end of a hop or as what a statement concerns; whether they did
            stands in the states.
        last : Phase, optional
            No hop of a later phase.
        """
        forward = direction == "of"
        first = Phase.PARTS if forward else Phase.JURISDICTION
        latest = Phase.JURISDICTION if last is None else last
        hops_at = self.leaving if forward else self.entering
        begun = about is None or start in about
        steps: dict[State, Step | None] = {State(node, first, begun): None for node in self.nodes(start)}
        search = Search(self, direction, frozenset(about) if about is not None else None, steps)
        front = list(steps)
        for _ in range(depth):
            following = []
            for state in front:
                ends = steps[state] is not None and state.phase >= Phase.DEPENDENCE and self._is_state(state.node)
                for hop in hops_at.get(state.node, ()):
                    if (hop.phase < state.phase if forward else hop.phase > state.phase) or hop.phase > latest:
                        continue
                    if ends and hop.phase >= Phase.DEPENDENCE:
                        continue
                    reached = search.after(state, hop)
                    if reached not in steps and self.entity(reached.node) != start:
                        steps[reached] = Step(state, hop)
                        following.append(reached)
            front = following
        return search

    def _is_state(self, node: int) -> bool:
        return self.view.entities[self.entity(node)].label in _STATES

    def homes(self, entity: int) -> list[int]:
        """The countries that an entity is subject to, the nearest and best documented first; a country is its own."""
        return [e for e in self._ways_up(entity) if self.view.entities[e].label == "COUNTRY"]

    def way_home(self, entity: int, home: int) -> tuple[Hop, ...]:
        """The hops from an entity to one of its homes; none where it is its own."""
        ways = self._ways_up(entity)
        hops = []
        while (hop := ways[home]) is not None:
            hops.append(hop)
            home = hop.start
        return tuple(hops[::-1])

    @cached_property
    def _upward(self) -> Mapping[int, Sequence[Hop]]:
        return _by_end((hop for hop in self.hops if hop.phase is Phase.JURISDICTION), 0)

    def _ways_up(self, entity: int) -> dict[int, Hop | None]:
        """The jurisdictions above an entity with the hop that leads to each, the nearest first; itself at the head."""
        ways: dict[int, Hop | None] = {entity: None}
        front = [entity]
        while front:
            following = []
            for node in front:
                for hop in self._upward.get(node, ()):
                    if hop.end not in ways:
                        ways[hop.end] = hop
                        following.append(hop.end)
            front = following
        return ways

    def parts(self, entity: int) -> set[int]:
        """What an entity acts through, itself included: states of an alliance, what is in a country, own facilities."""
        search = self.search(entity, depth=_ACTING_DEPTH, last=Phase.TERRITORY)
        return {self.entity(state.node) for state in search.steps}


class Step(NamedTuple):
    """How a search came to a state."""

    before: State
    hop: Hop


@dataclass(frozen=True, slots=True)
class Search:
    """What chains from (or to) one entity reach: state -> how it was reached, nearest first."""

    graph: DerivedGraph
    direction: Direction
    about: frozenset[int] | None
    steps: Mapping[State, Step | None]

    def after(self, state: State, hop: Hop) -> State:
        """The state that a hop leads to."""
        end = hop.end if self.direction == "of" else hop.start
        return State(end, hop.phase, state.is_about or self._meets(hop))

    def _meets(self, hop: Hop) -> bool:
        return (
            self.about is None
            or self.graph.entity(hop.start) in self.about
            or self.graph.entity(hop.end) in self.about
            or any(s.concerns in self.about for s in hop.statements)
        )

    def chain(self, state: State) -> Chain:
        """The chain over which the search came to a state, written from who depends."""
        hops = []
        step = self.steps[state]
        while step is not None:
            hops.append(step.hop)
            step = self.steps[step.before]
        return Chain(tuple(hops[::-1] if self.direction == "of" else hops))


def _by_end(hops: Iterable[Hop], end: Literal[0, 1]) -> dict[int, list[Hop]]:
    found: dict[int, list[Hop]] = defaultdict(list)
    with without_sweeps():
        for hop in hops:
            found[hop[end]].append(hop)
        for own in found.values():
            own.sort(key=lambda hop: (-len({s.article for s in hop.statements}), hop))
    return found


def ancestors(view: View, entity: int) -> list[int]:
    """What the entity is a kind of, directly or not, in order; without itself even where kinds run in a circle."""
    found: set[int] = set()
    waiting = [entity]
    while waiting:
        new = [parent for parent in view.broader.get(waiting.pop(), ()) if parent not in found]
        found.update(new)
        waiting += new
    return sorted(found - {entity})


def derive(view: View) -> DerivedGraph:
    """All hops that the affirmed statements of a view and the hierarchy of kinds give."""
    with without_sweeps():
        return _Deriver(view).derive()


class _Deriver:
    def __init__(self, view: View) -> None:
        self.view = view
        self.generic = {e for e in view.active if is_generic_facility(view, e)}
        self.copies: dict[tuple[int, int | None], int] = {}
        self.hops: dict[tuple[int, int, str, Phase], list[Statement]] = defaultdict(list)

    def derive(self) -> DerivedGraph:
        for s in self.view.statements:
            if s.polarity == "affirmed" and s.subject != s.object:
                self._read(s)
        for s in seats(self.view):
            relation = self.view.relation(s)
            subject, object_ = self._node(s.subject, s), self._node(s.object, s)
            self._add(subject, object_, relation.label, Phase.JURISDICTION, s)
            self._add(object_, subject, relation.inverse_label, Phase.TERRITORY, s)
        self._add_kinds()
        hops = (Hop(*key, tuple(found)) for key, found in sorted(self.hops.items(), key=lambda item: item[0]))
        return DerivedGraph(self.view, tuple(hops), {node: entity for (entity, _), node in self.copies.items()})

    def _node(self, entity: int, s: Statement) -> int:
        if entity not in self.generic:
            return entity
        key = (entity, s.article)
        return self.copies.setdefault(key, len(self.view.entities) + len(self.copies))

    def _add(self, start: int, end: int, words: str, phase: Phase, s: Statement) -> None:
        if start != end:
            self.hops[start, end, words, phase].append(s)

    def _read(self, s: Statement) -> None:
        relation = self.view.relation(s)
        if is_jurisdiction(relation) or (relation.dependence is None and s.relation != MEMBER_OF):
            return
        subject, object_ = self._node(s.subject, s), self._node(s.object, s)
        labels = self.view.entities[s.subject].label, self.view.entities[s.object].label
        if relation.dependence == "subject-on-object":
            self._add(subject, object_, relation.label, Phase.DEPENDENCE, s)
            self._add_goods(subject, f"{relation.label} others for", relation, s)
        elif relation.dependence == "object-on-subject":
            self._add(object_, subject, relation.inverse_label, Phase.DEPENDENCE, s)
            self._add_goods(object_, "is supplied with", relation, s)
            if labels[1] == "FACILITY" and relation.weight >= _OWN:
                self._add(subject, object_, relation.label, Phase.PARTS, s)
        elif labels == ("COUNTRY", "ALLIANCE"):
            self._add(object_, subject, relation.inverse_label, Phase.PARTS, s)

    def _add_goods(self, dependent: int, words: str, relation: Relation, s: Statement) -> None:
        if s.concerns is not None and relation.takes_concerns and relation.weight >= CRITICAL:
            self._add(dependent, s.concerns, words, Phase.DEPENDENCE, s)

    def _add_kinds(self) -> None:
        """A kind serves who needs the broader thing, and requires what the broader thing requires."""
        required: dict[int, list[Statement]] = defaultdict(list)
        for s in self.view.statements:
            if s.relation == REQUIRES and s.polarity == "affirmed":
                required[s.subject].append(s)
        active = set(self.view.active)
        for kind, above in self.view.broader.items():
            if kind not in active or self.view.entities[kind].label not in GOODS:
                continue
            for parent in above:
                self.hops[parent, kind, "includes", Phase.DEPENDENCE].extend(())
            for ancestor in ancestors(self.view, kind):
                words = f"is a {self.view.name(ancestor)}, which requires"
                for s in required.get(ancestor, ()):
                    self._add(kind, self._node(s.object, s), words, Phase.DEPENDENCE, s)
