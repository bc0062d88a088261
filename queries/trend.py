"""Ranks over time: `kg centrality --by year`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from kg.errors import QueryError
from queries.answer import Answer, Cell, Column, Row, answer_from, counted
from queries.centrality import MEASURES
from queries.charts import line_chart
from queries.filter import check_classes
from queries.phrases import class_words, kept
from queries.view import Orientation, View

__all__ = ["centrality_by_year", "in_year", "rank_chart", "years_of"]

# A table of more years than this is not read; a mistyped year of a source must not cost a thousand columns.
_MOST_YEARS = 40


def years_of(view: View) -> list[int]:
    """The years in which articles of the view's claims were published, without gaps."""
    found = {int(article.published[:4]) for article in view.articles_behind(view.statements) if article.published}
    return list(range(min(found), max(found) + 1)) if found else []


def in_year(view: View, year: int) -> View:
    """The view of one year, without reading the store again: claims published in it, facts that hold on a day of it."""
    words = f"{year:04}"
    span = replace(view.filter, since=words, until=words)
    published = {place for place, article in enumerate(view.articles) if article.published.startswith(words)}
    kept_ = tuple(
        s
        for s in view.statements
        if (s.article in published if s.article is not None else span.admits_span(s.since, s.until))
    )
    return replace(view, filter=span, statements=kept_)


def centrality_by_year(
    view: View,
    measure: str = "pagerank",
    *,
    relations: Collection[str] = (),
    classes: Collection[str] = (),
    years: Sequence[int] = (),
    limit: int | None = 10,
    orientation: Orientation = "dependence",
) -> Answer:
    """The rank of the most central entities in each year, those best placed on average first.

    Each year is a graph of its own, of the claims published in it, so that ranks compare and values do not.

    Parameters
    ----------
    view : View
        Best without curated facts: a fact holds in many years, a claim in the one of its article.
    measure : {"degree", "betweenness", "pagerank", "eigenvector", "hits"}
        As `queries.measures.centrality` defines it; HITS ranks by authority.
    relations, classes, orientation
        As in `queries.centrality.centrality`; ranks are those within the classes, equal values share the best.
    years : sequence of int
        Those of the view's articles where it is empty.
    limit : int, optional
        At most so many entities.

    Returns
    -------
    Answer
        One column a year with the rank, 1 the most central; None where the entity has no tie in the year.

    Raises
    ------
    QueryError
        There is no such measure, relation or class, or there are more than 40 years.

    Examples
    --------
    >>> from kg.store import Store
    >>> from queries.view import View
    >>> centrality_by_year(View.load(Store())).rows
    ()
    """
    if measure not in MEASURES:
        raise QueryError(f"no measure is called {measure!r}; there are {', '.join(MEASURES)}")
    check_classes(classes)
    view = view.narrowed(relations=relations)
    span = sorted(set(years)) or years_of(view)
    if len(span) > _MOST_YEARS:
        raise QueryError(f"{len(span)} years from {span[0]} to {span[-1]} are too many for a table; narrow the period")
    slices = {year: in_year(view, year) for year in span}
    ranks = {year: _ranks(part, measure, classes, orientation) for year, part in slices.items()}
    everyone = sorted({entity for found in ranks.values() for entity in found})
    lengths = {year: len(found) for year, found in ranks.items()}

    def place(entity: int) -> float:
        """The mean place over the years; a year without a tie counts as one behind the last."""
        return sum(ranks[year].get(entity, lengths[year] + 1) for year in span) / len(span)

    found = sorted(everyone, key=lambda entity: (place(entity), entity))
    shown = found[:limit]
    behind: dict[int, list[str]] = {entity: [] for entity in shown}
    for part in slices.values():
        for s in part.statements:
            for end in {s.subject, s.object} & behind.keys():
                behind[end].append(s.key)
    undated = sum(s.article is not None and not view.articles[s.article].published for s in view.statements)
    return answer_from(
        view,
        title=f"Rank by {measure}, by year",
        columns=(
            Column("entity", "entity"),
            Column("class"),
            *(Column(str(year), "count", "rank") for year in span),
        ),
        rows=[
            Row(
                (view.name(entity), class_words(view, entity), *(ranks[year].get(entity) for year in span)),
                tuple(dict.fromkeys(behind[entity])),
            )
            for entity in shown
        ],
        query=f"centrality_by_year({measure!r}, relations={tuple(relations)}, classes={tuple(classes)})",
        caveats=(
            "ranked in each year: "
            + ", ".join(f"{year} {lengths[year]} of {_claims_in(slices[year])}" for year in span),
            "press attention is not power: a rank moves with what is written in a year; few claims make it jump",
            *([f"left out for want of a date: {counted(undated, 'claim')}"] if undated else ()),
            *kept(len(shown), len(found), "entities"),
        ),
        why_empty="no dated claim with an entity of these classes is left under this filter",
    )


def _claims_in(view: View) -> str:
    return counted(sum(s.article is not None for s in view.statements), "claim")


def _ranks(view: View, measure: str, classes: Collection[str], orientation: Orientation) -> Mapping[int, int]:
    graph = view.igraph(orientation)
    if not graph.vcount():
        return {}
    values = next(iter(MEASURES[measure](graph).values()))
    chosen = [e for e in view.active if not classes or view.entities[e].label in classes]
    order = sorted(chosen, key=lambda entity: (-round(values[view.entities[entity].iri], 9), entity))
    ranks: dict[int, int] = {}
    best: dict[float, int] = {}
    for rank, entity in enumerate(order, 1):
        ranks[entity] = best.setdefault(round(values[view.entities[entity].iri], 9), rank)
    return ranks


def rank_chart(answer: Answer) -> str:
    """The ranks of `centrality_by_year` as an SVG, one line an entity, rank 1 at the top.

    Raises QueryError where the answer has no rows, or more than a chart can tell apart.
    """
    years = [column.name for column in answer.columns[2:]]
    if not answer.rows:
        raise QueryError(f"there are no ranks to draw: {answer.caveats[0]}")
    series: dict[str, list[float | None]] = {}
    for row in answer.rows:
        name = str(row.cells[0])
        # Two entities may share a name: a Falcon is a firm and a model.
        label = name if name not in series else f"{name} ({row.cells[1]})"
        series[label] = [_number(cell) for cell in row.cells[2:]]
    return line_chart(answer.title, years, series, value_label="rank, 1 the most central", is_rank=True)


def _number(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None
