"""The same two tables in other formats, streamed row by row, with real types."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from pipeline.errors import OutputError
from pipeline.table.schema import EXTRACTIONS, POSTS, Column, Row, Type
from pipeline.table.text import BOM, line_of

SQL_TYPES: dict[Type, str] = {"integer": "INTEGER", "decimal": "REAL", "boolean": "INTEGER"}
TABLES: dict[str, Sequence[Column]] = {"extractions": EXTRACTIONS, "posts": POSTS}


class Sink(Protocol):
    """One table (or both) being written."""

    def write(self, table: str, row: Row) -> None: ...
    def close(self) -> None: ...


def value_of(column: Column, cell: str) -> Any:
    """A cell as its real type; None for an empty cell that is not text."""
    if column.type in ("integer", "decimal", "boolean"):
        if not cell:
            return None
        return cell == "true" if column.type == "boolean" else int(cell) if column.type == "integer" else float(cell)
    return cell


class Jsonl:
    """``<table>.jsonl``: an object a line; decimals keep all their digits."""

    def __init__(self, path: Path, table: str) -> None:
        self.table, self.columns = table, TABLES[table]
        self.stream = path.open("w", encoding="utf-8", newline="\n")

    def write(self, table: str, row: Row) -> None:
        if table == self.table:
            parts = (f"{json.dumps(c.name)}: {self.literal(c, row[c.name])}" for c in self.columns)
            self.stream.write("{" + ", ".join(parts) + "}\n")

    @staticmethod
    def literal(column: Column, cell: str) -> str:
        if column.type in ("integer", "decimal", "boolean"):
            return cell or "null"
        return json.dumps(cell, ensure_ascii=False)

    def close(self) -> None:
        self.stream.close()


class Sqlite:
    """``taojin.sqlite``: both tables, with indexes on the ids."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self.base = sqlite3.connect(path, isolation_level=None)
        self.base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN")
        self.insert = {}
        for table, columns in TABLES.items():
            types = (f'"{c.name}" {SQL_TYPES.get(c.type, "TEXT")}' for c in columns)
            self.base.execute(f"CREATE TABLE {table} ({', '.join(types)})")
            self.insert[table] = f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})"
            self.base.execute(f"CREATE INDEX {table}_post ON {table} (post_id)")
        self.base.execute("CREATE UNIQUE INDEX extractions_row ON extractions (row_id)")

    def write(self, table: str, row: Row) -> None:
        self.base.execute(self.insert[table], [value_of(c, row[c.name]) for c in TABLES[table]])

    def close(self) -> None:
        if self.base.in_transaction:
            self.base.execute("COMMIT")
        self.base.close()


class Parquet:
    """``<table>.parquet``, where pyarrow is installed."""

    ROWS = 20_000

    def __init__(self, path: Path, table: str) -> None:
        pyarrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
        types = {"integer": pyarrow.int64(), "decimal": pyarrow.float64(), "boolean": pyarrow.bool_()}
        self.arrow, self.table, self.columns = pyarrow, table, TABLES[table]
        self.schema = pyarrow.schema([(c.name, types.get(c.type, pyarrow.string())) for c in self.columns])
        self.writer = parquet.ParquetWriter(path, self.schema)
        self.rows: list[dict[str, Any]] = []

    def write(self, table: str, row: Row) -> None:
        if table == self.table:
            self.rows.append({c.name: value_of(c, row[c.name]) for c in self.columns})
            if len(self.rows) >= self.ROWS:
                self.flush()

    def flush(self) -> None:
        self.writer.write_table(self.arrow.Table.from_pylist(self.rows, schema=self.schema))
        self.rows = []

    def close(self) -> None:
        self.flush()
        self.writer.close()


FORMATS: dict[str, dict[str, Callable[[Path], Sink]]] = {
    "csv": {},
    "jsonl": {f"{table}.jsonl": partial(Jsonl, table=table) for table in TABLES},
    "sqlite": {"taojin.sqlite": Sqlite},
    "parquet": {f"{table}.parquet": partial(Parquet, table=table) for table in TABLES},
}
"""Format → file name → sink. The CSV is always written, by its own writer, since the review lives in it."""


def check_format(name: str) -> None:
    """Whether the format can be written here.

    Raises:
        OutputError: it is unknown, or a package is missing.
    """
    if name not in FORMATS:
        raise OutputError(f"format {name!r} is unknown; known are {', '.join(FORMATS)}")
    if name == "parquet":
        try:
            import_module("pyarrow.parquet")
        except ImportError as error:
            raise OutputError("parquet needs the package pyarrow: pip install pyarrow") from error


def csv_head(columns: Sequence[Column]) -> str:
    """The byte order mark and the header line."""
    return BOM + line_of([column.name for column in columns])
