"""The words that questions are made of, read from `words.toml`, every form of each."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

from kg.names import name_key

__all__ = ["Effect", "Lexicon", "Word", "load_lexicon", "plural"]

_FILE: Final = Path(__file__).with_name("words.toml")


@dataclass(frozen=True, slots=True)
class Effect:
    """What words say beside the shape of the question, wherever they stand."""

    arguments: tuple[tuple[str, str | int], ...]

    @classmethod
    def of(cls, **arguments: str | int) -> Self:
        """The effect that states these arguments."""
        return cls(tuple(arguments.items()))


@dataclass(frozen=True, slots=True)
class Word:
    """A reading of a word or phrase."""

    tag: str
    relations: tuple[str, ...] = ()  # what a verb or noun may state, the likeliest first
    class_: str = ""  # of a noun for members of a class
    measure: str = ""
    effect: Effect | None = None
    is_singular: bool = False
    is_past: bool = False  # a past form or participle: after "is" it is no active verb
    is_reversed: bool = False  # the subject of the verb is the object of the relation


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by their key, as `kg.names.name_key` has it."""

    words: Mapping[tuple[str, ...], tuple[Word, ...]]
    silent: Mapping[tuple[str, ...], Effect]  # words that take no part in the shape
    prepositions: Mapping[str, frozenset[str]]  # relation -> tags of those that may be parted from its verb
    longest: int
    ordinary: frozenset[str] = field(repr=False)  # single words: no name unless written exactly like it


@cache
def load_lexicon() -> Lexicon:
    """The lexicon of `words.toml`."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    words: dict[tuple[str, ...], dict[Word, None]] = defaultdict(dict)
    for phrase, word in _readings(data):
        words[_key(phrase)][word] = None
    silent = {_key(phrase): Effect(()) for phrase in data["harmless"]}
    for modifier in data["modifiers"].values():
        arguments = tuple((name, value) for name, value in modifier.items() if name != "words")
        silent.update((_key(phrase), Effect(arguments)) for phrase in modifier["words"])
    longest = max(len(key) for key in (*words, *silent))
    also_names = {"COMPUTE"}  # of AI and compute one speaks in any case
    names = {key[0] for key in silent if len(key) == 1}
    names |= {key[0] for key, found in words.items() if len(key) == 1 and {w.tag for w in found} - also_names}
    return Lexicon(
        words={key: tuple(found) for key, found in words.items()},
        silent=silent,
        prepositions={relation: frozenset(tags) for relation, tags in data["prepositions"].items()},
        longest=longest,
        ordinary=frozenset(names),
    )


def _key(phrase: str) -> tuple[str, ...]:
    return tuple("'s" if part == "'s" else name_key(part) for part in phrase.replace("-", " ").split())


def _readings(data: Mapping[str, Any]) -> Iterator[tuple[str, Word]]:
    for tag, phrases in data["tags"].items():
        yield from ((phrase, Word(tag)) for phrase in phrases)
    for table, effect in (("classes", None), ("branches", Effect.of(branch="any"))):
        for class_, nouns in data[table].items():
            for noun in nouns:
                yield noun, Word("CLASS", class_=class_, effect=effect, is_singular=True)
                yield plural(noun), Word("CLASS", class_=class_, effect=effect)
    for measure, phrases in data["measures"].items():
        yield from ((phrase, Word("MEASURE", measure=measure)) for phrase in phrases)
    for table, example in _VERBS.items():
        for verbs, relations in data[table].items():
            for verb in verbs.split(","):
                yield from _verb(verb.split(), replace(example, relations=tuple(relations)))
    for phrase, relations in data["phrases"].items():
        yield phrase, Word("VERB", tuple(relations))
    for table, tag in (("agents", "AGENT"), ("patients", "PATIENT")):
        for relation, nouns in data[table].items():
            for noun in nouns:
                also = tuple(r for r, others in data[table].items() if noun in others and r != relation)
                for form in (noun, plural(noun)):
                    yield form, Word(tag, (relation, *also))


# Table of verbs -> what all its verbs say beside their relations.
_VERBS: Final[Mapping[str, Word]] = {
    "verbs": Word("VERB"),
    "verbs_planned": Word("VERB", effect=Effect.of(status="planned")),
    "verbs_joining": Word("VERB", effect=Effect.of(event="joined")),
    "verbs_leaving": Word("VERB", effect=Effect.of(status="ended")),
    "verbs_reversed": Word("VERB", is_reversed=True),
}


def _verb(words: Sequence[str], active: Word) -> Iterator[tuple[str, Word]]:
    """All forms of a verb: its base, past and participle where irregular, and what follows it."""
    base, irregular, rest = _principal_parts(words)
    if base == "be":
        yield from ((" ".join([*form, *rest]), active) for form in ((), ("be",), ("been",), ("being",)))
        return
    past, participle = irregular or (_past(base), _past(base))
    forms = ("have", "has", "had", "having") if base == "have" else (base, plural(base), past, _ing(base), participle)
    for form in forms:
        yield " ".join((form, *rest)), replace(active, is_past=form in (past, participle) and form != base)
    yield " ".join((participle, *rest)), replace(active, tag="DONE")


# Past and participle of the irregular verbs that words.toml writes out.
_IRREGULAR: Final = frozenset(
    {
        "sold",
        "made",
        "built",
        "held",
        "had",
        "bought",
        "took",
        "taken",
        "put",
        "paid",
        "bet",
        "stood",
        "lay",
        "lain",
        "sat",
    }
    | {"came", "come", "ran", "run", "led", "struck", "oversaw", "overseen", "drove", "driven", "sought"}
    | {"left", "quit", "withdrew", "withdrawn", "became", "become"}
)


def _principal_parts(words: Sequence[str]) -> tuple[str, tuple[str, str] | None, Sequence[str]]:
    base, rest = words[0], list(words[1:])
    parts: list[str] = []
    while rest and rest[0] in _IRREGULAR and len(parts) < 2:
        parts.append(rest.pop(0))
    if not parts and base in ("put", "bet"):
        parts = [base]
    return base, (parts[0], parts[-1]) if parts else None, rest


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeou":
        return base[:-1] + "ied"
    return base + base[-1] * _doubles(base) + "ed"


def _ing(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith("ee"):
        return base[:-1] + "ing"
    return base + base[-1] * _doubles(base) + "ing"


def _doubles(base: str) -> bool:
    return base in ("ship", "ban", "bar", "run", "sit", "put", "bet", "program")


def plural(noun: str) -> str:
    """The regular plural of a noun, of its last word where it has several.

    >>> plural("company"), plural("branch"), plural("data center")
    ('companies', 'branches', 'data centers')
    """
    if noun.endswith("y") and noun[-2] not in "aeou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")
