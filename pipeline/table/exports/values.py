"""Cells ↔ values of real types, and what to do where a type cannot hold a cell to the letter."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from pipeline.table.check import plain
from pipeline.table.schema import EXTRACTIONS, POSTS, Column, Row, Type

TABLES: dict[str, Sequence[Column]] = {"extractions": EXTRACTIONS, "posts": POSTS}
KEYS = {"extractions": "row_id", "posts": "post_id"}
TYPED: tuple[Type, ...] = ("integer", "decimal", "boolean")
LARGEST = 2**63 - 1

_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


class Sink(Protocol):
    """One table (or both) being written, post by post: its rows of ``posts``, then its rows of ``extractions``.

    Of several rows of ``posts`` with one id the last is the copy whose text the offsets count in.
    """

    def write(self, table: str, row: Row) -> None: ...
    def close(self) -> None: ...


def value_of(column: Column, cell: str) -> Any:
    """A cell as its real type; None for an empty cell that is not text, and for a number that is too large."""
    if column.type not in TYPED:
        return cell
    if not cell:
        return None
    if column.type == "boolean":
        return cell == "true"
    if column.type == "integer":
        number = int(cell)
        return number if number <= LARGEST else None
    value = float(cell)
    return value if value != float("inf") else None


def cell_of(column: Column, value: Any) -> str:
    """The cell of a value that any of the formats may give back."""
    if value is None:
        return ""
    if column.type == "boolean":
        return "true" if value in (True, 1, "true", "TRUE") else "false"
    if column.type == "integer":
        return str(value if isinstance(value, str) else int(value))
    if column.type == "decimal":
        if isinstance(value, str):
            return value
        return plain(value if isinstance(value, Decimal) else Decimal(repr(value)))
    return value.isoformat() if isinstance(value, date) else str(value)


def lossless(column: Column, cell: str) -> bool:
    """Whether the real type gives the cell back to the letter; a decimal of more than 17 digits it does not."""
    return column.type not in TYPED or cell_of(column, value_of(column, cell)) == cell


def exact(table: str, row: Row, holds: Callable[[Column, str], bool] = lossless) -> Iterator[tuple[str, str]]:
    """The columns whose cells the real types cannot hold, with the cells."""
    for column in TABLES[table]:
        if (column.type in TYPED or column.type == "date") and row[column.name] and not holds(column, row[column.name]):
            yield column.name, row[column.name]


def literal(column: Column, cell: str) -> bool:
    """Whether the cell may stand as a number or truth value in JSON."""
    return column.type == "boolean" or (column.type in TYPED and _NUMBER.fullmatch(cell) is not None)
