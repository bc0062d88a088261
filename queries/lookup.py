"""What the graph holds: `kg show`, `kg claims`, `kg articles`, `kg entities`."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from kg.errors import QueryError
from kg.names import name_key
from kg.state import addresses
from kg.store import Store
from kg.terms import ARTICLE, KG, SKOS, compact, local_name
from queries.answer import Answer, Column, Row, answer_from, counted
from queries.filter import check_classes
from queries.names import resolve
from queries.phrases import SUPPORT, class_words, concerns_words, kept, reading, status_words, support
from queries.records import ArticleHead, Edge, Statement
from queries.view import View

__all__ = ["articles", "claims", "description", "entities", "find_article", "show"]

# Letters of an article's id that name it: fewer would too easily name another.
_SHORTEST_ID = 4


def show(view: View, name: str, *, limit: int | None = None) -> Answer:
    """All that is documented of one entity, read from it outwards; its names and class stand in the caveats."""
    entity = resolve(view, name)
    own = [edge for edge in view.edges if entity in (edge.subject, edge.object)]
    ranked = sorted(own, key=lambda e: (*_outwards(view, e, entity), e.status, e.polarity, e.is_curated))
    shown = ranked[:limit]
    rows = []
    for edge in shown:
        words, other = reading(view, edge, entity)
        cells = (words, view.name(other), class_words(view, other), concerns_words(view, edge.statements))
        rows.append(
            Row(
                (*cells, status_words(edge), *support(view, edge.statements)),
                tuple(s.key for s in edge.statements),
            )
        )
    described = description(view, entity)
    return answer_from(
        view,
        title=f"{view.name(entity)} ({class_words(view, entity)})",
        columns=(
            Column("relation"),
            Column("with", "entity"),
            Column("class"),
            Column("for"),
            Column("status"),
            *SUPPORT,
        ),
        rows=rows,
        query=f"show({name!r})",
        caveats=(*described, *kept(len(shown), len(own), "facts")),
        why_empty="; ".join(("nothing is documented of it under this filter", *described)),
    )


def _outwards(view: View, edge: Edge, entity: int) -> tuple[str, str]:
    words, other = reading(view, edge, entity)
    return words, view.name(other)


def description(view: View, entity: int) -> list[str]:
    """Names, kinds and properties of an entity, in words."""
    iri = view.entities[entity].iri
    values: dict[str, set[str]] = defaultdict(set)
    for predicate, value in view.store.rows(f"SELECT ?p ?o {{ <{iri}> ?p ?o FILTER(isLiteral(?o)) }}"):
        if predicate is not None and value is not None:
            values[predicate].add(value)
    values.pop(SKOS + "prefLabel", None)
    lines = [f"{compact(iri)}, mentioned in {counted(view.mentioning.get(entity, 0), 'article')}"]
    for predicate, label in ((SKOS + "altLabel", "also called"), (KG + "weakAlias", "at times called")):
        if found := values.pop(predicate, None):
            lines.append(f"{label}: {', '.join(sorted(found))}")
    if kinds := view.broader.get(entity):
        lines.append(f"a kind of: {', '.join(view.name(kind) for kind in kinds)}")
    lines += [f"{local_name(predicate)}: {', '.join(sorted(found))}" for predicate, found in sorted(values.items())]
    return lines


def claims(
    view: View,
    *,
    subject: str | None = None,
    object: str | None = None,
    about: str | None = None,
    article: str | None = None,
    limit: int | None = None,
) -> Answer:
    """The claims of articles, the newest first; relation, status and the like are the view's filter.

    `about` takes claims with the entity at either end, or as what they concern; `article` those of one article, named
    as `find_article` takes it.
    """
    within = None if article is None else find_article(view.store, article)[0]
    ends = [None if name is None else resolve(view, name) for name in (subject, object, about)]
    found = [s for s in view.claims() if _matches(s, ends) and (within is None or _head(view, s).iri == within)]
    found.sort(key=lambda s: s.key)
    found.sort(key=lambda s: _head(view, s).published, reverse=True)
    shown = found[:limit]
    backing = view.backing(s.key for s in shown)
    rows = [
        Row(
            (
                _head(view, s).published,
                view.name(s.subject),
                ("" if s.polarity == "affirmed" else "not: ") + view.relation(s).label,
                view.name(s.object),
                "" if s.concerns is None else view.name(s.concerns),
                s.status,
                backing[s.key].score,
                backing[s.key].title,
                s.key,
            ),
            (s.key,),
        )
        for s in shown
    ]
    wanted = {"subject": subject, "object": object, "about": about, "article": article}
    asked = ", ".join(f"{what}={name!r}" for what, name in wanted.items() if name is not None)
    return answer_from(
        view,
        title="Claims" + (f" with {asked}" if asked else ""),
        columns=(
            Column("published", "date"),
            Column("subject", "entity"),
            Column("relation"),
            Column("object", "entity"),
            Column("for"),
            Column("status"),
            Column("score", "number"),
            Column("article"),
            Column("claim"),
        ),
        rows=rows,
        query=f"claims({asked})",
        caveats=kept(len(shown), len(found), "claims"),
        why_empty="no claim is documented with these ends under this filter",
    )


def _matches(s: Statement, ends: Sequence[int | None]) -> bool:
    subject, object_, about = ends
    return (
        (subject is None or s.subject == subject)
        and (object_ is None or s.object == object_)
        and (about is None or about in (s.subject, s.object, s.concerns))
    )


def _head(view: View, claim: Statement) -> ArticleHead:
    if claim.article is None:
        raise ValueError(f"{claim.key} is a curated fact and stands in no article")
    return view.articles[claim.article]


def find_article(store: Store, name: str) -> tuple[str, str]:
    """IRI and title of the article with this IRI, beginning of its id, URL, title or address it was read from.

    Raises QueryError where several articles answer to the name, or none.
    """
    wanted = name.strip()
    iris = store.graphs_below(ARTICLE)
    titles = {a: title or "" for a, title in store.rows("SELECT ?a ?t { ?a schema:headline ?t }")}
    urls = {a for a, url in store.rows("SELECT ?a ?u { ?a schema:url ?u }") if url == wanted}
    known = addresses(store)
    local = wanted.removeprefix(ARTICLE).removeprefix("article:")
    readings: tuple[Iterable[str], ...] = (
        (iri for iri in iris if iri in urls),
        (known[address] for address in (wanted, str(Path(wanted).absolute())) if address in known),
        (iri for iri in iris if titles.get(iri, "").casefold() == wanted.casefold()),
        (iri for iri in iris if len(local) >= _SHORTEST_ID and iri.startswith(ARTICLE + local)),
    )
    for reading_ in readings:
        found = sorted(set(reading_))
        if len(found) == 1:
            return found[0], titles.get(found[0], "")
        if found:
            offer = ", ".join(compact(iri) for iri in found[:8])
            raise QueryError(f"{name!r} names {len(found)} articles; name one of: {offer}")
    raise QueryError(f"no article is called {name!r}; `kg articles` lists them")


def articles(
    view: View, *, contains: str | None = None, mentions: str | None = None, limit: int | None = None
) -> Answer:
    """The articles of the period, the newest first, with the number of claims that pass the filter.

    `contains` is a part of a title or publisher, whatever its case; `mentions` the name of an entity.
    """
    part = "" if contains is None else contains.casefold()
    admitted = [
        place
        for place, a in enumerate(view.articles)
        if view.filter.admits_day(a.published) and (part in a.title.casefold() or part in a.publisher.casefold())
    ]
    if mentions is not None:
        entity = resolve(view, mentions)
        values = " ".join(f"<{iri}>" for iri, place in view.index.items() if place == entity)
        found = {a for (a,) in view.store.rows(f"SELECT ?a {{ VALUES ?e {{ {values} }} ?a kg:mentions ?e }}")}
        admitted = [place for place in admitted if view.articles[place].iri in found]
    behind: dict[int, list[str]] = defaultdict(list)
    for s in view.claims():
        if s.article is not None:
            behind[s.article].append(s.key)
    copies = Counter(a.cluster for a in view.articles)
    admitted.sort(key=lambda place: view.articles[place].published, reverse=True)
    shown = admitted[:limit]
    rows = [
        Row(
            (
                a.published,
                a.title,
                a.publisher,
                len(behind[place]),
                copies[a.cluster] - 1,
                a.url,
                compact(a.iri),
            ),
            tuple(behind[place]),
        )
        for place in shown
        for a in (view.articles[place],)
    ]
    return answer_from(
        view,
        title="Articles" + (f" that mention {mentions}" if mentions else ""),
        columns=(
            Column("published", "date"),
            Column("title"),
            Column("publisher"),
            Column("claims", "count", "claims"),
            Column("near-copies", "count", "articles"),
            Column("address"),
            Column("article"),
        ),
        rows=rows,
        query=f"articles(contains={contains!r}, mentions={mentions!r})",
        caveats=kept(len(shown), len(admitted), "articles"),
        why_empty=f"0 of {counted(len(view.articles), 'article')} are of that kind and period",
    )


def entities(
    view: View, *, classes: Collection[str] = (), contains: str | None = None, limit: int | None = None
) -> Answer:
    """The entities of the store, those that most articles mention first.

    `classes` are annotation labels (`FIRM`); `contains` is a part of a name, whatever its case.
    """
    check_classes(classes)
    part = "" if contains is None else name_key(contains)
    if contains and not part:
        raise QueryError(f"{contains!r} holds no letter or digit to search for")
    behind: dict[int, list[str]] = defaultdict(list)
    for s in view.claims():
        for end in {s.subject, s.object}:
            behind[end].append(s.key)
    found = [
        place
        for place, entity in enumerate(view.entities)
        if (not classes or entity.label in classes) and part in name_key(entity.name)
    ]
    found.sort(key=lambda e: (-view.mentioning.get(e, 0), -len(behind[e]), view.name(e)))
    shown = found[:limit]
    named = sum(view.mentioning.get(entity, 0) > 0 for entity in found)
    return answer_from(
        view,
        title="Entities",
        columns=(
            Column("entity", "entity"),
            Column("class"),
            Column("mentioned in", "count", "articles"),
            Column("claims", "count", "claims"),
            Column("local name"),
        ),
        rows=[
            Row(
                (
                    view.name(entity),
                    class_words(view, entity),
                    view.mentioning.get(entity, 0),
                    len(behind[entity]),
                    local_name(view.entities[entity].iri),
                ),
                tuple(behind[entity]),
            )
            for entity in shown
        ],
        query=f"entities(classes={tuple(classes)}, contains={contains!r})",
        caveats=(
            f"{named} of {counted(len(found), 'entity', 'entities')} are mentioned in articles",
            *kept(len(shown), len(found), "entities"),
        ),
        why_empty="no entity has such a name and class",
    )
