"""How far a mention is to be trusted: how often its words, found and linked as they are, were right in annotated text.

    python -m ingest.extract.trust FILE... [--real FILE...] [--out trust.tsv]

counts anew. Files are annotated text (markup or JSONL). Text that was written for the annotation is the easier one:
what stands in `--real` files counts several times.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.annotation import Item, load_items
from kg.types import Mention

__all__ = ["SHARES", "Trust", "load_trust"]

SHARES: Final = Path(__file__).with_name("trust.tsv")
_REAL: Final = 4  # how many times real text counts
_PRIOR: Final = 4.0  # what the share of the class weighs, in mentions
_UNKNOWN_CLASS: Final = 0.8
# Words seen less often say no more than their class does.
_LEAST: Final = 2

Counts = dict[tuple[str, str], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Trust:
    """Shares of right mentions by class and by words within it; a class as a whole stands under the words ""."""

    counts: Mapping[tuple[str, str], tuple[float, float]]  # (label, words in lower case) -> times seen, times right

    def share(self, mention: Mention, words: str) -> float:
        """The chance, in (0, 1], that the mention is one, of this class, and names this entity."""
        seen, right = self.counts.get((mention.label, ""), (0.0, 0.0))
        prior = right / seen if seen else _UNKNOWN_CLASS
        seen, right = self.counts.get((mention.label, words.lower()), (0.0, 0.0))
        return (right + _PRIOR * prior) / (seen + _PRIOR)


def load_trust(path: Path = SHARES) -> Trust:
    """The shares that come with the extractor."""
    counts: Counts = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            label, words, seen, right = line.split("\t")
            counts[label, words] = (float(seen), float(right))
    return Trust(counts)


def count_mentions(items: Iterable[tuple[Item, Sequence[Mention], int]]) -> Counts:
    """Times seen and times right of each label and words; an item counts as often as its number says."""
    seen: dict[tuple[str, str], int] = defaultdict(int)
    right: dict[tuple[str, str], int] = defaultdict(int)
    for item, mentions, weight in items:
        gold = {(e.start, e.end, e.label): e.name.casefold() for e in item.entities}
        for mention in mentions:
            good = gold.get((mention.start, mention.end, mention.label)) == mention.name.casefold()
            for key in ((mention.label, ""), (mention.label, item.text[mention.start : mention.end].lower())):
                seen[key] += weight
                right[key] += weight * good
    return {key: (float(times), float(right[key])) for key, times in seen.items() if not key[1] or times >= _LEAST}


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; returns the exit code."""
    from ingest.extract.registry import ExtractorSpec, build_extractor

    parser = argparse.ArgumentParser(description="Count on annotated text how often mentions were right.")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--real", nargs="*", type=Path, default=[])
    parser.add_argument("--out", type=Path, default=SHARES)
    options = parser.parse_args(arguments)
    extractor = build_extractor(ExtractorSpec())

    def found(files: Sequence[Path], weight: int) -> Iterable[tuple[Item, Sequence[Mention], int]]:
        for file in files:
            items = load_items(file)
            extractions = extractor.extract(item.text for item in items)
            for item, extraction in zip(items, extractions, strict=True):
                yield item, extraction.mentions, weight

    counts = count_mentions([*found(options.files, 1), *found(options.real, _REAL)])
    rows = [f"{label}\t{words}\t{seen:g}\t{right:g}" for (label, words), (seen, right) in sorted(counts.items())]
    header = "# label, words (none: the class as a whole), times seen, times right"
    options.out.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    print(f"{len(rows)} rows in {options.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
