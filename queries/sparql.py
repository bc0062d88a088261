"""SPARQL over the store: any query in any format within a time, and queries of our own by name."""

from collections.abc import Mapping
from traceback import clear_frames
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store import DEFAULT_TIMEOUT, QueryOutcome, Store, within
from kg.terms import DEFAULT_PREFIXES, compact
from queries.library import NamedQuery, bound, named_queries, read_query
from queries.render import neutral
from queries.text_table import text_table

__all__ = ["FORMATS", "NamedQuery", "named_queries", "run"]

_SOLUTIONS: Final[Mapping[str, ox.QueryResultsFormat]] = MappingProxyType(
    {
        "csv": ox.QueryResultsFormat.CSV,
        "tsv": ox.QueryResultsFormat.TSV,
        "json": ox.QueryResultsFormat.JSON,
        "xml": ox.QueryResultsFormat.XML,
    }
)
_TRIPLES: Final[Mapping[str, ox.RdfFormat]] = MappingProxyType(
    {
        "turtle": ox.RdfFormat.TURTLE,
        "ntriples": ox.RdfFormat.N_TRIPLES,
        "json": ox.RdfFormat.JSON_LD,
        "xml": ox.RdfFormat.RDF_XML,
    }
)
FORMATS: Final = ("table", *dict.fromkeys((*_SOLUTIONS, *_TRIPLES)))


def run(
    store: Store,
    query: str,
    *,
    parameters: Mapping[str, str] = MappingProxyType({}),
    format: str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
    width: int | None = None,
) -> str:
    """Ask in SPARQL 1.1 and give the result as text; the prefixes of `kg.terms` are known.

    Parameters
    ----------
    store : Store
    query : str
        SELECT, ASK, CONSTRUCT or DESCRIBE, or the name of one of `named_queries`.
    parameters : mapping of str to str
        What the parameters that the query's header declares are given; see `queries.library`.
    format : str, optional
        SELECT and ASK: "table", "csv", "tsv", "json" or "xml". CONSTRUCT and DESCRIBE: "table", "turtle",
        "ntriples", "json" (JSON-LD) or "xml" (RDF/XML). Left out: a table, or Turtle.
    timeout : float
        Seconds.
    width : int, optional
        Columns of the terminal that a table is fitted to.

    Raises
    ------
    QueryError
        The query is malformed, fails, lacks a parameter, or its result cannot be written in the format.
    QueryTimeoutError
        No answer in time.
    """
    text = bound(store, named_queries().get(query.strip()) or read_query(query), parameters)

    def work() -> str:
        try:
            return _written(store.query(text), format, width)
        except QueryError as error:
            # A result must be dropped in the thread that made it, and the frames of a traceback hold on to it.
            clear_frames(error.__traceback__)
            raise
        except (RuntimeError, ValueError, OSError) as error:
            clear_frames(error.__traceback__)
            raise QueryError(f"the query failed: {error}") from error

    return within(timeout, work)


def _written(outcome: QueryOutcome, format: str | None, width: int | None) -> str:
    if isinstance(outcome, ox.QueryTriples):
        if format == "table":
            return _table(
                ("subject", "predicate", "object"), [[_shown(t) for t in triple] for triple in outcome], width
            )
        triples = _TRIPLES.get(format or "turtle")
        if triples is None:
            raise QueryError(f"triples cannot be written as {format}; there are table, {', '.join(_TRIPLES)}")
        return _decoded(ox.serialize(outcome, format=triples, prefixes=DEFAULT_PREFIXES))
    if format in (None, "table"):
        if isinstance(outcome, ox.QueryBoolean):
            return "true\n" if outcome else "false\n"
        variables = [variable.value for variable in outcome.variables]
        return _table(variables, [[_shown(term) for term in solution] for solution in outcome], width)
    results = _SOLUTIONS.get(format or "")
    if results is None:
        raise QueryError(f"SELECT and ASK cannot be written as {format}; there are table, {', '.join(_SOLUTIONS)}")
    return _decoded(outcome.serialize(format=results))


def _decoded(data: bytes | None) -> str:
    text = (data or b"").decode()
    return text if text.endswith("\n") else text + "\n"


def _table(headers: tuple[str, ...] | list[str], rows: list[list[str]], width: int | None) -> str:
    numbers = [bool(rows) and all(_is_number(row[place]) for row in rows) for place in range(len(headers))]
    lines = text_table(headers, rows, right=numbers, width=width) if headers else []
    return "\n".join([*lines, f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}"]) + "\n"


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdecimal()


def _shown(term: object) -> str:
    """A term for people: IRIs by prefix, literals as their text, nothing where unbound."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return neutral(compact(term.value))
    return neutral(term.value if isinstance(term, ox.Literal) else str(term))
