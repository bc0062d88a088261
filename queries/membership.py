"""Members of alliances at a date, and members that several have in common."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.errors import QueryError
from queries.answer import Answer, Column, Row, answer_from, counted
from queries.filter import Filter
from queries.names import resolve
from queries.phrases import SUPPORT, class_words, kept, support
from queries.records import Statement
from queries.view import View

__all__ = ["members_at", "overlap"]

_MEMBER: Final = "memberOf"


@dataclass(frozen=True, slots=True)
class _Membership:
    """What is documented of one member of one alliance up to a day."""

    standing: str  # "member", "planned", "left", "disputed"
    since: str
    until: str
    statements: tuple[Statement, ...]


def members_at(view: View, alliance: str, at: str, *, limit: int | None = None) -> Answer:
    """The members of an alliance on a day: who had joined by then and is not documented as having left.

    A curated fact counts from the day it holds, and where that day is not stated from always; a claim counts from the
    day its article was published. Who was only planned to join by then, and who is documented as having left, stands
    in a row of its own, as does one whose membership an article of the time denies.

    Parameters
    ----------
    view : View
        With every status and polarity: a membership that ended since is of the past, not of that day.
    alliance : str
    at : str
        A day, a month or a year; the last day of it counts.
    limit : int, optional
        At most so many rows.

    Raises
    ------
    QueryError
        The date is malformed, the view leaves ended memberships out, or the entity has no members.
    UnknownNameError
        Nothing goes by the name.
    """
    day = _last_day(view, at)
    entity = resolve(view, alliance)
    memberships = _memberships(view, entity, day)
    order = ("member", "disputed", "planned", "left")
    found = sorted(memberships, key=lambda m: (order.index(memberships[m].standing), view.name(m)))
    shown = found[:limit]
    number = sum(known.standing == "member" for known in memberships.values())
    unstated = sum(known.standing == "member" and not known.since for known in memberships.values())
    return answer_from(
        view,
        title=f"Members of {view.name(entity)} on {day}",
        columns=(
            Column("member", "entity"),
            Column("class"),
            Column("standing"),
            Column("since", "date"),
            Column("until", "date"),
            *SUPPORT,
        ),
        rows=[
            Row(
                (
                    view.name(member),
                    class_words(view, member),
                    memberships[member].standing,
                    memberships[member].since,
                    memberships[member].until,
                    *support(view, memberships[member].statements),
                ),
                tuple(s.key for s in memberships[member].statements),
            )
            for member in shown
        ],
        query=f"members_at({alliance!r}, {at!r})",
        caveats=(
            f"{counted(number, 'documented member')} on {day}",
            *([f"since when is not documented of {counted(unstated, 'member')}"] if unstated else ()),
            *kept(len(shown), len(found), "rows"),
        ),
        why_empty=f"no membership in {view.name(entity)} is documented up to {day} under this filter",
    )


def overlap(view: View, alliances: Sequence[str], *, at: str = "", limit: int | None = None) -> Answer:
    """Who is a member of two or more of several alliances, those in most of them first.

    Parameters
    ----------
    view : View
        With every status and polarity where a day is given; see `members_at`.
    alliances : sequence of str
        At least two.
    at : str
        A day, month or year; where it is empty, all affirmed and actual memberships of the view count.
    limit : int, optional
        At most so many rows.

    Raises
    ------
    QueryError
        Fewer than two alliances are named, one is named twice, or the date is malformed.
    UnknownNameError
        Nothing goes by a name.
    """
    chosen = [resolve(view, name) for name in alliances]
    if len(chosen) < 2:
        raise QueryError("an overlap is of two alliances or more; name another")
    if len(set(chosen)) < len(chosen):
        twice = next(name for place, name in enumerate(alliances) if chosen[place] in chosen[:place])
        raise QueryError(f"{twice!r} is named twice; name each alliance once")
    day = _last_day(view, at) if at else ""
    memberships = {alliance: _standing_members(view, alliance, day) for alliance in chosen}
    everyone = sorted({member for own in memberships.values() for member in own})
    found = [m for m in everyone if sum(m in own for own in memberships.values()) >= 2]
    found.sort(key=lambda m: (-sum(m in own for own in memberships.values()), view.name(m)))
    shown = found[:limit]
    rows = []
    for member in shown:
        behind = [s for own in memberships.values() for s in own.get(member, ())]
        rows.append(
            Row(
                (
                    view.name(member),
                    class_words(view, member),
                    sum(member in own for own in memberships.values()),
                    *("member" if member in memberships[alliance] else "" for alliance in chosen),
                    *support(view, behind),
                ),
                tuple(s.key for s in behind),
            )
        )
    sizes = ", ".join(f"{view.name(alliance)} {len(memberships[alliance])}" for alliance in chosen)
    return answer_from(
        view,
        title="Members in common" + (f" on {day}" if day else ""),
        columns=(
            Column("member", "entity"),
            Column("class"),
            Column("in", "count", "alliances"),
            *(Column(view.name(alliance)) for alliance in chosen),
            *SUPPORT,
        ),
        rows=rows,
        query=f"overlap({list(alliances)!r}, at={at!r})",
        caveats=(f"documented members: {sizes}", *kept(len(shown), len(found), "members in common")),
        why_empty=f"no member in common is documented under this filter; documented members: {sizes}",
    )


def _standing_members(view: View, alliance: int, day: str) -> dict[int, Sequence[Statement]]:
    if day:
        known = _memberships(view, alliance, day)
        return {m: found.statements for m, found in known.items() if found.standing == "member"}
    members: dict[int, list[Statement]] = defaultdict(list)
    for s in view.statements:
        if s.relation == _MEMBER and s.object == alliance and (s.status, s.polarity) == ("actual", "affirmed"):
            members[s.subject].append(s)
    return {member: tuple(found) for member, found in members.items()}


def _last_day(view: View, at: str) -> str:
    day = Filter(until=at).last_day
    if not day:
        raise QueryError("the date is empty; write a year, a month or a day: 2025, 2025-05, 2025-05-13")
    if view.filter.statuses and "ended" not in view.filter.statuses:
        raise QueryError(
            f"who was a member on {day} needs memberships that ended since; "
            "ask with every status (actual, planned, ended)"
        )
    return day


def _memberships(view: View, alliance: int, day: str) -> dict[int, _Membership]:
    statements: dict[int, list[Statement]] = defaultdict(list)
    for s in view.statements:
        if s.relation == _MEMBER and s.object == alliance and s.subject != alliance:
            statements[s.subject].append(s)
    found = {}
    for member, own in statements.items():
        known = [s for s in own if _known_by(view, s, day)]
        if known:
            found[member] = _membership(view, known, day)
    return found


def _known_by(view: View, s: Statement, day: str) -> bool:
    if s.article is None:
        return not s.since or Filter(since=s.since).first_day <= day
    published = view.articles[s.article].published
    return bool(published) and published <= day


def _membership(view: View, known: Sequence[Statement], day: str) -> _Membership:
    facts = [s for s in known if s.article is None]
    since = min((s.since for s in facts if s.since), default="")
    holding = [s for s in facts if not s.until or Filter(until=s.until).last_day >= day]
    until = "" if holding else max((s.until for s in facts), default="")
    claims = sorted((s for s in known if s.article is not None), key=lambda s: (_published(view, s), s.key))
    denied = [s for s in claims if s.polarity == "negated"]
    affirmed = [s for s in claims if s.polarity == "affirmed" and s.status != "planned"]
    newest = affirmed[-1] if affirmed else None
    is_denied = any(s.status == "actual" for s in denied)
    if holding:
        standing = "disputed" if is_denied or (newest is not None and newest.status == "ended") else "member"
    elif facts:
        # What is written of a member before the day it left agrees with the tables.
        later = (
            newest is not None and newest.status == "actual" and _published(view, newest) > Filter(until=until).last_day
        )
        standing = "disputed" if later else "left"
    elif newest is not None:
        standing = "disputed" if is_denied else "left" if newest.status == "ended" else "member"
    else:
        standing = "disputed" if is_denied else "planned"
    return _Membership(standing, since, until, tuple(known))


def _published(view: View, s: Statement) -> str:
    return "" if s.article is None else view.articles[s.article].published
