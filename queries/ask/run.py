"""A question that was understood, put to the function of its command."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from kg.errors import QueryError
from kg.ontology import load_ontology
from kg.store import Store
from kg.terms import LABEL_TO_CLASS, local_name
from kg.types import Polarity, Status
from queries.answer import Answer, Row, answer_from, counted
from queries.ask.statements import Asked, based_in, kinds_of, statements
from queries.ask.understand import NotUnderstood, Understood, understand
from queries.filter import Filter
from queries.phrases import class_words, kept
from queries.view import View

__all__ = ["Asking", "answered_kinds", "ask"]

_EVERY_STATUS: Final[tuple[Status, ...]] = ("actual", "planned", "ended")
_EVERY_POLARITY: Final[tuple[Polarity, ...]] = ("affirmed", "negated")
_LIMIT: Final = 25
_LONGEST: Final = 100  # rows of a timeline
_DENIAL_NOTE: Final = "only what articles deny is listed: what they do not state may be so or not"
_PERIOD_NOTE: Final = "the period is that in which articles were published, and in which curated facts hold"


@dataclass(frozen=True, slots=True)
class Asking:
    """A question, how it was understood, and its answer.

    `answer` is None where the question was not understood, or where it was and cannot be answered; `problem` says why.
    """

    question: str
    understood: Understood | None
    answer: Answer | None
    problem: str = ""
    nearest: tuple[str, ...] = ()


def ask(store: Store, question: str, *, today: date | None = None) -> Asking:
    """Answer a question in English, or say which part of it is not understood.

    Parameters
    ----------
    store : Store
    question : str
        One question. Every word of it must be understood: a question is never answered as if it were another.
    today : datetime.date, optional
        The day that "last year" is reckoned from; the present day where it is left out.

    Examples
    --------
    >>> with Store() as store:
    ...     asking = ask(store, "Who depends on Atlantis?")
    >>> asking.understood is None, asking.problem
    (True, "'Atlantis' is not understood")
    """
    found = understand(store, question, today=today)
    if isinstance(found, NotUnderstood):
        return Asking(question, None, None, found.reason, found.nearest)
    try:
        answer = _ANSWERS[found.kind](store, dict(found.arguments))
    except QueryError as error:
        return Asking(question, found, None, str(error))
    periods = {"since", "until"} & found.arguments.keys() and found.kind != "timeline"
    denied = found.arguments.get("polarity") == "negated"
    notes = [*found.notes, *([_PERIOD_NOTE] if periods else ()), *([_DENIAL_NOTE] if denied else ())]
    return Asking(question, found, replace(answer, caveats=(*answer.caveats, *notes)))


def answered_kinds() -> frozenset[str]:
    """The kinds of question that are answered: names of commands."""
    return frozenset(_ANSWERS)


_Arguments = dict[str, Any]


def _view(store: Store, given: _Arguments, default: Filter | None = None) -> View:
    """The view under the filter that the arguments state; QueryError that says why, where nothing is left."""
    default = default or Filter()
    view = View.load(
        store,
        load_ontology(),
        replace(
            default,
            since=given.get("since", ""),
            until=given.get("until", ""),
            relations=(given["relation"],) if "relation" in given else (),
            statuses=(given["status"],) if "status" in given else default.statuses,
            polarities=(given["polarity"],) if "polarity" in given else default.polarities,
        ),
    )
    if reason := view.why_empty():
        raise QueryError(reason)
    return view


def _local(given: _Arguments, name: str) -> str | None:
    return local_name(given[name]) if name in given else None


def _dependencies(store: Store, given: _Arguments) -> Answer:
    from queries.dependency import dependencies

    view = _view(store, given)
    answer = dependencies(
        view,
        local_name(given["name"]),
        direction=given["direction"],
        depth=given.get("depth", 2),
        resource=_local(given, "resource"),
        limit=None,
    )
    return _narrowed(view, answer, given)


def _alliances(store: Store, given: _Arguments) -> Answer:
    from queries.alliance import alliances

    view = _view(store, given)
    answer = alliances(view, _local(given, "name"), _local(given, "other"), limit=None)
    if given.get("event") == "joined":
        answer = _joined(view, answer)
    return _narrowed(view, answer, {name: value for name, value in given.items() if name != "other"})


def _joined(view: View, answer: Answer) -> Answer:
    """Memberships that begin in the period of the view: of curated ones that have no beginning nothing is known."""
    since = [column.name for column in answer.columns].index("since")
    origin = [column.name for column in answer.columns].index("origin")
    rows = [
        row
        for row in answer.rows
        if (row.cells[origin] != "curated" and not row.cells[since]) or _begins(view.filter, str(row.cells[since]))
    ]
    return replace(answer, rows=tuple(rows), caveats=(*answer.caveats, "joined: a membership that began in the period"))


def _begins(period: Filter, since: str) -> bool:
    """Whether a partial date lies in the period; one that is less precise than the period may not."""
    return (
        bool(since)
        and (not period.since or since >= period.since[: len(since)])
        and (not period.until or since <= period.until[: len(since)])
    )


def _claims(store: Store, given: _Arguments) -> Answer:
    # Where both ends are named the question is whether it is so: what articles deny belongs to the answer.
    whether = {"subject", "object"} <= given.keys()
    polarities = _EVERY_POLARITY if whether else ("affirmed",)
    view = _view(store, given, Filter(statuses=_EVERY_STATUS, polarities=polarities))
    ends = ("subject", "object", "about", "resource", "maker", "place", "type", "home")
    asked = Asked(class_=given.get("class", ""), **{end: given[end] for end in ends if end in given})
    return statements(view, asked, count=bool(given.get("count")))


def _centrality(store: Store, given: _Arguments) -> Answer:
    from queries.centrality import centrality

    view = _view(store, given, Filter(curated=False))
    classes = [given["class"].upper()] if "class" in given else []
    answer = centrality(view, given["measure"], classes=classes, limit=None)
    if given.get("rank") == "hub":
        place = [column.name for column in answer.columns].index("hub")
        rows = sorted(answer.rows, key=lambda row: -float(row.cells[place] or 0))
        note = "ranked by hub: it depends on much that others depend on too"
        answer = replace(answer, rows=tuple(rows), caveats=(*answer.caveats, note))
    return _narrowed(view, answer, {**given, "other": given["name"]} if "name" in given else given, default=15)


def _chokepoints(store: Store, given: _Arguments) -> Answer:
    from queries.chokepoint import chokepoints

    view = _view(store, given)
    name = _local(given, "name") or _local(given, "resource")
    classes = [given["class"].upper()] if "class" in given else []
    answer = chokepoints(view, name, classes=classes, limit=None)
    return _narrowed(view, answer, {**given, "other": given["subject"]} if "subject" in given else given)


def _whatif(store: Store, given: _Arguments) -> Answer:
    from queries.whatif import whatif

    if "resource" in given:
        raise QueryError(
            "what if one stops supplying another is played for all goods together, not for one; ask without the goods"
        )
    view = _view(store, given)
    pair = [local_name(iri) for iri in given.get("restrict", ())]
    removed = [local_name(iri) for iri in given.get("remove", ())]
    answer = whatif(view, removed, [(pair[0], pair[1])] if pair else [])
    return _narrowed(view, answer, {**given, "other": given["hit"]} if "hit" in given else given)


def _path(store: Store, given: _Arguments) -> Answer:
    from queries.paths import path

    directed = bool(given.get("directed"))
    return path(_view(store, given), local_name(given["start"]), local_name(given["end"]), along_dependence=directed)


def _sovereignty(store: Store, given: _Arguments) -> Answer:
    from queries.sovereignty import sovereignty, sovereignty_comparison

    view = _view(store, given)
    countries = [local_name(iri) for iri in given.get("countries", ())]
    return sovereignty(view, countries) if len(countries) < 2 else sovereignty_comparison(view, countries)


def _compare(store: Store, given: _Arguments) -> Answer:
    from queries.compare import compare

    one, other = (local_name(iri) for iri in given["names"])
    return compare(_view(store, given), one, other)


def _timeline(store: Store, given: _Arguments) -> Answer:
    from queries.timeline import timeline

    # What happened in a period is what the text puts there, whenever it was published.
    whenever = {name: value for name, value in given.items() if name not in ("since", "until")}
    view = _view(store, whenever, Filter(statuses=_EVERY_STATUS))
    answer = timeline(view, local_name(given["name"]))
    period = Filter(since=given.get("since", ""), until=given.get("until", ""))
    rows = [row for row in answer.rows if period.admits_day(str(row.cells[0]))]
    return answer_from(
        view,
        title=answer.title,
        columns=answer.columns,
        rows=rows[:_LONGEST],
        query=answer.query,
        caveats=(*answer.caveats[1:], *kept(min(len(rows), _LONGEST), len(rows), "rows")),
        why_empty=answer.caveats[0] if not answer.rows else f"{counted(len(answer.rows), 'event')}, none in the period",
    )


def _disagreements(store: Store, given: _Arguments) -> Answer:
    from queries.disagreements import disagreements

    view = _view(store, given, Filter.everything())
    return disagreements(view, _local(given, "name"), limit=given.get("limit", _LIMIT))


def _corroboration(store: Store, given: _Arguments) -> Answer:
    from queries.corroboration import corroboration

    view = _view(store, given, Filter(statuses=_EVERY_STATUS))
    return corroboration(view, local_name(given["name"]), limit=given.get("limit", _LIMIT))


def _articles(store: Store, given: _Arguments) -> Answer:
    from queries.lookup import articles

    view = _view(store, given, Filter.everything())
    answer = articles(view, mentions=_local(given, "mentions"), limit=None)
    return _narrowed(view, answer, given, default=100)


def _entities(store: Store, given: _Arguments) -> Answer:
    from queries.lookup import entities

    view = _view(store, given, Filter.everything())
    answer = entities(view, classes=[given["class"].upper()], limit=None)
    return _narrowed(view, answer, given, default=50)


def _show(store: Store, given: _Arguments) -> Answer:
    from queries.lookup import show

    return show(_view(store, given, Filter.everything()), local_name(given["name"]), limit=50)


def _status(store: Store, given: _Arguments) -> Answer:
    from queries.status import status

    return status(store)


_ANSWERS: Final[Mapping[str, Callable[[Store, _Arguments], Answer]]] = {
    "dependencies": _dependencies,
    "alliances": _alliances,
    "claims": _claims,
    "centrality": _centrality,
    "chokepoints": _chokepoints,
    "whatif": _whatif,
    "path": _path,
    "sovereignty": _sovereignty,
    "compare": _compare,
    "timeline": _timeline,
    "disagreements": _disagreements,
    "corroboration": _corroboration,
    "articles": _articles,
    "entities": _entities,
    "show": _show,
    "status": _status,
}


def _narrowed(view: View, answer: Answer, given: _Arguments, *, default: int = _LIMIT) -> Answer:
    """The answer with only the rows of the class, kind, home and entity asked for, as many as asked for, or counted."""
    places = [place for place, column in enumerate(answer.columns) if column.kind == "entity"]
    tests = _tests(view, answer, given)
    rows = [row for row in answer.rows if all(test(row, places[0]) for test in tests)] if places else list(answer.rows)
    limit = None if given.get("count") else int(given.get("limit", default))
    shown = rows[:limit]
    notes = list(kept(len(shown), len(rows), "rows"))
    title = answer.title
    if given.get("count"):
        number = len({row.cells[places[0]] for row in rows}) if places else len(rows)
        title = f"{counted(number, 'answer')}: {answer.title}"
        notes.insert(0, f"counted: {counted(number, 'different answer')}")
    if not answer.rows or (not tests and len(shown) == len(answer.rows)):
        return replace(answer, title=title, caveats=(*answer.caveats, *notes))
    return answer_from(
        view,
        title=title,
        columns=answer.columns,
        rows=shown,
        query=answer.query,
        caveats=(*answer.caveats[1:], *notes),
        why_empty=f"none of {counted(len(answer.rows), 'row')} is of the kind asked for",
    )


def _tests(view: View, answer: Answer, given: _Arguments) -> Sequence[Callable[[Row, int], bool]]:
    """What a row must be, by the cell that names its entity; names that two entities share count for both."""
    allowed: list[set[int]] = []
    if "class" in given and "class" not in [column.name for column in answer.columns]:
        label = given["class"].upper()
        allowed.append({place for place, entity in enumerate(view.entities) if entity.label == label})
    if "type" in given:
        allowed.append(kinds_of(view, given["type"]))
    if "home" in given:
        allowed.append(based_in(view, given["home"]))
    if "other" in given:
        allowed.append({view.index[given["other"]]})
    tests: list[Callable[[Row, int], bool]] = []
    for entities in allowed:
        names = {view.name(entity) for entity in entities}
        tests.append(lambda row, place, names=names: row.cells[place] in names)  # type: ignore[misc]
    columns = [column.name for column in answer.columns]
    if "class" in given and "class" in columns:
        column = columns.index("class")
        words = _class_words(view, given["class"])
        tests.append(lambda row, place: row.cells[column] == words)
    return tests


def _class_words(view: View, name: str) -> str:
    known = next((e for e in range(len(view.entities)) if view.entities[e].label == name.upper()), None)
    return name if known is None or name.upper() not in LABEL_TO_CLASS else class_words(view, known)
