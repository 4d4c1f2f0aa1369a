"""``<table>.parquet`` (needs pyarrow): decimals as float64; cells that this cannot hold are in the file's metadata."""

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from pipeline.table.exports.values import TABLES, cell_of, exact, value_of
from pipeline.table.schema import Row

EXACT = "taojin.exact"
"""Metadata key: a JSON list of ``[line, column, cell]``."""


class Parquet:
    """Writes one table, in groups of rows."""

    ROWS = 20_000

    def __init__(self, path: Path, table: str) -> None:
        pyarrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
        types = {"integer": pyarrow.int64(), "decimal": pyarrow.float64(), "boolean": pyarrow.bool_()}
        self.arrow, self.table, self.columns = pyarrow, table, TABLES[table]
        self.schema = pyarrow.schema([(c.name, types.get(c.type, pyarrow.string())) for c in self.columns])
        self.writer = parquet.ParquetWriter(path, self.schema, compression="zstd")
        self.rows: list[dict[str, Any]] = []
        self.line = 0
        self.exact: list[tuple[int, str, str]] = []

    def write(self, table: str, row: Row) -> None:
        if table == self.table:
            self.exact += [(self.line, *pair) for pair in exact(table, row)]
            self.line += 1
            self.rows.append({c.name: value_of(c, row[c.name]) for c in self.columns})
            if len(self.rows) >= self.ROWS:
                self._flush()

    def _flush(self) -> None:
        self.writer.write_table(self.arrow.Table.from_pylist(self.rows, schema=self.schema))
        self.rows = []

    def close(self) -> None:
        self._flush()
        if self.exact:
            self.writer.add_key_value_metadata({EXACT: json.dumps(self.exact, ensure_ascii=False)})
        self.writer.close()


def read(path: Path, table: str) -> Iterator[Row]:
    """The rows of a file that ``Parquet`` wrote, to the letter."""
    file = import_module("pyarrow.parquet").ParquetFile(path)
    try:
        metadata = file.metadata.metadata or {}
        cells = {(line, name): cell for line, name, cell in json.loads(metadata.get(EXACT.encode(), b"[]"))}
        columns = TABLES[table]
        number = 0
        for batch in file.iter_batches():
            for found in batch.to_pylist():
                row = {column.name: cell_of(column, found[column.name]) for column in columns}
                row |= {name: cells[number, name] for name in row if (number, name) in cells} if cells else {}
                number += 1
                yield row
    finally:
        file.close()
