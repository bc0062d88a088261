"""A store read into the integers and records of a view, one predicate at a time.

Joining in SPARQL costs several times as much on disk, where most of the time goes into decoding terms.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from kg.identity import canonical_entities, judgements
from kg.ontology import Ontology
from kg.store import Store
from kg.terms import (
    CLAIM,
    CURATED,
    KG,
    LABEL_TO_CLASS,
    LITERAL_LABELS,
    NEAR_COPIES_GRAPH,
    SKOS,
    local_name,
    relation_iri,
)
from kg.types import Polarity, Status
from queries.filter import Filter, relation_called
from queries.records import ArticleHead, EntityName, Statement
from queries.sweeps import without_sweeps

__all__ = ["Parts", "read_parts"]

BROADER: Final = SKOS + "broader"


@dataclass(frozen=True, slots=True)
class Parts:
    """What a view is made of; the fields mean what they mean there."""

    entities: tuple[EntityName, ...]
    index: Mapping[str, int]
    articles: tuple[ArticleHead, ...]
    statements: tuple[Statement, ...]
    broader: Mapping[int, tuple[int, ...]]
    kinds: frozenset[int]
    claims_in_store: int
    facts_in_store: int
    undated_claims: int


def read_parts(store: Store, ontology: Ontology, filter: Filter) -> Parts:
    """Read all that passes the filter. Raises QueryError for a relation that the ontology does not have."""
    with without_sweeps():
        return _Loader(store, ontology, filter).read()


class _Loader:
    def __init__(self, store: Store, ontology: Ontology, filter: Filter) -> None:
        self.store = store
        self.ontology = ontology
        self.filter = filter
        self.relations = {relation_called(ontology, name).name for name in filter.relations}

    def read(self) -> Parts:
        subjects = self._map("?s rdf:subject ?o")
        objects = self._map("?s rdf:object ?o")
        relations = {
            node: name
            for name, iri in self._relation_iris().items()
            for node in self._nodes(f"?s rdf:predicate <{iri}>")
        }
        concerns = self._map("?s kg:concerns ?o")
        canonical = canonical_entities(judgements(self.store))
        entities, index = self._entities({*subjects.values(), *objects.values(), *concerns.values()}, canonical)
        articles = self._articles()
        article_of = self._article_of(articles)

        qualifiers = self._qualifiers()
        in_period = [self.filter.admits_day(article.published) for article in articles]
        low = self._low()
        bounded = bool(self.filter.since or self.filter.until)

        found: list[Statement] = []
        broader: dict[int, list[int]] = defaultdict(list)
        claims = facts = undated = 0
        for node, relation in relations.items():
            subject, object_ = index[subjects[node]], index[objects[node]]
            if relation == BROADER:
                broader[subject].append(object_)
                continue
            about = concerns.get(node)
            if node.startswith(CLAIM):
                article = article_of[node]
                claims += 1
                undated += bounded and not articles[article].published
                if in_period[article] and node not in low:
                    status, polarity = qualifiers.status(node), qualifiers.polarity(node)
                    found.append(
                        Statement(
                            node[len(CLAIM) :],
                            subject,
                            relation,
                            object_,
                            status,
                            polarity,
                            article,
                            None if about is None else index[about],
                        )
                    )
            else:
                facts += 1
                since, until = qualifiers.span(node)
                if self.filter.curated and self.filter.admits_span(since, until):
                    key, status = node[len(CURATED) :], "ended" if until else "actual"
                    fact = Statement(key, subject, relation, object_, status, "affirmed", None, None, since, until)
                    found.append(fact)
        return Parts(
            entities=entities,
            index=index,
            articles=articles,
            statements=tuple(sorted(self._admitted(found, entities), key=lambda s: s.key)),
            broader={kind: tuple(sorted(set(parents))) for kind, parents in sorted(broader.items())},
            kinds=frozenset(index[node] for node in self._nodes('?s kg:kind "generic"') if node in index)
            | {kind for parents in broader.values() for kind in parents},
            claims_in_store=claims,
            facts_in_store=facts,
            undated_claims=undated,
        )

    def _qualifiers(self) -> "_Qualifiers":
        return _Qualifiers(
            planned=frozenset(self._nodes("?s kg:status kg:planned")),
            ended=frozenset(self._nodes("?s kg:status kg:ended")),
            negated=frozenset(self._nodes("?s kg:polarity kg:negated")),
            since=self._map("?s kg:since ?o"),
            until=self._map("?s kg:until ?o"),
        )

    def _admitted(self, statements: Iterable[Statement], entities: Sequence[EntityName]) -> Iterator[Statement]:
        statuses = set(self.filter.statuses) or set(get_args(Status))
        polarities = set(self.filter.polarities) or set(get_args(Polarity))
        classes = set(self.filter.classes)
        for s in statements:
            if (
                (not self.relations or s.relation in self.relations)
                and s.status in statuses
                and s.polarity in polarities
                and (not classes or {entities[s.subject].label, entities[s.object].label} <= classes)
            ):
                yield s

    def _relation_iris(self) -> dict[str, str]:
        return {**{name: relation_iri(name) for name in self.ontology.relations}, BROADER: BROADER}

    def _map(self, pattern: str) -> dict[str, str]:
        rows = self.store.rows(f"SELECT ?s ?o {{ {pattern} }}")
        return {s: o for s, o in rows if s is not None and o is not None}

    def _nodes(self, pattern: str) -> list[str]:
        return [node for (node,) in self.store.rows(f"SELECT ?s {{ {pattern} }}") if node is not None]

    def _low(self) -> set[str]:
        if not self.filter.min_score:
            return set()
        bound = f"{self.filter.min_score:.4f}"
        return set(self._nodes(f"?s kg:score ?score FILTER(?score < {bound})"))

    def _entities(
        self, used: set[str], canonical: Mapping[str, str]
    ) -> tuple[tuple[EntityName, ...], Mapping[str, int]]:
        names: dict[str, str] = {}
        for iri, name in self.store.rows("SELECT ?s ?o { ?s skos:prefLabel ?o }"):
            if iri is not None and name is not None:
                names[iri] = min(name, names.get(iri, name))
        labels = {
            iri: label
            for label in sorted(set(LABEL_TO_CLASS) - LITERAL_LABELS)
            for iri in self._nodes(f"?s a <{LABEL_TO_CLASS[label]}>")
        }
        described = {*used, *labels, *canonical.values()}
        iris = sorted(described - set(canonical))
        places = {iri: place for place, iri in enumerate(iris)}
        merged = {iri: places[best] for iri, best in canonical.items()}
        entities = tuple(EntityName(iri, names.get(iri, local_name(iri)), labels.get(iri, "")) for iri in iris)
        return entities, {**places, **merged}

    def _articles(self) -> tuple[ArticleHead, ...]:
        iris = sorted(self._nodes("?s a schema:NewsArticle"))
        titles, published = self._map("?s schema:headline ?o"), self._map("?s schema:datePublished ?o")
        publishers, urls = self._map("?s schema:publisher ?o"), self._map("?s schema:url ?o")
        clusters = self._clusters(iris)
        return tuple(
            ArticleHead(
                iri, titles.get(iri, ""), published.get(iri, ""), publishers.get(iri, ""), urls.get(iri, ""), cluster
            )
            for iri, cluster in zip(iris, clusters, strict=True)
        )

    def _clusters(self, iris: Sequence[str]) -> list[int]:
        """For each article the place of the first of its near-copies."""
        places = {iri: place for place, iri in enumerate(iris)}
        cluster = list(range(len(iris)))

        def root(place: int) -> int:
            while cluster[place] != place:
                place = cluster[place]
            return place

        rows = self.store.rows(f"SELECT ?s ?o {{ GRAPH <{NEAR_COPIES_GRAPH}> {{ ?s <{KG}nearCopyOf> ?o }} }}")
        for one, other in rows:
            if one in places and other in places:
                low, high = sorted((root(places[one]), root(places[other])))
                cluster[high] = low
        return [root(place) for place in range(len(iris))]

    def _article_of(self, articles: Sequence[ArticleHead]) -> dict[str, int]:
        places = {article.iri: place for place, article in enumerate(articles)}
        pairs = self.store.rows("SELECT ?s ?o { ?s prov:wasDerivedFrom ?o }")
        return {s: places[o] for s, o in pairs if s is not None and o in places}


@dataclass(frozen=True, slots=True)
class _Qualifiers:
    """How claims and facts are qualified, by node; most are actual and affirmed, so the others alone are read."""

    planned: frozenset[str]
    ended: frozenset[str]
    negated: frozenset[str]
    since: Mapping[str, str]  # of curated facts
    until: Mapping[str, str]

    def status(self, node: str) -> Status:
        return "planned" if node in self.planned else "ended" if node in self.ended else "actual"

    def polarity(self, node: str) -> Polarity:
        return "negated" if node in self.negated else "affirmed"

    def span(self, node: str) -> tuple[str, str]:
        return self.since.get(node, ""), self.until.get(node, "")
