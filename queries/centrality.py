"""Who is central: `kg centrality`."""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError
from queries.answer import Answer, Column, Row, answer_from, counted
from queries.filter import check_classes
from queries.measures.centrality import betweenness, degree, eigenvector, hits, pagerank
from queries.phrases import class_words, kept
from queries.view import Orientation, View

if TYPE_CHECKING:
    import igraph

__all__ = ["MEASURES", "centrality"]

# Measure -> its columns, the first of which ranks.
_Values = dict[str, dict[str, float]]


def _hits(graph: "igraph.Graph") -> _Values:
    hubs, authorities = hits(graph)
    return {"authority": authorities, "hub": hubs}


MEASURES: Final[Mapping[str, Callable[["igraph.Graph"], _Values]]] = MappingProxyType(
    {
        "degree": lambda graph: {"degree": degree(graph)},
        "betweenness": lambda graph: {"betweenness": betweenness(graph)},
        "pagerank": lambda graph: {"pagerank": pagerank(graph)},
        "eigenvector": lambda graph: {"eigenvector": eigenvector(graph)},
        "hits": _hits,
    }
)
_ATTENTION = (
    "press attention is not power: who is written about more has more documented ties; "
    "compare the articles it is mentioned in"
)


def centrality(
    view: View,
    measure: str = "degree",
    *,
    relations: Collection[str] = (),
    classes: Collection[str] = (),
    limit: int | None = 20,
    orientation: Orientation = "dependence",
) -> Answer:
    """The entities that a measure puts first, with the number of articles that mention each.

    Parameters
    ----------
    view : View
        Best without curated facts (`Filter(curated=False)`): their tables list every known headquarters and
        membership, whether or not any article speaks of it.
    measure : {"degree", "betweenness", "pagerank", "eigenvector", "hits"}
        As `queries.measures.centrality` defines it. HITS ranks by authority.
    relations : collection of str
        Only ties of these relations; of all relations where it is empty.
    classes : collection of str
        Annotation labels of the entities that are ranked; the measure is computed over all.
    limit : int, optional
        At most so many rows.
    orientation : {"dependence", "stated"}
        Which way edges run; see `View.pairs`.

    Raises
    ------
    QueryError
        There is no such measure, relation or class.
    """
    if measure not in MEASURES:
        raise QueryError(f"no measure is called {measure!r}; there are {', '.join(MEASURES)}")
    check_classes(classes)
    view = view.narrowed(relations=relations)
    graph = view.igraph(orientation)
    values = MEASURES[measure](graph) if graph.vcount() else {measure: {}}
    leading = next(iter(values.values()))
    ranked = [entity for entity in view.active if not classes or view.entities[entity].label in classes]
    # Rounded, so that the last digit of a sum, which may differ between machines, does not decide an order.
    ranked.sort(key=lambda entity: (-round(leading[view.entities[entity].iri], 9), entity))
    shown = ranked[:limit]
    behind: dict[int, list[str]] = {entity: [] for entity in shown}
    for s in view.statements:
        for end in {s.subject, s.object} & behind.keys():
            behind[end].append(s.key)
    facts = any(s.is_curated for s in view.statements)
    rows = [
        Row(
            (
                view.name(entity),
                class_words(view, entity),
                *(column[view.entities[entity].iri] for column in values.values()),
                view.mentioning.get(entity, 0),
            ),
            tuple(behind[entity]),
        )
        for entity in shown
    ]
    return answer_from(
        view,
        title=f"Centrality: {measure}" + (f" over {', '.join(view.filter.relations)}" if relations else ""),
        columns=(
            Column("entity", "entity"),
            Column("class"),
            *(Column(name, "number") for name in values),
            Column("mentioned in", "count", "articles"),
        ),
        rows=rows,
        query=f"centrality({measure!r}, relations={tuple(relations)}, classes={tuple(classes)})",
        caveats=(
            _ATTENTION,
            f"computed over {counted(graph.vcount(), 'entity', 'entities')} and {counted(graph.ecount(), 'tie')}; "
            f"a pair counts once, however many articles report it; {_DIRECTIONS[orientation]}",
            *(["curated facts count as ties, whether or not an article speaks of them"] if facts else ()),
            *kept(len(shown), len(ranked), "entities"),
        ),
        why_empty="no entity of these classes has a tie under this filter",
    )


_DIRECTIONS: Final[Mapping[Orientation, str]] = MappingProxyType(
    {
        "dependence": "ties run from who depends to what is depended on",
        "stated": "ties run from subject to object",
    }
)
