"""Charts as SVG text: lines over time, a radar of several profiles, bars.

An SVG stands by itself or inline in a page: no scripts, no fonts and nothing fetched. Text takes the colour of what it
stands in where it is inline, and follows the reader's light or dark setting. Names come from articles that anybody may
have written: each is escaped, and characters that steer the direction of text are made visible.
"""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from itertools import pairwise
from math import cos, pi, sin
from typing import Final

from kg.errors import QueryError
from queries.render import neutral

__all__ = ["MOST_SERIES", "bar_chart", "line_chart", "radar_chart"]

# Told apart by people who do not see all colours, on white and on black (after Okabe and Ito 2008).
_COLORS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#56b4e9", "#7f7f7f", "#8a5fbf")
_DASHES: Final = ("", "6 3", "2 3")
# Each series has a colour and dash of its own.
MOST_SERIES: Final = len(_COLORS) * len(_DASHES)
_STYLE: Final = (
    ".kg-chart{color:#1f2328;font:12px system-ui,sans-serif}"
    "@media (prefers-color-scheme:dark){.kg-chart{color:#e6edf3}}"
    ".kg-chart text{fill:currentColor;stroke:none}"
    ".kg-chart .grid{stroke:currentColor;stroke-opacity:.2;fill:none}"
    ".kg-chart .title{font-weight:600;font-size:14px}"
)
_MARGIN: Final = 36
_LABEL_LETTERS: Final = 28


def line_chart(
    title: str,
    ticks: Sequence[str],
    series: Mapping[str, Sequence[float | None]],
    *,
    value_label: str = "",
    is_rank: bool = False,
    width: int = 720,
    height: int = 400,
) -> str:
    """Values over time, one line a series; a gap where a value is None.

    Parameters
    ----------
    ticks : sequence of str
        The points in time, in order.
    series : mapping
        Name -> one value a tick.
    value_label : str
        What the values are, with their unit.
    is_rank : bool
        1 stands at the top and the axis runs downwards.

    Raises
    ------
    QueryError
        There is nothing to draw, a series has not one value a tick, or there are more than `MOST_SERIES`.
    """
    _check(series, len(ticks))
    known = [value for values in series.values() for value in values if value is not None]
    low, high = (1.0, max(2.0, *known)) if is_rank else (min(0.0, *known), max(known))
    span = high - low or 1.0
    left, right, top, bottom = 48, width - 190, 48, height - 48

    def x(place: int) -> float:
        return left + (right - left) * (place / (len(ticks) - 1) if len(ticks) > 1 else 0.5)

    def y(value: float) -> float:
        share = (value - low) / span
        return top + (bottom - top) * (share if is_rank else 1 - share)

    parts = []
    for mark in _marks(low, high, whole=is_rank):
        parts.append(f'<path class="grid" d="M{left} {_n(y(mark))}H{_n(right)}"/>')
        parts.append(_text(left - 6, y(mark) + 4, f"{mark:.4g}", anchor="end"))
    parts += [_text(x(place), bottom + 18, tick, anchor="middle") for place, tick in enumerate(ticks)]
    if value_label:
        parts.append(_text(left - 36, top - 12, value_label))
    for place, values in enumerate(series.values()):
        parts.append(_line([(x(i), y(value)) if value is not None else None for i, value in enumerate(values)], place))
    # A name stands at the height where its line ends, and moves down where another stands there already.
    ends = sorted((_last(y, values), place, name) for place, (name, values) in enumerate(series.items()))
    floor = top - 10.0
    for end, place, name in ends:
        floor = max(end, floor + 15)
        parts.append(_key(right + 14, floor, place))
        parts.append(_text(right + 36, floor + 4, name))
    tallest = max(height, int(floor) + 20)
    return _svg(title, f"{len(series)} lines from {ticks[0]} to {ticks[-1]}", width, tallest, parts)


def radar_chart(
    title: str, axes: Sequence[str], series: Mapping[str, Sequence[float | None]], *, size: int = 480
) -> str:
    """Profiles of values in [0, 1] over several axes; an axis without a value is left open and marked "no data".

    Parameters
    ----------
    axes : sequence of str
        At least three.
    series : mapping
        Name -> one value an axis, None where nothing is known: that corner of the outline stays open, for a gap is
        not a nought.

    Raises
    ------
    QueryError
        There are fewer than three axes, a value lies outside [0, 1], or there is nothing to draw.
    """
    if len(axes) < 3:
        raise QueryError(f"a radar chart has at least three axes, not {len(axes)}")
    _check(series, len(axes))
    for values in series.values():
        for value in values:
            if value is not None and not 0.0 <= value <= 1.0:
                raise QueryError(f"a radar chart shows values from 0 to 1, not {value:g}")
    side_room = 110  # for the names of the axes left and right
    middle, radius = size / 2 + side_room, size / 2 - 40
    center_y = size / 2 + 24

    def point(axis: int, value: float) -> tuple[float, float]:
        angle = 2 * pi * axis / len(axes) - pi / 2
        return middle + radius * value * cos(angle), center_y + radius * value * sin(angle)

    parts = []
    for ring in (0.25, 0.5, 0.75, 1.0):
        corners = " ".join(f"{_n(px)},{_n(py)}" for px, py in (point(i, ring) for i in range(len(axes))))
        parts.append(f'<polygon class="grid" points="{corners}"/>')
        parts.append(_text(middle + 4, center_y - radius * ring + 12, f"{ring:g}"))
    for place, axis in enumerate(axes):
        px, py = point(place, 1.0)
        parts.append(f'<path class="grid" d="M{_n(middle)} {_n(center_y)}L{_n(px)} {_n(py)}"/>')
        lx, ly = point(place, 1.09)
        side = "middle" if abs(lx - middle) < 12 else ("start" if lx > middle else "end")
        missing = [name for name, values in series.items() if values[place] is None]
        gap = "" if not missing else " (no data)" if len(missing) == len(series) else f" ({len(missing)} no data)"
        parts.append(_text(lx, ly + 4, axis + gap, anchor=side))
    for place, (name, values) in enumerate(series.items()):
        points = [None if value is None else point(i, value) for i, value in enumerate(values)]
        # Profiles often coincide: the first ones are drawn broader, so that they show beside those on top.
        broader = 2 * min(len(series) - 1 - place, 4)
        parts.append(_line([*points, points[0]], place, broader=broader, is_filled=None not in points))
        parts.append(_key(16, size + 66 + 18 * place, place))
        parts.append(_text(38, size + 70 + 18 * place, name, letters=90))
    summary = f"{len(series)} profiles over {', '.join(axes)}"
    return _svg(title, summary, size + 2 * side_room, size + 76 + 18 * len(series), parts)


def bar_chart(title: str, values: Mapping[str, float], *, unit: str = "", width: int = 640) -> str:
    """Horizontal bars, in the order given; values are at least 0.

    Raises
    ------
    QueryError
        There is nothing to draw, or a value is negative.
    """
    if not values:
        raise QueryError(f"the chart {title!r} has nothing to draw")
    if low := [name for name, value in values.items() if value < 0]:
        raise QueryError(f"a bar cannot be drawn for {low[0]!r}: {values[low[0]]:g} is below 0")
    left, right, top, step = 190, width - 70, 44, 24
    most = max(values.values()) or 1.0
    parts = []
    for place, (name, value) in enumerate(values.items()):
        at = top + step * place
        long = (right - left) * value / most
        parts.append(f'<rect x="{left}" y="{at}" width="{_n(long)}" height="16" fill="{_COLORS[0]}"/>')
        parts.append(_text(left - 8, at + 12, name, anchor="end"))
        parts.append(_text(left + long + 6, at + 12, f"{value:.4g}"))
    return _svg(
        title, f"{len(values)} bars" + (f", {unit}" if unit else ""), width, top + step * len(values) + 12, parts
    )


def _check(series: Mapping[str, Sequence[float | None]], expected: int) -> None:
    if not expected or not any(value is not None for values in series.values() for value in values):
        raise QueryError("the chart has nothing to draw: no series has a value")
    if len(series) > MOST_SERIES:
        raise QueryError(f"a chart tells {MOST_SERIES} series apart, not {len(series)}; ask for fewer")
    for name, values in series.items():
        if len(values) != expected:
            raise QueryError(f"{name!r} has {len(values)} values where the chart has {expected} points")


def _marks(low: float, high: float, *, whole: bool) -> list[float]:
    if whole:
        step = max(1, round((high - low) / 6))
        return [float(mark) for mark in range(int(low), int(high) + 1, step)]
    return [low + (high - low) * part / 4 for part in range(5)] if high > low else [low]


def _last(y: Callable[[float], float], values: Sequence[float | None]) -> float:
    return y(next((value for value in reversed(values) if value is not None), 0.0))


def _line(
    points: Sequence[tuple[float, float] | None], place: int, *, broader: int = 0, is_filled: bool = False
) -> str:
    """The stretches between known points; each known point is marked, so that a lone one is seen."""
    path, dots = "", ""
    for before, after in pairwise(points):
        if before is not None and after is not None:
            path += f"M{_n(before[0])} {_n(before[1])}L{_n(after[0])} {_n(after[1])}"
    color = _COLORS[place % len(_COLORS)]
    for at in dict.fromkeys(point for point in points if point is not None):
        dots += f'<circle cx="{_n(at[0])}" cy="{_n(at[1])}" r="{3 + broader / 2:g}" fill="{color}"/>'
    area = ""
    if is_filled:
        corners = " ".join(f"{_n(at[0])},{_n(at[1])}" for at in points if at is not None)
        area = f'<polygon points="{corners}" fill="{color}" fill-opacity=".12"/>'
    return area + f'<path d="{path}" fill="none" {_stroke(place, 2 + broader)}/>' + dots


def _stroke(place: int, width: int = 2) -> str:
    dash = _DASHES[place // len(_COLORS) % len(_DASHES)]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'stroke="{_COLORS[place % len(_COLORS)]}" stroke-width="{width}"{dashed}'


def _key(x: float, y: float, place: int) -> str:
    return f'<path d="M{_n(x)} {_n(y)}h16" {_stroke(place)}/>'


def _text(x: float, y: float, words: str, *, anchor: str = "start", letters: int = _LABEL_LETTERS) -> str:
    shown = neutral(words)
    cut = shown if len(shown) <= letters else shown[: letters - 1] + "…"
    whole = "" if cut == shown else f"<title>{escape(shown)}</title>"
    side = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{_n(x)}" y="{_n(y)}"{side}>{escape(cut)}{whole}</text>'


def _svg(title: str, summary: str, width: int, height: int, parts: Sequence[str]) -> str:
    words, about = escape(neutral(title)), escape(neutral(summary))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="kg-chart" role="img" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}"><title>{words}</title><desc>{about}</desc><style>{_STYLE}</style>'
        f'<text class="title" x="12" y="22">{words}</text>{"".join(parts)}</svg>'
    )


def _n(number: float) -> str:
    """A coordinate: short, and the same on every machine."""
    return f"{number:.1f}".removesuffix(".0")
