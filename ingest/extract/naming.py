"""Canonical names and entities of spans that the network found: word lists first, then names learned, then rules."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from ingest.extract.gazetteer import aliases_of
from ingest.link import canonical_name, new_entity_iri
from ingest.seeds import Seeds
from kg.errors import RunError
from kg.types import Mention

__all__ = ["Namer", "key_of", "load_names", "singular", "write_names"]

NameTable = Mapping[tuple[str, str], str]  # (label, folded surface) -> canonical name

_VALUES = frozenset({"MONEY", "DATE", "QUANTITY"})
_KEPT_PLURAL = frozenset({"ethics", "goods", "headquarters", "means", "news", "physics", "series", "species", "works"})


def key_of(surface: str) -> str:
    """How surfaces are compared: without case, with single blanks, one kind of hyphen and apostrophe.

    >>> key_of("AI  Chips"), key_of("data‑centre")
    ('ai chips', 'data-centre')
    """
    return " ".join(surface.casefold().replace("’", "'").replace("‑", "-").replace("–", "-").split())


def singular(word: str) -> str:
    """Singular of a regular plural noun; other words as they are.

    >>> [singular(word) for word in ("chips", "factories", "switches", "process", "GPUs", "Texas")]
    ['chip', 'factory', 'switch', 'process', 'GPU', 'Texas']
    """
    if len(word) > 2 and word[:-1].isupper() and word.endswith("s"):
        return word[:-1]
    if len(word) < 4 or word[0].isupper() or word in _KEPT_PLURAL or not word.endswith("s"):
        return word
    if word.endswith(("ss", "us", "is", "ics")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("oes"):
        return word[:-2]
    if word.endswith(("xes", "ches", "shes", "sses", "zes")):
        return word[:-2]
    return word[:-1]


class Namer:
    """Gives a span its entity. Holds no state between texts."""

    def __init__(self, seeds: Seeds, learned: NameTable) -> None:
        self._learned = learned
        self._by_alias: dict[tuple[str, str], tuple[str, str]] = {}
        self._by_name: dict[tuple[str, str], tuple[str, str]] = {}
        for entity in seeds.entities:
            found = (entity.name, entity.iri)
            self._by_name.setdefault((entity.label, key_of(entity.name)), found)
            for alias in aliases_of(entity):
                if not alias.is_weak:
                    self._by_alias.setdefault((entity.label, key_of(alias.text)), found)

    def name(self, surface: str, label: str, listed: Mention | None) -> tuple[str, str | None, str]:
        """Canonical name, entity IRI and reason. `listed` is the mention that word lists found at the same place."""
        if label in _VALUES:
            return surface, None, "by its form"
        if listed is not None and listed.label == label and not listed.reason.startswith("new:"):
            return listed.name, listed.entity, listed.reason
        key = key_of(surface)
        learned = self._learned.get((label, key))
        if learned is not None:
            return *self._entity(label, learned), f"as {learned!r} in annotated text"
        known = self._by_alias.get((label, key))
        if known is not None:
            return *known, f"alias {surface!r}"
        words = surface.split()
        if words[-1][-1:].islower() or words[-1][:-1].isupper():
            one = " ".join([*words[:-1], singular(words[-1])])
            known = self._by_alias.get((label, key_of(one)))
            if known is not None:
                return *known, f"alias {one!r}"
            if words[-1].islower():
                return *self._entity(label, _lower_first(one)), "new: a common noun"
            surface = one if label in ("RESOURCE", "FACILITY", "TECHNOLOGY", "MODEL") else surface
        return *self._entity(label, canonical_name(label, surface)), "new: not in any list"

    def _entity(self, label: str, name: str) -> tuple[str, str]:
        known = self._by_name.get((label, key_of(name)))
        return known if known is not None else (name, new_entity_iri(label, name))


def _lower_first(name: str) -> str:
    """A common noun that opens a sentence loses its capital: `Export control`; `AI factory` keeps it."""
    first, blank, rest = name.partition(" ")
    return (first.lower() if first.istitle() and len(first) > 1 and rest.islower() else first) + blank + rest


def write_names(names: NameTable, path: Path) -> None:
    """Write a table of names, sorted."""
    lines = [f"{label}\t{key}\t{name}\n" for (label, key), name in sorted(names.items())]
    path.write_text("".join(lines), encoding="utf-8")


def load_names(path: Path) -> dict[tuple[str, str], str]:
    """Read a table of names. Raises RunError that names the file."""
    try:
        rows: Iterable[str] = path.read_text(encoding="utf-8").splitlines()
        return {(label, key): name for label, key, name in (row.split("\t") for row in rows)}
    except (OSError, ValueError) as error:
        raise RunError(f"{path} is missing or damaged; train a model with `python -m ingest.training`") from error
