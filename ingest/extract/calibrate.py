"""Count on annotated text how often each path was right, and write scores.tsv anew.

    python -m ingest.extract.calibrate FILE... [--out scores.tsv]

Files are annotated text (markup or JSONL). The annotated mentions are taken as they are, so that the counts speak of
paths alone; anaphors are resolved as in use. A fact counts for every path between any two mentions of its entities;
a path between two classes counts once an item, as right where half of the pairs it joined there were.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from pathlib import Path

from ingest.annotation import Item, load_items
from ingest.extract.coref import find_anaphors
from ingest.extract.lexis import load_lexis
from ingest.extract.relations import RelationReader
from ingest.extract.triggers import SCORES, Counts, load_triggers, write_scores
from ingest.nlp import build_splitter
from kg.ontology import load_ontology
from kg.types import Mention

__all__ = ["count_paths", "gold_mentions", "main"]


def gold_mentions(item: Item) -> tuple[Mention, ...]:
    """The annotated mentions that have a span, in the order of the text; the name stands for the entity."""
    found = [
        Mention(e.start, e.end, e.label, e.name, f"{e.label}:{e.name.casefold()}")
        for e in item.entities
        if e.start is not None and e.end is not None
    ]
    return tuple(sorted(found, key=lambda m: m.start))


def _gold_facts(item: Item) -> dict[tuple[str, str], set[str]]:
    facts: dict[tuple[str, str], set[str]] = defaultdict(set)
    for relation in item.relations:
        head, tail = item.entities[relation.head], item.entities[relation.tail]
        facts[f"{head.label}:{head.name.casefold()}", f"{tail.label}:{tail.name.casefold()}"].add(relation.relation)
    return facts


def count_paths(items: Iterable[Item], reader: RelationReader, symmetric: Set[str]) -> Counts:
    """How often each path between each two labels was seen, and right; a symmetric relation is counted one way."""
    nlp = build_splitter()
    seen: Counter[tuple[str, str, str]] = Counter()
    right: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for item in items:
        mentions = gold_mentions(item)
        facts = _gold_facts(item)
        doc = nlp(item.text)
        pairs: dict[tuple[str, str, str], dict[tuple[str | None, str | None], set[str]]] = defaultdict(dict)
        for sentence in reader.links(doc, mentions, find_anaphors(doc, mentions)):
            for link in sentence.links:
                first, second = mentions[link.first], mentions[link.second]
                if first.entity == second.entity:
                    continue
                along = facts.get((first.entity or "", second.entity or ""), set())
                against = facts.get((second.entity or "", first.entity or ""), set())
                pairs[link.path, first.label, second.label][first.entity, second.entity] = {
                    *(relation + ">" for relation in along | (against & symmetric)),
                    *(relation + "<" for relation in against - symmetric),
                }
        for key, relations in pairs.items():
            # A long list is one use of its path, not ten.
            seen[key] += 1
            tally = Counter(relation for found in relations.values() for relation in found)
            right[key].update(relation for relation, times in tally.items() if 2 * times >= len(relations))
    return {key: (times, right[key]) for key, times in seen.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; returns the exit code."""
    parser = argparse.ArgumentParser(description="Count on annotated text how often each trigger path was right.")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=SCORES)
    options = parser.parse_args(arguments)
    ontology = load_ontology()
    triggers = load_triggers(ontology, scores=None)
    reader = RelationReader(triggers, load_lexis(), ontology)
    items = [item for file in options.files for item in load_items(file, ontology)]
    symmetric = frozenset(r.name for r in ontology.relations.values() if r.symmetric)
    counts = count_paths(items, reader, symmetric)
    print(f"{write_scores(counts, options.out, triggers.paths)} rows from {len(items)} items in {options.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
