"""Work spread over processes, without changing its result."""

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Generic, TypeVar

from kg.errors import RunError

__all__ = ["Lost", "Workers"]

_In = TypeVar("_In")
_Out = TypeVar("_Out")


# Deaths in a row, none of them after a success, from which the fault is in the processes and not in the items.
_MOST_DEATHS = 3
_ALL_DIE = (
    "the worker processes die as soon as they start; use one worker, and in a script of your own "
    "call ingest below `if __name__ == '__main__':`"
)


class Lost(Generic[_In]):
    """An item whose process died each time it was tried."""

    def __init__(self, item: _In) -> None:
        self.item = item


def _ignore_interrupt() -> None:
    """Ctrl-C reaches the whole process group; only the parent decides what stops."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Workers:
    """A pool of processes that outlives the death of any of them; with one worker, this process does the work."""

    def __init__(self, count: int) -> None:
        if count < 1:
            raise ValueError(f"at least one worker is needed, not {count}")
        self.count = count
        self._pool: ProcessPoolExecutor | None = None
        self._deaths = 0

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def map(
        self, work: Callable[[Sequence[_In]], Sequence[_Out]], batches: Iterable[Sequence[_In]]
    ) -> Iterator[_Out | Lost[_In]]:
        """What `work` gives for the items of each batch, batches in the order in which they are done.

        A batch whose process died is tried again item by item; an item that kills its process again is `Lost`.
        At most two batches a worker are under way, so `batches` is read as it is needed. Raises RunError where
        no process lives long enough to do anything.
        """
        if self.count == 1:
            for batch in batches:
                yield from work(batch)
            return
        source = iter(batches)
        running: dict[Future[Sequence[_Out]], Sequence[_In]] = {}
        exhausted = False
        while running or not exhausted:
            while not exhausted and len(running) < 2 * self.count:
                try:
                    batch = next(source)
                except StopIteration:
                    exhausted = True
                else:
                    running[self._submit(work, batch)] = batch
            if not running:
                break
            try:
                done, _ = wait(running, return_when=FIRST_COMPLETED)
            except KeyboardInterrupt:
                # What is done is done; what waits is dropped.
                for future in running:
                    future.cancel()
                for future in [f for f in running if f.done() and not f.cancelled() and f.exception() is None]:
                    yield from future.result()
                raise
            broken: list[Sequence[_In]] = []
            for future in done:
                batch = running.pop(future)
                try:
                    yield from future.result()
                except BrokenProcessPool:
                    broken.append(batch)
            if broken:
                # A broken pool fails every batch under way, whichever of them killed it.
                broken.extend(running.values())
                running.clear()
                for batch in broken:
                    yield from self._one_by_one(work, batch)

    def _one_by_one(
        self, work: Callable[[Sequence[_In]], Sequence[_Out]], batch: Sequence[_In]
    ) -> Iterator[_Out | Lost[_In]]:
        for item in batch:
            try:
                outcomes = self._submit(work, [item]).result()
            except BrokenProcessPool:
                self._deaths += 1
                if self._deaths > _MOST_DEATHS:
                    raise RunError(_ALL_DIE) from None
                yield Lost(item)
            else:
                self._deaths = 0
                yield from outcomes

    def _submit(self, work: Callable[[Sequence[_In]], Sequence[_Out]], batch: Sequence[_In]) -> Future[Sequence[_Out]]:
        if self._pool is not None:
            try:
                return self._pool.submit(work, batch)
            except BrokenProcessPool:
                self._pool.shutdown(wait=False)
        # Forked from a server that has loaded the pipeline and has no threads: quick, and safe beside the store's.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["ingest.work", "ingest.extract.patterns"])
        self._pool = ProcessPoolExecutor(self.count, mp_context=context, initializer=_ignore_interrupt)
        return self._pool.submit(work, batch)
