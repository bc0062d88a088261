"""Concentration on shares worked out by hand, and its bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from queries.measures.concentration import concentration, grouped, hhi, suppliers_to

WEIGHTS = st.lists(st.floats(0.01, 100), min_size=1, max_size=12)


def shares_of(weights: list[float]) -> list[float]:
    return [weight / sum(weights) for weight in weights]


def test_by_hand() -> None:
    assert hhi([0.6, 0.3, 0.1]) == pytest.approx(0.46)
    found = concentration([1, 2, 3], {1: 0.6, 2: 0.3, 3: 0.1})
    assert (found.basis, found.points, found.is_high, found.to_three_quarters) == ("share", 4600, True, 2)
    assert found.largest() == (1, 0.6)


def test_the_mark_is_above_1800_points() -> None:
    assert not concentration([1, 2, 3, 4, 5, 6]).is_high
    assert concentration([1, 2, 3, 4, 5]).is_high
    assert not concentration([1, 2], {1: 0.42426406871192851, 2: 0.0}).is_high


def test_counts_give_no_countries_to_three_quarters() -> None:
    found = concentration([1, 2])
    assert (found.basis, found.to_three_quarters) == ("count", None)


@pytest.mark.parametrize("stated", [{1: 0.5}, {1: 0.9, 2: 0.9}, {}])
def test_shares_that_are_partial_or_contradict_one_another_are_not_used(stated: dict[int, float]) -> None:
    assert concentration([1, 2], stated).basis == "count"


def test_a_rest_stays_a_rest() -> None:
    found = concentration([1, 2], {1: 0.5, 2: 0.1})
    assert found.rest == pytest.approx(0.4)
    assert found.to_three_quarters is None
    assert found.index == pytest.approx(0.26)


def test_home_countries_take_the_shares_of_their_suppliers() -> None:
    found = grouped(concentration([1, 2, 3], {1: 0.5, 2: 0.3, 3: 0.2}), {1: 7, 2: 8, 3: 7})
    assert found.shares == pytest.approx({7: 0.7, 8: 0.3})
    assert grouped(concentration([1, 2]), {1: 7}).shares == {7: 0.5}


@pytest.mark.parametrize("shares", [[-0.1, 0.5], [0.9, 0.9]])
def test_what_are_no_shares_is_refused(shares: list[float]) -> None:
    with pytest.raises(QueryError, match="sum to at most 1"):
        hhi(shares)


@given(WEIGHTS)
def test_bounds(weights: list[float]) -> None:
    index = hhi(shares_of(weights))
    assert 1 / len(weights) - 1e-9 <= index <= 1.0


@given(WEIGHTS)
def test_a_merger_never_lowers_it(weights: list[float]) -> None:
    shares = shares_of(weights)
    assert hhi([sum(shares[:2]), *shares[2:]]) >= hhi(shares) - 1e-12


@given(WEIGHTS, st.floats(0.05, 1.0))
def test_the_fewest_suppliers_against_all_subsets(weights: list[float], mark: float) -> None:
    from itertools import combinations

    shares = shares_of(weights)[:8]
    naive = next(
        (n for n in range(1, len(shares) + 1) for c in combinations(shares, n) if sum(c) >= mark - 1e-9),
        None,
    )
    assert suppliers_to(shares, mark) == naive
