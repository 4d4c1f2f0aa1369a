"""The spider: lists lead to threads, threads to their pages; what changed since last time is asked for, no more."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import scrapy
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.http import Response

from pipeline.errors import OutputError
from pipeline.scrape import login
from pipeline.scrape.addresses import Address, address
from pipeline.scrape.catalogue import Catalogue, Known, Stored, Task
from pipeline.scrape.options import Options
from pipeline.scrape.reading import Reading, Row, decode, digest, read
from pipeline.scrape.report import Progress
from pipeline.scrape.store import Store

AHEAD = 10
"""Pages of a thread that one page asks for, so that one that fails does not hide those behind it."""
LISTS, PAGES, STARTS = 20, 10, 5
"""Priorities: all of a list first, while it moves least; then what was begun is finished before more is begun."""
WALLS = 5
"""So many walls without a single page between them end the crawl."""


class ForumSpider(scrapy.Spider):
    name = "taojin"

    def __init__(self, starts: list[Address], options: Options, catalogue: Catalogue, store: Store) -> None:
        super().__init__()
        self.begin, self.options, self.catalogue, self.store = starts, options, catalogue, store
        self.sites = {at.site for at in starts}
        self.progress = Progress(options.quiet)
        self.ready = not login.wanted()
        self.ended = ""
        self.closing: asyncio.Future[None] | None = None
        self.fault: OutputError | None = None
        self.asked = catalogue.asked()
        self.walls = 0
        self.zone = ZoneInfo(options.timezone)

    async def start(self) -> AsyncIterator[Any]:
        if not self.ready:
            yield login.request(self.begin[0], self.open_up)
        for at in self.begin:
            for one in self.plan(Row(at)) if at.kind == "thread" else [self.listing(at, at.page)]:
                yield one

    def open_up(self) -> None:
        """Logged in: everything else may be asked for."""
        self.ready = True

    def end(self, why: str) -> None:
        """End the crawl; what is left is resumed by the next run."""
        if not self.ended:
            self.ended = why
            engine: Any = self.crawler.engine
            self.closing = asyncio.ensure_future(engine.close_spider_async(reason="ended"))

    # --- requests

    def request(self, task: Task) -> scrapy.Request:
        """The request of a task, conditional where the page is stored and the server gave it a mark."""
        headers = {}
        stored = self.catalogue.page(task.key)
        if stored and (not stored.file or (self.options.out / stored.file).is_file()):
            if stored.etag:
                headers["If-None-Match"] = stored.etag
            if stored.modified:
                headers["If-Modified-Since"] = stored.modified
        return scrapy.Request(
            task.url,
            self.parse,
            errback=self.failed,
            headers=headers,
            priority=task.priority,
            meta={"task": task, "depth": task.depth},
        )

    def listing(self, at: Address, origin: int) -> scrapy.Request:
        return self.request(Task(at.url, at.key, at.kind, at.site, at.tid, origin, LISTS))

    def thread_page(self, at: Address, page: int) -> scrapy.Request:
        one = address(at.at(page)) or at
        return self.request(Task(one.url, one.key, "thread", one.site, one.tid, 1, STARTS if page == 1 else PAGES))

    def plan(self, row: Row) -> Iterator[scrapy.Request]:
        """The first request of a thread that a list or the user names, or none where nothing of it is new."""
        at, known = row.at, self.catalogue.thread(row.at.site, row.at.tid)
        if (at.site, at.tid) in self.asked:
            return
        since = self.options.since
        if since and row.last and row.last[:10] < since.isoformat():
            self.catalogue.note(at, "older")
            return
        if known and self.unchanged(row, known):
            self.catalogue.note(at, "unchanged")
            return
        if self.full():
            self.catalogue.note(at, "beyond")
            return
        first = 1
        if known and known.complete and known.pages and known.view == at.view and self.has_files(at):
            fewer = row.replies is not None and row.replies < (known.done_replies or 0)
            first = 1 if fewer else known.pages
        self.asked.add((at.site, at.tid))
        self.catalogue.listed(at, row.replies, row.last)
        yield self.thread_page(at, first)

    def full(self) -> bool:
        return 0 < self.options.max_threads <= len(self.asked)

    def unchanged(self, row: Row, known: Known) -> bool:
        if not known.complete or row.replies is None or row.replies != known.done_replies or known.view != row.at.view:
            return False
        exact = len(row.last) == 16 and len(known.done_last) == 16  # to the minute; less tells nothing
        return not (exact and row.last != known.done_last) and self.has_files(row.at)

    def has_files(self, at: Address) -> bool:
        files = self.catalogue.files(at.site, at.tid)
        return bool(files) and all((self.options.out / file).is_file() for file in files)

    # --- answers

    def parse(self, response: Response, **_: Any) -> Iterator[scrapy.Request]:
        """Any answer to a task. What it settles is noted in ``meta["outcome"]`` for the journal."""
        task: Task = response.meta["task"]
        at = address(task.url)
        if at is None:
            return
        landed = address(response.url)
        if at.kind == "find" and landed and landed.kind == "thread":
            self.settle(response, "done")
            yield from self.plan(Row(landed))
            return
        if response.status == 304:
            yield from self.not_modified(response, at, task)
            return
        if self.ended and response.status in (429, 503):
            self.settle(response, "")  # left to the next run
            return
        if response.status != 200:
            self.settle(response, "failed", refused(response))
            return
        if landed and landed.kind == "thread" and at.kind == "thread":
            at = landed  # threads that were merged into another one
        text = decode(response.body, (response.headers.get("Content-Type") or b"").decode("latin-1"))
        found = read(text, at, response.url, datetime.now(self.zone).replace(tzinfo=None))
        if found.notice:
            self.wall(response, found)
        elif at.kind == "thread":
            yield from self.thread(response, at, found, text)
        else:
            yield from self.rows(response, at, task, found)

    def not_modified(self, response: Response, at: Address, task: Task) -> Iterator[scrapy.Request]:
        self.settle(response, "unchanged")
        self.walls = 0
        stored = self.catalogue.page(task.key)
        if stored is None:
            return
        if at.kind == "thread":
            yield from self.further(at, stored.last)
        else:
            rows = [Row(one, replies, last, sticky) for one, replies, last, sticky in rows_of(stored.rows)]
            yield from self.follow(at, task, Reading(rows=tuple(rows), last=stored.last))

    def thread(self, response: Response, at: Address, found: Reading, text: str) -> Iterator[scrapy.Request]:
        if found.shown and found.shown != at.page:
            self.settle(response, "beyond", f"the forum shows page {found.shown} instead: the thread is shorter now")
            return
        if not self.catalogue.posts(at, found.posts):
            self.settle(response, "beyond", "the page repeats another one")
            return
        state = self.keep(response, at, found, text)
        if found.replies is not None:
            self.catalogue.listed(at, found.replies)
        self.walls = 0
        self.progress.page(state, len(found.posts))
        self.settle(response, state)
        yield from self.further(at, found.last)

    def keep(self, response: Response, at: Address, found: Reading, text: str) -> str:
        """Store a page, unless what it says is stored already."""
        mark, old = digest(text), self.catalogue.page(at.key)
        headers = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ]
        state, file = "unchanged", old.file if old else ""
        if not old or old.digest != mark or not (self.options.out / file).is_file():
            now = datetime.now(UTC)
            try:
                file = self.store.save(at, response.url, response.status, headers, response.body, now)
            except OutputError as error:
                self.fault = error
                raise CloseSpider("output") from error
            state = "stored"
        self.catalogue.keep(at, Stored(file, mark, *marks(response), found.last, ""))
        return state

    def further(self, at: Address, last: int) -> Iterator[scrapy.Request]:
        for page in range(at.page + 1, min(last, at.page + AHEAD) + 1):
            yield self.thread_page(at, page)

    def rows(self, response: Response, at: Address, task: Task, found: Reading) -> Iterator[scrapy.Request]:
        if found.shown and found.shown != at.page:
            self.settle(response, "beyond", f"the forum shows page {found.shown} instead")
            return
        rows = json.dumps([[row.at.url, row.replies, row.last, row.sticky] for row in found.rows])
        self.catalogue.keep(at, Stored("", "", *marks(response), found.last, rows))
        self.settle(response, "done")
        self.walls = 0
        self.progress.lists += 1
        yield from self.follow(at, task, found)

    def follow(self, at: Address, task: Task, found: Reading) -> Iterator[scrapy.Request]:
        """What a list leads to: its next page, and its threads."""
        since = self.options.since
        old = since and all(row.last and row.last[:10] < since.isoformat() for row in found.rows if not row.sticky)
        within = not self.options.pages or at.page - task.origin + 1 < self.options.pages
        if found.last > at.page and within and not old and not self.full() and at.kind == "list":
            # Without a date to stop at, pages are asked for ahead: one that fails does not hide those behind it.
            ahead = 1 if since or self.options.max_threads else AHEAD
            end = min(found.last, at.page + ahead)
            end = min(end, task.origin + self.options.pages - 1) if self.options.pages else end
            for page in range(at.page + 1, end + 1):
                one = address(at.at(page))
                if one:
                    yield self.listing(one, task.origin)
        for row in found.rows:
            yield from self.plan(row)

    def wall(self, response: Response, found: Reading) -> None:
        """A page that stands for another one. It is reported, and never got around."""
        reason = found.reason
        if found.elsewhere:
            reason = f"its links lead to {found.elsewhere}, another host or folder; start from there"
        self.settle(response, "failed", reason)
        if found.notice in ("captcha", "login", "password", "closed"):
            self.walls += 1
            if self.walls >= WALLS and not self.progress.stored:
                raise CloseSpider(found.notice)

    def failed(self, failure: Any) -> None:
        """No answer at all, or one that was refused."""
        task: Task = failure.request.meta["task"]
        if self.ended:
            return  # left to the next run
        self.catalogue.settle(task, "failed", told(failure.value))
        self.catalogue.commit()
        self.progress.failed += 1

    def settle(self, response: Response, state: str, reason: str = "") -> None:
        response.meta["outcome"] = (state, reason)
        if state == "failed":
            self.progress.failed += 1


def marks(response: Response) -> tuple[str, str]:
    """What the server calls this version of the page: ETag and Last-Modified."""
    found = [(response.headers.get(name) or b"").decode("latin-1") for name in ("ETag", "Last-Modified")]
    return found[0], found[1]


def rows_of(stored: str) -> Iterator[tuple[Address, int | None, str, bool]]:
    for url, replies, last, sticky in json.loads(stored or "[]"):
        if at := address(url):
            yield at, replies, last, sticky


def refused(response: Response) -> str:
    location = (response.headers.get("Location") or b"").decode("latin-1")
    if location:
        return f"HTTP {response.status}: redirected to {urljoin(response.url, location)[:200]}, which is refused"
    return f"HTTP {response.status}"


def told(error: BaseException) -> str:
    """A failure in words."""
    words = " ".join(str(error).split())
    if isinstance(error, IgnoreRequest):
        return words[:300]
    return f"{type(error).__name__}: {words}"[:300] if words else type(error).__name__
