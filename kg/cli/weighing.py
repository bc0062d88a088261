"""Commands that weigh what is documented: sovereignty, timeline, disagreements, corroboration, blocs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import (
    EVERY_POLARITY,
    EVERY_STATUS,
    LIKELY,
    AllPolarities,
    AllStatuses,
    Asked,
    Curated,
    Evidence,
    Format,
    Limit,
    MinScore,
    Relations,
    Since,
    StoreOption,
    TableFormat,
    Until,
    open_view,
    print_answer,
    write_text,
)
from kg.errors import QueryError

if TYPE_CHECKING:
    from queries.sovereign_profile import Profile
    from queries.view import View

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command("sovereignty")(sovereignty)
    app.command("timeline")(timeline)
    app.command("disagreements")(disagreements)
    app.command("corroboration")(corroboration)
    app.command("blocs")(blocs)


def sovereignty(
    countries: Annotated[
        list[str] | None,
        typer.Argument(metavar="[COUNTRY]...", help="Countries; all that have data where none is named."),
    ] = None,
    compare: Annotated[bool, typer.Option("--compare", help="Countries side by side, one row a figure.")] = False,
    ally: Annotated[
        list[str] | None,
        typer.Option(help="Who counts as allied: a country, or an alliance with its members; may be repeated."),
    ] = None,
    weight: Annotated[
        list[str] | None, typer.Option(metavar="LAYER=NUMBER", help="Weight of a layer in the mean; may be repeated.")
    ] = None,
    planned: Annotated[bool, typer.Option("--planned", help="What is planned, instead of what is.")] = False,
    chart: Annotated[Path | None, typer.Option(help="Radar chart of the layers: a .svg or .png file.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="An .html page whose cells open to their claims.")
    ] = None,
    store: StoreOption = None,
    since: Since = None,
    until: Until = None,
    min_score: MinScore = LIKELY,
    curated: Curated = True,
    limit: Limit = 60,
    evidence: Evidence = False,
    format: Format = TableFormat.TABLE,
) -> None:
    """How sovereign countries are in what AI needs: compute at three levels, eight layers, the minimum first."""
    from queries.sovereign_profile import profiles
    from queries.sovereignty import sovereignty as ask
    from queries.sovereignty import sovereignty_comparison

    names, allies, weights = countries or [], ally or [], _weights(weight or [])
    if (chart or output) and not names:
        raise QueryError("a chart or page compares countries; name one or more")
    if chart is not None and chart.suffix not in (".svg", ".png"):
        raise QueryError(f"a chart is a .svg or .png file, not {chart.name!r}")
    if output is not None and output.suffix not in (".html", ".htm"):
        raise QueryError(f"a page is an .html file, not {output.name!r}")
    status = "planned" if planned else "actual"
    asked = Asked(since, until, None, min_score, ("actual", "planned") if planned else None, None, curated=curated)
    with open_view(store, asked) as view:
        if compare:
            answer = sovereignty_comparison(view, names, allies=allies, weights=weights, status=status)
        else:
            answer = ask(view, names, allies=allies, weights=weights, status=status, limit=limit)
        found = profiles(view, names, allies=allies, weights=weights, status=status) if chart or output else []
        if chart is not None:
            _write_chart(view, found, chart)
        if output is not None:
            from queries.sovereignty_page import sovereignty_page

            write_text(sovereignty_page(view, found, answer), output)
        print_answer(answer, format, evidence=evidence)


def _weights(given: list[str]) -> dict[str, float]:
    found = {}
    for word in given:
        layer, _, number = word.partition("=")
        try:
            found[layer.strip()] = float(number)
        except ValueError:
            raise QueryError(f"a weight is written LAYER=NUMBER, such as chips=2, not {word!r}") from None
    return found


def _write_chart(view: "View", found: "list[Profile]", chart: Path) -> None:
    from queries.sovereignty_picture import radar, radar_png

    if chart.suffix == ".png":
        chart.write_bytes(radar_png(view, found))
    else:
        write_text(radar(view, found), chart)


def timeline(
    name: Annotated[str, typer.Argument(help="A name, alias, local name or IRI.")],
    store: StoreOption = None,
    since: Since = None,
    until: Until = None,
    relation: Relations = None,
    min_score: MinScore = LIKELY,
    status: AllStatuses = None,
    polarity: AllPolarities = None,
    curated: Curated = True,
    limit: Limit = 50,
    evidence: Evidence = False,
    format: Format = TableFormat.TABLE,
) -> None:
    """What is stated of one entity in the order of time: when it holds, when it was written."""
    from queries.timeline import timeline as ask

    asked = Asked(
        since, until, relation, min_score, status or EVERY_STATUS, polarity or EVERY_POLARITY, curated=curated
    )
    with open_view(store, asked) as view:
        print_answer(ask(view, name, limit=limit), format, evidence=evidence)


def disagreements(
    name: Annotated[str | None, typer.Argument(help="Only those about this entity.")] = None,
    days: Annotated[
        int, typer.Option(min=0, help='Farthest apart that "it is so" and "it has ended" disagree, in days.')
    ] = 90,
    store: StoreOption = None,
    since: Since = None,
    until: Until = None,
    relation: Relations = None,
    min_score: MinScore = LIKELY,
    curated: Curated = True,
    limit: Limit = 25,
    evidence: Evidence = False,
    format: Format = TableFormat.TABLE,
) -> None:
    """Where the sources contradict one another, with the quotes of both sides."""
    from queries.disagreements import disagreements as ask

    asked = Asked(since, until, relation, min_score, EVERY_STATUS, EVERY_POLARITY, curated=curated)
    with open_view(store, asked) as view:
        print_answer(ask(view, name, days=days, limit=limit), format, evidence=evidence)


def corroboration(
    what: Annotated[str, typer.Argument(metavar="CLAIM|NAME", help="The key of a claim, or the name of an entity.")],
    class_: Annotated[
        list[str] | None, typer.Option("--class", "-c", help="Only with entities of this class; may be repeated.")
    ] = None,
    store: StoreOption = None,
    since: Since = None,
    until: Until = None,
    relation: Relations = None,
    min_score: MinScore = LIKELY,
    status: AllStatuses = None,
    polarity: AllPolarities = None,
    curated: Curated = True,
    limit: Limit = 25,
    evidence: Evidence = False,
    format: Format = TableFormat.TABLE,
) -> None:
    """How many independent sources say so: near-copies and one publisher count once."""
    from queries.corroboration import corroboration as ask

    asked = Asked(
        since, until, relation, min_score, status or EVERY_STATUS, polarity or EVERY_POLARITY, curated=curated
    )
    with open_view(store, asked) as view:
        answer = ask(view, what, classes=[name.upper() for name in class_ or ()], limit=limit)
        print_answer(answer, format, evidence=evidence)


def blocs(
    bridges: Annotated[bool, typer.Option("--bridges", help="Who stands between the blocs, instead.")] = False,
    class_: Annotated[
        list[str] | None, typer.Option("--class", "-c", help="List only members of this class; may be repeated.")
    ] = None,
    resolution: Annotated[float, typer.Option(help="Above 1 more and smaller blocs, below 1 fewer and larger.")] = 1.0,
    seed: Annotated[int, typer.Option(help="Of the algorithm's random order.")] = 0,
    store: StoreOption = None,
    since: Since = None,
    until: Until = None,
    min_score: MinScore = LIKELY,
    curated: Curated = True,
    limit: Limit = 15,
    evidence: Evidence = False,
    format: Format = TableFormat.TABLE,
) -> None:
    """Blocs on documented ties, with frustration: memberships and partnerships against rivalries and restrictions."""
    from queries.blocs import blocs as ask
    from queries.blocs import bridges as ask_bridges

    classes = [name.upper() for name in class_ or ()]
    with open_view(store, Asked(since, until, None, min_score, curated=curated)) as view:
        question = ask_bridges if bridges else ask
        answer = question(view, classes=classes, resolution=resolution, seed=seed, limit=limit)
        print_answer(answer, format, evidence=evidence)
