"""From candidates to readings: scores as probabilities, a threshold, the words that carry each."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.extract.joint import Candidate, Reading
from ingest.extract.network import ModelInfo
from kg.ontology import Ontology
from kg.types import Extraction, Mention
from kg.types import Reading as FactReading

__all__ = ["FEATURES", "assemble", "calibration_features", "probability"]

_QUOTE = 600  # characters of evidence at most, beside the two mentions
FEATURES = ("bias", "logit", "head", "tail", "pattern", "has_pattern", "apart")


def calibration_features(candidate: Candidate, mentions: Sequence[Mention]) -> list[float]:
    """What a score is worked out from; see FEATURES."""
    head, tail = mentions[candidate.head].score, mentions[candidate.tail].score
    return [
        1.0,
        candidate.logit,
        float(np.log(max(head, 1e-3))),
        float(np.log(max(tail, 1e-3))),
        candidate.pattern,
        float(candidate.pattern > 0),
        float(candidate.apart > 0),
    ]


def probability(features: NDArray[np.float64], relations: Sequence[str], info: ModelInfo) -> NDArray[np.float64]:
    """Probability of each candidate by the calibration of the model: logistic, with an offset for each relation."""
    weights = np.array(info.calibration["weights"])
    offsets = info.calibration["offsets"]
    z = features @ weights + np.array([offsets.get(relation, 0.0) for relation in relations])
    return np.asarray(1.0 / (1.0 + np.exp(-z)))


def assemble(text: str, reading: Reading, info: ModelInfo, ontology: Ontology, threshold: float) -> Extraction:
    """The mentions, and the candidates whose probability is at least `threshold`, in the order of the text."""
    if not reading.candidates:
        return Extraction(reading.mentions, ())
    features = np.array([calibration_features(c, reading.mentions) for c in reading.candidates])
    scores = probability(features, [c.relation for c in reading.candidates], info)
    readings = [
        _reading(text, candidate, round(float(score), 4), reading.mentions, reading.sentences, info, ontology)
        for candidate, score in zip(reading.candidates, scores, strict=True)
        if score >= threshold
    ]
    readings.sort(key=lambda r: (r.start, r.head, r.tail, r.relation))
    return Extraction(reading.mentions, tuple(readings))


def _reading(
    text: str,
    candidate: Candidate,
    score: float,
    mentions: Sequence[Mention],
    sentences: Sequence[tuple[int, int]],
    info: ModelInfo,
    ontology: Ontology,
) -> FactReading:
    head, tail = candidate.head, candidate.tail
    relation = ontology.relations[candidate.relation]
    if relation.symmetric and mentions[tail].start < mentions[head].start:
        head, tail = tail, head
    start, end = _evidence(text, mentions[head], mentions[tail], sentences)
    pointers = dict(zip(info.pointers, candidate.pointers, strict=True))
    if not relation.takes_concerns:
        pointers["concerns"] = None
    return FactReading(
        head=head,
        relation=candidate.relation,
        tail=tail,
        start=start,
        end=end,
        score=score,
        status=info.statuses[candidate.status],  # type: ignore[arg-type]
        polarity=info.polarities[candidate.polarity],  # type: ignore[arg-type]
        rule=f"network {candidate.logit:+.2f}, pattern {candidate.pattern:.2f}",
        **pointers,
    )


def _evidence(text: str, head: Mention, tail: Mention, sentences: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The sentences from one mention to the other, without blanks around; of very long ones the part around both."""
    low, high = min(head.start, tail.start), max(head.end, tail.end)
    start = max((a for a, _ in sentences if a <= low), default=low)
    end = min((b for _, b in sentences if b >= high), default=high)
    margin = max(0, (_QUOTE - (high - low)) // 2)
    if end - start > _QUOTE:
        start, end = max(start, low - margin), min(end, high + margin)
        while start < low and not text[start - 1].isspace():
            start += 1
        while end > high and end < len(text) and not text[end].isspace():
            end -= 1
    while start < low and text[start].isspace():
        start += 1
    while end > high and text[end - 1].isspace():
        end -= 1
    return start, end
