"""Records to quads and back."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.rdf import (
    article_quads,
    curated_quads,
    entity_quads,
    read_article_graph,
    read_curated_facts,
    read_entities,
    score_text,
)
from kg.terms import LABEL_TO_CLASS, LITERAL_LABELS, SKOS, entity_iri, relation_iri
from kg.types import Amount, Article, ArticleGraph, Claim, CuratedFact, Entity, Evidence, Mention, Period

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
LOCAL = st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True)
LABELS = st.sampled_from(sorted(set(LABEL_TO_CLASS) - LITERAL_LABELS))
DATES = st.dates().map(str).filter(lambda date: date >= "0001")


@st.composite
def article_graphs(draw: st.DrawFn) -> ArticleGraph:
    text = draw(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=8, max_size=80))
    article = Article(
        text=text,
        title=draw(TEXT),
        url=draw(st.none() | st.just("https://example.org/a?b=c d")),
        published=draw(st.none() | DATES),
        publisher=draw(st.none() | TEXT),
        author=draw(st.none() | TEXT),
        language=draw(st.none() | st.just("en")),
        topics=tuple(sorted(draw(st.sets(LOCAL, max_size=3)))),
    )

    def span() -> tuple[int, int]:
        start = draw(st.integers(0, len(text) - 1))
        return start, draw(st.integers(start + 1, len(text)))

    mentions = {
        span(): (draw(LABELS), draw(TEXT), entity_iri(draw(LOCAL)), draw(TEXT)) for _ in range(draw(st.integers(0, 4)))
    }
    claims = {}
    for _ in range(draw(st.integers(0, 4))):
        start, end = span()
        claim = Claim(
            subject=entity_iri(draw(LOCAL)),
            relation=relation_iri("supplies"),
            object=entity_iri(draw(LOCAL)),
            evidence=Evidence(article.iri, start, end, text[start:end]),
            score=draw(st.integers(0, 10000)) / 10000,
            extractor="test/1",
            status=draw(st.sampled_from(["actual", "planned", "ended"])),
            polarity=draw(st.sampled_from(["affirmed", "negated"])),
            concerns=draw(st.none() | LOCAL.map(entity_iri)),
            amount=draw(st.none() | st.builds(Amount, TEXT, st.none() | st.just("18000"), st.none() | st.just("USD"))),
            period=draw(st.none() | st.builds(Period, TEXT, st.none() | DATES, st.none() | DATES)),
            attributed_to=draw(st.none() | LOCAL.map(entity_iri)),
            subject_span=draw(st.none() | st.just(span())),
            rule=draw(st.just("") | TEXT),
        )
        claims[claim.key] = claim
    return ArticleGraph(
        article=article,
        mentions=tuple(Mention(*span, *rest[:3], 0.5, rest[3]) for span, rest in sorted(mentions.items())),
        claims=tuple(claims[key] for key in sorted(claims)),
        new_entities=(Entity(entity_iri("firm.acme"), "Acme", "FIRM"),) if draw(st.booleans()) else (),
    )


@given(article_graphs())
def test_an_article_graph_survives_the_way_to_quads_and_back(graph: ArticleGraph) -> None:
    assert read_article_graph(article_quads(graph)) == graph


@given(article_graphs())
def test_every_quote_is_the_text_between_its_offsets(graph: ArticleGraph) -> None:
    back = read_article_graph(article_quads(graph))
    for claim in back.claims:
        assert claim.evidence.quote == back.article.text[claim.evidence.start : claim.evidence.end]


def claim(**changes: object) -> Claim:
    article = Article(text="Nvidia sells chips to Humain.")
    fields: dict[str, object] = {
        "subject": entity_iri("nvidia"),
        "relation": relation_iri("supplies"),
        "object": entity_iri("humain"),
        "evidence": Evidence(article.iri, 0, 6, "Nvidia"),
        "score": 0.9,
        "extractor": "test/1",
    }
    return Claim(**(fields | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes, plain",
    [
        ({}, True),
        ({"status": "planned"}, False),
        ({"status": "ended"}, False),
        ({"polarity": "negated"}, False),
        ({"score": 0.49}, False),
        ({"score": 0.5}, True),
    ],
)
def test_a_plain_triple_stands_only_for_what_is_affirmed_actual_and_likely(
    changes: dict[str, object], plain: bool
) -> None:
    graph = ArticleGraph(Article(text="Nvidia sells chips to Humain."), claims=(claim(**changes),))
    triple = ox.Triple(
        *(ox.NamedNode(iri) for iri in (entity_iri("nvidia"), relation_iri("supplies"), entity_iri("humain")))
    )
    assert (triple in {quad.triple for quad in article_quads(graph)}) is plain


def test_an_amount_of_money_has_no_place_among_the_mentions_of_a_graph() -> None:
    graph = ArticleGraph(Article(text="$5"), mentions=(Mention(0, 2, "MONEY", "$5"),))
    with pytest.raises(ValueError, match="MONEY mention names no entity"):
        list(article_quads(graph))


def test_two_articles_are_not_one_graph() -> None:
    quads = [*article_quads(ArticleGraph(Article(text="a"))), *article_quads(ArticleGraph(Article(text="b")))]
    with pytest.raises(ValueError, match="found 2"):
        read_article_graph(quads)


def test_entities_and_curated_facts_survive_the_way_back() -> None:
    entity = Entity(
        entity_iri("tsmc"), "TSMC", "FIRM", ("Taiwan Semiconductor",), ("Taiwan Semi",), (("kind", "foundry"),)
    )
    facts = [
        CuratedFact(entity_iri("h100"), SKOS + "broader", entity_iri("gpu"), "resources", "2025", "datasheet"),
        CuratedFact(entity_iri("uk"), relation_iri("memberOf"), entity_iri("eu"), "memberships", until="2020-01-31"),
    ]
    assert read_entities(entity_quads([entity])) == [entity]
    assert sorted(read_curated_facts(curated_quads(facts)), key=lambda f: f.table) == sorted(
        facts, key=lambda f: f.table
    )


def test_a_curated_fact_that_ended_is_no_plain_triple() -> None:
    fact = CuratedFact(entity_iri("uk"), relation_iri("memberOf"), entity_iri("eu"), "memberships", until="2020-01-31")
    assert not any(quad.predicate.value == relation_iri("memberOf") for quad in curated_quads([fact]))


@pytest.mark.parametrize("score, text", [(0.9, "0.9"), (1.0, "1"), (0.0, "0"), (0.93128, "0.9313"), (0.00001, "0")])
def test_a_score_has_one_spelling(score: float, text: str) -> None:
    assert score_text(score) == text
