import pytest

from kg.errors import QueryError
from queries.filter import Filter


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        ("2024", "2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02", "2023-02-01", "2023-02-28"),
        ("2024-05-13", "2024-05-13", "2024-05-13", "2024-05-13"),
        ("", "", "", ""),
    ],
)
def test_a_partial_date_means_all_its_days(since: str, until: str, first: str, last: str) -> None:
    period = Filter(since=since, until=until)
    assert (period.first_day, period.last_day) == (first, last)


@pytest.mark.parametrize(
    "date", ["24", "2024-13", "2024-02-30", "yesterday", "2024-5", "0000", "2024-00", "2024-01-00"]
)
def test_what_is_no_date_is_refused(date: str) -> None:
    with pytest.raises(QueryError, match=date):
        Filter(since=date)


def test_an_empty_period_is_refused() -> None:
    with pytest.raises(QueryError, match="2026 to 2025 is empty"):
        Filter(since="2026", until="2025")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"statuses": ("done",)}, "no status is called 'done'; there are actual, planned, ended"),
        ({"polarities": ("maybe",)}, "no polarity is called 'maybe'"),
        ({"classes": ("COMPANY",)}, "no class is called 'COMPANY'; there are ALLIANCE, COUNTRY"),
        ({"classes": ("MONEY",)}, "no class is called 'MONEY'"),
        ({"min_score": 1.5}, "not at 1.5"),
    ],
)
def test_unknown_words_are_refused(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        Filter(**wrong)  # type: ignore[arg-type]


def test_describe_says_every_part() -> None:
    words = Filter(
        since="2024", until="2025", relations=("supplies",), classes=("FIRM",), min_score=0.5, curated=False
    ).describe()
    assert words == (
        "published since 2024 until 2025, relation supplies, between firm, status actual, affirmed, "
        "score at least 0.5, without curated facts"
    )
    assert Filter.everything().describe() == (
        "status actual or planned or ended, affirmed or negated, with curated facts"
    )


def test_a_fact_counts_by_when_it_holds() -> None:
    period = Filter(since="2000", until="2010")
    assert period.admits_span("1949", "")
    assert period.admits_span("", "2000-01-01")
    assert not period.admits_span("2011", "")
    assert not period.admits_span("", "1999")
