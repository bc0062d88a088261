import random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import QueryError
from queries.measures.blocs import betweenness_between, communities, frustration, participation

NODES = st.integers(0, 6)
TIES = st.sets(st.tuples(NODES, NODES).filter(lambda pair: pair[0] < pair[1]), max_size=14)
BLOCS = st.lists(st.integers(0, 2), min_size=7, max_size=7).map(lambda found: dict(enumerate(found)))


def test_two_clubs_with_one_go_between() -> None:
    """Two triangles, 2 - 3 between them: of the nine pairs across, all pass 2 - 3."""
    ties = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (2, 3)]
    found = communities(ties)
    assert found.members() == {0: [0, 1, 2], 1: [3, 4, 5]}
    assert found.modularity == pytest.approx(6 / 7 - 2 * (7 / 14) ** 2)
    between, is_exact = betweenness_between(found.membership, ties)
    # Node 2 lies between 0, 1 and 3, 4, 5: six of the six pairs across that it is no end of.
    assert (between[2], between[3], between[0], is_exact) == (1.0, 1.0, 0.0, True)
    assert participation(found.membership, ties)[2] == pytest.approx(1 - (2 / 3) ** 2 - (1 / 3) ** 2)


def test_frustration_by_hand() -> None:
    found = frustration({0: 0, 1: 0, 2: 1, 3: 1}, [(0, 1), (2, 3), (1, 2)], [(0, 2), (3, 2), (9, 0)])
    assert (found.positive_across, found.negative_inside, found.ties) == (1, 1, 5)
    assert found.share == pytest.approx(0.4)
    assert frustration({}, [], []).share is None


@given(BLOCS, TIES, TIES)
def test_frustration_as_defined(
    membership: dict[int, int], positive: set[tuple[int, int]], negative: set[tuple[int, int]]
) -> None:
    wrong = sum(membership[u] != membership[v] for u, v in positive)
    wrong += sum(membership[u] == membership[v] for u, v in negative)
    share = frustration(membership, positive, negative).share
    assert share is None if not positive | negative else share == pytest.approx(wrong / (len(positive) + len(negative)))


@given(BLOCS, TIES)
def test_participation_as_defined(membership: dict[int, int], ties: set[tuple[int, int]]) -> None:
    for node, value in participation(membership, ties).items():
        others = [v if u == node else u for u, v in ties if node in (u, v)]
        shares = [sum(membership[other] == bloc for other in others) / len(others) for bloc in range(3)]
        assert value == pytest.approx(1 - sum(share**2 for share in shares))
        assert 0 <= value < 1


@settings(max_examples=60, deadline=None)
@given(BLOCS, TIES)
def test_betweenness_counts_paths_across(membership: dict[int, int], ties: set[tuple[int, int]]) -> None:
    graph: nx.Graph[int] = nx.Graph(sorted(ties))
    found, is_exact = betweenness_between(membership, ties)
    assert is_exact
    assert found.keys() == set(graph)
    for node in graph:
        pairs = [
            (s, t) for s in graph for t in graph if s < t and node not in (s, t) and membership[s] != membership[t]
        ]
        passed = 0.0
        for s, t in pairs:
            if nx.has_path(graph, s, t):
                paths = list(nx.all_shortest_paths(graph, s, t))
                passed += sum(node in path for path in paths) / len(paths)
        assert found[node] == pytest.approx(passed / len(pairs) if pairs else 0.0)


def test_a_sample_says_that_it_is_one() -> None:
    ties = [(node, node + 1) for node in range(600)]
    membership = {node: node % 2 for node in range(601)}
    exact, _ = betweenness_between(membership, ties)
    sampled, is_exact = betweenness_between(membership, ties, steps=10)
    assert not is_exact
    assert sampled[300] == pytest.approx(exact[300], rel=0.05)


@settings(max_examples=40, deadline=None)
@given(TIES, st.integers(0, 3))
def test_communities_partition_and_repeat(ties: set[tuple[int, int]], seed: int) -> None:
    found = communities(ties, seed=seed)
    assert found == communities(sorted(ties, reverse=True), seed=seed)
    assert found.membership.keys() == {node for pair in ties for node in pair}
    sizes = [len(members) for members in found.members().values()]
    assert sizes == sorted(sizes, reverse=True)
    if ties:
        blocs = [set(members) for members in found.members().values()]
        assert found.modularity == pytest.approx(nx.community.modularity(nx.Graph(sorted(ties)), blocs))


def test_communities_leave_the_common_generator_alone() -> None:
    random.seed(5)
    before = random.getstate()
    communities([(0, 1), (1, 2)], seed=3)
    assert random.getstate() == before


@pytest.mark.parametrize("resolution", [0.0, -1.0, float("nan")])
def test_a_resolution_is_above_nought(resolution: float) -> None:
    with pytest.raises(QueryError, match="a resolution lies above 0"):
        communities([(0, 1)], resolution=resolution)
