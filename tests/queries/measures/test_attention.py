import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.measures.attention import rank_residuals, rank_shares

VALUES = st.dictionaries(st.integers(0, 20), st.integers(0, 9).map(float), min_size=1)


def test_a_rank_above_what_attention_lets_expect() -> None:
    """Ranks 1, 0.5, 0 against attention 0, 0.5, 1: the line falls, all lie on it."""
    assert rank_residuals({1: 3.0, 2: 2.0, 3: 1.0}, {1: 1, 2: 5, 3: 9}) == pytest.approx({1: 0, 2: 0, 3: 0})
    found = rank_residuals({1: 3.0, 2: 2.0, 3: 1.0}, {1: 4, 2: 4, 3: 4})
    assert found == pytest.approx({1: 0.5, 2: 0.0, 3: -0.5})


def test_nothing_and_one() -> None:
    assert rank_residuals({}, {}) == {}
    assert rank_residuals({7: 1.0}, {}) == {7: 0.0}


@given(st.lists(st.integers(0, 5), min_size=2))
def test_ranks_are_means_over_equals(values: list[int]) -> None:
    for value, share in zip(values, rank_shares(values), strict=True):
        below = sum(other < value for other in values)
        equal = sum(other == value for other in values) - 1
        assert share == pytest.approx((below + equal / 2) / (len(values) - 1))


@given(VALUES, VALUES)
def test_residuals_of_least_squares(values: dict[int, float], attention: dict[int, float]) -> None:
    found = rank_residuals(values, attention)
    assert sum(found.values()) == pytest.approx(0, abs=1e-9)
    assert all(-1 < residual < 1 for residual in found.values())
    order = sorted(values)
    ranks = np.array(rank_shares([values[entity] for entity in order]))
    heeds = np.array(rank_shares([attention.get(entity, 0) for entity in order]))
    design = np.column_stack([np.ones_like(heeds), heeds])
    fitted = design @ np.linalg.lstsq(design, ranks, rcond=None)[0]
    assert [found[entity] for entity in order] == pytest.approx(list(ranks - fitted), abs=1e-9)
