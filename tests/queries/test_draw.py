from collections.abc import Iterator

import pytest

from kg.errors import QueryError, UnknownNameError
from kg.rdf import article_quads, curated_quads, entity_quads, near_copy_quads
from kg.store import Store
from kg.terms import entity_iri, relation_iri
from kg.types import Article, ArticleGraph, Claim, CuratedFact, Entity, Evidence, Mention, Polarity, Status
from queries.draw import draw, picture_graph
from queries.filter import Filter
from queries.view import View

NAMES = {"nvidia": "FIRM", "tsmc": "FIRM", "asml": "FIRM", "taiwan": "COUNTRY", "oecd": "ALLIANCE", "japan": "COUNTRY"}
EVERYTHING = Filter(statuses=(), polarities=())


def an_article(
    number: int, readings: list[tuple[str, str, str, Status, Polarity]], *, publisher: str = "Daily Sample"
) -> ArticleGraph:
    sentences = [f"Sentence {i} of article {number}." for i in range(len(readings))]
    article = Article(
        " ".join(sentences),
        title=f"Article {number}",
        url=f"https://example.org/{number}",
        published=f"2025-0{number}-01",
        publisher=publisher,
    )
    claims, mentions = [], []
    for sentence, (subject, relation, object_, status, polarity) in zip(sentences, readings, strict=True):
        start = article.text.index(sentence)
        end = start + len(sentence)
        claims.append(
            Claim(
                subject=entity_iri(subject),
                relation=relation_iri(relation),
                object=entity_iri(object_),
                evidence=Evidence(article.iri, start, end, sentence),
                score=0.9,
                extractor="patterns/1",
                status=status,
                polarity=polarity,
            )
        )
        mentions.append(Mention(start, start + 8, NAMES[subject], subject, entity_iri(subject)))
    return ArticleGraph(article, tuple(mentions), tuple(sorted(claims, key=lambda c: c.key)))


@pytest.fixture(scope="module")
def view() -> Iterator[View]:
    graphs = [
        an_article(1, [("tsmc", "supplies", "nvidia", "actual", "affirmed")]),
        an_article(2, [("tsmc", "supplies", "nvidia", "actual", "affirmed")], publisher="Wire"),
        an_article(
            3,
            [
                ("asml", "supplies", "tsmc", "planned", "affirmed"),
                ("japan", "memberOf", "oecd", "actual", "affirmed"),
                ("tsmc", "supplies", "nvidia", "actual", "affirmed"),
            ],
            publisher="Third",
        ),
    ]
    member_since = CuratedFact(
        entity_iri("japan"),
        relation_iri("memberOf"),
        entity_iri("oecd"),
        table="memberships",
        as_of="2025-06",
        source="member list",
        since="1964",
    )
    with Store() as store:
        entities = [Entity(entity_iri(n), n.upper(), label, aliases=(f"{n} inc",)) for n, label in NAMES.items()]
        store.add(entity_quads(entities))
        store.add(curated_quads([member_since]))
        store.add(near_copy_quads([(graphs[0].article.iri, graphs[1].article.iri)]))
        for graph in graphs:
            store.add(article_quads(graph))
        yield View.load(store, filter=EVERYTHING)


def test_claims_that_say_the_same_make_one_edge_and_near_copies_one_source(view: View) -> None:
    edge = next(e for e in picture_graph(view).edges if e.target == entity_iri("nvidia"))
    assert (edge.relation, edge.inverse, edge.sources) == ("supplies", "is supplied by", 2)
    assert len(edge.statements) == 3


def test_a_curated_fact_joins_the_claim_that_says_the_same(view: View) -> None:
    picture = draw(view)
    edge = next(e for e in picture.graph.edges if e.target == entity_iri("oecd"))
    assert [c.quote for c in edge.claims] == ["Sentence 1 of article 3."]
    assert edge.curated == ("memberships: member list, since 1964, as of 2025-06",)


def test_every_claim_comes_with_its_words_and_article(view: View) -> None:
    picture = draw(view)
    edge = next(e for e in picture.graph.edges if e.target == entity_iri("nvidia"))
    assert sorted(c.quote for c in edge.claims) == [
        "Sentence 0 of article 1.",
        "Sentence 0 of article 2.",
        "Sentence 2 of article 3.",
    ]
    titles = {a.iri: (a.title, a.published, a.publisher, a.url) for a in picture.graph.articles}
    assert titles[edge.claims[0].article][0].startswith("Article ")
    assert ("Article 2", "2025-02-01", "Wire", "https://example.org/2") in titles.values()


def test_nodes_know_their_names_and_how_much_speaks_of_them(view: View) -> None:
    tsmc = next(n for n in draw(view).graph.nodes if n.iri == entity_iri("tsmc"))
    assert (tsmc.name, tsmc.label, tsmc.aliases, tsmc.degree, tsmc.articles) == ("TSMC", "FIRM", ("tsmc inc",), 2, 3)


def test_status_is_kept(view: View) -> None:
    planned = [e for e in draw(view).graph.edges if e.status == "planned"]
    assert [(e.source, e.target) for e in planned] == [(entity_iri("asml"), entity_iri("tsmc"))]


def test_a_focus_is_found_by_name_and_bounds_the_picture(view: View) -> None:
    picture = draw(view, focus=["Nvidia Inc"])
    assert picture.title == "Around NVIDIA"
    assert [n.name for n in picture.graph.nodes] == ["NVIDIA", "TSMC"]
    assert [n.name for n in draw(view, focus=["Nvidia"], depth=2).graph.nodes] == ["ASML", "NVIDIA", "TSMC"]


def test_a_focus_of_which_nothing_is_said_is_drawn_alone(view: View) -> None:
    assert [n.name for n in draw(view, focus=["Taiwan"]).graph.nodes] == ["TAIWAN"]


def test_the_notes_say_what_the_picture_rests_on(view: View) -> None:
    assert draw(view).notes == (
        "Rests on 5 claims of 3 articles from 2 independent sources, published 2025-01-01 to 2025-03-01, "
        "and 1 curated fact; filter: status actual or planned or ended, affirmed or negated, with curated facts.",
    )


def test_a_cut_is_told(view: View) -> None:
    assert draw(view, limit=2).left_out.startswith("Shows 2 of 5 entities")


def test_an_unknown_focus_is_named(view: View) -> None:
    with pytest.raises(UnknownNameError, match="'Nvidja'"):
        draw(view, focus=["Nvidja"])


def test_an_empty_store_is_no_picture() -> None:
    with Store() as store, pytest.raises(QueryError, match="nothing to draw: the store holds no claims"):
        draw(View.load(store))
