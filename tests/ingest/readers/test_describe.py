from datetime import UTC, date, datetime

import pytest

from ingest.readers.describe import canonical_url, iso_date, language_code


@pytest.mark.parametrize(
    "value, day",
    [
        (date(2025, 5, 13), "2025-05-13"),
        (datetime(2025, 5, 13, 23, tzinfo=UTC), "2025-05-13"),
        ("2025-05-13T23:30:00-08:00", "2025-05-13"),
        ("2025/05/13", "2025-05-13"),
        (20250513, "2025-05-13"),
        ("D:20250513093000+03'00'", "2025-05-13"),
        ("Tue, 13 May 2025 09:00:00 GMT", "2025-05-13"),
        ("13 May 2025", "2025-05-13"),
        ("Sept. 3rd, 2025", "2025-09-03"),
        ("13.5.2025", "2025-05-13"),
        ("13/5/2025", "2025-05-13"),
        ("5/13/2025", "2025-05-13"),
        ("3/4/2025", None),
        ("2025-05", None),
        ("2025", None),
        ("May 2025", None),
        ("2025-02-30", None),
        ("0001-01-01", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (["2025-05-13"], None),
    ],
)
def test_only_full_dates_are_taken(value: object, day: str | None) -> None:
    assert iso_date(value) == day


@pytest.mark.parametrize(
    "url, base, expected",
    [
        ("https://EXAMPLE.org:443/a#b", None, "https://example.org/a"),
        ("http://example.org:8080/a?b=1&utm_medium=x&fbclid=y", None, "http://example.org:8080/a?b=1"),
        ("/b/c", "https://example.org/a", "https://example.org/b/c"),
        ('https://example.org/<a>"b|c%20d', None, "https://example.org/%3Ca%3E%22b%7Cc%20d"),
        ("https://user:secret@example.org/a", None, "https://example.org/a"),
        ("https://[::1]/a", None, "https://[::1]/a"),
        ("https://example.org/", None, None),
        ("https://exa mple.org/a", None, None),
        ("https://example.org:port/a", None, None),
        ("https://[broken/a", None, None),
        ("ftp://example.org/a", None, None),
        ("javascript:alert(1)", "https://example.org/a", None),
        ("no address", None, None),
        (None, None, None),
    ],
)
def test_addresses_have_one_spelling(url: str | None, base: str | None, expected: str | None) -> None:
    assert canonical_url(url, base=base) == expected


def test_language_codes() -> None:
    codes = ["EN_us", "eng", "German", "x-none", "", None]
    assert [language_code(code) for code in codes] == ["en", "en", "de", None, None, None]
