import pytest

from kg.errors import QueryError
from queries.disagreements import disagreements
from queries.filter import Filter
from queries.view import View
from tests.queries.small import small_store
from tests.queries.world import Told

ENTITIES = {
    **dict.fromkeys(("maker", "buyer", "rival"), "FIRM"),
    **dict.fromkeys(("chip", "gpu", "neon"), "RESOURCE"),
    "ada": "COUNTRY",
    "club": "ALLIANCE",
}
NOT = {"polarity": "negated"}
ENDED = {"status": "ended"}


def view(*told: Told, facts: tuple[str, ...] = ()) -> View:
    store = small_store(ENTITIES, ("gpu broader chip", *facts), told)
    return View.load(store, filter=Filter.everything())


def told(title: str, day: str | None, *claims: tuple[str, str, str, dict[str, str]]) -> Told:
    return Told(title, day, title, claims)


def test_affirmed_and_denied_with_both_quotes() -> None:
    found = disagreements(
        view(
            told("Yes", "2025-01-01", ("maker", "supplies", "buyer", {"concerns": "gpu"})),
            told("No", "2025-06-01", ("maker", "supplies", "buyer", {"concerns": "chip", **NOT})),
        )
    )
    assert [row.cells for row in found.rows] == [
        (
            "maker",
            "supplies",
            "buyer",
            "chip, gpu",
            "affirmed and denied",
            "“Yes: maker supplies buyer.” (Yes, 2025-01-01)",
            "“No: maker supplies buyer.” (No, 2025-06-01)",
            1,
            1,
        )
    ]


@pytest.mark.parametrize(
    "other",
    [
        ("maker", "supplies", "buyer", {"concerns": "neon", **NOT}),  # of other goods
        ("maker", "supplies", "buyer", {"status": "planned", **NOT}),  # not planned, and so all the same
        ("buyer", "supplies", "maker", NOT),  # the other way about
    ],
)
def test_what_does_not_contradict(other: tuple[str, str, str, dict[str, str]]) -> None:
    one = told("Yes", "2025-01-01", ("maker", "supplies", "buyer", {"concerns": "gpu"}))
    assert disagreements(view(one, told("No", "2025-01-02", other))).caveats == (
        "no two statements contradict under this filter",
    )


def test_a_symmetric_relation_reads_both_ways() -> None:
    found = disagreements(
        view(
            told("Yes", "2025-01-01", ("maker", "partnersWith", "rival", {})),
            told("No", "2025-01-02", ("rival", "partnersWith", "maker", NOT)),
        )
    )
    assert len(found.rows) == 1


@pytest.mark.parametrize(
    ("actual", "ended", "days", "number"),
    [
        ("2025-01-01", "2025-03-31", 90, 1),
        ("2025-03-31", "2025-01-01", 90, 1),
        ("2025-01-01", "2025-04-02", 90, 0),
        ("2025-01-01", "2025-04-02", 91, 1),
        (None, "2025-01-01", 90, 0),
    ],
)
def test_actual_and_ended_in_one_period(actual: str | None, ended: str, days: int, number: int) -> None:
    found = disagreements(
        view(
            told("Is", actual, ("maker", "partnersWith", "rival", {})),
            told("Was", ended, ("maker", "partnersWith", "rival", ENDED)),
        ),
        days=days,
    )
    assert [row.cells[4] for row in found.rows] == ["actual and ended"] * number


def test_tables_disagree_with_articles() -> None:
    one = told("Is", "2025-01-01", ("ada", "memberOf", "club", {}))
    found = disagreements(view(one, facts=("ada memberOf club 1990 2020",)))
    assert [row.cells[5:7] for row in found.rows] == [
        ("“Is: ada memberOf club.” (Is, 2025-01-01)", "table tables: ada is member of club until 2020")
    ]
    early = told("Is", "2019-01-01", ("ada", "memberOf", "club", {}))
    assert disagreements(view(early, facts=("ada memberOf club 1990 2020",))).rows == ()
    gone = told("Was", "2025-01-01", ("ada", "memberOf", "club", ENDED))
    assert len(disagreements(view(gone, facts=("ada memberOf club 1990",))).rows) == 1


def test_one_article_may_report_both_sides() -> None:
    both = told("Both", "2025-01-01", ("maker", "uses", "chip", {}), ("maker", "uses", "chip", {"score": 0.7, **NOT}))
    found = disagreements(view(both), "chip")
    assert found.rows[0].cells[4] == "affirmed and denied (within one article)"
    assert disagreements(view(both), "rival").rows == ()


def test_wrong_questions() -> None:
    one = view(told("Yes", "2025-01-01", ("maker", "uses", "chip", {})))
    with pytest.raises(QueryError, match="only what is affirmed and actual is left, which cannot disagree"):
        disagreements(one.narrowed(statuses=["actual"], polarities=["affirmed"]))
    with pytest.raises(QueryError, match="a number of days is at least 0, not -1"):
        disagreements(one, days=-1)
