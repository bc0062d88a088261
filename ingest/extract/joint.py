"""Mentions and candidate facts of a text, as the network, the word lists and the patterns see them together."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from spacy.tokens import Doc

from ingest.extract.decode import tag_spans
from ingest.extract.geometry import Span, pair_geometry
from ingest.extract.hints import NO_HINT, hinted_tag, pattern_scores, word_hints
from ingest.extract.mentions import Lexicon, find_mentions
from ingest.extract.naming import Namer
from ingest.extract.network import Floats, Integers, ModelInfo, Network, PairLogits
from ingest.extract.relations import RelationReader
from ingest.extract.triggers import Triggers
from ingest.extract.windows import Window, make_windows
from ingest.extract.wordpiece import Pieces, WordPiece
from kg.types import Mention

__all__ = ["Candidate", "JointReader", "Reading"]

FLOOR: Final = -3.0  # logit below which no candidate is worth keeping
_KEPT_WINDOWS: Final = 256  # whose hidden states are kept; those of longer texts are worked out a second time

Pair = tuple[int, int, int, int, int]  # numbers of head and tail, then as pair_geometry counts


@dataclass(frozen=True, slots=True)
class Candidate:
    """A relation that may hold between two mentions, by index."""

    head: int
    relation: str
    tail: int
    logit: float
    pattern: float  # score of the best pattern that reads it; 0 for none
    apart: int  # sentences between the two
    status: int
    polarity: int
    pointers: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in one text, before any threshold."""

    mentions: tuple[Mention, ...]
    candidates: tuple[Candidate, ...]  # one for each relation between two entities, the likeliest
    sentences: tuple[tuple[int, int], ...] = ()  # start and end


class JointReader:
    """Holds no state between texts, so that a text is read alike whatever came before it."""

    def __init__(
        self,
        network: Network,
        info: ModelInfo,
        wordpiece: WordPiece,
        lexicon: Lexicon,
        patterns: RelationReader,
        triggers: Triggers,
        namer: Namer,
        symmetric: frozenset[str],
    ) -> None:
        self._network = network
        self._info = info
        self._wordpiece = wordpiece
        self._lexicon = lexicon
        self._patterns = patterns
        self._triggers = triggers
        self._namer = namer
        self._symmetric = symmetric
        self._pairs_admitted = np.asarray(info.admits.any(0))

    def read(self, doc: Doc, given: Sequence[Mention] | None = None) -> Reading:
        """Mentions and candidates of `doc`, whose sentence bounds must have been set.

        Mentions that are `given` take the place of those that it would find.
        """
        words = self._wordpiece.words(doc.text)
        bounds = tuple((s.start_char, s.end_char) for s in doc.sents)
        if not words:
            return Reading((), (), bounds)
        sentence_starts = [start for start, _ in bounds]
        sentences = [max(0, bisect_right(sentence_starts, start) - 1) for start, _ in words]
        listed = find_mentions(doc, self._lexicon)
        whole = self._wordpiece.encode(doc.text, words)
        hints = word_hints(whole, listed, self._info.class_numbers)
        sizes = [last - first + 1 for first, last in zip(whole.first, whole.last, strict=True)]
        text = _Text(doc, words, hints, sentences, make_windows(sizes, sentences))
        encoded, found = self._tag(text)
        if given is None:
            found = self._overrule(found, listed, words)
            spans = [span for span, _ in found]
            mentions = tuple(self._name(doc.text, words, found, listed))
        else:
            spans, mentions = self._place(given, words)
        return Reading(mentions, self._candidates(text, encoded, spans, mentions), bounds)

    def _tag(self, text: "_Text") -> tuple[list["_Encoded"], list[tuple[Span, float]]]:
        """Hidden states of each window, none for a text of very many, and the mentions with how sure they are."""
        kept: list[_Encoded] = []
        found: list[tuple[Span, float]] = []
        for window in text.windows:
            encoded, tags = self._encode(text, window)
            logits = tags[encoded.pieces.first]
            for word, hint in enumerate(text.hints[window.first : window.last]):
                if hint != NO_HINT:
                    logits[word, hinted_tag(hint)] += self._info.lean
            for span in tag_spans(logits):
                moved = (span[0] + window.first, span[1] + window.first, span[2])
                if window.own_first <= moved[0] < window.own_last and (not found or found[-1][0][1] < moved[0]):
                    found.append((moved, _sureness(logits, span)))
            if len(text.windows) <= _KEPT_WINDOWS:
                kept.append(encoded)
        return kept, found

    def _encode(self, text: "_Text", window: Window) -> tuple["_Encoded", Floats]:
        pieces = self._wordpiece.encode(text.doc.text, text.words[window.first : window.last])
        hints = np.zeros(len(pieces.ids), np.int64)
        for number, (a, b) in enumerate(zip(pieces.first, pieces.last, strict=True)):
            hints[a : b + 1] = text.hints[window.first + number]
        hidden, tags = self._network.encode(np.array(pieces.ids), np.array(pieces.cases), hints)
        return _Encoded(hidden, pieces), tags

    def _overrule(
        self, found: list[tuple[Span, float]], listed: Sequence[Mention], words: Sequence[tuple[int, int]]
    ) -> list[tuple[Span, float]]:
        """In the classes that rules decide, their mentions in place of the tagger's."""
        if not self._info.ruled:
            return found
        spans, mentions = self._place([m for m in listed if m.label in self._info.ruled], words)
        taken = {word for first, last, _ in spans for word in range(first, last + 1)}
        ruled = {self._info.class_numbers[label] for label in self._info.ruled}
        kept = [(s, p) for s, p in found if s[2] not in ruled and taken.isdisjoint(range(s[0], s[1] + 1))]
        return sorted([*kept, *((span, m.score) for span, m in zip(spans, mentions, strict=True))])

    def _place(
        self, given: Sequence[Mention], words: Sequence[tuple[int, int]]
    ) -> tuple[list[Span], tuple[Mention, ...]]:
        begins = {start: number for number, (start, _) in enumerate(words)}
        ends = {end: number for number, (_, end) in enumerate(words)}
        numbers = self._info.class_numbers
        mentions = tuple(m for m in given if m.start in begins and m.end in ends and m.label in numbers)
        return [(begins[m.start], ends[m.end], numbers[m.label]) for m in mentions], mentions

    def _name(
        self,
        text: str,
        words: Sequence[tuple[int, int]],
        found: Iterable[tuple[Span, float]],
        listed: Sequence[Mention],
    ) -> Iterable[Mention]:
        by_bounds = {(m.start, m.end): m for m in listed}
        full_names: dict[str, tuple[str, str | None]] = {}
        for (first, last, label_number), score in found:
            start, end = words[first][0], words[last][1]
            label = self._info.classes[label_number]
            surface = text[start:end]
            name, iri, reason = self._namer.name(surface, label, by_bounds.get((start, end)))
            if label == "PERSON":
                if " " in surface:
                    full_names[surface.rsplit(" ", 1)[1]] = (name, iri)
                elif reason.startswith("new:") and surface in full_names:
                    name, iri = full_names[surface]
                    reason = "surname of one named above"
            yield Mention(start, end, label, name, iri, score, reason)

    def _candidates(
        self, text: "_Text", encoded: Sequence["_Encoded"], spans: Sequence[Span], mentions: Sequence[Mention]
    ) -> tuple[Candidate, ...]:
        """For each relation between two entities the likeliest candidate, in the order of the mentions."""
        if len(spans) < 2:
            return ()
        patterns = self._by_pair(text.doc, mentions)
        starts = [span[0] for span in spans]
        best: dict[tuple[str, str, str], _Scored] = {}
        for number, window in enumerate(text.windows):
            low, high = bisect_left(starts, window.first), bisect_left(starts, window.last)
            while high > low and spans[high - 1][1] >= window.last:
                high -= 1
            pairs = self._pairs(spans, range(low, high), text.sentences)
            if not pairs:
                continue
            states = encoded[number] if encoded else self._encode(text, window)[0]
            logits = self._relate(states, window.first, spans[low:high], low, pairs, patterns)
            for row, relation in self._above_floor(logits, pairs, spans):
                key = self._key(mentions[pairs[row][0]], self._info.relations[relation], mentions[pairs[row][1]])
                logit = float(logits.relations[row, relation])
                if key[0] != key[2] and (key not in best or logit > best[key].logit):
                    best[key] = _Scored(logit, logits, row, relation, pairs[row], low)
        found = [self._candidate(scored, spans, text.sentences, patterns) for scored in best.values()]
        return tuple(sorted(found, key=lambda c: (c.head, c.tail, c.relation)))

    def _by_pair(self, doc: Doc, mentions: Sequence[Mention]) -> dict[tuple[int, int], dict[int, float]]:
        """For each pair that patterns read something between: number of the relation -> score."""
        found: dict[tuple[int, int], dict[int, float]] = {}
        scores = pattern_scores(doc, mentions, self._patterns, self._triggers, self._symmetric)
        for (head, tail, relation), score in scores.items():
            number = self._info.relation_numbers.get(relation)
            if number is not None:
                found.setdefault((head, tail), {})[number] = score
        return found

    def _pairs(self, spans: Sequence[Span], inside: range, sentences: Sequence[int]) -> list[Pair]:
        return [
            (i, j, *pair_geometry(spans[i], spans[j], i, j, sentences))
            for i in inside
            for j in inside
            if i != j and self._pairs_admitted[spans[i][2], spans[j][2]]
        ]

    def _relate(
        self,
        encoded: "_Encoded",
        first: int,
        spans: Sequence[Span],
        low: int,
        pairs: Sequence[Pair],
        patterns: Mapping[tuple[int, int], Mapping[int, float]],
    ) -> PairLogits:
        """`first` is the window's first word, `low` the number of its first mention."""
        pieces = encoded.pieces
        placed: Integers = np.array([(pieces.first[a - first], pieces.last[b - first], c) for a, b, c in spans])
        local: Integers = np.array(pairs)
        local[:, :2] -= low
        features = np.zeros((len(pairs), len(self._info.relations)), np.float32)
        for row, (head, tail, *_) in enumerate(pairs):
            for relation, score in patterns.get((head, tail), {}).items():
                features[row, relation] = score
        return self._network.relate(encoded.hidden, placed, local, features)

    def _above_floor(self, logits: PairLogits, pairs: Sequence[Pair], spans: Sequence[Span]) -> list[list[int]]:
        """Pair and relation of what may hold."""
        heads = [spans[pair[0]][2] for pair in pairs]
        tails = [spans[pair[1]][2] for pair in pairs]
        found: list[list[int]] = np.argwhere(self._info.admits[:, heads, tails].T & (logits.relations > FLOOR)).tolist()
        return found

    def _candidate(
        self,
        scored: "_Scored",
        spans: Sequence[Span],
        sentences: Sequence[int],
        patterns: Mapping[tuple[int, int], Mapping[int, float]],
    ) -> Candidate:
        head, tail = scored.pair[:2]
        return Candidate(
            head=head,
            relation=self._info.relations[scored.relation],
            tail=tail,
            logit=scored.logit,
            pattern=patterns.get((head, tail), {}).get(scored.relation, 0.0),
            apart=abs(sentences[spans[head][0]] - sentences[spans[tail][0]]),
            status=int(scored.logits.statuses[scored.row].argmax()),
            polarity=int(scored.logits.polarities[scored.row].argmax()),
            pointers=tuple(self._point(scored, qualifier, spans) for qualifier in range(len(self._info.pointers))),
        )

    def _point(self, scored: "_Scored", qualifier: int, spans: Sequence[Span]) -> int | None:
        """The mention that a qualifier names: the likeliest of its classes, where it is likelier than none."""
        logits = scored.logits.pointers[scored.row, qualifier]
        ends = scored.pair[:2]
        best, found = float(logits[0]), None
        for place in range(len(logits) - 1):
            mention = scored.low + place
            if self._info.points_to[qualifier, spans[mention][2]] and mention not in ends and logits[place + 1] > best:
                best, found = float(logits[place + 1]), mention
        return found

    def _key(self, head: Mention, relation: str, tail: Mention) -> tuple[str, str, str]:
        ends = _identity(head), _identity(tail)
        if relation in self._symmetric and ends[1] < ends[0]:
            ends = ends[1], ends[0]
        return ends[0], relation, ends[1]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text cut up."""

    doc: Doc
    words: list[tuple[int, int]]
    hints: list[int]  # of each word, as the next
    sentences: list[int]
    windows: list[Window]


@dataclass(frozen=True, slots=True)
class _Encoded:
    """A window behind the encoder."""

    hidden: Floats
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class _Scored:
    """A relation of one pair of one window."""

    logit: float
    logits: PairLogits
    row: int
    relation: int
    pair: Pair
    low: int  # number of the window's first mention


def _identity(mention: Mention) -> str:
    return mention.entity or mention.name


def _sureness(logits: Floats, span: Span) -> float:
    """Probability of the least sure word of a mention."""
    rows = logits[span[0] : span[1] + 1].astype(np.float64)
    rows = np.exp(rows - rows.max(-1, keepdims=True))
    tags = [1 + 2 * span[2]] + [2 + 2 * span[2]] * (span[1] - span[0])
    shares = rows[np.arange(len(rows)), tags] / rows.sum(-1)
    return round(float(shares.min()), 4)
