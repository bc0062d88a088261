"""The command that takes questions in English: ask."""

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.options import Evidence, StoreOption, TableFormat, open_store, print_answer, write_text
from kg.errors import QueryError

if TYPE_CHECKING:
    from queries.ask import Asking

__all__ = ["add_to"]


class Format(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command("ask")(ask)


def ask(
    question: Annotated[list[str], typer.Argument(help='A question, e.g. "Which countries depend on TSMC?"')],
    store: StoreOption = None,
    evidence: Evidence = False,
    format: Annotated[Format, typer.Option(help="json also holds how the question was understood.")] = Format.TABLE,
) -> None:
    """Ask in English; rules understand the question, no model does.

    A question that is not understood is never answered as if it were another: what is not understood is named, and
    the nearest questions that are. As JSON, `understood` is null then.
    """
    from queries.ask import ask as answer_to

    with open_store(store) as opened:
        asking = answer_to(opened, " ".join(question))
        if format is Format.JSON:
            write_text(json.dumps(_data(asking), indent=2), None)
            return
        if asking.answer is None:
            raise QueryError(_problem(asking))
        print_answer(asking.answer, TableFormat(format.value), evidence=evidence)


def _problem(asking: "Asking") -> str:
    offer = f"; nearest questions: {' | '.join(asking.nearest)}" if asking.nearest else ""
    return f"{asking.problem}{offer}"


def _data(asking: "Asking") -> dict[str, Any]:
    understood = asking.understood
    answer = asking.answer
    return {
        "question": asking.question,
        "understood": understood and {"kind": understood.kind, "arguments": dict(understood.arguments)},
        "query": answer and answer.query,
        "rows": answer.records() if answer else [],
        "caveats": [*answer.caveats] if answer else [asking.problem, *(f"nearest: {near}" for near in asking.nearest)],
    }
