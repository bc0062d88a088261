"""A dossier as Markdown, with footnotes as GitHub, Pandoc and Obsidian read them."""

import re
from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import quote

from queries.answer import Column
from queries.brief import Brief, Chart, Section
from queries.footnotes import Note
from queries.render import cell_text, neutral

__all__ = ["brief_markdown"]

# What Markdown, or HTML within it, could take for markup.
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+!|~$&])")
_BAR: Final = 24


def brief_markdown(brief: Brief) -> str:
    """The dossier as Markdown; names and quotes are text, whatever they hold."""
    parts = [
        f"# {_text(brief.name)}",
        _text("; ".join((brief.kind, *brief.about))),
        f"**{_text(brief.lead)}**",
        "\n".join(f"- {_text(name)}: {_text(value)}" for name, value in brief.figures.items()),
        *map(_chart, brief.charts),
        "\n".join(f"> - {_text(caveat)}" for caveat in brief.caveats),
        *map(_section, brief.sections),
    ]
    if brief.notes:
        parts += ["## Evidence", "\n".join(map(_note, brief.notes))]
    newest = f"newest article: {brief.day}" if brief.day else ""
    about = (f"filter: {brief.filter}", f"query: {brief.query}", newest)
    parts.append("*" + _text("; ".join(filter(None, about))) + "*")
    return "\n\n".join(filter(None, parts)) + "\n"


def _section(section: Section) -> str:
    parts = [f"## {_text(section.heading)}"]
    if section.rows:
        columns = (*section.columns, Column("evidence"))
        rows = [
            [*(_text(cell_text(cell)) for cell in row.cells), " ".join(f"[^{number}]" for number in row.notes)]
            for row in section.rows
        ]
        parts.append(_table(columns, rows))
    parts += map(_chart, section.charts)
    parts.append("\n".join(f"- {_text(remark)}" for remark in section.remarks))
    return "\n\n".join(filter(None, parts))


def _table(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> str:
    rules = ["---:" if column.kind in ("count", "number") else "---" for column in columns]
    lines = [[_text(column.name) for column in columns], rules, *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _chart(chart: Chart) -> str:
    most = 1.0 if chart.is_profile else max([value for value in chart.values.values() if value] or [1.0])
    rows = []
    for name, value in chart.values.items():
        words = "no data" if value is None else f"{value:.2f}" if chart.is_profile else f"{value:g}"
        rows.append([_text(name), words, "█" * round(_BAR * min((value or 0.0) / most, 1.0))])
    return f"**{_text(chart.title)}**\n\n" + _table((Column(""), Column(chart.unit, "number"), Column("")), rows)


def _note(note: Note) -> str:
    # A parenthesis would end the link, and a blank, which none holds, its address.
    origin = f"[{_text(note.origin)}]({quote(note.url, safe=_IN_URLS)})" if note.url else _text(note.origin)
    details = "".join(f", {_text(part)}" for part in note.details)
    return f"[^{note.number}]: {_text(note.words)} ({origin}{details})"


_IN_URLS: Final = ":/?#@!$&'*+,;=%~-._"


def _text(words: str) -> str:
    return _MARKUP.sub(r"\\\1", neutral(words))
