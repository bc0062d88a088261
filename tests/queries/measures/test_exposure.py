"""Exposure by hand, and against the inverse of a dense matrix."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from queries.measures.exposure import exposure

NODES = st.integers(0, 5)
WEIGHTS = st.dictionaries(st.tuples(NODES, NODES), st.floats(0.1, 10), max_size=15)


def test_by_hand() -> None:
    # Of two units half goes to each of 2 and 3; both depend on 4 alone; a half is passed on at each hop.
    found = exposure({(1, 2): 3.0, (1, 3): 3.0, (2, 4): 1.0, (3, 4): 9.0}, {1: 2.0}, damping=0.5)
    assert found == pytest.approx({1: 2.0, 2: 0.5, 3: 0.5, 4: 0.5})


def test_a_circle_converges() -> None:
    assert exposure({(1, 2): 1.0, (2, 1): 1.0}, {1: 1.0}, damping=0.5) == pytest.approx({1: 4 / 3, 2: 2 / 3})


def test_nothing_flows_nowhere() -> None:
    assert exposure({}, {}) == {}
    assert exposure({(1, 2): 1.0}, {3: 1.0}) == {3: 1.0}


@pytest.mark.parametrize("damping", [0.0, 1.0, 1.5])
def test_a_sum_that_does_not_converge_is_refused(damping: float) -> None:
    with pytest.raises(QueryError, match="between 0 and 1"):
        exposure({(1, 2): 1.0}, {1: 1.0}, damping=damping)


@given(WEIGHTS, st.dictionaries(NODES, st.floats(0, 5), min_size=1), st.floats(0.05, 0.95))
def test_against_the_leontief_inverse(
    weights: dict[tuple[int, int], float], demand: dict[int, float], damping: float
) -> None:
    matrix = np.zeros((6, 6))
    for (u, v), weight in weights.items():
        matrix[u, v] = weight
    sums = matrix.sum(axis=1, keepdims=True)
    matrix = np.divide(matrix, sums, out=np.zeros_like(matrix), where=sums > 0)
    vector = np.array([demand.get(node, 0.0) for node in range(6)])
    expected = vector @ np.linalg.inv(np.eye(6) - damping * matrix)
    found = exposure(weights, demand, damping=damping)
    assert [found.get(node, 0.0) for node in range(6)] == pytest.approx(expected, abs=1e-8)
