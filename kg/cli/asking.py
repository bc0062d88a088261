"""Commands that ask questions: dependencies, alliances, centrality, path."""

from enum import StrEnum
from typing import Annotated

import typer

from kg.cli.options import (
    EVERY_POLARITY,
    EVERY_STATUS,
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
)
from kg.errors import QueryError

__all__ = ["add_to"]


class Direction(StrEnum):
    """Which way to look."""

    OF = "of"
    ON = "on"


class Grouping(StrEnum):
    """What dependence is looked through to."""

    COUNTRY = "country"
    FIRM = "firm"
    RESOURCE = "resource"


class Span(StrEnum):
    """Spans of time that centrality is compared over."""

    YEAR = "year"


class Measure(StrEnum):
    """Measures of centrality."""

    DEGREE = "degree"
    BETWEENNESS = "betweenness"
    PAGERANK = "pagerank"
    EIGENVECTOR = "eigenvector"
    HITS = "hits"


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command("dependencies")(dependencies)
    app.command("alliances")(alliances)
    app.command("centrality")(centrality)
    app.command("path")(path)


def dependencies(
    name: Annotated[str, typer.Argument(help="A country, firm, resource ...: a name, alias or local name.")],
    direction: Annotated[
        Direction, typer.Option(help="of: what NAME depends on. on: who depends on NAME.")
    ] = Direction.OF,
    by: Annotated[
        Grouping | None, typer.Option(help="Look through to countries, firms or resources, with concentration.")
    ] = None,
    depth: Annotated[
        int | None, typer.Option(min=1, max=8, help="Longest chain of dependence; default 2, with --by 6.")
    ] = None,
    resource: Annotated[str | None, typer.Option(help="Only dependence for this resource or a kind of it.")] = None,
    store: StoreOption = None,
    since: Since = None,
    until: Until = None,
    relation: Relations = None,
    min_score: MinScore = LIKELY,
    status: Statuses = None,
    polarity: Polarities = None,
    curated: Curated = True,
    limit: Limit = 25,
    evidence: Evidence = False,
    format: Format = TableFormat.TABLE,
) -> None:
    """Who depends on whom, for what, and over which chain."""
    from queries.concentration import dependencies_by
    from queries.dependency import dependencies as ask

    asked = Asked(since, until, relation, min_score, status, polarity, curated=curated)
    with open_view(store, asked) as view:
        if by is None:
            answer = ask(view, name, direction=direction.value, depth=depth or 2, resource=resource, limit=limit)
        else:
            answer = dependencies_by(
                view, name, by=by.value, direction=direction.value, depth=depth or 6, resource=resource, limit=limit
            )
        print_answer(answer, format, evidence=evidence)


def alliances(
    name: Annotated[str | None, typer.Argument(help="An alliance (its members) or an actor (its ties).")] = None,
    others: Annotated[list[str] | None, typer.Argument(help="More of them: what they have in common.")] = None,
    with_: Annotated[str | None, typer.Option("--with", help="Who is tied to this side and that of --and.")] = None,
    and_: Annotated[str | None, typer.Option("--and", help="The other side.")] = None,
    at: Annotated[str | None, typer.Option(help="Members of the alliance at this date, e.g. 2019-06.")] = None,
    store: StoreOption = None,
    since: Since = None,
    until: Until = None,
    min_score: MinScore = LIKELY,
    status: Statuses = None,
    polarity: Polarities = None,
    curated: Curated = True,
    limit: Limit = 25,
    evidence: Evidence = False,
    format: Format = TableFormat.TABLE,
) -> None:
    """Alliances, members, partners, and what two share."""
    from queries.alliance import alliances as ask
    from queries.blocs import both_sides
    from queries.membership import members_at, overlap

    if (with_ is None) is not (and_ is None):
        raise QueryError("--with and --and belong together: name one side with each")
    if with_ is not None and (name is not None or at is not None):
        raise QueryError("--with and --and name the two sides; leave NAME and --at out")
    if at is not None and name is None:
        raise QueryError("--at needs an alliance: kg alliances NATO --at 2019")
    # Who belonged at a date is told by memberships that have ended since, and by denials.
    statuses, polarities = (status, polarity) if at is None else (EVERY_STATUS, EVERY_POLARITY)
    with open_view(store, Asked(since, until, None, min_score, statuses, polarities, curated=curated)) as view:
        if with_ is not None and and_ is not None:
            answer = both_sides(view, with_, and_, limit=limit)
        elif others and (len(others) > 1 or at is not None):
            answer = overlap(view, [name or "", *others], at=at or "", limit=limit)
        elif at is not None:
            answer = members_at(view, name or "", at, limit=limit)
        else:
            answer = ask(view, name, others[0] if others else None, limit=limit)
        print_answer(answer, format, evidence=evidence)


def centrality(
    measure: Annotated[Measure, typer.Option(help="How centrality is computed.")] = Measure.PAGERANK,
    relation: Relations = None,
    class_: Annotated[
        list[str] | None, typer.Option("--class", "-c", help="Rank only this class, e.g. firm; may be repeated.")
    ] = None,
    corrected: Annotated[
        bool, typer.Option("--corrected", help="Rank by what attention of the press does not explain.")
    ] = False,
    by: Annotated[Span | None, typer.Option(help="The ranks of each year.")] = None,
    store: StoreOption = None,
    since: Since = None,
    until: Until = None,
    min_score: MinScore = LIKELY,
    status: Statuses = None,
    polarity: Polarities = None,
    curated: Curated = False,
    limit: Limit = 15,
    evidence: Evidence = False,
    format: Format = TableFormat.TABLE,
) -> None:
    """Which entities are central in what articles state.

    Attention of the press is not power: the number of articles stands beside each value.
    """
    from queries.attention import attention_corrected
    from queries.centrality import centrality as ask
    from queries.trend import centrality_by_year

    if corrected and by is not None:
        raise QueryError("--corrected and --by are two questions; ask one")
    asked = Asked(since, until, relation, min_score, status, polarity, curated=curated)
    classes = [name.upper() for name in class_ or ()]
    with open_view(store, asked) as view:
        if corrected:
            answer = attention_corrected(view, measure.value, classes=classes, limit=limit)
        elif by is not None:
            answer = centrality_by_year(view, measure.value, classes=classes, limit=limit)
        else:
            answer = ask(view, measure.value, classes=classes, limit=limit)
        print_answer(answer, format, evidence=evidence)


def path(
    start: Annotated[str, typer.Argument(metavar="A", help="Where the path begins.")],
    end: Annotated[str, typer.Argument(metavar="B", help="Where it ends.")],
    directed: Annotated[
        bool, typer.Option("--dependence", help="Only along dependence: A depends on ... on B.")
    ] = False,
    store: StoreOption = None,
    since: Since = None,
    until: Until = None,
    relation: Relations = None,
    min_score: MinScore = LIKELY,
    status: Statuses = None,
    polarity: Polarities = None,
    curated: Curated = True,
    evidence: Evidence = False,
    format: Format = TableFormat.TABLE,
) -> None:
    """The shortest chain of statements between two entities."""
    from queries.paths import path as ask

    asked = Asked(since, until, relation, min_score, status, polarity, curated=curated)
    with open_view(store, asked) as view:
        print_answer(ask(view, start, end, along_dependence=directed), format, evidence=evidence)
