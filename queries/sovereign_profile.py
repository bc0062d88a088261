"""The sovereignty of a country in figures, each with the claims behind it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from kg.errors import QueryError
from kg.types import Status
from queries.measures.sovereignty import LayerShare, Overall, layer_share, overall
from queries.names import resolve
from queries.records import Statement
from queries.sovereign_layers import LAYERS, LEVELS, Reliance, SovereignGraph
from queries.view import View

__all__ = ["NO_DATA", "Figure", "Profile", "cell_words", "profiles", "whole_words"]

NO_DATA: Final = "no data"
# Kinds of alliance, as the table of alliances words them, whose members bind themselves to one another.
_BINDING: Final = ("military alliance", "political and economic union", "intelligence alliance")


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell of a profile: a share, and the reliances that it is of."""

    name: str
    share: LayerShare
    reliances: tuple[Reliance, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All that the figure rests on, each once."""
        return tuple({s.key: s for r in self.reliances for s in r.statements}.values())

    @property
    def coverage(self) -> str:
        """In words how much of what is documented the share is of."""
        if not self.share.dependences:
            return NO_DATA
        words = f"{self.share.known} of {self.share.dependences}"
        return words if self.share.known else f"{NO_DATA} ({words} known)"


@dataclass(frozen=True, slots=True)
class Profile:
    """The sovereignty of one country."""

    country: int
    levels: tuple[Figure, ...]  # in the order of LEVELS
    layers: tuple[Figure, ...]  # in the order of LAYERS
    own: Overall  # of the layers' domestic shares
    trusted: Overall  # of their domestic or allied shares
    standing: int  # compute facilities in the country
    left_out: int  # those that the tables give another status


def profiles(
    view: View,
    countries: Sequence[str] = (),
    *,
    allies: Sequence[str] = (),
    weights: Mapping[str, float] | None = None,
    status: str = "actual",
) -> list[Profile]:
    """The figures of each country, with the claims behind each; all countries that have data where none is named.

    Parameters
    ----------
    view : View
        With the status asked about, and with `actual` for where firms have their seat.
    countries : sequence of str
    allies : sequence of str
        Countries, or alliances whose members count as allied. Where it is empty: the members of every military
        alliance, union and intelligence alliance that the country is a member of.
    weights : mapping of str to float, optional
        Layer -> weight in the mean; each 1 where left out.
    status : {"actual", "planned", "ended"}
        Which statements count: what stands and what is planned are never summed.

    Raises
    ------
    QueryError
        A name is of no country, is given twice, or has several meanings; a weight or status does not exist or the view
        leaves the status out.
    UnknownNameError
        Nothing goes by a name.
    """
    wanted = _status(view, status)
    chosen = _countries(view, countries)
    graph = SovereignGraph(view, wanted)
    friends = _Allies(view, allies)
    return [_profile(graph, country, friends.of(country), weights) for country in chosen or graph.countries()]


def _status(view: View, status: str) -> Status:
    known: dict[str, Status] = {word: word for word in get_args(Status)}
    if status not in known:
        raise QueryError(f"no status is called {status!r}; there are {', '.join(known)}")
    missing = {"actual", status} - set(view.filter.statuses or known)
    if missing:
        raise QueryError(
            f"the filter leaves out what is {' and '.join(sorted(missing))}; sovereignty needs it: "
            "seats of firms are actual, and the status asked about must be there"
        )
    return known[status]


def _countries(view: View, names: Sequence[str]) -> list[int]:
    found: list[int] = []
    for name in names:
        entity = resolve(view, name)
        label = view.entities[entity].label
        if label != "COUNTRY":
            raise QueryError(f"sovereignty is of a country; {view.name(entity)} is a {label.lower() or 'thing'}")
        if entity in found:
            raise QueryError(f"{name!r} names {view.name(entity)} a second time; name each country once")
        found.append(entity)
    return found


class _Allies:
    """Who counts as allied to a country, by memberships that are documented as actual."""

    def __init__(self, view: View, names: Sequence[str]) -> None:
        self.members: dict[int, set[int]] = {}
        for s in view.statements:
            if s.relation == "memberOf" and s.polarity == "affirmed" and s.status == "actual":
                self.members.setdefault(s.object, set()).add(s.subject)
        self.named = [resolve(view, name) for name in names]
        values = " ".join(f'"{kind}"' for kind in _BINDING)
        rows = view.store.rows(f"SELECT ?s {{ VALUES ?kind {{ {values} }} ?s kg:kind ?kind }}")
        self.binding = {view.index[s] for (s,) in rows if s is not None and s in view.index}

    def of(self, country: int) -> set[int]:
        # What an alliance that the country is a member of decides or provides is shared, not foreign.
        own = {alliance for alliance, members in self.members.items() if country in members}
        if self.named:
            found = {ally for name in self.named for ally in (name, *self.members.get(name, ()))}
        else:
            found = {member for alliance in own & self.binding for member in self.members[alliance]}
        return (found | own) - {country}


def _profile(
    graph: SovereignGraph, country: int, allies: Collection[int], weights: Mapping[str, float] | None
) -> Profile:
    def figure(name: str, reliances: Sequence[Reliance]) -> Figure:
        return Figure(name, layer_share([r.homes for r in reliances], country, allies), tuple(reliances))

    layers = tuple(figure(layer, graph.layer(country, layer)) for layer in LAYERS)
    return Profile(
        country,
        tuple(figure(level, graph.level(country, level)) for level in LEVELS),
        layers,
        overall({f.name: f.share.own_share for f in layers}, weights),
        overall({f.name: f.share.trusted_share for f in layers}, weights),
        len(graph.standing_in(country)),
        len(graph.left_out(country)),
    )


def cell_words(figure: Figure) -> str:
    """The share that is domestic or allied with its coverage, e.g. `67% (2 of 3)`."""
    share = figure.share.trusted_share
    return figure.coverage if share is None else f"{share:.0%} ({figure.coverage})"


def whole_words(value: float | None, known: Overall) -> str:
    """A figure over the layers with how many have data, e.g. `33% (4 of 8 layers)`."""
    return NO_DATA if value is None else f"{value:.0%} ({known.with_data} of {known.layers} layers)"
