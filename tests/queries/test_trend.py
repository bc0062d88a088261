import pytest

from kg.errors import QueryError
from queries.filter import Filter
from queries.trend import centrality_by_year, in_year, rank_chart, years_of
from queries.view import View
from tests.queries.small import small_store
from tests.queries.world import Told

ENTITIES = {"maker": "FIRM", "buyer": "FIRM", "rival": "FIRM", "tool": "RESOURCE", "ada": "COUNTRY", "club": "ALLIANCE"}
TOLD = [
    Told("One", "2023-05-01", "Wire", [("maker", "supplies", "buyer", {}), ("maker", "supplies", "rival", {})]),
    Told("Two", "2025-05-01", "Wire", [("buyer", "supplies", "rival", {}), ("buyer", "supplies", "maker", {})]),
    Told("Undated", None, "Wire", [("rival", "supplies", "maker", {})]),
]
FACTS = ["ada memberOf club 1999 2024"]


@pytest.fixture(scope="module")
def view() -> View:
    return View.load(small_store(ENTITIES, FACTS, TOLD), filter=Filter(curated=False))


def test_ranks_change_hands(view: View) -> None:
    """By degree: the maker has both ties of 2023, the buyer both of 2025; nothing is written in 2024."""
    answer = centrality_by_year(view, "degree", classes=["FIRM"])
    assert [column.name for column in answer.columns] == ["entity", "class", "2023", "2024", "2025"]
    assert [row.cells for row in answer.rows] == [
        ("buyer", "firm", 2, None, 1),
        ("maker", "firm", 1, None, 2),
        ("rival", "firm", 2, None, 2),
    ]
    assert "left out for want of a date: 1 claim" in answer.caveats
    assert "ranked in each year: 2023 3 of 2 claims, 2024 0 of 0 claims, 2025 3 of 2 claims" in answer.caveats
    assert [len(row.statements) for row in answer.rows] == [3, 3, 2]


def test_a_year_is_what_its_filter_would_load(view: View) -> None:
    whole = View.load(view.store, filter=Filter.everything())
    for year in (1999, 2010, 2023, 2025):
        loaded = View.load(view.store, filter=Filter(since=str(year), until=str(year), statuses=(), polarities=()))
        assert in_year(whole, year).statements == loaded.statements
    assert years_of(whole) == [2023, 2024, 2025]


def test_years_are_chosen_and_drawn(view: View) -> None:
    answer = centrality_by_year(view, "degree", years=[2025, 2023], classes=["FIRM"], limit=2)
    assert [column.name for column in answer.columns[2:]] == ["2023", "2025"]
    svg = rank_chart(answer)
    assert svg.startswith("<svg")
    assert ">buyer<" in svg


def test_wrong_questions(view: View) -> None:
    with pytest.raises(QueryError, match="no measure is called 'fame'"):
        centrality_by_year(view, "fame")
    with pytest.raises(QueryError, match="50 years from 1980 to 2029 are too many"):
        centrality_by_year(view, years=range(1980, 2030))
    nothing = centrality_by_year(view, classes=["PERSON"])
    assert nothing.caveats == ("no dated claim with an entity of these classes is left under this filter",)
    with pytest.raises(QueryError, match="there are no ranks to draw: no dated claim"):
        rank_chart(nothing)
