"""From a shape that matches to a command and its arguments, or to nothing where the words make no sense together."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kg.ontology import Ontology
from kg.terms import local_name
from queries.ask.lexicon import Effect, Word
from queries.ask.named import Name
from queries.ask.shapes import Item, Match, Shape

__all__ = ["ACTORS", "GOODS", "Arguments", "Making", "Understood", "build"]

Arguments = Mapping[str, str | int | bool | list[str]]
ACTORS: Final = frozenset({"COUNTRY", "ALLIANCE", "GOVERNMENT", "FIRM", "INSTITUTE", "PERSON"})
GOODS: Final = frozenset({"RESOURCE", "TECHNOLOGY", "MODEL", "FACILITY", "SECTOR"})
# Classes whose members have a home.
_HOMED: Final = frozenset({"country", "firm", "institute", "facility", "government", "person"})
# Hops that are searched for a chain between two ends that the question names.
_FAR: Final = 4

# What modifiers may state of a question of each kind; another modifier makes it one that is not understood.
_PERIOD: Final = frozenset({"since", "until"})
_STATED: Final = _PERIOD | {"status", "polarity"}
_RANKED: Final = _PERIOD | {"limit"}
_ADMITTED: Final[Mapping[str, frozenset[str]]] = {
    "dependencies": _STATED | {"depth"},
    "alliances": _STATED | {"event"},
    "claims": _STATED | {"event"},
    "centrality": _RANKED,
    "chokepoints": _RANKED,
    "whatif": _PERIOD,
    "path": _PERIOD | {"depth"},
    "sovereignty": _PERIOD,
    "compare": _PERIOD,
    "timeline": _STATED,
    "disagreements": _RANKED,
    "corroboration": _RANKED,
    "articles": _RANKED,
    "entities": _RANKED,
    "show": _STATED,
    "status": frozenset(),
}
_ORDER: Final = (
    "name", "direction", "other", "names", "countries", "start", "end", "directed", "remove", "restrict", "hit",
    "subject", "relation", "object", "about", "mentions", "resource", "maker", "place", "depth", "measure", "rank",
    "class", "type", "home", "event", "status", "polarity", "since", "until", "limit", "count",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Understood:
    """A command and its arguments; `notes` say how words were read that may be read otherwise."""

    kind: str
    arguments: Arguments
    notes: tuple[str, ...] = ()


class Making:
    """The arguments of one command in the making."""

    def __init__(self, ontology: Ontology, shape: Shape, match: Match) -> None:
        self.ontology = ontology
        self.kind = shape.kind
        self.arguments: dict[str, Any] = dict(shape.with_)
        self.slots: dict[str, list[Item]] = {}
        self.notes: list[str] = []
        for slot, item in match.slots:
            self.slots.setdefault(slot, []).append(item)

    def first(self, slot: str, labels: Collection[str] | None = None) -> Name | None:
        """The surest meaning of what stands in a slot, among those with one of the labels."""
        return self.meaning(self.slots[slot][0], labels)

    def meaning(self, item: Item, labels: Collection[str] | None = None) -> Name | None:
        """The surest meaning of a name, among those with one of the labels; a note names others that are as sure."""
        found = [name for name in item.names if labels is None or name.label in labels]
        if not found or (item.maker is not None and self.kind != "claims"):
            return None
        if labels is None and self.kind != "show":
            # Europe and Beijing that depend, restrict or fall are the union and the government, not the ground.
            found.sort(key=lambda name: name.label == "PLACE")
        for other in found[1:]:
            if (other.rank, other.name) == (found[0].rank, found[0].name):
                self.notes.append(
                    f"{found[0].name} is read as the {found[0].label.lower()}; "
                    f"there is also a {other.label.lower()} of that name, {local_name(other.iri)}"
                )
        return found[0]

    def put(self, slot: str, argument: str = "", labels: Collection[str] | None = None) -> bool:
        """Put what stands in a slot among the arguments; True also where nothing stands there."""
        if slot not in self.slots:
            return True
        name = self.first(slot, labels)
        if name is None or len(self.slots[slot]) > 1:
            return False
        self.arguments[argument or slot] = name.iri
        return True

    def put_class(self) -> bool:
        """Put the class asked for among the arguments, with the kind of thing or the home where one is named."""
        for item in self.slots.get("class", ()):
            if "class" in self.arguments:
                return False
            if item.word is not None:
                self.arguments["class"] = item.word.class_
            else:
                self.arguments.update({"class": item.names[0].label.lower(), "type": item.names[0].iri})
        if "home" in self.slots:
            class_ = self.arguments.get("class", "firm")
            homes = {"ALLIANCE"} if class_ == "country" else {"COUNTRY", "ALLIANCE", "PLACE"}
            return class_ in _HOMED and self.put("home", labels=homes)
        return True

    def differ(self, one: str, other: str) -> bool:
        """Whether two arguments name two entities."""
        return one not in self.arguments or self.arguments[one] != self.arguments.get(other)

    def uses_all_names(self) -> bool:
        """Whether every name of the question is among the arguments: none may be read and then left out."""
        values = {v for value in self.arguments.values() for v in (value if isinstance(value, list) else [value])}
        return all(
            any(name.iri in values for name in item.names)
            for items in self.slots.values()
            for item in items
            if item.names
        )


Maker = Callable[[Making], bool]


def build(ontology: Ontology, shape: Shape, match: Match, makers: Mapping[str, Maker]) -> Understood | None:
    """The command and arguments of a match; None where its words make no sense together.

    `makers` gives for a kind of question the function that fills in what is particular to it.
    """
    said = _said(match.effects)
    if said is None:
        return None
    making = Making(ontology, shape, match)
    if not making.put_class():
        return None
    if "count" in making.slots:
        making.arguments["count"] = True
    branch, vague = said.pop("branch", None), said.pop("vague", None)
    if not makers.get(shape.kind, _MAKERS.get(shape.kind, _anything))(making) or not making.uses_all_names():
        return None
    arguments = making.arguments
    if "event" in said and not _PERIOD & said.keys():
        del said["event"]
    for name, value in said.items():
        if arguments.get(name, value) != value or name not in _ADMITTED[shape.kind]:
            return None
        arguments[name] = value
    if making.kind == "dependencies" and "other" in arguments:
        arguments.setdefault("depth", _FAR)
    if branch and "class" in arguments:
        making.notes.append("firms of every branch are listed: the graph does not say which branch a firm is in")
    if vague:
        making.notes.append("which ones are the main ones is not measured: all that are documented count")
    order = [name for name in _ORDER if name in arguments]
    return Understood(making.kind, {name: arguments[name] for name in order}, tuple(dict.fromkeys(making.notes)))


def _said(effects: Sequence[Effect]) -> dict[str, Any] | None:
    """What all modifiers state together; None where two contradict one another."""
    said: dict[str, Any] = {}
    for effect in effects:
        for name, value in effect.arguments:
            if said.get(name, value) == value:
                said[name] = value
            elif name == "since":
                said[name] = max(str(value), said[name])
            elif name == "until":
                said[name] = min(str(value), said[name])
            else:
                return None
    return said


def _anything(making: Making) -> bool:
    return making.put("name")


def _dependencies(making: Making) -> bool:
    if making.arguments.pop("most", False):
        making.notes.append("how much one depends is not measured: short and well documented chains come first")
    return (
        not ("class" in making.slots and "other" in making.slots)
        and making.put("name")
        and making.put("other")
        and making.put("resource", labels=GOODS)
        and making.differ("name", "other")
    )


def _alliances(making: Making) -> bool:
    if "alliances" in making.slots:
        word = making.slots["alliances"][0].word
        return word is not None and word.class_ == "alliance"
    for slot in ("CLASS", "AGENT", "PATIENT"):
        for item in making.slots.get(slot, ()):
            if item.word is None or not _is_bond(item.word):
                return False
            if item.word.class_ in ("country", "firm"):
                making.arguments["class"] = item.word.class_
    return making.put("name", labels=ACTORS) and making.put("other", labels=ACTORS) and making.differ("name", "other")


def _is_bond(word: Word) -> bool:
    """Whether a noun asks for what two actors may share: alliances, members, partners, countries, firms."""
    return word.class_ in ("alliance", "country", "firm") or bool({"memberOf", "partnersWith"} & set(word.relations))


def _centrality(making: Making) -> bool:
    word = next((item.word for slot in ("MEASURE", "measure") for item in making.slots.get(slot, ())), None)
    if "degree" in making.slots:
        making.arguments["measure"] = "degree"
    elif word is not None:
        making.arguments["measure"] = word.measure
    making.arguments.setdefault("measure", "pagerank")
    if making.arguments.pop("ties", False):
        nouns = [item.word for item in making.slots["AGENT_BOTH"] if item.word is not None]
        making.arguments["relation"] = nouns[0].relations[0]
    return "type" not in making.arguments and making.put("name")


def _chokepoints(making: Making) -> bool:
    if not making.put("is", "subject"):
        return False
    if "name" not in making.slots:
        return True
    name = making.first("name")
    return name is not None and making.put("name", "resource" if name.label in GOODS else "name")


def _whatif(making: Making) -> bool:
    if "type" in making.arguments:
        return False
    if "from" in making.slots:
        ends = [name.iri for slot in ("from", "to") if (name := making.first(slot)) is not None]
        making.arguments["restrict"] = ends
        return len(set(ends)) == 2 and making.put("resource", labels=GOODS)
    removed = [making.meaning(item) for item in making.slots["remove"]]
    making.arguments["remove"] = list(dict.fromkeys(name.iri for name in removed if name is not None))
    return len(making.arguments["remove"]) == len(removed) and making.put("hit")


def _path(making: Making) -> bool:
    return "CLASS" not in making.slots and making.put("start") and making.put("end") and making.differ("start", "end")


def _sovereignty(making: Making) -> bool:
    asked = [item.word.class_ if item.word else "" for item in making.slots.get("CLASS", ())]
    if any(class_ != "country" for class_ in asked):
        return False
    items = [*making.slots.get("name", ()), *making.slots.get("other", ())]
    found = [making.meaning(item, {"COUNTRY", "ALLIANCE"}) for item in items]
    if found:
        making.arguments["countries"] = [name.iri for name in found if name is not None]
    return None not in found


def _compare(making: Making) -> bool:
    if not (making.put("name") and making.put("other") and making.differ("name", "other")):
        return False
    making.arguments["names"] = [making.arguments.pop("name"), making.arguments.pop("other")]
    return True


def _articles(making: Making) -> bool:
    return making.put("mentions")


def _entities(making: Making) -> bool:
    return "class" in making.arguments


_MAKERS: Final[Mapping[str, Maker]] = {
    "dependencies": _dependencies,
    "alliances": _alliances,
    "centrality": _centrality,
    "chokepoints": _chokepoints,
    "whatif": _whatif,
    "path": _path,
    "sovereignty": _sovereignty,
    "compare": _compare,
    "articles": _articles,
    "entities": _entities,
}
