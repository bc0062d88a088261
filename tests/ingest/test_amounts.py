"""Which words are amounts and dates, and what they say."""

import time
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.amounts import find_amounts, parse_amount, parse_period
from kg.types import Amount, Period


def found(text: str) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.label) for span in find_amounts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It put $500 billion into chips.", [("$500 billion", "MONEY")]),
        ("worth €20bn, or NT$4.5 billion", [("€20bn", "MONEY"), ("NT$4.5 billion", "MONEY")]),
        ("spent 1.7 trillion yen and 30 billion euros", [("1.7 trillion yen", "MONEY"), ("30 billion euros", "MONEY")]),
        ("a loan of half a billion dollars", [("half a billion dollars", "MONEY")]),
        ("USD 200 million, Rs 9,000 crore", [("USD 200 million", "MONEY"), ("Rs 9,000 crore", "MONEY")]),
        ("On 5 July 2025 it opened.", [("5 July 2025", "DATE")]),
        ("March 3, 2023 and Oct. 7, 2022", [("March 3, 2023", "DATE"), ("Oct. 7, 2022", "DATE")]),
        ("ready by 2030, not last March", [("by 2030", "DATE"), ("last March", "DATE")]),
        ("by the end of 2026", [("by the end of 2026", "DATE")]),
        ("in the second half of 2026", [("second half of 2026", "DATE")]),
        ("Q3 2025, mid-2027, the 2010s", [("Q3 2025", "DATE"), ("mid-2027", "DATE"), ("2010s", "DATE")]),
        ("for five years from next year", [("five years", "DATE"), ("next year", "DATE")]),
        ("It may rise in May.", [("May", "DATE")]),
        ("The firm may march on.", []),
        ("draws 1.2 GW, 90% of it", [("1.2 GW", "QUANTITY"), ("90%", "QUANTITY")]),
        ("a 500-megawatt campus of 60 acres", [("500-megawatt", "QUANTITY"), ("60 acres", "QUANTITY")]),
        ("two-thirds of supply, half of demand", [("two-thirds", "QUANTITY"), ("half", "QUANTITY")]),
        (
            "600 construction jobs in 12 countries",
            [("600 construction jobs", "QUANTITY"), ("12 countries", "QUANTITY")],
        ),
        ("70 per cent of 260,000 chips", [("70 per cent", "QUANTITY"), ("260,000 chips", "QUANTITY")]),
        ("three plants and four labs", []),
        ("Section 232 and Unit 8200", []),
        ("a 7 nm node", []),
    ],
)
def test_spans(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_the_number_ends_before_its_noun() -> None:
    (span,) = find_amounts("buys 18,000 chips")
    assert "buys 18,000 chips"[span.start : span.bare_end] == "18,000"


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$500 billion", "500000000000", "USD"),
        ("€20bn", "20000000000", "EUR"),
        ("NT$4.5 billion", "4500000000", "TWD"),
        ("1.7 trillion yen", "1700000000000", "JPY"),
        ("Rs 9,000 crore", "90000000000", "INR"),
        ("half a billion dollars", None, None),
        ("a billion dollars", "1000000000", "USD"),
        ("twenty-five million Canadian dollars", "25000000", "CAD"),
        ("USD 200 million", "200000000", "USD"),
        ("9.9 billion KRW", "9900000000", "KRW"),
        ("$10 billion to $15 billion", None, None),
        ("18,000", "18000", None),
        ("1.2 GW", "1.2", "GW"),
        ("500-megawatt", "500", "MW"),
        ("1 gigawatt (GW)", "1", "GW"),
        ("90%", "90", "%"),
        ("70 per cent", "70", "%"),
        ("3 million tonnes", "3000000", "t"),
        ("600 construction jobs", "600", "construction jobs"),
        ("forty", "40", None),
        ("two hundred", "200", None),
        ("two-thirds", None, None),
        ("a third", None, None),
        ("one gigawatt", "1", "GW"),
        ("hundreds", None, None),
        ("", None, None),
    ],
)
def test_amounts_are_read(text: str, value: str | None, unit: str | None) -> None:
    assert parse_amount(text) == Amount(text, value, unit)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("by 2030", None, "2030-12-31"),
        ("5 July 2025", "2025-07-05", "2025-07-05"),
        ("March 3, 2023", "2023-03-03", "2023-03-03"),
        ("3 March", "2024-03-03", "2024-03-03"),
        ("3 September", "2023-09-03", "2023-09-03"),
        ("31 April 2025", "2025-04-01", "2025-04-30"),
        ("February 2024", "2024-02-01", "2024-02-29"),
        ("by the end of 2026", None, "2026-12-31"),
        ("end of 2026", "2026-12-01", "2026-12-31"),
        ("second half of 2026", "2026-07-01", "2026-12-31"),
        ("third quarter of 2026", "2026-07-01", "2026-09-30"),
        ("Q1 2025", "2025-01-01", "2025-03-31"),
        ("early 2027", "2027-01-01", "2027-04-30"),
        ("winter of 2026", "2026-12-01", "2027-02-28"),
        ("2010s", "2010-01-01", "2019-12-31"),
        ("2024-26", "2024-01-01", "2026-12-31"),
        ("2019–2023", "2019-01-01", "2023-12-31"),
        ("last year", "2023-01-01", "2023-12-31"),
        ("early next year", "2025-01-01", "2025-04-30"),
        ("last month", "2024-04-01", "2024-04-30"),
        ("this week", "2024-05-13", "2024-05-19"),
        ("next quarter", "2024-07-01", "2024-09-30"),
        ("yesterday", "2024-05-14", "2024-05-14"),
        ("five years", None, None),
        ("fiscal 2026", None, None),
        ("May", None, None),
        ("Friday", None, None),
    ],
)
def test_periods_are_read(text: str, first: str | None, last: str | None) -> None:
    assert parse_period(text, "2024-05-15") == Period(text, first, last)


@pytest.mark.parametrize("text", ["last year", "yesterday", "3 March", "next month"])
def test_a_relative_date_needs_a_day_to_count_from(text: str) -> None:
    assert parse_period(text) == Period(text)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_written_day_is_read_back(day: date) -> None:
    text = f"{day:%B} {day.day}, {day.year}"
    assert found(f"on {text} it fell") == [(text, "DATE")]
    assert parse_period(text) == Period(text, day.isoformat(), day.isoformat())


@given(st.integers(1, 999), st.sampled_from(["million", "billion", "trillion"]))
def test_a_written_sum_is_read_back(number: int, scale: str) -> None:
    power = {"million": 6, "billion": 9, "trillion": 12}[scale]
    amount = parse_amount(f"${number} {scale}")
    assert amount.value is not None
    assert Decimal(amount.value) == Decimal(number).scaleb(power)


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    parse_amount(text)
    parse_period(text, "2025-01-31")
    spans = list(find_amounts(text))
    assert all(0 <= span.start < span.bare_end <= span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))


@pytest.mark.parametrize(
    "text", ["9" * 50_000, "million " * 10_000, "9,999" * 10_000, "a hundred " * 8_000, "may " * 10_000]
)
def test_time_grows_with_the_text_alone(text: str) -> None:
    started = time.perf_counter()
    list(find_amounts(text))
    assert time.perf_counter() - started < 3
