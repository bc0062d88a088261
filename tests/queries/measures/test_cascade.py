"""The cascade on a graph worked out by hand, and against a naive fixed point."""

from hypothesis import given
from hypothesis import strategies as st

from queries.measures.cascade import cascade, largest_component, unmet

NODES = st.integers(0, 9)
NEEDS = st.dictionaries(NODES, st.lists(st.sets(NODES, max_size=3), max_size=3), max_size=10)

# 1 chip: memory from 2 or 3, and lithography 4. 5 cluster: chip 1, power 6. 7 model: cluster 5 or 8.
BY_HAND = {1: [[2, 3], [4]], 5: [[1], [6]], 7: [[5, 8]]}


def naive(
    needs: dict[int, list[set[int]]], removed: set[int], cut: dict[int, set[int]], standing: set[int]
) -> dict[int, int]:
    steps = dict.fromkeys(removed, 0)
    step = 0
    while True:
        step += 1
        gone = {node for node, at in steps.items() if at == 0 or node not in standing}
        new = {
            node
            for node, own in needs.items()
            if node not in steps and any(need and need <= gone | cut.get(node, set()) for need in own)
        }
        if not new:
            return steps
        steps.update(dict.fromkeys(new, step))


def test_by_hand() -> None:
    assert cascade(BY_HAND, [2]) == {2: 0}
    assert cascade(BY_HAND, [2, 3]) == {2: 0, 3: 0, 1: 1, 5: 2}
    assert cascade(BY_HAND, [4, 8]) == {4: 0, 8: 0, 1: 1, 5: 2, 7: 3}


def test_what_stands_is_hit_and_goes_on_serving() -> None:
    assert cascade(BY_HAND, [4], standing={1}) == {4: 0, 1: 1}
    assert cascade(BY_HAND, [1], standing={1}) == {1: 0, 5: 1}


def test_a_source_can_be_cut_off_from_one_alone() -> None:
    needs = {1: [[9]], 2: [[9]], 3: [[1]]}
    assert cascade(needs, [], cut={1: {9}}) == {1: 1, 3: 2}


def test_a_circle_keeps_itself_alive_until_it_is_broken() -> None:
    circle = {1: [[2]], 2: [[3]], 3: [[1]]}
    assert cascade(circle, []) == {}
    assert cascade(circle, [2]) == {2: 0, 1: 1, 3: 2}


def test_a_need_without_sources_is_unknown() -> None:
    assert cascade({1: [[]]}, [2]) == {2: 0}
    assert unmet([[], [2]], {2}) == [1]


@given(
    NEEDS, st.sets(NODES, max_size=4), st.dictionaries(NODES, st.sets(NODES, max_size=3), max_size=3), st.sets(NODES)
)
def test_against_the_definition(
    needs: dict[int, list[set[int]]], removed: set[int], cut: dict[int, set[int]], standing: set[int]
) -> None:
    assert cascade(needs, removed, cut=cut, standing=standing) == naive(needs, removed, cut, standing)


@given(NEEDS, st.sets(NODES, max_size=3), NODES)
def test_to_remove_more_never_saves_anybody(needs: dict[int, list[set[int]]], removed: set[int], more: int) -> None:
    assert cascade(needs, removed).keys() <= cascade(needs, {*removed, more}).keys()


@given(st.lists(st.tuples(NODES, NODES), max_size=15), st.sets(NODES))
def test_largest_component_against_networkx(arcs: list[tuple[int, int]], gone: set[int]) -> None:
    import networkx as nx

    graph = nx.Graph(arcs)
    graph.remove_nodes_from(gone)
    assert largest_component(arcs, gone) == max(map(len, nx.connected_components(graph)), default=0)
