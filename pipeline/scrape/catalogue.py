"""What is known of a forum and what is left to ask for, in SQLite: it survives a process that is killed.

Scrapy's own job folder survives a clean stop only (its documentation says so), and it would hold the cookies of
requests that are repeated. Here a page's record, its posts, the pages that it leads to, and that it is done, are one
transaction; a request is stored as its address and nothing else.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.scrape.addresses import Address

FOLDER = ".scrape"
"""In the output folder; hidden, so that extraction does not read it."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS thread (
    site TEXT, tid TEXT, view TEXT DEFAULT '', replies INTEGER, last TEXT DEFAULT '', job TEXT DEFAULT '',
    done_replies INTEGER, done_last TEXT DEFAULT '', pages INTEGER DEFAULT 0, complete INTEGER DEFAULT 0,
    short INTEGER DEFAULT 0, PRIMARY KEY (site, tid)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS page (
    key TEXT PRIMARY KEY, site TEXT, tid TEXT, page INTEGER, file TEXT, digest TEXT, etag TEXT, modified TEXT,
    last INTEGER, rows TEXT DEFAULT '', job TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS page_thread ON page (site, tid);
CREATE TABLE IF NOT EXISTS post (
    site TEXT, tid TEXT, pid TEXT, page INTEGER, job TEXT, PRIMARY KEY (site, tid, pid)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS task (
    id INTEGER PRIMARY KEY, job TEXT, key TEXT, kind TEXT, url TEXT, site TEXT, tid TEXT, origin INTEGER,
    priority INTEGER, depth INTEGER, state TEXT DEFAULT '', reason TEXT DEFAULT '', UNIQUE (job, key));
CREATE INDEX IF NOT EXISTS task_thread ON task (job, site, tid);
CREATE TABLE IF NOT EXISTS warc (file TEXT PRIMARY KEY, size INTEGER) WITHOUT ROWID;
"""
KEEP_JOBS = 20


@dataclass(slots=True)
class Task:
    """Something to ask for. ``id`` is 0 until it is stored; ``origin`` is the page that its list began with."""

    url: str
    key: str
    kind: str
    site: str
    tid: str = ""
    origin: int = 1
    priority: int = 0
    depth: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """A thread as of the last crawl that had all of it; ``pages`` is 0 before."""

    view: str
    done_replies: int | None
    done_last: str
    pages: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """A page that is stored: where, a hash of what it said, what the server calls it, and the last page it knew of."""

    file: str
    digest: str
    etag: str
    modified: str
    last: int
    rows: str


class Catalogue:
    """One writer at a time; ``commit`` ends the transaction that every change belongs to."""

    def __init__(self, out: Path, job: str) -> None:
        self.out, self.job = out, job
        folder = out / FOLDER
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.db = sqlite3.connect(folder / "catalogue.sqlite3", timeout=0, check_same_thread=False)
            self.db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self.db.execute("PRAGMA journal_mode = WAL")
            self.db.execute("PRAGMA synchronous = NORMAL")
            self.db.executescript(SCHEMA)
            self.db.execute("BEGIN IMMEDIATE")
            self.db.commit()
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise OutputError(f"{out}: another scrape is writing here; wait for it to end") from error
            raise OutputError(f"{folder}: {error}; choose another folder with --out") from error
        except (OSError, sqlite3.DatabaseError) as error:
            raise OutputError(f"{folder}: {error}; choose another folder with --out, or delete this one") from error

    def commit(self) -> None:
        self.db.commit()

    def close(self) -> None:
        self.db.commit()
        self.db.close()

    # --- what is left to do

    def add(self, tasks: Iterable[Task]) -> list[Task]:
        """Store the tasks that this job does not have yet, and return those."""
        fresh = []
        for one in tasks:
            cells = (self.job, one.key, one.kind, one.url, one.site, one.tid, one.origin, one.priority, one.depth)
            done = self.db.execute(
                "INSERT OR IGNORE INTO task (job, key, kind, url, site, tid, origin, priority, depth)"
                " VALUES (?,?,?,?,?,?,?,?,?)",
                cells,
            )
            if done.rowcount:
                one.id = done.lastrowid or 0
                fresh.append(one)
        return fresh

    def note(self, at: Address, state: str) -> None:
        """Count a thread that is not asked for."""
        self.db.execute(
            "INSERT OR IGNORE INTO task (job, key, kind, url, site, tid, state) VALUES (?,?,'note',?,?,?,?)",
            (self.job, f"{at.site} t{at.tid} {state}", at.url, at.site, at.tid, state),
        )

    def pending(self) -> Iterator[Task]:
        query = "SELECT url, key, kind, site, tid, origin, priority, depth, id FROM task WHERE job = ? AND state = ''"
        for cells in self.db.execute(query + " ORDER BY id", (self.job,)).fetchall():
            yield Task(*cells)

    def settle(self, task: Task, state: str, reason: str = "") -> None:
        self.db.execute(
            "UPDATE task SET state = ?, reason = ? WHERE id = ? AND state = ''", (state, reason[:500], task.id)
        )

    def forget(self) -> None:
        """Drop the tasks of this job."""
        self.db.execute("DELETE FROM task WHERE job = ?", (self.job,))
        self.db.commit()

    def trim(self) -> None:
        """Drop what crawls left that nobody took up again."""
        self.db.execute(
            "DELETE FROM task WHERE job NOT IN (SELECT job FROM task GROUP BY job ORDER BY max(id) DESC LIMIT ?)",
            (KEEP_JOBS,),
        )

    def counts(self) -> dict[tuple[str, str], int]:
        """How many tasks there are of each kind and state."""
        rows = self.db.execute("SELECT kind, state, count(*) FROM task WHERE job = ? GROUP BY 1, 2", (self.job,))
        return {(kind, state): count for kind, state, count in rows}

    def failures(self) -> list[tuple[str, str]]:
        """Address and reason of what failed."""
        rows = self.db.execute(
            "SELECT url, reason FROM task WHERE job = ? AND state = 'failed' ORDER BY id", (self.job,)
        )
        return [(url, reason) for url, reason in rows]

    def asked(self) -> set[tuple[str, str]]:
        """Site and number of the threads that this job asks for."""
        query = "SELECT DISTINCT site, tid FROM task WHERE job = ? AND kind = 'thread'"
        return {(site, tid) for site, tid in self.db.execute(query, (self.job,))}

    # --- what is known

    def thread(self, site: str, tid: str) -> Known | None:
        query = "SELECT view, done_replies, done_last, pages, complete FROM thread WHERE site = ? AND tid = ?"
        cells = self.db.execute(query, (site, tid)).fetchone()
        return Known(cells[0], cells[1], cells[2], cells[3], bool(cells[4])) if cells else None

    def listed(self, at: Address, replies: int | None, last: str = "") -> None:
        """Note what the forum says of a thread."""
        self.db.execute(
            "INSERT INTO thread (site, tid, view, replies, last, job) VALUES (?,?,?,?,?,?) ON CONFLICT DO UPDATE SET"
            " view = excluded.view,"
            " replies = coalesce(excluded.replies, CASE WHEN job = excluded.job THEN replies END),"
            " last = CASE WHEN excluded.last = '' AND job = excluded.job THEN last ELSE excluded.last END,"
            " job = excluded.job",
            (at.site, at.tid, at.view, replies, last, self.job),
        )

    def page(self, key: str) -> Stored | None:
        query = "SELECT file, digest, etag, modified, last, rows FROM page WHERE key = ?"
        cells = self.db.execute(query, (key,)).fetchone()
        return Stored(*cells) if cells else None

    def keep(self, at: Address, stored: Stored) -> None:
        values = (at.key, at.site, at.tid, at.page, stored.file, stored.digest, stored.etag, stored.modified)
        self.db.execute(
            "INSERT OR REPLACE INTO page VALUES (?,?,?,?,?,?,?,?,?,?,?)", (*values, stored.last, stored.rows, self.job)
        )

    def files(self, site: str, tid: str) -> list[str]:
        rows = self.db.execute("SELECT file FROM page WHERE site = ? AND tid = ?", (site, tid))
        return [file for (file,) in rows]

    def posts(self, at: Address, pids: Iterable[str]) -> int:
        """Note the posts of a page; how many of them this job has not met on another page of the thread."""
        fresh = 0
        for pid in pids:
            cells = (at.site, at.tid, pid, at.page, self.job)
            query = "SELECT page, job FROM post WHERE site = ? AND tid = ? AND pid = ?"
            old = self.db.execute(query, cells[:3]).fetchone()
            if old and old[1] == self.job and old[0] != at.page:
                continue
            fresh += 1
            self.db.execute("INSERT OR REPLACE INTO post VALUES (?,?,?,?,?)", cells)
        return fresh

    # --- the end of a job

    def conclude(self) -> list[tuple[str, str, int, int]]:
        """Note the threads that are complete; return those that are not: site, tid, posts seen, posts the forum says.

        A thread whose pages all came but hold fewer posts than the forum says (some may be hidden) is asked for
        once more by the next run, and then taken for complete until something changes.
        """
        query = """
            SELECT t.site, t.tid, t.replies, sum(k.state = 'failed'), t.short,
                (SELECT count(*) FROM post p WHERE p.site = t.site AND p.tid = t.tid),
                (SELECT max(page) FROM page g WHERE g.site = t.site AND g.tid = t.tid)
            FROM task k JOIN thread t ON t.site = k.site AND t.tid = k.tid
            WHERE k.job = ? AND k.kind = 'thread' GROUP BY 1, 2"""
        incomplete = []
        for site, tid, replies, failed, short, seen, pages in self.db.execute(query, (self.job,)).fetchall():
            lacking = replies is not None and seen < replies + 1
            if failed or lacking or not seen:
                incomplete.append((site, tid, seen, (replies or 0) + 1))
            complete = not failed and seen and (not lacking or short)
            self.db.execute(
                "UPDATE thread SET complete = ?, short = ?, pages = ?, done_replies = replies, done_last = last"
                " WHERE site = ? AND tid = ?",
                (bool(complete), bool(lacking and not failed), pages or 0, site, tid),
            )
        self.db.commit()
        return incomplete

    # --- WARC files

    def warc_size(self, file: str, size: int) -> None:
        self.db.execute("INSERT OR REPLACE INTO warc VALUES (?,?)", (file, size))

    def mend_warcs(self) -> None:
        """Cut off what a killed process wrote without its transaction: those pages are asked for again."""
        for file, size in self.db.execute("SELECT file, size FROM warc").fetchall():
            path = self.out / file
            if path.is_file() and path.stat().st_size > size:
                with closing(path.open("r+b")) as stream:
                    stream.truncate(size)


def job_name(parts: Iterable[object]) -> str:
    """A name for what a crawl was asked; the same question resumes it."""
    import hashlib

    return hashlib.blake2b(json.dumps([str(part) for part in parts]).encode(), digest_size=8).hexdigest()
