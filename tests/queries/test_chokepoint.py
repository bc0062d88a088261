"""Chokepoints of the supply chain."""

import pytest

from kg.errors import QueryError, UnknownNameError
from kg.store import Store
from queries.answer import Answer
from queries.chokepoint import chokepoints
from queries.view import View
from queries.whatif import Scenario, play
from tests.queries.supply_world import supply

__all__ = ["supply"]


def lost(answer: Answer) -> dict[str, object]:
    return {str(row["chokepoint"]): row["dependents lost"] for row in answer.records()}


def test_the_whole_graph(supply: View) -> None:
    found = lost(chokepoints(supply, limit=None))
    assert (found["ASML"], found["EUV machine"], found["TSMC"], found["H100"]) == (4, 3, 2, 1)
    assert found["HBM"] == 5
    assert "Taiwan" not in found
    assert "A100" not in found


def test_each_figure_is_that_of_the_cascade(supply: View) -> None:
    for name, count in lost(chokepoints(supply, classes=["FIRM"], limit=None)).items():
        counts = play(supply, Scenario((name,))).counts()
        assert counts["falls"] + counts["is hit"] == count


def test_of_a_country(supply: View) -> None:
    answer = chokepoints(supply, "France", limit=None)
    rows = {row["chokepoint"]: row for row in answer.records()}
    assert rows["TSMC"]["dependents lost"] == 2
    assert rows["TSMC"]["reached only through it"] == 2
    assert rows["ASML"]["on every chain"] == "no"
    assert "Mistral" not in rows


def test_of_a_resource(supply: View) -> None:
    answer = chokepoints(supply, "GPU", limit=None)
    assert lost(answer) == {"HBM": 5, "ASML": 2, "EUV machine": 2, "Nvidia": 2, "TSMC": 2, "Samsung": 1, "H100": 1}


def test_classes_and_limits(supply: View) -> None:
    answer = chokepoints(supply, classes=["FIRM"], limit=1)
    assert list(lost(answer)) == ["ASML"]
    assert any(caveat.startswith("1 of ") for caveat in answer.caveats)


def test_an_unknown_name_offers_the_nearest(supply: View) -> None:
    with pytest.raises(UnknownNameError, match="France"):
        chokepoints(supply, "Frence")


def test_an_empty_graph_says_so() -> None:
    with Store() as store:
        assert chokepoints(View.load(store)).caveats == ("the store holds no claims; ingest articles first",)


def test_an_unknown_class_is_named(supply: View) -> None:
    with pytest.raises(QueryError, match="'PLANET'"):
        chokepoints(supply, classes=["PLANET"])
