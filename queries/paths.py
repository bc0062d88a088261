"""How two entities are connected: `kg path`."""

from collections import defaultdict, deque
from collections.abc import Collection, Mapping
from itertools import pairwise

from kg.errors import QueryError
from queries.answer import Answer, Column, Row, answer_from
from queries.names import resolve
from queries.phrases import SUPPORT, concerns_words, reading, status_words, support
from queries.records import Edge
from queries.view import View

__all__ = ["path"]


def path(view: View, start: str, end: str, *, along_dependence: bool = False) -> Answer:
    """The shortest chain of statements between two entities; a row for every edge of every hop.

    The statements may run either way or, `along_dependence`, so that each entity depends on the next. What articles
    deny joins nothing, nor does what `View.joins` excludes. Of several shortest chains it is the one that comes first
    in the order of the store.
    """
    first, last = resolve(view, start), resolve(view, end)
    if first == last:
        raise QueryError(f"{start!r} and {end!r} are one entity; name two")
    joined = _joined(view, along_dependence=along_dependence)
    through = {e for e in view.active if view.joins(e, along_dependence=along_dependence)}
    chain = _shortest(joined, first, last, through)
    rows = [
        Row(
            (
                step,
                view.name(one),
                reading(view, edge, one)[0],
                view.name(other),
                concerns_words(view, edge.statements),
                status_words(edge),
                *support(view, edge.statements),
            ),
            tuple(s.key for s in edge.statements),
        )
        for step, (one, other) in enumerate(pairwise(chain), start=1)
        for edge in joined[one][other]
    ]
    return answer_from(
        view,
        title=f"Path from {view.name(first)} to {view.name(last)}",
        columns=(
            Column("hop", "count"),
            Column("from", "entity"),
            Column("relation"),
            Column("to", "entity"),
            Column("for"),
            Column("status"),
            *SUPPORT,
        ),
        rows=rows,
        query=f"path({start!r}, {end!r}, along_dependence={along_dependence})",
        caveats=("one of the shortest chains; that two things are joined does not say that one causes the other",),
        why_empty=f"no chain of documented {'dependences' if along_dependence else 'statements'} leads from "
        f"{view.name(first)} to {view.name(last)} under this filter",
    )


_Joined = Mapping[int, Mapping[int, list[Edge]]]


def _joined(view: View, *, along_dependence: bool) -> _Joined:
    found: dict[int, dict[int, list[Edge]]] = defaultdict(lambda: defaultdict(list))
    if along_dependence:
        for dependence in view.dependences:
            if dependence.edge.polarity == "affirmed":
                found[dependence.dependent][dependence.provider].append(dependence.edge)
        return found
    for edge in view.edges:
        if edge.polarity == "affirmed" and edge.subject != edge.object:
            found[edge.subject][edge.object].append(edge)
            found[edge.object][edge.subject].append(edge)
    return found


def _shortest(joined: _Joined, first: int, last: int, through: Collection[int]) -> list[int]:
    """The entities of a shortest chain, both ends among them; empty where there is none.

    Between its ends it leads `through` these entities only.
    """
    came_from: dict[int, int] = {}
    waiting = deque([first])
    while waiting and last not in came_from:
        entity = waiting.popleft()
        for other in sorted(joined.get(entity, ())):
            if other != first and other not in came_from:
                came_from[other] = entity
                if other in through:
                    waiting.append(other)
    if last not in came_from:
        return []
    chain = [last]
    while chain[-1] != first:
        chain.append(came_from[chain[-1]])
    return chain[::-1]
