"""What falls when something is taken away: AND over needs, OR over sources.

A *need* is the collection of its sources, of which one is enough; a dependent needs all of its needs. Nodes are
integers. A need without sources is unknown, not unmet: it never makes its dependent fall.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

__all__ = ["Requirements", "cascade", "largest_component", "unmet"]

Requirements = Mapping[int, Sequence[Collection[int]]]  # dependent -> its needs, each the sources that meet it


def cascade(
    requirements: Requirements,
    removed: Iterable[int],
    *,
    cut: Mapping[int, Collection[int]] | None = None,
    standing: Collection[int] = frozenset(),
) -> dict[int, int]:
    r"""Who loses a need when the removed are gone, and at which step.

    With :math:`R` the removed and :math:`C_u` the sources cut off from :math:`u`,

    .. math:: F_0 = R, \quad
        F_{t+1} = F_t \cup \{u : \exists\, N \in \mathrm{needs}(u): \emptyset \ne N \subseteq F'_t \cup C_u\}

    where :math:`F'_t` is :math:`F_t` without those that stand. The sequence grows and ends in the least fixed point:
    nodes that keep only one another alive go on standing, since no article says that they stop.

    Parameters
    ----------
    requirements : mapping
        Dependent -> needs.
    removed : iterable of int
    cut : mapping, optional
        Dependent -> sources that no longer serve it, though they serve others.
    standing : collection of int
        Nodes that are hit but go on serving others: a country that loses a supplier does not cease. Removed ones
        fall all the same.

    Returns
    -------
    dict
        Node -> step, in the order of the steps: 0 for the removed, 1 for who loses a need by that, and so on.

    References
    ----------
    Dowling and Gallier (1984), J. Logic Programming 1(3), doi:10.1016/0743-1066(84)90014-1 (the linear-time
    propagation). Buldyrev et al. (2010), Nature 464, doi:10.1038/nature08932 (cascades of interdependence).

    Examples
    --------
    A chip needs one of two memories and its only lithography tool.

    >>> needs = {1: [[2, 3], [4]], 5: [[1]]}
    >>> cascade(needs, [2])
    {2: 0}
    >>> cascade(needs, [4])
    {4: 0, 1: 1, 5: 2}
    """
    served: dict[int, list[tuple[int, int]]] = defaultdict(list)
    left: dict[tuple[int, int], int] = {}
    for dependent, needs in requirements.items():
        for place, sources in enumerate(needs):
            distinct = set(sources)
            left[dependent, place] = len(distinct)
            for source in distinct:
                served[source].append((dependent, place))
    steps = dict.fromkeys(sorted(set(removed)), 0)
    front = list(steps)
    cut = cut or {}
    empty: set[int] = set()
    for dependent, blocked in cut.items():
        for place, sources in enumerate(requirements.get(dependent, ())):
            gone = len(set(sources) & set(blocked))
            left[dependent, place] -= gone
            if gone and not left[dependent, place]:
                empty.add(dependent)
    step = 1
    while front or empty:
        for source in front:
            for dependent, place in served.get(source, ()):
                if source in cut.get(dependent, ()):
                    continue
                left[dependent, place] -= 1
                if not left[dependent, place]:
                    empty.add(dependent)
        fallen = sorted(node for node in empty if node not in steps)
        steps.update(dict.fromkeys(fallen, step))
        front = [node for node in fallen if node not in standing]
        empty = set()
        step += 1
    return steps


def unmet(needs: Sequence[Collection[int]], gone: Collection[int]) -> list[int]:
    """Places of the needs of which every source is gone; a need without sources is not among them.

    >>> unmet([[1, 2], [1], []], {1})
    [1]
    """
    return [place for place, sources in enumerate(needs) if sources and all(s in gone for s in sources)]


def largest_component(arcs: Iterable[tuple[int, int]], gone: Collection[int] = frozenset()) -> int:
    """Nodes of the largest weakly connected part that is left, ends of arcs alone; 0 for nothing.

    >>> largest_component([(1, 2), (2, 3), (4, 5)]), largest_component([(1, 2), (2, 3)], {2})
    (3, 1)
    """
    root: dict[int, int] = {}

    def find(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for one, other in arcs:
        for node in (one, other):
            if node not in gone:
                root.setdefault(node, node)
        if one not in gone and other not in gone:
            root[find(one)] = find(other)
    sizes: dict[int, int] = defaultdict(int)
    for node in root:
        sizes[find(node)] += 1
    return max(sizes.values(), default=0)
