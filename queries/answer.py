"""An answer: rows, the statements behind each row, the filter, the caveats and the query."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from kg.errors import QueryError
from queries.records import Backing, Statement
from queries.view import View

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

__all__ = ["Answer", "Cell", "Column", "Kind", "Row", "answer_from", "counted", "coverage"]

Cell = str | int | float | None
Kind = Literal["text", "entity", "count", "number", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer."""

    name: str
    kind: Kind = "text"
    unit: str = ""  # in words, e.g. "articles"; empty for text


@dataclass(frozen=True, slots=True)
class Row:
    """A row: one cell a column, and the keys of the statements that it rests on."""

    cells: tuple[Cell, ...]
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What a question gives. Every row can be followed to the words it rests on through `backing`.

    What the rows rest on is read from the store when it is first asked for: render evidence before closing the store.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    filter: str = ""  # in words
    caveats: tuple[str, ...] = ()
    query: str = ""  # the call in words, or the SPARQL
    backing: Mapping[str, Backing] = field(default_factory=dict)  # statement key -> what it rests on

    def evidence(self, row: Row) -> list[Backing]:
        """What the row rests on: articles before curated facts, the best scored first, the newest of equals."""
        found = [self.backing[key] for key in row.statements if key in self.backing]
        found.sort(key=lambda b: b.key)
        found.sort(key=lambda b: b.published, reverse=True)
        found.sort(key=lambda b: -1.0 if b.score is None else b.score, reverse=True)
        return found

    def records(self) -> list[dict[str, Cell]]:
        """The rows as dictionaries by column name."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row.cells, strict=True)) for row in self.rows]

    def to_pandas(self) -> "pd.DataFrame":
        """The rows as a DataFrame, one column a column; needs the extra `aigeo-kg[pandas]`."""
        import pandas as pd

        return pd.DataFrame(self.records(), columns=[column.name for column in self.columns])

    def to_networkx(self) -> "nx.MultiDiGraph[str]":
        """The statements behind the rows as `View.networkx` gives them: entities are nodes, statements are edges.

        Each edge has in `rows` the places of the rows that rest on it. Raises QueryError for an answer that rests on
        no statements, such as the figures of a store.
        """
        if not isinstance(self.backing, _BackingOf):
            raise QueryError(f"{self.title!r} rests on no statements; there is no graph of it")
        return self.backing.graph([row.statements for row in self.rows])

    def _repr_html_(self) -> str:
        """What a notebook shows: names and quotes are escaped."""
        from queries.render import html_table

        return html_table(self)


def counted(number: int, singular: str, plural: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "claim"), counted(2, "entity", "entities")
    ('1 claim', '2 entities')
    """
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def coverage(view: View, statements: Iterable[Statement]) -> str:
    """What an answer rests on, in words: claims, articles, independent sources, period, curated facts."""
    statements = list({s.key: s for s in statements}.values())
    claims = [s for s in statements if not s.is_curated]
    facts = len(statements) - len(claims)
    parts = []
    if claims:
        articles = view.articles_behind(claims)
        sources = view.independent_sources(claims)
        days = sorted(article.published for article in articles if article.published)
        period = f", published {days[0]}" + (f" to {days[-1]}" if days[-1] > days[0] else "") if days else ""
        parts.append(
            f"{counted(len(claims), 'claim')} in {counted(len(articles), 'article')} "
            f"from {counted(sources, 'independent source')}{period}"
        )
    if facts:
        parts.append(counted(facts, "curated fact"))
    return "rests on " + " and ".join(parts) if parts else "rests on nothing"


class _BackingOf(Mapping[str, Backing]):
    """What statements rest on, read from the store when it is first asked for: most tables never ask."""

    def __init__(self, view: View, keys: Iterable[str]) -> None:
        self._view = view
        self._keys = dict.fromkeys(sorted(keys))

    @cached_property
    def _found(self) -> dict[str, Backing]:
        return self._view.backing(self._keys)

    def graph(self, rows: Sequence[Sequence[str]]) -> "nx.MultiDiGraph[str]":
        """The statements as a graph, each edge with the places of the rows it stands in."""
        places: dict[str, list[int]] = {}
        for place, keys in enumerate(rows):
            for key in dict.fromkeys(keys):
                places.setdefault(key, []).append(place)
        behind = tuple(s for s in self._view.statements if s.key in self._keys)
        graph = replace(self._view, statements=behind).networkx()
        for _, _, key, attributes in graph.edges(keys=True, data=True):
            attributes["rows"] = places.get(key, [])
        return graph

    def __getitem__(self, key: str) -> Backing:
        return self._found[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def answer_from(
    view: View,
    *,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    query: str,
    caveats: Sequence[str] = (),
    why_empty: str = "",
) -> Answer:
    """An answer of the view: with what its rows rest on, the coverage first among the caveats.

    `why_empty` says why there are no rows, where the view itself is not empty.
    """
    keys = {key for row in rows for key in row.statements}
    behind = [s for s in view.statements if s.key in keys]
    if rows:
        first = (coverage(view, behind),) if keys else ()
    else:
        first = (view.why_empty() or why_empty or "nothing documented answers this",)
    return Answer(
        title=title,
        columns=tuple(columns),
        rows=tuple(rows),
        filter=view.filter.describe(),
        caveats=(*first, *caveats) if rows else first,
        query=query,
        backing=_BackingOf(view, (s.key for s in behind)),
    )
