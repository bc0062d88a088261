"""Records to quads and back; nothing else builds a triple.

`article_quads` and `read_article_graph` undo one another, as do `entity_quads` and `read_entities`,
`curated_quads` and `read_curated_facts`.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

import pyoxigraph as ox

from kg import terms
from kg.terms import CURATED, DCT, ENTITIES_GRAPH, KG, LABEL_TO_CLASS, NEAR_COPIES_GRAPH, PROV, RDF, SCHEMA, SKOS, XSD
from kg.types import Amount, Article, ArticleGraph, Claim, CuratedFact, Entity, Evidence, Mention, Period, Status

__all__ = [
    "PATH_SCORE",
    "article_quads",
    "curated_quads",
    "entity_quads",
    "near_copy_quads",
    "read_article",
    "read_article_graph",
    "read_curated_facts",
    "read_entities",
    "score_text",
]

# A claim also stands as a plain triple, for paths, where it is affirmed, actual and scored at least this.
PATH_SCORE = 0.5

_TYPE = ox.NamedNode(RDF + "type")
_SUBJECT, _PREDICATE, _OBJECT = (ox.NamedNode(RDF + name) for name in ("subject", "predicate", "object"))
_DATE, _INTEGER, _DECIMAL = (ox.NamedNode(XSD + name) for name in ("date", "integer", "decimal"))
_PREF, _ALT = ox.NamedNode(SKOS + "prefLabel"), ox.NamedNode(SKOS + "altLabel")
_CLAIM, _MENTION, _CURATED_FACT = (ox.NamedNode(KG + name) for name in ("Claim", "Mention", "CuratedFact"))
_ARTICLE = ox.NamedNode(SCHEMA + "NewsArticle")
_DERIVED = ox.NamedNode(PROV + "wasDerivedFrom")


def _kg(name: str) -> ox.NamedNode:
    return ox.NamedNode(KG + name)


_KG_NAMES = """
    amount amountUnit amountValue asOf attributedTo concerns end extractor hasMention holdsFrom holdsUntil
    linkReason mentionClass mentions nearCopyOf objectMention polarity quote refersTo rule score start status
    subjectMention textDigest time weakAlias
"""
_KG = {name: _kg(name) for name in _KG_NAMES.split()}
_ARTICLE_TEXTS = {
    "title": ox.NamedNode(SCHEMA + "headline"),
    "publisher": ox.NamedNode(SCHEMA + "publisher"),
    "author": ox.NamedNode(SCHEMA + "author"),
    "language": ox.NamedNode(SCHEMA + "inLanguage"),
    "text": ox.NamedNode(SCHEMA + "articleBody"),
}
_URL, _PUBLISHED = ox.NamedNode(SCHEMA + "url"), ox.NamedNode(SCHEMA + "datePublished")
_KEYWORDS, _LABEL = ox.NamedNode(SCHEMA + "keywords"), ox.NamedNode(terms.RDFS + "label")


def score_text(score: float) -> str:
    """A score as a plain decimal of at most four places, e.g. `0.93`: one spelling a value."""
    return format(Decimal(f"{score:.4f}").normalize(), "f")


def _integer(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=_INTEGER)


def _decimal(value: str) -> ox.Literal:
    return ox.Literal(value, datatype=_DECIMAL)


def _mention_node(article: str, start: int, end: int) -> ox.NamedNode:
    return ox.NamedNode(f"{article}#m{start}-{end}")


def article_quads(graph: ArticleGraph, *, path_score: float = PATH_SCORE) -> Iterator[ox.Quad]:
    """The named graph of one article, in a fixed order; without the default of the article's `address`."""
    name = ox.NamedNode(graph.article.iri)
    yield from (ox.Quad(*triple, name) for triple in _article_triples(graph, path_score))


_Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]


def _article_triples(graph: ArticleGraph, path_score: float) -> Iterator[_Triple]:
    article = graph.article
    node = ox.NamedNode(article.iri)
    yield node, _TYPE, _ARTICLE
    for field, predicate in _ARTICLE_TEXTS.items():
        if value := getattr(article, field):
            yield node, predicate, ox.Literal(value)
    if article.url:
        # Kept as text: what servers call a canonical URL is not always a valid IRI.
        yield node, _URL, ox.Literal(article.url, datatype=ox.NamedNode(XSD + "anyURI"))
    if article.published:
        yield node, _PUBLISHED, ox.Literal(article.published, datatype=_DATE)
    for topic in article.topics:
        yield node, _KEYWORDS, ox.Literal(topic)
    yield node, _KG["textDigest"], ox.Literal(article.digest)
    for entity in graph.new_entities:
        yield from _entity_triples(entity)
    for iri in sorted({m.entity for m in graph.mentions if m.entity}):
        yield node, _KG["mentions"], ox.NamedNode(iri)
    for mention in graph.mentions:
        yield from _mention_triples(node, mention)
    for claim in graph.claims:
        yield from _claim_triples(claim, path_score)


def _mention_triples(article: ox.NamedNode, mention: Mention) -> Iterator[_Triple]:
    if mention.entity is None:
        raise ValueError(f"a {mention.label} mention names no entity and has no place in the graph")
    node = _mention_node(article.value, mention.start, mention.end)
    yield article, _KG["hasMention"], node
    yield node, _TYPE, _MENTION
    yield node, _KG["start"], _integer(mention.start)
    yield node, _KG["end"], _integer(mention.end)
    yield node, _KG["mentionClass"], ox.NamedNode(LABEL_TO_CLASS[mention.label])
    yield node, _LABEL, ox.Literal(mention.name)
    yield node, _KG["refersTo"], ox.NamedNode(mention.entity)
    yield node, _KG["score"], _decimal(score_text(mention.score))
    yield node, _KG["linkReason"], ox.Literal(mention.reason)


def _claim_triples(claim: Claim, path_score: float) -> Iterator[_Triple]:
    node, article = ox.NamedNode(claim.iri), claim.evidence.article
    subject, relation, object_ = ox.NamedNode(claim.subject), ox.NamedNode(claim.relation), ox.NamedNode(claim.object)
    if claim.status == "actual" and claim.polarity == "affirmed" and claim.score >= path_score:
        yield subject, relation, object_
    yield node, _TYPE, _CLAIM
    yield node, _SUBJECT, subject
    yield node, _PREDICATE, relation
    yield node, _OBJECT, object_
    yield node, _KG["status"], _kg(claim.status)
    yield node, _KG["polarity"], _kg(claim.polarity)
    yield node, _KG["score"], _decimal(score_text(claim.score))
    yield node, _KG["quote"], ox.Literal(claim.evidence.quote)
    yield node, _KG["start"], _integer(claim.evidence.start)
    yield node, _KG["end"], _integer(claim.evidence.end)
    yield node, _KG["extractor"], ox.Literal(claim.extractor)
    yield node, _DERIVED, ox.NamedNode(article)
    if claim.rule:
        yield node, _KG["rule"], ox.Literal(claim.rule)
    if claim.concerns:
        yield node, _KG["concerns"], ox.NamedNode(claim.concerns)
    if claim.attributed_to:
        yield node, _KG["attributedTo"], ox.NamedNode(claim.attributed_to)
    if claim.amount:
        yield node, _KG["amount"], ox.Literal(claim.amount.text)
        if claim.amount.value is not None:
            yield node, _KG["amountValue"], _decimal(claim.amount.value)
        if claim.amount.unit is not None:
            yield node, _KG["amountUnit"], ox.Literal(claim.amount.unit)
    if claim.period:
        yield node, _KG["time"], ox.Literal(claim.period.text)
        if claim.period.first is not None:
            yield node, _KG["holdsFrom"], ox.Literal(claim.period.first, datatype=_DATE)
        if claim.period.last is not None:
            yield node, _KG["holdsUntil"], ox.Literal(claim.period.last, datatype=_DATE)
    if claim.subject_span:
        yield node, _KG["subjectMention"], _mention_node(article, *claim.subject_span)
    if claim.object_span:
        yield node, _KG["objectMention"], _mention_node(article, *claim.object_span)


def _entity_triples(entity: Entity) -> Iterator[_Triple]:
    node = ox.NamedNode(entity.iri)
    yield node, _TYPE, ox.NamedNode(LABEL_TO_CLASS[entity.label])
    yield node, _PREF, ox.Literal(entity.name)
    for alias in entity.aliases:
        yield node, _ALT, ox.Literal(alias)
    for alias in entity.weak_aliases:
        yield node, _KG["weakAlias"], ox.Literal(alias)
    for name, value in entity.properties:
        yield node, _kg(name), ox.Literal(value)


def entity_quads(entities: Iterable[Entity]) -> Iterator[ox.Quad]:
    """The graph of who is who."""
    name = ox.NamedNode(ENTITIES_GRAPH)
    yield from (ox.Quad(*triple, name) for entity in entities for triple in _entity_triples(entity))


def curated_quads(facts: Iterable[CuratedFact]) -> Iterator[ox.Quad]:
    """Curated facts in the graphs of their tables, each as a node and, while it holds, as a plain triple."""
    for fact in facts:
        graph = ox.NamedNode(CURATED + fact.table)
        subject, relation, object_ = ox.NamedNode(fact.subject), ox.NamedNode(fact.relation), ox.NamedNode(fact.object)
        node = ox.NamedNode(fact.iri)
        if not fact.until:
            yield ox.Quad(subject, relation, object_, graph)
        yield ox.Quad(node, _TYPE, _CURATED_FACT, graph)
        yield ox.Quad(node, _SUBJECT, subject, graph)
        yield ox.Quad(node, _PREDICATE, relation, graph)
        yield ox.Quad(node, _OBJECT, object_, graph)
        for predicate, value in (
            (_KG["asOf"], fact.as_of),
            (ox.NamedNode(DCT + "source"), fact.source),
            (_kg("since"), fact.since),
            (_kg("until"), fact.until),
        ):
            if value:
                yield ox.Quad(node, predicate, ox.Literal(value), graph)


def near_copy_quads(pairs: Iterable[tuple[str, str]]) -> Iterator[ox.Quad]:
    """Near-copies, both ways round: each pair of article IRIs once is enough."""
    name = ox.NamedNode(NEAR_COPIES_GRAPH)
    for one, other in pairs:
        a, b = ox.NamedNode(one), ox.NamedNode(other)
        yield ox.Quad(a, _KG["nearCopyOf"], b, name)
        yield ox.Quad(b, _KG["nearCopyOf"], a, name)


class _Node:
    """What is said of one subject, read field by field."""

    def __init__(self) -> None:
        self.values: dict[str, list[str]] = {}

    def all(self, predicate: ox.NamedNode) -> list[str]:
        return self.values.get(predicate.value, [])

    def get(self, predicate: ox.NamedNode) -> str | None:
        found = self.all(predicate)
        return found[0] if found else None

    def text(self, predicate: ox.NamedNode) -> str:
        return self.get(predicate) or ""

    def is_a(self, type_: ox.NamedNode) -> bool:
        return type_.value in self.all(_TYPE)


def _nodes(quads: Iterable[ox.Quad]) -> dict[str, _Node]:
    nodes: dict[str, _Node] = {}
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            found = nodes.setdefault(quad.subject.value, _Node())
            found.values.setdefault(quad.predicate.value, []).append(quad.object.value)
    return nodes


def read_article_graph(quads: Iterable[ox.Quad]) -> ArticleGraph:
    """The records of one article's graph. Raises ValueError where the quads hold no article, or several."""
    nodes = _nodes(quads)
    articles = [iri for iri, node in nodes.items() if node.is_a(_ARTICLE)]
    if len(articles) != 1:
        raise ValueError(f"one article's graph holds one schema:NewsArticle, found {len(articles)}")
    mentions = [_read_mention(node) for node in nodes.values() if node.is_a(_MENTION)]
    claims = [_read_claim(node) for node in nodes.values() if node.is_a(_CLAIM)]
    return ArticleGraph(
        article=read_article(nodes[articles[0]].values),
        mentions=tuple(sorted(mentions, key=lambda m: (m.start, m.end))),
        claims=tuple(sorted(claims, key=lambda c: c.key)),
        new_entities=tuple(_read_entities(nodes)),
    )


def read_article(values: dict[str, list[str]]) -> Article:
    """An article from what its graph says of it: predicate IRI -> values."""
    node = _Node()
    node.values = values
    return Article(
        text=node.text(_ARTICLE_TEXTS["text"]),
        title=node.text(_ARTICLE_TEXTS["title"]),
        url=node.get(_URL),
        published=node.get(_PUBLISHED),
        publisher=node.get(_ARTICLE_TEXTS["publisher"]),
        author=node.get(_ARTICLE_TEXTS["author"]),
        language=node.get(_ARTICLE_TEXTS["language"]),
        topics=tuple(sorted(node.all(_KEYWORDS))),
    )


def _read_mention(node: _Node) -> Mention:
    return Mention(
        start=int(node.text(_KG["start"])),
        end=int(node.text(_KG["end"])),
        label=terms.label_of(node.text(_KG["mentionClass"])),
        name=node.text(_LABEL),
        entity=node.get(_KG["refersTo"]),
        score=float(node.text(_KG["score"])),
        reason=node.text(_KG["linkReason"]),
    )


def _span(iri: str | None) -> tuple[int, int] | None:
    if iri is None:
        return None
    start, end = iri.rsplit("#m", 1)[1].split("-")
    return int(start), int(end)


_STATUS: dict[str, Status] = {KG + "actual": "actual", KG + "planned": "planned", KG + "ended": "ended"}


def _read_claim(node: _Node) -> Claim:
    amount, period = node.get(_KG["amount"]), node.get(_KG["time"])
    return Claim(
        subject=node.text(_SUBJECT),
        relation=node.text(_PREDICATE),
        object=node.text(_OBJECT),
        evidence=Evidence(
            article=node.text(_DERIVED),
            start=int(node.text(_KG["start"])),
            end=int(node.text(_KG["end"])),
            quote=node.text(_KG["quote"]),
        ),
        score=float(node.text(_KG["score"])),
        extractor=node.text(_KG["extractor"]),
        status=_STATUS[node.text(_KG["status"])],
        polarity="negated" if node.text(_KG["polarity"]) == KG + "negated" else "affirmed",
        concerns=node.get(_KG["concerns"]),
        amount=None if amount is None else Amount(amount, node.get(_KG["amountValue"]), node.get(_KG["amountUnit"])),
        period=None if period is None else Period(period, node.get(_KG["holdsFrom"]), node.get(_KG["holdsUntil"])),
        attributed_to=node.get(_KG["attributedTo"]),
        subject_span=_span(node.get(_KG["subjectMention"])),
        object_span=_span(node.get(_KG["objectMention"])),
        rule=node.text(_KG["rule"]),
    )


_OWN_PREDICATES = {RDF + "type", _PREF.value, _ALT.value, _KG["weakAlias"].value}


def _read_entities(nodes: dict[str, _Node]) -> Iterator[Entity]:
    for iri, node in sorted(nodes.items()):
        labels = [terms.CLASS_TO_LABEL[t] for t in node.all(_TYPE) if t in terms.CLASS_TO_LABEL]
        if not labels:
            continue
        properties = [
            (predicate.removeprefix(KG), value)
            for predicate, values in node.values.items()
            if predicate.startswith(KG) and predicate not in _OWN_PREDICATES
            for value in values
            if not value.startswith(terms.BASE)
        ]
        yield Entity(
            iri=iri,
            name=node.text(_PREF),
            label=labels[0],
            aliases=tuple(sorted(node.all(_ALT))),
            weak_aliases=tuple(sorted(node.all(_KG["weakAlias"]))),
            properties=tuple(sorted(properties)),
        )


def read_entities(quads: Iterable[ox.Quad]) -> list[Entity]:
    """The entities that the quads describe, by IRI, aliases and properties sorted."""
    return list(_read_entities(_nodes(quads)))


def read_curated_facts(quads: Iterable[ox.Quad]) -> list[CuratedFact]:
    """The curated facts among the quads, by IRI."""
    quads = list(quads)
    tables = {
        quad.subject.value: quad.graph_name.value.removeprefix(CURATED)
        for quad in quads
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.graph_name, ox.NamedNode)
    }
    return [
        CuratedFact(
            subject=node.text(_SUBJECT),
            relation=node.text(_PREDICATE),
            object=node.text(_OBJECT),
            table=tables[iri],
            as_of=node.text(_KG["asOf"]),
            source=node.text(ox.NamedNode(DCT + "source")),
            since=node.text(_kg("since")),
            until=node.text(_kg("until")),
        )
        for iri, node in sorted(_nodes(quads).items())
        if node.is_a(_CURATED_FACT)
    ]
