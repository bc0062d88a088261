"""What-if on the supply chain, its picture and its errors."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError, UnknownNameError
from kg.store import Store
from queries.answer import Answer
from queries.cascade_picture import cascade_page, cascade_svg
from queries.view import View
from queries.whatif import Scenario, compare_whatif, play, whatif
from tests.queries.supply_world import supply

__all__ = ["supply"]


def outcomes(answer: Answer) -> dict[str, tuple[object, object]]:
    return {str(row["entity"]): (row["outcome"], row["step"]) for row in answer.records()}


def test_the_cascade_step_by_step(supply: View) -> None:
    answer = whatif(supply, ["ASML"])
    assert outcomes(answer) == {
        "ASML": ("removed", 0),
        "EUV machine": ("falls", 1),
        "TSMC": ("falls", 2),
        "H100": ("falls", 3),
        "Lutece": ("falls", 4),
        "GPU": ("holds", None),
    }
    rows = {str(row["entity"]): row for row in answer.records()}
    assert rows["H100"]["because"] == "loses manufacturer of H100: TSMC"
    assert rows["H100"]["alternatives left"] == "none documented"
    assert (rows["GPU"]["because"], rows["GPU"]["alternatives left"]) == ("loses maker or kind of GPU: H100", "A100")
    assert rows["TSMC"]["sources"] == 2
    assert "1 entity removed, 4 fall, 0 are hit, 1 hold by documented alternatives" in answer.caveats[1]


def test_what_falls_rests_on_its_statements(supply: View) -> None:
    answer = whatif(supply, ["ASML"])
    row = next(row for row in answer.rows if row.cells[0] == "EUV machine")
    assert [backing.statement for backing in answer.evidence(row)] == ["ASML manufactures EUV machine"]


def test_two_together_take_the_alternative(supply: View) -> None:
    found = outcomes(whatif(supply, ["TSMC", "Samsung"]))
    assert found["GPU"] == ("falls", 2)
    assert found["Mistral Large"] == ("falls", 3)


def test_a_removed_country_takes_what_has_no_other_place(supply: View) -> None:
    found = outcomes(whatif(supply, ["Taiwan"]))
    assert found["TSMC"] == ("falls", 1)
    assert "ASML" not in found


def test_a_removed_resource_takes_its_kinds(supply: View) -> None:
    found = outcomes(whatif(supply, ["GPU"]))
    assert found["H100"] == found["A100"] == ("removed", 0)


def test_a_lost_owner_is_unknown(supply: View) -> None:
    assert outcomes(whatif(supply, ["Fund"])) == {"Fund": ("removed", 0), "Mistral": ("unknown", None)}


def test_a_restriction_reaches_only_the_one_cut_off(supply: View) -> None:
    answer = whatif(supply, restrict=[("United States", "France")])
    assert outcomes(answer) == {"Lutece": ("falls", 1)}
    assert outcomes(whatif(supply, restrict=[("Netherlands", "Taiwan")]))["TSMC"] == ("falls", 1)
    assert "ASML" not in outcomes(whatif(supply, restrict=[("Netherlands", "Taiwan")]))


def test_two_scenarios_side_by_side(supply: View) -> None:
    answer = compare_whatif(supply, Scenario(("TSMC",)), Scenario(("ASML",)))
    rows = {row[0]: row[2:] for row in (row.cells for row in answer.rows)}
    assert rows["EUV machine"] == ("untouched", None, "falls", 1)
    assert rows["Lutece"] == ("falls", 2, "falls", 4)


@pytest.mark.parametrize(
    "remove, restrict, message",
    [
        ([], [], "nothing is taken away"),
        ([], [("TSMC", "tsmc")], "TSMC cannot be cut off from itself"),
        (["ASML"], [("ASML", "TSMC")], "ASML is removed already"),
        (["TSMC"], [("ASML", "TSMC")], "TSMC is removed already"),
    ],
)
def test_contradictions_are_named(
    supply: View, remove: list[str], restrict: list[tuple[str, str]], message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        whatif(supply, remove, restrict)


def test_one_scenario_cannot_be_compared_with_itself(supply: View) -> None:
    with pytest.raises(QueryError, match="the same"):
        compare_whatif(supply, Scenario(("ASML",)), Scenario(("asml",)))


def test_an_unknown_name_offers_the_nearest(supply: View) -> None:
    with pytest.raises(UnknownNameError, match="TSMC"):
        whatif(supply, ["TSMK"])


def test_what_nothing_depends_on_is_said_to_be_alone(supply: View) -> None:
    assert outcomes(whatif(supply, ["Paris", "Coral"])) == {
        "Paris": ("removed", 0),
        "Coral": ("removed", 0),
        "Lutece": ("falls", 1),
    }


def test_the_picture_stands_alone(supply: View) -> None:
    outcome = play(supply, Scenario(("ASML",)))
    svg = cascade_svg(supply, outcome)
    root = ElementTree.fromstring(svg)
    words = " ".join(root.itertext())
    assert all(name in words for name in ("ASML", "EUV machine", "TSMC", "H100", "Lutece", "step 4", "holds"))
    assert len(root.findall("{http://www.w3.org/2000/svg}path")) == 5
    page = cascade_page(supply, [outcome, play(supply, Scenario(("TSMC",)))])
    assert page.count("<svg") == 2
    assert "<script" not in page
    assert "src=" not in page
    assert "href=" not in page


@given(st.text(min_size=1, max_size=40))
def test_names_are_text_in_the_picture(name: str) -> None:
    from kg.rdf import entity_quads
    from kg.terms import entity_iri
    from kg.types import Entity

    with Store() as store:
        store.add(entity_quads([Entity(entity_iri("x"), f"<b>{name}", "FIRM")]))
        view = View.load(store)
        svg = cascade_svg(view, play(view, Scenario((entity_iri("x"),))))
    ElementTree.fromstring(svg)
    assert "<b>" not in svg
