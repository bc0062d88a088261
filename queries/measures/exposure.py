"""Exposure that looks through intermediaries, as a Leontief inverse of documented dependence."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["DAMPING", "exposure"]

DAMPING: Final = 0.85
_ENOUGH: Final = 1e-12


def exposure(
    weights: Mapping[tuple[int, int], float], demand: Mapping[int, float], *, damping: float = DAMPING
) -> dict[int, float]:
    r"""Direct and indirect dependence on each node.

    .. math:: x = d\,(I - \alpha A)^{-1} = d \sum_{k \ge 0} \alpha^k A^k

    where :math:`A_{uv}` is the weight of "u depends on v" over all weights of u, and :math:`\alpha` the damping. As
    :math:`\alpha < 1` and no row of A sums to more than 1, the sum converges, cycles included, to at most
    :math:`1 / (1 - \alpha)` a unit of demand.

    Parameters
    ----------
    weights : mapping of (int, int) to float
        (dependent, provider) -> weight above 0; evidence counts unless the caller says otherwise.
    demand : mapping of int to float
        Where the demand arises, at least 0 each.
    damping : float
        In (0, 1): the share of an exposure that is passed on.

    Returns
    -------
    dict
        Node -> exposure, its own demand included; nodes that nothing flows to are left out.

    Raises
    ------
    QueryError
        The damping lies outside (0, 1).

    References
    ----------
    Leontief (1936), Review of Economics and Statistics 18(3), doi:10.2307/1927837.
    Katz (1953), Psychometrika 18(1), doi:10.1007/BF02289026 (the damped sum over chains).

    Examples
    --------
    Of the lab's dependence half goes to the foundry; the foundry depends on the tool maker alone.

    >>> exposure({(1, 2): 1.0, (1, 3): 1.0, (2, 4): 5.0}, {1: 1.0}, damping=0.5)
    {1: 1.0, 2: 0.25, 3: 0.25, 4: 0.125}
    """
    import numpy as np

    if not 0.0 < damping < 1.0:
        raise QueryError(f"a damping lies between 0 and 1, not at {damping:g}")
    nodes = sorted({node for pair in weights for node in pair} | set(demand))
    if not nodes:
        return {}
    places = {node: place for place, node in enumerate(nodes)}
    pairs = sorted(weights)
    sources = np.array([places[u] for u, _ in pairs], dtype=np.int64)
    targets = np.array([places[v] for _, v in pairs], dtype=np.int64)
    values = np.array([weights[pair] for pair in pairs], dtype=float)
    sums = np.bincount(sources, weights=values, minlength=len(nodes))
    passed = damping * values / sums[sources]
    flow: NDArray[np.float64] = np.zeros(len(nodes))
    for node, amount in demand.items():
        flow[places[node]] = amount
    total = flow.copy()
    while flow.sum() > _ENOUGH:
        flow = np.bincount(targets, weights=flow[sources] * passed, minlength=len(nodes)).astype(np.float64)
        total += flow
    return {node: float(value) for node, value in zip(nodes, total, strict=True) if value > 0}
