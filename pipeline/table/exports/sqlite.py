"""``taojin.sqlite``: the tables with keys and indexes, and a full-text index of the posts. Opens in Datasette."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from pipeline.table.exports.relations import EXTRA, FINDINGS, INDEXES, Splitter, columns_of, rows, schema, selects
from pipeline.table.exports.values import value_of
from pipeline.table.schema import Row, Type

TYPES: dict[Type, str] = {"integer": "INTEGER", "decimal": "REAL", "boolean": "INTEGER"}
SEARCH = (
    "CREATE VIRTUAL TABLE posts_fts USING fts5 (title, text, content='posts', content_rowid='line',"
    " tokenize='trigram')",
    "INSERT INTO posts_fts (posts_fts) VALUES ('rebuild')",
)
"""Three characters or more of any script are found: ``SELECT … FROM posts_fts WHERE posts_fts MATCH '净利润'``."""


class Sqlite:
    """Writes both tables."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self.base = sqlite3.connect(path, isolation_level=None)
        self.base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN")
        for statement in schema(TYPES, "TEXT", "INTEGER"):
            self.base.execute(statement)
        self.insert = {table: f"INSERT INTO {table} VALUES ({', '.join('?' * len(EXTRA[table]))})" for table in EXTRA}
        for table in ("posts", "post_copies", "extractions"):
            self.insert[table] = f"INSERT INTO {table} VALUES (?, {', '.join('?' * len(columns_of(table)))})"
        self.splitter = Splitter(self._put, self._extra)
        self.write = self.splitter.write

    def _put(self, table: str, line: int, row: Row) -> None:
        self.base.execute(self.insert[table], [line, *(value_of(c, row[c.name]) for c in columns_of(table))])

    def _extra(self, table: str, values: tuple[object, ...]) -> None:
        self.base.execute(self.insert[table], values)

    def close(self) -> None:
        if self.base.in_transaction:
            self.splitter.finish()
            for statement in (*INDEXES, FINDINGS, *(SEARCH if _has_trigrams() else ())):
                self.base.execute(statement)
            self.base.execute("COMMIT")
        self.base.close()


def _has_trigrams() -> bool:
    return sqlite3.sqlite_version_info >= (3, 34)


def read(path: Path, table: str) -> Iterator[Row]:
    """The rows of a database that ``Sqlite`` wrote, to the letter and in order."""
    base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        kept = base.execute("SELECT table_name, line, column_name, cell FROM exact")
        cells = {(str(name), int(line), str(column)): str(cell) for name, line, column, cell in kept}
        yield from rows(table, iter(base.execute(selects(table))), cells)
    finally:
        base.close()
