"""Which post repeats which, worked out on disk: what is kept grows with the posts, and memory does not."""

import sqlite3
from collections.abc import Iterator
from functools import lru_cache

from pipeline.clean.duplicates import Sketch, repeats, unpacked

TABLES = {
    "first_copies": "(post_id TEXT, posted TEXT, place INTEGER)",
    "sketched": "(hash INTEGER, nth INTEGER, post_id TEXT, place INTEGER, PRIMARY KEY (hash, nth)) WITHOUT ROWID",
    "reposts": "(post_id TEXT PRIMARY KEY, original TEXT) WITHOUT ROWID",
}
RECENT = 2048  # sketches that are kept at hand
SIGNED = 1 << 63  # SQLite's integers have a sign, hashes have none


class Reposts:
    """The reposts among the posts of a state; make it anew for each state of the posts.

    ``copies`` is a query for (post_id, posted, rowid in posts, size of the sketch), the copy to keep first.
    """

    def __init__(self, base: sqlite3.Connection, copies: str) -> None:
        self.base = base
        self.sketch = lru_cache(RECENT)(self._sketch)  # what a crowd says is compared again and again
        for table, columns in TABLES.items():
            base.execute(f"DROP TABLE IF EXISTS temp.{table}")
            base.execute(f"CREATE TEMP TABLE {table} {columns}")
        base.executemany("INSERT INTO first_copies VALUES (?,?,?)", self._first(copies))
        earliest = base.execute("SELECT post_id, place FROM first_copies ORDER BY posted, post_id")
        posts = ((name, place, self.sketch(place)) for name, place in earliest)
        base.executemany("INSERT INTO reposts VALUES (?,?)", repeats(posts, self))

    def __len__(self) -> int:
        count: int = self.base.execute("SELECT count(*) FROM reposts").fetchone()[0]
        return count

    def original(self, post_id: str) -> str:
        """The ``post_id`` of the post that one repeats; empty where it repeats none."""
        row = self.base.execute("SELECT original FROM reposts WHERE post_id = ?", (post_id,)).fetchone()
        return row[0] if row else ""

    def _first(self, copies: str) -> Iterator[tuple[str, str, int]]:
        last = None
        for name, posted, place, size in self.base.execute(copies):
            if name != last and posted and size:
                yield name, posted, place
            last = name

    # the index of sketches that ``repeats`` asks

    def sharing(self, hash_: int) -> list[tuple[str, int]]:
        """The posts under a hash with their places, in the order in which they came."""
        query = "SELECT post_id, place FROM sketched WHERE hash = ? ORDER BY nth"
        return self.base.execute(query, (hash_ - SIGNED,)).fetchall()

    def _sketch(self, place: int) -> Sketch:
        return unpacked(self.base.execute("SELECT sketch FROM posts WHERE rowid = ?", (place,)).fetchone()[0])

    def keep(self, hash_: int, nth: int, name: str, place: int) -> None:
        """Put a post under a hash, the ``nth`` there."""
        self.base.execute("INSERT INTO sketched VALUES (?,?,?,?)", (hash_ - SIGNED, nth, name, place))
