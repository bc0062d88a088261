"""An answer as an HTML page that stands by itself: no script, nothing fetched, every name and quote escaped.

What the rows rest on stands below them as numbered footnotes: quote, article, date.
"""

import html
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Final

from queries.answer import Answer, Cell, Column
from queries.footnotes import Footnotes, Note
from queries.render import cell_text, neutral

__all__ = [
    "MOST_NOTES",
    "cells_markup",
    "document",
    "evidence_list",
    "footer",
    "links_markup",
    "page",
    "table",
    "table_markup",
    "text",
]

# Footnotes of one row; JSON, CSV and TSV have all that a row rests on.
MOST_NOTES: Final = 12


def page(answer: Answer) -> str:
    """The answer as one HTML file."""
    notes = Footnotes(MOST_NOTES)
    rows = table(answer, notes) if answer.rows else ""
    caveats = "".join(f"<li>{text(caveat)}</li>" for caveat in answer.caveats)
    body = [f"<h1>{text(answer.title)}</h1>", f'<ul class="caveats">{caveats}</ul>' if caveats else "", rows]
    if len(notes):
        body += ["<h2>Evidence</h2>", evidence_list(notes)]
    body.append(footer(answer.filter, answer.query))
    return document(answer.title, body)


def document(title: str, body: Iterable[str], *, kind: str = "answer") -> str:
    """A whole page from parts that are markup already; it may load nothing and run nothing."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{text(title)}</title>\n<style>\n{_style()}</style>\n</head>\n"
        f'<body class="{kind}">\n' + "\n".join(part for part in body if part) + "\n</body>\n</html>\n"
    )


def table(answer: Answer, notes: Footnotes) -> str:
    """The rows of an answer; the last column leads to the footnotes, which are numbered on the way."""
    cited = [notes.cite(answer, row) for row in answer.rows]
    has_notes = any(numbers for numbers, _ in cited)
    rows = [
        cells_markup(answer.columns, row.cells) + (links_markup(*found) if has_notes else "")
        for row, found in zip(answer.rows, cited, strict=True)
    ]
    return table_markup(answer.columns, rows, has_notes=has_notes)


def table_markup(columns: Iterable[Column], rows: Iterable[str], *, has_notes: bool) -> str:
    """A table from rows whose cells are markup already."""
    heads = "".join(map(_head, columns)) + ('<th scope="col">evidence</th>' if has_notes else "")
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    return f'<div class="wide"><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table></div>'


def cells_markup(columns: Iterable[Column], cells: Iterable[Cell]) -> str:
    """The cells of a row."""
    return "".join(
        f"<td{_class(column)}>{text(cell_text(cell))}</td>" for column, cell in zip(columns, cells, strict=True)
    )


def links_markup(numbers: Iterable[int], more: int = 0) -> str:
    """The cell that leads to footnotes, and how many statements have none."""
    links = " ".join(f'<a href="#note-{number}">{number}</a>' for number in numbers)
    return f'<td class="notes">{links}' + (f" <span>and {more} more</span>" if more else "") + "</td>"


def evidence_list(notes: Iterable[Note]) -> str:
    """The footnotes themselves."""
    return '<ol class="evidence">\n' + "\n".join(_note(note) for note in notes) + "\n</ol>"


def footer(filter: str, query: str, more: str = "") -> str:
    """What was asked, and of which statements."""
    parts = [
        f"filter: {text(filter)}" if filter else "",
        f"query: <code>{text(query)}</code>" if query else "",
        text(more),
    ]
    return "<footer>" + "<br>".join(part for part in parts if part) + "</footer>"


def text(words: str) -> str:
    """Words as text of a page, never as markup."""
    return html.escape(neutral(words))


@lru_cache(maxsize=1)
def _style() -> str:
    return files("queries").joinpath("templates/page.css").read_text(encoding="utf-8")


def _head(column: Column) -> str:
    unit = "" if column.unit in ("", column.name) else f"<small>{text(column.unit)}</small>"
    return f'<th scope="col"{_class(column)}>{text(column.name)}{unit}</th>'


def _class(column: Column) -> str:
    names = {"count": "number", "number": "number", "date": "date", "entity": "entity"}
    return f' class="{names[column.kind]}"' if column.kind in names else ""


def _note(note: Note) -> str:
    origin = text(note.origin)
    if note.url:
        origin = f'<a href="{html.escape(note.url)}" rel="noreferrer">{origin}</a>'
    details = "".join(f", {text(part)}" for part in note.details)
    return f'<li id="note-{note.number}">{text(note.words)} <span class="origin">({origin}{details})</span></li>'
