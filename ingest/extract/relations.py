"""Relations between the mentions of a text: shallow parse, links, trigger patterns, qualifiers."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Final

from spacy.tokens import Doc

from ingest.extract.clauses import Node, group
from ingest.extract.coref import Anaphor
from ingest.extract.grammar import parse_sentence
from ingest.extract.lexis import Lexis
from ingest.extract.links import Link, find_links
from ingest.extract.qualifiers import qualify
from ingest.extract.tokens import multiword_index
from ingest.extract.triggers import Rule, Triggers
from ingest.extract.trust import Trust
from kg.ontology import Ontology
from kg.types import Mention, Reading

__all__ = ["FLOOR", "RelationReader", "SentenceLinks"]

FLOOR: Final = 0.33  # of path and classes: below, nothing that the words say can help
LEAST: Final = 0.43  # score below which a reading is not worth a reviewer's time
SECOND: Final = 0.8  # what a further relation between the same two must reach
INTERCEPT: Final = 1.22
SLOPE: Final = 1.38
IMPLIED: Final = 0.85  # factor where an end is a pronoun or a description
# Share of the mentions in readings that were right, by class, on text held out: a reading is no surer than its names.
TRUST: Final = {
    "ALLIANCE": 0.85,
    "FACILITY": 0.75,
    "GOAL": 0.8,
    "GOVERNMENT": 0.8,
    "INSTITUTE": 0.9,
    "MODEL": 0.85,
    "POLICY": 0.75,
    "RESOURCE": 0.78,
    "RISK": 0.7,
    "SECTOR": 0.65,
    "TECHNOLOGY": 0.87,
}
_QUOTE: Final = 600  # characters of evidence at most, the mentions always included


@dataclass(frozen=True, slots=True)
class SentenceLinks:
    """The links of one sentence."""

    start: int
    end: int
    inside: range  # mentions
    nodes: list[Node]
    links: list[Link]


@dataclass(frozen=True, slots=True)
class _Candidate:
    head: int
    tail: int
    rule: Rule
    score: float
    link: Link
    sentence: SentenceLinks


class RelationReader:
    """Reads relations off a document whose sentences are known. Keeps nothing between documents but rules looked up."""

    def __init__(
        self, triggers: Triggers, lexis: Lexis, ontology: Ontology, trust: Trust | None = None, floor: float = FLOOR
    ) -> None:
        self._triggers = triggers
        self._lexis = lexis
        self._trust = trust
        self._floor = floor
        self._multiword = multiword_index(lexis.groups["multiword"])
        self._symmetric = frozenset(r.name for r in ontology.relations.values() if r.symmetric)

    def links(self, doc: Doc, mentions: Sequence[Mention], anaphors: Sequence[Anaphor]) -> Iterator[SentenceLinks]:
        """Links of each sentence with two mentions or more, said or implied."""
        text = doc.text  # put together anew at each use
        starts = [m.start for m in mentions]
        implied_starts = [a.start for a in anaphors]
        for sentence in doc.sents:
            start, end = sentence.start_char, sentence.end_char
            first, last = bisect_left(starts, start), bisect_left(starts, end)
            implied = anaphors[bisect_left(implied_starts, start) : bisect_left(implied_starts, end)]
            if last - first + len(implied) < 2:
                continue
            atoms = parse_sentence(text, start, end, mentions, first, last, implied, self._lexis, self._multiword)
            nodes = group(atoms, mentions, self._lexis)
            if nodes:
                links = find_links(nodes, mentions, self._lexis)
                yield SentenceLinks(start, end, range(first, last), nodes, links)

    def read(self, doc: Doc, mentions: Sequence[Mention], anaphors: Sequence[Anaphor]) -> list[Reading]:
        """Readings in the order of the text: of each pair of entities the surest relation, others where sure."""
        best: dict[tuple[str, str, str], _Candidate] = {}
        text = doc.text
        for sentence in self.links(doc, mentions, anaphors):
            for link in sentence.links:
                for candidate in self._candidates(link, mentions, sentence, text):
                    key = self._key(candidate, mentions)
                    if key not in best or candidate.score > best[key].score:
                        best[key] = candidate
        kept = sorted(self._select(best), key=lambda c: (c.sentence.start, c.head, c.tail, c.rule.relation))
        return [self._reading(c, text, mentions) for c in kept]

    def _candidates(
        self, link: Link, mentions: Sequence[Mention], sentence: SentenceLinks, text: str
    ) -> Iterator[_Candidate]:
        first, second = mentions[link.first], mentions[link.second]
        if _identity(first) == _identity(second):
            return
        trust = _trust(first) * _trust(second)
        shares = self._share(first, text) * self._share(second, text)
        for rule in self._triggers.rules(link.path, first.label, second.label):
            base = rule.score * (IMPLIED if link.implied else 1.0) * trust
            score = base if self._trust is None else _likelihood(base * shares)
            if base >= self._floor and (self._trust is None or score >= LEAST):
                head, tail = (link.second, link.first) if rule.reverse else (link.first, link.second)
                if rule.relation in self._symmetric and mentions[tail].start < mentions[head].start:
                    head, tail = tail, head
                yield _Candidate(head, tail, rule, round(score, 4), link, sentence)

    def _share(self, mention: Mention, text: str) -> float:
        return 1.0 if self._trust is None else self._trust.share(mention, text[mention.start : mention.end])

    def _key(self, candidate: _Candidate, mentions: Sequence[Mention]) -> tuple[str, str, str]:
        head, tail = _identity(mentions[candidate.head]), _identity(mentions[candidate.tail])
        if candidate.rule.relation in self._symmetric and tail < head:
            head, tail = tail, head
        return head, tail, candidate.rule.relation

    def _select(self, best: dict[tuple[str, str, str], _Candidate]) -> Iterator[_Candidate]:
        pairs: dict[tuple[str, ...], list[tuple[tuple[str, str, str], _Candidate]]] = {}
        for key, candidate in best.items():
            pairs.setdefault(tuple(sorted(key[:2])), []).append((key, candidate))
        for entries in pairs.values():
            entries.sort(key=lambda e: (-e[1].score, e[0]))
            for rank, (_, candidate) in enumerate(entries):
                if rank == 0 or candidate.score >= SECOND:
                    yield candidate

    def _reading(self, candidate: _Candidate, text: str, mentions: Sequence[Mention]) -> Reading:
        sentence, link = candidate.sentence, candidate.link
        found = qualify(
            link,
            candidate.rule.relation,
            candidate.head,
            candidate.tail,
            sentence.nodes,
            mentions,
            sentence.inside,
            self._lexis,
        )
        start, end = _evidence(text, sentence, (mentions[candidate.head], mentions[candidate.tail]))
        return Reading(
            head=candidate.head,
            relation=candidate.rule.relation,
            tail=candidate.tail,
            start=start,
            end=end,
            score=candidate.score,
            status=found.status,
            polarity=found.polarity,
            concerns=found.concerns,
            amount=found.amount,
            time=found.time,
            attributed_to=found.attributed_to,
            rule=candidate.rule.why,
        )


def _likelihood(product: float) -> float:
    """How often readings with this product of shares were right on annotated text (logistic, fitted there)."""
    p = min(max(product, 0.001), 0.999)
    return 1 / (1 + exp(-(INTERCEPT + SLOPE * log(p / (1 - p)))))


def _trust(mention: Mention) -> float:
    """How far the mention itself is to be trusted; the powers were fitted to how often readings were right."""
    return TRUST.get(mention.label, 1.0) * min(1.0, mention.score / 0.95) ** 3


def _identity(mention: Mention) -> str:
    return mention.entity or mention.name


def _evidence(text: str, sentence: SentenceLinks, ends: tuple[Mention, Mention]) -> tuple[int, int]:
    """The sentence without blanks around it; of a very long one the part around the mentions that stand in it."""
    start, end = sentence.start, sentence.end
    if end - start > _QUOTE:
        inside = [m for m in ends if start <= m.start and m.end <= end]
        low = min((m.start for m in inside), default=start)
        high = max((m.end for m in inside), default=low)
        margin = max(0, (_QUOTE - (high - low)) // 2)
        start, end = max(start, low - margin), min(end, high + margin)
        while start < low and start > sentence.start and not text[start - 1].isspace():
            start += 1
        while end > high and end < sentence.end and not text[end].isspace():
            end -= 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
