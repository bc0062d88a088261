"""A dossier as a PDF, written without a browser; needs the extra `aigeo-kg[pdf]`."""

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError
from queries.answer import Column
from queries.brief import Brief, Chart, Section
from queries.footnotes import Note
from queries.render import cell_text, neutral

if TYPE_CHECKING:
    from fpdf import FPDF

__all__ = ["brief_pdf"]

# Where systems keep DejaVu Sans, which has the letters of all European scripts; the fonts of PDF itself have Latin-1.
_FONT_FOLDERS: Final = (
    "/usr/share/fonts/truetype/dejavu",
    "/usr/share/fonts/dejavu",
    "/usr/share/fonts/dejavu-sans-fonts",
    "/usr/share/fonts/TTF",
    "/opt/homebrew/share/fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "~/.local/share/fonts",
    "C:/Windows/Fonts",
)
_FONT_FILES: Final = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
_INK, _SOFT, _LINE, _BAR = (28, 36, 48), (91, 102, 117), (205, 211, 219), (11, 92, 173)
_MARGIN: Final = 14.0  # mm, as all lengths here
_MISSING: Final = "Letters that this PDF's font lacks are written without accents, or as a question mark."
_GAP: Final = 2.2  # between columns of a table


def brief_pdf(brief: Brief, *, fonts: Sequence[str] = _FONT_FOLDERS) -> bytes:
    """The dossier as a PDF of A4 pages; the same bytes for equal dossiers and fonts.

    `fonts` are the folders in which DejaVu Sans is looked for. Where it is not found, Helvetica is used, and letters
    beyond Latin-1 lose their accents or become question marks, which the PDF then says.

    Raises QueryError where fpdf2 is not installed.
    """
    try:
        import fpdf
    except ModuleNotFoundError:
        raise QueryError("a PDF needs fpdf2: pip install 'aigeo-kg[pdf]'; .html and .md need nothing") from None
    return _Writer(fpdf.FPDF(format="A4"), brief, fonts).written()


class _Writer:
    """Puts a dossier on pages, top to bottom."""

    def __init__(self, pdf: "FPDF", brief: Brief, folders: Sequence[str]) -> None:
        self._pdf = pdf
        self._brief = brief
        self._lacks_letters = False
        self._family, self._letters = _font(pdf, folders)

    def written(self) -> bytes:
        pdf, brief = self._pdf, self._brief
        pdf.set_margins(_MARGIN, _MARGIN)
        pdf.set_auto_page_break(True, _MARGIN)
        pdf.c_margin = 0
        # The day of the newest article, not of the writing: equal dossiers are to be equal files.
        pdf.set_creation_date(datetime.fromisoformat(brief.day or "1970-01-01").replace(tzinfo=UTC))
        pdf.set_title(self._fitting(brief.title))
        pdf.set_lang("en")
        pdf.add_page()
        self._heading(brief.name, 19)
        self._words("; ".join((brief.kind, *brief.about)), 8, _SOFT)
        self._words(brief.lead, 10.5, gap=1.5)
        self._words("   ".join(f"{name}: {value}" for name, value in brief.figures.items()), 8.5, gap=1.5)
        for chart in brief.charts:
            self._chart(chart)
        self._words("\n".join(f"– {caveat}" for caveat in brief.caveats), 7.5, _SOFT, gap=1)
        for section in brief.sections:
            self._section(section)
        if brief.notes:
            self._heading("Evidence", 12.5, rule=True)
            self._notes(brief.notes)
        about = [f"Filter: {brief.filter}", f"query: {brief.query}", f"newest article: {brief.day}" * bool(brief.day)]
        self._words("; ".join(filter(None, about)), 7.5, _SOFT, gap=3)
        if self._lacks_letters:
            self._words(_MISSING, 7.5, _SOFT)
        self._number_pages()
        return bytes(pdf.output())

    def _number_pages(self) -> None:
        pdf = self._pdf
        pdf.set_auto_page_break(False)
        for number in range(1, pdf.pages_count + 1):
            pdf.page = number
            pdf.set_y(-11)
            # A font that is set already is not written again, though it may be on another page that it was set.
            self._font(7)
            self._font(7.5)
            pdf.set_text_color(*_SOFT)
            pdf.cell(0, 4, self._fitting(f"{self._brief.title}, page {number} of {pdf.pages_count}"), align="R")

    def _section(self, section: Section) -> None:
        pdf = self._pdf
        # A heading stands with some of what it heads.
        if pdf.will_page_break(34):
            pdf.add_page()
        self._heading(section.heading, 12.5, rule=True)
        if section.rows:
            self._table(section)
        for chart in section.charts:
            self._chart(chart)
        self._words(" · ".join(section.remarks), 7.5, _SOFT, gap=1)

    def _table(self, section: Section) -> None:
        from fpdf.enums import TableBordersLayout
        from fpdf.fonts import FontFace

        pdf = self._pdf
        columns = (*section.columns, Column("evidence"))
        rows = [[*map(cell_text, row.cells), " ".join(map(str, row.notes))] for row in section.rows]
        texts = [list(map(self._fitting, cells)) for cells in ([column.name for column in columns], *rows)]
        widths = self._widths(texts, [column.kind in ("text", "entity") for column in columns])
        pdf.set_draw_color(*_LINE)
        pdf.set_fill_color(255, 255, 255)
        pdf.set_line_width(0.15)
        self._font(8)
        with pdf.table(
            width=min(sum(widths), pdf.epw),
            align="LEFT",
            col_widths=widths,
            text_align=tuple("RIGHT" if column.kind in ("count", "number") else "LEFT" for column in columns),
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            v_align="TOP",
            headings_style=FontFace(emphasis="BOLD", color=_INK),
            line_height=3.9,
            padding=(0.6, _GAP, 0.6, 0),
        ) as table:
            for cells in texts:
                line = table.row()
                for words in cells:
                    line.cell(words)
        pdf.ln(1)

    def _widths(self, texts: Sequence[Sequence[str]], may_wrap: Sequence[bool]) -> tuple[float, ...]:
        """Widths of the columns: as wide as their longest cell, those of words narrowed until all fit the page."""
        self._font(8, "B")
        measured = [[self._pdf.get_string_width(words) for words in column] for column in zip(*texts, strict=True)]
        widths = [max(column) + _GAP + 0.2 for column in measured]
        least = [
            max(map(self._pdf.get_string_width, " ".join(column).split()), default=0.0) + _GAP + 0.2
            for column in zip(*texts, strict=True)
        ]
        while (excess := sum(widths) - self._pdf.epw) > 1e-6:
            wide = [p for p, width in enumerate(widths) if may_wrap[p] and width > least[p]]
            if not wide:
                return tuple(width * self._pdf.epw / sum(widths) for width in widths)
            widest = max(wide, key=lambda p: widths[p])
            widths[widest] = max(widths[widest] - min(excess, 1.0), least[widest])
        spare = (self._pdf.epw - sum(widths)) / max(sum(may_wrap), 1)
        return tuple(width + spare * wraps for width, wraps in zip(widths, may_wrap, strict=True))

    def _chart(self, chart: Chart) -> None:
        """Bars: a page of paper has no room for a radar that says as much."""
        pdf = self._pdf
        step, left, wide = 4.4, _MARGIN + 42, 78.0
        if pdf.will_page_break(step * len(chart.values) + 9):
            pdf.add_page()
        self._words(f"{chart.title} ({chart.unit})", 8.5, gap=1.5, style="B")
        most = 1.0 if chart.is_profile else max([value for value in chart.values.values() if value] or [1.0])
        self._font(7.5)
        for name, value in chart.values.items():
            top = pdf.get_y()
            pdf.set_xy(_MARGIN, top)
            pdf.cell(41, step, self._shortened(name, 40), align="R")
            if value is not None:
                pdf.set_fill_color(*_BAR)
                pdf.rect(left, top + 0.7, max(wide * value / most, 0.2), step - 1.4, style="F")
            words = "no data" if value is None else f"{value:.2f}" if chart.is_profile else f"{value:g}"
            pdf.set_xy(left + wide * min((value or 0.0) / most, 1.0) + 1, top)
            pdf.cell(20, step, words)
            pdf.set_y(top + step)
        pdf.ln(1.5)

    def _notes(self, notes: Collection[Note]) -> None:
        self._font(6.6)
        with self._pdf.text_columns(ncols=2, gutter=6, line_height=1.15, text_align="LEFT", balance=True) as columns:
            for note in notes:
                with columns.paragraph(bottom_margin=0.9) as paragraph:
                    origin = f" ({', '.join((note.origin, *note.details))})"
                    paragraph.write(self._fitting(f"{note.number}  {note.words}"))
                    if note.url:
                        paragraph.write(self._fitting(origin), link=note.url)
                    else:
                        paragraph.write(self._fitting(origin))

    def _heading(self, words: str, size: float, *, rule: bool = False) -> None:
        pdf = self._pdf
        if rule:
            pdf.ln(3)
        self._font(size, "B")
        pdf.multi_cell(0, size * 0.45, self._fitting(words), new_x="LMARGIN", new_y="NEXT", align="L")
        if rule:
            pdf.set_draw_color(*_LINE)
            pdf.line(_MARGIN, pdf.get_y() + 0.6, pdf.w - _MARGIN, pdf.get_y() + 0.6)
        pdf.ln(1.6)

    def _words(
        self, words: str, size: float, color: tuple[int, int, int] = _INK, *, gap: float = 0.0, style: str = ""
    ) -> None:
        if not words:
            return
        pdf = self._pdf
        pdf.ln(gap)
        self._font(size, style)
        pdf.set_text_color(*color)
        lines = "\n".join(self._fitting(line) for line in words.split("\n"))
        pdf.multi_cell(0, size * 0.46, lines, new_x="LMARGIN", new_y="NEXT", align="L")
        pdf.set_text_color(*_INK)

    def _font(self, size: float, style: str = "") -> None:
        self._pdf.set_font(self._family, style, size)
        self._pdf.set_text_color(*_INK)

    def _shortened(self, words: str, width: float) -> str:
        shown = self._fitting(words)
        while self._pdf.get_string_width(shown) > width:
            shown = shown[:-2].rstrip(".") + "."
        return shown

    def _fitting(self, words: str) -> str:
        """The words in letters that the font has."""
        shown = neutral(words)
        if all(map(self._has, shown)):
            return shown
        self._lacks_letters = True
        return "".join(self._nearest(letter) for letter in shown)

    def _has(self, letter: str) -> bool:
        return ord(letter) in self._letters

    def _nearest(self, letter: str) -> str:
        if self._has(letter):
            return letter
        if letter in _PLAIN:
            return _PLAIN[letter]
        bare = "".join(filter(self._has, unicodedata.normalize("NFKD", letter)))
        return bare or ("" if unicodedata.combining(letter) else "?")


# What Latin-1 lacks and text is full of.
_PLAIN: Final = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "−": "-", "�": "?"}


def _font(pdf: "FPDF", folders: Sequence[str]) -> tuple[str, Collection[int]]:
    """The family to write in, and the code points that it has."""
    for folder in folders:
        files = {style: Path(folder).expanduser() / name for style, name in _FONT_FILES.items()}
        if all(file.is_file() for file in files.values()):
            for style, file in files.items():
                pdf.add_font("DejaVu", style, file)
            return "DejaVu", frozenset(_code_points(pdf))
    return "Helvetica", frozenset((*range(0x20, 0x7F), *range(0xA0, 0x100)))


def _code_points(pdf: "FPDF") -> Iterator[int]:
    """The code points that both styles of the font have."""
    from fpdf.fonts import TTFFont

    fonts = [font for font in pdf.fonts.values() if isinstance(font, TTFFont)]
    yield from set.intersection(*(set(font.cmap) for font in fonts))
