"""What a crawl tells: a line while it works, a report when it is done."""

import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.scrape.catalogue import FOLDER, Catalogue
from pipeline.scrape.store import write

EVERY = 0.5
SELDOM = 30.0
"""Seconds between two lines, on a terminal and elsewhere."""
SHOWN = 10


@dataclass
class Progress:
    """Counts of this process, shown on standard error."""

    quiet: bool
    lists: int = 0
    stored: int = 0
    unchanged: int = 0
    posts: int = 0
    failed: int = 0
    began: float = field(default_factory=time.monotonic)
    told: float = 0.0

    def page(self, state: str, posts: int) -> None:
        if state == "stored":
            self.stored += 1
        else:
            self.unchanged += 1
        self.posts += posts

    def show(self, crawler: Any) -> None:
        now = time.monotonic()
        terminal = sys.stderr.isatty()
        if self.quiet or now - self.told < (EVERY if terminal else SELDOM):
            return
        self.told = now
        print(("\r\x1b[K" if terminal else "") + self.line(crawler), end="" if terminal else "\n", file=sys.stderr)
        sys.stderr.flush()

    def line(self, crawler: Any) -> str:
        spider = crawler.spider
        done = self.lists + self.stored + self.unchanged + self.failed
        rate = done / max(0.001, time.monotonic() - self.began)
        left = sum(count for (_, state), count in spider.catalogue.counts().items() if state == "")
        failed = f", {self.failed} failed" if self.failed else ""
        return (
            f"{len(spider.asked)} threads, {self.stored + self.unchanged} pages, {self.posts} posts{failed};"
            f" {rate * 60:.0f} pages a minute, {left} known to be left, {clock(left / max(rate, 1e-6))}"
        )

    def close(self) -> None:
        if not self.quiet and self.told and sys.stderr.isatty():
            print(file=sys.stderr)


def clock(seconds: float) -> str:
    seconds = int(min(seconds, 10**7))
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


@dataclass(frozen=True)
class Report:
    """The end of a crawl. ``incomplete`` holds site, thread, posts seen and posts that the forum says."""

    lists: int
    stored: int
    unchanged: int
    unchanged_threads: int
    older: int
    beyond: int
    threads: int
    failed: list[tuple[str, str]]
    incomplete: list[tuple[str, str, int, int]]
    left: int
    ended: str


def report(catalogue: Catalogue, ended: str) -> Report:
    """The report of a job, of all the processes that worked at it; concludes it where nothing is left."""
    counts = catalogue.counts()
    left = sum(count for (_, state), count in counts.items() if state == "")
    threads, failures = len(catalogue.asked()), catalogue.failures()
    incomplete = catalogue.conclude() if not left else []
    return Report(
        lists=sum(count for (kind, state), count in counts.items() if kind in ("list", "feed") and state != "failed"),
        stored=counts.get(("thread", "stored"), 0),
        unchanged=counts.get(("thread", "unchanged"), 0),
        unchanged_threads=counts.get(("note", "unchanged"), 0),
        older=counts.get(("note", "older"), 0),
        beyond=counts.get(("note", "beyond"), 0),
        threads=threads,
        failed=failures,
        incomplete=incomplete,
        left=left,
        ended=ended,
    )


def save(done: Report, out: Path) -> None:
    """``.scrape/report.json``, for programs."""
    write(out / FOLDER / "report.json", (json.dumps(vars(done), ensure_ascii=False, indent=1) + "\n").encode())


def lines(done: Report, out: Path) -> list[str]:
    """The report in words."""
    told = [
        f"{done.threads} threads asked for: {done.stored} pages stored, {done.unchanged} unchanged",
        f"{done.lists} list pages read; {done.unchanged_threads} threads without news were not asked for",
    ]
    if done.older or done.beyond:
        told.append(f"left out: {done.older} threads older than --since, {done.beyond} beyond --max-threads")
    if done.failed:
        told.append(f"{len(done.failed)} failed:")
        for reason, count in Counter(reason for _, reason in done.failed).most_common(SHOWN):
            urls = [url for url, why in done.failed if why == reason]
            told.append(f"  {count} × {reason}: {urls[0]}" + (" …" if count > 1 else ""))
    if done.incomplete:
        told.append(f"{len(done.incomplete)} incomplete threads (posts seen / posts the forum says):")
        for site, tid, seen, says in done.incomplete[:SHOWN]:
            told.append(f"  {site} thread {tid}: {seen} / {says}")
        if len(done.incomplete) > SHOWN:
            told.append(f"  … all of them in {out / FOLDER / 'report.json'}")
    if done.ended:
        told.append(f"ended early: {done.ended}")
    if done.left:
        told.append(f"{done.left} pages are left; run the same command again to go on")
    return ["".join(char if char.isprintable() else "?" for char in line) for line in told]
