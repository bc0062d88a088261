"""The state graph: what is true of this store and machine, and so never part of the canonical export.

Of each article: where it was read from and when, the fingerprint of what made its graph (text, description,
extractor, seeds), and the signature by which near-copies are found.
"""

from collections.abc import Iterable

import pyoxigraph as ox

from kg.store import Store
from kg.terms import ARTICLE, ENTITIES_GRAPH, KG, PROV, SCHEMA, STATE_GRAPH, XSD

__all__ = [
    "Change",
    "addresses",
    "articles_without_signature",
    "fingerprints",
    "forget",
    "record",
    "record_address",
    "seeds_digest",
    "signatures",
    "text_of",
    "write_seeds_digest",
    "write_signature",
]

# What `Store.transact` takes: subject, graph, and what that graph now says of the subject.
Change = tuple[str, str, list[ox.Quad]]

_GRAPH = ox.NamedNode(STATE_GRAPH)
_FINGERPRINT, _SIGNATURE, _ADDRESS, _DIGEST = (
    ox.NamedNode(KG + name) for name in ("fingerprint", "signature", "address", "seedsDigest")
)
_RETRIEVED = ox.NamedNode(PROV + "generatedAtTime")


def _statements(store: Store, predicate: ox.NamedNode) -> list[tuple[str, str]]:
    query = f"SELECT ?s ?o {{ GRAPH <{STATE_GRAPH}> {{ ?s <{predicate.value}> ?o }} }}"
    return [(s, o) for s, o in store.rows(query) if s is not None and o is not None]


def _quad(subject: str, predicate: ox.NamedNode, value: str, datatype: str = "string") -> ox.Quad:
    literal = ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))
    return ox.Quad(ox.NamedNode(subject), predicate, literal, _GRAPH)


def fingerprints(store: Store) -> dict[str, str]:
    """Article IRI -> fingerprint of what made its graph."""
    return dict(_statements(store, _FINGERPRINT))


def signatures(store: Store) -> dict[str, str]:
    """Article IRI -> MinHash signature of its text."""
    return dict(_statements(store, _SIGNATURE))


def addresses(store: Store) -> dict[str, str]:
    """Address from which an article was last read -> IRI of that article."""
    return {address: iri for iri, address in _statements(store, _ADDRESS)}


def record(article: str, *, fingerprint: str, signature: str, addresses: Iterable[str], retrieved: str) -> Change:
    """What is known of the article's making, to be written with its graph; `retrieved` is an ISO date and time."""
    quads = [
        _quad(article, _FINGERPRINT, fingerprint),
        _quad(article, _SIGNATURE, signature),
        _quad(article, _RETRIEVED, retrieved, "dateTime"),
        *(_quad(article, _ADDRESS, address) for address in sorted(addresses)),
    ]
    return article, STATE_GRAPH, quads


def record_address(store: Store, article: str, address: str) -> None:
    """One more address of an article that is in the store."""
    store.add([_quad(article, _ADDRESS, address)])


def forget(article: str) -> Change:
    """That nothing is known of an article any more, to be written as its graph is dropped."""
    return article, STATE_GRAPH, []


def articles_without_signature(store: Store) -> list[str]:
    """Articles that came by import, not by ingestion, sorted."""
    return sorted(set(store.graphs_below(ARTICLE)) - set(signatures(store)))


def write_signature(store: Store, article: str, signature: str) -> None:
    """Keep the signature of an article that has none."""
    store.add([_quad(article, _SIGNATURE, signature)])


def text_of(store: Store, article: str) -> str:
    """The clean text of an article; empty where the store does not hold it."""
    query = f"SELECT ?t {{ GRAPH <{article}> {{ <{article}> <{SCHEMA}articleBody> ?t }} }}"
    return next((text for (text,) in store.rows(query) if text), "")


def seeds_digest(store: Store) -> str | None:
    """Digest of the seed tables that the store holds; None before any."""
    return next((digest for _, digest in _statements(store, _DIGEST)), None)


def write_seeds_digest(store: Store, digest: str) -> None:
    """Keep the digest of the seed tables just written."""
    store.replace_statements(ENTITIES_GRAPH, [_quad(ENTITIES_GRAPH, _DIGEST, digest)], STATE_GRAPH)
