"""What is stated between two ends, by articles and by curated tables: how questions of kind `claims` are answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kg.names import name_key
from queries.answer import Answer, Column, Row, answer_from, counted
from queries.phrases import kept
from queries.records import Backing, Statement
from queries.view import View

__all__ = ["Asked", "based_in", "kinds_of", "statements"]

_PLACED: Final = ("headquarteredIn", "locatedIn")
_LIMIT: Final = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """Which statements are asked for: entities by IRI, empty where any will do; relation and period are the view's.

    `class_`, `type` and `home` are of the end that is asked for: the one that is not named.
    """

    subject: str = ""
    object: str = ""
    about: str = ""
    resource: str = ""
    maker: str = ""
    place: str = ""
    class_: str = ""
    type: str = ""
    home: str = ""


def statements(view: View, asked: Asked, *, limit: int | None = _LIMIT, count: bool = False) -> Answer:
    """The statements asked for, claims before curated facts, the newest first.

    A kind counts as what it is a kind of: who makes an H100 makes a GPU. What lies in a part of a place lies in it.
    With `count` the title says how many different entities answer, and nothing is cut off.
    """
    found = _found(view, asked)
    found.sort(key=lambda s: s.key)
    found.sort(key=lambda s: _published(view, s), reverse=True)
    shown = found if count else found[:limit]
    backing = view.backing(s.key for s in shown)
    answers = {end(s) for s in found for end in (_answering(view, asked),)}
    notes = list(kept(len(shown), len(found), "statements"))
    if count:
        notes.insert(0, _counted(view, asked, found))
    return answer_from(
        view,
        title=counted(len(answers), "answer") if count else "What is stated" + _title(view, asked),
        columns=(
            Column("published", "date"),
            Column("subject", "entity"),
            Column("relation"),
            Column("object", "entity"),
            Column("for"),
            Column("status"),
            Column("amount"),
            Column("time"),
            Column("score", "number"),
            Column("source"),
            Column("claim"),
        ),
        rows=[_row(view, s, backing[s.key]) for s in shown],
        query=_query(view, asked),
        caveats=notes,
        why_empty=_why_empty(view, asked),
    )


def _found(view: View, asked: Asked) -> list[Statement]:
    subject, object_, about, resource, place, maker = (
        view.index.get(iri)
        for iri in (asked.subject, asked.object, asked.about, asked.resource, asked.place, asked.maker)
    )
    subjects = None if subject is None else view.narrower(subject)
    objects = None if object_ is None else view.narrower(object_) | _within(view, asked.object)
    goods = None if resource is None else view.narrower(resource)
    there = None if place is None else _within(view, asked.place) | based_in(view, asked.place)
    made = None if maker is None else _made_by(view, asked.maker)
    fits = _fitting(view, asked)
    answering = _answering(view, asked)
    about_goods = object_ is not None and view.entities[object_].label not in ("COUNTRY", "PLACE", "FIRM", "ALLIANCE")
    return [
        s
        for s in view.statements
        if (subjects is None or s.subject in subjects)
        and (objects is None or s.object in objects or (about_goods and s.concerns in objects))
        and (about is None or about in (s.subject, s.object))
        and (goods is None or s.concerns in goods or s.object in goods)
        and (there is None or s.subject in there or s.object in there)
        and (made is None or s.object in made or s.concerns in made)
        and fits(answering(s))
    ]


def _answering(view: View, asked: Asked) -> Callable[[Statement], int]:
    """Which entity of a statement answers the question."""
    if asked.about:
        about = view.index.get(asked.about)
        return lambda s: s.object if s.subject == about else s.subject
    if asked.class_ in ("resource", "technology", "model") and asked.object and not asked.subject:
        return lambda s: s.object if s.concerns is None else s.concerns
    if asked.class_ in ("resource", "technology", "model") and "supplies" in view.filter.relations:
        return lambda s: s.object if s.concerns is None else s.concerns
    relations = [view.ontology.relations[name] for name in view.filter.relations]
    label = asked.class_.upper()
    is_object = bool(relations) and all(label in r.objects and label not in r.subjects for r in relations)
    return (lambda s: s.object) if asked.subject or (is_object and not asked.object) else (lambda s: s.subject)


def _fitting(view: View, asked: Asked) -> Callable[[int], bool]:
    """Whether an entity is of the class, kind and home asked for."""
    label = asked.class_.upper()
    kinds = kinds_of(view, asked.type) if asked.type else None
    homes = based_in(view, asked.home) if asked.home else None
    both_ends = bool(asked.subject and asked.object) and label not in ("RESOURCE", "TECHNOLOGY", "MODEL")

    def fits(entity: int) -> bool:
        return (
            (not label or both_ends or view.entities[entity].label == label)
            and (kinds is None or entity in kinds)
            and (homes is None or entity in homes)
        )

    return fits


def kinds_of(view: View, iri: str) -> set[int]:
    """The entities of a kind: those that the tables put below it, and those whose own name ends in its name."""
    kind = view.index.get(iri)
    if kind is None:
        return set()
    ending = " " + name_key(view.name(kind))
    named = {e for e, entity in enumerate(view.entities) if name_key(entity.name).endswith(ending)}
    return view.narrower(kind) | named


def based_in(view: View, iri: str) -> set[int]:
    """The entities that have their seat or stand in a place, a part of it, or a member of an alliance."""
    path = "(kg:headquarteredIn|kg:locatedIn)+"
    if view.entities[view.index[iri]].label == "ALLIANCE":
        path = "(kg:headquarteredIn|kg:locatedIn)*/kg:memberOf"
    rows = view.store.rows(f"SELECT DISTINCT ?e {{ ?e {path} <{iri}> }}")
    return {view.index[e] for (e,) in rows if e is not None and e in view.index}


def _within(view: View, iri: str) -> set[int]:
    """A country or place and the places in it."""
    if view.entities[view.index[iri]].label not in ("COUNTRY", "PLACE") or not iri:
        return {view.index[iri]}
    rows = view.store.rows(f"SELECT DISTINCT ?e {{ ?e kg:locatedIn+ <{iri}> . ?e a kg:Place }}")
    return {view.index[iri], *(view.index[e] for (e,) in rows if e is not None and e in view.index)}


def _made_by(view: View, iri: str) -> set[int]:
    """What a maker, or makers of a country, develop or manufacture."""
    rows = view.store.rows(
        f"SELECT DISTINCT ?e {{ {{ <{iri}> kg:develops|kg:manufactures ?e }} "
        f"UNION {{ ?m kg:headquarteredIn <{iri}> . ?m kg:develops|kg:manufactures ?e }} }}"
    )
    return {view.index[e] for (e,) in rows if e is not None and e in view.index}


def _published(view: View, s: Statement) -> str:
    return "" if s.article is None else view.articles[s.article].published


def _row(view: View, s: Statement, behind: Backing) -> Row:
    span = " to ".join(part for part in (s.since, s.until) if part)
    source = (
        behind.title if not s.is_curated else f"curated table {behind.table}: {behind.source}, as of {behind.as_of}"
    )
    return Row(
        (
            _published(view, s),
            view.name(s.subject),
            ("" if s.polarity == "affirmed" else "not: ") + view.relation(s).label,
            view.name(s.object),
            "" if s.concerns is None else view.name(s.concerns),
            s.status,
            behind.amount,
            behind.time or span,
            behind.score,
            source,
            s.key,
        ),
        (s.key,),
    )


def _counted(view: View, asked: Asked, found: list[Statement]) -> str:
    """How many different entities answer, by status: what is planned is not summed with what is."""
    end = _answering(view, asked)
    by_status: dict[str, set[int]] = {}
    for s in found:
        by_status.setdefault(s.status, set()).add(end(s))
    parts = [f"{len(entities)} {status}" for status, entities in sorted(by_status.items())]
    return f"counted: {', '.join(parts) or 'none'}; an entity with statements of several status counts in each"


_WORDS: Final[Mapping[str, str]] = {
    "subject": "of",
    "object": "with",
    "about": "about",
    "resource": "for",
    "maker": "made by",
    "place": "in",
    "home": "from",
}


def _why_empty(view: View, asked: Asked) -> str:
    """Why there is no answer, and what there would be if less were asked for."""
    fields = ("resource", "maker", "place", "class_", "type", "home", "object", "subject")
    given = [name for name in fields if getattr(asked, name)]
    less = {name: len(_found(view, replace(asked, **{name: ""}))) for name in given}
    offers = [f"{number} without {name.rstrip('_')}" for name, number in less.items() if number]
    words = "nothing of the kind is stated under this filter, in articles or in curated tables"
    return words + (f"; there are {', '.join(offers)}" if offers else "")


def _title(view: View, asked: Asked) -> str:
    words = [
        f" {word} {view.name(view.index[iri])}" for field, word in _WORDS.items() if (iri := getattr(asked, field))
    ]
    return ",".join(words)


def _query(view: View, asked: Asked) -> str:
    given = [f"{name.rstrip('_')}={value!r}" for name in Asked.__slots__ if (value := getattr(asked, name))]
    relations = ", ".join(view.filter.relations)
    return f"claims({', '.join([*([f'relation={relations!r}'] if relations else []), *given])})"
