"""Typed trigger patterns as data: which path between two mentions states which relation, and how surely.

triggers.toml lists frames (verbs and nouns, and the paths that they open); scores.tsv holds how often each path between
mentions of two classes was right on annotated text, and adds paths that no frame lists but that were right there.
The score of a reading is the share that was right, drawn towards broader counts where few were seen:

    path and both classes  <-  path  <-  all paths of the frame  <-  PRIOR

so a pattern that was never seen scores as its frame does, and one that was seen often scores as it did.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from ingest.extract.lexis import load_lexis
from kg.errors import OntologyError
from kg.ontology import Ontology

__all__ = ["Counts", "Rule", "Triggers", "bare_path", "load_triggers", "write_scores"]

_FOLDER = Path(__file__).parent
TRIGGERS: Final = _FOLDER / "triggers.toml"
SCORES: Final = _FOLDER / "scores.tsv"

PRIOR: Final = 0.35  # of a frame before anything was seen
UNLISTED: Final = 0.05  # of a path that no frame lists
GENERAL: Final = 0.5  # how far a path without a telling word speaks for classes that it was not seen with
_MARKS = str.maketrans("", "", "~^")

# (path, label of the first mention, label of the second) -> how often seen, and how often right by relation; a
# relation carries `>` where the first mention is its subject and `<` where it is its object.
Counts = Mapping[tuple[str, str, str], tuple[int, Mapping[str, int]]]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a path between two classes states."""

    relation: str
    reverse: bool  # the first mention is the object
    score: float
    why: str  # the path, and how often it was right


@dataclass(frozen=True, slots=True)
class _Frame:
    number: int
    relation: str
    reverse: bool


def bare_path(path: str) -> str:
    """A path without the marks of its roles.

    >>> bare_path("subj^>sell>to~")
    'subj>sell>to'
    """
    return path.translate(_MARKS)


def _is_general(path: str) -> bool:
    """Whether a path holds no word that tells: `>of>`, `comp`, `subj>be>of`."""
    vague = load_lexis().groups["vague"]
    pieces = [piece for piece in bare_path(path).split(">") if piece]
    return len(pieces) < 2 or (len(pieces) == 3 and pieces[1] in vague) or (pieces[0] == "and" and pieces[-1] in vague)


def _marks(path: str) -> str:
    return "".join(c for c in path if c in "~^")


class Triggers:
    """Looks up what a path states; answers are kept, so that each is worked out once."""

    def __init__(self, frames: Mapping[str, tuple[_Frame, ...]], counts: Counts, ontology: Ontology) -> None:
        self._frames = frames
        self._counts = counts
        self._ontology = ontology
        self._by_path: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        self._by_frame: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
        self._relations: dict[str, set[str]] = defaultdict(set)  # path -> relations right on it at least once
        self._known: dict[tuple[str, str, str], tuple[Rule, ...]] = {}
        self._count()

    @property
    def paths(self) -> frozenset[str]:
        """Paths that a frame lists, without marks."""
        return frozenset(self._frames)

    @property
    def relations(self) -> frozenset[str]:
        """Relations that a frame states."""
        return frozenset(frame.relation for frames in self._frames.values() for frame in frames)

    def _count(self) -> None:
        for (path, first, second), (seen, right) in self._counts.items():
            frames = self._frames.get(bare_path(path), ())
            directed = {f.relation + "<>"[not f.reverse]: f for f in frames}
            for key in sorted({*right, *directed}):
                if not self._admits(key, first, second):
                    continue
                hits = right.get(key, 0)
                tally = self._by_path[path, key]
                tally[0] += hits
                tally[1] += seen
                if key in right:
                    self._relations[path].add(key)
                if key in directed:
                    tally = self._by_frame[directed[key].number, _marks(path)]
                    tally[0] += hits
                    tally[1] += seen

    def _admits(self, key: str, first: str, second: str) -> bool:
        subject, object_ = (first, second) if key[-1] == ">" else (second, first)
        return self._ontology.admits(key[:-1], subject, object_)

    def rules(self, path: str, first: str, second: str) -> tuple[Rule, ...]:
        """What the path states between mentions of these labels, best first; empty for nothing."""
        key = (path, first, second)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = tuple(self._work_out(path, first, second))
        return known

    def _work_out(self, path: str, first: str, second: str) -> list[Rule]:
        frames = {f.relation + "<>"[not f.reverse]: f for f in self._frames.get(bare_path(path), ())}
        seen, right = self._counts.get((path, first, second), (0, {}))
        rules = []
        for key in sorted({*frames, *self._relations.get(path, ())}):
            if not self._admits(key, first, second):
                continue
            frame = frames.get(key)
            base = UNLISTED
            if frame is not None:
                hits, total = self._by_frame.get((frame.number, _marks(path)), (0, 0))
                base = (hits + 8 * PRIOR * 0.7 ** len(_marks(path))) / (total + 8)
            hits, total = self._by_path.get((path, key), (0, 0))
            broad = (hits + 3 * base) / (total + 3)
            if frame is None and _is_general(path):
                broad *= GENERAL  # `A of B` says little of one pair of classes by what it says of another
            score = (right.get(key, 0) + 2 * broad) / (seen + 2)
            rules.append(
                Rule(
                    key[:-1],
                    key[-1] == "<",
                    round(score, 4),
                    f"{path}: {right.get(key, 0)} of {seen}, {hits} of {total}",
                )
            )
        rules.sort(key=lambda r: (-r.score, r.relation, r.reverse))
        return rules


def _expand(number: int, frame: Mapping[str, object], path: Path) -> Iterable[tuple[str, _Frame]]:
    relation = frame.get("relation")
    if not isinstance(relation, str):
        raise OntologyError(f"{path}: frame {number} names no relation")
    unknown = sorted(set(frame) - {"relation", "verbs", "nouns", "paths", "pairs"})
    if unknown:
        raise OntologyError(f"{path}: frame {number} ({relation}) has the unknown key {unknown[0]!r}")
    words = [(word, word) for word in str(frame.get("verbs", "")).split()]
    words += [("n:" + word, word) for word in str(frame.get("nouns", "")).split()]
    templates = frame.get("paths", [])
    if not isinstance(templates, list) or bool(templates) != bool(words):
        raise OntologyError(f"{path}: frame {number} ({relation}) needs paths for its verbs and nouns")
    for template in templates:
        reverse = template.startswith("<")
        body = template.removeprefix("<")
        if ("*" in body) == ("@" in body):
            raise OntologyError(f"{path}: frame {number} ({relation}): the path {template!r} needs one * or @")
        for word, bare in words:
            yield body.replace("*", word).replace("@", bare), _Frame(number, relation, reverse)
    for pair in str(frame.get("pairs", "")).split():
        yield pair, _Frame(number, relation, reverse=False)


def load_triggers(ontology: Ontology, triggers: Path = TRIGGERS, scores: Path | None = SCORES) -> Triggers:
    """Read frames and counts and check them against the ontology; OntologyError names the file and the fault."""
    frames: dict[str, list[_Frame]] = defaultdict(list)
    for number, frame in enumerate(_read_frames(triggers), 1):
        for path, made in _expand(number, frame, triggers):
            ontology.require(made.relation)
            if not any(f.relation == made.relation and f.reverse == made.reverse for f in frames[path]):
                frames[path].append(made)
    counts = _read_scores(scores) if scores is not None else {}
    return Triggers({path: tuple(made) for path, made in frames.items()}, counts, ontology)


@cache
def _read_frames(path: Path) -> tuple[Mapping[str, object], ...]:
    try:
        return tuple(tomllib.loads(path.read_text(encoding="utf-8"))["frame"])
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise OntologyError(f"{path}: cannot be read as a list of frames: {error}") from error


@cache
def _read_scores(path: Path) -> Counts:
    counts: dict[tuple[str, str, str], tuple[int, Mapping[str, int]]] = {}
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.startswith("#"):
                continue
            fields = line.rstrip("\n").split("\t")
            if len(fields) != 5 or not fields[3].isdigit():
                raise OntologyError(
                    f"{path}:{number}: needs path, two labels, a count and relations, has {len(fields)} columns"
                )
            link, first, second, seen, rights = fields
            right = {name: int(times) for name, times in (item.rsplit(" ", 1) for item in rights.split(", ") if item)}
            counts[link, first, second] = (int(seen), right)
    return counts


def write_scores(counts: Counts, path: Path, frames: Iterable[str]) -> int:
    """Write the counts worth keeping, of listed paths and of others right twice, sorted; returns how many."""
    listed = frozenset(frames)
    proven = {link for (link, _, _), (_, right) in counts.items() if max(right.values(), default=0) >= 2}
    rows = []
    for (link, first, second), (seen, right) in sorted(counts.items()):
        if bare_path(link) in listed or link in proven:
            rows.append(
                f"{link}\t{first}\t{second}\t{seen}\t" + ", ".join(f"{k} {v}" for k, v in sorted(right.items()))
            )
    head = "# path, labels of first and second mention, times seen, times right by relation (`<`: the first is object)"
    path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    return len(rows)
