"""The state → the tables in the output folder, streamed, each file whole or not at all."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from itertools import chain, groupby
from os import fsdecode
from typing import TextIO

from pipeline.run.files import Replacement
from pipeline.run.reviews import ORPHANS, TABLE, Reviews, holds
from pipeline.run.state import State
from pipeline.run.stored import Copy
from pipeline.run.threads import threads
from pipeline.table.added import placed
from pipeline.table.exports.values import Sink
from pipeline.table.formats import FORMATS, csv_head
from pipeline.table.review import Decision, orphan_row, resolved, reviewed
from pipeline.table.rows import order
from pipeline.table.safety import harmless
from pipeline.table.schema import ADDED_RULE, EXTRACTIONS, KINDS, NAMES, POST_NAMES, POSTS, REJECTED, THREADS, Row
from pipeline.table.text import block_of, line_of, rows_of

POSTS_FILE, REJECTED_FILE, THREADS_FILE = "posts.csv", "rejected.csv", "threads.csv"


@dataclass(slots=True)
class Totals:
    """What the tables hold."""

    posts: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    rejected: int = 0
    copies: int = 0
    orphans: int = 0
    reviewed: int = 0
    added: int = 0
    reposts: int = 0
    threads: int = 0
    incomplete: int = 0
    missing_posts: int = 0


class Tables:
    """Writes all tables of one run into a ``Replacement``."""

    def __init__(self, state: State, reviews: Reviews, formats: list[str]) -> None:
        self.state, self.reviews = state, reviews
        self.formats = [name for name in FORMATS if name in formats and FORMATS[name]]
        self.pending = set(reviews.decisions)
        self.kinds: Counter[str] = Counter()
        self.totals = Totals()

    def write(self, files: Replacement) -> Totals:
        with ExitStack() as stack:

            def text(name: str) -> TextIO:
                return stack.enter_context(files.path(name).open("w", encoding="utf-8", newline=""))

            table, posts, rejected = text(TABLE), text(POSTS_FILE), text(REJECTED_FILE)
            sinks: list[Sink] = []
            for name, make in chain.from_iterable(FORMATS[name].items() for name in self.formats):
                sinks.append(stack.enter_context(closing(make(files.path(name)))))
            table.write(csv_head(EXTRACTIONS))
            posts.write(csv_head(POSTS))
            rejected.write(csv_head(REJECTED))
            for cells in self._rejections():
                rejected.write(cells)
            self._threads(text(THREADS_FILE))
            reposts = self.state.reposts()
            self.totals.reposts = len(reposts)
            for name, copies in groupby(self.state.copies(), key=lambda copy: copy.post_id):
                kept, *others = copies
                block = self._reviewed(kept) if self.pending else kept.block or ""
                block = self._with_added(kept, block) if name in self.reviews.added else block
                shown = [*reversed(self._pages(kept, others)), kept]
                lines = [repost_of(copy.cells, reposts.original(name) if self.totals.reposts else "") for copy in shown]
                posts.writelines(lines)
                table.write(block)
                self.totals.posts += 1
                self.kinds.update((kept.kinds or "").split())
                if sinks:
                    export(sinks, lines, block)
                for cells in chain(self._faults(kept), self._clashes(kept, others)):
                    self.totals.rejected += 1
                    rejected.write(cells)
            if self.pending:
                self._orphans(text(ORPHANS))
        self.totals.rows = {kind: self.kinds[kind] for kind in KINDS if self.kinds[kind]}
        return self.totals

    def _reviewed(self, post: Copy) -> str:
        """The post's block with the reviewer's decisions."""
        block = post.block or ""
        if not holds(block, self.pending):
            return block
        decisions = self.reviews.decisions
        text = next(rows_of(post.cells, POST_NAMES))["text"]
        rows = []
        for row in rows_of(block):
            row_id = row["row_id"]
            if row_id in self.pending:
                self.pending.discard(row_id)
                self.totals.reviewed += 1
                decisions[row_id] = replace(found(decisions[row_id], row), live=True)
                row = reviewed(row, decisions[row_id], text)
            rows.append(row)
        return block_of(rows)

    def _with_added(self, post: Copy, block: str) -> str:
        """The post's block with the rows that reviewers added, where the text still has them."""
        text = next(rows_of(post.cells, POST_NAMES))["text"]
        rows = list(rows_of(block))
        for event in self.reviews.added[post.post_id]:
            row_id = event.row_id
            row = placed(event, text) if row_id in self.pending else None
            if row is None:
                continue
            self.pending.discard(row_id)
            self.totals.reviewed += 1
            self.totals.added += 1
            decision = replace(resolved(self.reviews.decisions[row_id], row), live=True)
            self.reviews.decisions[row_id] = decision
            rows.append(reviewed(row, decision, text))
            self.kinds[row["kind"]] += 1
        return block_of(sorted(rows, key=order))

    def _orphans(self, stream: TextIO) -> None:
        stream.write(csv_head(EXTRACTIONS))
        rows = []
        for row_id in self.pending:
            decision = self.reviews.decisions[row_id] = replace(self.reviews.decisions[row_id], live=False)
            rows.append(orphan_row(decision))
        rows.sort(key=lambda row: [row["post_id"], row["start"].zfill(12), *(row[name] for name in NAMES)])
        stream.write(block_of(rows))
        self.totals.orphans = len(rows)

    def _threads(self, stream: TextIO) -> None:
        stream.write(csv_head(THREADS))
        for row in threads(self.state):
            self.totals.threads += 1
            self.totals.incomplete += row["missing_posts"] not in ("", "0")
            self.totals.missing_posts += int(row["missing_posts"] or 0)
            stream.write(line_of([row[column.name] for column in THREADS]))

    def _rejections(self) -> Iterator[str]:
        for file, line, stage, reason in self.state.rejections():
            self.totals.rejected += 1
            yield rejected_line(file, line, stage, reason)

    def _faults(self, post: Copy) -> Iterator[str]:
        for fault in filter(None, (post.faults or "").split("\n")):
            yield rejected_line(fsdecode(post.path), post.line, "table", fault)

    def _pages(self, kept: Copy, others: list[Copy]) -> list[Copy]:
        """The copies on other pages, which have rows of their own in posts.csv; a page saved twice counts once."""
        self.totals.copies += len(others)
        first = {copy.page: copy for copy in reversed(others) if copy.page not in (kept.page, b"")}
        return [copy for copy in others if first.get(copy.page) is copy]

    def _clashes(self, kept: Copy, others: list[Copy]) -> Iterator[str]:
        """A JSON line of the same id with another text is no mere copy, and reported."""
        for other in others:
            if other.line and other.sha256 != kept.sha256:
                where = fsdecode(kept.path) + (f" line {kept.line}" if kept.line else "")
                reason = f"post_id {other.post_id} has another text in {where}, which is kept; give it an id of its own"
                yield rejected_line(fsdecode(other.path), other.line, "duplicate", reason)


def found(decision: Decision, machine: Row) -> Decision:
    """The decision on a row of the machine's; one that a reviewer had added first is right, or right once fixed."""
    if decision.cells.get("rule") != ADDED_RULE:
        return resolved(decision, machine)
    mine = {**decision.cells, **(decision.corrected or {})}
    fixed = resolved(replace(decision, review="fixed", cells=mine, corrected=None), machine)
    return fixed if fixed.corrected else replace(fixed, review="ok")


def repost_of(cells: str, original: str) -> str:
    """A line of posts.csv with its last cell, ``duplicate_of``."""
    return cells[:-1] + line_of([original]) if original else cells


def rejected_line(file: str, line: int, stage: str, reason: str) -> str:
    return line_of((harmless(file), str(line or ""), stage, harmless(" ".join(reason.split()))))


def export(sinks: list[Sink], cells: list[str], block: str) -> None:
    """One post, as its pages show it, and its rows into the other formats."""
    posts: list[Row] = [row for line in cells for row in rows_of(line, POST_NAMES)]
    rows = list(rows_of(block))
    for sink in sinks:
        for post in posts:
            sink.write("posts", post)
        for row in rows:
            sink.write("extractions", row)


def outputs(formats: list[str]) -> list[str]:
    """The files that a run with these formats writes, orphans aside."""
    names = [TABLE, POSTS_FILE, REJECTED_FILE, THREADS_FILE]
    return names + [name for format in formats for name in FORMATS[format]]
