"""Options that several commands share, and what they open."""

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.config import store_path
from kg.errors import QueryError
from kg.rdf import PATH_SCORE
from kg.store import Store

if TYPE_CHECKING:
    from queries.answer import Answer
    from queries.filter import Filter
    from queries.view import View

__all__ = [
    "EVERY_POLARITY",
    "EVERY_STATUS",
    "LIKELY",
    "AllPolarities",
    "AllStatuses",
    "Asked",
    "Curated",
    "Evidence",
    "Format",
    "Limit",
    "MinScore",
    "Polarities",
    "Relations",
    "Since",
    "Statuses",
    "StoreOption",
    "TableFormat",
    "Until",
    "open_store",
    "open_view",
    "print_answer",
    "write_text",
]

StoreOption = Annotated[
    str | None,
    typer.Option("--store", metavar="PATH", help="Folder of the store; else KG_STORE, kg.toml, kg-store/."),
]
Since = Annotated[
    str | None, typer.Option(help="Articles published on or after this date (2025, 2025-05, 2025-05-13).")
]
Until = Annotated[str | None, typer.Option(help="Articles published on or before this date.")]
Relations = Annotated[
    list[str] | None, typer.Option("--relation", "-r", help="Only this relation, e.g. supplies; may be repeated.")
]
MinScore = Annotated[float, typer.Option(min=0.0, max=1.0, help="Only claims scored at least this.")]
Statuses = Annotated[
    list[str] | None, typer.Option("--status", help="actual, planned or ended; may be repeated. Default: actual.")
]
Polarities = Annotated[
    list[str] | None, typer.Option("--polarity", help="affirmed or negated; may be repeated. Default: affirmed.")
]
AllStatuses = Annotated[
    list[str] | None, typer.Option("--status", help="actual, planned or ended; may be repeated. Default: all.")
]
AllPolarities = Annotated[
    list[str] | None, typer.Option("--polarity", help="affirmed or negated; may be repeated. Default: both.")
]
# What questions rest on where nothing else is said: the claims that also stand as plain triples.
LIKELY: Final = PATH_SCORE
EVERY_STATUS = ("actual", "planned", "ended")
EVERY_POLARITY = ("affirmed", "negated")
Curated = Annotated[
    bool, typer.Option("--curated/--no-curated", help="With or without facts that people state, beside the articles'.")
]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="At most this many rows.")]
Evidence = Annotated[bool, typer.Option("--evidence", "-e", help="Below each row, the quotes it rests on.")]


class TableFormat(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    HTML = "html"


Format = Annotated[TableFormat, typer.Option("--format", help="How rows are printed.")]


@contextmanager
def open_store(option: str | None, *, write: bool = False) -> Iterator[Store]:
    """The store that the option names, closed when done; for reading unless `write`."""
    with Store(store_path(option), read_only=not write) as store:
        yield store


@dataclass(frozen=True, slots=True)
class Asked:
    """What the filter options of a question say."""

    since: str | None = None
    until: str | None = None
    relations: Sequence[str] | None = None
    min_score: float = 0.0
    statuses: Sequence[str] | None = None
    polarities: Sequence[str] | None = None
    classes: Sequence[str] | None = None
    curated: bool = True

    def filter(self) -> "Filter":
        """The filter; what is not said is the filter's default. Raises QueryError for an unknown word or date."""
        from kg.ontology import load_ontology
        from queries.filter import Filter, relation_called

        ontology = load_ontology()
        default = Filter()
        return Filter(
            since=self.since or "",
            until=self.until or "",
            relations=tuple(relation_called(ontology, name).name for name in self.relations or ()),
            classes=tuple(name.upper() for name in self.classes or ()),
            min_score=self.min_score,
            statuses=_words(self.statuses) or default.statuses,  # type: ignore[arg-type]
            polarities=_words(self.polarities) or default.polarities,  # type: ignore[arg-type]
            curated=self.curated,
        )


def _words(given: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(word.lower() for word in given or ())


@contextmanager
def open_view(option: str | None, asked: Asked) -> "Iterator[View]":
    """The view of the store under the filter, its store closed when done.

    Raises QueryError that says why, where the filter leaves nothing.
    """
    from kg.ontology import load_ontology
    from queries.view import View

    filter = asked.filter()
    with open_store(option) as store:
        view = View.load(store, load_ontology(), filter)
        if reason := view.why_empty():
            raise QueryError(reason)
        yield view


def print_answer(answer: "Answer", format: TableFormat, *, evidence: bool = False) -> None:
    """The answer on standard output, as wide as the terminal; elsewhere no cell is cut."""
    from queries.render import render

    width = shutil.get_terminal_size((110, 24)).columns if sys.stdout.isatty() else None
    write_text(render(answer, format.value, evidence=evidence, width=width), None)


def write_text(text: str, output: Path | None) -> None:
    """To the file, or to standard output with a newline at the end."""
    if output is None:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
    else:
        output.write_text(text, encoding="utf-8")
