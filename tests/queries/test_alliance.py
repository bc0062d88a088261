import pytest

from kg.errors import QueryError
from queries.alliance import alliances
from queries.view import View


def test_all_alliances(view: View) -> None:
    assert [row.cells for row in alliances(view).rows] == [
        ("NATO", 3, 3, 1, 1),
        ("European Union", 1, 1, 0, 0),
    ]


def test_ended_memberships_are_asked_for(whole: View) -> None:
    assert [row.cells[:2] for row in alliances(whole).rows] == [("NATO", 3), ("European Union", 2)]
    rows = alliances(whole, "United Kingdom").records()
    assert [(r["relation"], r["with"], r["status"], r["since"], r["until"]) for r in rows] == [
        ("is member of", "European Union", "ended", "1973", "2020-01-31"),
        ("is member of", "NATO", "actual", "1949", ""),
    ]


def test_members_of_an_alliance(view: View) -> None:
    rows = alliances(view, "NATO").records()
    assert [(r["relation"], r["with"], r["origin"], r["claims"]) for r in rows] == [
        ("has member", "France", "curated", 0),
        ("has member", "United Kingdom", "curated", 0),
        ("has member", "United States", "articles", 1),
        ("has member", "United States", "curated", 0),
    ]


def test_ties_of_a_country(view: View) -> None:
    rows = alliances(view, "US").records()
    assert [(r["relation"], r["with"], r["claims"]) for r in rows] == [
        ("is member of", "NATO", 1),
        ("is member of", "NATO", 0),
        ("partners with", "Taiwan", 2),
    ]


def test_what_two_share(view: View) -> None:
    answer = alliances(view, "France", "United States")
    assert [row.cells[:4] for row in answer.rows] == [("NATO", "alliance", "is member of", "is member of")]
    assert answer.rows[0].cells[4] == "articles and curated"
    assert "France has 2 and United States 2 such ties in all" in answer.caveats


def test_what_two_alliances_share(whole: View) -> None:
    answer = alliances(whole, "NATO", "EU")
    assert [row.cells[0] for row in answer.rows] == ["France", "United Kingdom"]
    assert answer.rows[1].cells[3] == "has member (ended)"


def test_two_that_are_tied_directly(view: View) -> None:
    answer = alliances(view, "Taiwan", "US")
    assert answer.rows == ()
    assert answer.caveats[0].endswith("; they are tied directly: partners with")


def test_empty_and_wrong_questions(view: View) -> None:
    assert alliances(view, "Humain").caveats == (
        "no membership or partnership of Humain is documented under this filter",
    )
    with pytest.raises(QueryError, match="are one entity; name two"):
        alliances(view, "US", "America")
    with pytest.raises(QueryError, match="give the first as well"):
        alliances(view, None, "US")
