"""igraph's values are those of networkx."""

from collections.abc import Callable

import igraph
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.measures import centrality

GRAPHS = st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda e: e[0] != e[1]), max_size=30)


def both(edges: set[tuple[int, int]]) -> tuple[igraph.Graph, "nx.DiGraph[str]"]:
    nodes = sorted({node for edge in edges for node in edge})
    places = {node: place for place, node in enumerate(nodes)}
    graph = igraph.Graph(n=len(nodes), edges=[(places[u], places[v]) for u, v in sorted(edges)], directed=True)
    graph.vs["name"] = [str(node) for node in nodes]
    peer: nx.DiGraph[str] = nx.DiGraph()
    peer.add_nodes_from(str(node) for node in nodes)
    peer.add_edges_from((str(u), str(v)) for u, v in edges)
    return graph, peer


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (centrality.degree, nx.degree_centrality),
        (centrality.betweenness, nx.betweenness_centrality),
        (centrality.pagerank, lambda graph: nx.pagerank(graph, tol=1e-12, max_iter=1000)),
    ],
)
@given(edges=GRAPHS)
def test_as_networkx(
    ours: Callable[[igraph.Graph], dict[str, float]],
    theirs: Callable[["nx.DiGraph[str]"], dict[str, float]],
    edges: set[tuple[int, int]],
) -> None:
    graph, peer = both(edges)
    assert ours(graph) == pytest.approx(theirs(peer), abs=1e-6)


@given(edges=GRAPHS)
def test_eigenvector_solves_its_equation(edges: set[tuple[int, int]]) -> None:
    graph, peer = both(edges)
    values = centrality.eigenvector(graph)
    assert all(0 <= value <= 1 + 1e-9 for value in values.values())
    if not edges:
        assert values == {}
        return
    assert sum(value**2 for value in values.values()) == pytest.approx(1)
    joined = peer.to_undirected()
    top = max(nx.connected_components(joined), key=lambda part: sum(values[node] for node in part))
    peak = max(top, key=lambda node: values[node])
    largest = sum(values[other] for other in joined[peak]) / values[peak]
    for node in top:
        assert sum(values[other] for other in joined[node]) == pytest.approx(largest * values[node], abs=1e-6)


def test_hits_as_networkx() -> None:
    edges = {(0, 1), (0, 2), (1, 2), (3, 2), (3, 4), (2, 5), (1, 4)}
    graph, peer = both(edges)
    hubs, authorities = centrality.hits(graph)
    their_hubs, their_authorities = nx.hits(peer, tol=1e-12, max_iter=1000)
    assert hubs == pytest.approx(their_hubs, abs=1e-6)
    assert authorities == pytest.approx(their_authorities, abs=1e-6)


@given(edges=GRAPHS)
def test_hits_are_shares(edges: set[tuple[int, int]]) -> None:
    graph, _ = both(edges)
    for values in centrality.hits(graph):
        assert sum(values.values()) == pytest.approx(1 if edges else 0)
        assert all(value >= -1e-9 for value in values.values())


@pytest.mark.parametrize(
    "measure", [centrality.degree, centrality.betweenness, centrality.pagerank, centrality.eigenvector]
)
def test_an_empty_graph_has_no_values(measure: Callable[[igraph.Graph], dict[str, float]]) -> None:
    graph = igraph.Graph(directed=True)
    graph.vs["name"] = []
    assert measure(graph) == {}
