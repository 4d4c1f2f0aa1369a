"""Rows ↔ CSV text: RFC 4180 quoting, ``\\n`` line ends."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.table.schema import NAMES, Row

BOM = "\ufeff"
LONGEST_CELL = 2**31 - 1

_NEEDS_QUOTES = re.compile(r'[",\r\n]|\A[ \t]|[ \t]\Z')
_SOME_NEED_QUOTES = re.compile(r'["\r\n]|(?:\A|,)[ \t]|[ \t](?:,|\Z)')


def line_of(cells: Sequence[str]) -> str:
    """One CSV line with its line end; cells with a lone carriage return or outer blanks are quoted too."""
    line = ",".join(cells)
    if line.count(",") == len(cells) - 1 and not _SOME_NEED_QUOTES.search(line):
        return line + "\n"
    quoted = ['"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell for cell in cells]
    return ",".join(quoted) + "\n"


def block_of(rows: Iterable[Row], names: Sequence[str] = NAMES) -> str:
    """Rows as CSV lines, without a header."""
    return "".join(line_of([row[name] for name in names]) for row in rows)


def cells_of(block: str) -> Iterator[list[str]]:
    """The cells of each line of a block that ``block_of`` wrote."""
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(io.StringIO(block, newline=""), strict=True)


def rows_of(block: str, names: Sequence[str] = NAMES) -> Iterator[Row]:
    """The rows of a block that ``block_of`` wrote."""
    return (dict(zip(names, cells, strict=True)) for cells in cells_of(block))
