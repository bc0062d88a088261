"""Annotated text: inline markup to items that can be trained and measured on, with every fault named.

    python -m ingest.annotation FILE... > items.jsonl

An item is one line of text with its mentions in brackets, then one line a fact. A blank line ends an item; a line
that begins with `#` is a comment, and `# source: X` and `# licence: Y` hold for the items below them::

    [Dutch|COUNTRY|Netherlands] toolmaker [ASML|FIRM] cannot sell [EUV machines|RESOURCE] to [China|COUNTRY].
    2 headquarteredIn 1
    2 supplies 4 negated concerns=3

A mention is `[surface|LABEL]` or `[surface|LABEL|canonical name]`. Facts name mentions by number, from 1. After
`SUBJECT relation OBJECT` may stand `planned` or `ended`, `negated`, and `concerns=`, `amount=`, `time=`,
`attributedTo=` with the number of a mention.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import QueryError
from kg.ontology import Ontology, load_ontology

__all__ = ["AnnotationError", "Item", "ItemEntity", "ItemRelation", "load_items", "parse_markup"]

_MENTION = re.compile(r"\[([^\[\]|]+)\|([A-Z]+)(?:\|([^\[\]|]+))?\]")
_FIELD = re.compile(r"#\s*(source|licence)\s*:\s*(.+)")
_POINTER = re.compile(r"(concerns|amount|time|attributedTo)=(\d+)")


class AnnotationError(QueryError):
    """What is wrong with an annotated file, said so that its author can mend it: `file:line: fault`."""


@dataclass(frozen=True, slots=True)
class ItemEntity:
    """A mention of an item; `start` and `end` are None where the name has no span in the text."""

    label: str
    name: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class ItemRelation:
    """A fact of an item. All numbers are indices into the item's entities."""

    head: int
    relation: str
    tail: int
    status: str = "actual"
    polarity: str = "affirmed"
    concerns: int | None = None
    amount: int | None = None
    time: int | None = None
    attributed_to: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A passage with what it names and states."""

    text: str
    entities: tuple[ItemEntity, ...] = ()
    relations: tuple[ItemRelation, ...] = ()
    id: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)  # source, licence

    def to_json(self) -> dict[str, Any]:
        """The item as one object of the JSONL format; defaults are left out."""
        entities = [
            {"start": e.start, "end": e.end, "label": e.label, "name": e.name}
            if e.start is not None
            else {"label": e.label, "name": e.name}
            for e in self.entities
        ]
        relations = []
        for r in self.relations:
            relation: dict[str, Any] = {"head": r.head, "tail": r.tail, "type": r.relation}
            if r.status != "actual":
                relation["status"] = r.status
            if r.polarity != "affirmed":
                relation["polarity"] = r.polarity
            for name, value in (
                ("concerns", r.concerns),
                ("amount", r.amount),
                ("time", r.time),
                ("attributedTo", r.attributed_to),
            ):
                if value is not None:
                    relation[name] = value
            relations.append(relation)
        return {
            **({"id": self.id} if self.id else {}),
            "text": self.text,
            **self.fields,
            "entities": entities,
            "relations": relations,
        }


def load_items(path: Path, ontology: Ontology | None = None) -> list[Item]:
    """The items of a `.jsonl` file or of a file in markup.

    Raises AnnotationError that lists every fault of the file by line; OSError where it cannot be read.
    """
    ontology = ontology or load_ontology()
    lines = path.read_text(encoding="utf-8").splitlines()
    found = _parse_jsonl(lines, ontology) if path.suffix == ".jsonl" else parse_markup(lines, ontology, stem=path.stem)
    items, faults = [], []
    for number, item in found:
        if isinstance(item, Item):
            items.append(item)
        else:
            faults.append(f"{path.name}:{number}: {item}")
    if faults:
        raise AnnotationError("\n".join(faults))
    return items


def parse_markup(lines: Iterable[str], ontology: Ontology, *, stem: str = "item") -> Iterator[tuple[int, Item | str]]:
    """Each item with the number of its first line; a fault, in words, in the place of an item that has one."""
    fields: dict[str, str] = {}
    block: list[str] = []
    count = number = 0
    for number, raw in enumerate([*lines, ""], 1):
        line = raw.strip()
        if line.startswith("#"):
            if named := _FIELD.match(line):
                fields[named[1]] = named[2].strip()
        elif line:
            block.append(line)
        elif block:
            count += 1
            yield number - len(block), _parse_item(block, ontology, f"{stem}-{count:04d}", dict(fields))
            block = []


def _parse_item(block: list[str], ontology: Ontology, id_: str, fields: dict[str, str]) -> Item | str:
    try:
        text, entities = _parse_text(block[0], ontology)
        relations = tuple(_parse_fact(line, entities, ontology) for line in block[1:])
    except ValueError as fault:
        return str(fault)
    return Item(text, entities, relations, id_, fields)


def _parse_text(line: str, ontology: Ontology) -> tuple[str, tuple[ItemEntity, ...]]:
    text, done = "", 0
    entities = []
    for match in _MENTION.finditer(line):
        surface, label, name = match.groups()
        text += line[done : match.start()]
        if label not in ontology.labels:
            raise ValueError(f"unknown label {label!r} of {surface!r}; there are: {', '.join(sorted(ontology.labels))}")
        entities.append(ItemEntity(label, name or surface, len(text), len(text) + len(surface)))
        text, done = text + surface, match.end()
    text += line[done:]
    if set("[]|") & set(text):
        raise ValueError("a bracket or bar is left over; a mention is [surface|LABEL] or [surface|LABEL|name]")
    return text, tuple(entities)


def _parse_fact(line: str, entities: tuple[ItemEntity, ...], ontology: Ontology) -> ItemRelation:
    words = line.split()
    if len(words) < 3:
        raise ValueError(f"a fact is SUBJECT relation OBJECT, not {line!r}")

    def index(number: str) -> int:
        if not number.isdecimal() or not 1 <= int(number) <= len(entities):
            raise ValueError(f"there is no mention {number} in this item: {line!r}")
        return int(number) - 1

    head, relation, tail = index(words[0]), words[1], index(words[2])
    if relation not in ontology.relations:
        raise ValueError(f"unknown relation {relation!r}: {line!r}")
    if not ontology.admits(relation, entities[head].label, entities[tail].label):
        raise ValueError(f"{relation} does not join {entities[head].label} to {entities[tail].label}: {line!r}")
    qualifiers: dict[str, Any] = {}
    for word in words[3:]:
        pointer = _POINTER.fullmatch(word)
        if pointer:
            qualifiers["attributed_to" if pointer[1] == "attributedTo" else pointer[1]] = index(pointer[2])
        elif word in ("actual", "planned", "ended"):
            qualifiers["status"] = word
        elif word in ("affirmed", "negated"):
            qualifiers["polarity"] = word
        else:
            raise ValueError(f"unknown qualifier {word!r}: {line!r}")
    return ItemRelation(head, relation, tail, **qualifiers)


def _parse_jsonl(lines: Iterable[str], ontology: Ontology) -> Iterator[tuple[int, Item | str]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield number, _item_from_json(json.loads(line), ontology)
        except (ValueError, KeyError, TypeError, IndexError) as fault:
            yield number, f"no item: {fault}"


def _item_from_json(row: Mapping[str, Any], ontology: Ontology) -> Item:
    entities = tuple(ItemEntity(e["label"], e["name"], e.get("start"), e.get("end")) for e in row["entities"])
    relations = []
    for r in row["relations"]:
        if not ontology.admits(r["type"], entities[r["head"]].label, entities[r["tail"]].label):
            raise ValueError(f"{r['type']} does not join {entities[r['head']].label} to {entities[r['tail']].label}")
        relations.append(
            ItemRelation(
                head=r["head"],
                relation=r["type"],
                tail=r["tail"],
                status=r.get("status", "actual"),
                polarity=r.get("polarity", "affirmed"),
                concerns=r.get("concerns"),
                amount=r.get("amount"),
                time=r.get("time"),
                attributed_to=r.get("attributedTo"),
            )
        )
    fields = {key: row[key] for key in ("source", "licence") if key in row}
    return Item(row["text"], entities, tuple(relations), row.get("id", ""), fields)


def main(arguments: list[str]) -> int:
    """Convert the files named to JSONL on standard output; 1 where one has faults, which go to standard error."""
    failed = False
    for path in map(Path, arguments):
        try:
            for item in load_items(path):
                print(json.dumps(item.to_json(), ensure_ascii=False))
        except (AnnotationError, OSError) as fault:
            print(fault, file=sys.stderr)
            failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
