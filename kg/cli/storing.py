"""Commands on the store as a whole: sparql, export, import, check, status."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import EVERY_POLARITY, EVERY_STATUS, Asked, StoreOption, open_store, write_text
from kg.errors import QueryError

__all__ = ["add_to"]


class SparqlFormat(StrEnum):
    """How the outcome of a query is printed."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    TURTLE = "turtle"
    NTRIPLES = "ntriples"


class ExportFormat(StrEnum):
    """What the graph can be written as."""

    NQUADS = "nquads"
    TRIG = "trig"
    TURTLE = "turtle"
    JSONLD = "jsonld"
    GRAPHML = "graphml"
    GEXF = "gexf"
    CSV = "csv"
    CYPHER = "cypher"


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command("sparql")(sparql)
    app.command("export")(export)
    app.command("import")(import_)
    app.command("check")(check)


def export(
    store: StoreOption = None,
    format: Annotated[
        ExportFormat, typer.Option("--format", help="nquads, trig and jsonld keep the named graphs.")
    ] = ExportFormat.NQUADS,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; else standard output.")] = None,
) -> None:
    """Write the whole graph, for other tools or to compare.

    The same articles give the same bytes on every machine: what belongs to this one (paths, times of reading) is left
    out. nquads, trig, turtle and jsonld hold everything; graphml, gexf, csv and cypher hold entities and claims as a
    property graph.
    """
    with open_store(store) as opened:
        if format in (ExportFormat.GRAPHML, ExportFormat.GEXF, ExportFormat.CSV, ExportFormat.CYPHER):
            from kg.ontology import load_ontology
            from queries.export import export_view
            from queries.view import View

            everything = Asked(statuses=EVERY_STATUS, polarities=EVERY_POLARITY).filter()
            data = export_view(View.load(opened, load_ontology(), everything), format.value).encode()
        else:
            from kg.serialise import serialise

            data = serialise(opened.canonical_quads(), format.value)
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        output.write_bytes(data)
        print(f"wrote {output} ({len(data):,} bytes)", file=sys.stderr)


def import_(
    file: Annotated[Path, typer.Argument(help="N-Quads (.nq) or TriG (.trig), as `kg export` writes them.")],
    store: StoreOption = None,
) -> None:
    """Add the graphs of an export to the store.

    A named graph that the file holds takes the place of the store's.
    """
    from kg.serialise import read_quads

    if not file.is_file():
        raise QueryError(f"there is no file {file}")
    graphs = read_quads(file)
    with open_store(store, write=True) as opened:
        for name, quads in graphs.items():
            opened.replace_graph(name, quads)
    print(f"imported {sum(map(len, graphs.values())):,} quads in {len(graphs):,} graphs")


def check(store: StoreOption = None) -> None:
    """Test the store against the SHACL shapes.

    What violates them is named, a line each.
    """
    from kg.check import check as violations

    with open_store(store) as opened:
        found = violations(opened)
    for violation in found:
        where = f"{violation.node} {violation.path}".rstrip()
        print(f"{where}: {violation.message}" + (f" (found {violation.value})" if violation.value else ""))
    if found:
        print(f"kg: {len(found)} violations", file=sys.stderr)
        raise typer.Exit(1)
    print("no violations")


def sparql(
    query: Annotated[
        str | None, typer.Argument(help="The query, a file that holds it, the name of one of ours (see --list), or -.")
    ] = None,
    store: StoreOption = None,
    format: Annotated[
        SparqlFormat | None, typer.Option(help="Default: table; turtle for CONSTRUCT and DESCRIBE.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds after which the query is given up.")] = 30.0,
    parameter: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="What the query asks for, e.g. buyer=Humain."),
    ] = None,
    list_queries: Annotated[
        bool, typer.Option("--list", help="List our named queries instead, or show the one that is named.")
    ] = False,
) -> None:
    """Ask in SPARQL 1.1 over all graphs.

    SELECT, ASK, CONSTRUCT and DESCRIBE; the prefixes of the graph are known. SERVICE is refused: nothing leaves this
    machine. Parameters that the header of a query declares are given as names, dates or numbers: they can change what
    is looked for, and nothing else.
    """
    from queries.sparql import named_queries, run

    if list_queries:
        if query is not None and query in named_queries():
            write_text(named_queries()[query].text, None)
            return
        for name, named in named_queries().items():
            takes = ", ".join(p.name if p.default is None else f"[{p.name}]" for p in named.parameters)
            print(f"{name:22} {named.question}" + (f"  {takes}" if takes else ""))
        return
    if query is None:
        raise QueryError("give a query, a file, the name of one of ours (kg sparql --list shows them), or -")
    given = dict(_named_value(words) for words in parameter or ())
    with open_store(store) as opened:
        text = run(
            opened,
            _query_text(query),
            parameters=given,
            format=None if format is None else format.value,
            timeout=timeout,
        )
    write_text(text, None)


def _named_value(words: str) -> tuple[str, str]:
    name, sign, value = words.partition("=")
    if not sign or not name.strip():
        raise QueryError(f"--param takes NAME=VALUE, e.g. buyer=Humain, not {words!r}")
    return name.strip(), value.strip()


def _query_text(query: str) -> str:
    """The query itself: from standard input, a file, our own library, or as it was given."""
    from queries.sparql import named_queries

    if query == "-":
        try:
            return sys.stdin.buffer.read().decode()
        except UnicodeDecodeError as error:
            raise QueryError(f"standard input is no text in UTF-8: {error}") from error
    # A query holds a brace; whatever does not is meant as a name.
    if query in named_queries() or "{" in query:
        return query
    path = Path(query)
    if not path.is_file():
        raise QueryError(f"{query!r} is no query, no file and none of ours (kg sparql --list shows them)")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(f"{query} is no text in UTF-8: {error}") from error
