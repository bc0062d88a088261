"""A small world, its articles and what they claim: answers over it can be worked out by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.rdf import article_quads, curated_quads, entity_quads, near_copy_quads
from kg.store import Store
from kg.terms import SKOS, entity_iri, relation_iri
from kg.types import Article, ArticleGraph, Claim, CuratedFact, Entity, Evidence, Mention

ENTITIES = (
    ("asml", "ASML", "FIRM", ()),
    ("chip", "chip", "RESOURCE", ("semiconductor",)),
    ("energy", "energy", "RESOURCE", ()),
    ("european-union", "European Union", "ALLIANCE", ("EU",)),
    ("falcon", "Falcon", "FIRM", ()),
    ("falcon-model", "Falcon", "MODEL", ()),
    ("france", "France", "COUNTRY", ("French Republic",)),
    ("gpu", "GPU", "RESOURCE", ()),
    ("h100", "H100", "RESOURCE", ()),
    ("humain", "Humain", "FIRM", ()),
    ("nato", "NATO", "ALLIANCE", ("Atlantic alliance",)),
    ("nvidia", "Nvidia", "FIRM", ("NVDA",)),
    ("plant", "plant", "FACILITY", ()),
    ("taiwan", "Taiwan", "COUNTRY", ()),
    ("tsmc", "TSMC", "FIRM", ("Taiwan Semiconductor Manufacturing Company",)),
    ("turkiye", "Türkiye", "COUNTRY", ("Turkey",)),
    ("united-kingdom", "United Kingdom", "COUNTRY", ("UK", "Britain")),
    ("united-states", "United States", "COUNTRY", ("US", "America")),
)
LABELS = {local: label for local, _, label, _ in ENTITIES}

FACTS = (
    ("memberOf", "france", "european-union", "1958", ""),
    ("memberOf", "france", "nato", "1949", ""),
    ("memberOf", "united-kingdom", "european-union", "1973", "2020-01-31"),
    ("memberOf", "united-kingdom", "nato", "1949", ""),
    ("memberOf", "united-states", "nato", "1949", ""),
    ("headquarteredIn", "nvidia", "united-states", "", ""),
)
BROADER = (("h100", "gpu"), ("gpu", "chip"))


@dataclass(frozen=True)
class Told:
    """An article and the claims it makes: (subject, relation, object) with what qualifies each."""

    title: str
    published: str | None
    publisher: str | None
    claims: Sequence[tuple[str, str, str, dict[str, Any]]] = field(default=())


H100 = {"concerns": "h100"}
WIRE_COPY = ("nvidia", "supplies", "humain", H100 | {"score": 0.9})
TOLD = (
    Told("Deal", "2025-01-10", "Wire", [WIRE_COPY]),
    Told("Deal, reprinted", "2025-01-11", "Daily", [WIRE_COPY]),
    Told(
        "Foundry",
        "2025-03-05",
        "Wire",
        [
            ("tsmc", "supplies", "nvidia", {"concerns": "gpu", "score": 0.8}),
            ("asml", "supplies", "tsmc", {"status": "planned", "score": 0.7}),
        ],
    ),
    Told("Rumour", None, None, [("nvidia", "supplies", "humain", {"polarity": "negated", "score": 0.4})]),
    Told(
        "Desert",
        "2025-06-01",
        "Gazette",
        [
            ("humain", "dependsOn", "energy", {"score": 0.95}),
            ("nvidia", "supplies", "humain", H100 | {"score": 0.6}),
            ("united-states", "memberOf", "nato", {}),
            ("taiwan", "partnersWith", "united-states", {}),
            ("united-states", "partnersWith", "taiwan", {}),
        ],
    ),
)


def article_graph(told: Told) -> ArticleGraph:
    """The graph of one article: a sentence a claim, each the evidence of its claim."""
    sentences = [f"{told.title}: {s} {r} {o}." for s, r, o, _ in told.claims] or [told.title]
    text = " ".join(sentences)
    article = Article(
        text=text,
        title=told.title,
        url=f"https://example.org/{told.title.replace(' ', '-')}",
        published=told.published,
        publisher=told.publisher,
    )
    claims, mentions = [], {}
    for sentence, (subject, relation, object_, more) in zip(sentences, told.claims, strict=False):
        start = text.index(sentence)
        qualifiers = {"score": 0.5, **more}
        if "concerns" in qualifiers:
            qualifiers["concerns"] = entity_iri(qualifiers["concerns"])
        claims.append(
            Claim(
                subject=entity_iri(subject),
                relation=relation_iri(relation),
                object=entity_iri(object_),
                evidence=Evidence(article.iri, start, start + len(sentence), sentence),
                extractor="hand/1",
                **qualifiers,
            )
        )
        for local in (subject, object_):
            at = text.index(local, start)
            mentions[at] = Mention(at, at + len(local), LABELS.get(local, "FIRM"), local, entity_iri(local))
    return ArticleGraph(article, tuple(m for _, m in sorted(mentions.items())), tuple(sorted(claims, key=_key)))


def _key(claim: Claim) -> str:
    return claim.key


def entities() -> list[Entity]:
    return [
        Entity(
            entity_iri(local),
            name,
            label,
            aliases,
            properties=(("kind", "generic"),) if label == "FACILITY" else (),
        )
        for local, name, label, aliases in ENTITIES
    ]


def facts() -> list[CuratedFact]:
    found = [
        CuratedFact(
            entity_iri(s),
            relation_iri(r),
            entity_iri(o),
            "memberships",
            as_of="2025",
            source="member list",
            since=since,
            until=until,
        )
        for r, s, o, since, until in FACTS
    ]
    return found + [CuratedFact(entity_iri(s), SKOS + "broader", entity_iri(o), "resources") for s, o in BROADER]


def fill(store: Store, told: Iterable[Told] = TOLD) -> Store:
    """Put the entities, the curated facts and the articles into the store; the first two are near-copies."""
    store.add(entity_quads(entities()))
    store.add(curated_quads(facts()))
    graphs = [article_graph(one) for one in told]
    for graph in graphs:
        store.replace_graph(graph.article.iri, article_quads(graph))
    if len(graphs) > 1:
        store.add(near_copy_quads([(graphs[0].article.iri, graphs[1].article.iri)]))
    return store
