"""Our store beside plain pyoxigraph on a million quads of synthetic article graphs."""

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.rdf import article_quads
from kg.store import Store
from kg.terms import DEFAULT_PREFIXES, entity_iri, relation_iri
from kg.types import Article, ArticleGraph, Claim, Evidence
from tests.bench.timing import in_turn, median_seconds

RELATIONS = ["supplies", "dependsOn", "uses", "partnersWith", "locatedIn", "develops", "requires", "owns"]
CLAIMS = 43  # of an article
ENTITIES = 30_000
E7 = f"<{entity_iri('e7')}>"
QUERIES = {
    "one pattern": f"SELECT ?o {{ {E7} kg:supplies ?o }}",
    "an entity with its evidence": (
        f"SELECT ?c ?p ?o ?q {{ ?c rdf:subject {E7} ; rdf:predicate ?p ; rdf:object ?o ; kg:quote ?q }}"
    ),
    "two hops of dependsOn": f"SELECT DISTINCT ?b {{ {E7} kg:dependsOn ?a . ?a kg:dependsOn ?b }}",
    "dependsOn+": f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {E7} kg:dependsOn+ ?x }}",
    "suppliers by resource": (
        "SELECT ?r (COUNT(DISTINCT ?s) AS ?n) { ?c kg:concerns ?r ; rdf:subject ?s ; rdf:predicate kg:supplies }"
        " GROUP BY ?r ORDER BY DESC(?n) LIMIT 20"
    ),
    "fifty highest degrees": (
        "SELECT ?e (COUNT(DISTINCT ?c) AS ?n) { ?c rdf:subject ?e } GROUP BY ?e ORDER BY DESC(?n) LIMIT 50"
    ),
    "FILTER(CONTAINS)": 'SELECT (COUNT(?c) AS ?n) { ?c kg:quote ?q FILTER(CONTAINS(?q, "e77 ")) }',
}


def graphs(quads: int, seed: int = 1) -> Iterator[ArticleGraph]:
    """Article graphs of synthetic claims until about `quads` quads, over `ENTITIES` entities of Zipf popularity."""
    random_ = random.Random(seed)
    weights = [1 / (rank + 1) for rank in range(ENTITIES)]
    names = [f"e{rank}" for rank in range(ENTITIES)]
    pool = random_.choices(names, weights, k=max(1000, quads // 8))
    drawn = iter(pool)
    done = number = 0
    while done < quads:
        number += 1
        text = f"Article {number}. " + "e77 says that things hold. " * 40
        article = Article(
            text=text, title=f"Article {number}", published=f"20{10 + number % 16}-01-01", publisher=f"P{number % 50}"
        )
        claims = {}
        for n in range(CLAIMS):
            subject, object_, concerns = (next(drawn, None) or random_.choice(names) for _ in range(3))
            start = 11 + n
            claim = Claim(
                subject=entity_iri(subject),
                relation=relation_iri(RELATIONS[n % len(RELATIONS)]),
                object=entity_iri(object_),
                evidence=Evidence(article.iri, start, start + 40, text[start : start + 40]),
                score=0.9,
                extractor="bench/1",
                concerns=entity_iri(concerns) if n % 3 == 0 else None,
            )
            claims[claim.key] = claim
        graph = ArticleGraph(article, claims=tuple(claims[key] for key in sorted(claims)))
        done += CLAIMS * 15
        yield graph


def main(size: float) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = ox.Store(str(folder / "plain"))
        sample = list(graphs(int(1_000_000 * size)))
        plain.bulk_extend(quad for graph in sample for quad in article_quads(graph))
        total = len(plain)
        with Store(folder / "ours") as ours:
            ours.bulk_add(quad for graph in sample for quad in article_quads(graph))
            print(f"{total:,} quads in {len(sample):,} article graphs, on disk")
            print(f"{'':32} {'ours, ms':>10} {'pyoxigraph, ms':>15} {'ratio':>6}")
            for label, query in QUERIES.items():
                mine, peer = in_turn(
                    [
                        lambda query=query: list(ours.rows(query)),
                        lambda query=query: list(
                            plain.query(query, prefixes=DEFAULT_PREFIXES, use_default_graph_as_union=True)
                        ),  # type: ignore[arg-type, call-overload]
                    ]
                )
                print(f"{label:32} {1000 * mine:10.2f} {1000 * peer:15.2f} {mine / peer:6.2f}")
            graph = sample[len(sample) // 2]
            seconds = median_seconds(lambda: ours.replace_graph(graph.article.iri, article_quads(graph)))
            print(f"one article of {len(list(article_quads(graph)))} quads replaced in {1000 * seconds:.0f} ms")
