"""Blocs of a signed graph: communities on the positive ties, their frustration, and who bridges them.

A tie joins two nodes and has no direction; a pair counts once for each sign, however many articles report it.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError

if TYPE_CHECKING:
    import igraph

__all__ = [
    "Frustration",
    "Partition",
    "Tie",
    "betweenness_between",
    "communities",
    "frustration",
    "participation",
]

Tie = tuple[int, int]
# Nodes times ties up to which betweenness is exact, and from how many nodes paths are counted above.
_EXACT: Final = 20_000_000
_SAMPLE: Final = 256


def _pairs(ties: Iterable[Tie]) -> list[Tie]:
    return sorted({(min(pair), max(pair)) for pair in ties if pair[0] != pair[1]})


@dataclass(frozen=True, slots=True)
class Partition:
    """Blocs and how clear-cut they are."""

    membership: Mapping[int, int]  # node -> bloc; 0 is the largest, of equally large ones that with the least node
    modularity: float  # in [-0.5, 1) at resolution 1; 0 without ties
    resolution: float
    seed: int

    def members(self) -> dict[int, list[int]]:
        """The members of each bloc, in order."""
        found: dict[int, list[int]] = defaultdict(list)
        for node, bloc in sorted(self.membership.items()):
            found[bloc].append(node)
        return dict(sorted(found.items()))


def communities(ties: Iterable[Tie], *, resolution: float = 1.0, seed: int = 0) -> Partition:
    r"""Communities of the positive ties by the Leiden algorithm, which maximises modularity.

    .. math:: Q = \frac{1}{2m} \sum_{ij} \Bigl( A_{ij} - \gamma \frac{k_i k_j}{2m} \Bigr) \delta(b_i, b_j)

    Parameters
    ----------
    ties : iterable of (int, int)
        Positive ties; loops and repetitions count nothing.
    resolution : float
        :math:`\gamma`, above 0: greater values give more and smaller blocs.
    seed : int
        Of the random order in which nodes are moved: the same ties, resolution and seed give the same blocs.

    Returns
    -------
    Partition
        Of the nodes that have a tie.

    Raises
    ------
    QueryError
        The resolution is not above 0.

    References
    ----------
    Traag, Waltman and van Eck (2019), Scientific Reports 9:5233, doi:10.1038/s41598-019-41695-z.
    Reichardt and Bornholdt (2006), Phys. Rev. E 74, doi:10.1103/PhysRevE.74.016110 (the resolution).

    Examples
    --------
    Two triangles that one tie joins.

    >>> found = communities([(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (2, 3)])
    >>> found.members(), round(found.modularity, 3)
    ({0: [0, 1, 2], 1: [3, 4, 5]}, 0.357)
    """
    if not resolution > 0:
        raise QueryError(f"a resolution lies above 0, not at {resolution:g}")
    import igraph

    pairs = _pairs(ties)
    graph, nodes = _graph(pairs)
    if not pairs:
        return Partition({}, 0.0, resolution, seed)
    # igraph draws from one generator for the whole process, the module's own unless it is told otherwise.
    igraph.set_random_number_generator(random.Random(seed))
    try:
        found = graph.community_leiden("modularity", resolution=resolution, n_iterations=-1).membership
    finally:
        igraph.set_random_number_generator(random)
    sizes = Counter(found)
    first: dict[int, int] = {}
    for node, bloc in zip(nodes, found, strict=True):
        first.setdefault(bloc, node)
    ranked = sorted(sizes, key=lambda bloc: (-sizes[bloc], first[bloc]))
    numbers = {bloc: number for number, bloc in enumerate(ranked)}
    membership = {node: numbers[bloc] for node, bloc in zip(nodes, found, strict=True)}
    return Partition(membership, float(graph.modularity(found, resolution=resolution)), resolution, seed)


@dataclass(frozen=True, slots=True)
class Frustration:
    """How far signed ties are from standing as blocs would have them: positive within, negative across."""

    positive_across: int
    negative_inside: int
    ties: int  # all that join two members of blocs

    @property
    def share(self) -> float | None:
        """The ties that stand wrong over all; in [0, 1], None without ties."""
        return (self.positive_across + self.negative_inside) / self.ties if self.ties else None


def frustration(membership: Mapping[int, int], positive: Iterable[Tie], negative: Iterable[Tie]) -> Frustration:
    r"""Line index of imbalance of a partition of a signed graph.

    .. math:: F = \frac{|\{+ \text{ across}\}| + |\{- \text{ inside}\}|}{|\{+\}| + |\{-\}|}

    Parameters
    ----------
    membership : mapping of int to int
        Node -> bloc. Ties with an end in no bloc count nothing.
    positive, negative : iterable of (int, int)
        A pair that is tied both ways counts once in each.

    References
    ----------
    Doreian and Mrvar (1996), Social Networks 18(2), doi:10.1016/0378-8733(95)00259-6.
    Cartwright and Harary (1956), Psychological Review 63(5), doi:10.1037/h0046049.

    Examples
    --------
    >>> frustration({0: 0, 1: 0, 2: 1}, [(0, 1), (1, 2)], [(0, 2), (0, 1)])
    Frustration(positive_across=1, negative_inside=1, ties=4)
    """
    known = [pair for pair in _pairs(positive) if pair[0] in membership and pair[1] in membership]
    against = [pair for pair in _pairs(negative) if pair[0] in membership and pair[1] in membership]
    return Frustration(
        sum(membership[u] != membership[v] for u, v in known),
        sum(membership[u] == membership[v] for u, v in against),
        len(known) + len(against),
    )


def participation(membership: Mapping[int, int], ties: Iterable[Tie]) -> dict[int, float]:
    r"""How evenly the ties of a node are spread over the blocs.

    .. math:: P_i = 1 - \sum_s \Bigl( \frac{k_{is}}{k_i} \Bigr)^2

    where :math:`k_{is}` is the number of ties of i to members of bloc s.

    Parameters
    ----------
    membership : mapping of int to int
        Node -> bloc, of every node that has a tie.
    ties : iterable of (int, int)

    Returns
    -------
    dict
        Node -> value in [0, 1): 0 where all ties lead into one bloc.

    References
    ----------
    Guimerà and Amaral (2005), Nature 433, doi:10.1038/nature03288

    Examples
    --------
    >>> participation({0: 0, 1: 0, 2: 1}, [(0, 1), (0, 2)])
    {0: 0.5, 1: 0.0, 2: 0.0}
    """
    towards: dict[int, Counter[int]] = defaultdict(Counter)
    for u, v in _pairs(ties):
        towards[u][membership[v]] += 1
        towards[v][membership[u]] += 1
    return {
        node: 1 - sum(number * number for number in found.values()) / found.total() ** 2
        for node, found in sorted(towards.items())
    }


def betweenness_between(
    membership: Mapping[int, int], ties: Iterable[Tie], *, steps: int = _EXACT
) -> tuple[dict[int, float], bool]:
    r"""Share of the shortest paths between members of different blocs that pass a node, and whether it is exact.

    .. math:: c(v) = \frac{1}{N_v} \sum_{\substack{s \ne v \ne t \\ b_s \ne b_t}} \frac{\sigma(s,t \mid v)}{\sigma(s,t)}

    where :math:`N_v` is the number of pairs of other nodes in different blocs, joined or not.

    Parameters
    ----------
    membership : mapping of int to int
        Node -> bloc, of every node that has a tie.
    ties : iterable of (int, int)
    steps : int
        Nodes times ties up to which the value is exact. Above, paths are counted from every k-th node alone, about
        256 of them in the order of the nodes, and scaled up.

    Returns
    -------
    dict, bool
        Node -> value in [0, 1] where exact; True where it is exact.

    References
    ----------
    Brandes (2001), J. Math. Sociol. 25(2), doi:10.1080/0022250X.2001.9990249.
    Flom, Friedman, Strauss and Neaigus (2004), Connections 26(1) (betweenness between two groups).

    Examples
    --------
    >>> betweenness_between({0: 0, 1: 0, 2: 1}, [(0, 1), (1, 2)])
    ({0: 0.0, 1: 1.0, 2: 0.0}, True)
    """
    pairs = _pairs(ties)
    graph, nodes = _graph(pairs)
    is_exact = len(nodes) * len(pairs) <= steps
    chosen = set(range(0, len(nodes), 1 if is_exact else -(-len(nodes) // _SAMPLE)))
    blocs: dict[int, list[int]] = defaultdict(list)
    for place, node in enumerate(nodes):
        blocs[membership[node]].append(place)
    totals = [0.0] * len(nodes)
    for own in blocs.values():
        sources = [place for place in own if place in chosen]
        inside = set(own)
        others = [place for place in range(len(nodes)) if place not in inside]
        if sources and others:
            # Of an undirected graph igraph counts a path from each of its ends by half.
            for place, value in enumerate(graph.betweenness(sources=sources, targets=others)):
                totals[place] += value
    everyone = len(nodes)
    crossing = (everyone**2 - sum(len(own) ** 2 for own in blocs.values())) // 2
    scale = everyone / len(chosen) if chosen else 1.0
    found = {}
    for place, node in enumerate(nodes):
        others_crossing = crossing - (everyone - len(blocs[membership[node]]))
        found[node] = totals[place] * scale / others_crossing if others_crossing else 0.0
    return found, is_exact


def _graph(pairs: list[Tie]) -> "tuple[igraph.Graph, list[int]]":
    import igraph

    nodes = sorted({node for pair in pairs for node in pair})
    places = {node: place for place, node in enumerate(nodes)}
    return igraph.Graph(n=len(nodes), edges=[(places[u], places[v]) for u, v in pairs]), nodes
