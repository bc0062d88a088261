"""The frozen records that pass between rooms. None holds a spaCy `Doc` or an RDF graph."""

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Literal

from kg.terms import ARTICLE, CLAIM, CURATED

__all__ = [
    "Amount",
    "Article",
    "ArticleGraph",
    "Claim",
    "CuratedFact",
    "Entity",
    "Evidence",
    "Extraction",
    "Mention",
    "Period",
    "Polarity",
    "Reading",
    "Source",
    "Status",
]

Status = Literal["actual", "planned", "ended"]
Polarity = Literal["affirmed", "negated"]


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes as received. One source may hold several articles (a feed, a JSONL file)."""

    address: str  # absolute path, URL, or "-" for standard input
    data: bytes
    media_type: str | None = None  # as the server said; None where the reader must tell from name and content


@dataclass(frozen=True)
class Article:
    """One text with what is known of it. `text` is clean; every offset in the graph counts code points in it."""

    text: str
    title: str = ""
    url: str | None = None  # canonical address
    published: str | None = None  # ISO date
    publisher: str | None = None
    author: str | None = None
    language: str | None = None  # ISO 639-1
    topics: tuple[str, ...] = ()
    address: str = "-"  # where it was read from: part of no identity

    @cached_property
    def digest(self) -> str:
        """`sha256:` and the hexadecimal digest of the clean text."""
        return "sha256:" + sha256(self.text.encode()).hexdigest()

    @cached_property
    def iri(self) -> str:
        """Named after the canonical URL, else after the text."""
        key = sha256(self.url.encode()).hexdigest() if self.url else self.digest.removeprefix("sha256:")
        return ARTICLE + key[:20]


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names something, and what it was linked to."""

    start: int
    end: int  # excluded
    label: str  # annotation label, e.g. FIRM
    name: str  # canonical name; for MONEY, DATE and QUANTITY the words themselves
    entity: str | None = None  # IRI; None for MONEY, DATE and QUANTITY
    score: float = 1.0  # the extractor's, in [0, 1]
    reason: str = ""  # why this span and this entity, in words


@dataclass(frozen=True, slots=True)
class Reading:
    """One relation read between two mentions of one text. `head` and the like are indices into the mentions."""

    head: int
    relation: str  # name in the ontology, e.g. supplies
    tail: int
    start: int  # of the evidence in the text
    end: int
    score: float  # in [0, 1]
    status: Status = "actual"
    polarity: Polarity = "affirmed"
    concerns: int | None = None
    amount: int | None = None
    time: int | None = None
    attributed_to: int | None = None
    rule: str = ""  # which pattern or model read it


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an extractor finds in one text: mentions in the order of the text, readings in a fixed order."""

    mentions: tuple[Mention, ...] = ()
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that carry a claim. Offsets count code points in the article's text; `end` is excluded."""

    article: str  # IRI of the article, and of its named graph
    start: int
    end: int
    quote: str  # always text[start:end]


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as written and, where it can be read, as value and unit."""

    text: str
    value: str | None = None  # decimal number in plain notation
    unit: str | None = None  # ISO 4217 code, or the unit's symbol or word


@dataclass(frozen=True, slots=True)
class Period:
    """When a claim holds: as written and, where it can be read, first and last day (ISO, both included)."""

    text: str
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """An article says: subject stands in relation to object. Not a fact: two articles may disagree."""

    subject: str  # entity IRI
    relation: str  # relation IRI
    object: str  # entity IRI
    evidence: Evidence
    score: float
    extractor: str  # name and version
    status: Status = "actual"
    polarity: Polarity = "affirmed"
    concerns: str | None = None  # entity IRI
    amount: Amount | None = None
    period: Period | None = None
    attributed_to: str | None = None  # entity IRI
    subject_span: tuple[int, int] | None = None  # where the article names the subject; may lie outside the quote
    object_span: tuple[int, int] | None = None
    rule: str = ""

    @property
    def key(self) -> str:
        """Equal for the same reading of the same words, so ingesting twice is harmless."""
        e = self.evidence
        parts = (
            e.article,
            str(e.start),
            str(e.end),
            self.subject,
            self.relation,
            self.object,
            self.status,
            self.polarity,
            self.concerns or "",
        )
        return sha256("\x1f".join(parts).encode()).hexdigest()[:20]

    @property
    def iri(self) -> str:
        """IRI of the claim node."""
        return CLAIM + self.key


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing in the world, with the names it goes by."""

    iri: str
    name: str
    label: str  # annotation label
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()  # link only where another name of the same entity stands in the article
    properties: tuple[tuple[str, str], ...] = field(default=())  # (name, value), e.g. ("kind", "foundry")


@dataclass(frozen=True, slots=True)
class CuratedFact:
    """A fact that a person states, told apart from what articles say."""

    subject: str
    relation: str  # relation IRI, or kg:broader
    object: str
    table: str  # names its graph: curated/TABLE
    as_of: str = ""  # up to when it is known to hold
    source: str = ""  # which public record states it, in words
    since: str = ""  # ISO year, month or day
    until: str = ""

    @property
    def iri(self) -> str:
        """IRI of the node that says where the fact is from."""
        key = "\x1f".join((self.table, self.subject, self.relation, self.object, self.since))
        return f"{CURATED}{self.table}#{sha256(key.encode()).hexdigest()[:20]}"


@dataclass(frozen=True, slots=True)
class ArticleGraph:
    """All that the named graph of one article holds."""

    article: Article
    mentions: tuple[Mention, ...] = ()  # of entities alone, in the order of the text
    claims: tuple[Claim, ...] = ()  # by key, each key once
    new_entities: tuple[Entity, ...] = ()  # named in the article and known to no seed
