import pytest

from kg.errors import QueryError, UnknownNameError
from queries.corroboration import corroboration
from queries.filter import Filter
from queries.view import View
from tests.queries.small import small_store
from tests.queries.world import Told

ENTITIES = {"maker": "FIRM", "buyer": "FIRM", "chip": "RESOURCE", "ada": "COUNTRY"}
SUPPLIES = ("maker", "supplies", "buyer", {"concerns": "chip"})
TOLD = [
    Told("Deal", "2025-01-01", "Wire", [SUPPLIES]),
    Told("Deal reprinted", "2025-01-02", "Daily", [SUPPLIES]),
    Told("More", "2025-02-01", "Wire", [SUPPLIES]),
    Told("Own report", "2025-03-01", "Gazette", [SUPPLIES, ("maker", "headquarteredIn", "ada", {})]),
    Told("Leaflet", None, None, [("maker", "supplies", "buyer", {})]),
]


@pytest.fixture(scope="module")
def view() -> View:
    store = small_store(ENTITIES, ["maker headquarteredIn ada"], TOLD, copies=[(0, 1)])
    return View.load(store, filter=Filter.everything())


def key_of(view: View, title: str) -> str:
    return next(s.key for s in view.statements if s.article is not None and view.articles[s.article].title == title)


def test_sources_of_a_claim(view: View) -> None:
    """Wire and Daily print one report: the reprint may count for it, and the wire's second report for the wire."""
    answer = corroboration(view, key_of(view, "Deal"))
    assert answer.title == "Who says: maker supplies buyer (chip)"
    assert [(row.cells[0], row.cells[1], row.cells[4]) for row in answer.rows] == [
        ("yes", "", "Deal reprinted"),
        ("yes", "", "More"),
        ("yes", "", "Own report"),
        ("no", "same publisher as More", "Deal"),
    ]
    assert answer.caveats[1].startswith("3 independent sources among 4 articles")


def test_a_claim_is_named_by_the_beginning_of_its_key(view: View) -> None:
    key = key_of(view, "Leaflet")
    for name in (key, key[:12], f"claim:{key}", f"https://w3id.org/aigeo/claim/{key}"):
        answer = corroboration(view, name)
        assert [row.cells[3] for row in answer.rows] == ["unknown"]
    assert "the publisher of 1 article is unknown" in " ".join(answer.caveats)


def test_the_number_is_that_of_every_answer(view: View) -> None:
    answer = corroboration(view, "maker")
    assert [(row.cells[0], row.cells[1], row.cells[2], row.cells[4:7], row.cells[10]) for row in answer.rows] == [
        ("supplies", "buyer", "chip", (3, 4, 4), ""),
        ("is headquartered in", "ada", "", (1, 1, 1), "yes"),
        ("supplies", "buyer", "", (1, 1, 1), ""),
    ]
    assert "2 of 3 things claimed rest on a single independent source" in answer.caveats[1]
    assert [row.cells[1] for row in corroboration(view, "maker", classes=["COUNTRY"]).rows] == ["ada"]


def test_wrong_questions(view: View) -> None:
    with pytest.raises(QueryError, match="no claim under this filter has the key '00000000'"):
        corroboration(view, "claim:00000000")
    with pytest.raises(UnknownNameError):
        corroboration(view, "deadbeef")
    assert corroboration(view, "chip").caveats == ("no article claims anything of chip under this filter",)
