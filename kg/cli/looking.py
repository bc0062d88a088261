"""Commands that look things up: show, claims, articles, entities, status."""

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
    Limit,
    MinScore,
    Relations,
    Since,
    StoreOption,
    TableFormat,
    Until,
    open_store,
    open_view,
    print_answer,
)

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command("show")(show)
    app.command("claims")(claims)
    app.command("articles")(articles)
    app.command("entities")(entities)
    app.command("status")(status)


def show(
    name: Annotated[str, typer.Argument(help="A name, alias, local name or IRI.")],
    store: StoreOption = None,
    since: Since = None,
    until: Until = None,
    relation: Relations = None,
    min_score: MinScore = 0.0,
    status: AllStatuses = None,
    polarity: AllPolarities = None,
    curated: Curated = True,
    limit: Limit = 50,
    evidence: Evidence = False,
    format: Format = TableFormat.TABLE,
) -> None:
    """All that is stated of one entity, in both directions."""
    from queries.lookup import show as ask

    asked = Asked(
        since, until, relation, min_score, status or EVERY_STATUS, polarity or EVERY_POLARITY, curated=curated
    )
    with open_view(store, asked) as view:
        print_answer(ask(view, name, limit=limit), format, evidence=evidence)


def claims(
    subject: Annotated[str | None, typer.Option(help="Only claims whose subject this is.")] = None,
    object_: Annotated[str | None, typer.Option("--object", help="Only claims whose object this is.")] = None,
    about: Annotated[str | None, typer.Option(help="Only claims with this entity at either end.")] = None,
    article: Annotated[str | None, typer.Option(help="Only claims of this article: title, URL or IRI.")] = None,
    store: StoreOption = None,
    since: Since = None,
    until: Until = None,
    relation: Relations = None,
    min_score: MinScore = 0.0,
    status: AllStatuses = None,
    polarity: AllPolarities = None,
    limit: Limit = 50,
    evidence: Evidence = False,
    format: Format = TableFormat.TABLE,
) -> None:
    """What articles claim, one row a claim."""
    from queries.lookup import claims as ask

    asked = Asked(since, until, relation, min_score, status or EVERY_STATUS, polarity or EVERY_POLARITY, curated=False)
    with open_view(store, asked) as view:
        answer = ask(view, subject=subject, object=object_, about=about, article=article, limit=limit)
        print_answer(answer, format, evidence=evidence)


def articles(
    contains: Annotated[
        str | None, typer.Option(help="Only articles whose title or publisher holds these words.")
    ] = None,
    mentions: Annotated[str | None, typer.Option(help="Only articles that mention this entity.")] = None,
    store: StoreOption = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = 100,
    format: Format = TableFormat.TABLE,
) -> None:
    """The articles, newest first, near-copies marked."""
    from queries.lookup import articles as ask

    asked = Asked(since, until, statuses=EVERY_STATUS, polarities=EVERY_POLARITY)
    with open_view(store, asked) as view:
        print_answer(ask(view, contains=contains, mentions=mentions, limit=limit), format)


def entities(
    class_: Annotated[
        list[str] | None, typer.Option("--class", "-c", help="Only this class, e.g. firm; may be repeated.")
    ] = None,
    contains: Annotated[str | None, typer.Option(help="Only entities whose name holds these words.")] = None,
    store: StoreOption = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = 50,
    format: Format = TableFormat.TABLE,
) -> None:
    """The entities, those that most articles mention first."""
    from queries.lookup import entities as ask

    asked = Asked(since, until, statuses=EVERY_STATUS, polarities=EVERY_POLARITY)
    with open_view(store, asked) as view:
        answer = ask(view, classes=[name.upper() for name in class_ or ()], contains=contains, limit=limit)
        print_answer(answer, format)


def status(store: StoreOption = None, format: Format = TableFormat.TABLE) -> None:
    """What the store holds, in figures."""
    from queries.status import status as ask

    with open_store(store) as opened:
        print_answer(ask(opened), format)
