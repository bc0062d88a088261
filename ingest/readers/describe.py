"""What is known of an article beside its text, brought to one form; and the article made of both."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from ingest.clean import clean_text
from ingest.language import LANGUAGES, guess_language
from ingest.readers.formats import is_web_address
from kg.errors import ReadError
from kg.types import Article

__all__ = ["LONGEST_TEXT", "build_article", "canonical_url", "check_length", "iso_date", "language_code"]

LONGEST_TITLE = 120
FEWEST_LETTERS = 20
# The pipeline's memory grows with the text; a book of this length is better given chapter by chapter.
LONGEST_TEXT = 500_000

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.]?)(\d\d)\2(\d\d)(?:\d{6})?(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b")
_DAY_MONTH = re.compile(r"(?:[a-z]+,\s*)?(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})\b")
_MONTH_DAY = re.compile(r"(?:[a-z]+,\s*)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_cid|mc_eid|cmpid|igshid|msclkid")
_LETTER = re.compile(r"[^\W\d_]")


def build_article(
    text: str,
    *,
    address: str,
    title: str | None = None,
    url: str | None = None,
    published: object = None,
    publisher: str | None = None,
    author: str | None = None,
    language: str | None = None,
    topics: Iterable[str] = (),
) -> Article:
    """An article of clean text; what is known of it is cleaned too, and dropped where it cannot be read.

    Without a title, the first line of the text stands for it, shortened. The language is the text's own where it can
    be told, else as stated.

    Raises
    ------
    ReadError
        The text is no article: it has no word, hardly a word, or too many.
    """
    cleaned = clean_text(text)
    letters = sum(1 for _ in islice(_LETTER.finditer(cleaned), FEWEST_LETTERS))
    if not letters:
        raise ReadError("holds no text to read", article=address)
    if letters < FEWEST_LETTERS:
        reason = f"is too short to be an article: its text has {letters} letters, and at least {FEWEST_LETTERS} are due"
        raise ReadError(reason, article=address)
    check_length(cleaned, address=address)
    return Article(
        text=cleaned,
        title=_shortened(_one_line(title) or cleaned.partition("\n")[0]),
        url=canonical_url(url, base=address if is_web_address(address) else None),
        published=iso_date(published),
        publisher=_one_line(publisher),
        author=_one_line(author),
        language=guess_language(cleaned) or language_code(language),
        topics=tuple(dict.fromkeys(topic for given in topics if (topic := _one_line(given)))),
        address=address,
    )


def check_length(text: str, *, address: str) -> None:
    """Refuse a text of more than `LONGEST_TEXT` characters."""
    if len(text) > LONGEST_TEXT:
        raise ReadError(
            f"holds {len(text):,} characters, and at most {LONGEST_TEXT:,} are read as one article: split it",
            article=address,
        )


def iso_date(value: object) -> str | None:
    """The day as YYYY-MM-DD; None where it is no full date, or one that cannot be told (3/4/2025).

    A time zone is not applied: the day is the one that the publisher wrote.

    >>> iso_date("Tue, 13 May 2025 09:00:00 +0300"), iso_date("May 13, 2025"), iso_date("2025-05")
    ('2025-05-13', '2025-05-13', None)
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str | int):
        return None
    text = str(value).strip().removeprefix("D:").casefold()
    if match := _YEAR_FIRST.match(text):
        return _day(match[1], match[3], match[4])
    if match := _DAY_FIRST.match(text):
        return _day(match[3], match[2], match[1])
    if match := _SLASHED.match(text):
        return _slashed_day(*map(int, match.groups()))
    if match := _DAY_MONTH.match(text):
        return _day(match[3], _month(match[2]), match[1])
    if match := _MONTH_DAY.match(text):
        return _day(match[3], _month(match[1]), match[2])
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, OverflowError):
        return None


def canonical_url(url: str | None, *, base: str | None = None) -> str | None:
    """The address in one spelling, without fragment and tracking; None where it is no web address of an article.

    >>> canonical_url("HTTPS://Example.org/a b?utm_source=x&id=3#top")
    'https://example.org/a%20b?id=3'
    """
    try:
        return _canonical(urlsplit(urljoin(base or "", (url or "").strip())))
    except ValueError:
        return None


def language_code(stated: str | None) -> str | None:
    """ISO 639-1 code of a stated language; None where it is not known.

    >>> language_code("en-GB"), language_code("French"), language_code("tlh")
    ('en', 'fr', None)
    """
    if not stated:
        return None
    word = stated.strip().casefold()
    code = re.split(r"[-_]", word)[0]
    if re.fullmatch(r"[a-z]{2}", code):
        return code
    return "en" if code == "eng" else next((key for key, name in LANGUAGES.items() if name.casefold() == word), None)


def _canonical(parts: SplitResult) -> str | None:
    """Raises ValueError for a port that is no number, and for what UTF-8 cannot hold."""
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not re.fullmatch(r"[\w.:-]+", host) or parts.path in {"", "/"}:
        return None
    port = parts.port
    default = port is None or port == {"http": 80, "https": 443}[parts.scheme]
    netloc = (f"[{host}]" if ":" in host else host) + ("" if default else f":{port}")
    query = parts.query
    if _TRACKING.search(query):
        query = urlencode([(k, v) for k, v in parse_qsl(query, True) if not _TRACKING.fullmatch(k.lower())])
    safe = "/:@!$&'()*+,;=~%-._"
    return urlunsplit((parts.scheme, netloc, quote(parts.path, safe), quote(query, safe + "?"), ""))


def _slashed_day(first: int, second: int, year: int) -> str | None:
    if first > 12 or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else None


def _day(year: str | int, month: str | int, day: str | int) -> str | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if 1900 <= found.year <= 2100 else None


def _month(word: str) -> int:
    """1 to 12; 0 where the word names no month."""
    return _MONTHS.index(word[:3]) + 1 if word[:3] in _MONTHS else 0


def _one_line(text: str | None) -> str | None:
    return clean_text(text).replace("\n", " ") or None if text else None


def _shortened(title: str) -> str:
    if len(title) <= LONGEST_TITLE:
        return title
    return title[: LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
