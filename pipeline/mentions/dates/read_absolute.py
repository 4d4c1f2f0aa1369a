"""Roots that need no clock: 2025年, FY25Q3, 2025-11-01, 90年代, 十四五."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.mentions.context import FiscalYear
from pipeline.mentions.dates.compose import Expression
from pipeline.mentions.dates.fiscal import fiscal_period
from pipeline.mentions.dates.periods import (
    UNKNOWN,
    Period,
    a_century,
    a_day,
    a_decade,
    a_half,
    a_month,
    a_quarter,
    a_year,
    between,
    iso_week,
    safe_date,
)
from pipeline.mentions.dates.reading import Reading

if TYPE_CHECKING:
    from pipeline.mentions.dates.read import Reader

PARTS: dict[str, Callable[[int, int], Period | None]] = {
    "half": a_half,
    "quarter": a_quarter,
    "month": a_month,
    "week": iso_week,
}


def year(reader: Reader, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
    root = expression.root
    parent = a_year(reader.full_year(root.number, root.flag))
    return reader.under(parent, expression, calendar, "absolute")


def fiscal(reader: Reader, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
    root = expression.root
    year = reader.full_year(root.number, root.flag)
    return reader.under(fiscal_period(calendar, year), expression, calendar, "fiscal")


def date(reader: Reader, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
    root = expression.root
    found = a_day(safe_date(reader.full_year(root.year, root.flag), root.number, root.more))
    return Reading(found, "date.absolute.ymd") if found else None


def dated(reader: Reader, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
    root = expression.root
    year = reader.full_year(root.year, root.flag)
    if "fiscal" in root.flag:
        return reader.under(fiscal_period(calendar, year, root.unit, root.number), expression, calendar, "fiscal")
    return reader.under(PARTS[root.unit](year, root.number), expression, calendar, "absolute")


def months(reader: Reader, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
    root = expression.root
    year = reader.full_year(root.year, root.flag)
    found = between(a_month(year, 1), a_month(year, root.number))
    return Reading(found, "date.absolute.counted") if found else None


def years(reader: Reader, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
    found = between(a_year(expression.root.number), a_year(expression.root.more))
    return Reading(found, "date.range") if found else None


def century(reader: Reader, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
    root, number, stated = expression.root, expression.root.number, True
    if root.flag == "relative":
        if reader.today is None:
            return Reading(UNKNOWN, "date.century", False)
        number, stated = (reader.today.year + 99) // 100 + root.number, False
    return reader.under(a_century(number), expression, calendar, "century", stated)


def decade(reader: Reader, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
    number = expression.root.number
    if number < 100:
        now = reader.today.year if reader.today else 2025
        number += 2000 if 2000 + number <= now else 1900
    more = expression.root.more
    last = a_decade(number - expression.root.number + more) if more else a_decade(number)
    return reader.under(between(a_decade(number), last), expression, calendar, "decade")


def plan(reader: Reader, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
    """The 14th five-year plan is that of 2021–2025."""
    first = 1981 + 5 * (expression.root.number - 6)
    found = between(a_year(first), a_year(first + 4))
    return Reading(found, "date.plan") if found else None
