"""The records that a view is made of."""

from dataclasses import dataclass
from typing import NamedTuple

from kg.types import Polarity, Status

__all__ = ["ArticleHead", "Backing", "Dependence", "Edge", "EntityName", "Statement"]


@dataclass(frozen=True, slots=True)
class EntityName:
    """An entity as a view shows it."""

    iri: str
    name: str
    label: str  # annotation label; empty where nothing in the store says what it is


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """An article without its text."""

    iri: str
    title: str = ""
    published: str = ""  # ISO date; empty where unknown
    publisher: str = ""
    url: str = ""
    cluster: int = 0  # near-copies of one another have the same


class Statement(NamedTuple):
    """A claim or a curated fact; ends, article and concerns are indices into the view."""

    key: str  # of the claim; TABLE#HASH for a curated fact
    subject: int
    relation: str  # name in the ontology
    object: int
    status: Status
    polarity: Polarity
    article: int | None  # None for a curated fact
    concerns: int | None = None
    since: str = ""  # of a curated fact: partial ISO date from which it holds
    until: str = ""  # and on which it ended

    @property
    def is_curated(self) -> bool:
        """Whether a person states it, rather than an article."""
        return self.article is None


class Edge(NamedTuple):
    """All statements that say one thing: the same ends, relation, status and polarity, claimed or curated."""

    subject: int
    relation: str
    object: int
    status: Status
    polarity: Polarity
    is_curated: bool
    statements: tuple[Statement, ...]


class Dependence(NamedTuple):
    """An edge read as: `dependent` depends on `provider`."""

    dependent: int
    provider: int
    weight: float  # of one statement of the relation, in (0, 1], as the ontology has it
    edge: Edge


@dataclass(frozen=True, slots=True)
class Backing:
    """What a statement rests on: the words of an article, or the record that a curated fact names."""

    key: str
    statement: str  # in words, e.g. "Nvidia supplies Humain"
    status: Status
    polarity: Polarity
    is_curated: bool
    quote: str = ""
    start: int = 0  # of the quote, in code points of the article's text
    end: int = 0
    score: float | None = None  # None for a curated fact
    article: str = ""  # IRI
    title: str = ""
    published: str = ""
    publisher: str = ""
    url: str = ""
    concerns: str = ""  # name
    attributed_to: str = ""  # name
    amount: str = ""  # as written
    time: str = ""  # as written
    extractor: str = ""
    rule: str = ""
    table: str = ""  # of a curated fact
    source: str = ""  # of a curated fact: the public record, in words
    as_of: str = ""
    since: str = ""
    until: str = ""
