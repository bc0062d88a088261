"""Commands that test what dependence can bear: chokepoints, whatif."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import (
    LIKELY,
    Asked,
    Curated,
    Evidence,
    Format,
    Limit,
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
    app.command("chokepoints")(chokepoints)
    app.command("whatif")(whatif)


def chokepoints(
    name: Annotated[
        str | None, typer.Argument(help="A country, firm or resource; the whole graph where left out.")
    ] = None,
    class_: Annotated[
        list[str] | None, typer.Option("--class", "-c", help="List only this class, e.g. firm; may be repeated.")
    ] = None,
    store: StoreOption = None,
    since: Since = None,
    until: Until = None,
    relation: Relations = None,
    min_score: MinScore = LIKELY,
    status: Statuses = None,
    polarity: Polarities = None,
    curated: Curated = True,
    limit: Limit = 15,
    evidence: Evidence = False,
    format: Format = TableFormat.TABLE,
) -> None:
    """Entities whose removal leaves dependents without a documented source."""
    from queries.chokepoint import chokepoints as ask

    asked = Asked(since, until, relation, min_score, status, polarity, curated=curated)
    with open_view(store, asked) as view:
        classes = [word.upper() for word in class_ or ()]
        print_answer(ask(view, name, classes=classes, limit=limit), format, evidence=evidence)


def whatif(
    remove: Annotated[
        list[str] | None, typer.Option("--remove", metavar="NAME", help="Taken away; may be repeated.")
    ] = None,
    restrict: Annotated[
        tuple[str, str] | None, typer.Option("--restrict", metavar="A B", help="A stops supplying B.")
    ] = None,
    compare: Annotated[
        list[str] | None,
        typer.Option("--compare", metavar="NAME", help="Taken away in a second scenario, put beside the first."),
    ] = None,
    compare_restrict: Annotated[
        tuple[str, str] | None,
        typer.Option("--compare-restrict", metavar="A B", help="A stops supplying B in the second scenario."),
    ] = None,
    picture: Annotated[
        Path | None,
        typer.Option("--picture", "-o", metavar="FILE", help="Also draw the cascade: .svg, or .html with figures."),
    ] = None,
    store: StoreOption = None,
    since: Since = None,
    until: Until = None,
    relation: Relations = None,
    min_score: MinScore = LIKELY,
    status: Statuses = None,
    polarity: Polarities = None,
    curated: Curated = True,
    limit: Limit = 50,
    evidence: Evidence = False,
    format: Format = TableFormat.TABLE,
) -> None:
    """What falls, step by step, when something is taken away or stops supplying somebody."""
    from queries.whatif import Scenario, compare_whatif, play
    from queries.whatif import whatif as ask

    first = Scenario(tuple(remove or ()), (restrict,) if restrict else ())
    second = None
    if compare or compare_restrict:
        second = Scenario(tuple(compare or ()), (compare_restrict,) if compare_restrict else ())
    suffix = "" if picture is None else picture.suffix.lower()
    if picture is not None and suffix not in (".svg", ".html"):
        raise QueryError(f"a cascade is drawn as .svg or .html, not as {picture.name!r}")
    if picture is not None and suffix == ".svg" and second is not None:
        raise QueryError(f"two scenarios are drawn on one page; write to {picture.stem}.html")
    asked = Asked(since, until, relation, min_score, status, polarity, curated=curated)
    with open_view(store, asked) as view:
        if second is None:
            answer = ask(view, first.remove, first.restrict, limit=limit)
        else:
            answer = compare_whatif(view, first, second, limit=limit)
        if picture is not None:
            from queries.cascade_picture import cascade_page, cascade_svg

            outcomes = [play(view, scenario) for scenario in (first, second) if scenario is not None]
            write_text(cascade_svg(view, outcomes[0]) if suffix == ".svg" else cascade_page(view, outcomes), picture)
        print_answer(answer, format, evidence=evidence)
