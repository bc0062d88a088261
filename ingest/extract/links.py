"""Who stands where to whom in a sentence: links between mentions, read off the shallow parse.

A link has a path that spells how two mentions hang together, roles and lemma: `subj>supply>to`, `comp`,
`poss>n:investment>in`, `>in>`. The path names no relation; triggers.toml says which paths state one. A role carries
a mark where the mention is not the role's head: `~` for a modifier before it (`American` in `American clouds`), `^`
where the head is another word (`Nvidia's shares`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.extract.clauses import MAX_MEMBERS, Clauses, Filler, Node
from ingest.extract.grammar import Atom
from ingest.extract.lexis import Lexis
from kg.types import Mention

__all__ = ["Link", "find_links"]


@dataclass(frozen=True, slots=True)
class Link:
    """Two mentions and the path between them; `verb` carries tense and negation of the clause that joins them."""

    first: int
    path: str
    second: int
    verb: Atom | None
    at: int  # node around which the link was read: its arguments are looked for there
    implied: bool = False  # one end stands there by a pronoun or a description


class _Linker(Clauses):
    """Pairs up the mentions of one sentence whose clauses are resolved."""

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
        roles = [(name, [*self.fillers(n)][:MAX_MEMBERS]) for name, n in self._roles(at)]
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
        """`signed a pact with Y`, `is a supplier of Y`: the verb's subject takes part in what its object names."""
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
            for _, filler in [*self.fillers(ahead + 1)][:MAX_MEMBERS]:
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
        heads = [f for _, f in self.fillers(at) if f.mark == ""][:MAX_MEMBERS]
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
        governor = self.governor(at)
        return self.nodes[governor].atom if governor >= 0 else None

    def _inner_links(self, phrase: Atom, at: int) -> Iterator[Link]:
        """Links between the mentions of one noun phrase."""
        names = [(number, part) for number, part in enumerate(phrase.parts) if part.kind == "mention"]
        verb = self._clause_verb(at)
        for (i, a), (j, b) in pairwise(names):
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
            else [*self.phrase_fillers(at, last, True, 2)]
        )
        verb = self._clause_verb(at)
        for a in heads[:MAX_MEMBERS]:
            for _, b in [*self.fillers(place)][:MAX_MEMBERS]:
                if a.mention != b.mention:
                    yield Link(
                        a.mention, f"{a.mark}>{preposition}>{b.mark}", b.mention, verb, at, a.implied or b.implied
                    )
            if place + 2 < len(self.nodes) and self.nodes[place + 1].kind == "P" and self.nodes[place + 2].kind == "NP":
                further = f"{a.mark}>{preposition}+{self.nodes[place + 1].atom.lemma}>"
                for _, b in [*self.fillers(place + 2)][:MAX_MEMBERS]:
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
    sentence = _Linker(nodes, mentions, lexis)
    sentence.resolve()
    return list(sentence.links())
