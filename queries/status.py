"""What a store holds, in figures: `kg status`."""

from kg.store import Store
from kg.terms import ENTITIES_GRAPH, NEAR_COPIES_GRAPH, local_name
from queries.answer import Answer, Cell, Column, Row

__all__ = ["status"]


def status(store: Store) -> Answer:
    """What the store holds, in figures; claims by relation come last."""
    publishers = _count(store, "?a a schema:NewsArticle ; schema:publisher ?x")
    days = sorted(day for (day,) in store.rows("SELECT ?d { ?a schema:datePublished ?d }") if day is not None)
    by_relation = [
        (local_name(relation or ""), int(number or 0))
        for relation, number in store.rows(
            "SELECT ?r (COUNT(?c) AS ?n) { ?c a kg:Claim ; rdf:predicate ?r } GROUP BY ?r"
        )
    ]
    known = _count(store, f"GRAPH <{ENTITIES_GRAPH}> {{ ?x skos:prefLabel ?name }}")
    everything = _count(store, "?x skos:prefLabel ?name")
    pairs = _count(store, f"GRAPH <{NEAR_COPIES_GRAPH}> {{ ?x kg:nearCopyOf ?other }}")
    rows: list[tuple[str, Cell]] = [
        ("store", "in memory" if store.path is None else str(store.path)),
        ("quads", len(store)),
        ("articles", _count(store, "?x a schema:NewsArticle")),
        ("publishers", publishers),
        ("first published", days[0] if days else ""),
        ("last published", days[-1] if days else ""),
        ("articles with near-copies", pairs),
        ("known entities", known),
        ("entities new in articles", everything - known),
        ("curated facts", _count(store, "?x a kg:CuratedFact")),
        ("claims", sum(number for _, number in by_relation)),
        *((f"claims: {relation}", number) for relation, number in sorted(by_relation, key=lambda r: (-r[1], r[0]))),
    ]
    return Answer(
        title="Store",
        columns=(Column("what"), Column("value")),
        rows=tuple(Row((what, value)) for what, value in rows),
        query="status()",
    )


def _count(store: Store, pattern: str) -> int:
    (number,) = next(store.rows(f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}"))
    return int(number or 0)
