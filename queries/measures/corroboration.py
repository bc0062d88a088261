"""How many of several articles are independent of one another, and which."""

from collections.abc import Hashable, Iterable

__all__ = ["independent"]


def independent(articles: Iterable[tuple[int, str, Hashable]]) -> dict[int, int | None]:
    """Choose as many articles as can be of which no two are near-copies and no two have one publisher.

    A maximum matching of near-copies to publishers: each cluster of near-copies counts once and each publisher counts
    once, and no choice that keeps to this is larger.

    Parameters
    ----------
    articles : iterable of (int, str, hashable)
        Article, its publisher, and the cluster of its near-copies. The first are preferred, so that the article that
        came first counts, not its reprint. An article whose publisher is not known has an empty one and counts as a
        publisher of its own.

    Returns
    -------
    dict
        Article -> None where it counts; else the article that counts in its place: of the same publisher or the same
        near-copies.

    References
    ----------
    Kuhn (1955), Naval Research Logistics Quarterly 2(1-2), doi:10.1002/nav.3800020109 (matching by augmenting paths).

    Examples
    --------
    A wire report, its reprint, and a second report by the wire: the reprint can stand in for the first.

    >>> independent([(1, "Wire", "a"), (2, "Daily", "a"), (3, "Wire", "b")])
    {1: 3, 2: None, 3: None}
    >>> independent([(1, "Wire", "a"), (2, "Daily", "a")])
    {1: None, 2: 1}
    """
    known = [(article, publisher or f"\x00{article}", cluster) for article, publisher, cluster in articles]
    by_publisher: dict[str, list[tuple[int, Hashable]]] = {}
    for article, publisher, cluster in known:
        by_publisher.setdefault(publisher, []).append((article, cluster))
    taken: dict[Hashable, tuple[str, int]] = {}  # cluster -> the publisher and article that count for it

    def place(publisher: str, tried: set[Hashable]) -> bool:
        for article, cluster in by_publisher[publisher]:
            if cluster not in tried:
                tried.add(cluster)
                if cluster not in taken or place(taken[cluster][0], tried):
                    taken[cluster] = publisher, article
                    return True
        return False

    for publisher in by_publisher:
        place(publisher, set())
    counting = {article for _, article in taken.values()}
    of_publisher = dict(taken.values())
    return {
        article: None if article in counting else of_publisher.get(publisher, taken.get(cluster, ("", article))[1])
        for article, publisher, cluster in known
    }
