"""``<table>.jsonl``: an object a line; decimals keep all their digits."""

import json
from collections.abc import Iterator
from pathlib import Path

from pipeline.table.exports.values import TABLES, TYPED, cell_of, literal
from pipeline.table.schema import Column, Row


class Jsonl:
    """Writes one table."""

    def __init__(self, path: Path, table: str) -> None:
        self.table, self.columns = table, TABLES[table]
        self.stream = path.open("w", encoding="utf-8", newline="\n")

    def write(self, table: str, row: Row) -> None:
        if table == self.table:
            parts = (f"{json.dumps(c.name)}: {_literal(c, row[c.name])}" for c in self.columns)
            self.stream.write("{" + ", ".join(parts) + "}\n")

    def close(self) -> None:
        self.stream.close()


def _literal(column: Column, cell: str) -> str:
    if column.type in TYPED and not cell:
        return "null"
    return cell if literal(column, cell) else json.dumps(cell, ensure_ascii=False)


def read(path: Path, table: str) -> Iterator[Row]:
    """The rows of a file that ``Jsonl`` wrote, to the letter."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            found = json.loads(line, parse_float=str, parse_int=str)
            yield {column.name: cell_of(column, found[column.name]) for column in TABLES[table]}
