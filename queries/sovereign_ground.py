"""What of a view belongs to which country and layer: the ground that `queries.sovereign_layers` builds on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.terms import entity_iri
from kg.types import Status
from queries.derived import is_generic_facility, seats
from queries.records import Statement
from queries.view import View

__all__ = ["FABS", "Ground", "Made"]

# Layer -> the broadest things that belong to it, by their local names; all kinds of these belong to it too.
_GOODS: Final[Mapping[str, tuple[str, ...]]] = {
    "energy": ("energy", "energy-infrastructure", "power-equipment", "power-grid", "power-plant", "uranium"),
    "chips": ("chip",),
    "cloud": ("cloud-service", "cloud-computing", "cloud-infrastructure", "cloud-region"),
    "talent": ("skilled-talent",),
}
_COMPUTE: Final = (
    "ai-factory",
    "ai-gigafactory",
    "ai-hub",
    "ai-infrastructure",
    "computing-infrastructure",
    "data-center",
    "data-center-campus",
    "supercomputer",
)
FABS: Final = ("fab",)
# Words of the facility tables for what computes.
_COMPUTE_KINDS: Final = frozenset({"AI factory", "AI gigafactory", "AI hub", "data center", "supercomputer"})
# A facility that is newly met has no kind in the tables: its name may say what it is.
_COMPUTE_NAMES: Final = ("ai factory", "data center", "data centre", "gigafactory", "supercomputer")
# Words of the facility tables for what does not stand yet, and what no longer does.
_FACILITY_STATUS: Final[Mapping[str, Status]] = {"planned": "planned", "building": "planned", "ended": "ended"}

Made = Mapping[int, Mapping[int, Sequence[Statement]]]  # thing -> who provides it -> what says so


@dataclass(frozen=True)
class Ground:
    """What stands where, whose it is and of which kind, in a view and of statements with one status."""

    view: View
    status: Status = "actual"

    @cached_property
    def used(self) -> list[Statement]:
        """The affirmed statements of the status asked about."""
        return [s for s in self.view.statements if s.polarity == "affirmed" and s.status == self.status]

    # Where things are at home

    @cached_property
    def seats(self) -> Made:
        """Entity -> the country or place it is in; curated seats alone where there are some."""
        found: dict[int, dict[int, list[Statement]]] = defaultdict(lambda: defaultdict(list))
        for s in seats(self.view):
            if s.status in ("actual", self.status):
                found[s.subject][s.object].append(s)
        return found

    @cached_property
    def _homes(self) -> dict[int, tuple[tuple[int, ...], tuple[Statement, ...]]]:
        return {}

    def homes(self, entity: int) -> tuple[tuple[int, ...], tuple[Statement, ...]]:
        """The countries (for an alliance, itself) that an entity is at home in, and what says so."""
        if entity not in self._homes:
            self._homes[entity] = self._find_homes(entity)
        return self._homes[entity]

    def _find_homes(self, entity: int) -> tuple[tuple[int, ...], tuple[Statement, ...]]:
        found: set[int] = set()
        behind: list[Statement] = []
        seen, waiting = {entity}, [entity]
        while waiting:
            node = waiting.pop()
            if self.view.entities[node].label == "COUNTRY" or (node == entity and self.is_alliance(node)):
                found.add(node)
                continue
            for place, statements in self.seats.get(node, {}).items():
                behind += statements
                if place not in seen:
                    seen.add(place)
                    waiting.append(place)
        return tuple(sorted(found)), tuple(behind)

    def is_alliance(self, entity: int) -> bool:
        """Whether an entity is an alliance, which is its own home."""
        return self.view.entities[entity].label == "ALLIANCE"

    @cached_property
    def _countries(self) -> dict[int, list[int]]:
        return {}

    def countries_of(self, entity: int) -> list[int]:
        """The countries that an entity is at home in."""
        found = self._countries.get(entity)
        if found is None:
            found = self._countries[entity] = [h for h in self.homes(entity)[0] if not self.is_alliance(h)]
        return found

    # What things are

    def kinds(self, roots: Iterable[str]) -> set[int]:
        """The things with these local names, as far as the view knows them, and all kinds of them."""
        known = [self.view.index[entity_iri(root)] for root in roots if entity_iri(root) in self.view.index]
        return {kind for root in known for kind in self.view.narrower(root)}

    @cached_property
    def goods(self) -> Mapping[str, set[int]]:
        """Layer -> what belongs to it."""
        goods = {layer: self.kinds(roots) for layer, roots in _GOODS.items()}
        models = {e for e, known in enumerate(self.view.entities) if known.label == "MODEL"}
        return {**goods, "models": models}

    @cached_property
    def layers_of(self) -> Mapping[int, Sequence[str]]:
        """Goods -> the layers they belong to."""
        found: dict[int, list[str]] = defaultdict(list)
        for layer, goods in self.goods.items():
            for one in goods:
                found[one].append(layer)
        return found

    @cached_property
    def all_facilities(self) -> frozenset[int]:
        """The compute facilities that stand somewhere, whether or not they stand yet."""
        view, kinds = self.view, self.kinds(_COMPUTE)
        listed = self._table("kind")
        found = set(self._with_chips)
        for entity, known in enumerate(view.entities):
            if known.label == "FACILITY" and (
                entity in kinds
                or listed.get(entity) in _COMPUTE_KINDS
                or (entity not in view.broader and any(name in known.name.casefold() for name in _COMPUTE_NAMES))
            ):
                found.add(entity)
        return frozenset(f for f in found - self.kinds(FABS) if not is_generic_facility(view, f))

    @cached_property
    def _with_chips(self) -> frozenset[int]:
        """The facilities that are documented to run on chips or to be supplied with them."""
        chips = self.goods["chips"]
        return frozenset(
            d.dependent
            for d in self.view.dependences
            if self.view.entities[d.dependent].label == "FACILITY"
            and d.edge.polarity == "affirmed"
            and (d.provider in chips or any(s.concerns in chips for s in d.edge.statements))
        )

    def _table(self, column: str) -> Mapping[int, str]:
        """What the tables say of facilities in one column."""
        places = [e.iri for e in self.view.entities if e.label == "FACILITY"]
        if not places:
            return {}
        values = " ".join(f"<{iri}>" for iri in places)
        rows = self.view.store.rows(f"SELECT ?s ?o {{ VALUES ?s {{ {values} }} ?s kg:{column} ?o }}")
        return {self.view.index[s]: o for s, o in rows if s is not None and o is not None}

    @cached_property
    def facilities(self) -> frozenset[int]:
        """The compute facilities that have the status asked about, as far as the tables say one."""
        return frozenset(f for f in self.all_facilities if self._facility_status.get(f) == self.status)

    @cached_property
    def _facility_status(self) -> Mapping[int, Status]:
        """As the tables have it; else actual where a statement says so, then planned, then ended."""
        found: dict[int, Status] = {}
        rank = ("ended", "planned", "actual")
        for s in self.view.statements:
            if s.polarity == "affirmed":
                for end in {s.subject, s.object} & self.all_facilities:
                    found[end] = max(s.status, found.get(end, "ended"), key=rank.index)
        listed = {f: _FACILITY_STATUS.get(word, "actual") for f, word in self._table("status").items()}
        return {**found, **listed}

    def standing_in(self, country: int) -> list[int]:
        """The compute facilities of the status asked about that stand in a country."""
        return self._standing.get(country, [])

    def left_out(self, country: int) -> list[int]:
        """The compute facilities in a country that the tables give another status."""
        return [f for f in sorted(self.all_facilities - self.facilities) if country in self.countries_of(f)]

    @cached_property
    def _standing(self) -> Mapping[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for facility in sorted(self.facilities):
            for country in self.countries_of(facility):
                found[country].append(facility)
        return found
