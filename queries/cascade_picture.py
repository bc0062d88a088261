"""A cascade as a picture: one column a step, a line from each lost source to who lost it. No scripts, no network."""

import html
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from queries.render import neutral
from queries.view import View
from queries.whatif import CAVEATS, Effect, Outcome, Result, summary

__all__ = ["cascade_page", "cascade_section", "cascade_svg"]

# Boxes in a column; the last one of a longer column says how many are left out.
MOST_IN_COLUMN: Final = 14
# Of names and headings in a box.
_MOST_LETTERS: Final = 26

_BOX: Final = (200, 40)
_GAP: Final = (90, 12)
_MARGIN: Final = 20
_TOP: Final = 56
# Fill, outline: distinct in lightness too, so that the picture reads without colours.
_COLOURS: Final[dict[Result, tuple[str, str]]] = {
    "removed": ("#1f2937", "#111827"),
    "falls": ("#f3b4a8", "#a3341f"),
    "is hit": ("#fde9b8", "#94700b"),
    "holds": ("#d5ead8", "#2f6b3a"),
    "unknown": ("#ffffff", "#6b7280"),
}


def cascade_section(view: View, outcomes: Sequence[Outcome]) -> str:
    """The cascades of one or more scenarios as a section of HTML: figures, pictures and what must be said beside them.

    It stands alone: no script, style sheet, font or image from elsewhere. Names are text, never markup.
    """
    parts = ['<section class="cascade">']
    for outcome in outcomes:
        parts += [
            f"<h2>{_text(f'What falls: {outcome.scenario.describe()}')}</h2>",
            f"<p>{_text(summary(outcome))}</p>",
            cascade_svg(view, outcome),
        ]
    parts.append("<ul>" + "".join(f"<li>{_text(caveat)}</li>" for caveat in CAVEATS) + "</ul></section>")
    return "\n".join(parts) + "\n"


def cascade_page(view: View, outcomes: Sequence[Outcome]) -> str:
    """The section as a page of its own that opens offline."""
    title = _text("What falls: " + ", beside ".join(outcome.scenario.describe() for outcome in outcomes))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n"
        "<style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem;color:#111827;background:#fff}"
        "svg{max-width:100%;height:auto}</style>\n</head>\n<body>\n"
        f"{cascade_section(view, outcomes)}</body>\n</html>\n"
    )


def cascade_svg(view: View, outcome: Outcome) -> str:
    """One cascade as an SVG image: step by step from the left, then what holds and what is unknown."""
    columns = _columns(outcome)
    weight = Counter(source for effect in outcome.effects for source in _lost(effect))
    shown = [_shown(effects, weight) for _, effects in columns]
    places = {
        effect.entity: (_MARGIN + column * (_BOX[0] + _GAP[0]), _TOP + row * (_BOX[1] + _GAP[1]))
        for column, effects in enumerate(shown)
        for row, effect in enumerate(effects)
    }
    width = 2 * _MARGIN + len(columns) * (_BOX[0] + _GAP[0]) - _GAP[0]
    rows = max(len(s) + (len(s) < len(effects)) for s, (_, effects) in zip(shown, columns, strict=True))
    height = _TOP + rows * (_BOX[1] + _GAP[1]) + _MARGIN
    title = f"What falls: {outcome.scenario.describe()}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img" font-family="system-ui, sans-serif" font-size="13">',
        f"<title>{_text(title)}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    parts += [_line(places, source, effect) for effects in shown for effect in effects for source in _lost(effect)]
    for column, (heading, effects) in enumerate(columns):
        left = _MARGIN + column * (_BOX[0] + _GAP[0])
        parts.append(f'<text x="{left}" y="34" font-weight="600" fill="#111827">{_text(heading)}</text>')
        parts += [_box(view, effect, *places[effect.entity]) for effect in shown[column]]
        if hidden := len(effects) - len(shown[column]):
            below = _TOP + len(shown[column]) * (_BOX[1] + _GAP[1]) + 20
            parts.append(f'<text x="{left}" y="{below}" fill="#374151">and {hidden} more</text>')
    return "\n".join([*(part for part in parts if part), "</svg>"])


def _columns(outcome: Outcome) -> list[tuple[str, list[Effect]]]:
    by_heading: dict[tuple[int, str], list[Effect]] = defaultdict(list)
    last = max((effect.step or 0 for effect in outcome.effects), default=0)
    for effect in outcome.effects:
        if effect.step is None:
            later = last + (1 if effect.result == "holds" else 2)
            words = "holds by alternatives" if effect.result == "holds" else "unknown"
            by_heading[later, words].append(effect)
        else:
            by_heading[effect.step, f"step {effect.step}" if effect.step else "removed"].append(effect)
    return [(words, effects) for (_, words), effects in sorted(by_heading.items())] or [("nothing is touched", [])]


def _shown(effects: Sequence[Effect], weight: Mapping[int, int]) -> Sequence[Effect]:
    """Those that most others lose first."""
    ordered = sorted(effects, key=lambda effect: -weight.get(effect.entity, 0))
    return ordered if len(ordered) <= MOST_IN_COLUMN else ordered[: MOST_IN_COLUMN - 1]


def _lost(effect: Effect) -> list[int]:
    return sorted({source for loss in effect.losses for source in loss.gone})


def _line(places: dict[int, tuple[int, int]], source: int, effect: Effect) -> str:
    if source not in places or source == effect.entity:
        return ""
    (x1, y1), (x2, y2) = places[source], places[effect.entity]
    if x1 >= x2:
        return ""
    x1, y1, y2 = x1 + _BOX[0], y1 + _BOX[1] // 2, y2 + _BOX[1] // 2
    middle = (x1 + x2) // 2
    is_lost = effect.result in ("falls", "is hit")
    stroke = 'stroke="#6b7280" stroke-width="1.4"' if is_lost else 'stroke="#cbd0d8" stroke-dasharray="5 4"'
    curve = f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"
    return f'<path d="{curve}" fill="none" {stroke}/>'


def _box(view: View, effect: Effect, x: int, y: int) -> str:
    fill, outline = _COLOURS[effect.result]
    ink = "#ffffff" if effect.result == "removed" else "#111827"
    name = view.name(effect.entity)
    losses = "; ".join(
        f"loses {', '.join(view.name(s) for s in loss.gone)}"
        + (f", left {', '.join(view.name(s) for s in loss.left)}" if loss.left else "")
        for loss in effect.losses
    )
    hover = f"{name}: {effect.result}" + (f"; {losses or effect.note}" if losses or effect.note else "")
    return (
        f"<g><title>{_text(hover)}</title>"
        f'<rect x="{x}" y="{y}" width="{_BOX[0]}" height="{_BOX[1]}" rx="6" fill="{fill}" stroke="{outline}"/>'
        f'<text x="{x + 10}" y="{y + 17}" fill="{ink}">{_text(_short(name))}</text>'
        f'<text x="{x + 10}" y="{y + 33}" font-size="11" fill="{ink}">{_text(effect.result)}</text></g>'
    )


def _short(name: str) -> str:
    return name if len(name) <= _MOST_LETTERS else name[: _MOST_LETTERS - 1] + "…"


def _text(words: str) -> str:
    return html.escape(neutral(words))
