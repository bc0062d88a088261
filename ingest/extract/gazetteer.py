"""Known names in a text: every span of words that some entity goes by.

A trie of folded words, so that one pass finds all names of any length, whatever their hyphens, accents or spelling.
Case is then compared word by word: a word that an alias writes in lower case matches in any case and, at its end, in
the plural; one with a capital or a digit must be written so, or all in capitals.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ingest.extract.words import Words, fold, split_words
from kg.types import Entity

__all__ = ["NAMED_LABELS", "Alias", "Gazetteer", "Match", "aliases_of", "plural"]

Kind = Literal["name", "alias", "adjective", "demonym", "metonym", "weak alias"]

# Classes of things that have proper names only: no plural, no common noun.
NAMED_LABELS = frozenset({"COUNTRY", "ALLIANCE", "GOVERNMENT", "FIRM", "INSTITUTE", "PERSON", "PLACE"})


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of one entity."""

    entity: Entity
    text: str
    kind: Kind

    @property
    def is_weak(self) -> bool:
        """Whether it counts only beside another name of the same entity."""
        return self.kind == "weak alias"


@dataclass(frozen=True, slots=True)
class Match:
    """Words `first` up to, and without, `last` may name what `aliases` name."""

    first: int
    last: int
    aliases: tuple[Alias, ...]


@dataclass(slots=True)
class _Node:
    """Names that end here, and the words with which longer ones go on."""

    entries: list[tuple[tuple[str, ...], Alias]]
    following: dict[str, "_Node"]


class Gazetteer:
    """All names of all known entities, compiled once."""

    def __init__(self, aliases: Iterable[Alias]) -> None:
        self._root = _Node([], {})
        for alias in aliases:
            words = tuple(alias.text[start:end] for start, end in split_words(alias.text))
            if not words:
                continue
            if len(words) > 1 and words[0].lower() == "the" and alias.kind not in ("name", "metonym"):
                words = words[1:]  # an article is no part of a mention
            if len(words) > 1 and words[0].lower() == "the" and alias.kind not in ("name", "metonym"):
                words = words[1:]  # an article is no part of a mention
            self._add(words, alias)
            if words[-1].islower() and alias.kind in ("name", "alias", "weak alias"):
                self._add((*words[:-1], plural(words[-1])), alias)
            elif (
                alias.entity.label not in NAMED_LABELS
                and words[-1][-1].isalnum()
                and not words[-1].endswith(("s", "S"))
            ):
                self._add((*words[:-1], words[-1] + "s"), alias)

    def _add(self, words: tuple[str, ...], alias: Alias) -> None:
        node = self._root
        for word in words:
            node = node.following.setdefault(fold(word), _Node([], {}))
        if all(known is not alias for _, known in node.entries):
            node.entries.append((words, alias))

    def find(self, words: Words) -> list[Match]:
        """All matches, by first word and then by length; they may overlap."""
        matches = []
        keys, raw, root, length = words.keys, words.raw, self._root.following, len(words)
        for first in range(length):
            node = root.get(keys[first])
            last = first + 1
            while node is not None:
                if node.entries:
                    written = raw[first:last]
                    aliases = tuple(alias for form, alias in node.entries if _is_written(written, form))
                    if aliases:
                        matches.append(Match(first, last, aliases))
                if last == length:
                    break
                node = node.following.get(keys[last])
                last += 1
        return matches


def aliases_of(entity: Entity) -> list[Alias]:
    """All names of an entity, the canonical one first; for a country adjectives, demonyms and metonyms too."""
    found = [Alias(entity, entity.name, "name")]
    found += [Alias(entity, text, "alias") for text in entity.aliases if not _adds_only_its_kind(text, entity.name)]
    kinds: dict[str, Kind] = {"adjectives": "adjective", "demonyms": "demonym", "metonyms": "metonym"}
    found += [Alias(entity, value, kinds[name]) for name, value in entity.properties if name in kinds]
    found += [Alias(entity, text, "weak alias") for text in entity.weak_aliases]
    return list({alias.text: alias for alias in reversed(found)}.values())[::-1]


def _adds_only_its_kind(text: str, name: str) -> bool:
    """`LUMI supercomputer` for `LUMI`: a mention is the shortest span that names the thing."""
    return not name.split()[-1].islower() and text.startswith(name + " ") and text[len(name) + 1 :].islower()


def plural(word: str) -> str:
    """Regular plural of a lower-case noun.

    >>> plural("chip"), plural("battery"), plural("switch")
    ('chips', 'batteries', 'switches')
    """
    if word.endswith("y") and word[-2:-1] not in ("a", "e", "i", "o", "u"):
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word + "s"


def _is_written(written: list[str], form: tuple[str, ...]) -> bool:
    """Whether the words stand as the alias writes them. Their folded keys are known to be equal."""
    for position, (have, want) in enumerate(zip(written, form, strict=True)):
        if have == want:
            continue
        if want.islower():
            # `CHIPS` in a sentence is the act, not the goods; a heading in capitals is let go.
            if len(have) > 2 and have.isupper():
                return False
            continue
        have_case, want_case = _case(have), _case(want)
        if have_case == want_case != "mixed":
            continue
        if have_case == "upper" and len(want) > 2:
            continue
        # `xAI` opens a sentence as `XAI` or `XAi` in no careful text, `imec` as `Imec` in all.
        if position == 0 and want[0].islower() and have[1:] == want[1:]:
            continue
        return have_case == "mixed" and _letters(have) == _letters(want)
    return True


@lru_cache(maxsize=1 << 14)
def _case(word: str) -> str:
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return "none"
    if all(c.isupper() for c in letters):
        return "upper"
    if not any(c.isupper() for c in letters):
        return "lower"
    return "title" if letters[0].isupper() and not any(c.isupper() for c in letters[1:]) else "mixed"


@lru_cache(maxsize=1 << 14)
def _letters(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(c for c in decomposed if c.isalnum())
