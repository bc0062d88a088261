"""What word lists and patterns say of a text, in the numbers that the learned extractor takes as features."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from spacy.tokens import Doc

from ingest.extract.coref import find_anaphors
from ingest.extract.relations import RelationReader
from ingest.extract.triggers import TRIGGERS, Triggers, load_triggers
from ingest.extract.wordpiece import Pieces
from kg.ontology import Ontology, load_ontology
from kg.types import Mention

__all__ = ["NO_HINT", "count_hints", "hinted_tag", "load_patterns", "pattern_scores", "word_hints"]

_NO_TRIGGERS: Final = Path(__file__).with_name("no_triggers.toml")

NO_HINT: Final = 0


def load_patterns(ontology: Ontology, scores: Path | None) -> Triggers:
    """The trigger patterns with these counts; an ontology without the project's relations has those counted alone."""
    is_ours = load_ontology().relations.keys() <= ontology.relations.keys()
    return load_triggers(ontology, TRIGGERS if is_ours else _NO_TRIGGERS, scores)


def count_hints(classes: int) -> int:
    """How many hints there are for so many classes: none, or the class, known or new, first word or a later one."""
    return 1 + 4 * classes


def word_hints(pieces: Pieces, mentions: Sequence[Mention], classes: Mapping[str, int]) -> list[int]:
    """For each word what the mention that covers it is taken for; `mentions` are in the order of the text.

    Mentions of classes that the model does not know are left out.
    """
    hints = [NO_HINT] * len(pieces.starts)
    word, count = 0, len(hints)
    for mention in mentions:
        while word < count and pieces.ends[word] <= mention.start:
            word += 1
        first = word
        number = classes.get(mention.label)
        while word < count and pieces.starts[word] < mention.end:
            if number is not None:
                is_new = mention.reason.startswith("new:")
                hints[word] = 1 + 4 * number + 2 * is_new + (word > first)
            word += 1
    return hints


def hinted_tag(hint: int) -> int:
    """The tag that a hint proposes: outside, then begin and inside of each class.

    >>> [hinted_tag(hint) for hint in (0, 1, 2, 3, 4, 5)]
    [0, 1, 2, 1, 2, 3]
    """
    return 0 if hint == NO_HINT else 1 + 2 * ((hint - 1) // 4) + (hint - 1) % 2


def pattern_scores(
    doc: Doc, mentions: Sequence[Mention], reader: RelationReader, triggers: Triggers, symmetric: frozenset[str]
) -> dict[tuple[int, int, str], float]:
    """(head, tail, relation) -> the best score of a pattern that reads it, anaphors resolved; ends are indices."""
    found: dict[tuple[int, int, str], float] = {}
    for sentence in reader.links(doc, mentions, find_anaphors(doc, mentions)):
        for link in sentence.links:
            first, second = mentions[link.first], mentions[link.second]
            if link.first == link.second:
                continue
            for rule in triggers.rules(link.path, first.label, second.label):
                head, tail = (link.second, link.first) if rule.reverse else (link.first, link.second)
                keys = [(head, tail, rule.relation)]
                if rule.relation in symmetric:
                    keys.append((tail, head, rule.relation))
                for key in keys:
                    found[key] = max(found.get(key, 0.0), rule.score)
    return found
