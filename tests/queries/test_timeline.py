import pytest

from kg.errors import UnknownNameError
from kg.types import Period
from queries.filter import Filter
from queries.timeline import timeline
from queries.view import View
from tests.queries.small import small_store
from tests.queries.world import Told

ENTITIES = {"fab": "FACILITY", "maker": "FIRM", "tool": "RESOURCE", "ada": "COUNTRY", "club": "ALLIANCE"}
BUILDS = ("maker", "builds", "fab", {"status": "planned", "period": Period("in 2027", "2027-01-01", "2027-12-31")})
TOLD = [
    Told("One", "2025-02-01", "Wire", [BUILDS, ("maker", "uses", "tool", {})]),
    Told("Two", "2025-03-01", "Daily", [BUILDS, ("maker", "operates", "fab", {"polarity": "negated"})]),
    Told("Undated", None, None, [("maker", "owns", "fab", {})]),
]
FACTS = ["ada memberOf club 1999 2020-01-31", "maker headquarteredIn ada"]


@pytest.fixture(scope="module")
def whole() -> View:
    return View.load(small_store(ENTITIES, FACTS, TOLD), filter=Filter.everything())


def test_what_holds_stands_before_when_it_was_written(whole: View) -> None:
    answer = timeline(whole, "maker")
    assert [row.cells[:7] for row in answer.rows] == [
        ("2025-02-01", "maker uses tool", "", "actual", "", "2025-02-01", ""),
        ("2025-03-01", "maker operates fab", "", "actual, denied", "", "2025-03-01", ""),
        ("2027-01-01", "maker builds fab", "", "planned", "2027-01-01 to 2027-12-31", "2025-02-01", "2025-03-01"),
    ]
    assert answer.rows[2].cells[-1] == 2
    assert "left out for want of a date: 1 statement" in answer.caveats
    assert "left out for want of dates: 1 curated fact" in answer.caveats


def test_a_fact_begins_and_ends(whole: View) -> None:
    rows = timeline(whole, "club").records()
    assert [(r["when"], r["status"], r["holds"]) for r in rows] == [
        ("1999", "actual", "began"),
        ("2020-01-31", "ended", "ended"),
    ]


def test_the_latest_are_kept_and_the_period_binds(whole: View) -> None:
    answer = timeline(whole, "maker", limit=1)
    assert [row.cells[1] for row in answer.rows] == ["maker builds fab"]
    assert answer.caveats[-1] == "the latest 1 of 3 are shown"
    later = View.load(whole.store, filter=Filter(since="2015", statuses=(), polarities=()))
    assert [row.cells[4] for row in timeline(later, "ada").rows] == ["ended"]


def test_nothing_dated(whole: View) -> None:
    narrow = whole.narrowed(relations=["headquarteredIn"])
    assert timeline(narrow, "maker").caveats == ("nothing dated is documented of maker under this filter",)
    with pytest.raises(UnknownNameError, match="nothing in the graph is called 'mkr'"):
        timeline(whole, "mkr")
