"""Sovereignty of several countries as a page that stands by itself: each cell opens to the claims behind it."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from queries.answer import Answer
from queries.records import Backing
from queries.render import neutral, quote_line
from queries.sovereign_layers import Reliance
from queries.sovereign_profile import Figure, Profile, cell_words, whole_words
from queries.sovereignty_picture import radar
from queries.view import View

__all__ = ["sovereignty_page"]

_QUOTES_SHOWN: Final = 40
_STYLE: Final = """
:root{color-scheme:light dark}
body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid color-mix(in srgb,currentColor 25%,transparent);padding:.35rem .5rem;text-align:left;
vertical-align:top}
summary{cursor:pointer}
li{margin:.2rem 0}
.none{opacity:.6}
figure{margin:1rem 0;overflow-x:auto}
footer{font-size:.9em;opacity:.85}
"""


def sovereignty_page(view: View, found: Sequence[Profile], answer: Answer) -> str:
    """The figures of `found` as one HTML file without scripts; title, caveats, filter and query are the answer's.

    Raises QueryError where no layer of any country has data.
    """
    chart = radar(view, found)
    figures = [f for p in found for f in (*p.levels, *p.layers)]
    backing = view.backing(s.key for f in figures for s in f.statements)
    heads = "".join(f'<th scope="col">{_text(view.name(p.country))}</th>' for p in found)
    rows = [
        _table_row("minimum", [_text(_overall(p)) for p in found]),
        _table_row("weighted mean", [_text(whole_words(p.trusted.mean, p.trusted)) for p in found]),
    ]
    for place, level in enumerate(found[0].levels):
        rows.append(_table_row(f"compute: {level.name}", [_cell(view, p.levels[place], backing) for p in found]))
    for place, layer in enumerate(found[0].layers):
        rows.append(_table_row(f"layer: {layer.name}", [_cell(view, p.layers[place], backing) for p in found]))
    notes = "".join(f"<li>{_text(note)}</li>" for note in (*answer.caveats, f"filter: {answer.filter}"))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{_text(answer.title)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{_text(answer.title)}</h1><p>Share of documented dependence that is domestic or allied. "
        "Open a cell for the words it rests on.</p>"
        f'<figure>{chart}</figure><table><thead><tr><th scope="col">figure</th>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
        f"<footer><ul>{notes}</ul><p>query: <code>{_text(answer.query)}</code></p></footer></body></html>\n"
    )


def _overall(profile: Profile) -> str:
    words = whole_words(profile.trusted.minimum, profile.trusted)
    return f"{words}: {', '.join(profile.trusted.weakest)}" if profile.trusted.weakest else words


def _table_row(name: str, cells: Sequence[str]) -> str:
    return f'<tr><th scope="row">{_text(name)}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _cell(view: View, figure: Figure, backing: Mapping[str, Backing]) -> str:
    words = _text(cell_words(figure))
    if not figure.reliances:
        return f'<span class="none">{words}</span>'
    lines = "".join(f"<li>{_reliance(view, one, backing)}</li>" for one in figure.reliances[:_QUOTES_SHOWN])
    more = len(figure.reliances) - _QUOTES_SHOWN
    rest = f"<li>and {more} more</li>" if more > 0 else ""
    return f"<details><summary>{words}</summary><ul>{lines}{rest}</ul></details>"


def _reliance(view: View, reliance: Reliance, backing: Mapping[str, Backing]) -> str:
    providers = ", ".join(view.name(p) for p in reliance.providers if p != reliance.dependent)
    homes = ", ".join(view.name(home) for home in reliance.homes) or "home unknown"
    words = f"{view.name(reliance.dependent)} on {providers}" if providers else view.name(reliance.dependent)
    quotes = "".join(f"<li>{_text(quote_line(backing[s.key]))}</li>" for s in reliance.statements if s.key in backing)
    return f"{_text(f'{words} ({homes})')}<ul>{quotes}</ul>"


def _text(words: str) -> str:
    return escape(neutral(words))
