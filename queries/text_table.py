"""Rows of text in columns that fit a terminal, with lines below each row."""

import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Style", "cell_width", "text_table"]

_GAP = "  "
_INDENT = "    "
# A column is made no narrower than this, nor than a word of its header, to fit the terminal: rather lines run over.
_NARROWEST = 8


@dataclass(frozen=True, slots=True)
class Style:
    """The terminal's bold and dim, or neither."""

    enabled: bool = False

    def bold(self, text: str) -> str:
        """The text in bold."""
        return f"\x1b[1m{text}\x1b[0m" if self.enabled else text

    def dim(self, text: str) -> str:
        """The text dimmed."""
        return f"\x1b[2m{text}\x1b[0m" if self.enabled else text


def cell_width(text: str) -> int:
    """Columns that the text takes in a terminal: two for a wide letter, none for one that combines.

    >>> cell_width("chip"), cell_width("芯片")
    (4, 4)
    """
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def text_table(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    right: Sequence[bool],
    below: Sequence[Sequence[str]] = (),
    width: int | None = None,
    style: Style = Style(),
) -> list[str]:
    """The lines of a table: header, rule, rows, and below each row its own indented lines.

    Cells wrap, the widest columns first, until the table fits `width`; numbers (`right`) never do.
    """
    widths = [max(map(cell_width, column)) for column in zip(headers, *rows, strict=True)]
    if width is not None:
        least = [max(_NARROWEST, *map(cell_width, header.split())) for header in headers]
        _fit(widths, least, right, width)
    lines = [style.bold(line) for line in _row(headers, widths, right)]
    lines.append(_GAP.join("─" * size for size in widths))
    for place, row in enumerate(rows):
        lines += _row(row, widths, right)
        for line in below[place] if below else ():
            wrapped = textwrap.wrap(line, max(width or 100, 40) - len(_INDENT)) or [""]
            lines += [style.dim(_INDENT + part) for part in wrapped]
    return lines


def _fit(widths: list[int], least: Sequence[int], right: Sequence[bool], width: int) -> None:
    """Narrow the widest columns of text, one step at a time, until all fit."""
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - width
    while excess > 0:
        texts = [place for place, is_right in enumerate(right) if not is_right and widths[place] > least[place]]
        if not texts:
            return
        widest = max(texts, key=lambda place: widths[place])
        widths[widest] -= 1
        excess -= 1


def _row(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    columns = [_wrap(cell, size) for cell, size in zip(cells, widths, strict=True)]
    lines = []
    for level in range(max(map(len, columns))):
        parts = [column[level] if level < len(column) else "" for column in columns]
        padded = (
            " " * (size - cell_width(part)) + part if is_right else part + " " * (size - cell_width(part))
            for part, size, is_right in zip(parts, widths, right, strict=True)
        )
        lines.append(_GAP.join(padded).rstrip())
    return lines


def _wrap(cell: str, size: int) -> list[str]:
    if cell_width(cell) <= size:
        return [cell]
    # Wide letters take two columns each: half as many letters surely fit.
    letters = size if cell.isascii() else max(size * len(cell) // cell_width(cell), 1)
    return textwrap.wrap(cell, letters) or [""]
