"""The whole job: what is in raw/ → the tables in extracted/, doing only what is new since the last time."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import InputError, OutputError
from pipeline.run import fingerprint, reviews
from pipeline.run.files import Replacement, sha256, stamp, writing
from pipeline.run.lock import locked
from pipeline.run.output import Tables, Totals, outputs
from pipeline.run.reviewlog import WORKSHOP
from pipeline.run.reviews import ORPHANS, STATE
from pipeline.run.state import State, StateBrokenError, guarded, set_aside
from pipeline.run.stored import Source
from pipeline.run.worker import Alone, Item
from pipeline.settings import Settings
from pipeline.table.formats import check_format

if TYPE_CHECKING:
    from pipeline.run.pool import Pool

STDIN = "stdin"
COMMIT_SECONDS = 0.2
WORTH_A_POOL = 2_000_000
"""Bytes of input below which starting processes costs more than it saves."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to do. ``jobs`` 0 means: as many processes as the input is worth and the machine has."""

    raw: tuple[Path, ...]
    out: Path
    settings: Settings = field(default_factory=Settings)
    jobs: int = 0
    formats: tuple[str, ...] = ("csv",)


@dataclass(slots=True)
class Summary:
    """What was done, and what the tables hold now."""

    totals: Totals = field(default_factory=Totals)
    sources: Counter[str] = field(default_factory=Counter)
    names: dict[str, list[str]] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    extracted: int = 0
    written: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Progress:
    """Called while the work goes on: with the number of sources to read, then after each page."""

    begin: Callable[[int], None] = lambda sources: None
    step: Callable[[int, int], None] = lambda sources, posts: None


NAMED = 5
"""How many sources a summary names."""


def run(job: Job, progress: Progress | None = None) -> Summary:
    """Do the job.

    Raises:
        InputError: a path of ``raw`` does not exist.
        OutputError: the output folder cannot be written, is in use, or holds an edited table that cannot be read.
    """
    started = time.monotonic()
    for name in job.formats:
        check_format(name)
    for path in job.raw:
        if str(path) != "-" and not os.path.lexists(path):
            raise InputError(f"{path}: no such file or folder; create it, or name another")
        if path.is_dir() and path.resolve() == job.out.resolve():
            raise OutputError(f"{job.out}: it is the input as well; choose another folder with --out")
    workshop = job.out / WORKSHOP
    with writing(workshop):
        workshop.mkdir(parents=True, exist_ok=True)
        with locked(workshop / "lock"):
            try:
                summary = _with_state(job, workshop, progress or Progress())
            except StateBrokenError as error:
                aside = set_aside(workshop / STATE)
                summary = _with_state(job, workshop, progress or Progress())
                summary.messages.insert(
                    0, f"{workshop / STATE} could not be used ({error}); it is now {aside.name}, all is done again"
                )
    summary.seconds = time.monotonic() - started
    return summary


def _with_state(job: Job, workshop: Path, progress: Progress) -> Summary:
    path = workshop / STATE
    with guarded(path):
        state = State(path)
        try:
            return Run(job, state, progress).all()
        finally:
            state.close()


class Run:
    """One run with its state open."""

    def __init__(self, job: Job, state: State, progress: Progress) -> None:
        self.job, self.state, self.progress = job, state, progress
        self.parts = fingerprint.fingerprint(job.settings)
        self.fingerprint = fingerprint.combined(self.parts)
        self.summary = Summary()
        self.bytes = 0

    def all(self) -> Summary:
        found = reviews.load(self.job.out, self.state)
        self.summary.messages += found.messages
        todo = self._survey()
        if todo:
            self.state.put("dirty", True)
        self.state.commit()
        if todo:
            self._read(todo)
        self._write(found)
        return self.summary

    def _survey(self) -> int:
        """Look at every source; note the ones that must be read, and forget those that are gone."""
        from pipeline.ingest import sources

        run = int(self.state.get("run", 0)) + 1
        self.state.put("run", run)
        old: dict[str, str] = self.state.get("fingerprint", {})
        if old and old != self.parts:
            self.summary.reasons = fingerprint.differences(old, self.parts)
        todo = 0
        out = self.job.out.resolve()
        guests = [path for path in self.job.raw if out.is_relative_to(path.resolve())]
        for path in sources(self.job.raw):
            if guests and path.resolve().is_relative_to(out):
                continue
            why = self._look(path, run)
            todo += bool(why)
            self.summary.sources[why or "kept"] += 1
            names = self.summary.names.setdefault(why, [])
            if why and len(names) < NAMED:
                names.append(str(path))
        gone = self.state.drop_unseen(run)
        if gone:
            self.summary.sources["gone"] = gone
            self.state.put("dirty", True)
        return todo

    def _look(self, path: Path, run: int) -> str:
        """Why a source must be read: new, changed, rules, again (the last run was interrupted); empty for not."""
        now, recent = ("", True) if str(path) == "-" else stamp(path)
        before = self.state.source(path)
        digest = ""
        if before is None:
            why = "new"
        else:
            _, then, digest, of, complete = before
            if not now or then != now:
                why = "changed"
            elif not complete:
                why = "again"
            elif of != self.fingerprint:
                why = "rules"
            elif digest and digest != sha256(path):
                why = "changed"
            else:
                why = ""
        if why:
            self.bytes += int(now.split()[0]) if now[:1].isdigit() else 0
        digest = (digest if digest and not why else sha256(path)) if now and recent else ""
        if why or before is None or before[2] != digest:
            self.state.see(path, run, now, digest, why)
        else:
            self.state.touch(before[0], run)
        return why

    def _items(self) -> Iterator[Item]:
        from pipeline.ingest import read

        for source in self.state.todo():
            yield from self._of(source, read)
            yield source.id, None

    def _of(self, source: Source, read: Callable[..., Iterator[object]]) -> Iterator[Item]:
        from pipeline.records import Page, Rejection
        from pipeline.run.worker import surprise

        try:
            for item in read(source.path, self.job.settings):
                if isinstance(item, Page | Rejection):
                    yield source.id, replace(item, source_file=STDIN) if str(source.path) == "-" else item
        except Exception as error:
            yield source.id, Rejection(str(source.path), "ingest", surprise(error))

    def _read(self, todo: int) -> None:
        self.progress.begin(todo)
        current, place, done, posts = 0, 0, 0, 0
        known = self.state.path if self.state.has_extractions() else None
        with self._workers(known) as workers:
            for source, result in workers.results(self._items()):
                if source != current:
                    self.state.start(source)
                    current, place = source, 0
                if result is None:
                    self.state.finish(source, self.fingerprint)
                    done += 1
                else:
                    place = self.state.add(source, place, result)
                    posts += len(result.posts)
                    self.summary.extracted += result.extracted
                self.progress.step(done, posts)
                self.state.commit(after=COMMIT_SECONDS)
        self.state.commit()

    def _workers(self, known: Path | None) -> "Alone | Pool":
        jobs = self._jobs()
        if jobs == 1:
            return Alone(self.job.settings, self.fingerprint, known)
        from pipeline.run.pool import Pool

        return Pool(self.job.settings, self.fingerprint, known, jobs)

    def _jobs(self) -> int:
        if self.job.jobs:
            return self.job.jobs
        processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return max(1, min(processors, self.bytes // WORTH_A_POOL + 1))

    def _write(self, found: reviews.Reviews) -> None:
        out, state = self.job.out, self.state
        written: dict[str, str] = state.get("written", {})
        formats = self._formats()
        names = outputs(formats)
        as_left = all(written.get(name) == stamp(out / name)[0] != "" for name in names)
        lost = ORPHANS in written and not (out / ORPHANS).exists()
        if as_left and not lost and not state.get("dirty", True):
            self.summary.totals = Totals(**state.get("totals"))
            state.commit()
            return
        files = Replacement(out, state.path.parent)
        with writing(out):
            try:
                totals = Tables(state, found, formats).write(files)
                self.summary.written = files.commit()
            finally:
                files.abandon()
            if not totals.orphans:
                (out / ORPHANS).unlink(missing_ok=True)
        state.keep_decisions(found.decisions.values())
        state.collect()
        state.put("written", {name: stamp(out / name)[0] for name in dict.fromkeys(files.names)})
        state.put("totals", asdict(totals))
        state.put("fingerprint", self.parts)
        state.put("formats", formats)
        state.put("log", found.log)
        state.put("dirty", False)
        state.commit()
        self.summary.totals = totals

    def _formats(self) -> list[str]:
        """The formats asked for, and those of earlier runs whose files are there: none of them may grow stale."""
        earlier: Sequence[str] = self.state.get("formats", [])
        there = [
            name
            for name in earlier
            if any((self.job.out / file).exists() for file in outputs([name])[len(outputs([])) :])
        ]
        for name in there:
            if name not in self.job.formats:
                check_format(name)
        return list(dict.fromkeys(["csv", *self.job.formats, *there]))
