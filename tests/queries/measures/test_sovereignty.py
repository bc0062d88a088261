from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from queries.measures.sovereignty import layer_share, overall

HOMES = st.lists(st.lists(st.integers(0, 5), max_size=3, unique=True), max_size=8)


def test_shares_by_hand() -> None:
    """One at home, one half at home and half with an ally, one abroad, one unknown."""
    found = layer_share([[1], [1, 2], [3], []], 1, {2})
    assert (found.dependences, found.known, found.coverage) == (4, 3, 0.75)
    assert found.own_share == pytest.approx(1.5 / 3)
    assert found.trusted_share == pytest.approx(2 / 3)
    assert found.foreign == {3: 1.0}


def test_no_data_is_no_nought() -> None:
    nothing, unknown = layer_share([], 1), layer_share([[]], 1)
    assert (nothing.own_share, nothing.trusted_share, nothing.coverage) == (None, None, None)
    assert (unknown.own_share, unknown.coverage) == (None, 0.0)


@given(HOMES, st.sets(st.integers(1, 5)))
def test_shares_as_defined(homes: list[list[int]], allies: set[int]) -> None:
    found = layer_share(homes, 0, allies)
    known = [own for own in homes if own]
    assert found.known == len(known)
    if known:
        own_share = sum(Fraction(own.count(0), len(own)) for own in known) / len(known)
        trusted = sum(Fraction(len({0, *allies} & set(own)), len(own)) for own in known) / len(known)
        assert found.own_share == pytest.approx(float(own_share))
        assert found.trusted_share == pytest.approx(float(trusted))
        assert found.domestic + found.allied + sum(found.foreign.values()) == pytest.approx(len(known))


def test_the_minimum_is_of_layers_with_data() -> None:
    found = overall({"chips": 0.0, "cloud": 1.0, "law": None, "energy": 0.0}, {"cloud": 2.0})
    assert (found.minimum, found.weakest, found.with_data, found.layers) == (0.0, ("chips", "energy"), 3, 4)
    assert found.mean == pytest.approx(0.5)
    assert overall({"chips": None}).minimum is None
    assert overall({"chips": 0.5}, {"chips": 0.0}).mean is None


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.none() | st.floats(0, 1)),
    st.dictionaries(st.just("a"), st.floats(0.5, 3)),
)
def test_the_mean_lies_above_the_minimum(shares: dict[str, float | None], weights: dict[str, float]) -> None:
    given_weights = weights if "a" in shares else {}
    found = overall(shares, given_weights)
    known = [share for share in shares.values() if share is not None]
    assert found.with_data == len(known)
    if known:
        assert found.minimum == min(known)
        assert found.mean is not None
        assert min(known) - 1e-9 <= found.mean <= max(known) + 1e-9


def test_weights_are_of_layers() -> None:
    with pytest.raises(QueryError, match="no layer is called 'chip'; there are chips"):
        overall({"chips": 0.0}, {"chip": 1.0})
    with pytest.raises(QueryError, match="the weight of chips is at least 0, not -1"):
        overall({"chips": 0.0}, {"chips": -1.0})
