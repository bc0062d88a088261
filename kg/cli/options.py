"""Options that several commands share, and what they open."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.config import store_path
from kg.store import Store

__all__ = [
    "Evidence",
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
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="At most this many rows.")]
Evidence = Annotated[bool, typer.Option("--evidence", "-e", help="Below each row, the quotes it rests on.")]


class TableFormat(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"


@contextmanager
def open_store(option: str | None, *, write: bool = False) -> Iterator[Store]:
    """The store that the option names, closed when done; for reading unless `write`."""
    with Store(store_path(option), read_only=not write) as store:
        yield store


def write_text(text: str, output: Path | None) -> None:
    """To the file, or to standard output with a newline at the end."""
    if output is None:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
    else:
        output.write_text(text, encoding="utf-8")
