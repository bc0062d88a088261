"""Commands that hand something over: compare and brief."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import (
    EVERY_POLARITY,
    EVERY_STATUS,
    AllPolarities,
    AllStatuses,
    Asked,
    Curated,
    Evidence,
    Format,
    MinScore,
    Polarities,
    Relations,
    Since,
    Statuses,
    StoreOption,
    TableFormat,
    Until,
    open_view,
    print_answer,
    write_text,
)
from kg.errors import QueryError

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command("compare")(compare)
    app.command("brief")(brief)


def compare(
    one: Annotated[str, typer.Argument(metavar="A", help="A country or firm: a name, alias or local name.")],
    other: Annotated[str, typer.Argument(metavar="B", help="The one beside it.")],
    store: StoreOption = None,
    since: Since = None,
    until: Until = None,
    relation: Relations = None,
    min_score: MinScore = 0.0,
    status: Statuses = None,
    polarity: Polarities = None,
    curated: Curated = True,
    evidence: Evidence = False,
    format: Format = TableFormat.TABLE,
) -> None:
    """Two countries or firms side by side, and what they share.

    Dependences, dependents, alliances, restrictions, facilities, attention, sources and centrality.
    """
    from queries.compare import compare as ask

    asked = Asked(since, until, relation, min_score, status, polarity, curated=curated)
    with open_view(store, asked) as view:
        print_answer(ask(view, one, other), format, evidence=evidence)


def brief(
    name: Annotated[str, typer.Argument(help="A country, firm, facility ...: a name, alias or local name.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File to write: .html, .md or .pdf; else Markdown on standard output."),
    ] = None,
    store: StoreOption = None,
    since: Since = None,
    until: Until = None,
    relation: Relations = None,
    min_score: MinScore = 0.0,
    status: AllStatuses = None,
    polarity: AllPolarities = None,
    curated: Curated = True,
) -> None:
    """Write a dossier of two to four pages, each row with its footnotes.

    What it is, dependences both ways, alliances, restrictions, facilities, sovereignty, timeline, disagreements. A
    PDF needs the extra aigeo-kg[pdf].
    """
    suffix = ".md" if output is None else output.suffix.lower()
    if suffix not in (".html", ".md", ".pdf"):
        raise QueryError(f"a dossier is written as .html, .md or .pdf, not as {str(output)!r}")
    from queries.brief import brief as dossier_of

    asked = Asked(
        since, until, relation, min_score, status or EVERY_STATUS, polarity or EVERY_POLARITY, curated=curated
    )
    with open_view(store, asked) as view:
        dossier = dossier_of(view, name)
    if suffix == ".html":
        from queries.brief_page import brief_html

        write_text(brief_html(dossier), output)
    elif suffix == ".md":
        from queries.brief_markdown import brief_markdown

        write_text(brief_markdown(dossier), output)
    elif output is not None:
        from queries.brief_pdf import brief_pdf

        output.write_bytes(brief_pdf(dossier))
    if output is not None:
        print(f"wrote {output.resolve()}")
