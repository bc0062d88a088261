"""The shapes that questions have, read from `shapes.toml`, and how a question is matched against them.

A shape is written as tags in their order: `WHO AUX* VERB NAME=patient`. `NAME=patient` keeps what stood there as the
slot `patient`; `?` makes the part before it optional, `*` lets it repeat, `(A | B)` takes either, `$MACRO` stands for
its text. A shape matches a question when it uses up every word: only silent words may stand between its parts.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from queries.ask.lexicon import Effect, Word
from queries.ask.named import Name

__all__ = ["Item", "Lattice", "Match", "Shape", "load_shapes", "matches"]

_FILE: Final = Path(__file__).with_name("shapes.toml")
_SYMBOL: Final = re.compile(r"\s*(\$?[A-Z_]+(?:=[a-z_]+)?|[()|?*])")


@dataclass(frozen=True, slots=True)
class Item:
    """A reading of the words from `start` up to `end`."""

    tag: str
    start: int
    end: int
    word: Word | None = None
    names: tuple[Name, ...] = ()  # meanings, the surest first
    is_be: bool = False  # a form of "be"
    maker: Name | None = None  # whose the thing is: Nvidia's chips


@dataclass(frozen=True, slots=True)
class Lattice:
    """All readings of a question, by the word that they begin at."""

    items: tuple[tuple[Item, ...], ...]  # longest first
    silent: tuple[tuple[tuple[int, Effect], ...], ...]  # end of the words, and what they say; longest first
    size: int

    @property
    def tags(self) -> frozenset[str]:
        """The tags of all readings."""
        return frozenset(item.tag for found in self.items for item in found)


@dataclass(frozen=True, slots=True)
class Match:
    """A way to read a question in a shape."""

    slots: tuple[tuple[str, Item], ...]
    effects: tuple[Effect, ...]
    cost: int  # fewer parts, each of more words, are the better reading


@dataclass(frozen=True, slots=True)
class _Node:
    """Part of a shape: a tag, a sequence, a choice, or what may be left out or repeated."""

    what: str  # "tag", "sequence", "choice", "optional", "repeat"
    tag: str = ""
    slot: str = ""
    parts: tuple["_Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape and what it means."""

    kind: str
    root: _Node
    needed: frozenset[str]  # tags without which it cannot match
    with_: Mapping[str, Any]  # arguments that the shape itself states


@cache
def load_shapes() -> tuple[Shape, ...]:
    """The shapes of `shapes.toml`, those that are tried first first."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    macros: dict[str, _Node] = {}
    for name, text in data["macros"].items():
        macros[name] = _parse(text, macros)
    shapes = []
    for group in data["question"]:
        for text in group["shapes"]:
            root = _parse(text, macros)
            shapes.append(Shape(group["kind"], root, _needed(root), group.get("with", {})))
    return tuple(shapes)


def _parse(text: str, macros: Mapping[str, _Node]) -> _Node:
    symbols = _SYMBOL.findall(text)
    if "".join(symbols) != re.sub(r"\s", "", text):
        raise ValueError(f"the shape {text!r} holds something else than tags, slots and ( ) | ? *")
    node, rest = _choice(symbols, macros)
    if rest:
        raise ValueError(f"the shape {text!r} closes more brackets than it opens")
    return node


def _choice(symbols: Sequence[str], macros: Mapping[str, _Node]) -> tuple[_Node, Sequence[str]]:
    choices: list[_Node] = []
    parts: list[_Node] = []
    while symbols and symbols[0] != ")":
        symbol, symbols = symbols[0], symbols[1:]
        if symbol == "|":
            choices.append(_Node("sequence", parts=tuple(parts)))
            parts = []
        elif symbol == "(":
            node, symbols = _choice(symbols, macros)
            parts.append(node)
            symbols = symbols[1:]
        elif symbol in "?*":
            parts[-1] = _Node("optional" if symbol == "?" else "repeat", parts=(parts[-1],))
        elif symbol.startswith("$"):
            parts.append(macros[symbol[1:]])
        else:
            tag, _, slot = symbol.partition("=")
            parts.append(_Node("tag", tag, slot))
    last = _Node("sequence", parts=tuple(parts))
    return (_Node("choice", parts=(*choices, last)) if choices else last), symbols


def _needed(node: _Node) -> frozenset[str]:
    if node.what == "tag":
        return frozenset({node.tag})
    if node.what == "sequence":
        return frozenset().union(*(_needed(part) for part in node.parts))
    if node.what == "choice":
        return frozenset.intersection(*(_needed(part) for part in node.parts))
    return frozenset()


_State = tuple[int, tuple[tuple[str, Item], ...], tuple[Effect, ...], int]  # position, slots, effects, cost


def matches(shape: Shape, lattice: Lattice) -> Iterator[Match]:
    """Every way to read the whole question in the shape."""
    if not shape.needed <= lattice.tags:
        return
    for state in _match(shape.root, (0, (), (), 0), lattice):
        for position, slots, effects, cost in _after_silence(state, lattice):
            if position == lattice.size:
                yield Match(slots, effects, cost)


def _after_silence(state: _State, lattice: Lattice) -> Iterator[_State]:
    """The state itself, and those after silent words."""
    yield state
    position, slots, effects, cost = state
    if position < lattice.size:
        for end, effect in lattice.silent[position]:
            yield from _after_silence((end, slots, (*effects, effect), cost + 1), lattice)


def _match(node: _Node, state: _State, lattice: Lattice) -> Iterator[_State]:
    if node.what == "tag":
        for position, slots, effects, cost in _after_silence(state, lattice):
            if position == lattice.size:
                continue
            for item in lattice.items[position]:
                if item.tag != node.tag:
                    continue
                said = () if item.word is None or item.word.effect is None else (item.word.effect,)
                kept = (*slots, (node.slot or item.tag, item))
                yield item.end, kept, (*effects, *said), cost + 1
    elif node.what == "sequence":
        yield from _sequence(node.parts, state, lattice)
    elif node.what == "choice":
        for part in node.parts:
            yield from _match(part, state, lattice)
    else:
        for after in _match(node.parts[0], state, lattice):
            if node.what == "optional":
                yield after
            else:
                yield from _match(node, after, lattice)
        yield state


def _sequence(parts: Sequence[_Node], state: _State, lattice: Lattice) -> Iterator[_State]:
    if not parts:
        yield state
        return
    for after in _match(parts[0], state, lattice):
        yield from _sequence(parts[1:], after, lattice)
