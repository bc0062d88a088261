"""How concentrated dependence is, by country, firm or resource: `kg dependencies --by`."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Final, Literal, get_args

from kg.errors import QueryError
from queries.answer import Answer, Cell, Column, Row, answer_from, counted
from queries.derived import GOODS, Chain, DerivedGraph, Direction, Phase, Search, State, derive
from queries.inputs import input_concentration, mark_words, some_names
from queries.measures.concentration import ONE_COUNTRY_MARK, hhi
from queries.measures.exposure import DAMPING, exposure
from queries.names import resolve
from queries.phrases import class_words, kept, origin_words
from queries.view import View

__all__ = ["By", "concentration", "dependencies_by"]

By = Literal["country", "firm", "resource"]

DEPTH: Final = 6
_CLASSES: Final[Mapping[By, frozenset[str]]] = {
    "country": frozenset({"COUNTRY"}),
    "firm": frozenset({"FIRM"}),
    "resource": GOODS,
}
_PROVIDERS: Final = frozenset({"COUNTRY", "ALLIANCE", "GOVERNMENT", "FIRM", "INSTITUTE", "FACILITY"})
_SOURCES: Final = Column("sources", "count", "independent sources")
_DOCUMENTED: Final = "documented dependence: what articles and curated tables state, not all that there is"
_WEAKEST: Final = "sources: independent sources of the least documented hop; curated hops and kinds have none"


def dependencies_by(
    view: View,
    name: str,
    *,
    by: str = "country",
    direction: str = "of",
    resource: str | None = None,
    depth: int = DEPTH,
    limit: int | None = 25,
) -> Answer:
    """Dependence derived through the ontology's directions over several hops, by country, firm or resource.

    `queries.derived` says which chains there are: a country depends on a country through the chips that its data
    centres use, their maker and the maker's home. Each row shows the nearest chain and rests on all of its hops.

    Parameters
    ----------
    view : View
    name : str
    by : {"country", "firm", "resource"}
        "country" counts the documented providers of each home country and gives their share, a count of providers
        unless it is the exposure: what of one unit of dependence ends there when it is passed on along all chains,
        weighted by evidence. "resource" is `concentration`.
    direction : {"of", "on"}
        "of": what `name` depends on; "on": who depends on `name`.
    resource : str, optional
        Only chains that meet this resource or a kind of it.
    depth : int
        Hops of the longest chain, at least 1.
    limit : int, optional
        At most so many rows.

    Raises
    ------
    QueryError
        The grouping, direction or depth does not exist, or a name has several meanings.
    UnknownNameError
        Nothing goes by a name.

    Examples
    --------
    >>> from kg.store import Store
    >>> with Store() as store:
    ...     dependencies_by(View.load(store), "France")
    Traceback (most recent call last):
    kg.errors.UnknownNameError: nothing in the graph is called 'France'
    """
    if by not in get_args(By):
        raise QueryError(f"dependence is grouped by country, firm or resource, not by {by!r}")
    if direction not in get_args(Direction):
        raise QueryError(f"a direction is 'of' or 'on', not {direction!r}")
    if depth < 1:
        raise QueryError(f"a chain has at least 1 hop, not {depth}")
    start = resolve(view, name)
    about = None if resource is None else view.narrower(resolve(view, resource))
    asked = f"dependencies_by({name!r}, by={by!r}, direction={direction!r}, resource={resource!r}, depth={depth})"
    graph = derive(view)
    if direction == "of" and by == "resource":
        return input_concentration(view, graph, start, about, resource, asked, limit)
    search = graph.search(start, direction="of" if direction == "of" else "on", depth=depth, about=about)
    goods = f" for {resource}" if resource else ""
    if direction == "of" and by == "country":
        return _by_country(view, search, start, goods, asked, limit)
    grouping: By = "firm" if by == "firm" else "resource" if by == "resource" else "country"
    return _by_class(view, search, start, grouping, goods, asked, limit)


def concentration(view: View, name: str, *, resource: str | None = None, limit: int | None = 25) -> Answer:
    """How concentrated the documented suppliers of each input of an entity are.

    One row for each input and role: who sells it to the entity (or to what it acts through), who develops and who
    manufactures what it uses or requires. Roles are never mixed: the foundry is no alternative to the designer.
    Shares are those that the texts state, where they state one for every supplier; else each documented supplier
    counts the same, and the row says which (`queries.measures.concentration`).

    Parameters
    ----------
    view : View
    name : str
        The buyer: a country, firm, facility or alliance.
    resource : str, optional
        One row a role for this resource with all its kinds.
    limit : int, optional
        At most so many rows.

    Raises
    ------
    QueryError
        A name has several meanings.
    UnknownNameError
        Nothing goes by a name.

    References
    ----------
    US Department of Justice and Federal Trade Commission, Merger Guidelines (2023), guideline 1. Regulation (EU)
    2024/1252, Article 5.

    Examples
    --------
    >>> from kg.store import Store
    >>> with Store() as store:
    ...     concentration(View.load(store), "France")
    Traceback (most recent call last):
    kg.errors.UnknownNameError: nothing in the graph is called 'France'
    """
    about = None if resource is None else view.narrower(resolve(view, resource))
    asked = f"concentration({name!r}, resource={resource!r})"
    return input_concentration(view, derive(view), resolve(view, name), about, resource, asked, limit)


# By country, firm, or who depends


def _by_country(view: View, search: Search, start: int, goods: str, asked: str, limit: int | None) -> Answer:
    graph = search.graph
    own = graph.parts(start)
    states = _provider_states(view, search, own)
    providers: dict[int, list[int]] = defaultdict(list)  # home -> providers, the nearest first
    for provider in states:
        for home in graph.homes(provider)[:1]:
            providers[home].append(provider)
    total = sum(map(len, providers.values()))
    exposures = _exposures(search, start)
    abroad = {home: found for home, found in providers.items() if home not in own}
    exposed = {home: sum(exposures.get(p, 0.0) for p in found) for home, found in abroad.items()}
    everything = sum(exposures.get(p, 0.0) for found in providers.values() for p in found)
    ordered = sorted(abroad, key=lambda home: (-len(abroad[home]), -exposed[home], view.name(home)))
    rows = []
    for home in ordered[:limit]:
        chain = _with_home(graph, search.chain(states[abroad[home][0]]), home)
        share = len(abroad[home]) / total
        rows.append(
            _chain_row(
                view,
                graph,
                chain,
                (
                    view.name(home),
                    len(abroad[home]),
                    share,
                    exposed[home] / everything if everything else None,
                    f"above {ONE_COUNTRY_MARK:.0%}" if share > ONE_COUNTRY_MARK else "",
                    some_names(view, abroad[home]),
                ),
            )
        )
    domestic = sum(len(found) for home, found in providers.items() if home in own)
    index = hhi(len(found) / total for found in providers.values()) if total else 0.0
    homeless = len(states) - total
    return answer_from(
        view,
        title=f"Countries that {view.name(start)} depends on{goods}",
        columns=(
            Column("country", "entity"),
            Column("providers", "count", "documented"),
            Column("share", "number", "of providers, count-based"),
            Column("exposure", "number", "share, looked through"),
            Column("mark"),
            Column("through"),
            *_CHAIN_COLUMNS,
        ),
        rows=rows,
        query=asked,
        caveats=(
            _DOCUMENTED,
            f"count-based: each of {counted(total, 'documented provider')} with a documented home counts the same; "
            f"HHI over home countries {index:.2f} ({index * 10_000:,.0f} points, {mark_words(index)}); "
            f"{domestic} domestic, {homeless} without a documented home left out; "
            "countries to 75 % need stated shares: refused",
            f"exposure: evidence counts passed on along all chains, damped by {DAMPING:g}; no amount of goods or money",
            _WEAKEST,
            *kept(len(rows), len(ordered), "countries"),
        ),
        why_empty=f"no documented chain of dependence{goods} leads from {view.name(start)} to another country",
    )


def _by_class(view: View, search: Search, start: int, by: By, goods: str, asked: str, limit: int | None) -> Answer:
    graph = search.graph
    of = search.direction == "of"
    own = graph.parts(start) if of else {start}
    states: dict[int, State] = {}
    for state, step in search.steps.items():
        entity = graph.entity(state.node)
        if step is None or not state.is_about or entity in own or view.entities[entity].label not in _CLASSES[by]:
            continue
        if any(hop.phase is Phase.DEPENDENCE for hop in search.chain(state).hops):
            states.setdefault(entity, state)
    ordered = sorted(
        ((entity, search.chain(state)) for entity, state in states.items()),
        key=lambda item: (len(item[1].hops), -(_weakest(view, item[1]) or 0), view.name(item[0])),
    )
    rows = [
        _chain_row(view, graph, chain, (view.name(entity), class_words(view, entity), _home(view, graph, entity)))
        for entity, chain in ordered[:limit]
    ]
    plural = {"country": "Countries", "firm": "Firms", "resource": "Resources"}[by]
    called = view.name(start)
    return answer_from(
        view,
        title=f"{plural} that {called} depends on{goods}" if of else f"{plural} that depend on {called}{goods}",
        columns=(Column(by, "entity"), Column("class"), Column("home"), *_CHAIN_COLUMNS),
        rows=rows,
        query=asked,
        caveats=(_DOCUMENTED, _WEAKEST, *kept(len(rows), len(ordered), plural.lower())),
        why_empty=f"no documented chain of dependence{goods} joins {called} to a {by}",
    )


_CHAIN_COLUMNS: Final = (Column("hops", "count"), Column("chain"), Column("origin"), _SOURCES)


def _chain_row(view: View, graph: DerivedGraph, chain: Chain, first: tuple[Cell, ...]) -> Row:
    statements = chain.statements
    cells = (len(chain.hops), chain_words(view, graph, chain), origin_words(statements), _weakest(view, chain))
    return Row((*first, *cells), tuple(dict.fromkeys(s.key for s in statements)))


def chain_words(view: View, graph: DerivedGraph, chain: Chain) -> str:
    """A chain as a sentence that begins with who depends; what is not actual says so."""
    words = view.name(graph.entity(chain.hops[0].start)) if chain.hops else ""
    for place, hop in enumerate(chain.hops):
        statuses = {s.status for s in hop.statements}
        status = "" if "actual" in statuses or not statuses else f" ({', '.join(sorted(statuses))})"
        words += f"{', which' if place else ''} {hop.words} {view.name(graph.entity(hop.end))}{status}"
    return words


def _weakest(view: View, chain: Chain) -> int | None:
    """Independent sources of the least documented hop; None where no hop rests on articles."""
    known = [hop.statements for hop in chain.hops if any(not s.is_curated for s in hop.statements)]
    return min((view.independent_sources(statements) for statements in known), default=None)


def _provider_states(view: View, search: Search, own: Collection[int]) -> dict[int, State]:
    """Who is depended on along chains, the nearest first."""
    found: dict[int, State] = {}
    for state in search.steps:
        entity = search.graph.entity(state.node)
        if (
            state.phase is Phase.DEPENDENCE
            and state.is_about
            and view.entities[entity].label in _PROVIDERS
            and entity == state.node
            and (entity not in own or view.entities[entity].label in ("FIRM", "INSTITUTE"))
        ):
            found.setdefault(entity, state)
    return found


def _exposures(search: Search, start: int) -> dict[int, float]:
    """Entity -> exposure of `start`, over the chains of the search; a hop weighs as many articles as state it."""
    graph = search.graph
    places = {state: place for place, state in enumerate(search.steps)}
    weights: dict[tuple[int, int], float] = {}
    root = len(places)
    for state, place in places.items():
        if graph.entity(state.node) == start and search.steps[state] is None:
            weights[root, place] = 1.0
        for hop in graph.leaving.get(state.node, ()):
            if hop.phase < state.phase or hop.phase is Phase.JURISDICTION:
                continue
            reached = places.get(search.after(state, hop))
            if reached is not None:
                weights[place, reached] = float(len({s.article for s in hop.statements}) or 1)
    found: dict[int, float] = defaultdict(float)
    values = exposure(weights, {root: 1.0})
    for state, place in places.items():
        if state.phase is Phase.DEPENDENCE:
            found[graph.entity(state.node)] += values.get(place, 0.0)
    return found


def _with_home(graph: DerivedGraph, chain: Chain, home: int) -> Chain:
    """The chain followed on from the provider to its home country."""
    provider = chain.hops[-1].end
    if provider == home:
        return chain
    return Chain((*chain.hops, *graph.way_home(provider, home)))


def _home(view: View, graph: DerivedGraph, entity: int) -> str | None:
    homes = graph.homes(entity)
    return view.name(homes[0]) if homes else None
