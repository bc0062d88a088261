"""Judgements and the clusters derived from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.identity import Judgement, canonical_entities, judge, judgements, take_back
from kg.store import Store
from kg.terms import entity_iri

A, B, C = (entity_iri(name) for name in ("acme", "firm.acme", "firm.acme-corp"))


def decide(store: Store, one: str, other: str, verdict: str) -> Judgement:
    return judge(store, one, other, verdict, who="ann", when="2025-01-01T00:00:00Z")


def test_a_judgement_is_kept_once_a_pair_and_can_be_taken_back() -> None:
    store = Store()
    decide(store, B, A, "unsure")
    decide(store, A, B, "same")
    assert [(j.left, j.right, j.verdict) for j in judgements(store)] == [(A, B, "same")]
    assert take_back(store, B, A)
    assert not take_back(store, B, A)
    assert len(store) == 0


def test_the_known_entity_is_canonical() -> None:
    store = Store()
    decide(store, A, B, "same")
    decide(store, B, C, "same")
    assert canonical_entities(judgements(store)) == {B: A, C: A}


def test_what_was_judged_different_never_falls_into_one_cluster() -> None:
    store = Store()
    decide(store, A, B, "same")
    decide(store, B, C, "same")
    decide(store, A, C, "different")
    assert canonical_entities(judgements(store)) == {B: A}


@pytest.mark.parametrize("one, other, verdict", [(A, A, "same"), (A, B, "perhaps")])
def test_what_is_no_judgement_is_refused(one: str, other: str, verdict: str) -> None:
    with pytest.raises(QueryError):
        decide(Store(), one, other, verdict)


PAIRS = st.lists(
    st.builds(
        lambda pair, verdict: Judgement(f"e/{min(pair)}", f"e/{max(pair)}", verdict, "x", "2025"),
        st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda p: p[0] != p[1]),
        st.sampled_from(["same", "different", "unsure"]),
    ),
    unique_by=lambda j: (j.left, j.right),
)


@given(PAIRS, st.randoms())
def test_clusters_do_not_depend_on_the_order_and_respect_every_difference(
    judged: list[Judgement], random_: object
) -> None:
    canonical = canonical_entities(judged)
    assert canonical_entities(list(reversed(judged))) == canonical
    for j in judged:
        if j.verdict == "different":
            assert canonical.get(j.left, j.left) != canonical.get(j.right, j.right)
    assert not set(canonical.values()) & set(canonical)
