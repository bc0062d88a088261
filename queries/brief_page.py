"""A dossier as an HTML page that stands by itself and prints well."""

from queries.brief import Brief, Chart, CitedRow, Section
from queries.charts import bar_chart, radar_chart
from queries.page import cells_markup, document, evidence_list, footer, links_markup, table_markup, text

__all__ = ["brief_html"]


def brief_html(brief: Brief) -> str:
    """The dossier as one HTML file: no script, nothing fetched, every name and quote escaped."""
    figures = "".join(
        f"<div><dt>{text(name)}</dt><dd>{text(value)}</dd></div>" for name, value in brief.figures.items()
    )
    caveats = "".join(f"<li>{text(caveat)}</li>" for caveat in brief.caveats)
    return document(
        brief.title,
        [
            f"<h1>{text(brief.name)}</h1>",
            f'<p class="soft">{text("; ".join((brief.kind, *brief.about)))}</p>',
            f'<p class="lead">{text(brief.lead)}</p>',
            f'<dl class="figures">{figures}</dl>',
            _charts(brief.charts),
            f'<ul class="caveats">{caveats}</ul>',
            *(_section(section) for section in brief.sections),
            "<h2>Evidence</h2>" if brief.notes else "",
            evidence_list(brief.notes) if brief.notes else "",
            footer(brief.filter, brief.query, f"newest article: {brief.day}" if brief.day else ""),
        ],
        kind="brief",
    )


def _section(section: Section) -> str:
    rows = [_row(section, row) for row in section.rows]
    parts = [
        f"<h2>{text(section.heading)}</h2>",
        table_markup(section.columns, rows, has_notes=True) if rows else "",
        _charts(section.charts),
        *(f'<p class="remark">{text(remark)}</p>' for remark in section.remarks),
    ]
    return "<section>" + "\n".join(part for part in parts if part) + "</section>"


def _row(section: Section, row: CitedRow) -> str:
    return cells_markup(section.columns, row.cells) + links_markup(row.notes)


def _charts(charts: tuple[Chart, ...]) -> str:
    figures = "".join(f"<figure>{_svg(chart)}</figure>" for chart in charts)
    return f'<div class="charts">{figures}</div>' if figures else ""


def _svg(chart: Chart) -> str:
    if chart.is_profile:
        return radar_chart(chart.title, list(chart.values), {chart.unit: list(chart.values.values())}, size=360)
    known = {name: value for name, value in chart.values.items() if value is not None}
    return bar_chart(chart.title, known, unit=chart.unit, width=560)
