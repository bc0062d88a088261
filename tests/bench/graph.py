"""The view and igraph beside networkx alone."""

from random import Random
from time import perf_counter

import igraph
import networkx as nx

from kg.ontology import load_ontology
from kg.rdf import article_quads
from kg.store import Store
from queries.measures.centrality import betweenness
from queries.view import View
from tests.bench.store import CLAIMS, ENTITIES, graphs
from tests.bench.timing import median_seconds


def main(size: float) -> None:
    edges = int(10_000 * size)
    # Entities of Zipf popularity, as in the synthetic store.
    weights = [1 / (rank + 1) for rank in range(ENTITIES)]
    ends = Random(1).choices(range(ENTITIES), weights, k=2 * edges)
    pairs = sorted({(a, b) for a, b in zip(ends[::2], ends[1::2], strict=True) if a != b})
    numbers = {entity: number for number, entity in enumerate(sorted({end for pair in pairs for end in pair}))}
    pairs = [(numbers[a], numbers[b]) for a, b in pairs]
    graph = nx.DiGraph(pairs)

    def ours() -> None:
        names = [str(number) for number in numbers.values()]
        betweenness(igraph.Graph(n=len(names), edges=pairs, directed=True, vertex_attrs={"name": names}))

    # networkx takes half a minute: once is enough, and ours is run before and after it.
    before = median_seconds(ours)
    began = perf_counter()
    nx.betweenness_centrality(graph)
    peer = perf_counter() - began
    mine = (before + median_seconds(ours)) / 2
    print(
        f"betweenness, exact, {len(pairs):,} edges: {mine:.3f} s, networkx alone {peer:.1f} s, ratio {peer / mine:.0f}"
    )

    store = Store()
    claims = int(100_000 * size)
    sample = graphs(CLAIMS * 15 * (claims // CLAIMS))
    store.bulk_add(quad for found in sample for quad in article_quads(found))
    seconds = median_seconds(lambda: View.load(store, load_ontology()), runs=1)
    print(f"view of {claims:,} claims built in {seconds:.1f} s")
