import pytest

from kg.errors import QueryError
from queries.filter import Filter
from queries.membership import members_at, overlap
from queries.view import View
from tests.queries.small import small_store
from tests.queries.world import Told

ENTITIES = {
    **dict.fromkeys(("ada", "bel", "cor", "dun", "eta", "fay"), "COUNTRY"),
    **dict.fromkeys(("club", "pact"), "ALLIANCE"),
}
FACTS = [
    "ada memberOf club 1990",
    "bel memberOf club 1995 2020-06-30",
    "cor memberOf club 2022-05",
    "dun memberOf club",
    "ada memberOf pact 2010",
    "bel memberOf pact 2010",
]
TOLD = [
    Told("Joins", "2021-03-01", "Wire", [("eta", "memberOf", "club", {"status": "planned"})]),
    Told("Joined", "2023-03-01", "Wire", [("eta", "memberOf", "club", {})]),
    Told("Denied", "2023-04-01", "Daily", [("dun", "memberOf", "club", {"polarity": "negated"})]),
    Told("Gone", "2024-01-01", "Daily", [("eta", "memberOf", "club", {"status": "ended"})]),
    Told("Still", "2025-01-01", "Daily", [("bel", "memberOf", "club", {})]),
    Told("Undated", None, "Daily", [("fay", "memberOf", "club", {})]),
]


@pytest.fixture(scope="module")
def whole() -> View:
    return View.load(small_store(ENTITIES, FACTS, TOLD), filter=Filter.everything())


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("1989", {"dun": "member"}),
        ("2020-06-30", {"ada": "member", "bel": "member", "dun": "member"}),
        ("2021-12", {"ada": "member", "bel": "left", "dun": "member", "eta": "planned"}),
        ("2023-03-31", {"ada": "member", "bel": "left", "cor": "member", "dun": "member", "eta": "member"}),
        ("2024", {"ada": "member", "bel": "left", "cor": "member", "dun": "disputed", "eta": "left"}),
        ("2025-06", {"ada": "member", "bel": "disputed", "cor": "member", "dun": "disputed", "eta": "left"}),
    ],
)
def test_members_on_a_day(whole: View, day: str, expected: dict[str, str]) -> None:
    found = {row.cells[0]: row.cells[2] for row in members_at(whole, "club", day).rows}
    assert found == expected


def test_since_and_until(whole: View) -> None:
    answer = members_at(whole, "club", "2021")
    assert {row.cells[0]: row.cells[3:5] for row in answer.rows} == {
        "ada": ("1990", ""),
        "dun": ("", ""),
        "eta": ("", ""),
        "bel": ("1995", "2020-06-30"),
    }
    assert answer.title == "Members of club on 2021-12-31"
    assert answer.caveats[1:] == (
        "2 documented members on 2021-12-31",
        "since when is not documented of 1 member",
    )


def test_overlap(whole: View) -> None:
    assert [row.cells[:5] for row in overlap(whole, ["club", "pact"], at="2015").rows] == [
        ("ada", "country", 2, "member", "member"),
        ("bel", "country", 2, "member", "member"),
    ]
    assert [row.cells[0] for row in overlap(whole, ["club", "pact"], at="2021").rows] == ["ada"]
    assert overlap(whole, ["club", "pact"], at="2005").caveats == (
        "no member in common is documented under this filter; documented members: club 3, pact 0",
    )


def test_wrong_questions(whole: View) -> None:
    with pytest.raises(QueryError, match="'soon' is no date"):
        members_at(whole, "club", "soon")
    with pytest.raises(QueryError, match="the date is empty"):
        members_at(whole, "club", "")
    with pytest.raises(QueryError, match="needs memberships that ended since; ask with every status"):
        members_at(whole.narrowed(statuses=["actual"]), "club", "2020")
    with pytest.raises(QueryError, match="two alliances or more"):
        overlap(whole, ["club"])
    with pytest.raises(QueryError, match="'club' is named twice"):
        overlap(whole, ["club", "pact", "club"])
