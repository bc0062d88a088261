"""A small country worked out by hand: what it runs on, and whose it is."""

import builtins
import re
from dataclasses import replace
from typing import Any

import pytest

from kg.errors import QueryError
from queries.filter import Filter
from queries.sovereign_layers import LAYERS, SovereignGraph
from queries.sovereign_profile import profiles
from queries.sovereignty import sovereignty, sovereignty_comparison
from queries.sovereignty_page import sovereignty_page
from queries.sovereignty_picture import radar, radar_png
from queries.view import View
from tests.queries.small import small_store
from tests.queries.world import Told

ENTITIES = {
    **dict.fromkeys(("ada", "bel", "cor", "dun"), "COUNTRY"),
    **dict.fromkeys(("hoster", "lab", "vendor", "second-vendor", "foundry", "utility", "cloud-firm"), "FIRM"),
    **dict.fromkeys(("data-center", "fab", "Ada-one", "Ada-two", "Ada-later", "Dun-one", "Fab-one"), "FACILITY"),
    **dict.fromkeys(("chip", "gpu", "v100", "s200", "energy", "cloud-service", "skilled-talent"), "RESOURCE"),
    **dict.fromkeys(("pact", "club"), "ALLIANCE"),
    "chatter": "MODEL",
    "ministry": "GOVERNMENT",
    "rulebook": "POLICY",
}
FACTS = [
    "hoster headquarteredIn ada",
    "lab headquarteredIn ada",
    "vendor headquarteredIn bel",
    "second-vendor headquarteredIn cor",
    "foundry headquarteredIn cor",
    "cloud-firm headquarteredIn dun",
    "ministry locatedIn dun",
    "Ada-one locatedIn ada",
    "Ada-two locatedIn ada",
    "Ada-later locatedIn ada",
    "Dun-one locatedIn dun",
    "Fab-one locatedIn cor",
    *(f"{name} broader data-center" for name in ("Ada-one", "Ada-two", "Ada-later", "Dun-one")),
    "Fab-one broader fab",
    "foundry operates Fab-one",
    "hoster operates Ada-one",
    "gpu broader chip",
    "v100 broader gpu",
    "s200 broader gpu",
    "vendor develops v100",
    "second-vendor develops s200",
    "ada memberOf pact",
    "bel memberOf pact",
    "ada memberOf club",
    "cor memberOf club",
]
CHIPS = {"concerns": "v100"}
TOLD = [
    Told(
        "One",
        "2025-01-01",
        "Wire",
        [
            ("Ada-one", "uses", "v100", {}),
            ("Ada-two", "uses", "gpu", {}),
            ("cloud-firm", "owns", "Ada-two", {}),
            ("lab", "uses", "Dun-one", {}),
            ("lab", "uses", "v100", {}),
            ("vendor", "supplies", "lab", CHIPS),
            ("foundry", "manufactures", "v100", {}),
            ("lab", "dependsOn", "foundry", {}),
            ("cloud-firm", "supplies", "lab", {"concerns": "cloud-service"}),
            ("cloud-firm", "supplies", "hoster", {"concerns": "cloud-service", "polarity": "negated"}),
            ("vendor", "supplies", "hoster", {"concerns": "s200", "status": "planned"}),
            ("lab", "dependsOn", "energy", {}),
            ("lab", "develops", "chatter", {}),
            ("hoster", "uses", "chatter", {}),
            ("ministry", "adopts", "rulebook", {}),
            ("rulebook", "regulates", "hoster", {}),
            ("pact", "regulates", "ada", {}),
        ],
    )
]
PROPERTIES = {
    "pact": {"kind": "military alliance"},
    "club": {"kind": "trade bloc"},
    "Ada-later": {"status": "building", "kind": "data center"},
}


@pytest.fixture(scope="module")
def view() -> View:
    return View.load(small_store(ENTITIES, FACTS, TOLD, properties=PROPERTIES))


def figures(view: View, country: str, **more: Any) -> dict[str, tuple[float | None, float | None, int, int]]:
    profile = profiles(view, [country], **more)[0]
    return {
        f.name: (f.share.own_share, f.share.trusted_share, f.share.known, f.share.dependences)
        for f in (*profile.levels, *profile.layers)
    }


def test_every_figure_by_hand(view: View) -> None:
    half = pytest.approx(1 / 2)
    assert figures(view, "ada") == {
        # Two stand in the country, one that its lab uses stands elsewhere; the fourth is being built.
        "territory": (pytest.approx(2 / 3), pytest.approx(2 / 3), 3, 3),
        # One is run from the country, one is owned from abroad.
        "provider": (half, half, 2, 2),
        # One runs on an ally's chips, the other on GPUs of nobody knows whom.
        "chip vendor": (0.0, 1.0, 1, 2),
        "energy": (None, None, 0, 1),
        # The first data center and the lab (by use and by supply: one dependence) on the vendor; the GPUs unknown.
        "chips": (0.0, 1.0, 2, 3),
        # Two on the foundry, which makes the chips of both; of a GPU nobody knows the maker.
        "fabrication": (0.0, 0.0, 2, 3),
        "cloud": (0.0, 0.0, 1, 1),
        "data centers": (half, half, 2, 2),
        "models": (1.0, 1.0, 1, 1),
        "talent": (None, None, 0, 0),
        # A rule of a foreign ministry, and one of an alliance of its own.
        "law": (0.0, half, 2, 2),
    }


def test_the_minimum_is_first_and_says_of_how_many_layers(view: View) -> None:
    answer = sovereignty(view, ["ada"])
    first, mean = answer.rows[0], answer.rows[1]
    assert first.cells[:5] == ("ada", "minimum (fabrication, cloud)", 0.0, 0.0, "6 of 8 layers")
    assert mean.cells[1] == "weighted mean"
    assert mean.cells[3] == pytest.approx((1 + 0 + 0 + 0.5 + 1 + 0.5) / 6)
    by_figure = {row.cells[1]: row for row in answer.rows}
    assert by_figure["layer: talent"].cells[2:6] == (None, None, "no data", "")
    assert by_figure["layer: energy"].cells[4] == "no data (0 of 1 known)"
    assert by_figure["layer: cloud"].cells[5] == "dun 1"
    assert [b.statement for b in answer.evidence(by_figure["layer: models"])] == [
        "hoster uses chatter",
        "lab develops chatter",
        "lab is headquartered in ada",
    ]
    assert "1 compute facility in ada that the tables do not list as actual is left out" in answer.caveats


def test_allies_are_those_named(view: View) -> None:
    assert figures(view, "ada", allies=["club"])["fabrication"][1] == 1.0
    assert figures(view, "ada", allies=["club"])["chips"][1] == 0.0
    assert figures(view, "ada", allies=["dun"])["cloud"][:2] == (0.0, 1.0)


def test_weights_move_the_mean_alone(view: View) -> None:
    heavy = profiles(view, ["ada"], weights={"cloud": 5.0})[0]
    assert heavy.trusted.mean == pytest.approx((1 + 0 + 0 + 0.5 + 1 + 0.5) / 10)
    assert heavy.trusted.minimum == 0.0


def test_what_is_planned_is_never_summed_with_what_is(view: View) -> None:
    planned = View.load(view.store, filter=Filter(statuses=("actual", "planned")))
    assert figures(planned, "ada") == figures(view, "ada")
    then = figures(planned, "ada", status="planned")
    assert then["territory"] == (1.0, 1.0, 1, 1)
    # What a vendor is to supply is its own affair, whoever designed it.
    assert then["chips"] == (0.0, 1.0, 1, 1)
    assert then["cloud"] == (None, None, 0, 0)


def test_countries_side_by_side(view: View) -> None:
    answer = sovereignty_comparison(view, ["ada", "dun"])
    cells = {row.cells[0]: row.cells[1:] for row in answer.rows}
    assert cells["minimum"] == ("0% (6 of 8 layers)", "no data")
    assert cells["compute: run from the country"] == ("50% (2 of 2)", "no data (0 of 1 known)")
    assert cells["layer: talent"] == ("no data", "no data")


def test_all_countries_with_data(view: View) -> None:
    answer = sovereignty(view)
    assert answer.rows[0].cells[0] == "ada"
    assert answer.rows[0].cells[4:7] == ("6 of 8", 2, 0.5)
    assert {row.cells[0] for row in answer.rows} == {view.name(c) for c in SovereignGraph(view).countries()}


def test_page_opens_each_cell(view: View) -> None:
    names = ["ada", "dun"]
    page = sovereignty_page(view, profiles(view, names), sovereignty_comparison(view, names))
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=", page)
    assert "lab on cloud-firm (dun)" in page
    assert "“One: cloud-firm supplies lab.”" in page
    hostile = replace(view, entities=tuple(replace(e, name=e.name.replace("ada", "<img>")) for e in view.entities))
    assert "<img>" not in sovereignty_page(
        hostile, profiles(hostile, ["entity:ada"]), sovereignty(hostile, ["entity:ada"])
    )


def test_radar(view: View) -> None:
    svg = radar(view, profiles(view, ["ada"]))
    assert "ada (minimum 0% (6 of 8 layers))" in svg
    assert all(f">{layer}" in svg for layer in LAYERS)
    with pytest.raises(QueryError, match="nothing to draw: no layer of these countries has data"):
        radar(view, profiles(view, ["cor"]))


def test_a_png_without_matplotlib_says_what_is_missing(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("matplotlib"):
            raise ModuleNotFoundError(name)
        return real(name, *rest)

    monkeypatch.setattr("importlib.import_module", without)
    with pytest.raises(QueryError, match=r"a PNG needs matplotlib .* write an \.svg instead"):
        radar_png(view, profiles(view, ["ada"]))


def test_wrong_questions(view: View) -> None:
    for ask, message in (
        (lambda: sovereignty(view, ["lab"]), "sovereignty is of a country; lab is a firm"),
        (lambda: sovereignty(view, ["ada", "ada"]), "'ada' names ada a second time"),
        (lambda: sovereignty(view, ["ada"], status="planned"), "the filter leaves out what is planned"),
        (lambda: sovereignty(view, ["ada"], status="rumoured"), "no status is called 'rumoured'"),
        (lambda: sovereignty_comparison(view, ["ada"]), "two countries or more"),
        (lambda: sovereignty(view, ["ada"], weights={"chip": 2}), "no layer is called 'chip'"),
    ):
        with pytest.raises(QueryError, match=message):
            ask()
