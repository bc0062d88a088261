import pytest

from kg.errors import QueryError
from queries.blocs import blocs, both_sides, bridges
from queries.view import View
from tests.queries.small import small_store
from tests.queries.world import Told

STATES = dict.fromkeys(("ada", "bel", "cor", "dun", "eta", "fay"), "COUNTRY")
NORTH = [("ada", "partnersWith", "bel", {}), ("bel", "partnersWith", "cor", {}), ("cor", "partnersWith", "ada", {})]
SOUTH = [("dun", "partnersWith", "eta", {}), ("eta", "partnersWith", "fay", {}), ("fay", "partnersWith", "dun", {})]
ACROSS = [
    ("cor", "partnersWith", "dun", {}),
    ("ada", "restricts", "fay", {}),
    ("ada", "competesWith", "bel", {}),
    ("ada", "restricts", "chip", {}),
    ("ada", "partnersWith", "eta", {"polarity": "negated"}),
    ("bel", "partnersWith", "eta", {"status": "planned"}),
]


@pytest.fixture(scope="module")
def view() -> View:
    told = [Told("North", "2025-01-01", "Wire", NORTH), Told("South", "2025-02-01", "Daily", [*SOUTH, *ACROSS])]
    return View.load(small_store({**STATES, "chip": "RESOURCE"}, told=told))


def test_two_blocs_and_their_frustration(view: View) -> None:
    """Seven positive ties, one of them across; two negative ones, one of them inside: 2 of 9 stand wrong."""
    answer = blocs(view)
    assert [row.cells for row in answer.rows] == [
        (1, 3, "cor, ada, bel", 3, 1, 1, 1, 2),
        (2, 3, "dun, eta, fay", 3, 1, 0, 1, 1),
    ]
    assert "modularity 0.357, resolution 1, seed 0" in answer.caveats[1]
    assert (
        "frustration 0.222: 2 of 9 ties stand wrong, 1 positive across blocs, 1 negative inside one" in answer.caveats
    )
    # Three positive ties and the rivalry inside.
    assert len(answer.evidence(answer.rows[0])) == 4


def test_members_of_a_class_alone_are_listed(view: View) -> None:
    assert blocs(view, classes=["FIRM"]).rows == ()
    assert len(blocs(view, limit=1).rows) == 1
    assert len(blocs(view, resolution=5.0).rows) > 2


def test_bridges_stand_between(view: View) -> None:
    rows = bridges(view).records()
    assert [(r["entity"], r["bloc"], r["betweenness"], r["blocs"]) for r in rows] == [
        ("cor", 1, 1.0, 2),
        ("dun", 2, 1.0, 2),
    ]
    assert rows[0]["participation"] == pytest.approx(1 - (2 / 3) ** 2 - (1 / 3) ** 2)


def test_who_is_tied_to_both_sides() -> None:
    facts = ["ada memberOf club", "bel memberOf club", "cor memberOf pact", "ada memberOf pact"]
    told = [
        Told(
            "Both",
            "2025-01-01",
            "Wire",
            [("eta", "partnersWith", "ada", {}), ("eta", "partnersWith", "bel", {}), ("bel", "restricts", "eta", {})],
        )
    ]
    view = View.load(small_store({**STATES, "club": "ALLIANCE", "pact": "ALLIANCE"}, facts, told))
    answer = both_sides(view, "ada", "bel")
    # The club that both are members of is what they share; it stands between nobody.
    assert [row.cells[:6] for row in answer.rows] == [
        ("eta", "country", "partners with", "partners with", "", "is restricted by")
    ]
    between_clubs = both_sides(view, "club", "pact")
    assert [row.cells[:4] for row in between_clubs.rows] == [("ada", "country", "is member of", "is member of")]
    assert both_sides(view, "ada", "fay").caveats[0].startswith("nobody is documented as tied to both")


def test_wrong_questions(view: View) -> None:
    with pytest.raises(QueryError, match="are one entity; name two"):
        both_sides(view, "ada", "ada")
    with pytest.raises(QueryError, match="no class is called 'STATE'"):
        blocs(view, classes=["STATE"])
    with pytest.raises(QueryError, match="a resolution lies above 0"):
        bridges(view, resolution=0)
