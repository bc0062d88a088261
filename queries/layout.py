"""Positions for a picture: the same graph always lies the same way."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from igraph import Graph

__all__ = ["positions"]

_Points = npt.NDArray[np.float64]

# The spring model of Kamada and Kawai shows small components best; large ones it heaps up in the middle.
_MOST_FOR_SPRINGS = 120
# Nodes times rounds of the force model: what a second can do.
_WORK = 400_000
_EDGE_LENGTH = 150.0
_GAP = 16.0
_ROUNDS = 60
# Screens are wider than high, and so are names: how wide a component is drawn and the whole picture is packed.
_STRETCH = 1.2
_ASPECT = 1.4
# Rows of a distance matrix held at a time.
_CHUNK = 500


def positions(radii: Sequence[float], edges: Sequence[tuple[int, int]], *, seed: int = 7) -> list[tuple[int, int]]:
    """Place nodes 0..n-1, whose discs have the given radii, in the plane; the direction of edges is without meaning.

    Each connected component is laid out alone; the largest comes first and the others stand in rows below it. Whole
    numbers come back, so that the last digits of a float never make two pictures of one graph differ.

    >>> positions([10, 10], [(0, 1)]) == positions([10, 10], [(1, 0), (0, 1)])
    True
    >>> positions([], [])
    []
    """
    if not radii:
        return []
    import igraph

    sizes = np.asarray(radii, dtype=np.float64)
    graph = igraph.Graph(n=len(radii), edges=sorted({(min(e), max(e)) for e in edges if e[0] != e[1]}))
    parts = sorted((sorted(part) for part in graph.connected_components()), key=lambda part: (-len(part), part))
    placed = [_separate(_lay_out(graph.induced_subgraph(part), sizes[part], seed), sizes[part]) for part in parts]
    result = np.zeros((len(radii), 2))
    for part, points in zip(parts, _in_rows(placed, [float(sizes[part].max()) for part in parts]), strict=True):
        result[part] = points
    return [(round(x), round(y)) for x, y in result.tolist()]


def _lay_out(component: "Graph", radii: _Points, seed: int) -> _Points:
    """One connected component, scaled so that its edges have a good length and its nodes room."""
    import igraph

    count = component.vcount()
    if count == 1:
        return np.zeros((1, 2))
    start = component.layout_circle()
    if count <= _MOST_FOR_SPRINGS:
        layout = component.layout_kamada_kawai(seed=start)
    else:
        igraph.set_random_number_generator(Random(seed))
        try:
            layout = component.layout_fruchterman_reingold(
                niter=max(80, min(400, _WORK // count)), seed=start, grid=True
            )
        finally:
            igraph.set_random_number_generator(None)
    points: _Points = np.asarray(layout.coords, dtype=np.float64)
    ends = np.asarray(component.get_edgelist())
    lengths = np.hypot(*(points[ends[:, 0]] - points[ends[:, 1]]).T)
    nearest = np.concatenate([np.partition(row, 1, axis=1)[:, 1] for _, row in _distances(points)])
    by_edges = _EDGE_LENGTH / max(float(np.median(lengths)), 1e-9)
    by_room = (2 * float(radii.mean()) + _GAP) / max(float(np.median(nearest)), 1e-9)
    scale = max(by_edges, by_room) if count > _MOST_FOR_SPRINGS else by_edges
    return points * (scale * _STRETCH, scale)


def _distances(points: _Points) -> Iterator[tuple[int, _Points]]:
    """The rows of the distance matrix in chunks, each with the number of its first row."""
    for first in range(0, len(points), _CHUNK):
        apart = points[first : first + _CHUNK, None, :] - points[None, :, :]
        yield first, np.hypot(apart[..., 0], apart[..., 1])


def _separate(points: _Points, radii: _Points) -> _Points:
    """Push overlapping discs apart, a little in every round, so that the shape of the layout stays."""
    points = points.copy()
    reach = 2 * float(radii.max()) + 3 * _GAP
    for number in range(_ROUNDS):
        if number % 10 == 0:
            near = [np.argwhere(rows < reach) + np.array([first, 0]) for first, rows in _distances(points)]
            pairs = np.concatenate(near)
            one, other = pairs[pairs[:, 0] < pairs[:, 1]].T
            wanted = radii[one] + radii[other] + _GAP
        apart = points[one] - points[other]
        distance = np.maximum(np.hypot(apart[:, 0], apart[:, 1]), 1.0)
        missing = np.clip(wanted - distance, 0.0, None)
        if not missing.any():
            break
        push = apart * (0.4 * missing / distance)[:, None]
        np.add.at(points, one, push)
        np.subtract.at(points, other, push)
    return points


def _in_rows(parts: Sequence[_Points], margins: Sequence[float]) -> list[_Points]:
    """Move parts, given from large to small, so that they stand in centred rows and none touches another."""
    lows = [part.min(axis=0) - margin for part, margin in zip(parts, margins, strict=True)]
    highs = [part.max(axis=0) + margin for part, margin in zip(parts, margins, strict=True)]
    extents = [high - low + 3 * _GAP for low, high in zip(lows, highs, strict=True)]
    area = float(sum(extent[0] * extent[1] for extent in extents))
    width = max(float(extents[0][0]), (area * _ASPECT) ** 0.5)
    rows: list[list[int]] = []
    used = 0.0
    for number, extent in enumerate(extents):
        if number < 2 or used + extent[0] > width:
            rows.append([])
            used = 0.0
        rows[-1].append(number)
        used += float(extent[0])
    placed = list(parts)
    y = 0.0
    for row in rows:
        height = max(float(extents[number][1]) for number in row)
        x = -sum(float(extents[number][0]) for number in row) / 2
        for number in row:
            centre = np.array([x + extents[number][0] / 2, y + height / 2])
            placed[number] = parts[number] - (lows[number] + highs[number]) / 2 + centre
            x += float(extents[number][0])
        y += height
    return placed
