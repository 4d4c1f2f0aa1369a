"""One page → the cells of its posts and rows. Runs in this process or in a pool's; imports lazily."""

import hashlib
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import UTC
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import InputError, LexiconError, SettingsError, TableError
from pipeline.records import Page, Post, Rejection
from pipeline.run.state import Known
from pipeline.run.stored import LAST, PageResult, StoredPost
from pipeline.settings import Settings
from pipeline.startup import without_collection
from pipeline.table.rows import extraction_rows, post_row
from pipeline.table.safety import safe_post
from pipeline.table.schema import POST_NAMES
from pipeline.table.text import block_of, line_of

if TYPE_CHECKING:
    from pipeline.extractor import Extractor

RANKS = {"": 0, "truncated": 1}
"""Which of two copies of a post is the better one, by ``Post.status``."""


UNKEYED = {"source_file", "url", "views", "replies", "page", "pages", "cleaner", "status", "comments"}
"""Where a post was found and how often it was read changes none of its rows."""
KEYED = [field.name for field in fields(Post) if field.name not in UNKEYED]


WARM = Post("warm", "", "2025年10月，公司营收同比增长5%至3亿元，预计明年达到2000万台。")


class Worker:
    """Cleans and extracts pages; a post whose rows the state at ``known`` holds already is not extracted again."""

    def __init__(self, settings: Settings, fingerprint: str, known: Path | None) -> None:
        self.settings, self.fingerprint = settings, fingerprint
        self.state = known

    @cached_property
    def known(self) -> "Known | frozenset[bytes]":
        return Known(self.state) if self.state else frozenset()

    @cached_property
    def extractor(self) -> "Extractor":
        with without_collection():
            from pipeline.extractor import Extractor

            return Extractor(self.settings)

    def warm(self) -> None:
        """Load all that extraction loads on first use, so that processes forked from this one share it."""
        with suppress(InputError, TableError):
            self.extractor.extract(WARM)

    def pages(self, pages: Iterable[Page]) -> list[PageResult]:
        return [self.page(page) for page in pages]

    def page(self, page: Page) -> PageResult:
        """What one page gives; never raises for what the page holds.

        Raises:
            LexiconError, SettingsError: nothing can be done before the user mends them.
        """
        from pipeline.clean import clean

        result = PageResult()
        try:
            posts = clean(page, self.settings)
        except InputError as error:
            result.rejected.append(refusal(page, error))
        except (LexiconError, SettingsError):
            raise
        except Exception as error:
            result.rejected.append(rejection(page, "clean", surprise(error)))
        else:
            digest = b"" if page.form == "post" else hashlib.blake2b(encoded(page.text), digest_size=16).digest()
            for post in posts:
                self._post(page, digest, post, result)
            if page.undecodable:
                result.rejected.append(rejection(page, "ingest", unread(page)))
            if not posts:
                result.rejected.append(rejection(page, "clean", "no post was found in it"))
        return result

    def _post(self, page: Page, digest: bytes, post: Post, result: PageResult) -> None:
        try:
            post = safe_post(post)
            row = post_row(post)
        except Exception as error:
            result.rejected.append(rejection(page, "table", f"post {post.post_id}: {surprise(error)}"))
            return
        key = self.key(post)
        block, kinds, faults = None, "", ""
        if key not in self.known:
            extractor = self.extractor
            result.extracted += 1
            try:
                found = extraction_rows(extractor.extract(post))
            except (LexiconError, SettingsError):
                raise
            except Exception as error:
                key = b""
                result.rejected.append(rejection(page, "extract", f"post {post.post_id}: {surprise(error)}"))
            else:
                block, faults = block_of(found.rows), "\n".join(found.faults)
                kinds = " ".join(row["kind"] for row in found.rows)
        rank = RANKS.get(post.status, 2)
        counts = (-1 if post.replies is None else post.replies, -1 if post.views is None else post.views)
        cells = line_of([row[name] for name in POST_NAMES])
        from pipeline.clean.duplicates import sketch

        posted = when(post)
        place = (post.site, post.thread_id, post.title, post.cleaner, post.page or 0, post.pages or 0)
        thread = place if post.site and post.thread_id else ("", "", "", post.cleaner, 0, 0)
        stored = StoredPost(
            page.line,
            post.post_id,
            rank,
            *counts,
            row["sha256"],
            digest,
            key,
            cells,
            block,
            kinds,
            faults,
            posted,
            sketch(post.text),
            thread,
        )
        result.posts.append(stored)

    def key(self, post: Post) -> bytes:
        """The hash of all that the post's rows depend on."""
        content = repr([self.fingerprint, *(getattr(post, name) for name in KEYED)])
        return hashlib.blake2b(encoded(content), digest_size=16).digest()


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def rejection(page: Page, stage: str, reason: str) -> Rejection:
    return Rejection(page.source_file, stage, reason, page.line)


def when(post: Post) -> str:
    """When a post was written, for sorting; of one minute those first that have a number in the forum."""
    if post.posted_at is None:
        return LAST
    at = post.posted_at.astimezone(UTC)
    return f"{at:%Y-%m-%dT%H:%M}{'' if post.pid else LAST}{at:%S}"


def unread(page: Page) -> str:
    """What to tell of bytes that no charset could read; the page's posts are kept."""
    count = f"{page.undecodable:,} byte{'s' if page.undecodable > 1 else ''}"
    return f"{count} no {page.charset}, shown as \ufffd in its posts, which are kept; save the page again as UTF-8"


def refusal(page: Page, error: InputError) -> Rejection:
    """Why a page could not be cleaned, without the place, which has cells of its own."""
    reason = str(error)
    for place in (f"{page.source_file}:{page.line}: ", f"{page.source_file}: "):
        reason = reason.removeprefix(place)
    return rejection(page, "clean", reason)


def surprise(error: BaseException) -> str:
    """An exception that nobody planned, in a line."""
    if isinstance(error, TableError):
        return str(error)
    words = " ".join(str(error).split())[:300]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


Item = tuple[int, Page | Rejection | None]
"""A source's number with something of it; None is its end."""
Done = tuple[int, PageResult | None]


class Alone:
    """The work done in this process, with the interface of ``pool.Pool``."""

    def __init__(self, settings: Settings, fingerprint: str, known: Path | None) -> None:
        self.worker = Worker(settings, fingerprint, known)

    def __enter__(self) -> "Alone":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def results(self, items: Iterable[Item]) -> Iterator[Done]:
        """What comes of the items, in their order."""
        for source, item in items:
            yield source, self.worker.page(item) if isinstance(item, Page) else plain_result(item)


def plain_result(item: Rejection | None) -> PageResult | None:
    return PageResult(rejected=[item]) if item else None


_here: list[Worker] = []


def preload(settings: Settings, fingerprint: str, known: Path | None) -> None:
    """Before a fork: a warm worker for each process to inherit."""
    _here[:] = [Worker(settings, fingerprint, known)]
    _here[0].warm()


def prepare(settings: Settings, fingerprint: str, known: Path | None, parent: int) -> None:
    """Set up a pool's process."""
    import os
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not _here:
        _here.append(Worker(settings, fingerprint, known))
    if hasattr(os, "getppid"):
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """A killed parent must not leave its pool waiting for ever."""
    import os

    while os.getppid() == parent:
        time.sleep(0.2)
    os._exit(1)


def work(pages: Sequence[Page]) -> list[PageResult]:
    """A pool's task."""
    return _here[0].pages(pages)
