"""Who depends on whom, for what, over which chain: `kg dependencies`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from kg.errors import QueryError
from queries.answer import Answer, Column, Row, answer_from
from queries.names import resolve
from queries.phrases import SUPPORT, class_words, concerns_words, kept, origin_words, status_words
from queries.records import Dependence, Statement
from queries.view import View

__all__ = ["Direction", "dependencies"]

Direction = Literal["of", "on"]


@dataclass(frozen=True, slots=True)
class _Chain:
    """Dependences end to end, from the entity asked about outwards; turned by direction when put into words."""

    hops: tuple[Dependence, ...]

    def end(self, direction: Direction) -> int:
        last = self.hops[-1]
        return last.provider if direction == "of" else last.dependent

    @property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(s for hop in self.hops for s in hop.edge.statements)


def dependencies(
    view: View,
    name: str,
    *,
    direction: str = "of",
    depth: int = 1,
    resource: str | None = None,
    limit: int | None = None,
) -> Answer:
    """What an entity depends on, or what depends on it, directly and over chains of documented dependences.

    Each direct dependence is a row of its own for every relation and status, so that what is planned is never
    summed with what is. Farther entities have one row each: the shortest chain, and of equally short ones the one
    whose least documented hop has the most independent sources.

    Parameters
    ----------
    view : View
    name : str
    direction : {"of", "on"}
        "of": what `name` depends on; "on": what depends on `name`.
    depth : int
        Hops of the longest chain, at least 1. Only affirmed statements are followed, and none through what
        `View.joins` excludes.
    resource : str, optional
        Only hops about this resource or a kind of it: they concern it, or it stands at one end.
    limit : int, optional
        At most so many rows.

    Raises
    ------
    QueryError
        The direction or depth does not exist, or a name has several meanings.
    UnknownNameError
        Nothing goes by the name.
    """
    if direction not in get_args(Direction):
        raise QueryError(f"a direction is 'of' or 'on', not {direction!r}")
    if depth < 1:
        raise QueryError(f"a chain has at least 1 hop, not {depth}")
    towards: Direction = "of" if direction == "of" else "on"
    start = resolve(view, name)
    about = None if resource is None else view.narrower(resolve(view, resource))
    hops = _hops(view, towards, about)
    chains = _chains(view, hops, start, towards, depth)
    shown = chains[:limit]
    called, goods = view.name(start), f" for {resource}" if resource else ""
    return answer_from(
        view,
        title=f"What {called} depends on{goods}" if towards == "of" else f"What depends on {called}{goods}",
        columns=(
            Column("depends on" if towards == "of" else "dependent", "entity"),
            Column("class"),
            Column("hops", "count"),
            Column("chain"),
            Column("for"),
            Column("status"),
            *SUPPORT,
        ),
        rows=[_row(view, chain, towards) for chain in shown],
        query=f"dependencies({name!r}, direction={direction!r}, depth={depth}, resource={resource!r})",
        caveats=(
            "documented dependences: what articles and curated tables state, not all that there are",
            *(["sources of a chain are those of its least documented hop"] if depth > 1 else ()),
            *kept(len(shown), len(chains), "dependences"),
        ),
        why_empty=_why_empty(view, start, goods),
    )


_Hops = Mapping[int, list[Dependence]]


def _hops(view: View, direction: Direction, about: Collection[int] | None) -> _Hops:
    """Dependences by the end that a chain comes from."""
    found: dict[int, list[Dependence]] = defaultdict(list)
    for dependence in view.dependences if about is None else _about(view.dependences, about):
        found[dependence.dependent if direction == "of" else dependence.provider].append(dependence)
    return found


def _about(dependences: Iterable[Dependence], about: Collection[int]) -> Iterable[Dependence]:
    for dependence in dependences:
        if dependence.dependent in about or dependence.provider in about:
            yield dependence
        elif concerned := tuple(s for s in dependence.edge.statements if s.concerns in about):
            yield dependence._replace(edge=dependence.edge._replace(statements=concerned))


def _chains(view: View, hops: _Hops, start: int, direction: Direction, depth: int) -> list[_Chain]:
    def rank(chain: _Chain) -> tuple[int, int, int, str, tuple[str, ...]]:
        """Short before long, well before badly documented, then by name."""
        end = view.name(chain.end(direction))
        keys = tuple(s.key for s in chain.statements)
        return len(chain.hops), -_sources(view, chain), -len(chain.statements), end, keys

    direct = [_Chain((hop,)) for hop in hops.get(start, ())]
    best = {start: _Chain(())}
    reached: dict[int, _Chain] = {}
    for chain in sorted(direct, key=rank):
        if chain.hops[0].edge.polarity == "affirmed":
            reached.setdefault(chain.end(direction), chain)
    found = sorted(direct, key=rank)
    for _ in range(1, depth):
        best.update(reached)
        longer = [
            _Chain((*chain.hops, hop))
            for entity, chain in sorted(reached.items())
            if view.joins(entity, along_dependence=True)
            for hop in hops.get(entity, ())
            if hop.edge.polarity == "affirmed"
        ]
        reached = {}
        for chain in sorted(longer, key=rank):
            end = chain.end(direction)
            if end not in best:
                reached.setdefault(end, chain)
        found += sorted(reached.values(), key=rank)
    return found


def _sources(view: View, chain: _Chain) -> int:
    return min(view.independent_sources(hop.edge.statements) for hop in chain.hops)


def _row(view: View, chain: _Chain, direction: Direction) -> Row:
    statements = chain.statements
    claims = [s for s in statements if not s.is_curated]
    end = chain.end(direction)
    return Row(
        (
            view.name(end),
            class_words(view, end),
            len(chain.hops),
            _chain_words(view, chain, direction),
            concerns_words(view, statements),
            ", ".join(dict.fromkeys(status_words(hop.edge) for hop in chain.hops)),
            origin_words(statements),
            len(claims),
            len(view.articles_behind(claims)),
            _sources(view, chain),
        ),
        tuple(s.key for s in statements),
    )


def _chain_words(view: View, chain: _Chain, direction: Direction) -> str:
    """The chain as a sentence that begins with who depends."""
    hops = chain.hops if direction == "of" else chain.hops[::-1]
    words = view.name(hops[0].dependent)
    for place, hop in enumerate(hops):
        relation = view.relation(hop.edge)
        label = relation.label if relation.dependence == "subject-on-object" else relation.inverse_label
        status = "" if hop.edge.status == "actual" else f" ({hop.edge.status})"
        words += f"{', which' if place else ''} {label} {view.name(hop.provider)}{status}"
    return words


def _why_empty(view: View, start: int, goods: str) -> str:
    statements = sum(start in (s.subject, s.object) for s in view.statements)
    return (
        f"no dependence{goods} is documented there under this filter; {view.name(start)} stands in {statements} "
        f"statements and is mentioned in {view.mentioning.get(start, 0)} articles"
    )
