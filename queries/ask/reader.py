"""All readings of the words of one question: names, words of the lexicon, periods."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from queries.ask.dates import Period, read_period
from queries.ask.lexicon import Effect, Lexicon, Word
from queries.ask.named import Name, NameBook
from queries.ask.shapes import Item, Lattice
from queries.ask.tokens import POSSESSIVE, Token

__all__ = ["Reader"]

_NUMBERS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twenty": 20, "fifty": 50,
}  # fmt: skip
# A name at least as sure as this may stand for a kind of thing: an alias, in another case, in the plural.
_SURE: Final = 3
_BE: Final = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_PLACED: Final = ("headquarteredIn", "locatedIn")


class Reader:
    """Finds all readings of the words of one question."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon, book: NameBook, today: date) -> None:
        self.tokens = tokens
        self.keys = [token.key for token in tokens]
        self.lexicon = lexicon
        self.book = book
        self.today = today

    def lattice(self) -> Lattice:
        """The readings, by the word that they begin at."""
        named = [self._named(start) for start in range(len(self.tokens))]
        items = []
        silent = []
        for start in range(len(self.tokens)):
            found = [*named[start], *self._compounds(named, start), *self._words(start)]
            items.append(tuple(sorted(dict.fromkeys(found), key=lambda item: -item.end)))
            silent.append(tuple(self._silent(start)))
        return Lattice(tuple(items), tuple(silent), len(self.tokens))

    def _words(self, start: int) -> Iterator[Item]:
        for end in range(min(len(self.keys), start + self.lexicon.longest), start, -1):
            for word in self.lexicon.words.get(tuple(self.keys[start:end]), ()):
                yield Item(word.tag, start, end, word, is_be=word.tag == "AUX" and self.keys[start] in _BE)
                yield from (Item(f"{word.tag}_{more}", start, end, word) for more in _more_tags(word))
                if word.tag == "PATIENT" and word.relations[0] == "restricts":
                    yield Item("RESTRICTION", start, end, word)
        if self.keys[start] in ("vs", "versus"):
            yield Item("VERSUS_ONLY", start, start + 1)

    def _named(self, start: int) -> list[Item]:
        found = []
        for end, names in self.book.at(self.tokens, start):
            found.append(Item("NAME", start, end, names=tuple(names)))
            if adjectives := tuple(name for name in names if name.is_adjective):
                found.append(Item("ADJ", start, end, names=adjectives))
            is_class = any(word.tag == "CLASS" for word in self.lexicon.words.get(tuple(self.keys[start:end]), ()))
            generic = tuple(name for name in names if name.is_generic and name.rank <= _SURE)
            if generic and not is_class:
                found.append(Item("CLASS", start, end, names=generic))
        return found

    def _compounds(self, named: Sequence[Sequence[Item]], start: int) -> Iterator[Item]:
        """Names of several parts that mean one: Huawei's Ascend chips, the company Mistral, Germany's JUPITER."""
        yield from self._with_kind(named, named[start])
        for owner in named[start]:
            if owner.tag != "NAME" or owner.end >= len(self.tokens):
                continue
            after = owner.end + (self.keys[owner.end] == POSSESSIVE)
            if after >= len(self.tokens):
                continue
            things = [*named[after], *self._with_kind(named, named[after])]
            for thing in (item for item in things if item.tag == "NAME"):
                own = tuple(n for n in thing.names if self._belongs(n, owner.names))
                if own:
                    yield Item("NAME", start, thing.end, names=own)
                makers = [n for n in owner.names if n.label in ("FIRM", "COUNTRY", "INSTITUTE")]
                generic = tuple(n for n in thing.names if n.is_generic and n.label in ("RESOURCE", "MODEL"))
                if makers and generic:
                    yield Item("NAME", start, thing.end, names=generic, maker=makers[0])
        for word in self._words(start):
            if word.tag == "CLASS" and word.word is not None and word.word.is_singular and word.end < len(self.tokens):
                label = word.word.class_.upper()
                for item in named[word.end]:
                    if item.tag == "NAME" and (own := tuple(n for n in item.names if n.label == label)):
                        yield Item("NAME", start, item.end, names=own)

    def _with_kind(self, named: Sequence[Sequence[Item]], items: Sequence[Item]) -> Iterator[Item]:
        """A proper name and the noun for what it is: H20 chips, the LUMI supercomputer."""
        for item in items:
            if item.tag != "NAME" or item.end >= len(self.tokens):
                continue
            kinds = {(name.label, kind.end) for kind in named[item.end] for name in kind.names if name.is_generic}
            kinds |= {(w.word.class_.upper(), w.end) for w in self._words(item.end) if w.tag == "CLASS" and w.word}
            for label, end in sorted(kinds):
                if own := tuple(n for n in item.names if n.label == label and not n.is_generic):
                    yield Item("NAME", item.start, end, names=own)

    def _belongs(self, thing: Name, owners: Sequence[Name]) -> bool:
        """Whether naming the owner adds nothing to a proper name."""
        if thing.is_generic or thing.label not in ("RESOURCE", "MODEL", "FACILITY", "TECHNOLOGY", "FIRM"):
            return False
        labels = {owner.label for owner in owners}
        if thing.label in ("FACILITY", "FIRM") and "COUNTRY" in labels:
            return True
        return "FIRM" in labels and bool({owner.iri for owner in owners} & self.book.developers(thing.iri))

    def _silent(self, start: int) -> Iterator[tuple[int, Effect]]:
        for end in range(min(len(self.keys), start + self.lexicon.longest), start, -1):
            effect = self.lexicon.silent.get(tuple(self.keys[start:end]))
            if effect is not None:
                yield end, effect
        found = read_period(self.keys, start, self.today)
        if found is not None:
            period, end = found
            yield end, _period_effect(period)
        key = self.keys[start]
        number = int(key) if key.isdecimal() and len(key) <= 3 else _NUMBERS.get(key, 0)
        if number:
            yield start + 1, Effect.of(limit=number)


def _more_tags(word: Word) -> Iterator[str]:
    """Further tags of verbs and nouns for a relation: shapes ask for these where only such a one makes sense."""
    if "memberOf" in word.relations:
        yield "MEMBER"
    if "partnersWith" in word.relations:
        yield "PARTNER"
    if {"partnersWith", "competesWith"} & set(word.relations):
        yield "BOTH"
    if word.relations and word.relations[0] in _PLACED:
        yield "PLACED"
    if "restricts" in word.relations:
        yield "RESTRICTS"


def _period_effect(period: Period) -> Effect:
    return Effect(tuple((name, day) for name, day in (("since", period.since), ("until", period.until)) if day))
