"""Blocs of the signed graph, who bridges them, and who is tied to both sides.

Positive ties are memberships and partnerships, negative ones rivalries and restrictions, as the ontology signs them.
Both ends must be able to take sides: a restriction of goods is no tie.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.errors import QueryError
from queries.answer import Answer, Column, Row, answer_from, counted
from queries.filter import check_classes
from queries.measures.blocs import Frustration, Partition, betweenness_between, communities, frustration, participation
from queries.names import resolve
from queries.phrases import SUPPORT, class_words, kept, reading, support
from queries.records import Edge, Statement
from queries.view import View

__all__ = ["blocs", "both_sides", "bridges"]

# Who can take sides; persons are left out, whose ties are those of their office.
_SIDES: Final = frozenset({"ALLIANCE", "COUNTRY", "FIRM", "GOVERNMENT", "INSTITUTE"})
_MEMBER: Final = "memberOf"
_NAMES_SHOWN: Final = 12

_Ties = Mapping[tuple[int, int], Sequence[Statement]]


@dataclass(frozen=True, slots=True)
class _Signed:
    positive: _Ties
    negative: _Ties
    partition: Partition
    frustration: Frustration

    def caveats(self) -> tuple[str, ...]:
        wrong = self.frustration.positive_across + self.frustration.negative_inside
        return (
            f"Leiden communities on {counted(len(self.positive), 'positive tie')} (membership, partnership): "
            f"modularity {self.partition.modularity:.3f}, resolution {self.partition.resolution:g}, "
            f"seed {self.partition.seed}",
            f"{counted(len(self.negative), 'negative tie')} (rivalry, restriction) judge the blocs, "
            "they do not make them",
            f"frustration {self.frustration.share or 0.0:.3f}: {wrong} of {self.frustration.ties} ties stand wrong, "
            f"{self.frustration.positive_across} positive across blocs, "
            f"{self.frustration.negative_inside} negative inside one",
            "a pair counts once for each sign, however many articles report it; blocs are of documented ties",
        )


def _signed(view: View, resolution: float, seed: int) -> _Signed:
    ties: dict[int, dict[tuple[int, int], list[Statement]]] = {1: defaultdict(list), -1: defaultdict(list)}
    for s in view.statements:
        sign = view.relation(s).tie
        if sign and s.polarity == "affirmed" and s.status == "actual" and s.subject != s.object:
            low, high = sorted((s.subject, s.object))
            if {view.entities[low].label, view.entities[high].label} <= _SIDES:
                ties[sign][low, high].append(s)
    partition = communities(ties[1], resolution=resolution, seed=seed)
    return _Signed(ties[1], ties[-1], partition, frustration(partition.membership, ties[1], ties[-1]))


def blocs(
    view: View,
    *,
    classes: Collection[str] = (),
    resolution: float = 1.0,
    seed: int = 0,
    limit: int | None = None,
) -> Answer:
    """The blocs that documented ties form, the largest first, with the ties that stand wrong.

    Only what is affirmed and actual makes a tie, whatever else the view holds.

    Parameters
    ----------
    view : View
    classes : collection of str
        Annotation labels of the members that are listed; blocs are formed by all.
    resolution : float
        Above 0; greater values give more and smaller blocs.
    seed : int
        Of the algorithm; see `queries.measures.blocs.communities`.
    limit : int, optional
        At most so many blocs.

    Raises
    ------
    QueryError
        There is no such class, or the resolution is not above 0.

    Examples
    --------
    >>> from kg.store import Store
    >>> from queries.view import View
    >>> blocs(View.load(Store())).caveats
    ('the store holds no claims; ingest articles first',)
    """
    check_classes(classes)
    signed = _signed(view, resolution, seed)
    membership = signed.partition.membership
    degrees: dict[int, int] = defaultdict(int)
    inside: dict[int, list[Statement]] = defaultdict(list)
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for sign, ties in (("+", signed.positive), ("-", signed.negative)):
        for (u, v), statements in sorted(ties.items()):
            if u not in membership or v not in membership:
                continue
            degrees[u] += sign == "+"
            degrees[v] += sign == "+"
            both = membership[u] == membership[v]
            for bloc in {membership[u], membership[v]}:
                counts[bloc][sign + ("inside" if both else "across")] += 1
            if both:
                inside[membership[u]] += statements
    found = []
    for bloc, members in signed.partition.members().items():
        listed = [m for m in members if not classes or view.entities[m].label in classes]
        if listed:
            found.append((bloc, sorted(listed, key=lambda m: (-degrees[m], view.name(m)))))
    shown = found[:limit]
    rows = [
        Row(
            (
                bloc + 1,
                len(listed),
                _listed(view, listed),
                counts[bloc]["+inside"],
                counts[bloc]["+across"],
                counts[bloc]["-inside"],
                counts[bloc]["-across"],
                view.independent_sources(inside[bloc]),
            ),
            tuple(s.key for s in inside[bloc]),
        )
        for bloc, listed in shown
    ]
    return answer_from(
        view,
        title="Blocs",
        columns=(
            Column("bloc", "count"),
            Column("members", "count", "entities"),
            Column("best tied first"),
            Column("positive inside", "count", "ties"),
            Column("positive across", "count", "ties"),
            Column("negative inside", "count", "ties"),
            Column("negative across", "count", "ties"),
            Column("sources", "count", "independent sources"),
        ),
        rows=rows,
        query=f"blocs(classes={tuple(classes)}, resolution={resolution:g}, seed={seed})",
        caveats=(*signed.caveats(), *kept(len(shown), len(found), "blocs")),
        why_empty="no membership or partnership between actors is documented under this filter, so there are no blocs",
    )


def bridges(
    view: View,
    *,
    classes: Collection[str] = (),
    resolution: float = 1.0,
    seed: int = 0,
    limit: int | None = 20,
) -> Answer:
    """Who stands between the blocs: betweenness between blocs, and how evenly ties are spread over them.

    Parameters and errors are those of `blocs`; `limit` counts entities. Those whose ties all lead into one bloc and
    that no path between blocs passes are left out.

    Examples
    --------
    >>> from kg.store import Store
    >>> from queries.view import View
    >>> bridges(View.load(Store())).rows
    ()
    """
    check_classes(classes)
    signed = _signed(view, resolution, seed)
    membership = signed.partition.membership
    between, is_exact = betweenness_between(membership, signed.positive)
    spread = participation(membership, signed.positive)
    behind: dict[int, list[Statement]] = defaultdict(list)
    blocs_met: dict[int, set[int]] = defaultdict(set)
    for (u, v), statements in sorted(signed.positive.items()):
        for one, other in ((u, v), (v, u)):
            behind[one] += statements
            blocs_met[one].add(membership[other])
    found = [
        entity
        for entity in membership
        if (not classes or view.entities[entity].label in classes) and (between[entity] > 0 or spread[entity] > 0)
    ]
    found.sort(key=lambda entity: (-round(between[entity], 9), -round(spread[entity], 9), entity))
    shown = found[:limit]
    rows = [
        Row(
            (
                view.name(entity),
                class_words(view, entity),
                membership[entity] + 1,
                between[entity],
                spread[entity],
                len(blocs_met[entity] | {membership[entity]}),
                view.independent_sources(behind[entity]),
                view.mentioning.get(entity, 0),
            ),
            tuple(s.key for s in behind[entity]),
        )
        for entity in shown
    ]
    estimated = () if is_exact else ("betweenness is estimated from paths that start at a part of the entities",)
    return answer_from(
        view,
        title="Bridges between blocs",
        columns=(
            Column("entity", "entity"),
            Column("class"),
            Column("bloc", "count"),
            Column("betweenness", "number", "share of shortest paths between blocs"),
            Column("participation", "number"),
            Column("blocs", "count", "blocs"),
            Column("sources", "count", "independent sources"),
            Column("mentioned in", "count", "articles"),
        ),
        rows=rows,
        query=f"bridges(classes={tuple(classes)}, resolution={resolution:g}, seed={seed})",
        caveats=(*signed.caveats(), *estimated, *kept(len(shown), len(found), "bridges")),
        why_empty="no entity with ties into several blocs is documented under this filter",
    )


def both_sides(view: View, x: str, y: str, *, classes: Collection[str] = (), limit: int | None = None) -> Answer:
    """Who is tied to both of two actors by membership or partnership, with what also sets it against either.

    A tie to an alliance is membership in it or partnership with it. An alliance that both are members of is what they
    have in common (`queries.alliance.alliances`), not somebody between them, and is left out.

    Parameters
    ----------
    view : View
    x, y : str
        The two sides.
    classes : collection of str
        Annotation labels of those listed; empty lists all.
    limit : int, optional
        At most so many rows.

    Raises
    ------
    QueryError
        Both names mean one entity, a name has several meanings, or there is no such class.
    UnknownNameError
        Nothing goes by a name.
    """
    check_classes(classes)
    sides = resolve(view, x), resolve(view, y)
    if sides[0] == sides[1]:
        raise QueryError(f"{x!r} and {y!r} are one entity; name two")
    ties = [_ties_of(view, side) for side in sides]
    common = [
        entity
        for entity in sorted(set(ties[0]) & set(ties[1]) - set(sides))
        if all(_signs(view, found[entity], 1) for found in ties)
        and not all(_is_member_of(found[entity], entity) for found in ties)
        and (not classes or view.entities[entity].label in classes)
    ]
    common.sort(key=lambda entity: (view.entities[entity].label, view.name(entity)))
    shown = common[:limit]
    rows = []
    for entity in shown:
        own = [*ties[0][entity], *ties[1][entity]]
        statements = [s for edge in own for s in edge.statements]
        rows.append(
            Row(
                (
                    view.name(entity),
                    class_words(view, entity),
                    *(_words(view, _signs(view, found[entity], 1), entity) for found in ties),
                    *(_words(view, _signs(view, found[entity], -1), entity) for found in ties),
                    *support(view, statements),
                ),
                tuple(s.key for s in statements),
            )
        )
    one, other = (view.name(side) for side in sides)
    reach = " and ".join(
        f"{view.name(side)} has {sum(bool(_signs(view, edges, 1)) for edges in found.values())}"
        for side, found in zip(sides, ties, strict=True)
    )
    return answer_from(
        view,
        title=f"Who is tied to both {one} and {other}",
        columns=(
            Column("who", "entity"),
            Column("class"),
            Column(f"tied to {one}"),
            Column(f"tied to {other}"),
            Column(f"against {one}"),
            Column(f"against {other}"),
            *SUPPORT,
        ),
        rows=rows,
        query=f"both_sides({x!r}, {y!r}, classes={tuple(classes)})",
        caveats=(f"{reach} documented memberships and partners in all", *kept(len(shown), len(common), "entities")),
        why_empty=f"nobody is documented as tied to both under this filter; {reach} memberships and partners in all",
    )


def _ties_of(view: View, side: int) -> dict[int, list[Edge]]:
    found: dict[int, list[Edge]] = defaultdict(list)
    for edge in view.edges:
        if side in (edge.subject, edge.object) and view.relation(edge).tie and edge.polarity == "affirmed":
            other = edge.object if edge.subject == side else edge.subject
            if view.entities[other].label in _SIDES:
                found[other].append(edge)
    return found


def _signs(view: View, edges: Iterable[Edge], sign: int) -> list[Edge]:
    return [edge for edge in edges if view.relation(edge).tie == sign]


def _is_member_of(edges: Iterable[Edge], alliance: int) -> bool:
    return any(edge.relation == _MEMBER and edge.object == alliance for edge in edges)


def _words(view: View, edges: Iterable[Edge], entity: int) -> str:
    return ", ".join(
        sorted({reading(view, e, entity)[0] + ("" if e.status == "actual" else f" ({e.status})") for e in edges})
    )


def _listed(view: View, members: Sequence[int]) -> str:
    more = len(members) - _NAMES_SHOWN
    return ", ".join(view.name(member) for member in members[:_NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")
