import json

import pytest

from kg.errors import QueryError, UnknownNameError
from kg.store import Store
from kg.terms import entity_iri
from queries.compare import compare
from queries.filter import Filter
from queries.names import resolve
from queries.render import render
from queries.ties import ASPECTS, ties
from queries.view import View
from tests.queries.test_library import library as library


@pytest.fixture(scope="module")
def everything(library: Store) -> View:
    return View.load(library, filter=Filter.everything())


def test_two_countries_by_hand(view: View) -> None:
    answer = compare(view, "France", "United States")
    by_aspect = {row.cells[0]: row.cells[1:] for row in answer.rows}
    assert by_aspect["is member of"] == (2, 1, 1, "NATO", "European Union", "")
    assert by_aspect["is home of the firm"] == (0, 1, 0, "", "", "Nvidia")
    assert by_aspect["partners with"] == (0, 1, 0, "", "", "Taiwan")
    assert by_aspect["articles that mention it"][:2] == (0, 1)
    assert by_aspect["claims"][:3] == (0, 3, 0)
    assert by_aspect["independent sources"][:3] == (0, 1, 0)
    assert "nothing documented of either: depends on, " in answer.caveats[-1]
    assert [column.name for column in answer.columns][:4] == ["aspect", "France", "United States", "shared"]
    member = next(row for row in answer.rows if row.cells[0] == "is member of")
    assert len(member.statements) == 4, "three curated memberships and what an article says of one of them"


def test_two_firms_by_hand(everything: View) -> None:
    answer = compare(everything, "Nvidia", "G42")
    by_aspect = {row.cells[0]: row.cells[1:] for row in answer.rows}
    assert by_aspect["depends on"] == (2, 0, 0, "", "G42, TSMC", "")
    assert by_aspect["is depended on by"] == (2, 2, 1, "Stargate", "Humain", "Nvidia")
    assert by_aspect["is depended on by (planned)"] == (0, 2, 0, "", "", "Stargate, TSMC")
    assert by_aspect["is depended on by (ended)"] == (1, 0, 0, "", "ASML", "")
    assert by_aspect["operates the facility"] == (1, 0, 0, "", "Stargate", "")
    assert by_aspect["owns the facility"] == (0, 1, 0, "", "", "Stargate")
    assert by_aspect["builds the facility (planned)"] == (0, 1, 0, "", "", "Stargate")
    assert by_aspect["is restricted by"] == (1, 0, 0, "", "France", "")
    assert by_aspect["claims"][:3] == (12, 5, 3)
    order = [str(row.cells[0]).partition(" (")[0] for row in answer.rows[:-4]]
    assert order == sorted(order, key=ASPECTS.index)


def test_comparing_is_symmetric(everything: View) -> None:
    one, other = compare(everything, "Nvidia", "G42"), compare(everything, "G42", "Nvidia")
    assert [row.cells[:4] for row in one.rows] == [
        (row.cells[0], row.cells[2], row.cells[1], row.cells[3]) for row in other.rows
    ]


def test_a_facility_stands_in_the_country_of_its_place(everything: View) -> None:
    held = [tie for tie in ties(everything, resolve(everything, "Emirates")) if tie.aspect == "holds the facility"]
    assert [everything.name(tie.other) for tie in held] == ["Stargate"]
    assert len(held[0].statements) == 2, "each hop of the chain"


def test_denials_make_no_tie(everything: View) -> None:
    for tie in ties(everything, resolve(everything, "Humain")):
        assert all(s.polarity == "affirmed" for s in tie.statements)


def test_namesakes_are_told_apart(whole: View) -> None:
    answer = compare(whole, entity_iri("falcon"), entity_iri("falcon-model"))
    assert [column.name for column in answer.columns[1:3]] == ["Falcon (falcon)", "Falcon (falcon-model)"]
    assert answer.caveats == ("nothing is documented of either under this filter",)


def test_every_format(view: View) -> None:
    answer = compare(view, "France", "UK")
    assert json.loads(render(answer, "json"))["rows"][0]["aspect"] == "is member of"
    assert "France and United Kingdom side by side" in render(answer, "html")


def test_what_cannot_be_compared(view: View) -> None:
    with pytest.raises(QueryError, match="'France' and 'French Republic' are one entity; name two"):
        compare(view, "France", "French Republic")
    with pytest.raises(QueryError, match="several meanings"):
        compare(view, "Falcon", "France")
    with pytest.raises(UnknownNameError, match="nearest: Nvidia"):
        compare(view, "Nvdia", "TSMC")
