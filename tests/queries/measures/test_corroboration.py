from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from queries.measures.corroboration import independent

ARTICLES = st.lists(st.tuples(st.sampled_from(["", "a", "b", "c"]), st.integers(0, 3)), max_size=7).map(
    lambda found: [(place, publisher, cluster) for place, (publisher, cluster) in enumerate(found)]
)


def are_independent(chosen: tuple[tuple[int, str, int], ...]) -> bool:
    publishers = [publisher for _, publisher, _ in chosen if publisher]
    clusters = [cluster for _, _, cluster in chosen]
    return len(set(publishers)) == len(publishers) and len(set(clusters)) == len(clusters)


@given(ARTICLES)
def test_no_larger_choice_is_independent(articles: list[tuple[int, str, int]]) -> None:
    found = independent(articles)
    counting = tuple(one for one in articles if found[one[0]] is None)
    assert are_independent(counting)
    sizes = [n for n in range(len(articles) + 1) if any(are_independent(some) for some in combinations(articles, n))]
    assert len(counting) == max(sizes)
    by_article = {one[0]: one for one in articles}
    for article, instead in found.items():
        if instead is not None:
            assert found[instead] is None
            assert not are_independent((by_article[article], by_article[instead]))


def test_nothing_has_no_source() -> None:
    assert independent([]) == {}
