"""Commands that make a picture: draw and demo."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import (
    EVERY_POLARITY,
    EVERY_STATUS,
    LIKELY,
    AllPolarities,
    AllStatuses,
    Asked,
    Curated,
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
from kg.cli.taking_in import print_report

__all__ = ["add_to"]

Output = Annotated[Path, typer.Option("--output", "-o", help="File to write.")]


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command("draw")(draw)
    app.command("demo")(demo)


def draw(
    focus: Annotated[
        list[str] | None, typer.Option("--focus", "-f", help="Draw around this entity; may be repeated.")
    ] = None,
    depth: Annotated[int, typer.Option(min=1, max=6, help="How many steps from the focus.")] = 1,
    nodes: Annotated[int, typer.Option("--limit", "-n", min=1, help="At most this many entities.")] = 300,
    output: Output = Path("graph.html"),
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    store: StoreOption = None,
    since: Since = None,
    until: Until = None,
    relation: Relations = None,
    min_score: MinScore = LIKELY,
    status: AllStatuses = None,
    polarity: AllPolarities = None,
    curated: Curated = True,
) -> None:
    """Draw the graph as one HTML page that works offline.

    The page filters, searches, and leads from each edge to its quotes.
    """
    asked = Asked(
        since, until, relation, min_score, status or EVERY_STATUS, polarity or EVERY_POLARITY, curated=curated
    )
    _draw(store, asked, focus or [], depth, nodes, output)
    if open_page:
        import webbrowser

        webbrowser.open(output.resolve().as_uri())


def _draw(store: str | None, asked: Asked, focus: Sequence[str], depth: int, nodes: int, output: Path) -> None:
    from queries.draw import draw as picture_of

    with open_view(store, asked) as view:
        picture = picture_of(view, focus=focus, depth=depth, limit=nodes)
        picture.write(output)
    if picture.left_out:
        print(picture.left_out)
    print(f"wrote {output.resolve()}")


def demo(
    output: Output = Path("graph.html"),
    store: StoreOption = None,
) -> None:
    """Read the sample articles, ask three questions, draw."""
    import os
    from importlib import resources

    from ingest.run import Options, ingest
    from ingest.sources import expand
    from queries.alliance import alliances
    from queries.centrality import centrality
    from queries.dependency import dependencies
    from queries.status import status as status_of

    articles = str(resources.files("corpus").joinpath("articles"))
    with open_store(store, write=True) as opened:
        report = ingest(expand([articles]), opened, Options(workers=os.cpu_count() or 1))
        print_report(report)
        print()
        print_answer(status_of(opened), TableFormat.TABLE)
    # What articles say, without the tables that people keep: the questions are about the articles just read.
    with open_view(store, Asked(min_score=LIKELY, curated=False)) as view:
        for question, answer in (
            ("Who depends on TSMC?", dependencies(view, "TSMC", direction="on", limit=5)),
            ("Whom is Japan allied with?", alliances(view, "Japan", limit=5)),
            ("Which firms are central?", centrality(view, "pagerank", classes=["FIRM"], limit=5)),
        ):
            print(f"\n{question}\n")
            print_answer(answer, TableFormat.TABLE, evidence=True)
    print()
    _draw(store, Asked(min_score=LIKELY, statuses=EVERY_STATUS, polarities=EVERY_POLARITY), (), 1, 300, output)
