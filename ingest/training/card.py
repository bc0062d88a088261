"""The model card: what the model learned from, how good it is on text that was held back, and where it ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.annotation import Item
from ingest.evaluation import Figure, Scores
from ingest.training.calibration import Bin

__all__ = ["CardFacts", "write_card"]

_PUBLIC = """Before that it learned names and relations from public corpora (`python -m ingest.training.pretrain`):

| corpus | licence |
|---|---|
| Re-DocRED (Tan et al. 2022), revised development and test documents | MIT |
| Universal NER, English EWT (Mayhew et al. 2024), development and test sentences | CC BY-SA 4.0 |
"""

_LIMITS = """## Limits

- English prose. Other languages, tables and lists give few and unsure readings.
- It learned from short passages: a fact is found where both its ends stand within about 110 words of one another, or
  where a pronoun or a description in between leads back to a name.
- Status, polarity and the qualifiers are the network's best guess; the score speaks of the fact alone.
- A score is a probability on text like the text it learned from; on other text it is too high.
- Details in the training text are often invented: it teaches how things are said. No fact is taken from it.
"""


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What the card tells."""

    name: str
    learned: Sequence[Item]
    held: Sequence[Item]
    scores: Scores  # on held-back text, at the threshold
    qualified: Mapping[str, tuple[int, int]]  # qualifier -> right, of facts found
    threshold: float
    precision: float
    bins: Sequence[Bin]
    seed: int
    used_public: bool


def write_card(facts: CardFacts) -> str:
    """The card as Markdown."""
    total = facts.scores.total
    parts = [
        f"# Model card: {facts.name}\n",
        "Finds mentions and relations in English text for `--extractor learned`: a six-layer encoder",
        "(all-MiniLM-L6-v2, Apache-2.0, 22 million weights, in eight bits), a tagger and a reader of pairs. Written by",
        f"`python -m ingest.training` with seed {facts.seed}.\n",
        "## What it learned from\n",
        _sources(facts),
        _PUBLIC if facts.used_public else "",
        "## How good it is\n",
        f"On {len(facts.held)} passages of the same kind that were held back, no article standing on both sides,",
        f"with the default threshold of {facts.threshold:.2f}, from which on {facts.precision:.0%} of what it reads",
        "there is right.\n",
        "| figure | precision | recall | F1 |\n|---|--:|--:|--:|",
        *(f"| {name} | {f.precision:.3f} | {f.recall:.3f} | {f.f1:.3f} |" for name, f in total.items()),
        f"\nOf {facts.scores.empty_items} passages without a fact, {facts.scores.kept_empty} were left without.\n",
        "| of facts found | right | of |\n|---|--:|--:|",
        *(f"| {name} | {right} | {count} |" for name, (right, count) in facts.qualified.items()),
        "\n### By class (mentions)\n",
        _by_kind("class", "mention", facts.scores.by_kind),
        "\n### By relation (facts by canonical name)\n",
        _by_kind("relation", "fact", facts.scores.by_kind),
        "\n### What a score is worth\n",
        "Each fifth of the passages was scored by a calibration fitted on the others.\n",
        "| mean score | share right | readings |\n|--:|--:|--:|",
        *(f"| {b.score:.2f} | {b.right:.2f} | {b.count} |" for b in facts.bins),
        "\n" + _LIMITS,
    ]
    return "\n".join(part for part in parts if part)


def _sources(facts: CardFacts) -> str:
    licences: dict[str, int] = {}
    for item in facts.learned:
        licence = item.fields.get("licence", "written for this project")
        licences[licence] = licences.get(licence, 0) + 1
    count = sum(len(item.relations) for item in facts.learned)
    rows = [
        f"{len(facts.learned)} annotated passages with {count} facts:\n",
        "| licence of the passages | passages |\n|---|--:|",
    ]
    rows += [f"| {licence} | {number} |" for licence, number in sorted(licences.items(), key=lambda p: (-p[1], p[0]))]
    return "\n".join(rows) + "\n"


def _by_kind(title: str, figure: str, by_kind: Mapping[tuple[str, str], Figure]) -> str:
    rows = [f"| {title} | precision | recall | F1 | annotated |\n|---|--:|--:|--:|--:|"]
    rows += [
        f"| {kind} | {f.precision:.2f} | {f.recall:.2f} | {f.f1:.2f} | {f.gold} |"
        for (name, kind), f in by_kind.items()
        if name == figure
    ]
    return "\n".join(rows)
