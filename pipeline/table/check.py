"""Cells and rows against the schema."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from pipeline.errors import TableError
from pipeline.table.safety import FORMULA_STARTS, is_formula
from pipeline.table.schema import EXTRACTIONS, LABELS, POSTS, Column, Row, Type

LONGEST_FRACTION = 10
_ONE_PERIOD = r"(?:\d{4}(?:-(?:H[12]|Q[1-4]|W\d\d|\d\d(?:-\d\d)?))?|FY\d{4}(?:-(?:H[12]|Q[1-4]))?)"
PERIOD = re.compile(f"{_ONE_PERIOD}(?:/{_ONE_PERIOD})?")
UNITS = {"money": re.compile(r"[A-Z]{3}(?:/.+)?"), "percent": re.compile(r"%|pp|x"), "quantity": re.compile(r".+")}

_DIGITS = re.compile(r"\d+")
_DECIMAL = re.compile(r"\d+(?:\.\d+)?")


def _is_date(cell: str) -> bool:
    try:
        return date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        return False


def _is_time(cell: str) -> bool:
    try:
        return datetime.fromisoformat(cell).tzinfo is not None
    except ValueError:
        return False


_TYPES: dict[Type, Callable[[str], object]] = {
    "integer": _DIGITS.fullmatch,
    "decimal": _DECIMAL.fullmatch,
    "date": _is_date,
    "time": _is_time,
}


@lru_cache(maxsize=8192)
def faults(column: Column, cell: str) -> str:
    """What is wrong with one cell, or an empty string."""
    if not cell:
        return "is empty" if column.required else ""
    if is_formula(cell):
        return f"{cell[:20]!r} would run as a formula"
    if column.name == "period" and not PERIOD.fullmatch(cell):
        return f"{cell!r} is not a period"
    check = _TYPES.get(column.type)
    if check and not check(cell):
        return f"{cell!r} is not of type {column.type}"
    if column.allowed:
        unknown = [value for value in (cell.split(" ") if column.many else [cell]) if value not in column.allowed]
        if unknown:
            return f"{unknown[0]!r} is none of {', '.join(column.allowed)}"
    return ""


class _Checks:
    """The columns of a table; ``close`` are those whose cells need a closer look than any text does."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        self.columns = {column.name: column for column in columns}
        self.required = tuple(column.name for column in columns if column.required)
        self.counts = frozenset(column.name for column in columns if column.type == "integer")
        self.close = frozenset(c.name for c in columns if c.allowed or c.type in _TYPES or c.name == "period")

    def __call__(self, row: Row) -> None:
        columns, counts, close = self.columns, self.counts, self.close
        wrong = [name for name in self.required if not row[name]]
        for name, cell in row.items():
            if not cell or (name in counts and cell.isdecimal()):
                continue
            if (name in close or cell[0] in FORMULA_STARTS) and name in columns and faults(columns[name], cell):
                wrong.append(name)
        for name in columns if wrong else ():  # of several faults the leftmost is told
            if name in wrong:
                raise TableError(f"{_where(row)}: {name} {faults(columns[name], row[name])}")


_check_extraction, _check_post = _Checks(EXTRACTIONS), _Checks(POSTS)


def check_post(row: Row) -> None:
    """Check one row of ``posts``.

    Raises:
        TableError: naming the row and the column.
    """
    _check_post(row)


def check_extraction(row: Row, post_text: str) -> None:
    """Check one row of ``extractions`` against the contract, its post's text included.

    Raises:
        TableError: naming the row and what is wrong.
    """
    _check_extraction(row)
    kind = row["kind"]
    if row["label"] not in LABELS[kind]:
        raise TableError(f"{_where(row)}: label {row['label']!r} does not belong to {kind}")
    start, end = int(row["start"]), int(row["end"])
    if not start < end <= len(post_text) or post_text[start:end] != row["text"]:
        raise TableError(f"{_where(row)}: posts.text[{start}:{end}] is not text")
    if (
        row["value_min"] != row["value_max"]
        and row["value_min"]
        and row["value_max"]
        and Decimal(row["value_min"]) > Decimal(row["value_max"])
    ):
        raise TableError(f"{_where(row)}: value_min {row['value_min']} is above value_max {row['value_max']}")
    if row["period_start"] and row["period_end"] and row["period_start"] > row["period_end"]:
        raise TableError(f"{_where(row)}: period_start {row['period_start']} is after {row['period_end']}")
    if kind in UNITS and not UNITS[kind].fullmatch(row["unit"]):
        raise TableError(f"{_where(row)}: unit {row['unit']!r} does not belong to {kind}")
    needed = {"entity": "name", "claim": "predicate"}.get(kind)
    if needed and not row[needed]:
        raise TableError(f"{_where(row)}: {needed} is empty")


def _where(row: Row) -> str:
    place = f"{row.get('post_id', '')} {row.get('kind', '')} {row.get('start', '')}-{row.get('end', '')}"
    return f"{place.strip(' -')} (rule {row.get('rule', '')})" if "rule" in row else place.strip(" -")


@lru_cache(maxsize=8192)
def plain(value: Decimal | None) -> str:
    """A decimal as a cell: no exponent, no needless zeros, repeating fractions to six significant digits.

    The integer part is never rounded: 35080000000, 66.6667, 0.333333, 0.25.
    """
    if value is None:
        return ""
    if not value.is_finite():
        raise TableError(f"{value} is not a number")
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -LONGEST_FRACTION:
        places = min(exponent + len(value.as_tuple().digits) - 1 - 5, -4)
        try:
            value = value.quantize(Decimal(1).scaleb(places))
        except InvalidOperation as error:
            raise TableError(f"{value} has too many digits") from error
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
