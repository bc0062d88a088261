from itertools import combinations
from math import hypot

import pytest

from queries.layout import positions


def test_the_same_graph_lies_the_same_way() -> None:
    edges = [(i, (i * 5 + 1) % 200) for i in range(200)]
    turned = [(b, a) for a, b in reversed(edges)]
    assert positions([10.0] * 200, edges) == positions([10.0] * 200, turned)


def test_one_component_does_not_cover_another() -> None:
    edges = [(0, 1), (1, 2), (3, 4), (5, 6), (6, 7)]
    places = positions([20.0] * 9, edges)
    parts = [[places[i] for i in part] for part in ((0, 1, 2), (3, 4), (5, 6, 7), (8,))]
    for one, other in combinations(parts, 2):
        assert all(hypot(a[0] - b[0], a[1] - b[1]) > 40 for a in one for b in other)


@pytest.mark.parametrize("count", [2, 30, 400])
def test_discs_hardly_overlap(count: int) -> None:
    edges = [(i, i // 3) for i in range(1, count)]
    places = positions([12.0] * count, edges)
    overlaps = sum(hypot(a[0] - b[0], a[1] - b[1]) < 22 for a, b in combinations(places, 2))
    assert overlaps <= count // 50


def test_loops_and_repeated_edges_are_harmless() -> None:
    assert positions([5.0, 5.0], [(0, 0), (0, 1), (0, 1), (1, 0)]) == positions([5.0, 5.0], [(0, 1)])
