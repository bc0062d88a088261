"""Where the sources contradict one another: `kg disagreements`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from kg.errors import QueryError
from queries.answer import Answer, Column, Row, answer_from, counted
from queries.filter import Filter
from queries.names import resolve
from queries.phrases import concerns_words, kept
from queries.records import Backing, Statement
from queries.view import View

__all__ = ["DAYS", "disagreements"]

# How far apart two articles may be published for "it is so" and "it has ended" to be of one period.
DAYS: Final = 90

Kind = Literal["affirmed and denied", "actual and ended"]


@dataclass(frozen=True, slots=True)
class _Dispute:
    kind: Kind
    one: tuple[Statement, ...]  # affirmed; actual
    other: tuple[Statement, ...]  # denied; ended


def disagreements(view: View, name: str | None = None, *, days: int = DAYS, limit: int | None = None) -> Answer:
    """Claims of one subject, relation and object that contradict, with the best quote of either side.

    Two kinds: one is affirmed and the other denies it, with the same status; or one says that it is so and the other
    that it has ended, in one period. Claims that name different goods, neither a kind of the other, do not contradict.

    Parameters
    ----------
    view : View
        With every status and polarity; what the filter leaves out contradicts nothing.
    name : str, optional
        Only disagreements in which the entity stands at either end, or about which they are.
    days : int
        "Actual" and "ended" contradict where the articles are published at most so many days apart, or where it is
        said to be so later than a curated table has it ended. A longer gap is a change, not a disagreement; of an
        article without a date nobody can tell, and it counts in neither.
    limit : int, optional
        At most so many rows.

    Raises
    ------
    QueryError
        The number of days is negative, or the view leaves a side out.
    UnknownNameError
        Nothing goes by the name.

    Examples
    --------
    >>> from kg.store import Store
    >>> from queries.view import Filter, View
    >>> disagreements(View.load(Store(), filter=Filter.everything())).rows
    ()
    """
    if days < 0:
        raise QueryError(f"a number of days is at least 0, not {days}")
    if len(view.filter.polarities) == 1 and len(view.filter.statuses) == 1:
        raise QueryError(
            f"only what is {view.filter.polarities[0]} and {view.filter.statuses[0]} is left, which cannot disagree; "
            "ask with every polarity or status"
        )
    entity = None if name is None else resolve(view, name)
    groups: dict[tuple[int, str, int], list[Statement]] = defaultdict(list)
    either_way = {name_ for name_, relation in view.ontology.relations.items() if relation.symmetric}
    for s in view.statements:
        if entity is None or entity in (s.subject, s.object, s.concerns):
            turned = s.subject > s.object and s.relation in either_way
            groups[(s.object, s.relation, s.subject) if turned else (s.subject, s.relation, s.object)].append(s)
    found = [dispute for own in groups.values() if len(own) > 1 for dispute in _disputes(view, own, days)]
    found.sort(key=lambda d: (-_weight(view, d), -len(d.one) - len(d.other), d.one[0].key))
    shown = found[:limit]
    backing = view.backing(_best(view, side).key for d in shown for side in (d.one, d.other))
    about = "" if entity is None else f" about {view.name(entity)}"
    undated = sum(s.article is not None and not view.articles[s.article].published for s in view.statements)
    return answer_from(
        view,
        title=f"Where the sources disagree{about}",
        columns=(
            Column("subject", "entity"),
            Column("relation"),
            Column("object", "entity"),
            Column("for"),
            Column("disagreement"),
            Column("one side"),
            Column("other side"),
            Column("sources of one", "count", "independent sources"),
            Column("sources of other", "count", "independent sources"),
        ),
        rows=[_row(view, dispute, backing) for dispute in shown],
        query=f"disagreements({name!r}, days={days})",
        caveats=(
            "a disagreement is between what articles say; who is right is not judged. An article may report both sides",
            f"actual and ended disagree where published at most {counted(days, 'day')} apart; beyond, it is a change",
            *([f"compared by polarity alone for want of a date: {counted(undated, 'claim')}"] if undated else ()),
            *kept(len(shown), len(found), "disagreements"),
        ),
        why_empty=f"no two statements{about} contradict under this filter",
    )


def _weight(view: View, dispute: _Dispute) -> int:
    """The sources of the weaker side: what several sources dispute comes first."""
    return min(view.independent_sources(dispute.one), view.independent_sources(dispute.other))


def _disputes(view: View, own: Sequence[Statement], days: int) -> Iterable[_Dispute]:
    for status in ("actual", "planned", "ended"):
        same = [s for s in own if s.status == status]
        affirmed = [s for s in same if s.polarity == "affirmed"]
        denied = [s for s in same if s.polarity == "negated"]
        pairs = [(one, other) for one in affirmed for other in denied if _of_one_thing(view, one, other)]
        yield from _dispute("affirmed and denied", pairs)
    actual = [s for s in own if (s.status, s.polarity) == ("actual", "affirmed")]
    ended = [s for s in own if (s.status, s.polarity) == ("ended", "affirmed")]
    pairs = [
        (one, other)
        for one in actual
        for other in ended
        if _of_one_thing(view, one, other) and _of_one_period(view, one, other, days)
    ]
    yield from _dispute("actual and ended", pairs)


def _dispute(kind: Kind, pairs: Sequence[tuple[Statement, Statement]]) -> Iterable[_Dispute]:
    if pairs:
        one = tuple({s.key: s for s, _ in pairs}.values())
        other = tuple({s.key: s for _, s in pairs}.values())
        yield _Dispute(kind, one, other)


def _of_one_thing(view: View, one: Statement, other: Statement) -> bool:
    if one.concerns is None or other.concerns is None or one.concerns == other.concerns:
        return True
    return one.concerns in view.narrower(other.concerns) or other.concerns in view.narrower(one.concerns)


def _of_one_period(view: View, actual: Statement, ended: Statement, days: int) -> bool:
    if actual.article is None and ended.article is None:
        return False  # a table that lists a membership that ended and a later one says both
    if ended.article is None:
        # What is said to be so after the day on which it ended.
        said = _published(view, actual)
        return bool(said and ended.until) and said > Filter(until=ended.until).last_day
    if actual.article is None:
        # A table has it as standing; an article of the same time says that it has ended.
        return bool(_published(view, ended))
    said, gone = _published(view, actual), _published(view, ended)
    return bool(said and gone) and abs((date.fromisoformat(said) - date.fromisoformat(gone)).days) <= days


def _published(view: View, s: Statement) -> str:
    return "" if s.article is None else view.articles[s.article].published


def _best(view: View, side: Sequence[Statement]) -> Statement:
    """The statement whose quote is shown: of an article before a table, the newest, then by key."""
    return max(side, key=lambda s: (s.article is not None, _published(view, s), s.key))


def _row(view: View, dispute: _Dispute, backing: Mapping[str, Backing]) -> Row:
    first = dispute.one[0]
    return Row(
        (
            view.name(first.subject),
            view.relation(first).label,
            view.name(first.object),
            concerns_words(view, (*dispute.one, *dispute.other)),
            dispute.kind + (" (within one article)" if _is_within_one(dispute) else ""),
            *(_quote(backing[_best(view, side).key]) for side in (dispute.one, dispute.other)),
            *(view.independent_sources(side) for side in (dispute.one, dispute.other)),
        ),
        tuple(s.key for s in (*dispute.one, *dispute.other)),
    )


def _is_within_one(dispute: _Dispute) -> bool:
    articles = {s.article for s in (*dispute.one, *dispute.other)}
    return len(articles) == 1 and None not in articles


def _quote(backing: Backing) -> str:
    if backing.is_curated:
        span = f" until {backing.until}" if backing.until else ""
        return f"table {backing.table}: {backing.statement}{span}"
    origin = ", ".join(part for part in (backing.publisher, backing.published) if part)
    return f"“{backing.quote}”" + (f" ({origin})" if origin else "")
