"""A view as a property graph in the formats that other tools read; the same bytes for equal views."""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError
from kg.terms import local_name
from queries.records import Backing, Statement
from queries.view import View

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["FORMATS", "export_view"]

# XML 1.0 cannot hold these, not even escaped.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_COLUMNS: Final = (
    "claim",
    "subject",
    "relation",
    "object",
    "status",
    "polarity",
    "curated",
    "concerns",
    "amount",
    "time",
    "attributed_to",
    "score",
    "quote",
    "start",
    "end",
    "article",
    "title",
    "published",
    "publisher",
    "url",
    "extractor",
    "table",
    "source",
    "as_of",
    "since",
    "until",
)


def export_view(view: View, format: str) -> str:
    """The view as text.

    "graphml" and "gexf" hold entities and statements with all that they rest on; "csv" has a line for each statement;
    "cypher" has MERGE statements for Neo4j and its kin, which may be run twice. Raises QueryError for another format.
    """
    if format not in FORMATS:
        raise QueryError(f"no format is called {format!r}; there are {', '.join(FORMATS)}")
    return FORMATS[format](view)


def _rows(view: View) -> list[dict[str, str | int | float | bool]]:
    """Each statement with what it rests on, by column; in the order of the view."""
    backing = view.backing(s.key for s in view.statements)
    return [_row(view, s, backing[s.key]) for s in view.statements]


def _row(view: View, s: Statement, found: Backing) -> dict[str, str | int | float | bool]:
    values: dict[str, str | int | float | bool] = {
        "claim": s.key,
        "subject": view.entities[s.subject].iri,
        "relation": s.relation,
        "object": view.entities[s.object].iri,
        "curated": s.is_curated,
        "concerns": "" if s.concerns is None else view.entities[s.concerns].iri,
        "score": "" if found.score is None else found.score,
    }
    return {name: values[name] if name in values else getattr(found, name) for name in _COLUMNS}


def _multigraph(view: View) -> "nx.MultiDiGraph[str]":
    """The view as networkx writes it to XML: text that XML can hold, and no attribute that is empty."""
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in view.active:
        known = view.entities[entity]
        graph.add_node(known.iri, label=_NOT_XML.sub("�", known.name), kind=known.label)
    for row in _rows(view):
        attributes = {
            name: _NOT_XML.sub("�", value) if isinstance(value, str) else value
            for name, value in row.items()
            if name not in ("subject", "object", "claim") and value != ""
        }
        graph.add_edge(str(row["subject"]), str(row["object"]), key=str(row["claim"]), **attributes)
    return graph


def _graphml(view: View) -> str:
    from networkx import generate_graphml

    return "\n".join(generate_graphml(_multigraph(view), named_key_ids=True)) + "\n"


def _gexf(view: View) -> str:
    from networkx import generate_gexf

    lines = "\n".join(generate_gexf(_multigraph(view), version="1.2draft")) + "\n"
    # networkx writes the day of the export, and equal views are to give equal bytes.
    return re.sub(r' lastmodifieddate="[^"]*"', "", lines)


def _csv(view: View) -> str:
    out = io.StringIO()
    names = ("subject_name", "subject_class", "object_name", "object_class")
    writer = csv.DictWriter(out, [*_COLUMNS, *names], lineterminator="\n")
    writer.writeheader()
    for s, row in zip(view.statements, _rows(view), strict=True):
        subject, object_ = view.entities[s.subject], view.entities[s.object]
        writer.writerow(
            {**row, **dict(zip(names, (subject.name, subject.label, object_.name, object_.label), strict=True))}
        )
    return out.getvalue()


def _cypher(view: View) -> str:
    lines = ["CREATE CONSTRAINT entity_iri IF NOT EXISTS FOR (e:Entity) REQUIRE e.iri IS UNIQUE;"]
    for entity in view.active:
        known = view.entities[entity]
        label = f":{_identifier(known.label.capitalize())}" if known.label else ""
        lines.append(f"MERGE (e:Entity {{iri: {_text(known.iri)}}}) SET e{label}, e.name = {_text(known.name)};")
    for row in _rows(view):
        properties = ", ".join(
            f"{name}: {_literal(value)}"
            for name, value in row.items()
            if name not in ("subject", "object", "relation", "claim") and value != ""
        )
        lines.append(
            f"MATCH (s:Entity {{iri: {_text(str(row['subject']))}}}), (o:Entity {{iri: {_text(str(row['object']))}}}) "
            f"MERGE (s)-[r:{_identifier(local_name(str(row['relation'])))} {{claim: {_text(str(row['claim']))}}}]->(o) "
            f"SET r += {{{properties}}};"
        )
    return "\n".join(lines) + "\n"


def _literal(value: str | int | float | bool) -> str:
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _text(value: str) -> str:
    """A string of Cypher: quotes, backslashes, controls and all beyond ASCII are escaped, as in JSON.

    >>> _text('a "b" \\\\ c')
    '"a \\\\"b\\\\" \\\\\\\\ c"'
    """
    return json.dumps(value)


def _identifier(name: str) -> str:
    """A name of a label or relationship type, in backquotes; a backquote in it is doubled."""
    return "`" + name.replace("`", "``") + "`"


FORMATS: Final[Mapping[str, Callable[[View], str]]] = MappingProxyType(
    {"graphml": _graphml, "gexf": _gexf, "csv": _csv, "cypher": _cypher}
)
