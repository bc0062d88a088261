"""Clauses of a sentence: which noun phrases are lists, who is a verb's subject, what its objects, what hangs on it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.extract.grammar import Atom, Part
from ingest.extract.lexis import Lexis
from kg.terms import ACTORS
from kg.types import Mention

__all__ = ["MAX_MEMBERS", "Clauses", "Filler", "Node", "group"]

_ADJECTIVE = re.compile(
    r"(?:able|ible|al|ive|ic|ous|ent|ant|ful|ary|less|[^e]ed|safe|secure|robust|open|large|new|strong|reliable|clean|public)$"
)
_THINGS = frozenset({"RESOURCE", "TECHNOLOGY", "MODEL", "SECTOR", "FACILITY", "GOAL", "RISK", "POLICY"})
_GROUND = frozenset({"PLACE", "COUNTRY", "ALLIANCE"})
_VALUES = frozenset({"MONEY", "QUANTITY"})
_REACH = 40  # nodes that the search for a subject looks back over
MAX_MEMBERS = 12


@dataclass(slots=True)
class Node:
    """An atom; for noun phrases, the list of coordinated ones."""

    kind: str
    atom: Atom
    members: list[Atom] = field(default_factory=list)
    subject: int = -1  # of a verb: the node that is its subject
    objects: list[int] = field(default_factory=list)
    phrases: list[tuple[str, int]] = field(default_factory=list)  # preposition and node
    governor: int = -1  # verb that an infinitive or gerund hangs on


@dataclass(frozen=True, slots=True)
class Filler:
    """A mention that a noun phrase offers for a role."""

    mention: int
    mark: str
    implied: bool


def _coarse(phrase: Atom, mentions: Sequence[Mention]) -> str:
    last = next((p for p in reversed(phrase.parts) if p.kind != "possessive"), None)
    if last is None or last.kind != "mention":
        return "word"
    return mentions[last.mention].label


def _alike(a: str, b: str) -> bool:
    if "word" in (a, b):
        return True
    return any(a in family and b in family for family in (ACTORS, _THINGS, _GROUND, _VALUES))


def group(atoms: Sequence[Atom], mentions: Sequence[Mention], lexis: Lexis) -> list[Node]:
    """Nodes of a sentence: phrases joined by commas and `and` become one node with several members."""
    atoms = _without_adjectives(atoms)
    nodes: list[Node] = []
    at = 0
    while at < len(atoms):
        atom = atoms[at]
        if atom.kind != "NP":
            nodes.append(Node(atom.kind, atom))
            at += 1
            continue
        members, end = _members(atoms, at, mentions, nodes, lexis)
        nodes.append(Node("NP", atom, members))
        at = end
    return nodes


def _without_adjectives(atoms: Sequence[Atom]) -> list[Atom]:
    """Drop adjectives that stand in a row before a noun phrase: `safe, secure and trustworthy AI systems`."""
    kept: list[Atom] = []
    at = 0
    while at < len(atoms):
        atom = atoms[at]
        if (
            atom.kind == "NP"
            and len(atom.parts) == 1
            and _ADJECTIVE.search(atom.parts[0].word)
            and atom.parts[0].kind == "word"
        ):
            after = at + 1
            while after < len(atoms) and atoms[after].kind in ("COMMA", "C"):
                after += 1
            if (
                at + 1 < after <= at + 2
                and after < len(atoms)
                and atoms[after].kind == "NP"
                and not atoms[after].definite
            ):
                at = after
                continue
        kept.append(atom)
        at += 1
    return kept


def _members(
    atoms: Sequence[Atom], at: int, mentions: Sequence[Mention], nodes: Sequence[Node], lexis: Lexis
) -> tuple[list[Atom], int]:
    """Members of the list that starts at atom `at`, and where it ends; one member where there is no list."""
    members = [atoms[at]]
    kind = _coarse(atoms[at], mentions)
    ahead = at + 1
    while ahead + 1 < len(atoms) and len(members) < MAX_MEMBERS:
        joined = False
        step = ahead
        if atoms[step].kind == "COMMA":
            step += 1
        if step < len(atoms) and atoms[step].kind == "C":
            joined = True
            step += 1
        if (
            step >= len(atoms)
            or step == ahead
            or atoms[step].kind != "NP"
            or not _alike(kind, _coarse(atoms[step], mentions))
        ):
            break
        members.append(atoms[step])
        ahead = step + 1
        if joined and not (ahead < len(atoms) and atoms[ahead].kind in ("C", "COMMA")):
            if _opens_clause(atoms, ahead, nodes, lexis):
                members.pop()
                break
            return members, ahead
        if joined:
            # `A and B, C`: the list may go on, but what is read so far is one.
            rest, end = _members(atoms, step, mentions, nodes, lexis)
            if _opens_clause(atoms, end, nodes, lexis):
                return members[:-1] if len(members) > 1 else members, step - 1
            return members[:-1] + rest if len(rest) > 1 else members, end if len(rest) > 1 else ahead
    # Commas without `and`: a list only where three names or more of one class follow one another.
    more = (
        2
        if ahead + 1 < len(atoms)
        and "C" in (atoms[ahead].kind, atoms[ahead + 1].kind)
        and atoms[ahead].kind in ("C", "COMMA")
        else 3
    )
    if len(members) >= more and kind != "word" and all(_coarse(m, mentions) == kind for m in members):
        return members, ahead
    return members[:1], at + 1


def _opens_clause(atoms: Sequence[Atom], after: int, nodes: Sequence[Node], lexis: Lexis) -> bool:
    """Whether what follows `and` is a clause of its own: `A bought B and C sold D`."""
    following = atoms[after] if after < len(atoms) else None
    if following is None or following.kind != "V" or not following.finite or following.form in ("bare", "ing"):
        return False
    left = len(nodes) - 1
    if left >= 0 and nodes[left].atom.lemma == "between":
        return False
    while left > 0 and nodes[left].kind == "P" and nodes[left - 1].kind == "NP":
        left -= 2
    return left >= 0 and nodes[left].kind == "V" and nodes[left].atom.lemma not in lexis.groups["saying"]


class Clauses:
    """One sentence: its nodes, and the search for subjects, objects and the mentions that fill a role."""

    def __init__(self, nodes: list[Node], mentions: Sequence[Mention], lexis: Lexis) -> None:
        self.nodes = nodes
        self.mentions = mentions
        self.groups = lexis.groups

    # Roles of verbs

    def resolve(self) -> None:
        """Find objects and prepositional phrases of all verbs, then their subjects from left to right."""
        verbs = [at for at, node in enumerate(self.nodes) if node.kind == "V"]
        for at in verbs:
            self._complements(at)
        for at in verbs:
            self._subject(at)

    def _complements(self, at: int) -> None:
        node = self.nodes[at]
        ahead = at + 1
        while ahead < len(self.nodes) and self.nodes[ahead].kind == "NP" and len(node.objects) < 2:
            node.objects.append(ahead)
            ahead += 1
        while ahead + 1 < len(self.nodes) and len(node.phrases) < 5:
            if self.nodes[ahead].kind == "COMMA" and self.nodes[ahead + 1].kind == "P" and len(node.phrases) < 3:
                ahead += 1
                continue
            if self.nodes[ahead].kind != "P" or self.nodes[ahead + 1].kind != "NP":
                break
            node.phrases.append((self.nodes[ahead].atom.lemma, ahead + 1))
            ahead += 2

    def _subject(self, at: int) -> None:
        node, atom = self.nodes[at], self.nodes[at].atom
        if atom.form == "bare":
            atom.passive = self._is_reduced(at)
        if not atom.finite:
            self._nonfinite_subject(at)
            return
        left = at - 1
        if left < 0:
            return
        kind = self.nodes[left].kind
        if kind == "R":
            node.subject = self._antecedent(left)
        elif kind == "NP":
            head = self._head(left)
            node.subject = head
            if head > 0 and self.nodes[head - 1].kind == "R":
                gap = self._antecedent(head - 1)
                if gap >= 0 and self.nodes[head - 2].kind == "P":
                    node.phrases.append((self.nodes[head - 2].atom.lemma, gap))  # `into which it puts money`
                elif gap >= 0 and not node.objects:
                    node.objects.insert(0, gap)
        elif (
            kind == "COMMA" and atom.form == "bare" and atom.passive and left > 0 and self.nodes[left - 1].kind == "NP"
        ):
            node.subject = self._head(left - 1)  # `Sarvam AI, backed by Peak XV, ...`
        elif kind in ("C", "COMMA"):
            node.subject = self._past_comma(left) if kind == "COMMA" else self._shared(left)
        if atom.form == "bare" and atom.passive and node.subject >= 0 and kind == "NP":
            node.subject = left  # a reduced relative belongs to the nearest phrase
        if node.subject < 0 and atom.form == "bare":
            node.subject = self._ahead_subject(at)

    def _is_reduced(self, at: int) -> bool:
        """Whether a participle without auxiliary is passive: `chips made in Taiwan`, `a plant owned by Intel`."""
        node = self.nodes[at]
        if node.objects:
            return False
        if not node.phrases:
            return at + 1 < len(self.nodes) and self.nodes[at + 1].kind == "V" and self.nodes[at + 1].atom.finite
        if node.phrases[0][0] == "by":
            return True
        return node.atom.lemma not in self.groups["intransitive"]

    def _nonfinite_subject(self, at: int) -> None:
        """Subject of an infinitive or participle: that of the verb it hangs on, or what it follows."""
        node = self.nodes[at]
        left = at - 1
        if left < 0:
            node.subject = self._ahead_subject(at)
            return
        before = self.nodes[left]
        governor = self.governor(at)
        node.governor = governor
        if node.atom.form == "ing" and before.kind == "NP":
            node.subject = left
        elif governor >= 0:
            verb = self.nodes[governor]
            controls = verb.atom.lemma in self.groups["object_control"] and verb.objects and not verb.atom.passive
            if controls and (node.atom.form == "base" or before.kind == "P"):
                node.subject = verb.objects[0]
            else:
                node.subject = verb.subject
            self._inherit(node.atom, verb.atom, before)
        elif before.kind == "NP":
            node.subject = self._head(left)
        else:
            node.subject = self._ahead_subject(at)
        if node.atom.form == "base" and (governor < 0 or self._is_intent(before)):
            node.atom.planned = True

    def _is_intent(self, before: Node) -> bool:
        """Whether the infinitive hangs on a noun that names what is to come: `plans to build`."""
        last = before.members[-1].parts[-1] if before.kind == "NP" and before.members[-1].parts else None
        return last is not None and last.kind == "word" and last.word in self.groups["intent"]

    def _inherit(self, atom: Atom, governor: Atom, before: Node) -> None:
        if governor.lemma in self.groups["ending"] and before.kind == "V":
            atom.ended = True  # `stopped making`, unlike `stopped it from making`
        elif governor.lemma in self.groups["refusal"]:
            atom.negated = not governor.negated
        elif governor.lemma in self.groups["future"] and atom.form == "base":
            atom.planned = True
            atom.negated = atom.negated or governor.negated
        elif governor.planned:
            atom.planned = True
        atom.negated = atom.negated or (governor.negated and governor.lemma not in self.groups["refusal"])
        atom.ended = atom.ended or governor.ended

    def governor(self, at: int) -> int:
        """The verb that the one at `at` hangs on: the nearest before it in the same clause; -1 for none."""
        for left in range(at - 1, max(-1, at - 14), -1):
            node = self.nodes[left]
            if node.kind == "V":
                return left
            if node.kind in ("S", "R"):
                return -1
        return -1

    def _head(self, at: int) -> int:
        """First phrase of the chain `A of B in C` that ends at `at`."""
        head, steps = at, 0
        while head >= 2 and self.nodes[head - 1].kind == "P" and self.nodes[head - 2].kind == "NP" and steps < 8:
            head -= 2
            steps += 1
        return head

    def _antecedent(self, relative: int) -> int:
        left = relative - 1
        while left >= 0 and self.nodes[left].kind in ("COMMA", "P") and relative - left < 3:
            left -= 1
        return left if left >= 0 and self.nodes[left].kind == "NP" else -1

    def _past_comma(self, comma: int) -> int:
        """Subject before an insertion that ends with the comma at `comma`: `Nvidia, which makes chips, sold`."""
        for left in range(comma - 1, max(0, comma - _REACH), -1):
            if self.nodes[left].kind == "COMMA" and self.nodes[left - 1].kind == "NP":
                opener = self.nodes[left + 1]
                if (
                    opener.kind in ("R", "NP", "P")
                    or (opener.kind == "V" and not opener.atom.finite)
                    or opener.atom.form == "bare"
                ):
                    return self._head(left - 1)
            if self.nodes[left].kind == "S":
                return -1
        return self._shared(comma)

    def _shared(self, conjunction: int) -> int:
        """Subject of the verb that the one after `and` is coordinated with."""
        for left in range(conjunction - 1, max(-1, conjunction - _REACH), -1):
            node = self.nodes[left]
            if node.kind == "V":
                return node.subject
            if node.kind == "S":
                return -1
        return -1

    def _ahead_subject(self, at: int) -> int:
        """Subject of a participial phrase that opens the sentence: the phrase after its comma."""
        for ahead in range(at + 1, min(len(self.nodes) - 1, at + 14)):
            if self.nodes[ahead].kind == "COMMA" and self.nodes[ahead + 1].kind == "NP":
                return ahead + 1
            if self.nodes[ahead].kind in ("S", "R"):
                return -1
        return -1

    # Fillers

    def fillers(self, at: int, depth: int = 0) -> Iterator[tuple[int, Filler]]:
        """Mentions that the node at `at` offers, each with the number of the list member it comes from."""
        node = self.nodes[at]
        for number, phrase in enumerate(node.members):
            for filler in self.phrase_fillers(at, phrase, phrase is node.members[-1], depth):
                yield number, filler

    def phrase_fillers(self, at: int, phrase: Atom, is_last: bool, depth: int) -> Iterator[Filler]:
        """Mentions that one phrase offers: its head, or what `firms` or `thousands of` stand for, first."""
        head = next((p for p in reversed(phrase.parts) if p.kind != "possessive"), None)
        names = [p for p in phrase.parts if p.kind == "mention"]
        if head is None:
            return
        chain = is_last and depth < 2 and at + 2 < len(self.nodes)
        chain = (
            chain
            and self.nodes[at + 1].kind == "P"
            and self.nodes[at + 1].atom.lemma == "of"
            and self.nodes[at + 2].kind == "NP"
        )
        if head.kind == "mention":
            is_value = self.mentions[head.mention].label in _VALUES
            yield Filler(head.mention, "", head.implied)
            for part in reversed(names[:-1]):
                yield Filler(part.mention, "~", part.implied)
            if is_value and chain:
                yield from (f for _, f in self.fillers(at + 2, depth + 1))
            return
        transparent = head.word in self.groups["transparent"]
        carrier = head.word in self.groups["carrier"] or self._is_action(head)
        mark = "" if transparent else "^"
        for part in reversed(names):
            yield Filler(part.mention, mark, part.implied)
            mark = "~" if transparent else "^"
        if chain:
            for _, filler in self.fillers(at + 2, depth + 1):
                yield filler if carrier or transparent else Filler(filler.mention, "^", filler.implied)

    def _is_action(self, head: Part) -> bool:
        return head.word.endswith(("tion", "ment")) and head.word not in ("investment", "government", "agreement")
