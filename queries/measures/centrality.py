"""Centralities as networkx defines them, computed by igraph (HITS by numpy).

All take a directed igraph graph without parallel edges or loops, whose vertices have the attribute `name`, as
`queries.view.View.igraph` gives it: an edge u -> v reads "u depends on v" where the relation states a dependence.
Edges are unweighted, so a pair that ten articles report counts as much as one that a single article reports.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from math import hypot
from typing import TYPE_CHECKING
from warnings import catch_warnings, simplefilter

if TYPE_CHECKING:
    import igraph

__all__ = ["betweenness", "degree", "eigenvector", "hits", "pagerank"]

# The power iteration of HITS ends where the values change by less than this in all, or after so many steps.
_TOLERANCE = 1e-12
_MOST_STEPS = 1000


def _named(graph: "igraph.Graph", values: Iterable[float]) -> dict[str, float]:
    return dict(zip(graph.vs["name"], map(float, values), strict=True))


def degree(graph: "igraph.Graph") -> dict[str, float]:
    r"""Share of the other vertices that a vertex is joined to.

    .. math:: c(v) = \frac{d^{+}(v) + d^{-}(v)}{n - 1}

    Parameters
    ----------
    graph : igraph.Graph
        Edges of both directions count, so a pair that is joined both ways counts twice.

    Returns
    -------
    dict
        Vertex name -> value in [0, 2]; 1 for a single vertex, as networkx has it; empty for an empty graph.

    References
    ----------
    Freeman (1978), Social Networks 1(3), doi:10.1016/0378-8733(78)90021-7

    Examples
    --------
    >>> import igraph
    >>> graph = igraph.Graph(edges=[(0, 1), (1, 2)], directed=True, vertex_attrs={"name": ["lab", "fab", "tool"]})
    >>> degree(graph)
    {'lab': 0.5, 'fab': 1.0, 'tool': 0.5}
    """
    n = graph.vcount()
    if n <= 1:
        return _named(graph, [1.0] * n)
    return _named(graph, (d / (n - 1) for d in graph.degree()))


def betweenness(graph: "igraph.Graph") -> dict[str, float]:
    r"""Share of the shortest paths between other vertices that pass through a vertex.

    .. math:: c(v) = \frac{1}{(n-1)(n-2)} \sum_{s \ne v \ne t} \frac{\sigma(s,t \mid v)}{\sigma(s,t)}

    Parameters
    ----------
    graph : igraph.Graph
        Paths follow the edges; each edge is one step long.

    Returns
    -------
    dict
        Vertex name -> value in [0, 1]; 0 where there are fewer than three vertices.

    References
    ----------
    Brandes (2001), J. Math. Sociol. 25(2), doi:10.1080/0022250X.2001.9990249

    Examples
    --------
    >>> import igraph
    >>> graph = igraph.Graph(edges=[(0, 1), (1, 2)], directed=True, vertex_attrs={"name": ["lab", "fab", "tool"]})
    >>> betweenness(graph)
    {'lab': 0.0, 'fab': 0.5, 'tool': 0.0}
    """
    n = graph.vcount()
    scale = 1 / ((n - 1) * (n - 2)) if n > 2 else 0.0
    return _named(graph, (value * scale for value in graph.betweenness()))


def pagerank(graph: "igraph.Graph", *, damping: float = 0.85) -> dict[str, float]:
    r"""Share of its time that a walker along the edges spends at a vertex.

    .. math:: c(v) = \frac{1 - \alpha}{n} + \alpha \sum_{u \to v} \frac{c(u)}{d^{+}(u)}

    The walker follows an edge with probability :math:`\alpha` and starts anew anywhere otherwise, or where no edge
    leads on. Along dependences, what is depended on gathers rank, the more so the more is depended on by its
    dependents.

    Parameters
    ----------
    graph : igraph.Graph
    damping : float
        :math:`\alpha`, in [0, 1).

    Returns
    -------
    dict
        Vertex name -> value in (0, 1); the values add up to 1.

    References
    ----------
    Brin and Page (1998), Computer Networks 30(1-7), doi:10.1016/S0169-7552(98)00110-X

    Examples
    --------
    >>> import igraph
    >>> graph = igraph.Graph(edges=[(0, 1), (1, 2)], directed=True, vertex_attrs={"name": ["lab", "fab", "tool"]})
    >>> {name: round(value, 3) for name, value in pagerank(graph).items()}
    {'lab': 0.184, 'fab': 0.341, 'tool': 0.474}
    """
    return _named(graph, graph.pagerank(damping=damping) if graph.vcount() else [])


def eigenvector(graph: "igraph.Graph") -> dict[str, float]:
    r"""How well a vertex is joined to vertices that are themselves well joined, directions left aside.

    .. math:: A x = \lambda_{\max} x, \qquad \lVert x \rVert_2 = 1, \quad x \ge 0

    A dependence graph has hardly any cycles, and without cycles the directed form is zero everywhere; so the edges
    count both ways here.

    Parameters
    ----------
    graph : igraph.Graph
        Computed within the largest component; values elsewhere are 0, for components cannot be compared.

    Returns
    -------
    dict
        Vertex name -> value in [0, 1]; 0 everywhere without edges.

    References
    ----------
    Bonacich (1987), Am. J. Sociol. 92(5), doi:10.1086/228631

    Examples
    --------
    >>> import igraph
    >>> graph = igraph.Graph(edges=[(0, 1), (1, 2)], directed=True, vertex_attrs={"name": ["lab", "fab", "tool"]})
    >>> {name: round(value, 3) for name, value in eigenvector(graph).items()}
    {'lab': 0.5, 'fab': 0.707, 'tool': 0.5}
    """
    nothing = _named(graph, [0.0] * graph.vcount())
    if not graph.ecount():
        return nothing
    part = _largest_component(graph)
    with _small_values():
        values = part.as_undirected(mode="collapse").eigenvector_centrality()
    length = hypot(*values)
    return nothing | _named(part, (value / length for value in values))


def hits(graph: "igraph.Graph") -> tuple[dict[str, float], dict[str, float]]:
    r"""Hubs, which point to many authorities, and authorities, to which many hubs point.

    .. math:: h \propto A a, \qquad a \propto A^{T} h, \qquad \sum h = \sum a = 1

    Along dependences a hub depends on much that others depend on too, and an authority is what hubs depend on.

    Parameters
    ----------
    graph : igraph.Graph
        Computed within the largest component; values elsewhere are 0, for components cannot be compared.

    Returns
    -------
    hubs, authorities : dict
        Vertex name -> value in [0, 1]; each adds up to 1, or is 0 everywhere without edges.

    References
    ----------
    Kleinberg (1999), J. ACM 46(5), doi:10.1145/324133.324140

    Examples
    --------
    >>> import igraph
    >>> names = {"name": ["lab", "cloud", "fab"]}
    >>> hubs, authorities = hits(igraph.Graph(edges=[(0, 2), (1, 2)], directed=True, vertex_attrs=names))
    >>> {name: round(value, 3) for name, value in hubs.items()}
    {'lab': 0.5, 'cloud': 0.5, 'fab': 0.0}
    >>> {name: round(value, 3) for name, value in authorities.items()}
    {'lab': 0.0, 'cloud': 0.0, 'fab': 1.0}
    """
    nothing = _named(graph, [0.0] * graph.vcount())
    if not graph.ecount():
        return nothing, dict(nothing)
    import numpy as np

    part = _largest_component(graph)
    source, target = np.array(part.get_edgelist()).T
    n = part.vcount()
    hubs = np.full(n, 1 / n)
    # Power iteration from equal values: where the solution is not unique, it is the one that favours no vertex.
    for _ in range(_MOST_STEPS):
        pointed_at = np.bincount(target, weights=hubs[source], minlength=n)
        authorities = pointed_at / pointed_at.sum()
        pointing = np.bincount(source, weights=authorities[target], minlength=n)
        last, hubs = hubs, pointing / pointing.sum()
        if np.abs(hubs - last).sum() < _TOLERANCE:
            break
    return nothing | _named(part, hubs), nothing | _named(part, authorities)


def _largest_component(graph: "igraph.Graph") -> "igraph.Graph":
    """The largest weakly connected component, the one with the first vertex of equally large ones."""
    components = graph.connected_components(mode="weak")
    largest = max(components, key=lambda vertices: (len(vertices), -min(vertices)))
    return graph.induced_subgraph(sorted(largest))


@contextmanager
def _small_values() -> Iterator[None]:
    """Without igraph's warning of values near 0, which are right for vertices at the edge of a graph."""
    with catch_warnings():
        simplefilter("ignore", RuntimeWarning)
        yield
