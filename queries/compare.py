"""Two countries or firms side by side: `kg compare`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from kg.errors import QueryError
from kg.terms import local_name
from kg.types import Status
from queries.answer import Answer, Cell, Column, Row, answer_from
from queries.measures.centrality import pagerank
from queries.names import resolve
from queries.phrases import class_words
from queries.records import Statement
from queries.ties import ASPECTS, Aspect, Tie, ties
from queries.view import View

__all__ = ["compare"]

# Names in a cell.
_MOST_NAMES: Final = 6


def compare(view: View, a: str, b: str) -> Answer:
    """Two entities side by side: dependences, dependents, alliances, restrictions, facilities, attention, centrality.

    One row an aspect and status: how many others each of the two is tied to in that way and how many they share, with
    the names of those that most articles speak of. Counts are of documented ties; rows of figures follow.

    Parameters
    ----------
    view : View
        What is planned or has ended makes rows of its own, where the view holds it.
    a, b : str
        Two countries or firms, or any two entities.

    Raises
    ------
    QueryError
        Both names mean one entity, or one has several meanings.
    UnknownNameError
        Nothing goes by a name.

    Examples
    --------
    >>> from kg.store import Store
    >>> compare(View.load(Store()), "France", "Japan")
    Traceback (most recent call last):
    kg.errors.UnknownNameError: nothing in the graph is called 'France'
    """
    pair = (resolve(view, a), resolve(view, b))
    if pair[0] == pair[1]:
        raise QueryError(f"{a!r} and {b!r} are one entity; name two")
    sides = (_grouped(ties(view, pair[0])), _grouped(ties(view, pair[1])))
    keys = sorted({*sides[0], *sides[1]}, key=lambda key: (ASPECTS.index(key[0]), key[1]))
    classes = [class_words(view, entity) for entity in pair]
    one, other = names = [view.name(entity) for entity in pair]
    if one == other:
        one, other = (f"{name} ({local_name(view.entities[e].iri)})" for name, e in zip(names, pair, strict=True))
    absent = [aspect for aspect in ASPECTS if aspect not in {key[0] for key in keys}]
    figures = _figures(view, pair)
    return answer_from(
        view,
        title=f"{one} and {other} side by side",
        columns=(
            Column("aspect"),
            Column(one, "number"),
            Column(other, "number"),
            Column("shared", "count"),
            Column("in common"),
            Column(f"only {one}"),
            Column(f"only {other}"),
        ),
        rows=[*(_row(view, key, [side.get(key, {}) for side in sides]) for key in keys), *figures],
        query=f"compare({a!r}, {b!r})",
        caveats=(
            "documented ties: what articles and curated tables state; a lower number may only be less written about",
            "rank 1 is the most central; PageRank over all statements of the view, towards what is depended on",
            *([f"{one} is a {classes[0]}, {other} a {classes[1]}"] if classes[0] != classes[1] else ()),
            *([f"nothing documented of either: {', '.join(absent)}"] if absent else ()),
        ),
        why_empty="nothing is documented of either under this filter",
    )


_Key = tuple[Aspect, Status]
_Side = Mapping[int, Tie]  # by the other entity


def _grouped(found: Iterable[Tie]) -> Mapping[_Key, dict[int, Tie]]:
    groups: dict[_Key, dict[int, Tie]] = defaultdict(dict)
    for tie in found:
        groups[tie.aspect, tie.status][tie.other] = tie
    return groups


def _row(view: View, key: _Key, sides: Sequence[_Side]) -> Row:
    aspect, status = key
    first, second = sides
    shared = first.keys() & second.keys()
    statements = {s.key: None for side in sides for tie in side.values() for s in tie.statements}
    cells: tuple[Cell, ...] = (
        aspect if status == "actual" else f"{aspect} ({status})",
        len(first),
        len(second),
        len(shared),
        _names(view, shared, sides),
        _names(view, first.keys() - shared, sides),
        _names(view, second.keys() - shared, sides),
    )
    return Row(cells, tuple(statements))


def _names(view: View, others: Collection[int], sides: Sequence[_Side]) -> str:
    """The names of those that most articles speak of, and how many more there are."""

    def rank(other: int) -> tuple[int, int, str]:
        statements = [s for side in sides if other in side for s in side[other].statements]
        return -len({s.article for s in statements if not s.is_curated}), -len(statements), view.name(other)

    ranked = sorted(others, key=rank)
    names = ", ".join(view.name(other) for other in ranked[:_MOST_NAMES])
    more = len(ranked) - _MOST_NAMES
    return f"{names} and {more} more" if more > 0 else names


def _figures(view: View, pair: tuple[int, int]) -> list[Row]:
    """Attention, evidence and centrality of the two."""
    own = [[s for s in view.claims() if entity in (s.subject, s.object)] for entity in pair]
    keys = tuple(dict.fromkeys(s.key for claims in own for s in claims))
    if not keys and not {*pair} & {*view.active}:
        return []
    values = pagerank(view.igraph())
    ranks = {iri: rank for rank, iri in enumerate(sorted(values, key=lambda iri: (-values[iri], iri)), start=1)}
    both = {s.key for s in own[0]} & {s.key for s in own[1]}

    def sources(claims: Sequence[Statement]) -> int:
        return view.independent_sources(claims)

    shared = [s for s in own[0] if s.key in both]
    return [
        Row(("articles that mention it", *(view.mentioning.get(entity, 0) for entity in pair), None, "", "", "")),
        Row(("claims", *map(len, own), len(shared), "", "", ""), keys),
        Row(("independent sources", *map(sources, own), sources(shared), "", "", ""), keys),
        Row(
            (
                f"rank by PageRank, of {len(ranks)}",
                *(ranks.get(view.entities[entity].iri) for entity in pair),
                None,
                "",
                "",
                "",
            )
        ),
    ]
