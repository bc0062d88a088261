"""Public corpora of names and facts, to teach the encoder and the pair reader before the project's own text.

Re-DocRED (Tan et al. 2022; MIT) gives entities and Wikidata relations of whole documents, Universal NER (Mayhew et al.
2024; CC BY-SA 4.0) names in English web text. Both come as words, so a text is their words with blanks between.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ingest.extract.geometry import Span
from ingest.extract.wordpiece import WordPiece, split_pieces
from ingest.training.losses import Task
from ingest.training.model import Labels
from ingest.training.samples import Sample

__all__ = ["read_redocred", "read_uner"]

_MOST_WORDS = 80  # of a window, as long as three sentences
Tokens = Sequence[str]
TokenSpan = tuple[int, int, str, int]  # first and last token, label, number of the entity


def read_redocred(paths: Iterable[Path], wordpiece: WordPiece) -> tuple[Task, list[Sample]]:
    """Windows of whole sentences with the relations between their nearest mentions."""
    windows = [
        window for path in paths for document in json.loads(path.read_text("utf-8")) for window in _windows(document)
    ]
    labels = Labels(
        classes=tuple(sorted({label for _, spans, _, _ in windows for _, _, label, _ in spans})),
        relations=tuple(sorted({relation for *_, facts in windows for names in facts.values() for relation in names})),
    )
    samples = [
        _sample(tokens, spans, sentences, facts, labels, wordpiece) for tokens, spans, sentences, facts in windows
    ]
    return Task("redocred", labels), samples


def read_uner(paths: Iterable[Path], wordpiece: WordPiece) -> tuple[Task, list[Sample]]:
    """Sentences of a file with one word a line: number, word, tag."""
    rows = [row for path in paths for row in _tagged(path)]
    labels = Labels(classes=tuple(sorted({label for _, spans in rows for _, _, label, _ in spans})))
    return Task("uner", labels), [_sample(t, spans, [0] * len(t), {}, labels, wordpiece) for t, spans in rows]


def _windows(
    document: Mapping[str, Any],
) -> Iterator[tuple[Tokens, list[TokenSpan], list[int], Mapping[tuple[int, int], set[str]]]]:
    facts: dict[tuple[int, int], set[str]] = defaultdict(set)
    for label in document["labels"]:
        facts[label["h"], label["t"]].add(label["r"])
    inside: list[list[TokenSpan]] = [[] for _ in document["sents"]]
    for entity, mentions in enumerate(document["vertexSet"]):
        for mention in mentions:
            first, after = mention["pos"]
            inside[mention["sent_id"]].append((first, after - 1, mention["type"], entity))
    tokens: list[str] = []
    spans: list[TokenSpan] = []
    sentences: list[int] = []
    number = 0
    for sentence, found in zip(document["sents"], inside, strict=True):
        if tokens and len(tokens) + len(sentence) > _MOST_WORDS:
            yield tokens, spans, sentences, facts
            tokens, spans, sentences, number = [], [], [], 0
        last = -1
        for a, b, label, entity in sorted(set(found)):
            if a > last:
                spans.append((len(tokens) + a, len(tokens) + b, label, entity))
                last = b
        tokens.extend(token if token.strip() else "_" for token in sentence)
        sentences.extend([number] * len(sentence))
        number += 1
    if tokens:
        yield tokens, spans, sentences, facts


def _tagged(path: Path) -> Iterator[tuple[Tokens, list[TokenSpan]]]:
    tokens: list[str] = []
    spans: list[TokenSpan] = []
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        if line.startswith("#"):
            continue
        if not line.strip():
            if tokens:
                yield tokens, spans
            tokens, spans = [], []
            continue
        _, token, tag, *_ = line.split("\t")
        kind, _, label = tag.partition("-")
        if kind == "I" and spans and spans[-1][1] == len(tokens) - 1 and spans[-1][2] == label:
            spans[-1] = (spans[-1][0], len(tokens), label, spans[-1][3])
        elif kind in "BI" and label:
            spans.append((len(tokens), len(tokens), label, len(spans)))
        tokens.append(token)


def _sample(
    tokens: Tokens,
    spans: Sequence[TokenSpan],
    sentences: Sequence[int],
    facts: Mapping[tuple[int, int], set[str]],
    labels: Labels,
    wordpiece: WordPiece,
) -> Sample:
    """`sentences` holds the sentence of each token, `facts` the relations between entities by number."""
    text = " ".join(tokens)
    starts, position = [], 0
    for written in tokens:
        starts.append(position)
        position += len(written) + 1
    pieces = split_pieces(wordpiece, text)
    token_at = {start: number for number, start in enumerate(starts)}
    token = 0
    word_of_start: dict[int, int] = {}
    word_of_end: dict[int, int] = {}
    sentence_of: list[int] = []
    for word, start in enumerate(pieces.starts):
        token = token_at.get(start, token)
        word_of_start.setdefault(token, word)
        word_of_end[token] = word
        sentence_of.append(sentences[token])
    found: list[Span] = []
    entities: list[int] = []
    for a, b, label, entity in spans:
        if a in word_of_start and b in word_of_end:
            found.append((word_of_start[a], word_of_end[b], labels.classes.index(label)))
            entities.append(entity)
    right, ignored = _nearest(found, entities, facts, labels.relations)
    return Sample(
        ids=pieces.ids,
        cases=pieces.cases,
        hints=[0] * len(pieces.ids),
        first=pieces.first,
        last=pieces.last,
        sentences=sentence_of,
        spans=tuple(found),
        facts=right,
        ignored=ignored,
    )


def _nearest(
    spans: Sequence[Span], entities: Sequence[int], facts: Mapping[tuple[int, int], set[str]], relations: Sequence[str]
) -> tuple[frozenset[tuple[int, int, int]], frozenset[tuple[int, int, int]]]:
    """Each fact between the nearest two mentions of its entities; between others it is neither right nor wrong."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, entity in enumerate(entities):
        places[entity].append(place)
    number = {relation: k for k, relation in enumerate(relations)}
    right: set[tuple[int, int, int]] = set()
    ignored: set[tuple[int, int, int]] = set()
    for (head, tail), names in facts.items():
        pairs = [(i, j) for i in places.get(head, ()) for j in places.get(tail, ()) if i != j]
        if not pairs:
            continue
        nearest = min(pairs, key=lambda pair: (abs(spans[pair[0]][0] - spans[pair[1]][0]), pair))
        for name in names:
            right.add((*nearest, number[name]))
            ignored.update((i, j, number[name]) for i, j in pairs if (i, j) != nearest)
    return frozenset(right), frozenset(ignored)
