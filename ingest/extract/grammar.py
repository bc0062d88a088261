"""A shallow parse of a sentence around its mentions: noun phrases, verbs with their voice, prepositions, clause bounds.

No model is asked. Words are classed by the closed lists and verb forms of lexis.toml; a word that is both noun and verb
is told apart by its neighbours. What comes out is a row of atoms on which `links.py` reads who does what to whom.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.extract.coref import Anaphor
from ingest.extract.lexis import Lexis, VerbForm, singular
from ingest.extract.tokens import Token, tokens_of
from kg.types import Mention

__all__ = ["Atom", "Part", "parse_sentence"]

_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_QUOTES = frozenset('"“”‘«»')
_BREAKS = frozenset(";:—–!?…•|")
# `-based` and the like, glued to a name: Hsinchu-based, state-backed, U.S.-led.
_GLUED = re.compile(
    r"^-(?:based|headquartered|listed|backed|funded|owned|led|made|built|designed|run|controlled|supported|developed)$"
)
_MAX_ATOMS = 4000


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a noun phrase: a mention (index), a word (lemma) or the possessive mark."""

    kind: str  # mention, word, possessive
    mention: int = -1
    word: str = ""
    implied: bool = False  # the mention stands here by a pronoun or description only


@dataclass(slots=True)
class Atom:
    """One piece of the sentence. `kind` is NP, V, P (preposition), R (relative), S (clause bound), C (and) or COMMA."""

    kind: str
    start: int
    end: int
    lemma: str = ""
    parts: list[Part] = field(default_factory=list)
    form: str = ""  # of a verb: base, s, past, participle, ing; be, have, do for one that stands alone
    passive: bool = False
    finite: bool = True
    planned: bool = False
    negated: bool = False
    ended: bool = False
    definite: bool = False  # a noun phrase with a determiner


class _Builder:
    """Reads tokens from left to right into atoms."""

    def __init__(self, tokens: Sequence[Token], lexis: Lexis) -> None:
        self.tokens = tokens
        self.lexis = lexis
        self.atoms: list[Atom] = []
        self.phrase: Atom | None = None
        self.at = 0

    def close(self) -> None:
        if self.phrase is not None:
            if self.phrase.parts:
                self.atoms.append(self.phrase)
            self.phrase = None

    def add(self, kind: str, token: Token, lemma: str = "") -> None:
        self.close()
        self.atoms.append(Atom(kind, token.start, token.end, lemma or token.text))

    def part(self, token: Token, part: Part) -> None:
        if self.phrase is None:
            self.phrase = Atom("NP", token.start, token.end)
        self.phrase.parts.append(part)
        self.phrase.end = token.end

    def peek(self, offset: int = 1) -> Token | None:
        at = self.at + offset
        return self.tokens[at] if at < len(self.tokens) else None

    def class_of(self, token: Token | None) -> str:
        """Class of a word; `mention`, `end` or "" for a content word."""
        if token is None:
            return "end"
        if token.kind == "mention":
            return "mention"
        known = self.lexis.classes.get(token.text)
        if known:
            return known
        if token.text in _POSSESSIVES:
            return "possessive"
        if not any(c.isalnum() for c in token.text):
            return "mark"
        if token.text.endswith("ly") and len(token.text) > 4 and token.text not in _NOT_ADVERBS:
            return "adverb"
        return ""

    def build(self) -> list[Atom]:
        """All atoms of the tokens."""
        while self.at < len(self.tokens) and len(self.atoms) < _MAX_ATOMS:
            used = self._step(self.tokens[self.at])
            self.at += used
        self.close()
        return self.atoms

    def _step(self, token: Token) -> int:
        """Read one token, or more; how many were used up."""
        kind = self.class_of(token)
        if kind == "mention":
            self._mention(token)
        elif kind == "possessive":
            if self.phrase is not None:
                self.part(token, Part("possessive"))
        elif kind == "mark":
            self._mark(token)
        elif kind == "determiner":
            if self.phrase is not None:
                self.close()
            self.phrase = Atom(
                "NP", token.start, token.end, definite=token.text in _DEFINITE, negated=token.text == "no"
            )
        elif kind in ("modal", "be", "have", "do"):
            return self._verb_group()
        elif kind == "relative":
            self.add("R", token)
        elif kind == "pronoun":
            self.close()
            self.part(token, Part("word", word=token.text))
            self.close()
        elif kind == "conjunction":
            self.add("C", token)
        elif kind == "subordinator":
            self.add("S", token)
        elif token.text == "that":
            self._that(token)
        elif token.text == "to":
            return self._to(token)
        elif kind == "preposition":
            self.add("P", token)
        elif kind == "adverb":
            if token.text in self.lexis.groups["negation"] or token.text == "no_longer":
                return self._verb_group()
        elif _GLUED.match(token.text):
            if self.phrase is not None:
                self.part(token, Part("word", word=token.text))
        else:
            verb = self._as_verb(token)
            if verb is not None:
                return self._verb_group()
            self.part(token, Part("word", word=singular(token.text)))
        return 1

    def _mention(self, token: Token) -> None:
        if token.skipped:
            following = self.class_of(self.peek())
            if self.atoms and self.phrase is None and self.atoms[-1].kind == "P" and following != "mention":
                self.atoms.pop()
            elif self.phrase is not None and not self.phrase.parts:
                self.phrase = None
                if self.atoms and self.atoms[-1].kind == "P" and following != "mention":
                    self.atoms.pop()
            return
        if token.possessive:
            self.close()
        self.part(token, Part("mention", mention=token.mention, word=token.text, implied=token.implied))
        if token.possessive:
            self.part(token, Part("possessive"))

    def _mark(self, token: Token) -> None:
        if token.text in _QUOTES:
            return
        if token.text == "(":
            self._skip_brackets()
        elif token.text == ",":
            self.add("COMMA", token)
        elif token.text in _BREAKS or token.text == "-":
            self.add("S", token)
        elif token.text in "$€£%&/'’.":
            if token.text == "/":
                self.add("C", token)
        else:
            self.close()

    def _skip_brackets(self) -> None:
        depth, ahead = 0, 0
        while (token := self.peek(ahead)) is not None and ahead < 60:
            if token.kind == "word":
                depth += (token.text == "(") - (token.text == ")")
                if depth == 0:
                    self.at += ahead
                    return
            ahead += 1

    def _that(self, token: Token) -> None:
        following = self.class_of(self.peek())
        after_phrase = self.phrase is not None or (self.atoms and self.atoms[-1].kind == "NP")
        if after_phrase and (
            following in ("modal", "be", "have", "do", "adverb", "mention", "determiner", "pronoun")
            or self._verb_ahead()
        ):
            self.add("R", token)
        elif following in ("modal", "be", "have", "do"):
            self.close()
            self.part(token, Part("word", word="that"))
        else:
            self.add("S", token)

    def _verb_ahead(self) -> bool:
        token = self.peek()
        return token is not None and token.kind == "word" and token.text in self.lexis.verbs

    def _to(self, token: Token) -> int:
        ahead = 1
        while (nxt := self.peek(ahead)) is not None and self.class_of(nxt) == "adverb":
            ahead += 1
        form = self.lexis.verbs.get(nxt.text) if nxt is not None and nxt.kind == "word" else None
        is_base = form is not None and nxt is not None and (form.form == "base" or nxt.text == form.lemma)
        if nxt is not None and (is_base or nxt.text in ("be", "have", "do")):
            self.close()
            self.at += ahead
            used = self._verb_group(infinitive=True)
            self.at -= ahead
            return ahead + used
        self.add("P", token)
        return 1

    def _as_verb(self, token: Token) -> VerbForm | None:
        """The verb that a content word is here; None where it is a noun or an adjective."""
        form = self.lexis.verbs.get(token.text)
        if form is None:
            return None
        phrase = self.phrase
        open_phrase = phrase is not None and not phrase.parts  # a determiner stands right before
        after = phrase.parts[-1].kind if phrase is not None and phrase.parts else ""
        previous = self.atoms[-1] if self.atoms and phrase is None else None
        following = self.class_of(self.peek())
        if open_phrase and form.form == "s" and form.lemma not in self.lexis.ambiguous:
            return form  # `this includes`
        if open_phrase or after == "possessive":
            return None
        if form.form == "ing":
            return None if after == "word" and following == "" else form
        if form.form in ("past", "participle"):
            if (
                phrase is None
                and following in ("", "mention")
                and (previous is None or previous.kind in ("P", "V", "COMMA", "C"))
            ):
                # `advanced chips`, `of imported machines`: an adjective, unless it opens a participial phrase.
                return None if previous is None or previous.kind in ("P", "V") else form
            return form
        if form.lemma in self.lexis.ambiguous:
            return form if self._reads_as_verb(token, form, previous, following) else None
        if previous is not None and previous.kind == "P":
            return None
        return form

    def _reads_as_verb(self, token: Token, form: VerbForm, previous: Atom | None, following: str) -> bool:
        """Whether a word that is noun as well as verb is a verb here: by what stands before and after."""
        phrase = self.phrase
        if phrase is not None:
            if following in ("possessive", "be", "have", "do", "modal"):
                return False
            last = phrase.parts[-1]
            plural = self._is_plural(last)
            if following in ("determiner", "pronoun"):
                return True
            if form.form == "base" and not plural:
                return False
            if following == "mention" or (following == "" and last.kind == "mention"):
                return last.kind == "mention" or plural
            if following == "preposition":
                nxt = self.peek()
                if nxt is not None and nxt.text in ("of", "between", "against"):
                    return False
                return form.lemma in self.lexis.groups["verbal"] and last.kind == "mention"
            return following == "adverb"
        if previous is None:
            return False
        if previous.kind == "R":
            return True
        if previous.kind == "NP":
            return following in ("determiner", "mention", "preposition", "adverb", "")
        if previous.kind == "COMMA":
            # `TSMC, which makes chips, plans to build`: the insertion is over, its clause goes on.
            nxt = self.peek()
            goes_on = following in ("determiner", "mention") or (nxt is not None and nxt.text == "to")
            return form.form == "s" and goes_on and any(a.kind in ("R", "V") for a in self.atoms[-9:])
        if previous.kind == "C":
            return following in ("determiner", "mention") and any(a.kind == "V" for a in self.atoms[-8:])
        return False

    def _is_plural(self, part: Part) -> bool:
        if part.kind == "mention":
            return (part.word.endswith("s") and not part.word.endswith("ss")) or self._coordinated()
        return part.word in ("they", "we", "i", "you", "people")

    def _coordinated(self) -> bool:
        return bool(self.atoms) and self.atoms[-1].kind == "C"

    def _verb_group(self, *, infinitive: bool = False) -> int:
        """Read auxiliaries, adverbs and the verb they end in; how many tokens were used up."""
        self.close()
        first = self.tokens[self.at]
        atom = Atom("V", first.start, first.end, finite=not infinitive, form="base" if infinitive else "")
        be = have = False
        used = 0
        last_auxiliary = ""
        while (token := self.peek(used)) is not None and used < 12:
            kind = self.class_of(token)
            if token.kind == "mention":
                if token.skipped:
                    used += 1
                    continue
                break
            if token.text in self.lexis.groups["negation"]:
                atom.negated = atom.negated or token.text != "no_longer"
                atom.ended = atom.ended or token.text == "no_longer"
            if kind == "modal":
                atom.planned = atom.planned or token.text not in _PRESENT_MODALS
                last_auxiliary = "modal"
            elif kind == "be":
                be, last_auxiliary = True, "be"
            elif kind == "have":
                have, last_auxiliary = True, "have"
            elif kind == "do":
                last_auxiliary = "do"
            elif kind == "adverb":
                pass
            else:
                form = self.lexis.verbs.get(token.text)
                if form is not None and self._continues(form, token, be, have, last_auxiliary, infinitive, used):
                    atom.lemma, atom.form = form.lemma, form.form
                    if infinitive and not last_auxiliary:
                        atom.form = "base"
                    atom.end = token.end
                    used += 1
                    participle = form.form in ("past", "participle")
                    atom.passive = participle and be
                    if form.form == "ing" and not be and not have:
                        atom.finite = False
                    if participle and not be and not have and not last_auxiliary:
                        atom.form = "bare"
                    self.atoms.append(atom)
                    return used
                break
            atom.end = token.end
            used += 1
        if last_auxiliary in ("be", "have", "do"):
            atom.lemma = last_auxiliary
            atom.form = last_auxiliary
            self.atoms.append(atom)
        return max(used, 1)

    def _continues(
        self, form: VerbForm, token: Token, be: bool, have: bool, last: str, infinitive: bool, used: int
    ) -> bool:
        """Whether the word is the main verb of the group read so far."""
        if last == "be":
            return form.form in ("past", "participle", "ing")
        if last == "have":
            return form.form in ("past", "participle") or (form.form == "base" and token.text != form.lemma)
        if last in ("modal", "do") or infinitive:
            return form.form == "base" or token.text == form.lemma
        return used == 0 or form.lemma not in self.lexis.ambiguous or form.form in ("past", "participle", "ing")


# Modals that say how things are, not how they will be.
_PRESENT_MODALS = frozenset({"must", "mustn't", "can", "cannot", "can't"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our"})
_NOT_ADVERBS = frozenset(
    {
        "supply",
        "family",
        "assembly",
        "ally",
        "monopoly",
        "rely",
        "apply",
        "reply",
        "comply",
        "early",
        "italy",
        "only",
        "anomaly",
        "tally",
        "rally",
    }
)


def parse_sentence(
    text: str,
    start: int,
    end: int,
    mentions: Sequence[Mention],
    first: int,
    last: int,
    anaphors: Sequence[Anaphor],
    lexis: Lexis,
    multiword: Mapping[str, int],
) -> list[Atom]:
    """Atoms of text[start:end], whose mentions are mentions[first:last]."""
    return _Builder(tokens_of(text, start, end, mentions, first, last, anaphors, multiword), lexis).build()
