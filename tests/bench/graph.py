"""The view and igraph beside networkx alone."""

from random import Random

import igraph
import networkx as nx

from kg.ontology import load_ontology
from kg.rdf import article_quads
from kg.store import Store
from queries.measures.centrality import betweenness
from queries.view import View
from tests.bench.store import CLAIMS, graphs
from tests.bench.timing import in_turn, median_seconds


def main(size: float) -> None:
    edges = int(10_000 * size)
    random_ = Random(1)
    pairs = sorted({(random_.randrange(edges // 3), random_.randrange(edges // 3)) for _ in range(edges)})
    pairs = [(a, b) for a, b in pairs if a != b]
    graph = nx.DiGraph(pairs)

    def ours() -> None:
        names = [str(vertex) for vertex in range(edges // 3)]
        betweenness(igraph.Graph(n=len(names), edges=pairs, directed=True, vertex_attrs={"name": names}))

    mine, peer = in_turn([ours, lambda: nx.betweenness_centrality(graph)], runs=1)
    print(
        f"betweenness, exact, {len(pairs):,} edges: {mine:.3f} s, networkx alone {peer:.1f} s, ratio {peer / mine:.0f}"
    )

    store = Store()
    claims = int(100_000 * size)
    sample = graphs(CLAIMS * 15 * (claims // CLAIMS))
    store.bulk_add(quad for found in sample for quad in article_quads(found))
    seconds = median_seconds(lambda: View.load(store, load_ontology()), runs=1)
    print(f"view of {claims:,} claims built in {seconds:.1f} s")
