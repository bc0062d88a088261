"""What is said of a fact beyond its two ends: status, polarity, goods, amount, time, who claims it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.extract.clauses import Node
from ingest.extract.grammar import Atom
from ingest.extract.lexis import Lexis
from ingest.extract.links import Link
from kg.terms import ACTORS
from kg.types import Mention, Polarity, Status

__all__ = ["Qualifiers", "qualify"]

# Lasting facts that are said in passing: the tense of the clause around them is not theirs.
_LASTING: Final = frozenset({"heads", "headquarteredIn", "locatedIn", "owns", "memberOf"})
_GOODS: Final = frozenset({"RESOURCE", "TECHNOLOGY", "MODEL", "SECTOR", "FACILITY"})
_CONCERNS: Final = frozenset({"supplies", "restricts", "dependsOn", "investsIn", "partnersWith", "competesWith"})
_COUNTED: Final = {
    "MONEY": frozenset({"investsIn", "acquires", "supplies", "adopts", "builds", "partnersWith", "owns"}),
    "QUANTITY": frozenset({"supplies", "manufactures", "uses", "owns", "dependsOn", "requires", "builds", "restricts"}),
}
_NEAR: Final = 90  # characters between a fact's words and the amount or date that goes with it


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """Qualifiers of one reading; indices are into the mentions."""

    status: Status = "actual"
    polarity: Polarity = "affirmed"
    concerns: int | None = None
    amount: int | None = None
    time: int | None = None
    attributed_to: int | None = None


def qualify(
    link: Link,
    relation: str,
    head: int,
    tail: int,
    nodes: Sequence[Node],
    mentions: Sequence[Mention],
    inside: range,
    lexis: Lexis,
) -> Qualifiers:
    """Qualifiers of the fact that `link` states; `inside` are the mentions of its sentence."""
    verb = link.verb
    governs = verb is not None and (
        f">{verb.lemma}>" in link.path
        or (relation not in _LASTING and not link.path.startswith("appos"))
        # What is not built yet stands nowhere yet.
        or (relation == "locatedIn" and mentions[head].label == "FACILITY" and verb.lemma in lexis.groups["erecting"])
    )
    status, polarity = _standing(link, nodes, verb if governs else None, relation, lexis.groups)
    low, high = _clause(link, nodes, mentions)
    ends = (head, tail)
    return Qualifiers(
        status=status,
        polarity=polarity,
        concerns=_goods(link, relation, ends, nodes, mentions, low, high, inside),
        amount=next(
            (
                a
                for a in (
                    _nearest(label, link, mentions, low, high, inside)
                    for label, fits in _COUNTED.items()
                    if relation in fits
                )
                if a is not None
            ),
            None,
        ),
        time=_nearest("DATE", link, mentions, low, high, inside) if governs else None,
        attributed_to=_claimant(link, head, nodes, mentions, lexis),
    )


def _standing(
    link: Link, nodes: Sequence[Node], verb: Atom | None, relation: str, groups: Mapping[str, frozenset[str]]
) -> tuple[Status, Polarity]:
    status: Status = "actual"
    polarity: Polarity = "affirmed"
    words = {p.word for phrase in nodes[link.at].members for p in phrase.parts if p.kind == "word"}
    for at in nodes[link.at].objects:
        words |= {p.word for phrase in nodes[at].members for p in phrase.parts if p.kind == "word"}
        if any(phrase.negated for phrase in nodes[at].members):
            polarity = "negated"
    if verb is not None:
        in_path = f">{verb.lemma}>" in link.path
        if verb.ended or (
            verb.lemma in groups["ended_by"]
            and verb.lemma + ">" in link.path + ">"
            and relation in ("memberOf", "adopts", "operates", "restricts", "partnersWith")
        ):
            status = "ended"
        elif verb.planned or (verb.lemma in groups["planned_by"] and relation not in ("pursues", "exposedTo")):
            status = "planned" if relation != "pursues" or verb.planned else "actual"
        if verb.negated or (verb.lemma in groups["denied_by"] and not in_path):
            polarity = "negated" if polarity == "affirmed" or verb.lemma in groups["denied_by"] else polarity
    if words & groups["ended_words"]:
        status = "ended"
    elif words & groups["planned_words"] and status == "actual" and relation not in ("adopts", "regulates", "pursues"):
        status = "planned"
    return status, polarity


def _clause(link: Link, nodes: Sequence[Node], mentions: Sequence[Mention]) -> tuple[int, int]:
    """Offsets between the clause bounds around the link."""
    first, last = mentions[link.first], mentions[link.second]
    low, high = (
        min(first.start, last.start, nodes[link.at].atom.start),
        max(first.end, last.end, nodes[link.at].atom.end),
    )
    for at in range(link.at, -1, -1):
        if nodes[at].kind == "S" and nodes[at].atom.end <= low:
            low = nodes[at].atom.end
            break
    else:
        low = min(low, nodes[0].atom.start)
    for node in nodes[link.at :]:
        if node.kind == "S" and node.atom.start >= high:
            return low, node.atom.start
    return low, max(high, nodes[-1].atom.end)


def _nearest(label: str, link: Link, mentions: Sequence[Mention], low: int, high: int, inside: range) -> int | None:
    """The mention of a label in the clause that stands nearest to the link's ends; None beyond `_NEAR` characters."""
    ends = (mentions[link.first], mentions[link.second])
    best: tuple[int, int] | None = None
    for index in inside:
        mention = mentions[index]
        if (
            mention.label != label
            or index in (link.first, link.second)
            or not low - _NEAR <= mention.start <= high + _NEAR
        ):
            continue
        distance = min(max(mention.start - end.end, end.start - mention.end, 0) for end in ends)
        if distance <= _NEAR and (best is None or distance < best[0]):
            best = distance, index
    return best[1] if best is not None else None


def _goods(
    link: Link,
    relation: str,
    ends: tuple[int, int],
    nodes: Sequence[Node],
    mentions: Sequence[Mention],
    low: int,
    high: int,
    inside: range,
) -> int | None:
    """The first goods, technology or sector named with the fact."""
    if relation not in _CONCERNS or (relation == "investsIn" and mentions[ends[1]].label in _GOODS):
        return None
    node = nodes[link.at]
    places = (
        [*node.objects, *(n for _, n in node.phrases), link.at]
        if node.kind == "V"
        else [link.at, link.at + 2, link.at + 4]
    )
    for place in places:
        if place >= len(nodes) or nodes[place].kind != "NP":
            continue
        for phrase in nodes[place].members:
            for part in phrase.parts:
                if part.kind == "mention" and part.mention not in ends and mentions[part.mention].label in _GOODS:
                    return part.mention
    return None


def _claimant(link: Link, head: int, nodes: Sequence[Node], mentions: Sequence[Mention], lexis: Lexis) -> int | None:
    """The actor who says it: the subject of a verb of saying that the fact's clause hangs on, or `according to X`."""
    for at, node in enumerate(nodes):
        claimant = -1
        if (
            node.kind == "P"
            and node.atom.lemma == "according_to"
            and at + 1 < len(nodes)
            and nodes[at + 1].kind == "NP"
        ):
            claimant = _actor(nodes[at + 1], mentions)
        elif (
            node.kind == "V"
            and node.atom.lemma in lexis.groups["saying"]
            and at != link.at
            and node.subject >= 0
            and not node.atom.passive
        ):
            before = link.at > at and (at + 1 < len(nodes) and nodes[at + 1].kind in ("S", "NP", "COMMA", "P"))
            after = link.at < at and at > 0 and nodes[at - 1].kind in ("COMMA", "NP") and node.subject > link.at
            if before or after:
                claimant = _actor(nodes[node.subject], mentions)
        if (
            claimant >= 0
            and claimant not in (link.first, link.second)
            and mentions[claimant].name != mentions[head].name
        ):
            return claimant
    return None


def _actor(node: Node, mentions: Sequence[Mention]) -> int:
    for phrase in node.members:
        parts = [p for p in phrase.parts if p.kind != "possessive"]
        if parts and parts[-1].kind == "mention" and mentions[parts[-1].mention].label in ACTORS:
            return parts[-1].mention
    return -1
