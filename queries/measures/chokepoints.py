"""Where dependence must pass: removal effects, dominators, betweenness."""

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from queries.measures.cascade import Requirements

if TYPE_CHECKING:
    import igraph

__all__ = ["Arc", "betweenness", "dominated", "gates", "immediate_dominators", "removal_effects"]

Arc = tuple[int, int]

# Bits of one pass over the graph: larger takes fewer passes and more memory, an eighth of it in bytes a node.
_BLOCK: Final = 4096
# Steps (vertices times arcs) that exact betweenness may take: about two seconds.
_EXACT: Final = 4 * 10**8
_SAMPLE: Final = 256


def removal_effects(
    requirements: Requirements, *, standing: Collection[int] = frozenset(), among: Collection[int] | None = None
) -> dict[int, int]:
    r"""How many dependents are left without a documented source of some need when one node is taken away.

    Exact for every node at once. With :math:`D(u)` the nodes whose removal takes a need from u,

    .. math:: D(u) = \bigcup_{N \in \mathrm{needs}(u)} \bigcap_{s \in N} \big(\{s\} \cup D(s)\big)

    is the least solution, and the effect of v is the number of :math:`u \ne v` with :math:`v \in D(u)`: what
    :func:`queries.measures.cascade.cascade` finds for each v alone. The sets are bit fields, worked off in blocks.

    Parameters
    ----------
    requirements : mapping
        Dependent -> needs, each the sources of which one is enough.
    standing : collection of int
        Nodes that are hit but go on serving others.
    among : collection of int, optional
        Count only these dependents.

    Returns
    -------
    dict
        Node -> dependents lost, at least 1; nodes whose removal takes nothing from anybody are left out.

    References
    ----------
    Farrell and Newman (2019), International Security 44(1), doi:10.1162/isec_a_00351 (chokepoint effects). The
    single-need case is dominance: Lengauer and Tarjan (1979), doi:10.1145/357062.357071.

    Examples
    --------
    >>> removal_effects({1: [[2, 3], [4]], 5: [[1]]})
    {4: 2, 1: 1}
    """
    needs = _reduced(requirements)
    # Whose removal takes something away must be the only source of some need: everything else follows from that.
    candidates = sorted({next(iter(need)) for own in needs.values() for need in own if len(need) == 1})
    order = _providers_first(needs)
    users: dict[int, set[int]] = defaultdict(set)
    for dependent, own in needs.items():
        for need in own:
            for source in need:
                users[source].add(dependent)
    counts: Counter[int] = Counter()
    for start in range(0, len(candidates), _BLOCK):
        block = candidates[start : start + _BLOCK]
        hit = _hit_sets(needs, order, users, {node: 1 << place for place, node in enumerate(block)}, standing)
        for place, count in enumerate(_column_sums(hit, len(block), among)):
            if count:
                counts[block[place]] += count
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


_Needs = dict[int, list[frozenset[int]]]


def _reduced(requirements: Requirements) -> _Needs:
    """Distinct needs that have sources; one that its own dependent meets can never be taken from it."""
    needs: _Needs = {}
    for dependent, own in requirements.items():
        distinct = {frozenset(need) for need in own}
        kept = sorted((need for need in distinct if need and dependent not in need), key=lambda need: sorted(need))
        if kept:
            needs[dependent] = kept
    return needs


def _providers_first(needs: _Needs) -> list[int]:
    """Dependents in an order in which sources come before those they serve, cycles apart."""
    order: list[int] = []
    seen: set[int] = set()
    for root in needs:
        if root in seen:
            continue
        seen.add(root)
        stack = [(root, iter([s for need in needs[root] for s in need]))]
        while stack:
            node, sources = stack[-1]
            following = next((s for s in sources if s not in seen and s in needs), None)
            if following is None:
                order.append(node)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter([s for need in needs[following] for s in need])))
    return order


def _hit_sets(
    needs: _Needs,
    order: Sequence[int],
    users: Mapping[int, set[int]],
    bits: Mapping[int, int],
    standing: Collection[int],
) -> dict[int, int]:
    """Dependent -> the candidates whose removal takes a need from it, as a bit field; without its own bit."""
    falls = dict(bits)
    hit: dict[int, int] = {}
    waiting = deque(order)
    queued = set(order)
    while waiting:
        node = waiting.popleft()
        queued.discard(node)
        found = 0
        for need in needs[node]:
            common = -1
            for source in need:
                common &= falls.get(source, 0)
                if not common:
                    break
            found |= common
        own = bits.get(node, 0)
        found &= ~own
        if found == hit.get(node, 0):
            continue
        hit[node] = found
        if node in standing:
            continue
        falls[node] = found | own
        for user in users.get(node, ()):
            if user not in queued:
                queued.add(user)
                waiting.append(user)
    return hit


def _column_sums(fields: Mapping[int, int], width: int, among: Collection[int] | None) -> list[int]:
    import numpy as np

    totals = np.zeros(width, dtype=np.int64)
    alike = Counter(field for node, field in fields.items() if field and (among is None or node in among))
    size = (width + 7) // 8
    for field, number in alike.items():
        if field.bit_count() <= 8:
            while field:
                lowest = field & -field
                totals[lowest.bit_length() - 1] += number
                field ^= lowest
        else:
            octets = np.frombuffer(field.to_bytes(size, "little"), dtype=np.uint8)
            totals += np.unpackbits(octets, count=width, bitorder="little") * np.int64(number)
    return [int(total) for total in totals]


def immediate_dominators(arcs: Iterable[Arc], root: int) -> dict[int, int]:
    """For each node that the root reaches, the last node that every path to it passes before it.

    Parameters
    ----------
    arcs : iterable of (int, int)
        (u, v) reads "u depends on v".
    root : int
        Whose dependence is asked about.

    Returns
    -------
    dict
        Node -> its immediate dominator, in the order of the nodes; without the root and what it does not reach.

    References
    ----------
    Lengauer and Tarjan (1979), ACM TOPLAS 1(1), doi:10.1145/357062.357071

    Examples
    --------
    Two labs share a foundry; the foundry has one tool maker.

    >>> immediate_dominators([(0, 1), (0, 2), (1, 3), (2, 3), (3, 4)], 0)
    {1: 0, 2: 0, 3: 0, 4: 3}
    """
    pairs = sorted(set(arcs))
    nodes = sorted({node for pair in pairs for node in pair} | {root})
    places = {node: place for place, node in enumerate(nodes)}
    found = _graph(pairs, places).dominator(places[root], mode="out")
    # igraph writes -1 for the root, and no number for what the root does not reach.
    return {nodes[place]: nodes[int(above)] for place, above in enumerate(found) if above == above and above >= 0}


def dominated(immediate: Mapping[int, int]) -> dict[int, int]:
    """How many nodes each node dominates beside itself: what is reached over it alone.

    Parameters
    ----------
    immediate : mapping
        Node -> immediate dominator, as `immediate_dominators` gives it.

    Examples
    --------
    >>> dominated({1: 0, 2: 0, 3: 0, 4: 3})
    {0: 4, 3: 1}
    """
    below: dict[int, int] = defaultdict(int)
    waiting = Counter(immediate.values())
    leaves = deque(sorted(node for node in immediate if node not in waiting))
    while leaves:
        node = leaves.popleft()
        above = immediate.get(node)
        if above is None:
            continue
        below[above] += below.get(node, 0) + 1
        waiting[above] -= 1
        if not waiting[above]:
            leaves.append(above)
    return {node: below[node] for node in sorted(below)}


def gates(arcs: Iterable[Arc], root: int) -> list[int]:
    """The nodes that every documented chain from the root passes, nearest first.

    A chain ends where no further dependence is documented; chains that only run in circles end nowhere and count
    for nothing.

    Parameters
    ----------
    arcs : iterable of (int, int)
        (u, v) reads "u depends on v".
    root : int

    Examples
    --------
    >>> gates([(0, 1), (0, 2), (1, 3), (2, 3), (3, 4), (3, 5)], 0)
    [3]
    """
    pairs = sorted(set(arcs))
    inner = {u for u, _ in pairs}
    ends = sorted({v for _, v in pairs} - inner)
    if not ends:
        return []
    last = max(max(pair) for pair in pairs) + 1
    above = immediate_dominators([*pairs, *((end, last) for end in ends)], root)
    found = []
    node = above.get(last, root)
    while node != root:
        found.append(node)
        node = above[node]
    return found[::-1]


def betweenness(arcs: Iterable[Arc], *, steps: int = _EXACT) -> tuple[dict[int, float], bool]:
    r"""Share of the shortest chains between other nodes that pass a node, and whether it is exact.

    .. math:: c(v) = \frac{1}{(n-1)(n-2)} \sum_{s \ne v \ne t} \frac{\sigma(s,t \mid v)}{\sigma(s,t)}

    Parameters
    ----------
    arcs : iterable of (int, int)
        (u, v) reads "u depends on v". Arcs are one step long.
    steps : int
        Nodes times arcs up to which the value is exact. Above, chains are counted from every k-th node alone, about
        256 of them in the order of the nodes, and scaled up.

    Returns
    -------
    dict, bool
        Node -> value in [0, 1] where exact; True where it is exact.

    References
    ----------
    Brandes (2001), J. Math. Sociol. 25(2), doi:10.1080/0022250X.2001.9990249

    Examples
    --------
    >>> betweenness([(0, 1), (1, 2)])
    ({0: 0.0, 1: 0.5, 2: 0.0}, True)
    """
    pairs = sorted({pair for pair in arcs if pair[0] != pair[1]})
    nodes = sorted({node for pair in pairs for node in pair})
    count = len(nodes)
    graph = _graph(pairs, {node: place for place, node in enumerate(nodes)})
    scale = 1 / ((count - 1) * (count - 2)) if count > 2 else 0.0
    if count * len(pairs) <= steps:
        values = graph.betweenness()
        return {node: value * scale for node, value in zip(nodes, values, strict=True)}, True
    chosen = list(range(0, count, -(-count // _SAMPLE)))
    values = graph.betweenness(sources=chosen, targets=list(range(count)))
    scale *= count / len(chosen)
    return {node: value * scale for node, value in zip(nodes, values, strict=True)}, False


def _graph(pairs: Sequence[Arc], places: Mapping[int, int]) -> "igraph.Graph":
    import igraph

    return igraph.Graph(n=len(places), edges=[(places[u], places[v]) for u, v in pairs], directed=True)
