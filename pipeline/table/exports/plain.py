"""The tables as CSV, read as they were written; an edited one may have other delimiters and columns."""

import csv
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import InputError
from pipeline.table.exports.values import KEYS, TABLES
from pipeline.table.schema import Row
from pipeline.table.text import LONGEST_CELL, delimiter_of


def read(path: Path, table: str) -> Iterator[Row]:
    """The rows; a column that the file lacks is empty.

    Raises:
        InputError: it is no such table.
    """
    csv.field_size_limit(LONGEST_CELL)
    names = [column.name for column in TABLES[table]]
    with path.open(encoding="utf-8-sig", newline="") as stream:
        first = stream.readline()
        delimiter = delimiter_of(first)
        header = [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])]
        if not {KEYS[table], "post_id"} <= set(header):
            raise InputError(f"{path}: no table of {table}, since it has no column {KEYS[table]}")
        for cells in csv.reader(stream, delimiter=delimiter):
            if not any(cells):
                continue
            row = dict.fromkeys(names, "")
            row.update((name, cell) for name, cell in zip(header, cells, strict=False) if name in row)
            yield row
