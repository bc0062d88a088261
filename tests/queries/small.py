"""Small stores for one question each: entities, curated facts and articles in a line apiece."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.rdf import article_quads, curated_quads, entity_quads, near_copy_quads
from kg.store import Store
from kg.terms import SKOS, entity_iri, relation_iri
from kg.types import CuratedFact, Entity
from tests.queries.world import Told, article_graph


def small_store(
    entities: dict[str, str],
    facts: Iterable[str] = (),
    told: Sequence[Told] = (),
    *,
    properties: dict[str, dict[str, str]] | None = None,
    copies: Iterable[tuple[int, int]] = (),
    path: Path | None = None,
) -> Store:
    """A store, in memory where no path is given.

    `entities` is local name -> label; a local name is its own name. A fact is "subject relation object", with since
    and until behind it where it has them ("-" for none), "broader" among the relations. `copies` are near-copies, by
    their places in `told`.
    """
    store = Store(path)
    store.add(
        entity_quads(
            Entity(entity_iri(local), local, label, properties=tuple(sorted((properties or {}).get(local, {}).items())))
            for local, label in entities.items()
        )
    )
    store.add(curated_quads([_fact(line) for line in facts]))
    graphs = [article_graph(one) for one in told]
    for graph in graphs:
        store.replace_graph(graph.article.iri, article_quads(graph))
    store.add(near_copy_quads([(graphs[a].article.iri, graphs[b].article.iri) for a, b in copies]))
    return store


def _fact(line: str) -> CuratedFact:
    subject, relation, object_, *dates = line.split()
    since, until = (*("" if date == "-" else date for date in dates), "", "")[:2]
    predicate = SKOS + "broader" if relation == "broader" else relation_iri(relation)
    return CuratedFact(entity_iri(subject), predicate, entity_iri(object_), "tables", since=since, until=until)
