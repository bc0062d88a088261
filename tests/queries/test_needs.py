"""What makes a need, and which sources meet it."""

from typing import Any

import pytest

from kg.rdf import article_quads, curated_quads, entity_quads
from kg.store import Store
from kg.terms import SKOS, entity_iri
from kg.types import CuratedFact, Entity
from queries.needs import needs_of, requirements
from queries.view import View
from tests.queries.world import Told, article_graph

ENTITIES = {
    "buyer": "FIRM",
    "amd": "FIRM",
    "nvidia": "FIRM",
    "h100": "RESOURCE",
    "mi300": "RESOURCE",
    "gpu": "RESOURCE",
    "power": "RESOURCE",
    "plant": "FACILITY",
    "france": "COUNTRY",
}
Statement = tuple[str, str, str, dict[str, Any]]
Met = set[tuple[str, frozenset[str]]]


def needs(*claims: Statement, of: str = "buyer") -> Met:
    """Role and sources of each need."""
    with Store() as store:
        # Capitals, so that nothing but what has kinds is generic.
        store.add(entity_quads([Entity(entity_iri(e), e.upper(), label) for e, label in ENTITIES.items()]))
        kinds = [(kind, "gpu") for kind in ("h100", "mi300")]
        broader = [CuratedFact(entity_iri(s), SKOS + "broader", entity_iri(o), "resources") for s, o in kinds]
        store.add(curated_quads(broader))
        graph = article_graph(Told("Needs", "2025-01-01", "Wire", claims))
        store.replace_graph(graph.article.iri, article_quads(graph))
        view = View.load(store)
        found = needs_of(view).get(view.index[entity_iri(of)], [])
        return {(need.role, frozenset(view.name(s).lower() for s in need.sources)) for need in found}


def met(role: str, *sources: str) -> tuple[str, frozenset[str]]:
    return role, frozenset(sources)


def test_kinds_of_one_thing_stand_in_for_one_another_where_they_are_used() -> None:
    claims = [("buyer", "uses", goods, {}) for goods in ("h100", "mi300", "power")]
    assert needs(*claims) == {met("input", "h100", "mi300"), met("input", "power")}


def test_what_is_depended_on_is_needed_each() -> None:
    claims = [("buyer", "dependsOn", goods, {}) for goods in ("h100", "mi300", "nvidia")]
    assert needs(*claims) == {met("input", "h100"), met("input", "mi300"), met("input", "nvidia")}


def test_a_supply_is_a_supplier_and_its_goods() -> None:
    claims = [
        ("nvidia", "supplies", "buyer", {"concerns": "h100"}),
        ("amd", "supplies", "buyer", {"concerns": "mi300"}),
    ]
    assert needs(*claims) == {met("supplier", "amd", "nvidia"), met("input", "h100", "mi300")}
    assert needs(claims[0]) == {met("supplier", "nvidia"), met("input", "h100")}


def test_suppliers_of_goods_that_nobody_states_stand_in_for_one_another() -> None:
    assert needs(("nvidia", "supplies", "buyer", {}), ("amd", "supplies", "buyer", {})) == {
        met("supplier", "amd", "nvidia")
    }


def test_designer_and_maker_are_both_needed() -> None:
    claims = [("nvidia", "develops", "h100", {}), ("amd", "manufactures", "h100", {})]
    assert needs(*claims, of="h100") == {met("developer", "nvidia"), met("manufacturer", "amd")}


def test_a_generic_thing_comes_from_any_maker_seller_or_documented_kind() -> None:
    claims = [
        ("nvidia", "develops", "gpu", {}),
        ("amd", "supplies", "buyer", {"concerns": "gpu"}),
        ("nvidia", "develops", "h100", {}),
    ]
    assert needs(*claims, of="gpu") == {met("source", "nvidia", "amd", "h100")}


def test_a_kind_requires_what_the_broader_thing_requires() -> None:
    claims = [("gpu", "requires", "power", {}), ("nvidia", "develops", "h100", {})]
    assert needs(*claims, of="h100") == {met("developer", "nvidia"), met("input", "power")}


@pytest.mark.parametrize("relation", ["owns", "investsIn", "acquires"])
def test_weak_ties_and_denied_ones_are_no_need(relation: str) -> None:
    assert needs(("nvidia", relation, "buyer", {})) == set()
    assert needs(("buyer", "dependsOn", "power", {"polarity": "negated"})) == set()


def test_roles_can_be_left_out() -> None:
    with Store() as store:
        store.add(entity_quads([Entity(entity_iri(e), e.upper(), label) for e, label in ENTITIES.items()]))
        claims: list[Statement] = [("plant", "locatedIn", "france", {}), ("buyer", "operates", "plant", {})]
        graph = article_graph(Told("Plant", "2025-01-01", "Wire", claims))
        store.replace_graph(graph.article.iri, article_quads(graph))
        view = View.load(store)
        plant = view.index[entity_iri("plant")]
        whole, part = (requirements(needs_of(view), without=without) for without in ((), ("jurisdiction",)))
    assert [len(whole[plant]), len(part[plant])] == [2, 1]
