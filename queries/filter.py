"""Which statements a question is asked of."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self, get_args

from kg.errors import QueryError
from kg.ontology import Ontology, Relation
from kg.terms import LABEL_TO_CLASS, LITERAL_LABELS
from kg.types import Polarity, Status
from queries.near import nearest

__all__ = ["Filter", "check_classes", "relation_called"]

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which statements a view holds. Empty tuples admit everything.

    Parameters
    ----------
    since, until : str
        Day, month or year (`2025`, `2025-05`, `2025-05-13`), both included. An article counts by the day it was
        published, one without a date is left out where either is given; a curated fact counts by when it holds.
    relations : tuple of str
        Names in the ontology, e.g. `supplies`.
    classes : tuple of str
        Annotation labels, e.g. `FIRM`; both ends of a statement must have one of them.
    min_score : float
        Claims the extractor scored lower are left out; curated facts have no score and stay.
    curated : bool
        Whether facts that a person states stand beside what articles claim.

    Raises
    ------
    QueryError
        A date is malformed, the period is empty, or a status, polarity, class or score does not exist.
    """

    since: str = ""
    until: str = ""
    relations: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    min_score: float = 0.0
    statuses: tuple[Status, ...] = ("actual",)
    polarities: tuple[Polarity, ...] = ("affirmed",)
    curated: bool = True

    def __post_init__(self) -> None:
        first, last = self.first_day, self.last_day
        if first and last and first > last:
            raise QueryError(f"the period from {self.since} to {self.until} is empty; exchange the two")
        check_classes(self.classes)
        for what, given, known in (
            ("status", self.statuses, get_args(Status)),
            ("polarity", self.polarities, get_args(Polarity)),
        ):
            for word in given:
                if word not in known:
                    raise QueryError(f"no {what} is called {word!r}; there are {', '.join(known)}")
        if not 0.0 <= self.min_score <= 1.0:
            raise QueryError(f"a score lies between 0 and 1, not at {self.min_score:g}")

    @classmethod
    def everything(cls) -> Self:
        """The filter that leaves nothing out: every status and polarity, curated facts too."""
        return cls(statuses=get_args(Status), polarities=get_args(Polarity))

    @property
    def first_day(self) -> str:
        """ISO date of the first day of the period; empty where it is open."""
        return _day(self.since, last=False)

    @property
    def last_day(self) -> str:
        """ISO date of the last day of the period; empty where it is open."""
        return _day(self.until, last=True)

    def admits_day(self, day: str) -> bool:
        """Whether what was published on this ISO date counts; what has no date counts where the period is open."""
        first, last = self.first_day, self.last_day
        if not first and not last:
            return True
        return bool(day) and (not first or day >= first) and (not last or day <= last)

    def admits_span(self, since: str, until: str) -> bool:
        """Whether what holds from `since` to `until` (partial dates, open where empty) holds on a day of the period."""
        first, last = self.first_day, self.last_day
        return (not last or not since or _day(since, last=False) <= last) and (
            not first or not until or _day(until, last=True) >= first
        )

    def describe(self) -> str:
        """The filter in words."""
        parts = []
        if self.since or self.until:
            since, until = f"since {self.since}" * bool(self.since), f"until {self.until}" * bool(self.until)
            parts.append("published " + " ".join(part for part in (since, until) if part))
        if self.relations:
            parts.append("relation " + " or ".join(self.relations))
        if self.classes:
            parts.append("between " + " or ".join(label.lower() for label in self.classes))
        parts.append("status " + " or ".join(self.statuses or get_args(Status)))
        parts.append(" or ".join(self.polarities or get_args(Polarity)))
        if self.min_score:
            parts.append(f"score at least {self.min_score:g}")
        parts.append("with curated facts" if self.curated else "without curated facts")
        return ", ".join(parts)


def _day(text: str, *, last: bool) -> str:
    if not text:
        return ""
    match = _PARTIAL_DATE.fullmatch(text)
    if match is None:
        raise QueryError(f"{text!r} is no date; write a year, a month or a day: 2025, 2025-05, 2025-05-13")
    year, month, day = int(match[1]), int(match[2] or (12 if last else 1)), int(match[3] or 1)
    if year < 1 or not 1 <= month <= 12:
        raise QueryError(f"{text!r} is no date; months run from 01 to 12")
    days = monthrange(year, month)[1]
    if match[3] is None:
        day = days if last else 1
    if not 1 <= day <= days:
        raise QueryError(f"{text!r} is no date; {year:04}-{month:02} has {days} days")
    return f"{year:04}-{month:02}-{day:02}"


def check_classes(labels: Iterable[str]) -> None:
    """Raise QueryError where a word is no annotation label of an entity, e.g. `FIRM`."""
    known = sorted(set(LABEL_TO_CLASS) - LITERAL_LABELS)
    for label in labels:
        if label not in known:
            raise QueryError(f"no class is called {label!r}; there are {', '.join(known)}")


def relation_called(ontology: Ontology, name: str) -> Relation:
    """The relation with this name, whatever the case; QueryError that offers the nearest names for another."""
    known = {key.casefold(): relation for key, relation in ontology.relations.items()}
    try:
        return known[name.removeprefix("kg:").casefold()]
    except KeyError:
        offer = ", ".join(nearest(name, list(ontology.relations)) or ontology.relations)
        raise QueryError(f"no relation is called {name!r}; nearest: {offer}") from None
