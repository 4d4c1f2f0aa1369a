"""Rows ↔ CSV text: RFC 4180 quoting, ``\\n`` line ends."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from pipeline.table.schema import NAMES, Row

BOM = "\ufeff"
LONGEST_CELL = 2**31 - 1

_NEEDS_QUOTES = re.compile(r'[",\r\n]|\A[ \t]|[ \t]\Z')
_QUOTED = ('"', "\n", "\r", ", ", ",\t", " ,", "\t,")


def line_of(cells: Sequence[str]) -> str:
    """One CSV line with its line end; cells with a lone carriage return or outer blanks are quoted too."""
    line = ",".join(cells)
    outer = line[:1] + line[-1:]
    if line.count(",") == len(cells) - 1 and not any(sign in line for sign in _QUOTED) and outer == outer.strip(" \t"):
        return line + "\n"
    quoted = ['"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell for cell in cells]
    return ",".join(quoted) + "\n"


def block_of(rows: Iterable[Row], names: Sequence[str] = NAMES) -> str:
    """Rows as CSV lines, without a header."""
    cells = itemgetter(*names)
    return "".join(line_of(cells(row)) for row in rows)


def delimiter_of(line: str) -> str:
    """What separates the cells of a header that a spreadsheet may have saved."""
    return max(",;\t", key=line.count)


def cells_of(block: str) -> Iterator[list[str]]:
    """The cells of each line of a block that ``block_of`` wrote."""
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(io.StringIO(block, newline=""), strict=True)


def rows_of(block: str, names: Sequence[str] = NAMES) -> Iterator[Row]:
    """The rows of a block that ``block_of`` wrote."""
    return (dict(zip(names, cells, strict=True)) for cells in cells_of(block))
