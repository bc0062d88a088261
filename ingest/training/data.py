"""Annotated text as samples: hints, patterns read by rules that never saw the text, and names swapped at random."""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from random import Random

import numpy as np
from spacy.tokens import Doc

from ingest.annotation import AnnotationError, Item, load_items
from ingest.extract.calibrate import count_paths, gold_mentions
from ingest.extract.geometry import Span
from ingest.extract.hints import NO_HINT, count_hints, load_patterns, pattern_scores, word_hints
from ingest.extract.lexis import load_lexis
from ingest.extract.mentions import Lexicon, find_mentions
from ingest.extract.relations import RelationReader
from ingest.extract.triggers import write_scores
from ingest.extract.wordpiece import WordPiece, case_of, split_pieces
from ingest.nlp import build_splitter
from ingest.training.losses import Task
from ingest.training.model import Labels
from ingest.training.samples import Qualified, Sample
from kg.ontology import Ontology
from kg.types import Mention

__all__ = [
    "POINTERS",
    "NamePool",
    "Passage",
    "hold_back",
    "load_passages",
    "read_folder",
    "schema_task",
    "to_sample",
    "vary",
]

STATUSES = ("actual", "planned", "ended")
POLARITIES = ("affirmed", "negated")
POINTERS = ("concerns", "amount", "time", "attributed_to")
_FOLDS = 5
_MOST_OF_ONE_SOURCE = 20  # passages; a source with more is a collection, not one article
_PROPER = 0.7  # share of mentions with a capital and no digit from which on a class is one of names

Words = list[tuple[tuple[int, ...], int]]  # pieces and case of each word


@dataclass(frozen=True)
class Passage:
    """An annotated text with what the rules say of it."""

    item: Item
    mentions: tuple[Mention, ...]  # annotated, in the order of the text
    order: tuple[int, ...]  # number of each entity of the item among the mentions; -1 without a span
    sentences: tuple[tuple[int, int], ...]
    hinted: tuple[Mention, ...]  # found by word lists
    patterns: Mapping[tuple[int, int, str], float]


def read_folder(paths: Sequence[Path], ontology: Ontology) -> list[Item]:
    """Items of annotated files and of the files in folders. Raises AnnotationError that lists all their faults."""
    items: list[Item] = []
    faults: list[str] = []
    for path in paths:
        files = sorted(p for p in path.iterdir() if p.suffix in (".txt", ".jsonl")) if path.is_dir() else [path]
        for file in files:
            try:
                items.extend(load_items(file, ontology))
            except AnnotationError as fault:
                faults.append(str(fault))
    if faults:
        raise AnnotationError("\n".join(faults))
    if not items:
        raise AnnotationError(f"there is no annotated text in {', '.join(map(str, paths))}")
    return items


def schema_task(items: Iterable[Item], ontology: Ontology) -> Task:
    """Labels of the ontology, and the classes that each qualifier was seen to point to."""
    classes = tuple(sorted(ontology.labels))
    relations = tuple(sorted(ontology.relations))
    admits = np.array(
        [[[ontology.admits(r, a, b) for b in classes] for a in classes] for r in relations], dtype=bool
    ).reshape(len(relations), len(classes), len(classes))
    points = np.zeros((len(POINTERS), len(classes)), bool)
    for item in items:
        for relation in item.relations:
            for number, pointer in enumerate(POINTERS):
                target = getattr(relation, pointer)
                if target is not None:
                    points[number, classes.index(item.entities[target].label)] = True
    labels = Labels(classes, relations, count_hints(len(classes)), STATUSES, POLARITIES, POINTERS)
    return Task("schema", labels, admits, points)


def hold_back(items: Sequence[Item], share: float, seed: int) -> tuple[list[Item], list[Item]]:
    """Items to learn from and items to judge by; passages of one article stay together."""
    by_source: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_source[item.fields.get("source", "")].append(item)
    kept: list[Item] = []
    held: list[Item] = []
    for item in items:
        source = item.fields.get("source", "")
        key = source if 0 < len(by_source[source]) <= _MOST_OF_ONE_SOURCE else item.id + item.text
        is_held = int(sha256(f"{seed}:{key}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF < share
        (held if is_held else kept).append(item)
    return kept, held


def load_passages(items: Sequence[Item], lexicon: Lexicon, ontology: Ontology) -> list[Passage]:
    """Add what word lists and patterns say.

    The patterns' scores are counts on annotated text, so each fifth of the items is read with counts of the other four:
    otherwise a model would trust them more than they deserve on new text.
    """
    nlp = build_splitter()
    symmetric = frozenset(r.name for r in ontology.relations.values() if r.symmetric)
    lexis = load_lexis()
    bare = load_patterns(ontology, None)
    counter = RelationReader(bare, lexis, ontology)
    folds: list[list[int]] = [[] for _ in range(_FOLDS)]
    for index, item in enumerate(items):
        folds[int(sha256(item.text.encode()).hexdigest()[:8], 16) % _FOLDS].append(index)
    passages: list[Passage | None] = [None] * len(items)
    with tempfile.TemporaryDirectory() as scratch:
        for number, fold in enumerate(folds):
            inside = set(fold)
            others = [item for index, item in enumerate(items) if index not in inside]
            path = Path(scratch) / f"{number}.tsv"
            write_scores(count_paths(others, counter, symmetric), path, bare.paths)
            triggers = load_patterns(ontology, path)
            reader = RelationReader(triggers, lexis, ontology)
            for index in fold:
                item = items[index]
                doc = nlp(item.text)
                mentions = gold_mentions(item)
                patterns = pattern_scores(doc, mentions, reader, triggers, symmetric)
                passages[index] = _passage(item, doc, mentions, tuple(find_mentions(doc, lexicon)), patterns)
    return [passage for passage in passages if passage is not None]


def _passage(
    item: Item,
    doc: Doc,
    mentions: tuple[Mention, ...],
    hinted: tuple[Mention, ...],
    patterns: Mapping[tuple[int, int, str], float],
) -> Passage:
    place = {(m.start, m.end): number for number, m in enumerate(mentions)}
    order = tuple(-1 if e.start is None or e.end is None else place[e.start, e.end] for e in item.entities)
    sentences = tuple((s.start_char, s.end_char) for s in doc.sents)
    return Passage(item, mentions, order, sentences, hinted, patterns)


def to_sample(passage: Passage, task: Task, wordpiece: WordPiece, ontology: Ontology) -> Sample:
    """The passage in numbers. Mentions that do not fall on words are left out with their facts."""
    labels = task.labels
    classes = {label: number for number, label in enumerate(labels.classes)}
    relations = {relation: number for number, relation in enumerate(labels.relations)}
    pieces = split_pieces(wordpiece, passage.item.text)
    begins = {start: word for word, start in enumerate(pieces.starts)}
    ends = {end: word for word, end in enumerate(pieces.ends)}
    kept: dict[int, int] = {}
    spans: list[Span] = []
    for number, mention in enumerate(passage.mentions):
        if mention.start in begins and mention.end in ends:
            kept[number] = len(spans)
            spans.append((begins[mention.start], ends[mention.end], classes[mention.label]))
    facts: set[tuple[int, int, int]] = set()
    qualified: list[Qualified] = []
    by_entity: dict[str | None, list[int]] = defaultdict(list)
    for number in kept:
        by_entity[passage.mentions[number].entity].append(number)
    same: set[tuple[int, int, int]] = set()
    for fact in passage.item.relations:
        head, tail = passage.order[fact.head], passage.order[fact.tail]
        if head not in kept or tail not in kept or head == tail:
            continue
        relation = relations[fact.relation]
        pointers = tuple(
            None if target is None else kept.get(passage.order[target])
            for target in (getattr(fact, pointer) for pointer in POINTERS)
        )
        both_ways = ontology.relations[fact.relation].symmetric
        for a, b in [(head, tail), (tail, head)] if both_ways else [(head, tail)]:
            facts.add((kept[a], kept[b], relation))
            qualified.append(
                Qualified(
                    kept[a], relation, kept[b], STATUSES.index(fact.status), POLARITIES.index(fact.polarity), pointers
                )
            )
            same.update(
                (kept[i], kept[j], relation)
                for i in by_entity[passage.mentions[a].entity]
                for j in by_entity[passage.mentions[b].entity]
                if i != j
            )
    hints = word_hints(pieces, passage.hinted, classes)
    return Sample(
        ids=pieces.ids,
        cases=pieces.cases,
        hints=_spread(hints, pieces.first, pieces.last, len(pieces.ids)),
        first=pieces.first,
        last=pieces.last,
        sentences=_sentence_of(pieces.starts, passage.sentences),
        spans=tuple(spans),
        facts=frozenset(facts),
        ignored=frozenset(same - facts),
        qualified=tuple(qualified),
        patterns={
            (kept[a], kept[b], relations[name]): score
            for (a, b, name), score in passage.patterns.items()
            if a in kept and b in kept
        },
    )


def _spread(of_words: Sequence[int], first: Sequence[int], last: Sequence[int], pieces: int) -> list[int]:
    spread = [0] * pieces
    for value, a, b in zip(of_words, first, last, strict=True):
        spread[a : b + 1] = [value] * (b + 1 - a)
    return spread


def _sentence_of(starts: Sequence[int], sentences: Sequence[tuple[int, int]]) -> list[int]:
    found, number = [], 0
    for start in starts:
        while number + 1 < len(sentences) and sentences[number + 1][0] <= start:
            number += 1
        found.append(number)
    return found


class NamePool:
    """Names of each class, those written as the canonical name apart from adjectives and short forms, in pieces.

    Only classes whose mentions are mostly written with a capital have names to swap.
    """

    def __init__(self, items: Iterable[Item], labels: Labels, wordpiece: WordPiece) -> None:
        self.classes = len(labels.classes)
        numbers = {label: number for number, label in enumerate(labels.classes)}
        found: dict[tuple[int, bool], set[str]] = defaultdict(set)
        proper: dict[int, list[bool]] = defaultdict(list)
        for item in items:
            for entity in item.entities:
                if entity.start is not None:
                    surface, number = item.text[entity.start : entity.end], numbers[entity.label]
                    found[number, surface == entity.name].add(surface)
                    proper[number].append(surface[0].isupper() and not any(c.isdigit() for c in surface))
        named = {number for number, seen in proper.items() if sum(seen) >= _PROPER * len(seen)}
        self._names: dict[tuple[int, bool], list[Words]] = {}
        self._kinds: dict[tuple[int, tuple[int, ...]], bool] = {}
        for (number, is_canonical), surfaces in sorted(found.items()):
            if number in named:
                cut = [_cut(surface, wordpiece) for surface in sorted(surfaces)]
                self._names[number, is_canonical] = cut
                self._kinds.update({(number, _flat(words)): is_canonical for words in cut})

    def draw(self, label: int, pieces: tuple[int, ...], rng: Random) -> Words | None:
        """Another name of the class and kind of the one with these pieces; None where there is none."""
        kind = self._kinds.get((label, pieces))
        return None if kind is None else rng.choice(self._names[label, kind])


def _cut(name: str, wordpiece: WordPiece) -> Words:
    return [(wordpiece.pieces(name[a:b]), case_of(name[a:b])) for a, b in wordpiece.words(name)]


def _flat(words: Words) -> tuple[int, ...]:
    return tuple(piece for pieces, _ in words for piece in pieces)


def vary(
    sample: Sample, pool: NamePool, rng: Random, swap: float = 0.6, forget: float = 0.1, spoil: float = 0.03
) -> Sample:
    """The same sample with some names swapped for others of their class, and some hints left out or wrong.

    Word lists know the names of training text better than those of new text; leaving hints out evens that.
    """
    if swap:
        sample = _swapped(sample, pool, rng, swap)
    hints = list(sample.hints)
    start = 0
    while start < len(hints):
        end = start + 1
        if hints[start] != NO_HINT:
            # Hints of one mention: a first word and the later ones, whose numbers are one higher.
            base = hints[start] - (1 - hints[start] % 2)
            while (
                end < len(hints)
                and hints[end] in (base, base + 1)
                and not (hints[end] == base and hints[end - 1] != base)
            ):
                end += 1
            chance = rng.random()
            if chance < forget:
                hints[start:end] = [NO_HINT] * (end - start)
            elif chance < forget + spoil:
                other = 4 * rng.randrange(pool.classes)
                hints[start:end] = [other + 1 + (h - 1) % 4 for h in hints[start:end]]
        start = end
    return replace(sample, hints=hints)


def _swapped(sample: Sample, pool: NamePool, rng: Random, rate: float) -> Sample:
    chosen: dict[tuple[int, ...], Words] = {}
    span_at = {span[0]: span for span in sample.spans}
    ids, cases, hints = [sample.ids[0]], [0], [NO_HINT]
    first: list[int] = []
    last: list[int] = []
    sentences: list[int] = []
    moved: dict[int, tuple[int, int]] = {}
    word = 0
    while word < len(sample.first):
        span = span_at.get(word)
        end = span[1] if span is not None else word
        pieces = sample.ids[sample.first[word] : sample.last[end] + 1]
        words = [
            (tuple(sample.ids[sample.first[w] : sample.last[w] + 1]), sample.cases[sample.first[w]])
            for w in range(word, end + 1)
        ]
        of_words = [sample.hints[sample.first[w]] for w in range(word, end + 1)]
        if span is not None:
            key = (span[2], *pieces)
            if key not in chosen:
                other = pool.draw(span[2], tuple(pieces), rng) if rng.random() < rate else None
                chosen[key] = other if other is not None else words
            words = chosen[key]
            moved[word] = (len(first), len(first) + len(words) - 1)
            later = of_words[-1] if len(of_words) > 1 else of_words[0] + 1 if of_words[0] != NO_HINT else NO_HINT
            of_words = [of_words[0], *[later] * (len(words) - 1)]
        for (found, case), hint in zip(words, of_words, strict=True):
            first.append(len(ids))
            ids.extend(found)
            cases.extend([case] * len(found))
            hints.extend([hint] * len(found))
            last.append(len(ids) - 1)
            sentences.append(sample.sentences[word])
        word = end + 1
    return replace(
        sample,
        ids=[*ids, sample.ids[-1]],
        cases=[*cases, 0],
        hints=[*hints, NO_HINT],
        first=first,
        last=last,
        sentences=sentences,
        spans=tuple((*moved[a], label) for a, _, label in sample.spans),
    )
