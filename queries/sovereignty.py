"""How sovereign a country is in what AI needs: `kg sovereignty`.

Three levels of compute (Hawkins, Lehdonvirta and Wu 2025): whether it stands in the country, whether who runs it is at
home there, whether its chips are. Eight layers, each the share of documented dependence that is domestic or allied. The
minimum comes first, coverage stands beside every figure, and what no document says is "no data", never nought.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kg.errors import QueryError
from queries.answer import Answer, Column, Row, answer_from, counted
from queries.measures.sovereignty import LayerShare
from queries.phrases import SUPPORT, kept, support
from queries.records import Statement
from queries.sovereign_layers import LAYERS, LEVELS
from queries.sovereign_profile import Figure, Profile, cell_words, profiles, whole_words
from queries.view import View

__all__ = ["sovereignty", "sovereignty_comparison"]

_FOREIGN_SHOWN: Final = 3
_LEVEL_WORDS: Final[Mapping[str, str]] = {
    "territory": "stands in the country",
    "provider": "run from the country",
    "chip vendor": "chips of the country",
}


def sovereignty(
    view: View,
    countries: Sequence[str] = (),
    *,
    allies: Sequence[str] = (),
    weights: Mapping[str, float] | None = None,
    status: str = "actual",
    limit: int | None = None,
) -> Answer:
    """How sovereign countries are in what AI needs: the minimum first, then the mean, the levels and the layers.

    One row a country and figure; without names, one row a country, those with data in most layers first.

    Parameters
    ----------
    view, countries, allies, weights, status
        As in `profiles`, with its errors.
    limit : int, optional
        At most so many rows.

    Examples
    --------
    >>> from kg.store import Store
    >>> from queries.view import View
    >>> sovereignty(View.load(Store())).caveats
    ('the store holds no claims; ingest articles first',)
    """
    found = profiles(view, countries, allies=allies, weights=weights, status=status)
    query = f"sovereignty({list(countries)!r}, allies={list(allies)!r}, status={status!r})"
    if not countries:
        return _ranking(view, found, allies, query, limit)
    rows = [row for profile in found for row in _rows(view, profile)]
    shown = rows[:limit]
    return answer_from(
        view,
        title=f"Sovereignty of {_listed([view.name(profile.country) for profile in found])}",
        columns=(
            Column("country", "entity"),
            Column("figure"),
            Column("domestic", "number", "share of documented dependences"),
            Column("domestic or allied", "number", "share of documented dependences"),
            Column("known"),
            Column("from abroad"),
            *SUPPORT,
        ),
        rows=shown,
        query=query,
        caveats=(*_caveats(view, found, allies, status), *kept(len(shown), len(rows), "rows")),
    )


def _rows(view: View, profile: Profile) -> list[Row]:
    country = view.name(profile.country)
    everything = _statements(profile.layers)
    lowest = _statements(f for f in profile.layers if f.name in profile.trusted.weakest)
    layers = f"{profile.trusted.with_data} of {profile.trusted.layers} layers"
    weakest = f"minimum ({', '.join(profile.trusted.weakest)})" if profile.trusted.weakest else "minimum"
    minimum = (profile.own.minimum, profile.trusted.minimum)
    mean = (profile.own.mean, profile.trusted.mean)
    return [
        Row((country, weakest, *minimum, layers, "", *support(view, lowest)), _keys(lowest)),
        Row((country, "weighted mean", *mean, layers, "", *support(view, everything)), _keys(everything)),
        *(_figure_row(view, country, f"compute: {_LEVEL_WORDS[f.name]}", f) for f in profile.levels),
        *(_figure_row(view, country, f"layer: {f.name}", f) for f in profile.layers),
    ]


def _figure_row(view: View, country: str, words: str, figure: Figure) -> Row:
    share = figure.share
    return Row(
        (
            country,
            words,
            share.own_share,
            share.trusted_share,
            figure.coverage,
            _foreign(view, share),
            *support(view, figure.statements),
        ),
        _keys(figure.statements),
    )


def _statements(figures: Iterable[Figure]) -> tuple[Statement, ...]:
    return tuple({s.key: s for figure in figures for s in figure.statements}.values())


def _keys(statements: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(s.key for s in statements)


def _foreign(view: View, share: LayerShare) -> str:
    shown = list(share.foreign.items())[:_FOREIGN_SHOWN]
    more = len(share.foreign) - len(shown)
    words = ", ".join(f"{view.name(home)} {number:.3g}" for home, number in shown)
    return words + (f" and {more} more" if more else "")


def _ranking(view: View, found: Sequence[Profile], allies: Sequence[str], query: str, limit: int | None) -> Answer:
    ranked = sorted(
        found,
        key=lambda p: (-p.trusted.with_data, -p.standing, -(p.trusted.minimum or 0.0), view.name(p.country)),
    )
    shown = ranked[:limit]
    rows = []
    for profile in shown:
        rows.append(
            Row(
                (
                    view.name(profile.country),
                    profile.trusted.minimum,
                    ", ".join(profile.trusted.weakest),
                    profile.trusted.mean,
                    f"{profile.trusted.with_data} of {profile.trusted.layers}",
                    profile.standing,
                    *(figure.share.own_share for figure in profile.levels[1:]),
                ),
                _keys(_statements((*profile.levels, *profile.layers))),
            )
        )
    return answer_from(
        view,
        title="Sovereignty by country",
        columns=(
            Column("country", "entity"),
            Column("minimum", "number", "share of documented dependences, domestic or allied"),
            Column("weakest layer"),
            Column("weighted mean", "number", "share of documented dependences, domestic or allied"),
            Column("layers with data"),
            Column("facilities", "count", "compute facilities"),
            Column("run from home", "number", "share of facilities"),
            Column("chips from home", "number", "share of facilities"),
        ),
        rows=rows,
        query=query,
        caveats=(*_caveats(view, (), allies, ""), *kept(len(shown), len(ranked), "countries")),
        why_empty="no compute facility and no dependence in a layer of AI is documented under this filter",
    )


def sovereignty_comparison(
    view: View,
    countries: Sequence[str],
    *,
    allies: Sequence[str] = (),
    weights: Mapping[str, float] | None = None,
    status: str = "actual",
) -> Answer:
    """Several countries side by side: one row a figure, one column a country, coverage in each cell.

    A row rests on the claims of all its cells; `profiles` has them cell by cell.

    Parameters
    ----------
    view, countries, allies, weights, status
        As in `profiles`, with its errors; at least two countries.
    """
    if len(countries) < 2:
        raise QueryError("a comparison is of two countries or more; name another")
    found = profiles(view, countries, allies=allies, weights=weights, status=status)
    everything = _keys(_statements(f for p in found for f in p.layers))
    rows = [
        Row(("minimum", *(whole_words(p.trusted.minimum, p.trusted) for p in found)), everything),
        Row(("weighted mean", *(whole_words(p.trusted.mean, p.trusted) for p in found)), everything),
    ]
    for place, name in enumerate(LEVELS):
        cells = [p.levels[place] for p in found]
        rows.append(Row((f"compute: {_LEVEL_WORDS[name]}", *map(cell_words, cells)), _keys(_statements(cells))))
    for place, name in enumerate(LAYERS):
        cells = [p.layers[place] for p in found]
        rows.append(Row((f"layer: {name}", *map(cell_words, cells)), _keys(_statements(cells))))
    return answer_from(
        view,
        title=f"Sovereignty of {_listed([view.name(p.country) for p in found])}, domestic or allied",
        columns=(Column("figure"), *(Column(view.name(p.country)) for p in found)),
        rows=rows,
        query=f"sovereignty_comparison({list(countries)!r}, allies={list(allies)!r}, status={status!r})",
        caveats=_caveats(view, found, allies, status),
    )


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _caveats(view: View, found: Sequence[Profile], allies: Sequence[str], status: str) -> tuple[str, ...]:
    friends = (
        f"allied: {_listed(list(allies))}, and members of those that are alliances"
        if allies
        else "allied: fellow members of a military alliance, union or intelligence alliance; name others to count them"
    )
    other = Counter({view.name(p.country): p.left_out for p in found if p.left_out})
    return (
        "shares of documented dependences whose provider's home is known, each counted once, whatever its size: "
        "count-based, not capacity",
        f"{friends}; what an alliance of the country's own provides or rules counts as allied",
        *(
            f"{counted(number, 'compute facility', 'compute facilities')} in {name} that the tables do not list as "
            f"{status} {'is' if number == 1 else 'are'} left out"
            for name, number in other.items()
        ),
        "a layer without data is no data, not nought; documents tell of dependence on others more than of one's own",
    )
