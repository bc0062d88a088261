"""Removal effects against brute force, dominators against the enumeration of paths, betweenness against networkx."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.measures import chokepoints as measures
from queries.measures.cascade import cascade
from queries.measures.chokepoints import betweenness, dominated, gates, immediate_dominators, removal_effects

NODES = st.integers(0, 9)
NEEDS = st.dictionaries(NODES, st.lists(st.sets(NODES, max_size=3), max_size=3), max_size=10)
ARCS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=16)

# 0 a country, 1 and 2 its labs, 3 the foundry of both, 4 its tool maker, 5 and 6 two sources of light.
BY_HAND = [(0, 1), (0, 2), (1, 3), (2, 3), (3, 4), (4, 5), (4, 6)]


def brute(needs: dict[int, list[set[int]]], standing: set[int], among: set[int] | None) -> dict[int, int]:
    nodes = {*needs, *(source for own in needs.values() for need in own for source in need)}
    found = {}
    for node in nodes:
        lost = cascade(needs, [node], standing=standing).keys() - {node}
        count = len(lost if among is None else lost & among)
        if count:
            found[node] = count
    return found


def test_removal_effects_by_hand() -> None:
    needs = {1: [[3]], 2: [[3], [5, 6]], 3: [[4]]}
    assert removal_effects(needs) == {4: 3, 3: 2}
    assert removal_effects(needs, standing={3}) == {3: 2, 4: 1}
    assert removal_effects(needs, among={1}) == {3: 1, 4: 1}
    assert removal_effects({}) == {}


@given(NEEDS, st.sets(NODES), st.none() | st.sets(NODES))
def test_removal_effects_against_brute_force(
    needs: dict[int, list[set[int]]], standing: set[int], among: set[int] | None
) -> None:
    assert removal_effects(needs, standing=standing, among=among) == brute(needs, standing, among)


@given(NEEDS)
def test_blocks_make_no_difference(needs: dict[int, list[set[int]]]) -> None:
    whole = removal_effects(needs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measures, "_BLOCK", 2)
        assert removal_effects(needs) == whole


def test_many_dependents_are_counted_exactly() -> None:
    needs = {node: [[node - 1]] for node in range(1, 400)}
    assert removal_effects(needs) == {node: 399 - node for node in range(399)}


def test_dominators_by_hand() -> None:
    above = immediate_dominators(BY_HAND, 0)
    assert above == {1: 0, 2: 0, 3: 0, 4: 3, 5: 4, 6: 4}
    assert dominated(above) == {0: 6, 3: 3, 4: 2}
    assert gates(BY_HAND, 0) == [3, 4]
    assert gates([], 0) == []
    assert gates([(0, 1), (1, 0)], 0) == []


@given(ARCS)
def test_dominators_against_the_enumeration_of_paths(arcs: list[tuple[int, int]]) -> None:
    graph = nx.DiGraph(arcs)
    graph.add_node(0)
    above = immediate_dominators(arcs, 0)
    assert above.keys() == nx.descendants(graph, 0)
    below = dominated(above)
    for node in graph:
        only = 0
        for target in above:
            paths = list(nx.all_simple_paths(graph, 0, target))
            only += target != node and all(node in path for path in paths)
        assert below.get(node, 0) == only


@given(ARCS)
def test_gates_against_the_enumeration_of_paths(arcs: list[tuple[int, int]]) -> None:
    graph = nx.DiGraph(arcs)
    graph.add_node(0)
    ends = [node for node in nx.descendants(graph, 0) if not graph.out_degree(node)]
    paths = [path for end in ends for path in nx.all_simple_paths(graph, 0, end)]
    common = set(paths[0]).intersection(*paths) - {0} if paths else set()
    assert set(gates(arcs, 0)) == common


@given(ARCS)
def test_betweenness_against_networkx(arcs: list[tuple[int, int]]) -> None:
    values, is_exact = betweenness(arcs)
    graph = nx.DiGraph([arc for arc in arcs if arc[0] != arc[1]])
    assert is_exact
    assert values == pytest.approx(nx.betweenness_centrality(graph))


def test_a_sample_of_all_is_exact() -> None:
    exact, _ = betweenness(BY_HAND)
    sampled, is_exact = betweenness(BY_HAND, steps=0)
    assert not is_exact
    assert sampled == pytest.approx(exact)
