"""Timing that several benchmarks share."""

import statistics
from collections.abc import Callable
from time import perf_counter

__all__ = ["in_turn", "median_seconds"]


def median_seconds(work: Callable[[], object], runs: int = 5) -> float:
    """Median wall time of `work` over `runs` runs, after one that is not counted."""
    return in_turn([work], runs)[0]


def in_turn(works: list[Callable[[], object]], runs: int = 5) -> list[float]:
    """Median wall time of each of `works`, run in turn so that a busy moment meets them all."""
    seconds: list[list[float]] = [[] for _ in works]
    for run in range(runs + 1):
        for work, found in zip(works, seconds, strict=True):
            began = perf_counter()
            work()
            if run:
                found.append(perf_counter() - began)
    return [statistics.median(found) for found in seconds]
