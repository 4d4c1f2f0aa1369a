"""Batches of pages through one process or several: bounded, in order, and surviving a worker that dies."""

import gc
import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from pipeline.records import Page
from pipeline.run.stored import PageResult
from pipeline.run.worker import Done, Item, plain_result, preload, prepare, rejection, work
from pipeline.settings import Settings

BATCH_CHARACTERS = 200_000
BATCH_PAGES = 16
AHEAD = 3
"""Batches that wait for each process."""

Batch = list[Item]


def batches(items: Iterable[Item]) -> Iterator[Batch]:
    """Items in groups small enough to bound memory and large enough to be worth a process's while."""
    batch: Batch = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(item[1].text) if isinstance(item[1], Page) else 0
        if size >= BATCH_CHARACTERS or len(batch) >= BATCH_PAGES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def in_order(batch: Batch, results: Iterable[PageResult]) -> list[Done]:
    """The results of a batch's pages, with its rejections and ends, in the order of the batch."""
    given = iter(results)
    return [(source, next(given) if isinstance(item, Page) else plain_result(item)) for source, item in batch]


def pages_of(batch: Batch) -> list[Page]:
    return [item for _, item in batch if isinstance(item, Page)]


class Pool:
    """Processes that turn pages into results."""

    def __init__(self, settings: Settings, fingerprint: str, known: Path | None, jobs: int) -> None:
        self.jobs = jobs
        self.setup = (settings, fingerprint, known)
        self.processes: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self.processes:
            self.processes.shutdown(wait=kind is None, cancel_futures=True)

    def results(self, items: Iterable[Item]) -> Iterator[Done]:
        """What comes of the items, in their order."""
        waiting: deque[tuple[Batch, Future[list[PageResult]]]] = deque()
        for batch in batches(items):
            waiting.append((batch, self._submit(batch)))
            if len(waiting) > self.jobs * AHEAD:
                yield from self._next(waiting)
        while waiting:
            yield from self._next(waiting)

    def _next(self, waiting: "deque[tuple[Batch, Future[list[PageResult]]]]") -> list[Done]:
        batch, future = waiting.popleft()
        try:
            return in_order(batch, future.result())
        except BrokenProcessPool:
            self._end()
            results = self._alone(batch)
            again = [other for other, _ in waiting]
            waiting.clear()
            waiting.extend((other, self._submit(other)) for other in again)
            return results

    def _alone(self, batch: Batch) -> list[Done]:
        """A batch that was under way when a process died, halved until the page that kills is alone."""
        try:
            return in_order(batch, self._submit(batch).result())
        except BrokenProcessPool:
            self._end()
        if len(batch) > 1:
            half = len(batch) // 2
            return self._alone(batch[:half]) + self._alone(batch[half:])
        why = "the process died of it (out of memory?); split the page, or report it"
        return in_order(batch, [PageResult(rejected=[rejection(page, "extract", why)]) for page in pages_of(batch)])

    def _submit(self, batch: Batch) -> "Future[list[PageResult]]":
        if self.processes is None:
            method = "fork" if sys.platform == "linux" else "spawn"
            if method == "fork":
                preload(*self.setup)
                gc.freeze()
            context = multiprocessing.get_context(method)
            self.processes = ProcessPoolExecutor(self.jobs, context, prepare, (*self.setup, os.getpid()))
        try:
            return self.processes.submit(work, pages_of(batch))
        except BrokenProcessPool as error:
            broken: Future[list[PageResult]] = Future()
            broken.set_exception(error)
            return broken

    def _end(self) -> None:
        if self.processes:
            self.processes.shutdown(wait=False, cancel_futures=True)
            self.processes = None
