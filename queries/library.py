"""Our own queries by name, and what their parameters are given, as terms.

The header of a query says what it asks, which parameters it takes and what its columns are:

    # Who supplies what to whom, in how many articles?
    # Parameters:
    #   $buyer: entity = any; who is supplied
    # Columns:
    #   ?articles: count of articles that say so

In the text a parameter stands as `$buyer`, that of an entity in a VALUES clause. A parameter that is not given takes
its default; one whose default is `any` narrows nothing: the line it stands in is left out.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from kg.errors import QueryError
from kg.ontology import load_ontology
from kg.store import Store
from kg.terms import STATUSES, XSD, class_iri, relation_iri
from queries.filter import Filter, check_classes, relation_called
from queries.names import resolve
from queries.near import nearest
from queries.view import View

__all__ = ["NamedQuery", "Parameter", "bound", "named_queries", "read_query"]

_ANY: Final = "any"
_PARAMETER = re.compile(r"#\s+\$(\w+): ([a-z ]+?)(?: = (\S+))?; (.+)")
_COLUMN = re.compile(r"#\s+\?(\w+): (.+)")
_USE = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query may be given."""

    name: str
    kind: str  # one of the kinds of `bound`
    default: str | None  # "any" narrows nothing; None where one must be given
    meaning: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of ours: `name` is the file's, the rest what its header says."""

    name: str
    question: str
    text: str
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()  # variable, and what it holds with its unit


def read_query(text: str, name: str = "") -> NamedQuery:
    """A query with what its header declares; a query without a header takes no parameters."""
    header = [line for line in text.splitlines() if line.startswith("#")]
    found = [match for line in header if (match := _PARAMETER.fullmatch(line))]
    for match in found:
        if match[2] not in _TERMS:
            raise QueryError(f"${match[1]}: no kind of parameter is called {match[2]!r}; there are {', '.join(_TERMS)}")
    return NamedQuery(
        name=name,
        question=header[0].removeprefix("#").strip() if header else "",
        text=text,
        parameters=tuple(Parameter(match[1], match[2], match[3], match[4]) for match in found),
        columns=tuple((match[1], match[2]) for line in header if (match := _COLUMN.fullmatch(line))),
    )


@lru_cache(maxsize=1)
def named_queries() -> Mapping[str, NamedQuery]:
    """The queries in `queries/sparql/`, by name."""
    found = {}
    for file in sorted(files("queries").joinpath("sparql").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".rq"):
            name = file.name.removesuffix(".rq")
            found[name] = read_query(file.read_text(encoding="utf-8"), name)
    return MappingProxyType(found)


def bound(store: Store, query: NamedQuery, given: Mapping[str, str]) -> str:
    """The text of a query with its parameters in place.

    Each value is read by the kind of its parameter (entity, relation, class, status, day, first day, last day, count,
    number, text) and written as a term, so that no value can change what is asked.

    Raises
    ------
    QueryError
        The query takes no such parameter, misses one, or a value is not of its kind.
    UnknownNameError
        Nothing goes by the name of an entity.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    called = repr(query.name) if query.name else "this query"
    for name in given:
        if name not in known:
            offer = ", ".join(nearest(name, list(known)) or known)
            raise QueryError(f"{called} takes no parameter {name!r}; it takes {offer or 'none'}")
    values = {name: given.get(name, parameter.default) for name, parameter in known.items()}
    for name, value in values.items():
        if value is None:
            raise QueryError(
                f"{called} needs {name}: {known[name].meaning}; give it with --param {name}=... ({known[name].kind})"
            )
    terms = {
        name: _TERMS[known[name].kind](store, value)
        for name, value in values.items()
        if value is not None and (value != _ANY or name in given)
    }
    return "\n".join(_lines(query.text, known, terms)) + "\n"


def _lines(text: str, known: Mapping[str, Parameter], terms: Mapping[str, str]) -> Iterator[str]:
    for line in text.splitlines():
        if line.lstrip().startswith("#"):
            yield line
        elif {match[1] for match in _USE.finditer(line)} & known.keys() <= terms.keys():
            # One pass over our own text: what a value holds is not looked at again.
            yield _USE.sub(lambda match: terms.get(match[1], match[0]), line)


def _entity(store: Store, value: str) -> str:
    """All IRIs of the entity: those that a person judged to be the same are one."""
    view = View.load(store, filter=Filter.everything())
    entity = resolve(view, value)
    return " ".join(sorted(str(ox.NamedNode(iri)) for iri, place in view.index.items() if place == entity))


def _relation(store: Store, value: str) -> str:
    return str(ox.NamedNode(relation_iri(relation_called(load_ontology(), value).name)))


def _class(store: Store, value: str) -> str:
    label = value.strip().upper()
    check_classes([label])
    return str(ox.NamedNode(class_iri(label)))


def _status(store: Store, value: str) -> str:
    word = value.strip().lower()
    if word not in STATUSES:
        raise QueryError(f"no status is called {value!r}; there are {', '.join(STATUSES)}")
    return str(ox.NamedNode(relation_iri(word)))


def _date(day: str) -> str:
    return str(ox.Literal(day, datatype=ox.NamedNode(XSD + "date")))


def _count(store: Store, value: str) -> str:
    # Digits of other scripts are digits to Python and none to SPARQL.
    if not (value.isascii() and value.isdecimal()):
        raise QueryError(f"{value!r} is no count; write a whole number, e.g. 20")
    return str(int(value))


def _number(store: Store, value: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > 30:
        raise QueryError(f"{value!r} is no number; write one such as 0.6")
    return str(ox.Literal(f"{number:f}", datatype=ox.NamedNode(XSD + "decimal")))


_TERMS: Final[Mapping[str, Callable[[Store, str], str]]] = MappingProxyType(
    {
        "entity": _entity,
        "relation": _relation,
        "class": _class,
        "status": _status,
        "day": lambda store, value: str(ox.Literal(Filter(since=value).first_day)),
        "first day": lambda store, value: _date(Filter(since=value).first_day),
        "last day": lambda store, value: _date(Filter(until=value).last_day),
        "count": _count,
        "number": _number,
        "text": lambda store, value: str(ox.Literal(value)),
    }
)
