"""The graph under one filter, as integers: what every question asks and every renderer draws.

A *statement* is what an edge of the view stands for: a claim of an article, or a curated fact. Entities and articles
are numbered in the order of their IRIs and statements come in the order of their keys, so that equal stores give
equal views. What a statement rests on (quote, score, amount) is read from the store when it is asked for.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from kg.ontology import Ontology, Relation, load_ontology
from kg.store import Store
from kg.terms import CLAIM, CURATED, local_name
from kg.types import Polarity, Status
from queries.cache import cached_parts
from queries.filter import Filter, relation_called
from queries.records import ArticleHead, Backing, Dependence, Edge, EntityName, Statement

if TYPE_CHECKING:
    import igraph
    import networkx as nx

__all__ = ["ArticleHead", "Backing", "Dependence", "Edge", "EntityName", "Filter", "Orientation", "Statement", "View"]

Orientation = Literal["dependence", "stated"]
# IRIs in one VALUES clause: long enough to save round trips, short enough to parse at once.
_BATCH = 1000


@dataclass(frozen=True)
class View:
    """A read-only graph under one filter. Load one with `View.load`; the store must stay open while it is asked."""

    store: Store
    ontology: Ontology
    filter: Filter
    entities: tuple[EntityName, ...]
    articles: tuple[ArticleHead, ...]
    statements: tuple[Statement, ...]  # those that pass the filter
    broader: Mapping[int, tuple[int, ...]]  # entity -> the kinds it is directly a kind of (an H100 is a GPU)
    kinds: frozenset[int]  # entities that are a kind of thing (a plant, a GPU), not one thing
    index: Mapping[str, int]  # entity IRI -> entity; IRIs judged the same give one entity
    claims_in_store: int
    facts_in_store: int
    undated_claims: int = 0  # left out by a period for want of a date

    @classmethod
    def load(cls, store: Store, ontology: Ontology | None = None, filter: Filter | None = None) -> "View":
        """Build the view, through the ontology of this project and the filter `Filter()` where they are left out.

        Raises QueryError where the filter names a relation that the ontology does not have.
        """
        ontology, filter = ontology or load_ontology(), filter or Filter()
        parts = cached_parts(store, ontology, filter)
        return cls(
            store=store,
            ontology=ontology,
            filter=filter,
            entities=parts.entities,
            articles=parts.articles,
            statements=parts.statements,
            broader=parts.broader,
            kinds=parts.kinds,
            index=parts.index,
            claims_in_store=parts.claims_in_store,
            facts_in_store=parts.facts_in_store,
            undated_claims=parts.undated_claims,
        )

    # What there is

    def name(self, entity: int) -> str:
        """The name of an entity, to show."""
        return self.entities[entity].name

    def relation(self, statement: Statement | Edge) -> Relation:
        """The relation of a statement, from the ontology."""
        return self.ontology.relations[statement.relation]

    def claims(self) -> list[Statement]:
        """The statements that articles make."""
        return [s for s in self.statements if s.article is not None]

    @cached_property
    def active(self) -> tuple[int, ...]:
        """The entities at an end of some statement, in order."""
        return tuple(sorted({s.subject for s in self.statements} | {s.object for s in self.statements}))

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """The statements, those that say the same put together; in a fixed order."""
        groups: dict[tuple[int, str, int, Status, Polarity, bool], list[Statement]] = defaultdict(list)
        for s in self.statements:
            subject, object_ = s.subject, s.object
            if self.ontology.relations[s.relation].symmetric and subject > object_:
                subject, object_ = object_, subject
            groups[subject, s.relation, object_, s.status, s.polarity, s.article is None].append(s)
        return tuple(Edge(*key, tuple(found)) for key, found in sorted(groups.items(), key=lambda item: item[0]))

    @cached_property
    def dependences(self) -> tuple[Dependence, ...]:
        """The edges whose relation states a dependence, turned so that the first end depends on the second."""
        found = []
        for edge in self.edges:
            relation = self.relation(edge)
            if relation.dependence is None or edge.subject == edge.object:
                continue
            ends = (edge.subject, edge.object)
            dependent, provider = ends if relation.dependence == "subject-on-object" else ends[::-1]
            found.append(Dependence(dependent, provider, relation.weight, edge))
        return tuple(found)

    @cached_property
    def mentioning(self) -> Mapping[int, int]:
        """Entity -> number of articles of the period that mention it; 0 is left out."""
        in_period = {article.iri for article in self.articles if self.filter.admits_day(article.published)}
        found = {
            (article, self.index[entity])
            for article, entity in self.store.rows("SELECT ?a ?e { ?a kg:mentions ?e }")
            if article in in_period and entity is not None and entity in self.index
        }
        return Counter(entity for _, entity in found)

    def narrower(self, entity: int) -> set[int]:
        """The entity and all kinds of it: an H100 is a GPU, a GPU is a chip."""
        kinds: dict[int, list[int]] = defaultdict(list)
        for kind, parents in self.broader.items():
            for parent in parents:
                kinds[parent].append(kind)
        found, waiting = {entity}, [entity]
        while waiting:
            new = [kind for kind in kinds[waiting.pop()] if kind not in found]
            found.update(new)
            waiting += new
        return found

    def joins(self, entity: int, *, along_dependence: bool) -> bool:
        """Whether a chain may lead through an entity.

        A kind of thing joins nothing: that one firm owns a plant and a plant stands in some country says nothing of
        the two. Along dependence, kinds of resource and technology do join: who uses GPUs depends on who makes them.
        """
        return entity not in self.kinds or (
            along_dependence and self.entities[entity].label in ("RESOURCE", "TECHNOLOGY")
        )

    # What it rests on

    def articles_behind(self, statements: Iterable[Statement]) -> list[ArticleHead]:
        """The articles that make the claims among the statements, each once, by IRI."""
        return [self.articles[a] for a in sorted({s.article for s in statements if s.article is not None})]

    def independent_sources(self, statements: Iterable[Statement]) -> int:
        """How many articles behind the statements are independent of one another.

        The greatest number of articles of which no two are near-copies and no two have one publisher: a maximum
        matching of near-copy clusters to publishers. Articles without a publisher count as those of one: sources of
        unknown independence are not independent. Curated facts count nothing.
        """
        clusters_of: dict[str, set[int]] = defaultdict(set)
        for article in self.articles_behind(statements):
            clusters_of[article.publisher].add(article.cluster)
        return _matching(clusters_of)

    def backing(self, keys: Iterable[str]) -> dict[str, Backing]:
        """What the statements with these keys rest on, in the order given; unknown keys are left out."""
        known = [self._by_key[key] for key in dict.fromkeys(keys) if key in self._by_key]
        details = self._details(known)
        return {s.key: self._backing(s, details[s.key]) for s in known}

    @cached_property
    def _by_key(self) -> dict[str, Statement]:
        return {s.key: s for s in self.statements}

    def _details(self, statements: Sequence[Statement]) -> dict[str, dict[str, str]]:
        details: dict[str, dict[str, str]] = {s.key: {} for s in statements}
        for start in range(0, len(statements), _BATCH):
            batch = statements[start : start + _BATCH]
            nodes = {(CURATED if s.is_curated else CLAIM) + s.key: s.key for s in batch}
            values = " ".join(f"<{iri}>" for iri in nodes)
            for node, predicate, value in self.store.rows(f"SELECT ?s ?p ?o {{ VALUES ?s {{ {values} }} ?s ?p ?o }}"):
                if node is not None and predicate is not None and value is not None:
                    details[nodes[node]][local_name(predicate)] = value
        return details

    def _backing(self, s: Statement, found: Mapping[str, str]) -> Backing:
        relation = self.relation(s)
        negation = "not: " if s.polarity == "negated" else ""
        words = f"{negation}{self.name(s.subject)} {relation.label} {self.name(s.object)}"
        who = self.index.get(found.get("attributedTo", ""))
        common = Backing(
            key=s.key,
            statement=words,
            status=s.status,
            polarity=s.polarity,
            is_curated=s.is_curated,
            concerns="" if s.concerns is None else self.name(s.concerns),
        )
        if s.article is None:
            return replace(
                common,
                table=s.key.split("#")[0],
                source=found.get("source", ""),
                as_of=found.get("asOf", ""),
                since=found.get("since", ""),
                until=found.get("until", ""),
            )
        article = self.articles[s.article]
        return replace(
            common,
            quote=found["quote"],
            start=int(found["start"]),
            end=int(found["end"]),
            score=float(found["score"]),
            article=article.iri,
            title=article.title,
            published=article.published,
            publisher=article.publisher,
            url=article.url,
            attributed_to="" if who is None else self.name(who),
            amount=found.get("amount", ""),
            time=found.get("time", ""),
            extractor=found["extractor"],
            rule=found.get("rule", ""),
        )

    # Narrower views and graphs

    def narrowed(
        self,
        *,
        relations: Collection[str] = (),
        statuses: Collection[Status] = (),
        polarities: Collection[Polarity] = (),
        curated: bool = True,
    ) -> "View":
        """A view of fewer statements, without reading the store again; an empty collection narrows nothing."""
        names = tuple(relation_called(self.ontology, name).name for name in relations)
        kept = tuple(
            s
            for s in self.statements
            if (not names or s.relation in names)
            and (not statuses or s.status in statuses)
            and (not polarities or s.polarity in polarities)
            and (curated or s.article is not None)
        )
        narrow = replace(
            self.filter,
            relations=names or self.filter.relations,
            statuses=tuple(statuses) or self.filter.statuses,
            polarities=tuple(polarities) or self.filter.polarities,
            curated=curated and self.filter.curated,
        )
        return replace(self, filter=narrow, statements=kept)

    def pairs(self, orientation: Orientation = "dependence") -> list[tuple[int, int]]:
        """Each pair of entities that some statement joins, once and in order, without loops.

        Parameters
        ----------
        orientation : {"dependence", "stated"}
            "dependence" runs from who depends to what is depended on where the relation states a dependence;
            "stated", and "dependence" for all other relations, runs from subject to object. Symmetric relations
            run both ways.
        """
        found: set[tuple[int, int]] = set()
        for s in self.statements:
            relation = self.ontology.relations[s.relation]
            turned = orientation == "dependence" and relation.dependence == "object-on-subject"
            if not turned or relation.symmetric:
                found.add((s.subject, s.object))
            if turned or relation.symmetric:
                found.add((s.object, s.subject))
        return sorted(pair for pair in found if pair[0] != pair[1])

    def igraph(self, orientation: Orientation = "dependence") -> "igraph.Graph":
        """The pairs as a directed igraph graph; vertex attributes `entity` (index) and `name` (IRI)."""
        import igraph

        places = {entity: place for place, entity in enumerate(self.active)}
        graph = igraph.Graph(
            n=len(places),
            edges=[(places[u], places[v]) for u, v in self.pairs(orientation)],
            directed=True,
        )
        graph.vs["entity"] = list(self.active)
        graph.vs["name"] = [self.entities[entity].iri for entity in self.active]
        return graph

    def networkx(self) -> "nx.MultiDiGraph[str]":
        """The statements as a networkx MultiDiGraph from subject to object, each edge keyed by its statement.

        Nodes are IRIs with `name` and `label`; edges have `relation`, `status`, `polarity`, `curated`, and where
        there is one `article` (IRI), `published` and `concerns` (IRI).
        """
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for entity in self.active:
            known = self.entities[entity]
            graph.add_node(known.iri, name=known.name, label=known.label)
        for s in self.statements:
            graph.add_edge(
                self.entities[s.subject].iri,
                self.entities[s.object].iri,
                key=s.key,
                relation=s.relation,
                status=s.status,
                polarity=s.polarity,
                curated=s.is_curated,
                **self._edge_extras(s),
            )
        return graph

    def _edge_extras(self, s: Statement) -> dict[str, str]:
        extras = {}
        if s.article is not None:
            article = self.articles[s.article]
            extras["article"] = article.iri
            if article.published:
                extras["published"] = article.published
        if s.concerns is not None:
            extras["concerns"] = self.entities[s.concerns].iri
        return extras

    def why_empty(self) -> str:
        """Why nothing is left, in words; empty where the view holds statements."""
        if self.statements:
            return ""
        if not self.claims_in_store and not self.facts_in_store:
            return "the store holds no claims; ingest articles first"
        facts = f" and 0 of {self.facts_in_store} curated facts" if self.filter.curated else ""
        undated = f"; {_undated(self.undated_claims)}" if self.undated_claims else ""
        return f"nothing left: 0 of {self.claims_in_store} claims{facts} pass the filter{undated}"


def _matching(clusters_of: Mapping[str, Collection[int]]) -> int:
    """Size of a maximum matching of the keys to their values, each value used once."""
    taken: dict[int, str] = {}

    def place(publisher: str, tried: set[int]) -> bool:
        for cluster in clusters_of[publisher]:
            if cluster not in tried:
                tried.add(cluster)
                if cluster not in taken or place(taken[cluster], tried):
                    taken[cluster] = publisher
                    return True
        return False

    return sum(place(publisher, set()) for publisher in sorted(clusters_of))


def _undated(claims: int) -> str:
    return "1 claim is undated" if claims == 1 else f"{claims} claims are undated"
