"""How well what is claimed is borne out: `kg corroboration CLAIM|NAME`."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Final

from kg.errors import QueryError
from kg.terms import CLAIM
from queries.answer import Answer, Column, Row, answer_from, counted
from queries.measures.corroboration import independent
from queries.names import resolve
from queries.phrases import concerns_words, kept, reading, status_words
from queries.records import Edge, Statement
from queries.view import View

__all__ = ["corroboration"]

# The beginning of a claim's key that names it: shorter ones could as well be a name.
_KEY: Final = re.compile(r"[0-9a-f]{8,32}")


def corroboration(view: View, what: str, *, classes: Collection[str] = (), limit: int | None = None) -> Answer:
    """The independent sources of one claim, or of all that is claimed of an entity.

    Near-copies count once, and so do the articles of one publisher. An article whose publisher is not known is shown
    as such and counts as a publisher of its own, unless it is a near-copy.

    Parameters
    ----------
    view : View
    what : str
        The key of a claim, at least 8 letters of it, or its IRI: one row an article that says the same, with whether
        it counts and why not. Else the name of an entity: one row for each thing said, the best corroborated first.
    classes : collection of str
        Annotation labels of the other end, where an entity is asked about.
    limit : int, optional
        At most so many rows.

    Raises
    ------
    QueryError
        The beginning of a key is that of several claims, or a name has several meanings.
    UnknownNameError
        No claim and no entity goes by it.
    """
    claim = _claim(view, what)
    return _of_entity(view, what, classes, limit) if claim is None else _of_claim(view, claim, limit)


def _claim(view: View, what: str) -> Statement | None:
    wanted = what.strip().removeprefix(CLAIM).removeprefix("claim:").casefold()
    if not _KEY.fullmatch(wanted):
        return None
    found = [s for s in view.statements if s.article is not None and s.key.startswith(wanted)]
    if len(found) > 1:
        raise QueryError(f"{what!r} begins the keys of {len(found)} claims; write more of it")
    if not found and (what.strip().startswith((CLAIM, "claim:")) or len(wanted) == 32):
        raise QueryError(f"no claim under this filter has the key {wanted!r}; `kg claims` lists them")
    return found[0] if found else None


def _of_claim(view: View, claim: Statement, limit: int | None) -> Answer:
    # A claim that names no goods says less than one that does: they do not bear one another out.
    edges = [edge for edge in view.edges if not edge.is_curated and any(s.key == claim.key for s in edge.statements)]
    same = [s for edge in edges for s in edge.statements if s.concerns == claim.concerns]
    curated = [
        s
        for edge in view.edges
        if edge.is_curated and edge[:5] == edges[0][:5]
        for s in edge.statements
        if s.concerns == claim.concerns
    ]
    of_article: dict[int, list[Statement]] = defaultdict(list)
    for s in same:
        if s.article is not None:
            of_article[s.article].append(s)
    # The earliest first: it is the one that others may have copied.
    ordered = sorted(of_article, key=lambda a: (view.articles[a].published or "9999", view.articles[a].iri))
    counts = independent((a, view.articles[a].publisher, view.articles[a].cluster) for a in ordered)
    rows = []
    for article in sorted(ordered, key=lambda a: counts[a] is not None)[:limit]:
        head = view.articles[article]
        rows.append(
            Row(
                (
                    "yes" if counts[article] is None else "no",
                    _why_not(view, article, counts[article]),
                    head.published,
                    head.publisher or "unknown",
                    head.title,
                    len(of_article[article]),
                ),
                tuple(s.key for s in of_article[article]),
            )
        )
    number = sum(other is None for other in counts.values())
    words = view.backing([claim.key])[claim.key].statement
    about = f" ({view.name(claim.concerns)})" if claim.concerns is not None else ""
    return answer_from(
        view,
        title=f"Who says: {words}{about}",
        columns=(
            Column("counts"),
            Column("why not"),
            Column("published", "date"),
            Column("publisher"),
            Column("article"),
            Column("claims", "count", "claims"),
        ),
        rows=rows,
        query=f"corroboration({claim.key!r})",
        caveats=(
            f"{counted(number, 'independent source')} among {counted(len(ordered), 'article')}; near-copies and one "
            "publisher count once",
            *([f"{counted(len(curated), 'curated fact')} of the same count as no source"] if curated else ()),
            *_unknown_publishers(view, ordered),
            *kept(len(rows), len(ordered), "articles"),
        ),
    )


def _why_not(view: View, article: int, instead: int | None) -> str:
    if instead is None:
        return ""
    head, other = view.articles[article], view.articles[instead]
    if head.cluster == other.cluster:
        return f"near-copy of {other.title or other.iri}"
    return f"same publisher as {other.title or other.iri}"


def _unknown_publishers(view: View, articles: Sequence[int]) -> tuple[str, ...]:
    unknown = sum(not view.articles[a].publisher for a in articles)
    words = (
        f"the publisher of {counted(unknown, 'article')} is unknown: whether independent of the others is not certain"
    )
    return (words,) if unknown else ()


def _of_entity(view: View, name: str, classes: Collection[str], limit: int | None) -> Answer:
    entity = resolve(view, name)
    groups: list[tuple[Edge, list[Statement]]] = []
    for edge in view.edges:
        other = edge.object if edge.subject == entity else edge.subject
        if edge.is_curated or entity not in (edge.subject, edge.object):
            continue
        if classes and view.entities[other].label not in classes:
            continue
        by_goods: dict[int | None, list[Statement]] = defaultdict(list)
        for s in edge.statements:
            by_goods[s.concerns].append(s)
        groups += [(edge, found) for found in by_goods.values()]
    curated = {edge[:5] for edge in view.edges if edge.is_curated}
    sources = [view.independent_sources(found) for _, found in groups]
    order = sorted(
        range(len(groups)),
        key=lambda g: (-sources[g], -len(groups[g][1]), _outwards(view, groups[g][0], entity), groups[g][1][0].key),
    )
    shown = order[:limit]
    rows = []
    for place in shown:
        edge, found = groups[place]
        words, other = reading(view, edge, entity)
        heads = view.articles_behind(found)
        days = sorted(head.published for head in heads if head.published)
        rows.append(
            Row(
                (
                    words,
                    view.name(other),
                    concerns_words(view, found),
                    status_words(edge),
                    sources[place],
                    len(heads),
                    len(found),
                    ", ".join(sorted({head.publisher or "unknown" for head in heads})),
                    days[0] if days else "",
                    days[-1] if days else "",
                    "yes" if edge[:5] in curated else "",
                ),
                tuple(s.key for s in found),
            )
        )
    single = sum(number == 1 for number in sources)
    articles = sorted({s.article for _, found in groups for s in found if s.article is not None})
    return answer_from(
        view,
        title=f"How well what is claimed of {view.name(entity)} is corroborated",
        columns=(
            Column("relation"),
            Column("with", "entity"),
            Column("for"),
            Column("status"),
            Column("sources", "count", "independent sources"),
            Column("articles", "count", "articles"),
            Column("claims", "count", "claims"),
            Column("publishers"),
            Column("first", "date"),
            Column("last", "date"),
            Column("curated"),
        ),
        rows=rows,
        query=f"corroboration({name!r}, classes={tuple(classes)})",
        caveats=(
            f"{single} of {counted(len(groups), 'thing')} claimed rest on a single independent source; near-copies and "
            "one publisher count once",
            *_unknown_publishers(view, articles),
            *kept(len(shown), len(groups), "things claimed"),
        ),
        why_empty=f"no article claims anything of {view.name(entity)} under this filter",
    )


def _outwards(view: View, edge: Edge, entity: int) -> tuple[str, str]:
    words, other = reading(view, edge, entity)
    return words, view.name(other)
