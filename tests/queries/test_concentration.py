"""Dependence by country, firm and resource on the supply chain."""

from collections.abc import Callable

import pytest

from kg.errors import QueryError
from kg.ontology import load_ontology
from kg.rdf import article_quads, entity_quads
from kg.store import Store
from kg.terms import entity_iri
from kg.types import Amount, Entity
from queries.concentration import concentration, dependencies_by
from queries.view import View
from tests.queries.supply_world import supply
from tests.queries.world import Told, article_graph

__all__ = ["supply"]


def test_by_country(supply: View) -> None:
    answer = dependencies_by(supply, "France")
    found = {row["country"]: (row["providers"], row["share"], row["through"]) for row in answer.records()}
    # Providers: Nvidia, TSMC and ASML abroad, Mistral at home, and its owner without a documented home. Nothing in
    # France depends on Mistral Large, so the kinds of GPU that it could run on do not count.
    assert found == {
        "Netherlands": (1, 0.25, "ASML"),
        "Taiwan": (1, 0.25, "TSMC"),
        "United States": (1, 0.25, "Nvidia"),
    }
    assert "1 domestic, 1 without a documented home" in " ".join(answer.caveats)


def test_each_hop_of_a_chain_has_its_evidence(supply: View) -> None:
    answer = dependencies_by(supply, "France")
    row = next(row for row in answer.rows if row.cells[0] == "Taiwan")
    statements = {backing.statement for backing in answer.evidence(row)}
    assert {"Lutece uses H100", "TSMC manufactures H100", "TSMC is headquartered in Taiwan"} <= statements


def test_exposure_is_a_share_that_fades_with_distance(supply: View) -> None:
    rows = {row["country"]: row["exposure"] for row in dependencies_by(supply, "France").records()}
    shares = [value for value in rows.values() if isinstance(value, float)]
    assert 0 < sum(shares) < 1
    assert rows["Taiwan"] > rows["Netherlands"]  # type: ignore[operator]


def test_for_a_resource(supply: View) -> None:
    answer = dependencies_by(supply, "France", resource="EUV machine")
    assert [row["country"] for row in answer.records()] == ["Netherlands"]


def test_by_firm(supply: View) -> None:
    answer = dependencies_by(supply, "Lutece", by="firm")
    assert [(row["firm"], row["hops"], row["home"]) for row in answer.records()] == [
        ("Mistral", 1, "France"),
        ("Fund", 2, None),
        ("Nvidia", 2, "United States"),
        ("TSMC", 2, "Taiwan"),
        ("ASML", 4, "Netherlands"),
    ]


@pytest.mark.parametrize(
    "by, expected",
    [
        ("country", {"Taiwan", "France"}),
        ("firm", {"TSMC", "Mistral"}),
        ("resource", {"EUV machine", "H100", "GPU", "Mistral Large"}),
    ],
)
def test_who_depends(supply: View, by: str, expected: set[str]) -> None:
    answer = dependencies_by(supply, "ASML", by=by, direction="on", depth=8)
    assert {str(row[by]) for row in answer.records()} == expected


def test_roles_are_never_mixed(supply: View) -> None:
    rows = concentration(supply, "France").records()
    assert [(row["resource"], row["role"], row["suppliers"], row["points"], row["who"]) for row in rows] == [
        ("H100", "developer", 1, 10000, "Nvidia"),
        ("H100", "manufacturer", 1, 10000, "TSMC"),
    ]
    assert {str(row["reading"]) for row in rows} == {"single documented source; one third country above 65%"}


def test_by_resource_is_concentration(supply: View) -> None:
    assert dependencies_by(supply, "France", by="resource").rows == concentration(supply, "France").rows


def amounts(*percent: str) -> Callable[[Store], View]:
    """A buyer whose suppliers hold the stated shares."""
    claims = [
        (f"s{n}", "supplies", "buyer", {"concerns": "gallium", "amount": Amount(p)} if p else {"concerns": "gallium"})
        for n, p in enumerate(percent)
    ]
    graph = article_graph(Told("Shares", "2025-01-01", "Wire", claims))
    entities = [Entity(entity_iri("gallium"), "gallium", "RESOURCE"), Entity(entity_iri("buyer"), "Buyer", "FIRM")]
    entities += [Entity(entity_iri(f"s{n}"), f"S{n}", "FIRM") for n in range(len(percent))]

    def load(store: Store) -> View:
        store.add(entity_quads(entities))
        store.replace_graph(graph.article.iri, article_quads(graph))
        return View.load(store, load_ontology())

    return load


@pytest.mark.parametrize(
    "percent, basis, points, reading",
    [
        (("90%", "10 percent"), "share", 8200, "highly concentrated"),
        (
            ("60 per cent", "20%"),
            "share",
            4000,
            "highly concentrated; at least: 20% of the whole has no documented supplier",
        ),
        (("90%", ""), "count", 5000, "highly concentrated"),
        (("90%", "80%"), "count", 5000, "highly concentrated"),
        (("", ""), "count", 5000, "highly concentrated"),
    ],
)
def test_stated_shares(percent: tuple[str, ...], basis: str, points: int, reading: str) -> None:
    with Store() as store:
        (row,) = concentration(amounts(*percent)(store), "Buyer").records()
    assert (row["basis"], row["points"], row["reading"]) == (basis, points, reading)


@pytest.mark.parametrize(
    "options, message",
    [({"by": "planet"}, "'planet'"), ({"direction": "off"}, "'off'"), ({"depth": 0}, "at least 1 hop")],
)
def test_what_cannot_be_asked(supply: View, options: dict[str, object], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        dependencies_by(supply, "France", **options)  # type: ignore[arg-type]


def test_no_dependence_says_why(supply: View) -> None:
    answer = dependencies_by(supply, "HBM")
    assert answer.caveats == ("no documented chain of dependence leads from HBM to another country",)
