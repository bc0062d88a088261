"""Where documented dependence must pass: `kg chokepoints`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.errors import QueryError
from queries.answer import Answer, Column, Row, answer_from
from queries.derived import GOODS, DerivedGraph, Phase, derive
from queries.inputs import some_names
from queries.measures.chokepoints import Arc, betweenness, dominated, gates, immediate_dominators, removal_effects
from queries.names import resolve
from queries.needs import FALLING, Need, Needs, needs_of, requirements
from queries.phrases import SUPPORT, class_words, kept, support
from queries.view import View

__all__ = ["chokepoints"]

# Hops over which a country's dependence is followed.
_DEPTH: Final = 8
# Where something stands or has its seat is no supply: a country would else be the chokepoint of all in it.
_LEFT_OUT: Final = ("jurisdiction",)


@dataclass(frozen=True, slots=True)
class _Scope:
    """Which dependents are counted, and which nodes may be chokepoints."""

    words: str
    among: Collection[int] | None = None  # None for all
    candidates: Collection[int] | None = None
    only_through: Mapping[int, int] | None = None  # node -> entities that the asked-about reaches over it alone
    on_every_chain: Collection[int] = ()


def chokepoints(view: View, name: str | None = None, *, classes: Sequence[str] = (), limit: int | None = 15) -> Answer:
    """Entities whose removal leaves dependents without a documented source, the most dependents lost first.

    Removal effects are exact and count all that fall or are hit in the cascade; of equal effects the greater
    betweenness goes first. Asked of a country or firm, only dependents that it depends on or acts through count, and
    two columns say what dominates its chains. Asked of a resource, only the resource, its kinds and what depends on
    them count, and only what they depend on is listed.

    Parameters
    ----------
    view : View
    name : str, optional
        A country, firm or other actor, or a resource; the whole graph where left out.
    classes : sequence of str
        Annotation labels; list only chokepoints of these classes.
    limit : int, optional
        At most so many rows.

    Raises
    ------
    QueryError
        The name has several meanings, or a class does not exist.
    UnknownNameError
        Nothing goes by the name.

    References
    ----------
    Farrell and Newman (2019), International Security 44(1), doi:10.1162/isec_a_00351; the measures' own are in
    `queries.measures.chokepoints`.

    Examples
    --------
    >>> from kg.store import Store
    >>> with Store() as store:
    ...     chokepoints(View.load(store)).caveats
    ('the store holds no claims; ingest articles first',)
    """
    for label in classes:
        if label not in view.ontology.labels:
            raise QueryError(f"no class is called {label!r}; there are {', '.join(sorted(view.ontology.labels))}")
    needs = needs_of(view)
    arcs = _arcs(needs)
    scope = _Scope("the whole graph") if name is None else _scope(view, resolve(view, name), arcs)
    standing = {e for e in view.active if view.entities[e].label not in FALLING}
    effects = removal_effects(requirements(needs, without=_LEFT_OUT), standing=standing, among=scope.among)
    only_through = scope.only_through or {}
    between, is_exact = betweenness(arcs)
    listed = sorted(
        (
            node
            for node in {*effects, *only_through}
            if (scope.candidates is None or node in scope.candidates)
            and (not classes or view.entities[node].label in classes)
        ),
        key=lambda n: (-effects.get(n, 0), -only_through.get(n, 0), -between.get(n, 0.0), view.name(n), n),
    )
    sole = _sole_uses(needs, scope.among)
    country_columns = (
        (Column("reached only through it", "count", "entities"), Column("on every chain"))
        if scope.only_through is not None
        else ()
    )
    shown = listed[:limit]
    rows = []
    for node in shown:
        uses = sole.get(node, [])
        statements = tuple({s.key: s for _, need in uses for s in need.sources[node]}.values())
        extra = (only_through.get(node, 0), "yes" if node in scope.on_every_chain else "no") if country_columns else ()
        rows.append(
            Row(
                (
                    view.name(node),
                    class_words(view, node),
                    effects.get(node, 0),
                    *extra,
                    some_names(view, list(dict.fromkeys(dependent for dependent, _ in uses))),
                    between.get(node, 0.0),
                    *support(view, statements),
                ),
                tuple(s.key for s in statements),
            )
        )
    return answer_from(
        view,
        title=f"Chokepoints of {scope.words}",
        columns=(
            Column("chokepoint", "entity"),
            Column("class"),
            Column("dependents lost", "count", "entities"),
            *country_columns,
            Column("only documented source for"),
            Column("betweenness", "number", "share of shortest chains"),
            *SUPPORT,
        ),
        rows=rows,
        query=f"chokepoints({name!r}, classes={list(classes)!r})",
        caveats=(
            "the only documented source: others may exist that no article states",
            "dependents lost: exact over the AND/OR needs, direct and indirect; seats and places left out",
            *(() if is_exact else ("betweenness is estimated from a sample of nodes; removal effects are exact",)),
            *(
                ("on every chain: each documented chain of dependence passes it (dominator)",)
                if country_columns
                else ()
            ),
            *kept(len(shown), len(listed), "chokepoints"),
        ),
        why_empty=f"no entity is the only documented source of anything in {scope.words}",
    )


def _arcs(needs: Needs) -> list[Arc]:
    return sorted(
        {
            (dependent, source)
            for dependent, own in needs.items()
            for need in own
            if need.role not in _LEFT_OUT
            for source in need.sources
        }
    )


def _scope(view: View, entity: int, arcs: Iterable[Arc]) -> _Scope:
    if view.entities[entity].label in GOODS:
        kinds = view.narrower(entity)
        users: dict[int, list[int]] = defaultdict(list)
        providers: dict[int, list[int]] = defaultdict(list)
        for dependent, source in arcs:
            users[source].append(dependent)
            providers[dependent].append(source)
        upstream = _closure(kinds, providers)
        return _Scope(view.name(entity), among=_closure(kinds, users), candidates=upstream - {entity})
    graph = derive(view)
    parts = graph.parts(entity)
    reached = _dependence_arcs(graph, entity)
    nodes = {graph.entity(node) for arc in reached for node in arc} | parts
    through = dominated(immediate_dominators(reached, entity))
    return _Scope(
        view.name(entity),
        among=nodes,
        candidates=nodes - parts - {entity},
        only_through={node: count for node, count in through.items() if node in nodes - parts},
        on_every_chain=set(gates(reached, entity)),
    )


def _dependence_arcs(graph: DerivedGraph, entity: int) -> list[Arc]:
    """The dependence of an entity, between nodes: to each of its parts, and from there on; without jurisdictions."""
    search = graph.search(entity, depth=_DEPTH, last=Phase.DEPENDENCE)
    reached = {state.node for state in search.steps}
    arcs = {(entity, state.node) for state in search.steps if state.phase <= Phase.TERRITORY}
    arcs |= {
        (hop.start, hop.end)
        for hop in graph.hops
        if hop.phase is Phase.DEPENDENCE and hop.start in reached and hop.end in reached
    }
    return sorted(arc for arc in arcs if arc[0] != arc[1])


def _closure(start: Iterable[int], following: Mapping[int, Sequence[int]]) -> set[int]:
    found = set(start)
    waiting = list(found)
    while waiting:
        new = [node for node in following.get(waiting.pop(), ()) if node not in found]
        found.update(new)
        waiting += new
    return found


def _sole_uses(needs: Needs, among: Collection[int] | None) -> dict[int, list[tuple[int, Need]]]:
    """Source -> the dependents, each with the need, of which it is the only documented source."""
    found: dict[int, list[tuple[int, Need]]] = defaultdict(list)
    for dependent, own in sorted(needs.items()):
        if among is None or dependent in among:
            for need in own:
                if need.role not in _LEFT_OUT and len(need.sources) == 1:
                    found[next(iter(need.sources))].append((dependent, need))
    return found
