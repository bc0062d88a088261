"""Commands on the store as a whole: sparql, export, import, check, status."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import StoreOption, open_store
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
    """Write the whole graph, the same bytes for the same articles on every machine.

    nquads, trig, turtle and jsonld hold everything; graphml, gexf, csv and cypher hold entities and claims as a
    property graph. What belongs to this machine (paths, times of reading) is left out.
    """
    with open_store(store) as opened:
        if format in (ExportFormat.GRAPHML, ExportFormat.GEXF, ExportFormat.CSV, ExportFormat.CYPHER):
            from kg.ontology import load_ontology
            from queries.export import export_view
            from queries.view import Filter, View

            data = export_view(View.load(opened, load_ontology(), Filter.everything()), format.value).encode()
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
    """Add the graphs of an export to the store; a named graph that the file holds takes the place of the store's."""
    from kg.serialise import read_quads

    if not file.is_file():
        raise QueryError(f"there is no file {file}")
    graphs = read_quads(file)
    with open_store(store, write=True) as opened:
        for name, quads in graphs.items():
            opened.replace_graph(name, quads)
    print(f"imported {sum(map(len, graphs.values())):,} quads in {len(graphs):,} graphs")


def check(store: StoreOption = None) -> None:
    """Test the whole store against the SHACL shapes and name what violates them."""
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
    query: Annotated[str, typer.Argument(help="The query, a file that holds it, the name of one of ours, or -.")],
    store: StoreOption = None,
    format: Annotated[
        SparqlFormat | None, typer.Option(help="Default: table, turtle for CONSTRUCT and DESCRIBE.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds after which the query is given up.")] = 30.0,
    list_queries: Annotated[bool, typer.Option("--list", help="List our named queries instead.")] = False,
) -> None:
    """Ask in SPARQL 1.1 (SELECT, ASK, CONSTRUCT, DESCRIBE) over all graphs; the usual prefixes are known."""
