"""Workers give the same items whatever their number, and outlive one that dies."""

import os
from collections.abc import Sequence

import pytest

from ingest.pool import Lost, Workers
from kg.errors import RunError


def double(batch: Sequence[int]) -> list[int]:
    return [2 * n for n in batch]


def double_unless_13(batch: Sequence[int]) -> list[int]:
    if 13 in batch:
        os._exit(1)
    return double(batch)


@pytest.mark.parametrize("count", [1, 2])
def test_every_item_is_worked_on_once(count: int) -> None:
    with Workers(count) as workers:
        assert sorted(workers.map(double, ([n, n + 1] for n in range(0, 40, 2)))) == [2 * n for n in range(40)]


def test_an_item_that_kills_its_process_is_lost_alone() -> None:
    with Workers(2) as workers:
        found = list(workers.map(double_unless_13, [[n, n + 1] for n in range(0, 40, 2)]))
    assert [item.item for item in found if isinstance(item, Lost)] == [13]
    assert sorted(item for item in found if isinstance(item, int)) == [2 * n for n in range(40) if n != 13]


def die(batch: Sequence[int]) -> list[int]:
    os._exit(1)


def test_processes_that_cannot_live_stop_the_run_with_the_mend() -> None:
    with Workers(2) as workers, pytest.raises(RunError, match="use one worker"):
        list(workers.map(die, [[n] for n in range(40)]))


def test_no_batches_need_no_process() -> None:
    with Workers(2) as workers:
        assert list(workers.map(double, [])) == []


def test_no_workers_are_too_few() -> None:
    with pytest.raises(ValueError, match="not 0"):
        Workers(0)
