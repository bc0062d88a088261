"""What a verb or noun of a question states: which relation, between which ends."""

from collections.abc import Mapping, Sequence
from typing import Final

from kg.ontology import Relation
from queries.ask.lexicon import load_lexicon
from queries.ask.making import GOODS, Making
from queries.ask.named import Name
from queries.ask.shapes import Item

__all__ = ["make_claims"]

# Tags of the words that state a relation, the one that decides first.
_STATING: Final = ("VERB", "DONE", "VERB_BOTH", "VERB_RESTRICTS", "AGENT", "PATIENT", "RESTRICTION", "BARRED")
_ENDS: Final = ("subject", "object", "about")
# Relations whose participle tells a state: is based in, is partnered with.
_STATES: Final = frozenset({"locatedIn", "headquarteredIn", "partnersWith", "competesWith", "memberOf", "investsIn"})
_PLACES: Final = frozenset({"COUNTRY", "PLACE", "ALLIANCE"})
_SEATED: Final = frozenset({"FIRM", "INSTITUTE", "ALLIANCE"})
_STANDING: Final = _SEATED | {"FACILITY", "PLACE", "GOVERNMENT"}
# What somebody has that is in no place of theirs, by class: how a firm and how a country has it.
_OWNED: Final[Mapping[str, str]] = {
    "FACILITY": "owns",
    "MODEL": "develops",
    "RESOURCE": "uses",
    "TECHNOLOGY": "uses",
}
_ADOPTED: Final[Mapping[str, str]] = {
    "POLICY": "adopts",
    "GOAL": "pursues",
    "RISK": "exposedTo",
    "MODEL": "develops",
}


def make_claims(making: Making) -> bool:
    """Relation, subject and object of a question about what is stated."""
    if "place" in making.arguments:
        return _placed(making, str(making.arguments.pop("place")))
    if not all(making.put(slot) for slot in _ENDS) or not making.put("place", labels=_PLACES):
        return False
    if making.arguments.get("relation") == "supplies":
        return making.put("resource", labels=GOODS)
    word = next((item.word for tag in _STATING for item in making.slots.get(tag, ()) if item.word is not None), None)
    if "BARRED" in making.slots or "RESTRICTION" in making.slots:
        return _stated(making, ("restricts",))
    if word is None:
        relation = making.arguments.get("relation")
        return "agent" not in making.slots if relation is None else _stated(making, (str(relation),))
    if word.tag == "VERB" and word.is_past and _after_be(making) and word.relations[0] not in _STATES:
        return False
    if making.arguments.get("count") and making.arguments.get("class") == "resource":
        _as_amount(making)
    if word.is_reversed:
        agent, patient = making.slots.pop("agent", None), making.slots.pop("patient", None)
        making.slots.update({slot: items for slot, items in (("agent", patient), ("patient", agent)) if items})
    relation = making.arguments.get("relation")
    return _stated(making, word.relations if relation is None else (str(relation),))


def _after_be(making: Making) -> bool:
    """Whether "is" or "was" alone stands before the verb: "was founded" is no active verb."""
    auxiliaries = making.slots.get("AUX", ())
    return bool(auxiliaries) and all(item.is_be for item in auxiliaries)


def _as_amount(making: Making) -> None:
    """How many chips were sold is an amount of goods, not a number of kinds of chip: the claims say how much."""
    for name in ("count", "class", "type"):
        making.arguments.pop(name, None)
    slot = "patient" if "patient" not in making.slots and "resource" not in making.slots else "resource"
    making.slots.setdefault(slot, making.slots.pop("class"))
    making.notes.append("how many are meant stands in the column of amounts, where an article says so")


def _stated(making: Making, relations: Sequence[str]) -> bool:
    """Take the first relation that admits both ends."""
    for name in relations:
        relation = making.ontology.relations[name]
        ends = _ends(making, relation)
        if ends is None:
            continue
        making.arguments["relation"] = name
        if relation.symmetric and len(ends) - ("resource" in ends) == 1:
            end = "subject" if "subject" in ends else "object"
            ends["about"] = ends.pop(end)
        making.arguments.update((end, found.iri) for end, found in ends.items())
        items = [item for slot in ("agent", "patient", "resource") for item in making.slots.get(slot, ())]
        if makers := [item.maker for item in items if item.maker is not None]:
            making.arguments["maker"] = makers[0].iri
        _as_alliance(making, ends)
        return True
    return False


def _ends(making: Making, relation: Relation) -> dict[str, Name] | None:
    """What stands at the ends of the relation and what it concerns; None where it does not admit that."""
    admitted = load_lexicon().prepositions.get(relation.name, frozenset())
    if any(item.tag not in admitted for item in making.slots.get("prep", ())):
        return None
    found: dict[str, Name] = {}
    for slot, end, labels in (("agent", "subject", relation.subjects), ("patient", "object", relation.objects)):
        if slot not in making.slots:
            continue
        item = making.slots[slot][0]
        name = making.meaning(item, labels)
        if name is None and end == "object" and "resource" not in making.slots:
            # "Who supplies HBM?": the goods stand where the one supplied would.
            end, name = "resource", _goods(making, item, relation)
        if name is None:
            return None
        found[end] = name
    if "resource" in making.slots:
        item = making.slots["resource"][0]
        end = "resource" if relation.takes_concerns or "object" in found else "object"
        name = making.meaning(item, GOODS if end == "resource" else GOODS & relation.objects)
        if name is None or (end == "resource" and not relation.takes_concerns):
            return None
        found[end] = name
    if len(found.keys() & {"object", "resource"}) == 2 and found["object"].label in GOODS:
        return None
    if not (found or {"place", "class"} & making.arguments.keys()) or not _class_fits(making, relation, found):
        return None
    return None if found.get("subject") is not None and found["subject"] == found.get("object") else found


def _goods(making: Making, item: Item, relation: Relation) -> Name | None:
    """Goods in the place of who gets them; with a maker before them it is not sure who that is: supply Nvidia chips."""
    return making.meaning(item, GOODS) if relation.takes_concerns and item.maker is None else None


def _class_fits(making: Making, relation: Relation, found: Mapping[str, Name]) -> bool:
    """Whether members of the class asked for can stand at the end that is not named, or be the goods concerned."""
    if "class" not in making.arguments:
        return True
    asked = str(making.arguments["class"]).upper()
    if asked in GOODS and relation.takes_concerns and "resource" not in found:
        return True
    if {"subject", "object"} <= found.keys():
        return False
    if not found:
        return asked in relation.subjects | relation.objects
    return asked in (relation.objects if "subject" in found else relation.subjects)


def _as_alliance(making: Making, ends: Mapping[str, Name]) -> None:
    """Make a question of `kg alliances` of one about the memberships or partnerships of one actor."""
    given = making.arguments
    names = [ends[end] for end in _ENDS if end in ends]
    if given["relation"] not in ("memberOf", "partnersWith") or len(names) != 1 or {"resource", "place"} & given.keys():
        return
    if given["relation"] == "memberOf" and names[0].label == "POLICY":
        return
    for end in _ENDS:
        given.pop(end, None)
    making.kind = "alliances"
    given["name"] = names[0].iri
    if given.get("class") == "alliance":
        del given["class"]


def _placed(making: Making, side: str) -> bool:
    """Where something is, or what is somewhere."""
    given = making.arguments
    if "where" in making.slots:
        word = making.slots["where"][0].word
        if word is None or word.class_ not in ("country", "place"):
            return False
        given["class"] = word.class_
    if side == "object" and "agent" not in making.slots:
        return _is_there(making)
    if "patient" in making.slots and making.first("patient", _PLACES - {"COUNTRY", "PLACE"}) is not None:
        return _stated(making, ("memberOf",))
    name = making.first("agent", _STANDING)
    if name is None or not making.put("patient", "object", {"COUNTRY", "PLACE"}):
        return False
    given.update(subject=name.iri, relation=_seat(name.label))
    return True


def _is_there(making: Making) -> bool:
    given = making.arguments
    asked = str(given.get("class", "")).upper()
    where = making.first("patient", _PLACES) if asked in _STANDING else making.first("patient")
    if where is None:
        return False
    if where.label == "ALLIANCE" and asked in ("COUNTRY", ""):
        making.kind = "alliances"
        given.update(name=where.iri, relation="memberOf")
        return True
    if asked == "ALLIANCE" and where.label == "COUNTRY":
        making.kind = "alliances"
        del given["class"]
        given.update(name=where.iri, relation="memberOf")
        return True
    if asked in _STANDING and where.label in _PLACES:
        given.update(object=where.iri, relation=_seat(asked))
        return True
    relation = (_ADOPTED if where.label in _PLACES else _OWNED).get(asked)
    if relation is None or where.label not in making.ontology.relations[relation].subjects:
        return False
    if given.get("count") and asked == "RESOURCE":
        _as_amount(making)
        return making.put("patient", "object") and _of(making, where, relation)
    return _of(making, where, relation)


def _of(making: Making, subject: Name, relation: str) -> bool:
    making.arguments.update(subject=subject.iri, relation=relation)
    return True


def _seat(label: str) -> str:
    return "headquarteredIn" if label in _SEATED else "locatedIn"
