"""What a DATE mention says: its first and last day."""

import re
from calendar import monthrange
from datetime import date, timedelta

from ingest.extract.number_forms import DAY, MONTH, MONTHS, YEAR
from kg.types import Period

__all__ = ["parse_period"]

_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
_PARTS = {"early": (1, 4), "start": (1, 3), "beginning": (1, 3), "middle": (5, 8), "mid": (5, 8), "late": (9, 12)}
_READ_DAY = re.compile(rf"\b({DAY})\s(?:of\s)?({MONTH})(?:,?\s({YEAR}))?|({MONTH})\s({DAY})(?!\d)(?:,?\s({YEAR}))?")
_READ_MONTH = re.compile(rf"\b({MONTH})(?:,?\s({YEAR}))?")
_READ_YEARS = re.compile(rf"\b({YEAR})(?:\s?[-–/]\s?({YEAR}|\d\d)\b|(s)\b|\b)")
_READ_QUARTER = re.compile(r"\b(?:Q([1-4])|(first|second|third|fourth|final|last)[\s-]quarter)", re.IGNORECASE)
_READ_HALF = re.compile(r"\b(first|second)\shalf\b", re.IGNORECASE)
_READ_RELATIVE = re.compile(r"\b(this|last|next)\s(?:fiscal\s)?(year|month|week|quarter)\b", re.IGNORECASE)


def parse_period(text: str, published: str | None = None) -> Period:
    """First and last day of a DATE mention; `published` (ISO) is what `last year` counts from.

    `by 2030` has a last day only. A span without a place in time (`five years`), or one that would have to count from
    an unknown day, has neither. Fiscal years are the issuer's own, so they are left unread.

    >>> parse_period("second half of 2026")
    Period(text='second half of 2026', first='2026-07-01', last='2026-12-31')
    >>> parse_period("by 2030"), parse_period("last month", "2025-03-14").last
    (Period(text='by 2030', first=None, last='2030-12-31'), '2025-02-28')
    """
    lowered = text.lower()
    if "fiscal" in lowered or text.startswith("FY"):
        return Period(text)
    base = date.fromisoformat(published[:10]) if published and len(published) >= 10 else None
    bounds = _bounds(text, lowered, base)
    if bounds is None:
        return Period(text)
    first, last = bounds
    if lowered.startswith("by "):
        return Period(text, None, last.isoformat())
    return Period(text, first.isoformat(), last.isoformat())


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    """Whole months; `last` before `first` runs into the next year."""
    end_year = year + (last < first)
    return date(year, first, 1), date(end_year, last, monthrange(end_year, last)[1])


def _bounds(text: str, lowered: str, base: date | None) -> tuple[date, date] | None:
    if (day := _day(text, base)) is not None:
        return day, day
    relative = _READ_RELATIVE.search(text)
    if relative and relative[2].lower() != "year":
        return _relative(relative[1].lower(), relative[2].lower(), base)
    if "yesterday" in lowered:
        return (base - timedelta(1), base - timedelta(1)) if base else None
    years = _READ_YEARS.search(text)
    if relative and base:
        year = base.year + {"last": -1, "this": 0, "next": 1}[relative[1].lower()]
    elif years:
        year = int(years[1])
    elif base and _READ_MONTH.search(text):
        return None  # a month without a year may be the last or the next one
    else:
        return None
    if years and years[3]:
        return date(year, 1, 1), date(year + (9 if year % 10 == 0 else 0), 12, 31)
    if years and years[2]:
        last = int(years[2]) if len(years[2]) == 4 else year // 100 * 100 + int(years[2])
        return (date(year, 1, 1), date(last, 12, 31)) if last >= year else None
    return _part_of_year(text, lowered, year)


def _part_of_year(text: str, lowered: str, year: int) -> tuple[date, date]:
    if quarter := _READ_QUARTER.search(text):
        number = int(quarter[1]) if quarter[1] else _QUARTERS[quarter[2].lower()]
        return _months(year, 3 * number - 2, 3 * number)
    if half := _READ_HALF.search(text):
        return _months(year, 1, 6) if half[1].lower() == "first" else _months(year, 7, 12)
    if month := _READ_MONTH.search(text):
        number = MONTHS[month[1].rstrip(".")]
        return _months(year, number, number)
    if "end of" in lowered or re.search(r"\bend[\s-]", lowered):
        return (date(year, 12, 1), date(year, 12, 31))
    for words, (first, last) in (*_SEASONS.items(), *_PARTS.items()):
        if re.search(rf"\b{words}\b", lowered):
            return _months(year, first, last)
    return date(year, 1, 1), date(year, 12, 31)


def _day(text: str, base: date | None) -> date | None:
    """A single day; one without a year lies in the twelve months that end with the day of publication."""
    match = _READ_DAY.search(text)
    if match is None:
        return None
    day_word, month_word, year_word = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
    day, month = int(re.sub(r"\D", "", day_word)), MONTHS[month_word.rstrip(".")]
    if year_word is None and base is None:
        return None
    year = int(year_word) if year_word else base.year if base else 0
    try:
        found = date(year, month, day)
        return found if year_word or base is None or found <= base else date(year - 1, month, day)
    except ValueError:  # 31 April, or 29 February of a common year
        return None


def _relative(word: str, unit: str, base: date | None) -> tuple[date, date] | None:
    if base is None:
        return None
    step = {"last": -1, "this": 0, "next": 1}[word]
    if unit == "week":
        monday = base - timedelta(base.weekday()) + timedelta(7 * step)
        return monday, monday + timedelta(6)
    months = 3 if unit == "quarter" else 1
    index = (base.year * 12 + base.month - 1) // months + step
    year, first = divmod(index * months, 12)
    return _months(year, first + 1, first + months)
