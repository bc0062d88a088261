"""Periods as questions word them: "since 2024", "in May 2025", "before the end of 2023", "last year"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

__all__ = ["Period", "read_period"]

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SHORT_MONTHS: Final = {name[:3]: place for place, name in enumerate(_MONTHS, start=1)} | {"sept": 9}
_QUARTERS: Final = {"first quarter of": 1, "second quarter of": 2, "third quarter of": 3, "fourth quarter of": 4}
_HALVES: Final = {"first half of": 1, "second half of": 2}
_SINCE: Final = (
    "ever since",
    "since",
    "starting in",
    "starting from",
    "as of",
    "beginning in",
    "since the start of",
)
_AFTER: Final = ("after", "later than", "following")
_BEFORE: Final = ("before", "prior to", "earlier than")
_UNTIL: Final = (
    "until",
    "till",
    "up to",
    "by",
    "through",
    "up until",
    "by the end of",
    "until the end of",
    "as late as",
)
_IN: Final = ("in", "from", "during", "within", "on", "throughout", "over", "for", "of", "as of", "in the year", "")
_NUMBERS: Final = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "twelve": 12}
_LONGEST_CUE = 4


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both included; open where empty."""

    since: str = ""
    until: str = ""


def read_period(keys: Sequence[str], start: int, today: date) -> tuple[Period, int] | None:
    """The period worded from `start` on, and where the words after it begin; None where none is worded there.

    >>> read_period("since may 2025 or so".split(), 0, date(2026, 1, 1))
    (Period(since='2025-05-01', until=''), 3)
    >>> read_period("before 2025".split(), 0, date(2026, 1, 1))
    (Period(since='', until='2024-12-31'), 2)
    """
    if keys[start] in ("between", "from") and (found := _span(keys, start + 1)):
        (first, last), end = found
        if (
            end < len(keys)
            and keys[end] in ("and", "to", "until", "till", "through")
            and (second := _span(keys, end + 1))
        ):
            return Period(_iso(first), _iso(second[0][1])), second[1]
    if found_relative := _relative(keys, start, today):
        return found_relative
    for length in range(min(_LONGEST_CUE, len(keys) - start), -1, -1):
        cue = " ".join(keys[start : start + length])
        after = start + length
        if after < len(keys) and keys[after] == "the":
            after += 1
        if (found := _span(keys, after)) is None:
            continue
        (first, last), end = found
        if cue == "from" and end < len(keys) and keys[end] in ("on", "onwards", "onward"):
            return Period(since=_iso(first)), end + 1
        if cue in _SINCE:
            return Period(since=_iso(first)), end
        if cue in _AFTER:
            return Period(since=_iso(last + timedelta(days=1))), end
        if cue in _BEFORE:
            return Period(until=_iso(first - timedelta(days=1))), end
        if cue in _UNTIL:
            return Period(until=_iso(last)), end
        if cue in _IN:
            return Period(_iso(first), _iso(last)), end
    return None


_Days = tuple[date, date]


def _iso(day: date) -> str:
    return day.isoformat()


def _span(keys: Sequence[str], at: int) -> tuple[_Days, int] | None:
    """First and last day of a date, and where the words after it begin."""
    for table, months in ((_QUARTERS, 3), (_HALVES, 6)):
        words = " ".join(keys[at : at + 3])
        if words in table and (year := _year(keys, at + 3)):
            return _block(year, table[words], months), at + 4
    if at < len(keys) and len(keys[at]) == 2 and keys[at][0] == "q" and keys[at][1] in "1234":
        after = at + 2 if keys[at + 1 : at + 2] == ["of"] else at + 1
        if year := _year(keys, after):
            return _block(year, int(keys[at][1]), 3), after + 1
    if at < len(keys) and keys[at].count("-"):
        parts = [int(part) for part in keys[at].split("-")]
        return _checked(parts[0], parts[1], parts[2] if len(parts) == 3 else None, at + 1)
    if year := _year(keys, at):
        return (date(year, 1, 1), date(year, 12, 31)), at + 1
    if month := _month(keys, at):
        if year := _year(keys, at + 1):
            return _checked(year, month, None, at + 2)
        if (day := _day(keys, at + 1)) and (year := _year(keys, at + 2)):
            return _checked(year, month, day, at + 3)
    if (day := _day(keys, at)) and (month := _month(keys, at + 1)) and (year := _year(keys, at + 2)):
        return _checked(year, month, day, at + 3)
    return None


def _block(year: int, number: int, months: int) -> _Days:
    first = date(year, (number - 1) * months + 1, 1)
    return first, _last_of_month(year, number * months)


def _last_of_month(year: int, month: int) -> date:
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


def _checked(year: int, month: int, day: int | None, end: int) -> tuple[_Days, int] | None:
    if not 1 <= month <= 12:
        return None
    last = _last_of_month(year, month)
    if day is None:
        return (date(year, month, 1), last), end
    if not 1 <= day <= last.day:
        return None
    return (date(year, month, day), date(year, month, day)), end


def _year(keys: Sequence[str], at: int) -> int:
    word = keys[at] if at < len(keys) else ""
    return int(word) if len(word) == 4 and word.isdecimal() and 1900 <= int(word) <= 2100 else 0


def _month(keys: Sequence[str], at: int) -> int:
    word = keys[at] if at < len(keys) else ""
    return _MONTHS.index(word) + 1 if word in _MONTHS else _SHORT_MONTHS.get(word, 0)


def _day(keys: Sequence[str], at: int) -> int:
    word = keys[at] if at < len(keys) else ""
    for ending in ("st", "nd", "rd", "th"):
        word = word.removesuffix(ending)
    return int(word) if word.isdecimal() and len(word) <= 2 else 0


def _relative(keys: Sequence[str], start: int, today: date) -> tuple[Period, int] | None:
    """Periods that are reckoned from today: "this year", "last month", "in the last two years"."""
    at = start
    while at < len(keys) and keys[at] in ("in", "during", "within", "over", "the", "since", "for"):
        at += 1
    opens = "since" in keys[start:at]
    which = keys[at] if at < len(keys) else ""
    if which not in ("this", "last", "past", "previous"):
        return None
    if (number := _number(keys, at + 1)) and (unit := _unit(keys, at + 2)):
        return Period(_iso(_back(today, number, unit)), _iso(today)), at + 3
    unit = _unit(keys, at + 1)
    if unit not in ("year", "month"):
        return None
    year, month = today.year, today.month
    if which != "this":
        year, month = (year - 1, month) if unit == "year" else (year - (month == 1), (month - 2) % 12 + 1)
    first = date(year, 1, 1) if unit == "year" else date(year, month, 1)
    last = date(year, 12, 31) if unit == "year" else _last_of_month(year, month)
    return Period(_iso(first), "" if opens else _iso(last)), at + 2


def _number(keys: Sequence[str], at: int) -> int:
    word = keys[at] if at < len(keys) else ""
    return int(word) if word.isdecimal() and len(word) <= 3 else _NUMBERS.get(word, 0)


def _unit(keys: Sequence[str], at: int) -> str:
    word = (keys[at] if at < len(keys) else "").removesuffix("s")
    return word if word in ("day", "week", "month", "year") else ""


def _back(today: date, number: int, unit: str) -> date:
    if unit in ("day", "week"):
        return today - timedelta(days=number * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 - number * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, _last_of_month(year, month + 1).day))
