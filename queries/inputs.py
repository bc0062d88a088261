"""How concentrated the documented suppliers of each input are: the rows of `queries.concentration.concentration`."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kg.terms import CLAIM
from queries.answer import Answer, Column, Row, answer_from, counted
from queries.derived import GOODS, DerivedGraph
from queries.measures.concentration import (
    HIGHLY_CONCENTRATED,
    ONE_COUNTRY_MARK,
    Concentration,
    concentration,
    grouped,
)
from queries.names import resolve
from queries.phrases import kept, origin_words
from queries.records import Statement
from queries.view import View

__all__ = ["input_concentration", "mark_words", "some_names"]

Role = Literal["seller", "developer", "manufacturer"]

_PERCENT: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:%|per\s?cent)", re.IGNORECASE)
_MOST_NAMES: Final = 5


@dataclass(frozen=True, slots=True)
class _Input:
    """The documented suppliers of one input in one role."""

    what: int | None  # None where no article says what is supplied
    role: Role
    suppliers: Mapping[int, tuple[Statement, ...]]
    users: tuple[Statement, ...]  # what says that it is used or required

    @property
    def statements(self) -> tuple[Statement, ...]:
        return (*self.users, *(s for found in self.suppliers.values() for s in found))


def input_concentration(
    view: View,
    graph: DerivedGraph,
    start: int,
    about: Collection[int] | None,
    resource: str | None,
    asked: str,
    limit: int | None,
) -> Answer:
    """The answer of `queries.concentration.concentration`; `asked` is the call in words."""
    own = graph.parts(start)
    rolled = None if resource is None else resolve(view, resource)
    inputs = _inputs(view, own, about, rolled)
    inputs.sort(
        key=lambda i: (
            -view.independent_sources(i.statements),
            "" if i.what is None else view.name(i.what),
            i.role,
        )
    )
    shown = inputs[:limit]
    stated = _stated_shares(view, shown)
    rows = [_input_row(view, graph, own, found, shares) for found, shares in zip(shown, stated, strict=True)]
    goods = f" for {resource}" if resource else ""
    partly = sum(
        any(s in stated[place] for s in found.suppliers) and row.cells[4] == "count"
        for place, (found, row) in enumerate(zip(shown, rows, strict=True))
    )
    return answer_from(
        view,
        title=f"Concentration of what {view.name(start)} depends on{goods}",
        columns=(
            Column("resource", "entity"),
            Column("role"),
            Column("suppliers", "count", "documented"),
            Column("who"),
            Column("basis"),
            Column("HHI", "number", "0 to 1"),
            Column("points", "count", "HHI × 10,000"),
            Column("reading"),
            Column("largest country"),
            Column("its share", "number"),
            Column("countries to 75 %", "count"),
            Column("origin"),
            Column("articles", "count", "articles"),
            Column("sources", "count", "independent sources"),
        ),
        rows=rows,
        query=asked,
        caveats=(
            "documented suppliers: one documented supplier is not one supplier",
            f"basis count: each documented supplier counts the same; share: as texts state; above "
            f"{HIGHLY_CONCENTRATED:,} points highly concentrated; above {ONE_COUNTRY_MARK:.0%} from one third country "
            "flagged; countries to 75 % are refused without stated shares",
            *(
                [f"{counted(partly, 'row')} with shares for some suppliers only, or contradicting: counted"]
                * bool(partly)
            ),
            *kept(len(shown), len(inputs), "rows"),
        ),
        why_empty=f"no documented input{goods} of {view.name(start)} has a documented supplier, developer or maker",
    )


def _inputs(view: View, own: Collection[int], about: Collection[int] | None, rolled: int | None) -> list[_Input]:
    sellers: dict[int | None, dict[int, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    users: dict[int, list[Statement]] = defaultdict(list)
    made: dict[Role, dict[int, list[Statement]]] = {"developer": defaultdict(list), "manufacturer": defaultdict(list)}
    for s in view.statements:
        if s.polarity != "affirmed":
            continue
        if s.relation == "develops":
            made["developer"][s.object].append(s)
        elif s.relation == "manufactures":
            made["manufacturer"][s.object].append(s)
        elif s.relation == "supplies" and s.object in own and s.subject not in own:
            sellers[s.concerns][s.subject].append(s)
        elif s.subject in own and s.relation in ("dependsOn", "uses", "requires"):
            if view.entities[s.object].label in GOODS:
                users[s.object].append(s)
            elif s.relation == "dependsOn" and s.object not in own:
                sellers[s.concerns][s.object].append(s)
    found: dict[tuple[int | None, Role], tuple[dict[int, dict[str, Statement]], dict[str, Statement]]] = {}

    def place(
        what: int | None, role: Role, supplier: int, statements: Iterable[Statement], by: list[Statement]
    ) -> None:
        if about is not None and what not in about:
            return
        key = (what if rolled is None else rolled, role)
        suppliers, behind = found.setdefault(key, (defaultdict(dict), {}))
        suppliers[supplier].update((s.key, s) for s in statements)
        behind.update((s.key, s) for s in by)

    for goods, by_seller in sellers.items():
        for seller, statements in by_seller.items():
            place(goods, "seller", seller, statements, [])
    for goods in sorted({*users, *(g for g in sellers if g is not None)}):
        for role, by_product in made.items():
            for kind in sorted(view.narrower(goods)):
                for s in by_product.get(kind, ()):
                    place(goods, role, s.subject, [s], users.get(goods, []))
    return [
        _Input(what, role, {s: tuple(behind.values()) for s, behind in sorted(suppliers.items())}, tuple(by.values()))
        for (what, role), (suppliers, by) in found.items()
    ]


def _stated_shares(view: View, inputs: Sequence[_Input]) -> list[dict[int, float]]:
    """For each input the shares that texts state for suppliers: the last published of several."""
    stated = {
        node.removeprefix(CLAIM): float(match[1].replace(",", ".")) / 100
        for node, amount in view.store.rows("SELECT ?s ?o { ?s kg:amount ?o }")
        if node is not None and amount is not None and (match := _PERCENT.search(amount))
    }
    shares: list[dict[int, float]] = []
    for found in inputs:
        own: dict[int, float] = {}
        for supplier, behind in found.suppliers.items():
            known = [(_day(view, s), s.key) for s in behind if s.key in stated]
            if known:
                own[supplier] = stated[max(known)[1]]
        shares.append(own)
    return shares


def _day(view: View, s: Statement) -> str:
    return "" if s.article is None else view.articles[s.article].published


def _input_row(
    view: View, graph: DerivedGraph, own: Collection[int], found: _Input, stated: Mapping[int, float]
) -> Row:
    shares = concentration(sorted(found.suppliers), stated)
    home_of = {s: homes[0] for s in found.suppliers if (homes := graph.homes(s))}
    by_country = grouped(shares, home_of)
    abroad = Concentration({home: share for home, share in by_country.shares.items() if home not in own}, shares.basis)
    largest = abroad.largest()
    statements = tuple({s.key: s for s in found.statements}.values())
    return Row(
        (
            "goods not stated" if found.what is None else view.name(found.what),
            found.role,
            len(found.suppliers),
            some_names(view, sorted(found.suppliers, key=lambda s: (-shares.shares[s], view.name(s)))),
            shares.basis,
            shares.index,
            shares.points,
            _reading(shares, largest),
            None if largest is None else view.name(largest[0]),
            None if largest is None else largest[1],
            by_country.to_three_quarters,
            origin_words(statements),
            len(view.articles_behind(statements)),
            view.independent_sources(statements),
        ),
        tuple(s.key for s in statements),
    )


def _reading(shares: Concentration, largest: tuple[int, float] | None) -> str:
    """What the figures say, in words."""
    parts = ["single documented source" if shares.is_single else mark_words(shares.index)]
    if shares.basis == "share" and shares.rest > 0.005:
        parts.append(f"at least: {shares.rest:.0%} of the whole has no documented supplier")
    if largest is not None and largest[1] > ONE_COUNTRY_MARK:
        parts.append(f"one third country above {ONE_COUNTRY_MARK:.0%}")
    return "; ".join(parts)


def mark_words(index: float) -> str:
    """Whether an HHI in [0, 1] lies above the mark of the merger guidelines, in words."""
    return "highly concentrated" if round(index * 10_000) > HIGHLY_CONCENTRATED else "not highly concentrated"


def some_names(view: View, entities: Sequence[int]) -> str:
    """The first names, and how many more there are."""
    shown = ", ".join(view.name(e) for e in entities[:_MOST_NAMES])
    return shown + (f" and {len(entities) - _MOST_NAMES} more" if len(entities) > _MOST_NAMES else "")
