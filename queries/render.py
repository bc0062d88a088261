"""An answer as text: a table for people, JSON, CSV and TSV for programs, HTML for browsers and notebooks.

Names, titles and quotes come from articles that anybody may have written: characters that steer a terminal or turn
the direction of text are made visible, and cells that a spreadsheet would take for a formula are quoted.
"""

import csv
import html
import io
import json
import re
from dataclasses import asdict
from typing import Any, Final

from kg.errors import QueryError
from queries.answer import Answer, Cell, Row
from queries.records import Backing
from queries.text_table import Style, text_table

__all__ = ["FORMATS", "MOST_QUOTES", "cell_text", "html_table", "neutral", "quote_line", "render"]

FORMATS: Final = ("table", "json", "csv", "tsv", "html")
# Quotes shown below a row of a table; JSON, CSV and TSV have them all.
MOST_QUOTES: Final = 3

_SPACE = re.compile(r"[\t\n\r\f\v\u0085\u2028\u2029]+")
# Controls (an escape begins a terminal sequence), bidirectional overrides and isolates, lone surrogates.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_JSON_ESCAPED = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@")


def render(
    answer: Answer,
    format: str = "table",
    *,
    evidence: bool = False,
    width: int | None = None,
    color: bool = False,
) -> str:
    """The answer as text, with a newline at the end.

    Parameters
    ----------
    format : {"table", "json", "csv", "tsv", "html"}
    evidence : bool
        With the words that each row rests on: the best three of a row in a table, one line each in CSV and TSV,
        all under `evidence` in JSON. A page has them always.
    width : int, optional
        Columns of the terminal that a table is fitted to; as wide as it needs where left out.
    color : bool
        Whether a table may use the terminal's bold and dim.

    Raises
    ------
    QueryError
        There is no such format.
    """
    if format == "table":
        return _table(answer, evidence=evidence, width=width, style=Style(enabled=color))
    if format == "json":
        return _json(answer, evidence=evidence)
    if format in ("csv", "tsv"):
        return _delimited(answer, "," if format == "csv" else "\t", evidence=evidence)
    if format == "html":
        from queries.page import page

        return page(answer)
    raise QueryError(f"no format is called {format!r}; there are {', '.join(FORMATS)}")


def neutral(text: str) -> str:
    """The text on one line and without characters that steer a terminal.

    >>> neutral("a\\x1b[2Jb\\nc")
    'a�[2Jb c'
    """
    return _STEERING.sub("�", _SPACE.sub(" ", text))


def cell_text(cell: Cell) -> str:
    """A cell as a person reads it.

    >>> cell_text(0.123456), cell_text(None), cell_text(3)
    ('0.1235', '', '3')
    """
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.4g}"
    return neutral(str(cell))


def quote_line(backing: Backing) -> str:
    """What a statement rests on, on one line: the quote, the article, its date."""
    if backing.is_curated:
        since = f"since {backing.since}" if backing.since else ""
        until = f"until {backing.until}" if backing.until else ""
        as_of = f"as of {backing.as_of}" if backing.as_of else ""
        details = ", ".join(part for part in (since, until, backing.source, as_of) if part)
        return neutral(f"curated ({backing.table}): {backing.statement}" + (f" ({details})" if details else ""))
    origin = ", ".join(
        part for part in (backing.title or backing.article, backing.publisher, backing.published) if part
    )
    qualifiers: list[str] = [word for word in (backing.status, backing.polarity) if word not in ("actual", "affirmed")]
    if backing.score is not None:
        qualifiers.append(f"score {backing.score:.2f}")
    return neutral(f"“{backing.quote}” ({origin}; {', '.join(qualifiers)})")


def _table(answer: Answer, *, evidence: bool, width: int | None, style: Style) -> str:
    lines = [style.bold(neutral(answer.title))]
    if answer.rows:
        below = [_quotes(answer, row) if evidence else [] for row in answer.rows]
        headers = [neutral(column.name) for column in answer.columns]
        right = [column.kind in ("count", "number") for column in answer.columns]
        cells = [[cell_text(cell) for cell in row.cells] for row in answer.rows]
        lines += text_table(headers, cells, right=right, below=below, width=width, style=style)
    lines += [style.dim(neutral(caveat)) for caveat in answer.caveats]
    if answer.filter:
        lines.append(style.dim(f"filter: {neutral(answer.filter)}"))
    return "\n".join(lines) + "\n"


def _quotes(answer: Answer, row: Row) -> list[str]:
    found = answer.evidence(row)
    lines = [quote_line(backing) for backing in found[:MOST_QUOTES]]
    if len(found) > MOST_QUOTES:
        lines.append(f"and {len(found) - MOST_QUOTES} more")
    return lines


def _json(answer: Answer, *, evidence: bool) -> str:
    data: dict[str, Any] = {
        "title": answer.title,
        "columns": [asdict(column) for column in answer.columns],
        "rows": answer.records(),
        "filter": answer.filter,
        "caveats": list(answer.caveats),
        "query": answer.query,
    }
    if evidence:
        data["statements"] = [list(row.statements) for row in answer.rows]
        data["evidence"] = {key: asdict(backing) for key, backing in answer.backing.items()}
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return _JSON_ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


_EVIDENCE_COLUMNS = ("statement", "quote", "title", "published", "publisher", "url", "score")


def _delimited(answer: Answer, delimiter: str, *, evidence: bool) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow([*(column.name for column in answer.columns), *(_EVIDENCE_COLUMNS if evidence else ())])
    for row in answer.rows:
        cells = [_plain(cell) for cell in row.cells]
        if not evidence:
            writer.writerow(cells)
            continue
        extras = [[_plain(getattr(b, name)) for name in _EVIDENCE_COLUMNS] for b in answer.evidence(row)]
        writer.writerows([*cells, *extra] for extra in extras or [[""] * len(_EVIDENCE_COLUMNS)])
    return out.getvalue()


def _plain(cell: Cell) -> str:
    """A cell for a file: numbers in full, text on one line and never a formula."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return repr(cell)
    text = neutral(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def html_table(answer: Answer) -> str:
    """The answer as an HTML fragment in which names are text, never markup."""

    def element(tag: str, content: str) -> str:
        return f"<{tag}>{html.escape(neutral(content))}</{tag}>"

    head = "".join(element("th", column.name) for column in answer.columns)
    rows = ("".join(element("td", cell_text(cell)) for cell in row.cells) for row in answer.rows)
    body = "".join(f"<tr>{cells}</tr>" for cells in rows)
    notes = "".join(element("li", caveat) for caveat in (*answer.caveats, f"filter: {answer.filter}"))
    title = html.escape(neutral(answer.title))
    return (
        f"<table><caption>{title}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><ul>{notes}</ul>"
    )
