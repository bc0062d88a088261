"""Names that no seed knows, typed by their shape and their neighbours.

A run of capitalised words is a name where its last word (`Corp`, `Ministry`, `Strategy`), its first (`University of`),
a first name, a title or the nouns around it (`the startup X`, `X, chief executive of`) say what it names. A run that
nothing types is left alone: an untyped name would only add noise.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.lang.en.stop_words import STOP_WORDS

from ingest.extract.words import Words, fold

__all__ = ["COUNTRY_NOUN", "GENERIC", "NameRules", "NewName", "find_new_names", "load_name_rules"]

_RULES_FILE = Path(__file__).with_name("names.toml")
_CONNECTORS = frozenset({"of", "and", "for", "the", "on", "&"})
# Titles that more often than not are part of another name when one word follows.
_RANKS = frozenset(
    {"general", "secretary", "deputy", "head", "leader", "partner", "director", "chief", "minister", "chair"}
)
_LONGEST_NAME = 12
GENERIC = "generic"
COUNTRY_NOUN = "country noun"
_COMPOUND_ENDINGS = frozenset(
    {"based", "led", "backed", "made", "owned", "run", "listed", "born", "style", "era", "level"}
)


@dataclass(frozen=True, slots=True)
class NameRules:
    """The word lists of names.toml, with all words folded."""

    suffixes: Mapping[tuple[str, ...], str]
    heads: Mapping[str, str]
    titles: frozenset[tuple[str, ...]]
    after_person: frozenset[str]
    particles: frozenset[str]
    first_names: frozenset[str]
    before: Mapping[tuple[str, ...], str]
    after: Mapping[tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class NewName:
    """Words `first` up to, and without, `last` name something new."""

    first: int
    last: int
    label: str
    score: float
    reason: str


def load_name_rules(path: Path = _RULES_FILE) -> NameRules:
    """Read the word lists."""
    table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    persons = table["persons"]
    return NameRules(
        suffixes=_by_words(table["suffixes"]),
        heads={fold(word): label for label, listed in table["heads"].items() for word in listed},
        titles=frozenset(_words(title) for title in persons["titles"]),
        after_person=frozenset(map(fold, persons["after"])),
        particles=frozenset(map(fold, persons["particles"])),
        first_names=frozenset(map(fold, persons["first_names"])),
        before=_by_words(table["before"]),
        after=_by_words(table["after"]),
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in text.replace("-", " ").split())


def _by_words(table: Mapping[str, Iterable[str]]) -> dict[tuple[str, ...], str]:
    return {_words(text): label for label, texts in table.items() for text in texts}


def find_new_names(words: Words, owners: Sequence[str], rules: NameRules) -> list[NewName]:
    """New names in the order of the text, none overlapping.

    `owners` has the label of the known name that covers each word, GENERIC where that is a common noun,
    COUNTRY_NOUN where it is a country's name in full, else `""`. A common noun written with a capital may be part of
    a longer new name.
    """
    finder = _Finder(words, owners, rules)
    return [name for first, last in finder.runs() for name in finder.names_in(first, last)]


class _Finder:
    def __init__(self, words: Words, owners: Sequence[str], rules: NameRules) -> None:
        self.words = words
        self.owners = owners
        self.rules = rules
        self.raw = words.raw
        self.keys = words.keys
        self.lower = frozenset(raw for raw in words.raw if raw.islower())

    def runs(self) -> Iterator[tuple[int, int]]:
        """Maximal runs of capitalised words with nothing but a space or hyphen between them."""
        index, length = 0, len(self.words)
        while index < length:
            if not self.is_capitalised(index):
                index += 1
                continue
            last = index + 1
            while last < length and self.is_joined(last) and (self.is_capitalised(last) or self.is_hyphenated(last)):
                last += 1
            yield index, last
            index = last

    def is_capitalised(self, index: int) -> bool:
        raw = self.raw[index]
        return (
            raw[0].isupper()
            or (raw[0].isdigit() and index > 0 and self.raw[index - 1][0].isupper())
            or (raw[0].isalpha() and any(c.isupper() for c in raw[1:]))
        )

    def is_joined(self, index: int) -> bool:
        gap = self.words.text[self.words.ends[index - 1] : self.words.starts[index]]
        return gap in (" ", "-", "\u2011", "\u00a0")

    def is_hyphenated(self, index: int) -> bool:
        """`myung` of `Lee Jae-myung`."""
        gap = self.words.text[self.words.ends[index - 1] : self.words.starts[index]]
        return (
            gap == "-"
            and self.raw[index].isalpha()
            and self.keys[index] not in _COMPOUND_ENDINGS
            and (self.raw[index - 1].istitle() and len(self.raw[index]) <= 6 and not self.raw[index].endswith("ed"))
        )

    def names_in(self, first: int, last: int) -> Iterator[NewName]:
        first = self.after_openers(first, last)
        if first >= last:
            return
        if (name := self.headed(first, last)) is not None:
            yield name
            return
        for start, end, titled in self.pieces(first, last):
            if (name := self.typed(start, end, titled)) is not None:
                yield name

    def after_openers(self, first: int, last: int) -> int:
        """Skip capitalised function words that open a sentence, and nationalities: mentions of their own."""
        while first < last and (
            (self.keys[first] in STOP_WORDS and not self.raw[first].isupper())
            or (self.words.opens[first] and self.raw[first].lower() in self.lower and not self.owners[first])
            or self.owners[first] in ("COUNTRY", COUNTRY_NOUN)
        ):
            first += 1
        return first

    def headed(self, first: int, last: int) -> NewName | None:
        """`Ministry of Economy, Trade and Industry`, `University of Oxford`."""
        label = self.rules.heads.get(self.keys[last - 1])
        if label is None or last + 1 >= len(self.words) or self.keys[last] not in ("of", "for", "on"):
            return None
        end = self.end_of_headed(last)
        if end is None:
            return None
        return NewName(first, end, label, 0.8, f"named by its first word {self.raw[last - 1]!r}")

    def end_of_headed(self, connector: int) -> int | None:
        end, index = None, connector
        while index < len(self.words) and index - connector < _LONGEST_NAME:
            key = self.keys[index]
            if self.is_capitalised(index) and (index == connector + 1 or self.is_joined(index)):
                end = index + 1
            elif key == "," and end == index:
                if not self.is_listed(index):
                    break
            elif key not in _CONNECTORS or self.raw[index][0].isupper():
                break
            index += 1
        return end

    def is_listed(self, comma: int) -> bool:
        """Whether the comma stands in a list of capitalised words that ends in `and`: `Economy, Trade and Industry`."""
        for index in range(comma + 1, min(comma + 7, len(self.words) - 1)):
            if self.keys[index] in ("and", "&"):
                return self.is_capitalised(index + 1)
            if not self.is_capitalised(index) and self.keys[index] != ",":
                return False
        return False

    def pieces(self, first: int, last: int) -> Iterator[tuple[int, int, bool]]:
        """Parts of a run between titles and known names, and whether a title stands before them."""
        start, titled = first, self.has_title_before(first)
        index = first
        while index < last:
            length = self.title_at(index, last)
            known = self.owners[index] not in ("", GENERIC) and not self.extends(index, last)
            if length or known:
                if index > start:
                    yield start, index, titled
                start = index + max(length, 1)
                titled = bool(length)
                index = start
            else:
                index += 1
        if start < last:
            yield start, last, titled

    def extends(self, index: int, last: int) -> bool:
        """A known place or firm opens a longer name: `Stanford Law School`, `Tokyo Institute of Technology`."""
        return self.suffix(index, last)[0] is not None and self.owners[last - 1] in ("", GENERIC)

    def title_at(self, index: int, last: int) -> int:
        for length in (3, 2, 1):
            if index + length <= last and tuple(self.keys[index : index + length]) in self.rules.titles:
                return length
        return 0

    def has_title_before(self, first: int) -> bool:
        return any(tuple(self.keys[max(0, first - n) : first]) in self.rules.titles for n in (1, 2, 3))

    def suffix(self, first: int, last: int) -> tuple[str | None, int]:
        for length in (3, 2, 1):
            if last - first > length:
                label = self.rules.suffixes.get(tuple(self.keys[last - length : last]))
                if label is not None:
                    return label, length
        return None, 0

    def typed(self, first: int, last: int, titled: bool) -> NewName | None:
        label, length = self.suffix(first, last)
        if label is not None:
            ending = self.words.surface(last - length, last)
            return NewName(self.with_country(first, label), last, label, 0.75, f"named by its last word {ending!r}")
        return self.person(first, last, titled) or self.by_neighbours(first, last)

    def with_country(self, first: int, label: str) -> int:
        """`Korea Southern Power`: a country's name, unlike its adjective, is part of a firm's or institute's."""
        start = first
        while start > 0 and self.owners[start - 1] == COUNTRY_NOUN and self.is_joined(start):
            start -= 1
        return start if label in ("FIRM", "INSTITUTE") else first

    def person(self, first: int, last: int, titled: bool) -> NewName | None:
        if not all(self.is_name_shaped(index) for index in range(first, last)):
            return None
        count = last - first
        end = self.after_particles(last)
        if titled and count <= 4 and (count > 1 or self.is_surname(first)):
            return NewName(first, end, "PERSON", 0.85, "a name after a title")
        long_enough = 2 <= count <= 4 or end > last
        if long_enough and self.keys[first] in self.rules.first_names and not self.owners[first]:
            return NewName(first, end, "PERSON", 0.8, f"first name {self.raw[first]!r}")
        if 2 <= count <= 3 and self.follows(last, self.rules.after_person) and not any(self.owners[first:last]):
            return NewName(first, last, "PERSON", 0.65, f"two names before {self.raw[last]!r}")
        return None

    def is_surname(self, index: int) -> bool:
        """A single word after a title: not `Assembly` of `General Assembly`."""
        return (self.keys[index],) not in self.rules.suffixes and self.keys[index - 1] not in _RANKS

    def after_particles(self, last: int) -> int:
        """End of `Ursula von der Leyen`, of which the run holds `Ursula` alone."""
        index = last
        while index < len(self.words) and self.keys[index] in self.rules.particles and self.is_joined(index):
            index += 1
        if index > last and index < len(self.words) and self.is_capitalised(index) and self.is_joined(index):
            return index + 1
        return last

    def is_name_shaped(self, index: int) -> bool:
        raw = self.raw[index]
        letters = raw.replace("'", "").replace("’", "").replace(".", "")
        return letters.isalpha() and (not letters[1:].isupper() or len(letters) == 1 or "." in raw)

    def follows(self, index: int, keys: frozenset[str]) -> bool:
        return index < len(self.words) and self.keys[index] in keys and self.is_joined(index)

    def by_neighbours(self, first: int, last: int) -> NewName | None:
        if any(self.owners[first:last]) or (last - first == 1 and len(self.raw[first]) < 2):
            return None
        for length in (2, 1):
            label = self.rules.before.get(tuple(self.keys[max(0, first - length) : first]))
            if label is not None and not self.words.opens[first]:
                return NewName(first, last, label, 0.7, f"after {self.words.surface(first - length, first)!r}")
        start = last + (last < len(self.words) and self.keys[last] == "s")
        for length in (2, 1):
            label = self.rules.after.get(tuple(self.keys[start : start + length]))
            if label is not None:
                return NewName(first, last, label, 0.65, f"before {self.words.surface(start, start + length)!r}")
        return self.apposition(first, last) or self.place(first, last)

    def apposition(self, first: int, last: int) -> NewName | None:
        """`X, a Korean startup`: the first noun of the apposition that types a name."""
        if last + 2 >= len(self.words) or self.raw[last] != "," or self.keys[last + 1] not in ("a", "an", "the"):
            return None
        for index in range(last + 2, min(last + 8, len(self.words))):
            label = self.rules.before.get((self.keys[index],))
            if label is not None:
                return NewName(first, last, label, 0.7, f"with the apposition {self.raw[index]!r}")
            if self.raw[index] in (",", ".", ";"):
                break
        return None

    def place(self, first: int, last: int) -> NewName | None:
        """`in X, Texas`."""
        if first == 0 or last + 1 >= len(self.words) or self.raw[last] != ",":
            return None
        if self.keys[first - 1] in ("in", "near", "at", "outside", "from") and self.owners[last + 1] in (
            "PLACE",
            "COUNTRY",
            COUNTRY_NOUN,
        ):
            return NewName(first, last, "PLACE", 0.75, f"before the place {self.raw[last + 1]!r}")
        return None
