"""Scores as probabilities: a logistic of a few features, with an offset for each relation, fitted on held-back text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Bin", "Calibration", "cross_scores", "fit_calibration", "reliability", "threshold_for"]

_FOLDS: Final = 5
_RIDGE: Final = 1.0
_OFFSET_RIDGE: Final = 4.0  # offsets are drawn to zero harder: many relations have few candidates


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of the features, and the offset of each relation."""

    weights: tuple[float, ...]
    offsets: Mapping[str, float]

    def apply(self, features: NDArray[np.float64], relations: Sequence[str]) -> NDArray[np.float64]:
        """Probability of each row."""
        z = features @ np.array(self.weights) + np.array([self.offsets.get(relation, 0.0) for relation in relations])
        return np.asarray(1.0 / (1.0 + np.exp(-z)))


@dataclass(frozen=True, slots=True)
class Bin:
    """Candidates of about one score: the mean score, the share that is right, and how many there are."""

    score: float
    right: float
    count: int


def fit_calibration(features: NDArray[np.float64], relations: Sequence[str], right: NDArray[np.bool_]) -> Calibration:
    """By Newton's method; the first feature is the constant and is not drawn to zero."""
    names = sorted(set(relations))
    place = {name: number for number, name in enumerate(names)}
    one_hot = np.zeros((len(relations), len(names)))
    one_hot[np.arange(len(relations)), [place[relation] for relation in relations]] = 1.0
    x = np.hstack([features, one_hot])
    ridge = np.concatenate([[1e-6], np.full(features.shape[1] - 1, _RIDGE), np.full(len(names), _OFFSET_RIDGE)])
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1.0 / (1.0 + np.exp(-(x @ weights)))
        gradient = x.T @ (right - p) - ridge * weights
        curvature = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(curvature, gradient)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    count = features.shape[1]
    rounded = [round(float(w), 6) for w in weights]
    return Calibration(tuple(rounded[:count]), dict(zip(names, rounded[count:], strict=True)))


def cross_scores(
    features: NDArray[np.float64], relations: Sequence[str], right: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Probability of each row by a calibration fitted on the other four fifths; each fifth is a run of texts."""
    fold = np.arange(len(right)) * _FOLDS // max(1, len(right))
    scores = np.zeros(len(right))
    for number in range(_FOLDS):
        inside, others = np.flatnonzero(fold == number).tolist(), np.flatnonzero(fold != number).tolist()
        fitted = fit_calibration(features[others], [relations[k] for k in others], right[others])
        scores[inside] = fitted.apply(features[inside], [relations[k] for k in inside])
    return scores


def threshold_for(scores: NDArray[np.float64], right: NDArray[np.bool_], precision: float) -> float:
    """The lowest score from which on the share that is right reaches `precision`, and `precision` at most.

    Scores are probabilities, so what scores `precision` is right that often by itself.
    """
    order = np.argsort(-scores, kind="stable")
    shares = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    reached = np.flatnonzero(shares >= precision)
    lowest = float(scores[order[reached[-1]]]) if len(reached) else 1.0
    return min(precision, int(lowest * 10_000) / 10_000)


def reliability(scores: NDArray[np.float64], right: NDArray[np.bool_], bins: int = 10) -> list[Bin]:
    """The reliability diagram as a table: bins of equal width, empty ones left out."""
    number = np.minimum((scores * bins).astype(int), bins - 1)
    return [
        Bin(float(scores[number == k].mean()), float(right[number == k].mean()), int((number == k).sum()))
        for k in range(bins)
        if (number == k).any()
    ]
