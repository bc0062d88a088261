"""Who stands where to whom in a sentence: links between mentions, read off the shallow parse.

A link has a path that spells how two mentions hang together, roles and lemma: `subj>supply>to`, `poss>n:investment>in`,
`comp`, `>in`, `appos`. The path names no relation; triggers.toml says which paths state one. A role carries a mark where
the mention is not the role's head: `~` for a modifier before it (`American` in `American clouds`), `^` where the head is
another word (`Nvidia's shares`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.extract.grammar import Atom, Part
from ingest.extract.lexis import Lexis
from kg.terms import ACTORS
from kg.types import Mention

__all__ = ["Link", "Node", "find_links", "group"]

_ADJECTIVE = re.compile(
    r"(?:able|ible|al|ive|ic|ous|ent|ant|ful|ary|less|[^e]ed|safe|secure|robust|open|large|new|strong|reliable|clean|public)$"
)
_THINGS = frozenset({"RESOURCE", "TECHNOLOGY", "MODEL", "SECTOR", "FACILITY", "GOAL", "RISK", "POLICY"})
_GROUND = frozenset({"PLACE", "COUNTRY", "ALLIANCE"})
_VALUES = frozenset({"MONEY", "QUANTITY"})
_REACH = 40  # nodes that the search for a subject looks back over
_MAX_MEMBERS = 12


@dataclass(frozen=True, slots=True)
class Link:
    """Two mentions and the path between them; `verb` carries tense and negation of the clause that joins them."""

    first: int
    path: str
    second: int
    verb: Atom | None
    at: int  # node around which the link was read: its arguments are looked for there
    implied: bool = False  # one end stands there by a pronoun or a description


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
    while ahead + 1 < len(atoms) and len(members) < _MAX_MEMBERS:
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
    before = nodes[-1] if nodes else None
    if before is None or before.kind not in ("V", "P"):
        return False
    return not (before.kind == "V" and before.atom.lemma in lexis.groups["saying"])


class _Sentence:
    """One sentence: its nodes, and the search for subjects, objects and fillers."""

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
        if node.atom.lemma in self.groups["intransitive"]:
            return False
        return True

    def _nonfinite_subject(self, at: int) -> None:
        """Subject of an infinitive, a gerund or a participial phrase: that of the verb it hangs on, or what it follows."""
        node = self.nodes[at]
        left = at - 1
        if left < 0:
            node.subject = self._ahead_subject(at)
            return
        before = self.nodes[left]
        governor = self._governor(at)
        node.governor = governor
        if node.atom.form == "ing" and before.kind == "NP":
            node.subject = left
        elif governor >= 0:
            verb = self.nodes[governor]
            controls = verb.atom.lemma in self.groups["object_control"] and verb.objects and not verb.atom.passive
            if controls and (node.atom.form == "base" or before.kind == "P"):
                node.subject = verb.objects[0]
            elif verb.atom.passive and verb.objects and verb.objects[0] >= 0:
                node.subject = verb.subject
            else:
                node.subject = verb.subject
            self._inherit(node.atom, verb.atom, before)
        elif before.kind == "NP":
            node.subject = self._head(left)
        else:
            node.subject = self._ahead_subject(at)
        if node.atom.form == "base" and governor < 0:
            node.atom.planned = True

    def _inherit(self, atom: Atom, governor: Atom, before: Node) -> None:
        if governor.lemma in self.groups["refusal"]:
            atom.negated = not governor.negated
        elif governor.lemma in self.groups["ending"]:
            atom.ended = True
        elif governor.lemma in self.groups["future"] and atom.form == "base":
            atom.planned = True
            atom.negated = atom.negated or governor.negated
        elif governor.planned:
            atom.planned = True
        atom.negated = atom.negated or (governor.negated and governor.lemma not in self.groups["refusal"])
        atom.ended = atom.ended or governor.ended

    def _governor(self, at: int) -> int:
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
        if head >= 1 and self.nodes[head - 1].kind == "P" and steps < 8:
            return at if steps == 0 else head
        return head

    def _antecedent(self, relative: int) -> int:
        left = relative - 1
        while left >= 0 and self.nodes[left].kind in ("COMMA", "P") and relative - left < 3:
            left -= 1
        if left < 0 or self.nodes[left].kind != "NP":
            return -1
        if left + 1 < relative and self.nodes[left + 1].kind == "COMMA":
            return left
        return left

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

    # Links

    def links(self) -> Iterator[Link]:
        """All links of the sentence, in a fixed order."""
        for at, node in enumerate(self.nodes):
            if node.kind == "V":
                yield from self._verb_links(at)
            elif node.kind == "NP":
                yield from self._phrase_links(at)

    def _roles(self, at: int) -> list[tuple[str, int]]:
        node = self.nodes[at]
        roles: list[tuple[str, int]] = []
        objects = [o for o in node.objects if o != node.subject]
        if node.atom.passive:
            agent = next((n for p, n in node.phrases if p == "by"), -1)
            if agent >= 0:
                roles.append(("subj", agent))
            if node.subject >= 0:
                roles.append(("obj", node.subject))
            roles += [("obj2", o) for o in objects[:1]]
            roles += [(p, n) for p, n in node.phrases if p != "by"]
            return roles
        if node.subject >= 0:
            roles.append(("subj", node.subject))
        roles += [(name, o) for name, o in zip(("obj", "obj2"), objects, strict=False)]
        return roles + node.phrases

    def _verb_links(self, at: int) -> Iterator[Link]:
        node = self.nodes[at]
        roles = [(name, [*self.fillers(n)][:_MAX_MEMBERS]) for name, n in self._roles(at)]
        lemma = node.atom.lemma
        for i, (name, fillers) in enumerate(roles):
            for other, others in roles[i + 1 :]:
                if name not in ("subj", "obj", "obj2") and name != "from":
                    continue
                for _, a in fillers:
                    for _, b in others:
                        if a.mention != b.mention:
                            path = f"{name}{a.mark}>{lemma}>{other}{b.mark}"
                            yield Link(a.mention, path, b.mention, node.atom, at, a.implied or b.implied)
        yield from self._object_noun_links(at, roles)

    def _object_noun_links(self, at: int, roles: list[tuple[str, list[tuple[int, Filler]]]]) -> Iterator[Link]:
        """`signed a partnership with Y`, `is a supplier of Y`: the verb's subject takes part in what its object names."""
        node = self.nodes[at]
        subject = next((fillers for name, fillers in roles if name == "subj"), None)
        surface = node.objects[0] if node.objects else -1
        if node.atom.passive and node.subject >= 0 and not node.objects:
            return
        if not subject or surface < 0 or surface == node.subject:
            return
        role = "is" if node.atom.lemma in ("be", "become", "remain") else "agent"
        for phrase in self.nodes[surface].members:
            noun = _noun(phrase)
            if not noun:
                continue
            others = [*self._noun_roles(surface, phrase)]
            for _, a in subject:
                if a.mark == "~":
                    continue
                for other, b in others:
                    if a.mention != b.mention:
                        yield Link(
                            a.mention,
                            f"{role}{a.mark}>n:{noun}>{other}{b.mark}",
                            b.mention,
                            node.atom,
                            at,
                            a.implied or b.implied,
                        )

    def _noun_roles(self, at: int, phrase: Atom) -> Iterator[tuple[str, Filler]]:
        """What hangs on the noun that heads `phrase`: modifiers, possessor, prepositional phrases."""
        parts = phrase.parts
        for number, part in enumerate(parts):
            if part.kind == "mention":
                possessive = number + 1 < len(parts) and parts[number + 1].kind == "possessive"
                yield ("poss" if possessive else "comp"), Filler(part.mention, "", part.implied)
        if phrase is not self.nodes[at].members[-1]:
            return
        ahead, count = at + 1, 0
        while (
            ahead + 1 < len(self.nodes)
            and self.nodes[ahead].kind == "P"
            and self.nodes[ahead + 1].kind == "NP"
            and count < 4
        ):
            for _, filler in [*self.fillers(ahead + 1)][:_MAX_MEMBERS]:
                yield self.nodes[ahead].atom.lemma, filler
            ahead += 2
            count += 1

    def _phrase_links(self, at: int) -> Iterator[Link]:
        node = self.nodes[at]
        yield from self._shared_modifiers(at)
        for phrase in node.members:
            yield from self._inner_links(phrase, at)
            noun = _noun(phrase)
            if noun:
                roles = [*self._noun_roles(at, phrase)]
                first = {name: i for i, (name, _) in reversed([*enumerate(roles)])}
                for i, (name, a) in enumerate(roles):
                    for other, b in roles[i + 1 :]:
                        if name == other and i > first[name]:
                            continue
                        if a.mention != b.mention and (name != "comp" or other not in ("comp", "poss")):
                            yield Link(
                                a.mention,
                                f"{name}{a.mark}>n:{noun}>{other}{b.mark}",
                                b.mention,
                                self._clause_verb(at),
                                at,
                                a.implied or b.implied,
                            )
        yield from self._attached(at)
        yield from self._appositions(at)
        yield from self._coordinated(at)

    def _coordinated(self, at: int) -> Iterator[Link]:
        """`A and B`; of a longer list, its first with each other, since who joins whom in it is not said."""
        node = self.nodes[at]
        if len(node.members) < 2:
            return
        heads = [f for _, f in self.fillers(at) if f.mark == ""][:_MAX_MEMBERS]
        verb = self._clause_verb(at)
        path = "and" if len(node.members) == 2 else "list"
        if verb is not None:
            path += f">{verb.lemma}"
        for b in heads[1:]:
            if heads[0].mention != b.mention:
                yield Link(heads[0].mention, path, b.mention, verb, at, heads[0].implied or b.implied)

    def _clause_verb(self, at: int) -> Atom | None:
        """The verb that has this phrase as subject or object, or else stands nearest before it in the clause."""
        ahead = at + 1
        if ahead < len(self.nodes) and self.nodes[ahead].kind == "V" and self.nodes[ahead].atom.finite:
            return self.nodes[ahead].atom
        governor = self._governor(at)
        return self.nodes[governor].atom if governor >= 0 else None

    def _inner_links(self, phrase: Atom, at: int) -> Iterator[Link]:
        """Links between the mentions of one noun phrase."""
        names = [(number, part) for number, part in enumerate(phrase.parts) if part.kind == "mention"]
        verb = self._clause_verb(at)
        for (i, a), (j, b) in zip(names, names[1:], strict=False):
            if a.mention == b.mention:
                continue
            between = phrase.parts[i + 1 : j]
            words = [p.word for p in between if p.kind == "word"]
            path = "poss" if any(p.kind == "possessive" for p in between) else "comp"
            if words:
                path += f">{words[0] if words[0].startswith('-') else words[-1]}"
            yield Link(a.mention, path, b.mention, verb, at, a.implied or b.implied)
            if words:
                yield Link(a.mention, path.partition(">")[0] + ">*", b.mention, verb, at, a.implied or b.implied)
        if len(names) > 2:
            (i, a), (_, b) = names[0], names[-1]
            yield Link(a.mention, "comp..", b.mention, verb, at, a.implied or b.implied)

    def _shared_modifiers(self, at: int) -> Iterator[Link]:
        """`Nvidia's A100 and H100`: what stands before the first of a list belongs to the others too."""
        first, *others = self.nodes[at].members
        names = [(number, part) for number, part in enumerate(first.parts) if part.kind == "mention"]
        if not others or len(names) < 2:
            return
        number, owner = names[0]
        path = "poss+" if first.parts[number + 1].kind == "possessive" else "comp+"
        verb = self._clause_verb(at)
        for phrase in others:
            heads = [p for p in phrase.parts if p.kind == "mention"]
            if len(heads) == 1 and heads[0].mention != owner.mention and not phrase.definite:
                yield Link(owner.mention, path, heads[0].mention, verb, at, owner.implied or heads[0].implied)

    def _attached(self, at: int) -> Iterator[Link]:
        """`A in B`, `A, in B` and the second of `A for B in C`: prepositional phrases after a name."""
        comma = at + 1 < len(self.nodes) and self.nodes[at + 1].kind == "COMMA"
        place = at + 2 + comma
        if place >= len(self.nodes) or self.nodes[place - 1].kind != "P" or self.nodes[place].kind != "NP":
            return
        preposition = ("," if comma else "") + self.nodes[place - 1].atom.lemma
        last = self.nodes[at].members[-1]
        heads = (
            [f for _, f in self.fillers(at) if f.mark == ""]
            if len(self.nodes[at].members) > 1
            else [f for f in self.phrase_fillers(at, last, True, 2)]
        )
        verb = self._clause_verb(at)
        for a in heads[:_MAX_MEMBERS]:
            for _, b in [*self.fillers(place)][:_MAX_MEMBERS]:
                if a.mention != b.mention:
                    yield Link(
                        a.mention, f"{a.mark}>{preposition}>{b.mark}", b.mention, verb, at, a.implied or b.implied
                    )
            if place + 2 < len(self.nodes) and self.nodes[place + 1].kind == "P" and self.nodes[place + 2].kind == "NP":
                further = f"{a.mark}>{preposition}+{self.nodes[place + 1].atom.lemma}>"
                for _, b in [*self.fillers(place + 2)][:_MAX_MEMBERS]:
                    if a.mention != b.mention and b.mark == "":
                        yield Link(a.mention, further, b.mention, verb, at, a.implied or b.implied)

    def _appositions(self, at: int) -> Iterator[Link]:
        """`A, B`: names or a description set beside one another."""
        if at + 2 >= len(self.nodes) or self.nodes[at + 1].kind != "COMMA" or self.nodes[at + 2].kind != "NP":
            return
        verb = self._clause_verb(at)
        first = self.nodes[at].members[-1]
        second = self.nodes[at + 2].members[0]
        for a in self.phrase_fillers(at, first, True, 2):
            for b in self.phrase_fillers(at + 2, second, True, 2):
                if a.mention != b.mention:
                    yield Link(a.mention, f"appos{a.mark}>{b.mark}", b.mention, verb, at, a.implied or b.implied)
        for host, described, described_at, name in ((first, second, at + 2, "is"), (second, first, at, "named")):
            noun = _noun(described)
            head = next((p for p in reversed(host.parts) if p.kind != "possessive"), None)
            if not noun or head is None or head.kind != "mention":
                continue
            for other, b in self._noun_roles(described_at, described):
                if head.mention != b.mention:
                    yield Link(
                        head.mention, f"{name}>n:{noun}>{other}{b.mark}", b.mention, verb, at, head.implied or b.implied
                    )


def _noun(phrase: Atom) -> str:
    """The word that heads a phrase; empty where a mention does."""
    head = next((p for p in reversed(phrase.parts) if p.kind != "possessive"), None)
    return head.word if head is not None and head.kind == "word" else ""


def find_links(nodes: list[Node], mentions: Sequence[Mention], lexis: Lexis) -> list[Link]:
    """Links of one sentence, in a fixed order; subjects and objects are written into the nodes on the way."""
    sentence = _Sentence(nodes, mentions, lexis)
    sentence.resolve()
    return list(sentence.links())
