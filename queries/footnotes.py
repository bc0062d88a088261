"""Numbered footnotes: the words that the rows of an answer rest on, each with its article and date."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from queries.answer import Answer, Row
from queries.records import Backing

__all__ = ["Footnotes", "Note", "web_address"]


@dataclass(frozen=True, slots=True)
class Note:
    """One footnote."""

    number: int
    words: str  # the quote in quotation marks; of a curated fact, what it states
    origin: str  # title of the article, or what says that a person states it
    details: tuple[str, ...]  # publisher, date, and what qualifies the statement
    url: str = ""  # http or https; empty where there is none


class Footnotes:
    """Footnotes in the order in which they are cited; words that carry several statements have one number."""

    def __init__(self, most: int) -> None:
        """`most`: footnotes of one row."""
        self._most = most
        self._numbers: dict[tuple[str, ...], int] = {}
        self._notes: list[Note] = []

    def __iter__(self) -> Iterator[Note]:
        return iter(self._notes)

    def __len__(self) -> int:
        return len(self._notes)

    def cite(self, answer: Answer, row: Row) -> tuple[tuple[int, ...], int]:
        """Numbers of the best that a row rests on, and how many statements are left without a footnote.

        What says something else comes first, so that either side of a dispute is heard and each hop of a chain shown;
        then what another publisher says; then the rest.
        """
        found = answer.evidence(row)
        first: dict[tuple[str, ...], Backing] = {}
        for one in found:
            first.setdefault((one.statement, one.status), one)
        for one in found:
            first.setdefault((one.statement, one.status, one.publisher), one)
        for one in found:
            first.setdefault((one.key,), one)
        chosen = list({one.key: one for one in first.values()}.values())[: self._most]
        return tuple(dict.fromkeys(map(self._number, chosen))), len(found) - len(chosen)

    def _number(self, backing: Backing) -> int:
        passage = (backing.article, backing.quote, backing.status, backing.polarity, backing.attributed_to)
        key = (backing.key,) if backing.is_curated else passage
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self._notes.append(_note(self._numbers[key], backing))
        return self._numbers[key]


def _note(number: int, backing: Backing) -> Note:
    if backing.is_curated:
        words, origin = backing.statement, f"curated: {backing.table}"
        details: tuple[str, ...] = (
            backing.source,
            f"since {backing.since}" * bool(backing.since),
            f"until {backing.until}" * bool(backing.until),
            f"as of {backing.as_of}" * bool(backing.as_of),
        )
    else:
        words, origin = f"“{backing.quote}”", backing.title or backing.article
        details = (
            backing.publisher,
            backing.published or "undated",
            "" if backing.status == "actual" else backing.status,
            "" if backing.polarity == "affirmed" else "denied",
            f"according to {backing.attributed_to}" * bool(backing.attributed_to),
        )
    return Note(number, words, origin, tuple(filter(None, details)), web_address(backing.url))


def web_address(url: str) -> str:
    """The URL where a page may link to it, else nothing: what an article gives as its address may be anything.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc and url.isprintable() and " " not in url else ""
