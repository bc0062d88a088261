"""Sovereignty of several countries as a radar chart, SVG or PNG."""

from collections.abc import Sequence

from kg.errors import QueryError
from queries.charts import radar_chart
from queries.sovereign_layers import LAYERS
from queries.sovereign_profile import Profile, whole_words
from queries.view import View

__all__ = ["radar", "radar_png"]


def radar(view: View, found: Sequence[Profile]) -> str:
    """The layers of several profiles as an SVG: share that is domestic or allied.

    Raises QueryError where no layer of any has data.
    """
    return radar_chart("Domestic or allied share by layer", LAYERS, _series(view, found))


def _series(view: View, found: Sequence[Profile]) -> dict[str, list[float | None]]:
    if not any(f.share.known for p in found for f in p.layers):
        raise QueryError("there is nothing to draw: no layer of these countries has data")
    return {
        f"{view.name(p.country)} (minimum {whole_words(p.trusted.minimum, p.trusted)})": [
            None if f.share.trusted_share is None else min(f.share.trusted_share, 1.0) for f in p.layers
        ]
        for p in found
    }


def radar_png(view: View, found: Sequence[Profile]) -> bytes:
    """The chart of `radar` as a PNG; needs matplotlib, which this project does not bring along.

    Raises QueryError where matplotlib is not installed, or no layer has data.
    """
    from importlib import import_module
    from io import BytesIO
    from math import pi

    try:
        figure = import_module("matplotlib.figure").Figure(figsize=(8, 6), dpi=150)
    except ModuleNotFoundError:
        raise QueryError("a PNG needs matplotlib (pip install matplotlib); write an .svg instead") from None
    series = _series(view, found)
    axes = figure.add_subplot(projection="polar")
    angles = [2 * pi * place / len(LAYERS) for place in range(len(LAYERS))]
    for name, values in series.items():
        shown = [float("nan") if value is None else value for value in values]
        axes.plot([*angles, angles[0]], [*shown, shown[0]], marker="o", label=name)
    axes.set_xticks(angles, LAYERS)
    axes.set_ylim(0, 1)
    axes.set_title("Domestic or allied share by layer; gaps are no data")
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, -0.3))
    out = BytesIO()
    figure.savefig(out, format="png", bbox_inches="tight")
    return out.getvalue()
