import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import identity
from kg.errors import QueryError
from kg.ontology import load_ontology
from kg.rdf import article_quads
from kg.store import Store
from kg.terms import entity_iri
from queries.view import Filter, View
from tests.queries.world import Told, article_graph, fill


def at(view: View, local: str) -> int:
    return view.index[entity_iri(local)]


def said(view: View) -> set[tuple[str, str, str]]:
    """The claims as names."""
    return {(view.name(s.subject), s.relation, view.name(s.object)) for s in view.claims()}


def test_the_filter_that_is_not_said_takes_what_is(view: View) -> None:
    assert said(view) == {
        ("Nvidia", "supplies", "Humain"),
        ("TSMC", "supplies", "Nvidia"),
        ("Humain", "dependsOn", "energy"),
        ("United States", "memberOf", "NATO"),
        ("Taiwan", "partnersWith", "United States"),
        ("United States", "partnersWith", "Taiwan"),
    }
    assert {s.status for s in view.statements} == {"actual"}
    assert (view.claims_in_store, view.facts_in_store) == (10, 6)


@pytest.mark.parametrize(
    ("filter", "claims"),
    [
        (Filter.everything(), 10),
        (Filter(), 8),
        (Filter(statuses=("planned",)), 1),
        (Filter(polarities=("negated",)), 1),
        (Filter(since="2025-03"), 6),
        (Filter(until="2025-01-10"), 1),
        (Filter(since="2025-01-11", until="2025-01"), 1),
        (Filter(min_score=0.8), 4),
        (Filter(relations=("SUPPLIES",)), 4),
        (Filter(classes=("FIRM",)), 4),
        (Filter(classes=("FIRM", "RESOURCE")), 5),
        (Filter(since="2027"), 0),
    ],
)
def test_filters(world: Store, filter: Filter, claims: int) -> None:
    assert len(View.load(world, load_ontology(), filter).claims()) == claims


def test_curated_facts_end_and_can_be_left_out(world: Store, view: View) -> None:
    facts = [s for s in view.statements if s.is_curated]
    assert len(facts) == 5  # the United Kingdom left the European Union
    ended = View.load(world, load_ontology(), Filter(statuses=("ended",)))
    assert [(ended.name(s.subject), s.since, s.until) for s in ended.statements] == [
        ("United Kingdom", "1973", "2020-01-31")
    ]
    assert not [s for s in View.load(world, load_ontology(), Filter(curated=False)).statements if s.is_curated]


def test_an_unknown_relation_offers_the_nearest(world: Store) -> None:
    with pytest.raises(QueryError, match="no relation is called 'supply'; nearest: supplies"):
        View.load(world, load_ontology(), Filter(relations=("supply",)))


def test_edges_put_together_what_says_the_same(whole: View) -> None:
    edges = {
        (whole.name(e.subject), e.relation, whole.name(e.object), e.status, e.polarity, e.is_curated): len(e.statements)
        for e in whole.edges
    }
    assert edges["Nvidia", "supplies", "Humain", "actual", "affirmed", False] == 3
    assert edges["Nvidia", "supplies", "Humain", "actual", "negated", False] == 1
    assert edges["United States", "memberOf", "NATO", "actual", "affirmed", True] == 1
    assert edges["United States", "memberOf", "NATO", "actual", "affirmed", False] == 1
    # Symmetric: said both ways round, one edge.
    assert edges["Taiwan", "partnersWith", "United States", "actual", "affirmed", False] == 2


def test_dependence_runs_as_the_ontology_says(view: View) -> None:
    found = {(view.name(d.dependent), view.name(d.provider), d.weight) for d in view.dependences}
    assert found == {
        ("Humain", "Nvidia", 1.0),
        ("Nvidia", "TSMC", 1.0),
        ("Humain", "energy", 1.0),
        ("Nvidia", "United States", 0.5),
    }


def test_pairs_run_along_dependence_or_as_stated(view: View) -> None:
    humain, nvidia = at(view, "humain"), at(view, "nvidia")
    taiwan, states = at(view, "taiwan"), at(view, "united-states")
    assert (humain, nvidia) in view.pairs()
    assert (nvidia, humain) not in view.pairs()
    assert (nvidia, humain) in view.pairs("stated")
    assert {(taiwan, states), (states, taiwan)} <= set(view.pairs())


def test_networkx_holds_one_edge_a_statement(view: View) -> None:
    graph = view.networkx()
    assert isinstance(graph, nx.MultiDiGraph)
    assert graph.number_of_edges() == len(view.statements)
    assert graph.number_of_edges(entity_iri("nvidia"), entity_iri("humain")) == 3
    assert graph.nodes[entity_iri("tsmc")] == {"name": "TSMC", "label": "FIRM"}
    (edge,) = graph[entity_iri("humain")][entity_iri("energy")].values()
    assert edge["relation"] == "dependsOn"
    assert edge["published"] == "2025-06-01"
    assert edge["curated"] is False


def test_igraph_and_networkx_join_the_same_pairs(view: View) -> None:
    graph = view.igraph("stated")
    names = graph.vs["name"]
    directed = {(names[e.source], names[e.target]) for e in graph.es}
    assert {frozenset(pair) for pair in directed} == {frozenset(edge[:2]) for edge in view.networkx().edges}


def test_backing_is_the_words_of_the_article(whole: View) -> None:
    keys = [s.key for s in whole.statements]
    for key, found in whole.backing(keys).items():
        assert found.key == key
        if found.is_curated:
            assert found.table == "memberships"
            assert found.source == "member list"
            assert found.score is None
        else:
            text = next(t for (t,) in whole.store.rows(f"SELECT ?t {{ <{found.article}> schema:articleBody ?t }}"))
            assert text is not None
            assert found.quote == text[found.start : found.end]
    assert list(whole.backing(keys)) == keys
    assert whole.backing(["no-such-key"]) == {}


def test_backing_says_what_is_denied_and_for_what(whole: View) -> None:
    found = whole.backing(s.key for s in whole.statements).values()
    (denied,) = (b for b in found if b.polarity == "negated")
    assert denied.statement == "not: Nvidia supplies Humain"
    assert {b.concerns for b in found if b.title == "Deal"} == {"H100"}


def test_near_copies_and_publishers_count_once(view: View) -> None:
    def sources(*titles: str) -> int:
        return view.independent_sources(s for s in view.claims() if view.articles[s.article or 0].title in titles)

    assert sources("Deal") == 1
    assert sources("Deal", "Deal, reprinted") == 1  # near-copies
    assert sources("Deal", "Foundry") == 1  # one publisher
    assert sources("Deal", "Deal, reprinted", "Foundry") == 2  # the reprint's publisher and the foundry's
    assert sources("Deal", "Deal, reprinted", "Desert") == 2
    assert view.independent_sources(s for s in view.statements if s.is_curated) == 0


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=9))
def test_sources_are_a_greatest_choice_without_a_shared_publisher_or_cluster(articles: list[tuple[int, int]]) -> None:
    from queries.view import _matching

    publishers: dict[str, set[int]] = {}
    for publisher, cluster in articles:
        publishers.setdefault(str(publisher), set()).add(cluster)
    graph = nx.Graph([(f"p{p}", f"c{c}") for p, cs in publishers.items() for c in cs])
    assert _matching(publishers) == len(nx.max_weight_matching(graph, maxcardinality=True))


def test_mentioning_counts_articles_of_the_period(world: Store, view: View) -> None:
    assert view.mentioning[at(view, "nvidia")] == 5
    assert at(view, "france") not in view.mentioning
    late = View.load(world, load_ontology(), Filter(since="2025-06"))
    assert late.mentioning[at(late, "nvidia")] == 1


def test_narrower_kinds(view: View) -> None:
    assert {view.name(e) for e in view.narrower(at(view, "chip"))} == {"chip", "GPU", "H100"}
    assert {view.name(e) for e in view.narrower(at(view, "h100"))} == {"H100"}


def test_narrowed_takes_statements_away(whole: View) -> None:
    narrow = whole.narrowed(relations=["supplies"], statuses=["planned"], curated=False)
    assert said(narrow) == {("ASML", "supplies", "TSMC")}
    assert narrow.filter.describe() == ("relation supplies, status planned, affirmed or negated, without curated facts")


@pytest.mark.parametrize(
    ("filter", "reason"),
    [
        (Filter(since="2027"), ""),
        (Filter(since="2027", curated=False), "nothing left: 0 of 10 claims pass the filter; 1 claim is undated"),
        (
            Filter(since="2027", relations=("uses",)),
            "nothing left: 0 of 10 claims and 0 of 6 curated facts pass the filter; 1 claim is undated",
        ),
    ],
)
def test_an_empty_view_says_why(world: Store, filter: Filter, reason: str) -> None:
    assert View.load(world, load_ontology(), filter).why_empty() == reason


def test_an_empty_store_says_so() -> None:
    assert View.load(Store()).why_empty() == "the store holds no claims; ingest articles first"


def test_judgements_join_entities_and_can_be_taken_back() -> None:
    with Store() as store:
        fill(store, [Told("One", "2025-01-01", "Wire", [("firm.nvidia-corp", "supplies", "humain", {})])])
        one, other = entity_iri("firm.nvidia-corp"), entity_iri("nvidia")
        apart = View.load(store)
        assert apart.index[one] != apart.index[other]
        identity.judge(store, one, other, "same", who="ann", when="2025-01-01T00:00:00")
        joined = View.load(store)
        assert joined.index[one] == joined.index[other]
        assert said(joined) == {("Nvidia", "supplies", "Humain")}
        identity.take_back(store, one, other)
        assert View.load(store) == apart


def test_the_order_of_writing_does_not_show(view: View) -> None:
    from tests.queries.world import TOLD

    with Store() as store:
        fill(store, TOLD)
        for told in reversed(TOLD):
            graph = article_graph(told)
            store.transact(drop=[graph.article.iri])
            store.replace_graph(graph.article.iri, article_quads(graph))
        again = View.load(store)
        assert again.statements == view.statements
        assert again.entities == view.entities
        assert again.articles == view.articles


def test_an_entity_that_nothing_describes_goes_by_its_local_name() -> None:
    with Store() as store:
        graph = article_graph(Told("One", None, None, [("mystery", "supplies", "riddle", {})]))
        store.add(article_quads(graph))
        view = View.load(store)
        assert {(e.name, e.label) for e in view.entities} == {("mystery", ""), ("riddle", "")}
