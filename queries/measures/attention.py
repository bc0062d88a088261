"""Centrality with the attention of the press taken out."""

from collections.abc import Mapping, Sequence

__all__ = ["rank_residuals", "rank_shares"]


def rank_shares(values: Sequence[float]) -> list[float]:
    """The rank of each value as a share: 1 for the greatest, 0 for the least, equal values share a rank.

    Parameters
    ----------
    values : sequence of float

    Returns
    -------
    list of float
        In [0, 1], in the order of the values; 0.5 for a single value.

    Examples
    --------
    >>> rank_shares([10, 30, 20]), rank_shares([1, 1, 5])
    ([0.0, 1.0, 0.5], [0.25, 0.25, 1.0])
    """
    count = len(values)
    if count == 1:
        return [0.5]
    order = sorted(range(count), key=lambda place: values[place])
    shares = [0.0] * count
    start = 0
    while start < count:
        end = start
        while end < count and values[order[end]] == values[order[start]]:
            end += 1
        for place in order[start:end]:
            shares[place] = (start + end - 1) / 2 / (count - 1)
        start = end
    return shares


def rank_residuals(values: Mapping[int, float], attention: Mapping[int, float]) -> dict[int, float]:
    r"""How much higher an entity ranks than others that are written about as much.

    .. math:: e_i = r(c_i) - \hat a - \hat b \, r(m_i)

    where :math:`r` is the rank as a share (`rank_shares`), :math:`c` the centrality, :math:`m` the number of articles
    that mention the entity, and :math:`\hat a, \hat b` are fitted by least squares.

    Parameters
    ----------
    values : mapping of int to float
        Centrality by entity. Values that differ by less than 1e-9 count as equal, so that the last digit of a sum
        decides no rank.
    attention : mapping of int to float
        Articles that mention the entity; 0 where it is left out.

    Returns
    -------
    dict
        Entity -> residual in (-1, 1), a residual and no score: above 0 where the entity ranks higher than its
        attention lets expect. The residuals add up to 0. Where all have the same attention, the rank less its mean.

    References
    ----------
    Conover and Iman (1981), The American Statistician 35(3), doi:10.1080/00031305.1981.10479327 (regression on ranks).

    Examples
    --------
    The tool maker is written about least and is as central as the lab.

    >>> residuals = rank_residuals({1: 0.5, 2: 0.2, 3: 0.5}, {1: 90, 2: 40, 3: 10})
    >>> {entity: round(value, 3) for entity, value in residuals.items()}
    {1: 0.25, 2: -0.5, 3: 0.25}
    """
    entities = sorted(values)
    if not entities:
        return {}
    ranks = rank_shares([round(values[entity], 9) for entity in entities])
    heeds = rank_shares([attention.get(entity, 0) for entity in entities])
    mean_rank, mean_heed = sum(ranks) / len(ranks), sum(heeds) / len(heeds)
    spread = sum((heed - mean_heed) ** 2 for heed in heeds)
    joint = sum((rank - mean_rank) * (heed - mean_heed) for rank, heed in zip(ranks, heeds, strict=True))
    slope = joint / spread if spread else 0.0
    return {
        entity: rank - mean_rank - slope * (heed - mean_heed)
        for entity, rank, heed in zip(entities, ranks, heeds, strict=True)
    }
