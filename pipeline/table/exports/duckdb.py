"""``taojin.duckdb`` (needs duckdb and pyarrow): the tables with exact decimals, dates, keys and indexes."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from pipeline.table.exports.relations import (
    EXTRA,
    FINDINGS,
    INDEXES,
    ORDER,
    Splitter,
    columns_of,
    rows,
    schema,
    selects,
)
from pipeline.table.exports.values import cell_of, value_of
from pipeline.table.schema import Column, Row, Type

WHOLE, FRACTION = 28, 10
"""Digits of a DECIMAL before and behind the point."""
TYPES: dict[Type, str] = {
    "integer": "BIGINT",
    "decimal": f"DECIMAL({WHOLE + FRACTION}, {FRACTION})",
    "boolean": "BOOLEAN",
    "date": "DATE",
}
BATCH = 50_000


class Duck:
    """Writes both tables, in batches through Arrow."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self.arrow = import_module("pyarrow")
        self.base = import_module("duckdb").connect(str(path))
        self.base.execute("BEGIN")
        for statement in schema(TYPES, "VARCHAR", "BIGINT"):
            self.base.execute(statement)
        self.records: dict[str, list[tuple[Any, ...]]] = {table: [] for table in ORDER}
        self.splitter = Splitter(self._put, self._extra, reads_back)
        self.write = self.splitter.write

    def _put(self, table: str, line: int, row: Row) -> None:
        self.records[table].append((line, *(_value(c, row[c.name]) for c in columns_of(table))))
        if len(self.records[table]) >= BATCH:
            self._flush()

    def _extra(self, table: str, values: tuple[object, ...]) -> None:
        self.records[table].append(values)

    def _flush(self) -> None:
        for table in ORDER:  # no row before the one that it refers to
            records = self.records[table]
            if not records:
                continue
            self.base.register("batch", self.arrow.table(self._columns(table, records)))
            self.base.execute(f"INSERT INTO {table} SELECT * FROM batch")
            self.base.unregister("batch")
            self.records[table] = []

    def _columns(self, table: str, records: list[tuple[Any, ...]]) -> dict[str, Any]:
        arrow = self.arrow
        types = {
            "integer": arrow.int64(),
            "decimal": arrow.decimal128(WHOLE + FRACTION, FRACTION),
            "boolean": arrow.bool_(),
            "date": arrow.date32(),
        }
        if table in EXTRA:
            names = {name: arrow.int64() if name in ("line", "place") else arrow.string() for name in EXTRA[table]}
        else:
            names = {"line": arrow.int64(), **{c.name: types.get(c.type, arrow.string()) for c in columns_of(table)}}
        values = zip(*records, strict=True)
        return {
            name: arrow.array(column, type=type_) for (name, type_), column in zip(names.items(), values, strict=True)
        }

    def close(self) -> None:
        try:
            self.splitter.finish()
            self._flush()
            for statement in (*INDEXES, FINDINGS):
                self.base.execute(statement)
            self.base.execute("COMMIT")
        finally:
            self.base.close()


def _value(column: Column, cell: str) -> Any:
    if column.type == "date":
        return date.fromisoformat(cell) if cell else None
    if column.type == "decimal" and cell:
        return Decimal(cell) if _fits(cell) else None
    return value_of(column, cell)


def _fits(cell: str) -> bool:
    whole, _, fraction = cell.partition(".")
    return len(whole) <= WHOLE and len(fraction) <= FRACTION


def read(path: Path, table: str) -> Iterator[Row]:
    """The rows of a database that ``Duck`` wrote, to the letter and in order."""
    base = import_module("duckdb").connect(str(path), read_only=True)
    try:
        kept = base.execute("SELECT table_name, line, column_name, cell FROM exact").fetchall()
        cells = {(name, line, column): cell for name, line, column, cell in kept}
        yield from rows(table, _records(base.execute(selects(table))), cells)
    finally:
        base.close()


def _records(found: Any) -> Iterator[tuple[object, ...]]:
    while records := found.fetchmany(10_000):
        yield from records


def reads_back(column: Column, cell: str) -> bool:
    """Whether a DECIMAL or DATE gives the cell back to the letter."""
    return cell_of(column, _value(column, cell)) == cell
