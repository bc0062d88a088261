"""The shapes name what is wrong."""

import pyoxigraph as ox
import pytest

from kg.check import check
from kg.rdf import article_quads, entity_quads
from kg.store import Store
from kg.terms import KG, RDF, entity_iri, relation_iri
from kg.types import Article, ArticleGraph, Claim, Entity, Evidence, Mention

ARTICLE = Article(text="Nvidia sells \U0001f600 chips to Humain.", title="T", published="2025-05-13")
CLAIM = Claim(
    subject=entity_iri("nvidia"),
    relation=relation_iri("supplies"),
    object=entity_iri("humain"),
    evidence=Evidence(ARTICLE.iri, 7, 21, ARTICLE.text[7:21]),
    score=0.9,
    extractor="test/1",
)
GRAPH = ArticleGraph(ARTICLE, (Mention(0, 6, "FIRM", "Nvidia", entity_iri("nvidia"), 1.0, "alias"),), (CLAIM,))


@pytest.fixture
def store() -> Store:
    store = Store()
    entities = [Entity(entity_iri("nvidia"), "Nvidia", "FIRM"), Entity(entity_iri("humain"), "Humain", "FIRM")]
    store.add(entity_quads(entities))
    store.replace_graph(ARTICLE.iri, article_quads(GRAPH))
    return store


def test_what_the_writer_writes_is_without_fault(store: Store) -> None:
    assert check(store) == []


def change(store: Store, property_: str, value: ox.Literal | ox.NamedNode) -> list[str]:
    kept = [
        quad
        for quad in store.quads(ARTICLE.iri)
        if (quad.subject.value, quad.predicate.value) != (CLAIM.iri, property_)
    ]
    new = ox.Quad(ox.NamedNode(CLAIM.iri), ox.NamedNode(property_), value, ox.NamedNode(ARTICLE.iri))
    store.replace_graph(ARTICLE.iri, [*kept, new])
    return [violation.message for violation in check(store)]


@pytest.mark.parametrize(
    "property_, value, message",
    [
        (KG + "quote", ox.Literal("invented words"), "the quote is not the article's text"),
        (KG + "status", ox.NamedNode(KG + "perhaps"), "status is actual, planned or ended"),
        (
            KG + "score",
            ox.Literal("1.5", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
            "one score",
        ),
        (RDF + "predicate", ox.NamedNode(KG + "likes"), "one relation of the ontology"),
        (RDF + "predicate", ox.NamedNode(KG + "heads"), "does not take a subject of this class"),
        (RDF + "object", ox.NamedNode(entity_iri("nowhere")), "does not take an object of this class"),
    ],
)
def test_a_claim_that_breaks_a_shape_is_named(
    store: Store, property_: str, value: ox.Literal | ox.NamedNode, message: str
) -> None:
    assert any(message in found for found in change(store, property_, value))
