"""Quads as bytes and back, in the order in which they are given."""

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError
from kg.terms import DEFAULT_PREFIXES

__all__ = ["FORMATS", "read_quads", "serialise"]

FORMATS = {
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def serialise(quads: Iterable[ox.Quad], format: str) -> bytes:
    """The quads in one of `FORMATS`; Turtle knows no named graphs, so a triple of two graphs stands there once."""
    rdf_format = FORMATS[format]
    prefixes = None if format == "nquads" else DEFAULT_PREFIXES
    if rdf_format.supports_datasets:
        data = ox.serialize(quads, format=rdf_format, prefixes=prefixes)
    else:
        data = ox.serialize(dict.fromkeys(quad.triple for quad in quads), format=rdf_format, prefixes=prefixes)
    return data or b""


def read_quads(file: Path) -> dict[str, list[ox.Quad]]:
    """The quads of an N-Quads or TriG file by named graph. Raises QueryError that names file, line and fault."""
    format = ox.RdfFormat.from_extension(file.suffix.removeprefix("."))
    if format not in (ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG):
        raise QueryError(f"{file}: only N-Quads (.nq) and TriG (.trig) can be imported")
    graphs: dict[str, list[ox.Quad]] = {}
    try:
        for quad in ox.parse(path=str(file), format=format):
            if not isinstance(quad, ox.Quad) or not isinstance(quad.graph_name, ox.NamedNode):
                raise QueryError(f"{file}: a statement lies in no named graph: {quad}")
            graphs.setdefault(quad.graph_name.value, []).append(quad)
    except (SyntaxError, ValueError, OSError) as error:
        raise QueryError(f"{file}: cannot be read as {format.name}: {error}") from error
    return graphs
