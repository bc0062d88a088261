"""What is stated of one entity, in the order of time: `kg timeline`."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from kg.terms import CLAIM
from kg.types import Polarity, Status
from queries.answer import Answer, Column, Row, answer_from, counted
from queries.names import resolve
from queries.phrases import SUPPORT, concerns_words, support
from queries.records import Statement
from queries.view import View

__all__ = ["timeline"]

# IRIs in one VALUES clause.
_BATCH: Final = 1000


class _Event(NamedTuple):
    """What one row is about: the same thing, said to hold at the same time."""

    subject: int
    relation: str
    object: int
    status: Status
    polarity: Polarity
    first: str  # day on which it holds from, as far as the text says; of a curated fact its `since` or `until`
    last: str
    curated: str  # "", "began" or "ended"


@dataclass(frozen=True, slots=True)
class _Dated:
    """An event and where it stands in time."""

    event: _Event
    day: str  # what it is ordered by; empty where nothing is dated
    published: str  # by the first article; empty for a curated fact
    again: str  # by the last article, where it is another day
    statements: tuple[Statement, ...]


def timeline(view: View, name: str, *, limit: int | None = None) -> Answer:
    """What is stated of an entity, the oldest first: when it holds, and when it was first and last written.

    A row stands at the day from which the thing holds, where the text says so and it can be read, else at the day on
    which it was first published; the two stand in columns of their own. Articles that say the same of the same time
    make one row. A curated fact makes a row for its beginning and one for its end; without a date it makes none.

    Parameters
    ----------
    view : View
        Best with every status: plans and what has ended belong to a history.
    name : str
    limit : int, optional
        At most so many rows, the latest; they are shown the oldest first all the same.

    Raises
    ------
    QueryError
        The name has several meanings.
    UnknownNameError
        Nothing goes by it.
    """
    entity = resolve(view, name)
    own = [s for s in view.statements if entity in (s.subject, s.object, s.concerns)]
    periods = _periods(view, [s for s in own if s.article is not None])
    groups: dict[_Event, list[Statement]] = defaultdict(list)
    for s in own:
        for event in _events(view, s, periods):
            groups[event].append(s)
    dated = [_dated(view, event, tuple(found)) for event, found in groups.items()]
    undated = sum(not one.day for one in dated)
    found = sorted((one for one in dated if one.day), key=lambda one: (one.day, one.published, one.event))
    shown = found[max(len(found) - limit, 0) :] if limit is not None else found
    facts = sum(s.is_curated and not (s.since or s.until) for s in own)
    return answer_from(
        view,
        title=f"Timeline of {view.name(entity)}",
        columns=(
            Column("when", "date"),
            Column("what"),
            Column("for"),
            Column("status"),
            Column("holds"),
            Column("published", "date"),
            Column("last said", "date"),
            *SUPPORT,
        ),
        rows=[_row(view, one) for one in shown],
        query=f"timeline({name!r})",
        caveats=(
            "a row stands at the day from which the text says that it holds, else at the day of the first article; "
            "the day of an article is not the day of the event",
            *([f"left out for want of a date: {counted(undated, 'statement')}"] if undated else ()),
            *([f"left out for want of dates: {counted(facts, 'curated fact')}"] if facts else ()),
            *((f"the latest {len(shown)} of {len(found)} are shown",) if len(shown) < len(found) else ()),
        ),
        why_empty=f"nothing dated is documented of {view.name(entity)} under this filter",
    )


def _periods(view: View, claims: Sequence[Statement]) -> dict[str, tuple[str, str]]:
    """Claim -> first and last day on which it holds, where these could be read from the text."""
    found: dict[str, list[str]] = defaultdict(lambda: ["", ""])
    for start in range(0, len(claims), _BATCH):
        values = " ".join(f"<{CLAIM}{s.key}>" for s in claims[start : start + _BATCH])
        for end, predicate in enumerate(("holdsFrom", "holdsUntil")):
            rows = view.store.rows(f"SELECT ?s ?o {{ VALUES ?s {{ {values} }} ?s kg:{predicate} ?o }}")
            for node, day in rows:
                if node is not None and day is not None:
                    found[node.removeprefix(CLAIM)][end] = day
    return {key: (first, last) for key, (first, last) in found.items()}


def _events(view: View, s: Statement, periods: dict[str, tuple[str, str]]) -> list[_Event]:
    ends = (s.subject, s.object)
    low, high = sorted(ends) if view.relation(s).symmetric else ends
    common = (low, s.relation, high, s.status, s.polarity)
    if s.article is not None:
        return [_Event(*common, *periods.get(s.key, ("", "")), "")]
    spans = [_Event(low, s.relation, high, "actual", s.polarity, s.since, "", "began")] if s.since else []
    if s.until:
        spans.append(_Event(low, s.relation, high, "ended", s.polarity, s.until, "", "ended"))
    return [event for event in spans if view.filter.admits_span(event.first, event.first)]


def _dated(view: View, event: _Event, statements: tuple[Statement, ...]) -> _Dated:
    days = sorted(a.published for a in view.articles_behind(statements) if a.published)
    first, last = (days[0], days[-1]) if days else ("", "")
    return _Dated(event, event.first or first, first, last if last != first else "", statements)


def _row(view: View, one: _Dated) -> Row:
    event = one.event
    relation = view.ontology.relations[event.relation]
    words = f"{view.name(event.subject)} {relation.label} {view.name(event.object)}"
    status = event.status if event.polarity == "affirmed" else f"{event.status}, denied"
    span = " to ".join(dict.fromkeys(day for day in (event.first, event.last) if day))
    return Row(
        (
            one.day,
            words,
            concerns_words(view, one.statements),
            status,
            event.curated or span,
            one.published,
            one.again,
            *support(view, one.statements),
        ),
        tuple(s.key for s in one.statements),
    )
