"""Who is more central than the attention of the press lets expect: `kg centrality --corrected`."""

from collections import defaultdict
from collections.abc import Collection

from kg.errors import QueryError
from queries.answer import Answer, Column, Row, answer_from, counted
from queries.centrality import MEASURES
from queries.filter import check_classes
from queries.measures.attention import rank_residuals
from queries.phrases import class_words, kept
from queries.view import Orientation, View

__all__ = ["attention_corrected"]


def attention_corrected(
    view: View,
    measure: str = "pagerank",
    *,
    relations: Collection[str] = (),
    classes: Collection[str] = (),
    least: int = 2,
    limit: int | None = 20,
    orientation: Orientation = "dependence",
) -> Answer:
    """Entities by the residual of their rank in a centrality on their rank in the articles that mention them.

    Parameters
    ----------
    view : View
    measure : {"degree", "betweenness", "pagerank", "eigenvector", "hits"}
        As `queries.measures.centrality` defines it, computed over all entities; HITS takes the authority.
    relations, classes, limit, orientation
        As in `queries.centrality.centrality`; the ranks are those among the entities of the classes.
    least : int
        Entities that fewer articles of the period mention are not ranked, at least 1: one article cannot tell
        whether little is written of an entity that matters, or whether it does not matter.

    Raises
    ------
    QueryError
        There is no such measure, relation or class, or `least` is below 1.

    Examples
    --------
    >>> from kg.store import Store
    >>> from queries.view import View
    >>> attention_corrected(View.load(Store())).rows
    ()
    """
    if measure not in MEASURES:
        raise QueryError(f"no measure is called {measure!r}; there are {', '.join(MEASURES)}")
    if least < 1:
        raise QueryError(f"an entity is ranked from 1 article on, not from {least}")
    check_classes(classes)
    view = view.narrowed(relations=relations)
    graph = view.igraph(orientation)
    values = next(iter(MEASURES[measure](graph).values())) if graph.vcount() else {}
    ranked = {
        entity: values[view.entities[entity].iri]
        for entity in view.active
        if view.mentioning.get(entity, 0) >= least and (not classes or view.entities[entity].label in classes)
    }
    residuals = rank_residuals(ranked, view.mentioning)
    found = sorted(residuals, key=lambda entity: (-round(residuals[entity], 9), entity))
    shown = found[:limit]
    behind: dict[int, list[str]] = defaultdict(list)
    chosen = set(shown)
    for s in view.statements:
        for end in {s.subject, s.object} & chosen:
            behind[end].append(s.key)
    return answer_from(
        view,
        title=f"Centrality beyond attention: {measure}",
        columns=(
            Column("entity", "entity"),
            Column("class"),
            Column("residual", "number", "share of ranks"),
            Column(measure, "number"),
            Column("mentioned in", "count", "articles"),
        ),
        rows=[
            Row(
                (
                    view.name(entity),
                    class_words(view, entity),
                    residuals[entity],
                    ranked[entity],
                    view.mentioning[entity],
                ),
                tuple(behind[entity]),
            )
            for entity in shown
        ],
        query=f"attention_corrected({measure!r}, relations={tuple(relations)}, classes={tuple(classes)})",
        caveats=(
            "a residual, no score: above 0 the entity ranks higher than others that as many articles mention, by this "
            "share of all ranks; it corrects for how much is written, not for what is left unwritten",
            f"among {counted(len(found), 'entity', 'entities')} that {counted(least, 'article')} or more mention",
            *kept(len(shown), len(found), "entities"),
        ),
        why_empty=f"no entity of these classes is tied and mentioned in {counted(least, 'article')} under this filter",
    )
