"""Both extractors over one text: what either reads, and more surely what both read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import tee

from ingest.extract.learned import LearnedExtractor
from ingest.extract.patterns import PatternsExtractor
from ingest.extract.protocol import Extractor
from ingest.seeds import Seeds
from kg.ontology import Ontology
from kg.types import Extraction, Mention, Reading

__all__ = ["BothExtractor", "merge"]

Key = tuple[str, str, str]


class BothExtractor:
    """Runs `learned` and `patterns`, or two others that are given, and merges what they read."""

    def __init__(self, seeds: Seeds, ontology: Ontology, extractors: tuple[Extractor, Extractor] | None = None) -> None:
        self._first, self._second = extractors or (
            LearnedExtractor(seeds, ontology),
            PatternsExtractor(seeds, ontology),
        )
        self._symmetric = frozenset(r.name for r in ontology.relations.values() if r.symmetric)
        self.name = f"both/{self._first.name}+{self._second.name}"

    def extract(self, texts: Iterable[str]) -> Iterator[Extraction]:
        """One extraction a text, in order. Raises ExtractError as the two do."""
        ours, theirs = tee(texts)
        for first, second in zip(self._first.extract(ours), self._second.extract(theirs), strict=True):
            yield merge(first, second, self._symmetric)


def merge(first: Extraction, second: Extraction, symmetric: frozenset[str]) -> Extraction:
    """Readings of both; one that both have keeps the first's words and the chance that not both are wrong.

    Mentions are the first's, and those of the second that overlap none of them.
    """
    mentions = _union(first.mentions, second.mentions)
    place = {(m.start, m.end, m.label): number for number, m in enumerate(mentions)}
    by_key: dict[Key, Reading] = {}
    for reading in (_moved(r, first.mentions, place) for r in first.readings):
        if reading is not None:
            by_key[_key(reading, mentions, symmetric)] = reading
    for reading in (_moved(r, second.mentions, place) for r in second.readings):
        if reading is None:
            continue
        key = _key(reading, mentions, symmetric)
        known = by_key.get(key)
        if known is None:
            by_key[key] = reading
        else:
            score = round(1.0 - (1.0 - known.score) * (1.0 - reading.score), 4)
            by_key[key] = replace(known, score=score, rule=f"{known.rule}; and {reading.rule}")
    readings = sorted(by_key.values(), key=lambda r: (r.start, r.head, r.tail, r.relation))
    return Extraction(mentions, tuple(readings))


def _union(first: Sequence[Mention], second: Sequence[Mention]) -> tuple[Mention, ...]:
    found = list(first)
    position = 0
    for mention in second:
        while position < len(first) and first[position].end <= mention.start:
            position += 1
        if position == len(first) or first[position].start >= mention.end:
            found.append(mention)
    return tuple(sorted(found, key=lambda m: m.start))


def _moved(reading: Reading, mentions: Sequence[Mention], place: dict[tuple[int, int, str], int]) -> Reading | None:
    """The reading with the numbers of the merged mentions; None where one of its ends is not among them."""

    def number(index: int | None) -> int | None:
        if index is None:
            return None
        mention = mentions[index]
        return place.get((mention.start, mention.end, mention.label))

    head, tail = number(reading.head), number(reading.tail)
    if head is None or tail is None:
        return None
    return replace(
        reading,
        head=head,
        tail=tail,
        concerns=number(reading.concerns),
        amount=number(reading.amount),
        time=number(reading.time),
        attributed_to=number(reading.attributed_to),
    )


def _key(reading: Reading, mentions: Sequence[Mention], symmetric: frozenset[str]) -> Key:
    head, tail = (mentions[i].entity or mentions[i].name for i in (reading.head, reading.tail))
    if reading.relation in symmetric and tail < head:
        head, tail = tail, head
    return head, reading.relation, tail
