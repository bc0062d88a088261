"""How edges are put into words and counted, the same in every answer."""

from collections.abc import Iterable, Sequence
from typing import Final

from queries.answer import Cell, Column
from queries.records import Edge, Statement
from queries.view import View

__all__ = ["SUPPORT", "class_words", "concerns_words", "kept", "origin_words", "reading", "status_words", "support"]

SUPPORT: Final = (
    Column("origin"),
    Column("claims", "count", "claims"),
    Column("articles", "count", "articles"),
    Column("sources", "count", "independent sources"),
)


def support(view: View, statements: Sequence[Statement]) -> tuple[Cell, ...]:
    """The cells of the columns `SUPPORT`."""
    claims = [s for s in statements if not s.is_curated]
    return (
        origin_words(statements),
        len(claims),
        len(view.articles_behind(claims)),
        view.independent_sources(claims),
    )


def origin_words(statements: Iterable[Statement]) -> str:
    """Who says so: articles, a curated table, or both."""
    found = {s.is_curated for s in statements}
    return " and ".join(word for curated, word in ((False, "articles"), (True, "curated")) if curated in found)


def status_words(edge: Edge) -> str:
    """The status of an edge; one that articles deny says so."""
    return edge.status if edge.polarity == "affirmed" else f"{edge.status}, denied"


def concerns_words(view: View, statements: Iterable[Statement]) -> str:
    """What the statements are about, the names in order; empty where none says."""
    return ", ".join(sorted({view.name(s.concerns) for s in statements if s.concerns is not None}))


def class_words(view: View, entity: int) -> str:
    """The class of an entity as the ontology words it, e.g. `government body`."""
    label = view.entities[entity].label
    known = view.ontology.classes.get(label.capitalize())
    return label.lower() if known is None else known.label


def reading(view: View, edge: Edge, first: int) -> tuple[str, int]:
    """The edge read from one of its ends: the relation in words, and the other end.

    >>> from kg.store import Store
    >>> view = View.load(Store())
    >>> reading(view, Edge(0, "supplies", 1, "actual", "affirmed", False, ()), 1)
    ('is supplied by', 0)
    """
    relation = view.relation(edge)
    return (relation.label, edge.object) if edge.subject == first else (relation.inverse_label, edge.subject)


def kept(shown: int, found: int, what: str) -> tuple[str, ...]:
    """The caveat of a list that was cut; none where it is whole."""
    return () if shown >= found else (f"{shown} of {found} {what} are shown",)
