"""What an extractor read in a text, as the claims of an article with their evidence."""

from ingest.extract.amounts import parse_amount, parse_period
from kg.ontology import Ontology
from kg.terms import entity_iri, local_name
from kg.types import Article, ArticleGraph, Claim, Entity, Evidence, Extraction, Reading

__all__ = ["article_graph"]


def article_graph(article: Article, extraction: Extraction, extractor: str, ontology: Ontology) -> ArticleGraph:
    """The records of the article's named graph.

    Of several readings of one statement in the same words, the one with the highest score is kept. A symmetric
    relation is written once, its ends in the order of their IRIs.
    """
    claims: dict[str, Claim] = {}
    for reading in extraction.readings:
        claim = _claim(article, extraction, reading, extractor, ontology)
        if claim.subject != claim.object and (claim.key not in claims or claims[claim.key].score < claim.score):
            claims[claim.key] = claim
    mentions = tuple(m for m in extraction.mentions if m.entity is not None)
    new = {
        m.entity: Entity(iri=m.entity, name=m.name, label=m.label)
        for m in reversed(mentions)
        if m.entity is not None and is_new_entity(m.entity, m.label)
    }
    return ArticleGraph(
        article=article,
        mentions=mentions,
        claims=tuple(claims[key] for key in sorted(claims)),
        new_entities=tuple(new[iri] for iri in sorted(new)),
    )


def is_new_entity(iri: str, label: str) -> bool:
    """Whether the IRI is one that the linker makes for a name that no seed knows, e.g. `entity:firm.acme-chips`."""
    return local_name(iri).startswith(f"{label.lower()}.") and iri == entity_iri(local_name(iri))


def _claim(article: Article, extraction: Extraction, reading: Reading, extractor: str, ontology: Ontology) -> Claim:
    mentions = extraction.mentions
    head, tail = mentions[reading.head], mentions[reading.tail]
    relation = ontology.require(reading.relation)
    if relation.symmetric and (tail.entity or "") < (head.entity or ""):
        head, tail = tail, head
    if head.entity is None or tail.entity is None:
        raise ValueError(f"{reading.relation} between values, not entities: {head.name!r}, {tail.name!r}")

    def entity(index: int | None) -> str | None:
        return None if index is None else mentions[index].entity

    def words(index: int) -> str:
        return article.text[mentions[index].start : mentions[index].end]

    return Claim(
        subject=head.entity,
        relation=relation.iri,
        object=tail.entity,
        evidence=Evidence(article.iri, reading.start, reading.end, article.text[reading.start : reading.end]),
        score=round(reading.score, 4),
        extractor=extractor,
        status=reading.status,
        polarity=reading.polarity,
        concerns=entity(reading.concerns),
        amount=None if reading.amount is None else parse_amount(words(reading.amount)),
        period=None if reading.time is None else parse_period(words(reading.time), article.published),
        attributed_to=entity(reading.attributed_to),
        subject_span=(head.start, head.end),
        object_span=(tail.start, tail.end),
        rule=reading.rule,
    )
