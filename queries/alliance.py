"""Who is allied with whom: `kg alliances`."""

from collections import defaultdict
from collections.abc import Sequence

from kg.errors import QueryError
from queries.answer import Answer, Column, Row, answer_from
from queries.names import resolve
from queries.phrases import SUPPORT, class_words, concerns_words, kept, reading, status_words, support
from queries.records import Edge, Statement
from queries.view import View

__all__ = ["alliances"]

_MEMBER = "memberOf"


def alliances(view: View, name: str | None = None, other: str | None = None, *, limit: int | None = None) -> Answer:
    """Alliances and their members, the ties of one entity, or what two have in common.

    Parameters
    ----------
    view : View
    name : str, optional
        An alliance gives its members and partners, another entity its memberships and partners. Without a name,
        all alliances with the number of their members, those that articles state apart from curated ones.
    other : str, optional
        A second name: what both are tied to. Two alliances give the members that they share.
    limit : int, optional
        At most so many rows.

    Raises
    ------
    QueryError
        A name has several meanings, or the second stands without the first.
    UnknownNameError
        Nothing goes by the name.
    """
    bonds = [edge for edge in view.edges if view.relation(edge).tie > 0]
    if name is None:
        if other is not None:
            raise QueryError(f"{other!r} is the second of two names; give the first as well")
        return _all(view, bonds, limit)
    entity = resolve(view, name)
    if other is None:
        return _of_one(view, bonds, entity, name, limit)
    return _shared(view, bonds, (entity, resolve(view, other)), (name, other), limit)


def _all(view: View, bonds: Sequence[Edge], limit: int | None) -> Answer:
    members: dict[int, list[Edge]] = defaultdict(list)
    for edge in bonds:
        if edge.relation == _MEMBER and view.entities[edge.object].label == "ALLIANCE":
            members[edge.object].append(edge)

    def count(edges: Sequence[Edge], *, curated: bool) -> int:
        return len({edge.subject for edge in edges if edge.is_curated == curated})

    ranked = sorted(members, key=lambda a: (-len({edge.subject for edge in members[a]}), view.name(a)))
    shown = ranked[:limit]
    rows = []
    for alliance in shown:
        edges = members[alliance]
        rows.append(
            Row(
                (
                    view.name(alliance),
                    len({edge.subject for edge in edges}),
                    count(edges, curated=True),
                    count(edges, curated=False),
                    view.mentioning.get(alliance, 0),
                ),
                _keys(edges),
            )
        )
    return answer_from(
        view,
        title="Alliances by number of members",
        columns=(
            Column("alliance", "entity"),
            Column("members", "count", "members"),
            Column("curated", "count", "members"),
            Column("in articles", "count", "members"),
            Column("mentioned in", "count", "articles"),
        ),
        rows=rows,
        query="alliances()",
        caveats=(
            "curated members are facts of the seed tables, the others are what articles claim; many are both",
            *kept(len(shown), len(ranked), "alliances"),
        ),
        why_empty="no membership in an alliance is documented under this filter",
    )


def _of_one(view: View, bonds: Sequence[Edge], entity: int, name: str, limit: int | None) -> Answer:
    own = [edge for edge in bonds if entity in (edge.subject, edge.object)]
    own.sort(key=lambda edge: (edge.relation, edge.subject == entity, view.name(reading(view, edge, entity)[1])))
    shown = own[:limit]
    rows = []
    for edge in shown:
        words, other = reading(view, edge, entity)
        rows.append(
            Row(
                (
                    words,
                    view.name(other),
                    class_words(view, other),
                    concerns_words(view, edge.statements),
                    status_words(edge),
                    _first(edge.statements),
                    max((s.until for s in edge.statements), default=""),
                    *support(view, edge.statements),
                ),
                _keys([edge]),
            )
        )
    return answer_from(
        view,
        title=f"Alliances of {view.name(entity)}",
        columns=(
            Column("relation"),
            Column("with", "entity"),
            Column("class"),
            Column("for"),
            Column("status"),
            Column("since", "date"),
            Column("until", "date"),
            *SUPPORT,
        ),
        rows=rows,
        query=f"alliances({name!r})",
        caveats=kept(len(shown), len(own), "ties"),
        why_empty=f"no membership or partnership of {view.name(entity)} is documented under this filter",
    )


def _shared(
    view: View, bonds: Sequence[Edge], pair: tuple[int, int], names: tuple[str, str], limit: int | None
) -> Answer:
    if pair[0] == pair[1]:
        raise QueryError(f"{names[0]!r} and {names[1]!r} are one entity; name two")
    ties: tuple[dict[int, list[Edge]], dict[int, list[Edge]]] = (defaultdict(list), defaultdict(list))
    direct = []
    for edge in bonds:
        ends = {edge.subject, edge.object}
        if ends == set(pair):
            direct.append(edge)
        for side, entity in enumerate(pair):
            if entity in ends and edge.polarity == "affirmed":
                ties[side][reading(view, edge, entity)[1]].append(edge)
    common = sorted((set(ties[0]) & set(ties[1])) - set(pair), key=lambda e: (view.entities[e].label, view.name(e)))
    shown = common[:limit]
    rows = [
        Row(
            (
                view.name(entity),
                class_words(view, entity),
                *(_how(view, ties[side][entity], pair[side]) for side in (0, 1)),
                *support(view, [s for side in (0, 1) for edge in ties[side][entity] for s in edge.statements]),
            ),
            _keys([*ties[0][entity], *ties[1][entity]]),
        )
        for entity in shown
    ]
    one, other = (view.name(entity) for entity in pair)
    reach = f"{one} has {len(ties[0])} and {other} {len(ties[1])} such ties in all"
    straight = ", ".join(sorted({view.relation(edge).label for edge in direct if edge.polarity == "affirmed"}))
    return answer_from(
        view,
        title=f"What {one} and {other} have in common",
        columns=(Column("shared", "entity"), Column("class"), Column(one), Column(other), *SUPPORT),
        rows=rows,
        query=f"alliances({names[0]!r}, {names[1]!r})",
        caveats=(
            reach,
            *([f"they are also tied directly: {straight}"] if straight else ()),
            *kept(len(shown), len(common), "shared ties"),
        ),
        why_empty=f"no shared membership or partnership is documented under this filter; {reach}"
        + (f"; they are tied directly: {straight}" if straight else ""),
    )


def _how(view: View, edges: Sequence[Edge], entity: int) -> str:
    return ", ".join(
        sorted({reading(view, e, entity)[0] + ("" if e.status == "actual" else f" ({e.status})") for e in edges})
    )


def _first(statements: Sequence[Statement]) -> str:
    return min((s.since for s in statements if s.since), default="")


def _keys(edges: Sequence[Edge]) -> tuple[str, ...]:
    return tuple(s.key for edge in edges for s in edge.statements)
