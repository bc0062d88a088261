"""What falls when something is taken away or stops supplying: `kg whatif`."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kg.errors import QueryError
from queries.answer import Answer, Column, Row, answer_from, counted
from queries.derived import CRITICAL, GOODS, derive, is_jurisdiction
from queries.inputs import some_names
from queries.measures.cascade import cascade, largest_component, unmet
from queries.names import resolve
from queries.needs import FALLING, ROLE_WORDS, Need, Needs, needs_of, requirements
from queries.phrases import SUPPORT, class_words, kept, support
from queries.records import Statement
from queries.view import View

__all__ = ["CAVEATS", "Effect", "Loss", "Outcome", "Result", "Scenario", "compare_whatif", "play", "summary", "whatif"]

Result = Literal["removed", "falls", "is hit", "holds", "unknown"]
_ORDER: Final[tuple[Result, ...]] = ("removed", "falls", "is hit", "holds", "unknown")
_PRODUCT_ROLES: Final = frozenset({"manufacturer", "developer", "source"})

CAVEATS: Final = (
    "falls: some documented need has no documented source left; stocks, substitutes and undocumented suppliers are "
    "not in the articles",
    "is hit: a state, alliance, body, person, sector or goal loses a need and goes on; a need without documented "
    "sources, or a lost owner, investor or builder, is unknown, not met and not lost",
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is taken away: entities, and supplies from one to another. Names as a person types them."""

    remove: tuple[str, ...] = ()
    restrict: tuple[tuple[str, str], ...] = ()  # (supplier, who is cut off from it)

    def describe(self) -> str:
        """The scenario in words, e.g. `without TSMC, Netherlands not supplying China`."""
        parts = [f"without {' and '.join(self.remove)}"] if self.remove else []
        parts += [f"{supplier} not supplying {buyer}" for supplier, buyer in self.restrict]
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Loss:
    """A need that lost sources."""

    need: Need
    gone: tuple[int, ...]
    left: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a scenario does to one entity."""

    entity: int
    result: Result
    step: int | None  # 0 for what is removed; None for what holds or is unknown
    losses: tuple[Loss, ...] = ()
    note: str = ""
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The cascade of one scenario, and how much of the graph hangs together before and after it."""

    scenario: Scenario
    effects: tuple[Effect, ...]  # by result, step and name
    component_before: int  # entities in the largest connected part of the dependence graph
    component_after: int

    def counts(self) -> dict[Result, int]:
        """Entities by result."""
        found = Counter(effect.result for effect in self.effects)
        return {result: found[result] for result in _ORDER}


def whatif(
    view: View,
    remove: Sequence[str] = (),
    restrict: Sequence[tuple[str, str]] = (),
    *,
    limit: int | None = None,
) -> Answer:
    """The AND/OR cascade that follows when entities are removed or stop supplying somebody.

    `queries.needs` says what is a need and `queries.measures.cascade.cascade` what falls. A removed resource takes
    its kinds with it, and a removed country what has no other documented place. A country that stops supplying acts
    through the firms and facilities in it, as does one that is cut off; products that the supplying side alone makes
    are cut off too.

    Parameters
    ----------
    view : View
    remove : sequence of str
        Names of what is taken away.
    restrict : sequence of (str, str)
        (A, B): A stops supplying B.
    limit : int, optional
        At most so many rows.

    Raises
    ------
    QueryError
        Nothing is taken away, something is cut off from itself, or is both removed and restricted.
    UnknownNameError
        Nothing goes by a name.

    Examples
    --------
    >>> from kg.store import Store
    >>> with Store() as store:
    ...     whatif(View.load(store), ["TSMC"])
    Traceback (most recent call last):
    kg.errors.UnknownNameError: nothing in the graph is called 'TSMC'
    """
    outcome = play(view, Scenario(tuple(remove), tuple(restrict)))
    shown = outcome.effects[:limit]
    return answer_from(
        view,
        title=f"What falls: {outcome.scenario.describe()}",
        columns=(
            Column("entity", "entity"),
            Column("class"),
            Column("step", "count"),
            Column("outcome"),
            Column("because"),
            Column("alternatives left"),
            *SUPPORT,
        ),
        rows=[_row(view, effect) for effect in shown],
        query=f"whatif(remove={list(remove)!r}, restrict={[tuple(pair) for pair in restrict]!r})",
        caveats=(summary(outcome), *CAVEATS, *kept(len(shown), len(outcome.effects), "entities")),
    )


def compare_whatif(view: View, first: Scenario, second: Scenario, *, limit: int | None = None) -> Answer:
    """Two scenarios side by side: what each does to an entity, those that they treat differently first.

    Raises
    ------
    QueryError
        A scenario takes nothing away or contradicts itself, or both are the same.
    """
    outcomes = play(view, first), play(view, second)
    by_entity = [{effect.entity: effect for effect in outcome.effects} for outcome in outcomes]
    if {e: f.result for e, f in by_entity[0].items() if f.step == 0} == {
        e: f.result for e, f in by_entity[1].items() if f.step == 0
    } and first.restrict == second.restrict:
        raise QueryError(f"both scenarios are the same: {first.describe()}; name another one to compare with")

    def rank(entity: int) -> tuple[bool, int, int, str]:
        effects = [found.get(entity) for found in by_entity]
        results = [_ORDER.index(effect.result) for effect in effects if effect is not None]
        same = len({None if effect is None else (effect.result, effect.step) for effect in effects}) == 1
        steps = [effect.step for effect in effects if effect is not None and effect.step is not None]
        return same, min(results), min(steps, default=0), view.name(entity)

    entities = sorted({*by_entity[0], *by_entity[1]}, key=rank)
    rows = []
    for entity in entities[:limit]:
        effects = [found.get(entity) for found in by_entity]
        cells = [part for effect in effects for part in _outcome_cells(effect)]
        keys = {s.key: None for effect in effects if effect is not None for s in _statements(effect)}
        rows.append(Row((view.name(entity), class_words(view, entity), *cells), tuple(keys)))
    labels = [scenario.describe() for scenario in (first, second)]
    return answer_from(
        view,
        title=f"What falls: {labels[0]}, beside {labels[1]}",
        columns=(
            Column("entity", "entity"),
            Column("class"),
            *(column for label in labels for column in (Column(label), Column(f"step, {label}", "count"))),
        ),
        rows=rows,
        query=f"compare_whatif({first!r}, {second!r})",
        caveats=(*map(summary, outcomes), *CAVEATS, *kept(len(rows), len(entities), "entities")),
    )


def _outcome_cells(effect: Effect | None) -> tuple[str, int | None]:
    return ("untouched", None) if effect is None else (effect.result, effect.step)


def play(view: View, scenario: Scenario) -> Outcome:
    """The cascade of a scenario over the whole view."""
    removed, cut = _taken_away(view, scenario, needs := needs_of(view))
    standing = {e for e in view.active if view.entities[e].label not in FALLING}
    steps = cascade(requirements(needs), removed, cut=cut, standing=standing)
    gone_at = {node: step for node, step in steps.items() if node in removed or node not in standing}
    effects = [Effect(node, "removed", 0) for node in removed]
    for node, step in steps.items():
        if node not in removed:
            before = {n for n, at in gone_at.items() if at < step} | set(cut.get(node, ()))
            own = [need for need in needs[node] if need.sources]
            lost = [own[place] for place in unmet([need.sources for need in own], before)]
            result: Result = "is hit" if node in standing else "falls"
            effects.append(Effect(node, result, step, tuple(Loss(need, tuple(need.sources), ()) for need in lost)))
    effects += _weakened(needs, steps, gone_at, cut)
    effects += _unknown(view, needs, {effect.entity for effect in effects}, gone_at)
    effects.sort(key=lambda e: (_ORDER.index(e.result), e.step or 0, view.name(e.entity), e.entity))
    arcs = [(d.dependent, d.provider) for d in view.dependences if d.edge.polarity == "affirmed"]
    left = [(u, v) for u, v in arcs if v not in cut.get(u, ())]
    return Outcome(scenario, tuple(effects), largest_component(arcs), largest_component(left, gone_at.keys()))


def _taken_away(view: View, scenario: Scenario, needs: Needs) -> tuple[set[int], dict[int, set[int]]]:
    """What is removed, and for each entity that is cut off the sources that no longer serve it."""
    if not scenario.remove and not scenario.restrict:
        raise QueryError("nothing is taken away; name it: --remove NAME, or --restrict SUPPLIER BUYER")
    named = {resolve(view, name): name for name in scenario.remove}
    removed = {kind for one in named for kind in (view.narrower(one) if view.entities[one].label in GOODS else {one})}
    pairs = [(resolve(view, supplier), resolve(view, buyer)) for supplier, buyer in scenario.restrict]
    for one, other in pairs:
        if one == other:
            raise QueryError(f"{view.name(one)} cannot be cut off from itself; name two entities")
        for either in (one, other):
            if either in removed:
                raise QueryError(f"{view.name(either)} is removed already; take it out of --remove or of --restrict")
    return removed, _cut_off(view, pairs, needs) if pairs else {}


def _cut_off(view: View, pairs: Sequence[tuple[int, int]], needs: Needs) -> dict[int, set[int]]:
    graph = derive(view)
    makers = {
        product: [need.sources.keys() for need in own if need.role in _PRODUCT_ROLES] for product, own in needs.items()
    }
    cut: dict[int, set[int]] = defaultdict(set)
    for supplier, buyer in pairs:
        buyers = graph.parts(buyer)
        goods = view.narrower(supplier) if view.entities[supplier].label in GOODS else set()
        blocked = cascade(makers, (graph.parts(supplier) | goods) - buyers)
        for one in buyers:
            cut[one].update(blocked)
    return cut


def _weakened(
    needs: Needs, steps: Mapping[int, int], gone_at: Mapping[int, int], cut: Mapping[int, Collection[int]]
) -> list[Effect]:
    """Who lost a source and has another."""
    found = []
    for node, own in needs.items():
        if node in steps:
            continue
        losses = []
        for need in own:
            gone = tuple(s for s in need.sources if s in gone_at or s in cut.get(node, ()))
            if gone:
                losses.append(Loss(need, gone, tuple(s for s in need.sources if s not in gone)))
        if losses:
            found.append(Effect(node, "holds", None, tuple(losses)))
    return found


def _unknown(view: View, needs: Needs, known: Collection[int], gone: Mapping[int, int]) -> list[Effect]:
    """Who is tied to what fell in a way that makes no need, or whose makers are not documented."""
    notes: dict[int, list[str]] = defaultdict(list)
    behind: dict[int, list[Statement]] = defaultdict(list)
    for d in view.dependences:
        relation = view.relation(d.edge)
        weak = d.weight < CRITICAL and not is_jurisdiction(relation) and d.edge.polarity == "affirmed"
        if weak and d.provider in gone and d.dependent not in known:
            label = relation.label if relation.dependence == "subject-on-object" else relation.inverse_label
            words = f"{label} {view.name(d.provider)}"
            if words not in notes[d.dependent]:
                notes[d.dependent].append(words)
            behind[d.dependent] += d.edge.statements
    for kind, above in view.broader.items():
        fallen = [view.name(parent) for parent in above if parent in gone]
        makers = [need for need in needs.get(kind, ()) if need.role in _PRODUCT_ROLES]
        if fallen and not makers and kind not in known and kind in view.mentioning:
            notes[kind].append(f"a kind of {', '.join(fallen)} without a documented maker of its own")
    return [
        Effect(node, "unknown", None, note="; ".join(words), statements=tuple(behind.get(node, ())))
        for node, words in notes.items()
    ]


def summary(outcome: Outcome) -> str:
    """How many a scenario fells, hits and leaves standing, in words."""
    counts = outcome.counts()
    return (
        f"{outcome.scenario.describe()}: {counted(counts['removed'], 'entity', 'entities')} removed, "
        f"{counts['falls']} fall, {counts['is hit']} are hit, {counts['holds']} hold by documented alternatives, "
        f"{counts['unknown']} unknown; largest connected part {outcome.component_before} before, "
        f"{outcome.component_after} after"
    )


def _statements(effect: Effect) -> tuple[Statement, ...]:
    return (*effect.statements, *(s for loss in effect.losses for s in loss.need.statements))


def _row(view: View, effect: Effect) -> Row:
    statements = tuple({s.key: s for s in _statements(effect)}.values())
    because = "; ".join([_loss_words(view, loss) for loss in effect.losses] + [effect.note] * bool(effect.note))
    left = {source: None for loss in effect.losses for source in loss.left}
    alternatives = some_names(view, list(left)) or ("none documented" if effect.losses else "")
    return Row(
        (
            view.name(effect.entity),
            class_words(view, effect.entity),
            effect.step,
            effect.result,
            because,
            alternatives,
            *support(view, statements),
        ),
        tuple(s.key for s in statements),
    )


def _loss_words(view: View, loss: Loss) -> str:
    """A lost need in words, e.g. `loses manufacturer of H100: TSMC`."""
    what = "" if loss.need.role in ("input", "operator", "jurisdiction") else some_names(view, loss.need.what)
    return f"loses {ROLE_WORDS[loss.need.role]}{f' of {what}' if what else ''}: {some_names(view, loss.gone)}"
