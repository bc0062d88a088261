"""From a view to a picture: what of it to draw, and the words behind every edge."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from kg.errors import QueryError
from kg.types import Polarity, Status
from queries.names import resolve
from queries.picture import (
    DEFAULT_LIMIT,
    Picture,
    PictureArticle,
    PictureClaim,
    PictureEdge,
    PictureGraph,
    PictureNode,
    cut,
)
from queries.records import Backing, Statement
from queries.view import View

__all__ = ["DEFAULT_LIMIT", "Picture", "draw", "picture_graph"]


def draw(
    view: View, *, focus: Sequence[str] = (), depth: int = 1, limit: int = DEFAULT_LIMIT, title: str = ""
) -> Picture:
    """The picture of a view, or of what lies at most `depth` edges from the entities that `focus` names.

    More than `limit` entities are cut to the most relevant, see `cut`; `Picture.left_out` then says so. For a
    picture of plans, ended relations and denials too, load the view with a filter that admits them.

    Raises QueryError where nothing is left to draw, and for a limit or depth below 1; UnknownNameError for a focus
    that nothing goes by.
    """
    if reason := view.why_empty():
        raise QueryError(f"there is nothing to draw: {reason}")
    focused = tuple(dict.fromkeys(resolve(view, name) for name in focus))
    whole = picture_graph(view, focus=[view.entities[place].iri for place in focused])
    graph, left_out = cut(whole, depth=depth, limit=limit)
    names = ", ".join(view.name(place) for place in focused)
    return Picture(
        graph=_with_evidence(graph, view),
        title=title or (f"Around {names}" if names else "Who depends on, supplies and binds whom"),
        notes=(_basis(view),),
        left_out=left_out,
        class_names={known.annotation_label: known.label for known in view.ontology.classes.values()},
    )


def picture_graph(view: View, *, focus: Sequence[str] = ()) -> PictureGraph:
    """All that a view holds, without quotes; `focus` are entity IRIs, drawn even where nothing is said of them.

    A claim and a curated fact that say the same become one edge.
    """
    merged: defaultdict[tuple[int, str, int, Status, Polarity], list[Statement]] = defaultdict(list)
    for edge in view.edges:
        merged[edge[:5]].extend(edge.statements)
    edges = []
    degrees: Counter[int] = Counter()
    for (subject, name, object_, status, polarity), statements in sorted(merged.items()):
        relation = view.ontology.relations[name]
        degrees.update({subject, object_})
        edges.append(
            PictureEdge(
                source=view.entities[subject].iri,
                target=view.entities[object_].iri,
                relation=relation.label,
                inverse=relation.inverse_label,
                status=status,
                polarity=polarity,
                sources=view.independent_sources(statements),
                statements=tuple(statement.key for statement in statements),
            )
        )
    drawn = sorted({*view.active, *(view.index[iri] for iri in focus)})
    nodes = (
        PictureNode(
            iri=view.entities[place].iri,
            name=view.name(place),
            label=view.entities[place].label,
            articles=view.mentioning.get(place, 0),
            degree=degrees[place],
        )
        for place in drawn
    )
    return PictureGraph(nodes=tuple(nodes), edges=tuple(edges), focus=tuple(focus))


def _with_evidence(graph: PictureGraph, view: View) -> PictureGraph:
    """The graph with aliases, quotes and sources: read only now, for what the cut has left."""
    backing = view.backing(key for edge in graph.edges for key in edge.statements)
    aliases = _aliases(view, {node.iri for node in graph.nodes})
    cited = {found.article for found in backing.values() if found.article}
    return replace(
        graph,
        nodes=tuple(replace(node, aliases=aliases.get(node.iri, ())) for node in graph.nodes),
        edges=tuple(
            replace(
                edge,
                claims=tuple(_claim(backing[key]) for key in edge.statements if not backing[key].is_curated),
                curated=tuple(_curated_words(backing[key]) for key in edge.statements if backing[key].is_curated),
            )
            for edge in graph.edges
        ),
        articles=tuple(
            PictureArticle(head.iri, head.title, head.published, head.publisher, head.url)
            for head in view.articles
            if head.iri in cited
        ),
    )


def _aliases(view: View, iris: Collection[str]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for iri, alias in view.store.rows("SELECT ?e ?a { ?e skos:altLabel ?a }"):
        if iri is not None and alias is not None and iri in view.index:
            found[view.entities[view.index[iri]].iri].add(alias)
    return {iri: tuple(sorted(found[iri])) for iri in iris if iri in found}


def _claim(found: Backing) -> PictureClaim:
    return PictureClaim(
        key=found.key,
        article=found.article,
        quote=found.quote,
        score=found.score or 0.0,
        concerns=found.concerns,
        amount=found.amount,
        time=found.time,
        attributed_to=found.attributed_to,
    )


def _curated_words(found: Backing) -> str:
    """Where a curated fact is from and when it holds, e.g. `memberships: OECD list, since 1964, as of 2025-06`."""
    dates = (("since", found.since), ("until", found.until), ("as of", found.as_of))
    parts = [found.source or "no source given", *(f"{word} {date}" for word, date in dates if date)]
    return f"{found.table}: {', '.join(parts)}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _basis(view: View) -> str:
    """What the whole view rests on, in one sentence."""
    claims = view.claims()
    heads = view.articles_behind(claims)
    days = sorted(head.published for head in heads if head.published)
    period = f", published {days[0]} to {days[-1]}" if days else ""
    facts = len(view.statements) - len(claims)
    return (
        f"Rests on {_count(len(claims), 'claim')} of {_count(len(heads), 'article')} from "
        f"{_count(view.independent_sources(claims), 'independent source')}{period}, and "
        f"{_count(facts, 'curated fact')}; filter: {view.filter.describe()}."
    )
