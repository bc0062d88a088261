"""What each entity cannot do without, as documents state it: needs, each with the sources of which one is enough.

Needs are joined by AND, the sources of a need by OR. What articles leave open is decided once, here:

- `requires` and `dependsOn` make a need of their own for each input; all must be met.
- What an entity `uses` or is supplied with is one need for each kind of goods: an H100 and an MI300X, two kinds of one
  thing, stand in for one another. Its documented suppliers of these goods are sources of another need, as are all
  suppliers whose goods are not stated.
- A product needs one of its documented manufacturers and one of its developers. A generic thing (GPU, cloud service:
  it has kinds, or is written in lower case) needs one of these, one that supplies it to anybody, or one documented
  kind of it; a kind requires what the broader thing requires.
- A facility needs one operator, and whatever has a seat or a place needs one of the jurisdictions it is stated in.
- Of a generic facility (`data center`) only `requires` counts: the rest is said of different ones.
- Relations that the ontology weighs below `CRITICAL` (owner, investor, builder) make no need.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kg.ontology import Relation
from queries.derived import CRITICAL, GOODS, REQUIRES, ancestors, is_generic_facility, is_jurisdiction, seats
from queries.measures.cascade import Requirements
from queries.records import Statement
from queries.sweeps import without_sweeps
from queries.view import View

__all__ = ["FALLING", "ROLE_WORDS", "Need", "Needs", "Role", "needs_of", "requirements"]

Role = Literal["input", "supplier", "manufacturer", "developer", "operator", "jurisdiction", "source"]

ROLE_WORDS: Final[Mapping[Role, str]] = {
    "input": "input",
    "supplier": "supplier",
    "manufacturer": "manufacturer",
    "developer": "developer",
    "operator": "operator",
    "jurisdiction": "place",
    "source": "maker or kind",
}

# What can fall. A state, an alliance, a person or a sector that loses a supplier is hit, and goes on.
FALLING: Final = frozenset({"RESOURCE", "MODEL", "TECHNOLOGY", "FACILITY", "FIRM", "INSTITUTE", "PLACE", ""})
_MAKER_ROLES: Final[Mapping[str, Role]] = {"manufactures": "manufacturer", "develops": "developer"}
_KEEPERS: Final[tuple[Role, ...]] = ("operator", "jurisdiction")
_OPERATES, _SUPPLIES, _USES = "operates", "supplies", "uses"

Sources = Mapping[int, tuple[Statement, ...]]  # source -> what says so; empty where the hierarchy of kinds does


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that an entity cannot do without."""

    role: Role
    what: tuple[int, ...]  # the inputs or goods; empty where no article says which
    sources: Sources

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All that the need rests on."""
        return tuple(s for found in self.sources.values() for s in found)


Needs = Mapping[int, Sequence[Need]]


def requirements(needs: Needs, *, without: Iterable[Role] = ()) -> Requirements:
    """The needs as the measures take them: dependent -> the sources of each need."""
    left_out = set(without)
    return {
        dependent: [need.sources.keys() for need in own if need.role not in left_out]
        for dependent, own in needs.items()
    }


def needs_of(view: View) -> Needs:
    """The needs of every entity, from the affirmed statements of a view and the hierarchy of kinds."""
    with without_sweeps():
        return _Reader(view).read()


_Found = dict[int, dict[int, list[Statement]]]  # dependent -> source -> statements


def _found() -> _Found:
    return defaultdict(lambda: defaultdict(list))


class _Reader:
    def __init__(self, view: View) -> None:
        self.view = view
        self.generic = {e for e in view.active if is_generic_facility(view, e)}
        self.strict = _found()
        self.soft = _found()
        self.suppliers: dict[int, dict[int | None, dict[int, list[Statement]]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(list))
        )
        self.sellers = _found()  # goods -> who supplies them to anybody
        self.by_role: dict[Role, _Found] = defaultdict(_found)

    def read(self) -> Needs:
        for s in self.view.statements:
            if s.polarity == "affirmed" and s.subject != s.object:
                self._read(s, self.view.relation(s))
        for s in seats(self.view):
            self._add(self.by_role["jurisdiction"], s.subject, s.object, s)
        needs: dict[int, list[Need]] = defaultdict(list)
        self._add_inputs(needs)
        self._add_makers(needs)
        return needs

    def _read(self, s: Statement, relation: Relation) -> None:
        if is_jurisdiction(relation) or relation.dependence is None or relation.weight < CRITICAL:
            return
        if s.relation in _MAKER_ROLES:
            self._add(self.by_role[_MAKER_ROLES[s.relation]], s.object, s.subject, s)
        elif s.relation == _OPERATES:
            self._add(self.by_role["operator"], s.object, s.subject, s)
        elif s.relation == _SUPPLIES:
            self._add_supplier(s, s.object, s.subject, self.soft)
        elif s.relation == _USES:
            self._add(self.soft, s.subject, s.object, s)
        elif s.relation != REQUIRES and s.concerns is not None:
            dependent, provider = (
                (s.subject, s.object) if relation.dependence == "subject-on-object" else (s.object, s.subject)
            )
            self._add_supplier(s, dependent, provider, self.strict)
        elif relation.dependence == "subject-on-object":
            self._add(self.strict, s.subject, s.object, s)
        else:
            self._add(self.strict, s.object, s.subject, s)

    def _add(self, found: _Found, dependent: int, source: int, s: Statement) -> None:
        if dependent != source and (dependent not in self.generic or s.relation == REQUIRES):
            found[dependent][source].append(s)

    def _add_supplier(self, s: Statement, dependent: int, supplier: int, inputs: _Found) -> None:
        if s.concerns is not None and s.concerns != supplier:
            self.sellers[s.concerns][supplier].append(s)
        if dependent in self.generic:
            return
        self.suppliers[dependent][s.concerns][supplier].append(s)
        if s.concerns is not None and self.view.entities[s.concerns].label in GOODS:
            self._add(inputs, dependent, s.concerns, s)

    def _add_inputs(self, needs: dict[int, list[Need]]) -> None:
        for dependent, inputs in sorted(self.strict.items()):
            for source, statements in sorted(inputs.items()):
                needs[dependent].append(Need("input", (source,), {source: tuple(statements)}))
        for dependent, inputs in sorted(self.soft.items()):
            for group in self._alike(inputs):
                needs[dependent].append(Need("input", group, {g: tuple(inputs[g]) for g in group}))
        for dependent, by_goods in sorted(self.suppliers.items()):
            stated = {goods: found for goods, found in by_goods.items() if goods is not None}
            for group in self._alike(stated):
                self._add_need(needs, dependent, "supplier", group, [stated[goods] for goods in group])
            if None in by_goods:
                self._add_need(needs, dependent, "supplier", (), [by_goods[None]])

    def _add_makers(self, needs: dict[int, list[Need]]) -> None:
        active = set(self.view.active)
        kinds: dict[int, list[int]] = defaultdict(list)
        for kind, above in self.view.broader.items():
            for parent in above:
                if kind in active and kind != parent:
                    kinds[parent].append(kind)
        makers, developers = self.by_role["manufacturer"], self.by_role["developer"]
        for product in sorted({*makers, *developers, *kinds}):
            if product in kinds or self.view.name(product)[:1].islower():
                known = [found[product] for found in (makers, developers, self.sellers) if product in found]
                below: dict[int, list[Statement]] = {kind: [] for kind in kinds.get(product, ())}
                self._add_need(needs, product, "source", (product,), [*known, below])
                continue
            for role in _MAKER_ROLES.values():
                if product in self.by_role[role]:
                    self._add_need(needs, product, role, (product,), [self.by_role[role][product]])
        for role in _KEEPERS:
            for dependent, found in sorted(self.by_role[role].items()):
                self._add_need(needs, dependent, role, (), [found])
        for kind in sorted(active & set(self.view.broader)):
            own = self.strict.get(kind, {})
            for ancestor in ancestors(self.view, kind):
                for source, statements in sorted(self.strict.get(ancestor, {}).items()):
                    demanded = tuple(s for s in statements if s.relation == REQUIRES)
                    if demanded and source not in own and source != kind:
                        needs[kind].append(Need("input", (source,), {source: demanded}))

    def _add_need(
        self,
        needs: dict[int, list[Need]],
        dependent: int,
        role: Role,
        what: tuple[int, ...],
        found: Iterable[Mapping[int, Sequence[Statement]]],
    ) -> None:
        sources: dict[int, tuple[Statement, ...]] = {}
        for by_source in found:
            for source, statements in sorted(by_source.items()):
                sources[source] = (*sources.get(source, ()), *statements)
        needs[dependent].append(Need(role, what, sources))

    def _alike(self, goods: Iterable[int]) -> list[tuple[int, ...]]:
        """The goods in groups that stand in for one another: one a kind of the other, or a direct parent in common."""
        groups: list[tuple[set[int], set[int]]] = []  # members; members and their direct parents
        for one in sorted(goods):
            members, reach = {one}, {one, *self.view.broader.get(one, ())}
            for other in [group for group in groups if group[1] & reach]:
                groups.remove(other)
                members |= other[0]
                reach |= other[1]
            groups.append((members, reach))
        return sorted(tuple(sorted(members)) for members, _ in groups)
