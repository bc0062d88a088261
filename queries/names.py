"""From a name as a person types it to an entity of a view."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.errors import QueryError, UnknownNameError
from kg.names import name_key
from kg.terms import ENTITY, local_name
from queries.near import nearest
from queries.view import View

__all__ = ["resolve"]

# Meanings listed where a name has several.
_MOST_CHOICES = 8


def resolve(view: View, name: str) -> int:
    """The entity that goes by `name`: an IRI, `entity:x`, a local name, a name or an alias, whatever the case.

    What is spelled exactly so goes before what differs in case, accents or punctuation, names before aliases, and
    aliases before weak ones (a surname). Raises QueryError that lists the meanings of a name that has several, and
    UnknownNameError that offers the nearest names for one that has none.
    """
    wanted = name.strip()
    if not wanted:
        raise QueryError("the name is empty; give the name of an entity, e.g. Nvidia")
    for iri in (wanted, ENTITY + wanted.removeprefix("entity:")):
        if iri in view.index:
            return view.index[iri]
    for meanings in _meanings(view, wanted):
        if len(meanings) == 1:
            return meanings[0]
        if meanings:
            raise QueryError(f"{name!r} has several meanings; name one of: {_choices(view, meanings)}")
    known = {entity.name for entity in view.entities} | {alias for _, alias in _aliases(view, "skos:altLabel")}
    raise UnknownNameError(name, nearest(wanted, sorted(known)))


def _meanings(view: View, wanted: str) -> Iterator[list[int]]:
    """What the name may mean, the surest reading first; each list sorted."""
    yield _sorted(place for place, entity in enumerate(view.entities) if entity.name == wanted)
    aliases = _aliases(view, "skos:altLabel")
    yield _sorted(place for place, alias in aliases if alias == wanted)
    keys = {name_key(wanted), name_key(wanted).removeprefix("the ")} - {""}
    by_key: dict[str, set[int]] = defaultdict(set)
    for place, entity in enumerate(view.entities):
        by_key[name_key(entity.name)].add(place)
    yield _sorted(place for key in keys for place in by_key.get(key, ()))
    yield _sorted(place for place, alias in aliases if name_key(alias) in keys)
    yield _sorted(place for place, alias in _aliases(view, "kg:weakAlias") if name_key(alias) in keys)


def _sorted(places: Iterable[int]) -> list[int]:
    return sorted(set(places))


def _aliases(view: View, predicate: str) -> list[tuple[int, str]]:
    rows = view.store.rows(f"SELECT ?e ?a {{ ?e {predicate} ?a }}")
    return [(view.index[e], alias) for e, alias in rows if e is not None and alias is not None and e in view.index]


def _choices(view: View, meanings: list[int]) -> str:
    shown = [view.entities[place] for place in meanings[:_MOST_CHOICES]]
    words = [f"{local_name(e.iri)} ({e.name}, {e.label.lower() or 'of unknown class'})" for e in shown]
    more = len(meanings) - len(shown)
    return ", ".join(words) + (f" and {more} more" if more else "")
