"""Judgements on which entities are the same."""

import getpass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import Asked, StoreOption, open_store
from kg.errors import QueryError

if TYPE_CHECKING:
    from queries.view import View

__all__ = ["add_to"]


class Verdict(StrEnum):
    """What can be decided on a pair."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command("judge")(judge)


def judge(
    one: Annotated[
        str | None, typer.Argument(metavar="A", help="An entity; without any, the judgements are listed.")
    ] = None,
    other: Annotated[str | None, typer.Argument(metavar="B", help="Another entity.")] = None,
    verdict: Annotated[Verdict | None, typer.Argument(help="What you decide.")] = None,
    take_back: Annotated[bool, typer.Option("--take-back", help="Remove the judgement on A and B.")] = False,
    who: Annotated[str | None, typer.Option(help="Who decides; else the user's name.")] = None,
    store: StoreOption = None,
) -> None:
    """Decide whether two entities are the same.

    A judgement is kept beside the articles' graphs and changes none; it can be taken back. Without names, the
    judgements are listed.
    """
    from kg import identity
    from kg.ontology import load_ontology
    from kg.terms import local_name
    from queries.view import View

    if one is None:
        with open_store(store) as opened:
            for j in identity.judgements(opened):
                print(f"{local_name(j.left)}  {j.verdict}  {local_name(j.right)}  ({j.who}, {j.when})")
        return
    if other is None or (verdict is None) is not take_back:
        raise QueryError("name two entities and then a verdict (same, different, unsure) or --take-back")
    with open_store(store, write=True) as opened:
        view = View.load(opened, load_ontology(), Asked().filter())
        left, right = (_iri(view, name) for name in (one, other))
        if verdict is None:
            if not identity.take_back(opened, left, right):
                raise QueryError(f"there is no judgement on {local_name(left)} and {local_name(right)}")
            print(f"took back the judgement on {local_name(left)} and {local_name(right)}")
            return
        when = datetime.now(UTC).isoformat(timespec="seconds")
        identity.judge(opened, left, right, verdict.value, who=who or getpass.getuser(), when=when)
    print(f"{local_name(left)} and {local_name(right)}: {verdict.value}")


def _iri(view: "View", name: str) -> str:
    """The entity that goes by `name`; a local name means that very entity, whatever it was judged the same as."""
    from kg.terms import entity_iri
    from queries.names import resolve

    exact = entity_iri(name.removeprefix("entity:"))
    return exact if exact in view.index else view.entities[resolve(view, name)].iri
