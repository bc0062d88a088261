"""The names that a question mentions: the entity finder.

Names, aliases, and of countries adjectives, demonyms and seats of government, as the store has them. The longest name
goes before shorter ones. What is written with capitals may be typed without, except where it is an ordinary word then.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.names import name_key, slug
from kg.store import Store
from kg.terms import LABEL_TO_CLASS, LITERAL_LABELS, local_name
from queries.ask.tokens import Token
from queries.near import nearest

__all__ = ["Name", "NameBook", "near_names"]

_MOST_WORDS = 8
# Share of letters that a mistyped name has in common with the name.
_ALIKE = 0.75
# Predicate -> how sure a name of this kind is; the surest of several meanings is taken.
_KINDS: Final[Mapping[str, int]] = {
    "skos:prefLabel": 0,
    "skos:altLabel": 1,
    "kg:adjectives": 1,
    "kg:demonyms": 1,
    "kg:metonyms": 2,
    "kg:weakAlias": 3,
}
_ADJECTIVE: Final = frozenset({"kg:adjectives", "kg:demonyms"})
# Adjectives of alliances and places that no table lists as such.
_ADJECTIVAL: Final = frozenset({"european", "western", "african", "us", "uk", "eu", "uae", "gulf"})


@dataclass(frozen=True, slots=True)
class Name:
    """A meaning of some words of a question."""

    iri: str
    name: str  # the entity's own
    label: str  # annotation label
    rank: int  # 0 is surest
    is_adjective: bool = False

    @property
    def is_generic(self) -> bool:
        """Whether it is a kind of thing, such as a data center or a GPU, rather than one thing."""
        last = self.name.split()[-1]
        return self.label not in ("FIRM", "COUNTRY", "PERSON", "PLACE", "ALLIANCE", "GOVERNMENT", "INSTITUTE") and (
            last[0].islower() or (self.label == "RESOURCE" and self.name in _ACRONYMS)
        )


_ACRONYMS: Final = frozenset({"GPU", "CPU", "TPU", "HBM", "DRAM", "NAND", "FPGA", "ASIC"})


class NameBook:
    """The names of a store that begin like some word of one question; others cannot stand in it."""

    def __init__(self, store: Store, tokens: Sequence[Token], ordinary: Collection[str]) -> None:
        self._ordinary = ordinary
        self._initials = {token.key[0] for token in tokens if token.key}
        self._by_key: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)  # key -> (IRI, spelling) -> rank
        self._adjectives: set[tuple[str, str]] = set()  # key, IRI
        self._read(store)

    def _read(self, store: Store) -> None:
        names: dict[str, str] = {}
        for predicate, rank in _KINDS.items():
            for iri, name in store.rows(f"SELECT ?e ?a {{ ?e {predicate} ?a }}"):
                if iri is None or name is None:
                    continue
                if rank == 0:
                    names[iri] = min(name, names.get(iri, name))
                if name.isascii() and name[0].casefold() not in self._initials and name[0].isalnum():
                    continue
                key = name_key(name).removeprefix("the ")
                found = self._by_key[key]
                found[iri, name] = min(rank, found.get((iri, name), rank))
                if predicate in _ADJECTIVE or (key in _ADJECTIVAL and rank <= 1):
                    self._adjectives.add((key, iri))
        self._names = names
        self._store = store
        self._labels: dict[str, str] = {}

    def _label(self, iri: str) -> str:
        if iri not in self._labels:
            classes = {row[0] for row in self._store.rows(f"SELECT ?c {{ <{iri}> a ?c }}")}
            found = sorted(label for label in set(LABEL_TO_CLASS) - LITERAL_LABELS if LABEL_TO_CLASS[label] in classes)
            self._labels[iri] = found[0] if found else ""
        return self._labels[iri]

    def at(self, tokens: Sequence[Token], start: int) -> list[tuple[int, list[Name]]]:
        """The names that begin at a word: where the words after each begin, and its meanings, the surest first."""
        found = []
        for end in range(min(len(tokens), start + _MOST_WORDS), start, -1):
            if names := self._meanings(tokens[start:end]):
                found.append((end, names))
        return found

    def _meanings(self, tokens: Sequence[Token]) -> list[Name]:
        words = [token.key for token in tokens]
        written = " ".join(token.text for token in tokens)
        best: dict[str, Name] = {}
        for key, plural in _spellings(words):
            for (iri, spelling), rank in self._by_key.get(key, {}).items():
                if key in self._ordinary and spelling not in (written, written.removesuffix("s")) and plural == 0:
                    continue
                if (key in self._ordinary and plural) or ("+" in spelling and "+" not in written):
                    continue
                differs = spelling.casefold() != spelling and spelling not in (written, written.rstrip("s"))
                adjective = (key, iri) in self._adjectives
                name = Name(
                    iri, self._names.get(iri, local_name(iri)), self._label(iri), 2 * rank + differs + plural, adjective
                )
                if iri not in best or name.rank < best[iri].rank:
                    best[iri] = name
        # Of two entities with one name the less prominent has its class in its IRI.
        return sorted(best.values(), key=lambda n: (n.rank, local_name(n.iri) != slug(n.name), n.iri))

    def developers(self, iri: str) -> set[str]:
        """Who develops, makes, owns or hosts a thing: an owner named before it adds nothing."""
        rows = self._store.rows(
            f"SELECT ?s {{ ?s kg:develops|kg:manufactures|kg:owns|kg:operates|^kg:locatedIn <{iri}> }}"
        )
        return {row[0] for row in rows if row[0] is not None}

    def names(self) -> list[str]:
        """The names of all entities."""
        return sorted(set(self._names.values()))


def _spellings(words: Sequence[str]) -> Iterable[tuple[str, int]]:
    """The words as they stand, then with the last of them in the singular."""
    key = " ".join(words)
    yield key, 0
    last = words[-1]
    if len(last) > 3 and last.endswith("ies"):
        yield key[:-3] + "y", 1
    if len(last) > 3 and last.endswith(("ses", "xes", "ches", "shes")):
        yield key[:-2], 1
    if len(last) > 2 and last.endswith("s") and not last.endswith("ss"):
        yield key[:-1], 1


def near_names(book: NameBook, word: str) -> list[str]:
    """At most three names that differ from a word in a letter or two, to offer where it is no name."""
    from difflib import SequenceMatcher

    found = nearest(word, book.names())
    return [name for name in found if SequenceMatcher(None, name.casefold(), word.casefold()).ratio() >= _ALIKE]
