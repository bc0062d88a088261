"""An extractor whose answers are known without reading a pattern."""

import os
import re
from collections.abc import Iterable, Iterator

from ingest.seeds import Seeds
from kg.errors import ExtractError
from kg.ontology import Ontology
from kg.terms import entity_iri
from kg.types import Extraction, Mention, Reading

SENTENCE = re.compile(r"(\w+) (supplies|owns) (\w+)\.")


class TwoWords:
    """Reads `Ann supplies Bob.` as a claim between firms that no seed knows."""

    name = "two-words/1"

    def extract(self, texts: Iterable[str]) -> Iterator[Extraction]:
        for text in texts:
            if "poison" in text:
                raise ExtractError("the text is poisoned", article="?")
            if "kill the worker" in text:
                os._exit(1)
            mentions, readings = [], []
            for match in SENTENCE.finditer(text):
                for group in (1, 3):
                    name = match[group]
                    iri = entity_iri(f"firm.{name.lower()}")
                    mentions.append(Mention(match.start(group), match.end(group), "FIRM", name, iri, 1.0, "a word"))
                n = len(mentions)
                readings.append(Reading(n - 2, match[2], n - 1, match.start(), match.end(), 0.9, rule="two words"))
            yield Extraction(tuple(mentions), tuple(readings))


def make(seeds: Seeds, ontology: Ontology) -> TwoWords:
    return TwoWords()


def slower(seeds: Seeds, ontology: Ontology) -> TwoWords:
    """The same answers under another name."""
    extractor = TwoWords()
    extractor.name = "two-words/2"
    return extractor
