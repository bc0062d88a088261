"""A small supply chain, from a French data centre to a Dutch tool maker: what falls can be worked out by hand."""

from collections.abc import Iterator

import pytest

from kg.rdf import article_quads, curated_quads, entity_quads
from kg.store import Store
from kg.terms import SKOS, entity_iri, relation_iri
from kg.types import CuratedFact, Entity
from queries.view import View
from tests.queries.world import Told, article_graph

ENTITIES = (
    ("paris", "Paris", "PLACE"),
    ("france", "France", "COUNTRY"),
    ("taiwan", "Taiwan", "COUNTRY"),
    ("netherlands", "Netherlands", "COUNTRY"),
    ("united-states", "United States", "COUNTRY"),
    ("south-korea", "South Korea", "COUNTRY"),
    ("european-union", "European Union", "ALLIANCE"),
    ("lutece", "Lutece", "FACILITY"),
    ("data-center", "data center", "FACILITY"),
    ("mistral", "Mistral", "FIRM"),
    ("nvidia", "Nvidia", "FIRM"),
    ("tsmc", "TSMC", "FIRM"),
    ("samsung", "Samsung", "FIRM"),
    ("asml", "ASML", "FIRM"),
    ("h100", "H100", "RESOURCE"),
    ("a100", "A100", "RESOURCE"),
    ("gpu", "GPU", "RESOURCE"),
    ("hbm", "HBM", "RESOURCE"),
    ("euv", "EUV machine", "RESOURCE"),
    ("large", "Mistral Large", "MODEL"),
    ("coral", "Coral", "FIRM"),
    ("fund", "Fund", "FIRM"),
)
FACTS = (
    ("headquarteredIn", "nvidia", "united-states"),
    ("headquarteredIn", "tsmc", "taiwan"),
    ("headquarteredIn", "samsung", "south-korea"),
    ("headquarteredIn", "asml", "netherlands"),
    ("headquarteredIn", "mistral", "france"),
    ("memberOf", "france", "european-union"),
    ("memberOf", "netherlands", "european-union"),
)
BROADER = (("h100", "gpu"), ("a100", "gpu"))

TOLD = (
    Told(
        "Paris",
        "2025-01-10",
        "Wire",
        [
            ("lutece", "locatedIn", "paris", {}),
            ("paris", "locatedIn", "france", {}),
            ("lutece", "uses", "h100", {}),
            ("mistral", "operates", "lutece", {}),
            ("mistral", "develops", "large", {}),
            ("large", "requires", "gpu", {}),
            ("fund", "owns", "mistral", {}),
        ],
    ),
    Told(
        "Chips",
        "2025-02-10",
        "Daily",
        [
            ("nvidia", "develops", "h100", {}),
            ("tsmc", "manufactures", "h100", {}),
            ("samsung", "manufactures", "a100", {}),
            ("gpu", "requires", "hbm", {}),
            ("tsmc", "uses", "euv", {}),
            ("asml", "manufactures", "euv", {}),
            ("asml", "headquarteredIn", "taiwan", {"score": 0.9}),
        ],
    ),
    Told("Tools", "2025-03-10", "Gazette", [("tsmc", "uses", "euv", {})]),
    Told("Coral", "2025-03-11", "Gazette", [("data-center", "locatedIn", "united-states", {})]),
    Told("Reef", "2025-03-12", "Gazette", [("coral", "supplies", "data-center", {})]),
)


def fill(store: Store) -> Store:
    """Put the entities, the curated facts and the articles into the store."""
    store.add(entity_quads([Entity(entity_iri(local), name, label) for local, name, label in ENTITIES]))
    facts = [CuratedFact(entity_iri(s), relation_iri(r), entity_iri(o), "seats") for r, s, o in FACTS]
    kinds = [CuratedFact(entity_iri(s), SKOS + "broader", entity_iri(o), "resources") for s, o in BROADER]
    store.add(curated_quads([*facts, *kinds]))
    for told in TOLD:
        graph = article_graph(told)
        store.replace_graph(graph.article.iri, article_quads(graph))
    return store


@pytest.fixture(scope="module")
def supply() -> Iterator[View]:
    """The supply chain under the filter that questions use where nothing is said."""
    with Store() as store:
        yield View.load(fill(store))
