"""What earlier runs found, in one SQLite file, so that a run does only what is new and resumes where one was killed.

``sources`` and ``posts`` mirror the input as last read. ``extractions`` holds the rows of a post under the hash of
all that they depend on (the post, the rules, the settings), so that rows survive a post's move from file to file and
a run that was killed. ``reviews`` caches the reviewer's decisions; the files in the output folder are their source.
"""

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from zlib import crc32

from pipeline.errors import OutputError
from pipeline.run.reposts import Reposts
from pipeline.run.stored import Copy, PageResult, Source
from pipeline.table.review import Decision
from pipeline.table.safety import harmless

APPLICATION = 0x54414F4A  # "TAOJ"
PATIENCE = 60.0
"""Seconds to wait for another connection's lock."""

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE sources (
  id INTEGER PRIMARY KEY, path BLOB UNIQUE, stamp TEXT, sha256 TEXT, fingerprint TEXT, complete INTEGER, seen INTEGER,
  todo TEXT);
CREATE TABLE posts (
  source INTEGER, ord INTEGER, line INTEGER, post_id TEXT, rank INTEGER, replies INTEGER, views INTEGER, sha256 TEXT,
  page BLOB, key BLOB, cells TEXT, posted TEXT, sketch BLOB, site TEXT, thread TEXT, title TEXT, cleaner TEXT,
  number INTEGER, pages INTEGER, PRIMARY KEY (source, ord));
CREATE INDEX posts_id ON posts (post_id);
CREATE INDEX posts_key ON posts (key);
CREATE TABLE rejected (source INTEGER, ord INTEGER, line INTEGER, stage TEXT, reason TEXT, file TEXT);
CREATE INDEX rejected_source ON rejected (source);
CREATE TABLE extractions (key BLOB PRIMARY KEY, block TEXT, kinds TEXT, faults TEXT);
CREATE TABLE reviews (row_id TEXT PRIMARY KEY, review TEXT, note TEXT, cells TEXT, corrected TEXT, live INTEGER);
"""


BEST_FIRST = "ORDER BY p.post_id, p.rank, -p.replies, -p.views, s.path, p.ord"
"""The copies of each post, the one to keep first."""

VERSION = crc32(SCHEMA.encode()) >> 1
"""A state of another schema is set aside; all of it can be made again."""


class StateBrokenError(Exception):
    """The state file is damaged or not ours."""


DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT)


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """SQLite's errors as ours.

    Raises:
        StateBrokenError: the file is damaged.
        OutputError: it cannot be written.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in DAMAGED or (code == sqlite3.SQLITE_ERROR and "no such" in str(error)):
            raise StateBrokenError(str(error)) from error
        why = {
            sqlite3.SQLITE_FULL: "the disk is full; free some space and run again",
            sqlite3.SQLITE_IOERR: "it cannot be written; is the disk full, or gone? Free some space and run again",
            sqlite3.SQLITE_READONLY: "it is read-only; change its permissions or choose another folder with --out",
            sqlite3.SQLITE_CANTOPEN: "it cannot be opened; change permissions or choose another folder with --out",
            sqlite3.SQLITE_BUSY: "another process keeps it locked; wait for it to end",
        }.get(code)
        if why is None:
            raise
        raise OutputError(f"{path}: {why}; nothing that was written before is lost") from error


class State:
    """The state file, open. Not for use by several threads."""

    def __init__(self, path: Path) -> None:
        """Open or create it.

        Raises:
            StateBrokenError: it is damaged or not ours.
            OutputError: it cannot be written.
        """
        self.path = path
        with guarded(path):
            self.base = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
            try:
                self._prepare()
            except BaseException:
                self.base.close()
                raise
        self.committed = time.monotonic()

    def _prepare(self) -> None:
        if self._pragma("application_id") not in (0, APPLICATION):
            raise StateBrokenError("it is another program's file")
        tables = self.base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if not tables:  # nothing to lose yet: no journal, no waiting for the disk
            self._pragma("journal_mode=OFF")
            self.base.execute("PRAGMA synchronous=OFF")
            script = f"PRAGMA application_id={APPLICATION}; PRAGMA user_version={VERSION};"
            self.base.executescript(f"BEGIN; {SCHEMA} {script} COMMIT;")
        wal = os.environ.get("TAOJIN_STATE_WAL", "1") != "0"
        with suppress(sqlite3.OperationalError):  # a file system without shared memory keeps the other journal
            self._pragma(f"journal_mode={'WAL' if wal else 'DELETE'}")
        self.base.execute("PRAGMA synchronous=NORMAL")
        if self._pragma("user_version") != VERSION or self._pragma("application_id") != APPLICATION:
            raise StateBrokenError("it was written by another version")
        self.base.execute("SELECT count(*) FROM (SELECT 1 FROM sources LIMIT 1)").fetchone()

    def _pragma(self, pragma: str) -> Any:
        row = self.base.execute(f"PRAGMA {pragma}").fetchone()
        return row[0] if row else None

    def close(self) -> None:
        with suppress(sqlite3.Error):
            if self.base.in_transaction:
                self.base.execute("COMMIT")
            self.base.close()

    # transactions

    def begin(self) -> None:
        if not self.base.in_transaction:
            self.base.execute("BEGIN IMMEDIATE")

    def commit(self, after: float = 0.0) -> None:
        """Commit, if the last time was at least ``after`` seconds ago."""
        if self.base.in_transaction and time.monotonic() - self.committed >= after:
            self.base.execute("COMMIT")
            self.committed = time.monotonic()

    # meta

    def get(self, key: str, default: Any = None) -> Any:
        row = self.base.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return default if row is None else json.loads(row[0])

    def put(self, key: str, value: Any) -> None:
        self.begin()
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        self.base.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, text))

    # sources

    def source(self, path: Path) -> tuple[int, str, str, str, int] | None:
        """id, stamp, sha256, fingerprint and completeness of a source."""
        query = "SELECT id, stamp, sha256, fingerprint, complete FROM sources WHERE path = ?"
        row: tuple[int, str, str, str, int] | None = self.base.execute(query, (os.fsencode(path),)).fetchone()
        return row

    def see(self, path: Path, run: int, stamp: str, sha256: str, todo: str) -> None:
        """Note that a source is there now, and why it is to be read (empty: it is not)."""
        self.begin()
        self.base.execute(
            "INSERT INTO sources (path, stamp, sha256, fingerprint, complete, seen, todo) VALUES (?, ?, ?, '', 0, ?, ?)"
            " ON CONFLICT (path) DO UPDATE SET stamp = excluded.stamp, sha256 = excluded.sha256, seen = excluded.seen,"
            " todo = excluded.todo, complete = complete AND excluded.todo = ''",
            (os.fsencode(path), stamp, sha256, run, todo),
        )

    def touch(self, source: int, run: int) -> None:
        """Note that a source is there, unchanged."""
        self.begin()
        self.base.execute("UPDATE sources SET seen = ? WHERE id = ?", (run, source))

    def drop_unseen(self, run: int) -> int:
        """Forget the sources that are gone; their number."""
        gone = [row[0] for row in self.base.execute("SELECT id FROM sources WHERE seen <> ?", (run,))]
        for source in gone:
            self.begin()
            self._empty(source)
            self.base.execute("DELETE FROM sources WHERE id = ?", (source,))
        return len(gone)

    def todo(self) -> Iterator[Source]:
        """The sources to read, by path."""
        query = "SELECT id, path, stamp, sha256, todo FROM sources WHERE todo <> '' AND path > ? ORDER BY path LIMIT 1"
        last = b""
        while row := self.base.execute(query, (last,)).fetchone():
            last = row[1]
            yield Source(row[0], Path(os.fsdecode(last)), row[2], row[3], row[4])

    def start(self, source: int) -> None:
        """Forget what the source held, before it is read again."""
        self.begin()
        self._empty(source)

    def _empty(self, source: int) -> None:
        self.base.execute("DELETE FROM posts WHERE source = ?", (source,))
        self.base.execute("DELETE FROM rejected WHERE source = ?", (source,))

    def finish(self, source: int, fingerprint: str) -> None:
        self.begin()
        self.base.execute(
            "UPDATE sources SET complete = 1, todo = '', fingerprint = ? WHERE id = ?", (fingerprint, source)
        )

    # posts

    def add(self, source: int, ord: int, result: PageResult) -> int:
        """Keep what a page gave; the next free place."""
        self.begin()
        for post in result.posts:
            if post.block is not None:
                self.base.execute(
                    "INSERT OR REPLACE INTO extractions VALUES (?,?,?,?)",
                    (post.key, post.block, post.kinds, post.faults),
                )
            values: tuple[Any, ...] = (
                source,
                ord,
                post.line,
                post.post_id,
                post.rank,
                post.replies,
                post.views,
                post.sha256,
            )
            values += (post.page, post.key, post.cells, post.posted, post.sketch, *post.place)
            self.base.execute(f"INSERT INTO posts VALUES ({','.join('?' * len(values))})", values)
            ord += 1
        for no in result.rejected:
            refusal = (source, ord, no.line, no.stage, no.reason, harmless(no.source_file))
            self.base.execute("INSERT INTO rejected VALUES (?,?,?,?,?,?)", refusal)
            ord += 1
        return ord

    def collect(self) -> None:
        """Drop rows that no post has any more."""
        self.begin()
        self.base.execute("DELETE FROM extractions WHERE key NOT IN (SELECT key FROM posts)")

    def copies(self) -> Iterator[Copy]:
        """Every copy of every post with its rows, by post_id, the copy to keep first.

        Copies of one post: complete ones first, then those whose page counted more replies and views (a later
        save), then by path and place.
        """
        found = self.base.execute(
            "SELECT p.post_id, p.cells, p.sha256, p.line, s.path, p.page, e.block, e.kinds, e.faults FROM posts p"
            " JOIN sources s ON s.id = p.source LEFT JOIN extractions e ON e.key = p.key"
            f" {BEST_FIRST}"
        )
        return (Copy(*row) for row in found)

    def reposts(self) -> Reposts:
        """For each repost the earliest post with the same words; unknown times come last."""
        return Reposts(
            self.base,
            "SELECT p.post_id, p.posted, p.rowid, length(p.sketch) FROM posts p JOIN sources s ON s.id = p.source"
            f" {BEST_FIRST}",
        )

    def threads(self) -> Iterator[tuple[str, str, str, int, int, int, str | None]]:
        """site, thread, title, posts, replies, pages and the numbers of those seen, for each template's pages."""
        return iter(
            self.base.execute(
                "SELECT site, thread, max(title), count(DISTINCT post_id), max(replies), max(pages),"
                " group_concat(DISTINCT nullif(number, 0)) FROM posts WHERE thread <> '' AND cleaner <> 'rss'"
                " GROUP BY site, thread, cleaner ORDER BY site, thread, cleaner"
            )
        )

    def rejections(self) -> Iterator[tuple[str, int, str, str]]:
        """(file, line, stage, reason), in the order of the input."""
        return iter(
            self.base.execute(
                "SELECT r.file, r.line, r.stage, r.reason FROM rejected r"
                " JOIN sources s ON s.id = r.source ORDER BY s.path, r.ord"
            )
        )

    def cells(self, post_id: str) -> str:
        """The post's line of posts.csv; empty where there is none."""
        query = (
            "SELECT p.cells FROM posts p JOIN sources s ON s.id = p.source WHERE p.post_id = ?"
            " ORDER BY p.rank, -p.replies, -p.views, s.path, p.ord"
        )
        row = self.base.execute(query, (post_id,)).fetchone()
        return row[0] if row else ""

    def blocks(self) -> Iterator[str]:
        """The rows of all posts, in no order."""
        return (row[0] for row in self.base.execute("SELECT block FROM extractions"))

    def has_extractions(self) -> bool:
        return self.base.execute("SELECT 1 FROM extractions LIMIT 1").fetchone() is not None

    # reviews

    def decisions(self) -> dict[str, Decision]:
        query = "SELECT row_id, review, note, cells, corrected, live FROM reviews"
        return {
            row_id: Decision(row_id, review, note, json.loads(cells), json.loads(corrected), bool(live))
            for row_id, review, note, cells, corrected, live in self.base.execute(query)
        }

    def keep_decisions(self, decisions: Iterable[Decision]) -> None:
        """Replace all decisions."""
        self.begin()
        self.base.execute("DELETE FROM reviews")
        for d in decisions:
            values = (d.row_id, d.review, d.note, _json(d.cells), _json(d.corrected), d.live)
            self.base.execute("INSERT OR REPLACE INTO reviews VALUES (?,?,?,?,?,?)", values)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


class Known:
    """Read-only look at the rows that the state holds, for workers."""

    def __init__(self, path: Path) -> None:
        self.base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=PATIENCE)

    def __contains__(self, key: bytes) -> bool:
        return self.base.execute("SELECT 1 FROM extractions WHERE key = ?", (key,)).fetchone() is not None


def set_aside(path: Path) -> Path:
    """Move a state that cannot be used out of the way; where it is now."""
    aside = path.with_suffix(".broken")
    for ending in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    path.replace(aside)
    return aside
