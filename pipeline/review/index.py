"""The table as an index that answers every filter at once: a private SQLite database, gone with the process.

``rows`` is narrow, so that a filter without an index of its own is a scan of a few megabytes; cells and the text that
searches look at stand in tables beside it.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from pipeline.review.filters import Filter, searchable
from pipeline.table.schema import KINDS, NAMES, POST_NAMES, Row

SCHEMA = """
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;
CREATE TABLE posts (n INTEGER PRIMARY KEY, post_id TEXT UNIQUE, cells TEXT);
CREATE TABLE rows (
  n INTEGER PRIMARY KEY, place INTEGER, post INTEGER, review TEXT, added INTEGER, kind TEXT, label TEXT,
  certainty TEXT, qualifier TEXT, rule TEXT, forum TEXT, predicate TEXT, low REAL, high REAL);
CREATE TABLE cells (n INTEGER PRIMARY KEY, row_id TEXT UNIQUE, cells TEXT, note TEXT, corrected TEXT);
CREATE TABLE words (n INTEGER PRIMARY KEY, hay TEXT);
CREATE TABLE hits (search INTEGER, n INTEGER, PRIMARY KEY (search, n)) WITHOUT ROWID;
CREATE TABLE entities (name TEXT, n INTEGER, PRIMARY KEY (name, n)) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX rows_place ON rows (place, n);
CREATE INDEX rows_post ON rows (post);
CREATE INDEX rows_decided ON rows (review) WHERE review <> '';
CREATE INDEX entities_row ON entities (n);
ANALYZE;
"""
SEARCHED = ("text", "sentence", "name", "subject", "predicate", "object", "source")
NAMING = ("name", "subject", "object", "source")
LONGEST_NAME = 40
SEARCHES = 20
"""How many searches' hits are kept."""
AT_ONCE = 500
"""Rows that one query asks for."""
SEPARATOR = "\x1f"
KIND_ORDER = {kind: place for place, kind in enumerate(sorted(KINDS))}


class Entry(NamedTuple):
    """A row of the table as found, with what stands of the reviewers' decisions."""

    row: Row
    review: str = ""
    note: str = ""
    corrected: Row | None = None
    added: bool = False

    @property
    def shown(self) -> Row:
        """The row as it will be in the table."""
        return {**self.row, **(self.corrected or {})}


class Page(NamedTuple):
    """A page of the rows that a filter lets through."""

    entries: list[Entry]
    total: int
    before: int
    """How many rows stand before the page."""


class Index:
    """Rows and posts. Not for use by several threads at once."""

    def __init__(self) -> None:
        self.base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self.base.executescript(SCHEMA)
        self.posts: dict[str, int] = {}
        self.searches: dict[tuple[str, ...], int] = {}

    def close(self) -> None:
        self.base.close()

    # building

    def fill(self, posts: Iterable[tuple[Row, Sequence[Row]]], decided: Callable[[Row], Entry] = Entry) -> None:
        """Take all posts, in the table's order, each with its rows; ``decided`` adds what was decided on a row."""
        self.base.execute("BEGIN")
        for post, rows in posts:
            number = len(self.posts) + 1
            self.posts[post["post_id"]] = number
            cells = SEPARATOR.join(post[name] for name in POST_NAMES)
            self.base.execute("INSERT INTO posts VALUES (?,?,?)", (number, post["post_id"], cells))
            for row in rows:
                self._put(decided(row), post)
        self.base.execute("COMMIT")
        self.base.executescript(INDEXES)

    def put(self, entry: Entry) -> None:
        """Take a row, or what is new of it; a row whose post is not there is passed over."""
        post = self.post(entry.row["post_id"])
        if post is not None:
            self.base.execute("BEGIN")
            self.drop(entry.row["row_id"])
            self._put(entry, post)
            self.base.execute("COMMIT")

    def decide(self, row_id: str, review: str, note: str, corrected: Row | None) -> None:
        """Note a decision; a verdict alone changes no other column."""
        found = self.entry(row_id)
        if found is None:
            return
        if (found.note, found.corrected or {}) == (note, corrected or {}):
            self.base.execute("UPDATE rows SET review = ? WHERE n = ?", (review, self._number(row_id)))
        else:
            self.put(found._replace(review=review, note=note, corrected=corrected))

    def drop(self, row_id: str) -> None:
        number = self._number(row_id)
        self._forget_hits()
        if number is not None:
            for table in ("rows", "cells", "words", "entities"):
                self.base.execute(f"DELETE FROM {table} WHERE n = ?", (number,))

    def _number(self, row_id: str) -> int | None:
        found = self.base.execute("SELECT n FROM cells WHERE row_id = ?", (row_id,)).fetchone()
        return found[0] if found else None

    def _put(self, entry: Entry, post: Row) -> None:
        row, shown = entry.row, entry.shown
        number = self.posts[row["post_id"]]
        place = (number << 32) | (int(row["start"]) << 4) | KIND_ORDER.get(row["kind"], 15)
        values = (
            place,
            number,
            entry.review,
            entry.added,
            shown["kind"],
            shown["label"],
            shown["certainty"],
            shown["qualifier"],
            shown["rule"],
            post["forum"],
            shown["predicate"],
            _real(shown["value_min"]),
            _real(shown["value_max"]),
        )
        n = self.base.execute(f"INSERT INTO rows VALUES (NULL,{','.join('?' * len(values))})", values).lastrowid
        corrected = SEPARATOR.join(part for pair in (entry.corrected or {}).items() for part in pair)
        cells = SEPARATOR.join(row[name] for name in NAMES)
        self.base.execute("INSERT INTO cells VALUES (?,?,?,?,?)", (n, row["row_id"], cells, entry.note, corrected))
        hay = "\n".join([*(shown[name] for name in SEARCHED if shown[name]), post["title"], post["author"], entry.note])
        self.base.execute("INSERT INTO words VALUES (?,?)", (n, searchable(hay)))
        names = {shown[name] for name in NAMING if 0 < len(shown[name]) <= LONGEST_NAME}
        self.base.executemany("INSERT OR IGNORE INTO entities VALUES (?,?)", ((name, n) for name in names))

    # asking

    def entry(self, row_id: str) -> Entry | None:
        """A row by its id."""
        number = self._number(row_id)
        return None if number is None else next(iter(self._entries([number])), None)

    def _entries(self, numbers: Sequence[int]) -> list[Entry]:
        if len(numbers) > AT_ONCE:
            steps = range(0, len(numbers), AT_ONCE)
            return [entry for at in steps for entry in self._entries(numbers[at : at + AT_ONCE])]
        found = {}
        marks = ",".join("?" * len(numbers))
        query = (
            "SELECT c.n, c.cells, r.review, c.note, c.corrected, r.added FROM cells c JOIN rows r ON r.n = c.n"
            f" WHERE c.n IN ({marks})"
        )
        for n, cells, review, note, corrected, added in self.base.execute(query, numbers):
            row = dict(zip(NAMES, cells.split(SEPARATOR), strict=True))
            parts = corrected.split(SEPARATOR) if corrected else []
            fixed = dict(zip(parts[::2], parts[1::2], strict=True)) if parts else None
            found[n] = Entry(row, review, note, fixed, bool(added))
        return [found[n] for n in numbers if n in found]

    def page(self, filter: Filter, size: int, after: str = "", before: str = "", around: str = "") -> Page:
        """A page of a filter's rows: the first, the one after or before a row, or one that begins with a row.

        The row named need not pass the filter any more.
        """
        where, values = self._where(filter)
        total = self._one(f"SELECT count(*) FROM rows WHERE {where}", values)
        key = self.base.execute(
            "SELECT place, n FROM rows WHERE n = (SELECT n FROM cells WHERE row_id = ?)", (after or before or around,)
        ).fetchone()
        if key is None:
            numbers = self._numbers(f"{where} ORDER BY place, n LIMIT ?", [*values, size])
            return Page(self._entries(numbers), total, 0)
        if before:
            numbers = self._numbers(
                f"{where} AND (place, n) < (?,?) ORDER BY place DESC, n DESC LIMIT ?", [*values, *key, size]
            )[::-1]
        else:
            sign = ">" if after else ">="
            numbers = self._numbers(
                f"{where} AND (place, n) {sign} (?,?) ORDER BY place, n LIMIT ?", [*values, *key, size]
            )
        skipped = 0
        if numbers:
            skipped = self._one(
                f"SELECT count(*) FROM rows WHERE {where} AND (place, n) < (SELECT place, n FROM rows WHERE n = ?)",
                [*values, numbers[0]],
            )
        return Page(self._entries(numbers), total, skipped)

    def all(self, filter: Filter, limit: int) -> list[Entry]:
        """The rows that a filter lets through, ``limit`` at most."""
        where, values = self._where(filter)
        return self._entries(self._numbers(f"{where} ORDER BY place, n LIMIT ?", [*values, limit]))

    def count(self, filter: Filter) -> int:
        where, values = self._where(filter)
        return self._one(f"SELECT count(*) FROM rows WHERE {where}", values)

    def _where(self, filter: Filter) -> tuple[str, list[Any]]:
        """A filter's condition; what its search finds is looked up once, until a row's words change."""
        where, values = filter.sql()
        words = filter.words()
        if not words:
            return where, values
        if words not in self.searches:
            if len(self.searches) >= SEARCHES:
                self._forget_hits()
            self.searches[words] = search = len(self.searches)
            inside = " AND ".join("instr(hay, ?)" for _ in words)
            self.base.execute(f"INSERT INTO hits SELECT ?, n FROM words WHERE {inside}", (search, *words))
        return f"{where} AND n IN (SELECT n FROM hits WHERE search = ?)", [*values, self.searches[words]]

    def _forget_hits(self) -> None:
        if self.searches:
            self.base.execute("DELETE FROM hits")
            self.searches.clear()

    def _numbers(self, condition: str, values: Sequence[Any]) -> list[int]:
        return [row[0] for row in self.base.execute(f"SELECT n FROM rows WHERE {condition}", values)]

    def _one(self, query: str, values: Sequence[Any] = ()) -> int:
        return int(self.base.execute(query, values).fetchone()[0] or 0)

    def progress(self) -> tuple[int, int]:
        """How many rows are decided, and how many there are."""
        return self._one("SELECT count(*) FROM rows WHERE review <> ''"), self._one("SELECT count(*) FROM rows")

    def post(self, post_id: str) -> Row | None:
        """A post's row of posts.csv."""
        found = self.base.execute("SELECT cells FROM posts WHERE post_id = ?", (post_id,)).fetchone()
        return dict(zip(POST_NAMES, found[0].split(SEPARATOR), strict=True)) if found else None

    def rows_of_post(self, post_id: str, start: int, end: int) -> list[Entry]:
        """The rows of a post that stand between two offsets, or reach into there."""
        number = self.posts.get(post_id, 0)
        numbers = self._numbers("post = ? AND place < ? ORDER BY place, n", [number, (number << 32) | (end << 4)])
        return [entry for entry in self._entries(numbers) if int(entry.row["end"]) > start]

    def values(self, column: str) -> list[tuple[str, int]]:
        """The values of a column with their counts, the most frequent first."""
        query = f"SELECT {column}, count(*) FROM rows WHERE {column} <> '' GROUP BY 1 ORDER BY 2 DESC, 1"
        return list(self.base.execute(query))

    def names(self, limit: int) -> list[tuple[str, int]]:
        """The entities and sources named most often."""
        query = "SELECT name, count(*) FROM entities GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?"
        return list(self.base.execute(query, (limit,)))


def _real(cell: str) -> float | None:
    return float(cell) if cell else None
