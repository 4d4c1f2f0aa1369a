"""From a stretch of time to the part of it that a piece names: October of a year, the end of a quarter."""

from calendar import monthrange
from datetime import date, timedelta

from pipeline.mentions.context import FiscalYear
from pipeline.mentions.dates.fiscal import fiscal_period
from pipeline.mentions.dates.lunar import lunar_day, solar_term
from pipeline.mentions.dates.periods import (
    DAY,
    UNKNOWN,
    Period,
    a_day,
    a_decade,
    a_half,
    a_month,
    a_quarter,
    a_week,
    add,
    between,
    iso_week,
    month_end,
    safe_date,
    unit_of,
)
from pipeline.mentions.dates.pieces import Piece


def narrow(parent: Period, piece: Piece, calendar: FiscalYear | None = None) -> Period | None:
    """The part of ``parent`` that a piece names; None where there is none.

    ``calendar`` is the company's, for parts of fiscal years.
    """
    method = METHODS.get(piece.kind)
    return method(parent, piece, calendar) if method else None


def part_of_year(parent: Period, piece: Piece, calendar: FiscalYear | None) -> Period | None:
    unit = piece.unit
    if parent.fiscal or "fiscal" in piece.flag:
        return fiscal_period(calendar, parent.year, unit, piece.number) if piece.number <= 4 else None
    make = {"half": a_half, "quarter": a_quarter, "month": a_month}[unit]
    return make(parent.year, piece.number)


def report(parent: Period, piece: Piece, calendar: FiscalYear | None) -> Period | None:
    return parent if piece.unit == "year" else part_of_year(parent, piece, calendar)


def month(parent: Period, piece: Piece, calendar: FiscalYear | None) -> Period | None:
    return a_month(parent.year, piece.number)


def day(parent: Period, piece: Piece, calendar: FiscalYear | None) -> Period | None:
    return a_day(safe_date(parent.year, parent.start.month, piece.number)) if parent.start else None


def month_day(parent: Period, piece: Piece, calendar: FiscalYear | None) -> Period | None:
    return a_day(safe_date(parent.year, piece.number, piece.more))


def neighbours(parent: Period, piece: Piece, calendar: FiscalYear | None) -> Period | None:
    """七八月, 三四季度."""
    make = a_quarter if piece.unit == "quarter" else a_month
    return between(make(parent.year, piece.number), make(parent.year, piece.more))


def week(parent: Period, piece: Piece, calendar: FiscalYear | None) -> Period | None:
    """A year's weeks are those of ISO 8601; a month's first week is the one of its first Monday."""
    if parent.unit == "year":
        return iso_week(parent.year, piece.number)
    if parent.start is None or parent.unit != "month" or not 1 <= piece.number <= 5:
        return None
    monday = parent.start + timedelta(days=-parent.start.weekday() % 7 + 7 * (piece.number - 1))
    return a_week(monday) if parent.end and monday <= parent.end else None


def weekday(parent: Period, piece: Piece, calendar: FiscalYear | None) -> Period | None:
    """A day of a week; behind a day the weekday only repeats it."""
    if parent.unit == "day" or parent.start is None:
        return parent
    return a_day(add(parent.start, "day", piece.number))


def nth_weekday(parent: Period, piece: Piece, calendar: FiscalYear | None) -> Period | None:
    if parent.start is None or parent.unit != "month":
        return None
    return a_day(nth(parent.year, parent.start.month, piece.number, piece.more))


def nth_day(parent: Period, piece: Piece, calendar: FiscalYear | None) -> Period | None:
    day = add(parent.start, "day", piece.number - 1) if parent.start else None
    return a_day(day) if day and parent.end and day <= parent.end else None


def nth(year: int, month: int, number: int, weekday: int) -> date | None:
    if number < 0:  # the last one
        end = month_end(year, month)
        return end - timedelta(days=(end.weekday() - weekday) % 7)
    first = safe_date(year, month, 1)
    if first is None:
        return None
    return safe_date(year, month, 1 + (weekday - first.weekday()) % 7 + 7 * (number - 1))


def counted(parent: Period, piece: Piece, calendar: FiscalYear | None) -> Period | None:
    """The first (or, negative, last) ``number`` units of a stretch."""
    if parent.start is None or parent.end is None:
        return None
    count, unit = abs(piece.number), piece.unit
    if unit in ("quarter", "month") and parent.unit == "year" and not parent.fiscal:
        size = 4 if unit == "quarter" else 12
        make = a_quarter if unit == "quarter" else a_month
        if not 1 <= count <= size:
            return None
        first, last = (1, count) if piece.number > 0 else (size - count + 1, size)
        return between(make(parent.year, first), make(parent.year, last))
    if unit not in ("day", "week", "month"):
        return None
    if piece.number > 0:
        last_day = add(parent.start, unit, count)
        return between(unit_of("day", parent.start), a_day(last_day - DAY)) if last_day else None
    end = parent.end - timedelta(days=(parent.end.weekday() + 1) % 7) if unit == "week" else parent.end
    start = add(end + DAY, unit, -count)
    return between(a_day(start), a_day(end)) if start else None


def edge(parent: Period, piece: Piece, calendar: FiscalYear | None) -> Period | None:
    """Start (0), middle (1) or end (2): the month that holds it; of a decade or century, unknown.

    The interim (3) of a year is the half that its interim report tells of.
    """
    if parent.start is None or parent.end is None:
        return parent
    if parent.unit in ("century", "decade"):
        return UNKNOWN  # nobody says how long 20世纪末 is
    if parent.unit not in ("year", "half", "quarter"):
        return parent
    if piece.number == 0:
        return unit_of("month", parent.start)
    if piece.number == 3 and parent.unit == "year":
        return fiscal_period(calendar, parent.year, "half", 1) if parent.fiscal else a_half(parent.year, 1)
    if piece.number == 2:
        return unit_of("month", parent.end)
    middle = parent.start.month + (parent.end.month - parent.start.month) % 12 // 2
    return a_month(parent.start.year, middle) if middle <= 12 else unit_of("month", parent.end)


def carried(parent: Period, piece: Piece, calendar: FiscalYear | None) -> Period | None:
    """10月25日当周: the week of a day."""
    return unit_of(piece.unit, parent.start) if parent.start else parent


def third(parent: Period, piece: Piece, calendar: FiscalYear | None) -> Period | None:
    """上旬, 中旬, 下旬, 上半月, 下半月 (1–5): named like 月初 and 月底 by the month that holds them."""
    if parent.start is None or parent.unit != "month":
        return None
    year, number = parent.start.year, parent.start.month
    end = monthrange(year, number)[1]
    first, last = ((1, 10), (11, 20), (21, end), (1, 15), (16, end))[piece.number - 1]
    return Period(date(year, number, first), date(year, number, last), parent.code, "month", year=year)


def festival(parent: Period, piece: Piece, calendar: FiscalYear | None) -> Period | None:
    entry, year = piece.meaning.data, parent.year
    if "fixed" in entry:
        return a_day(safe_date(year, *entry["fixed"]))
    if "lunar" in entry:
        return a_day(lunar_day(year, *entry["lunar"]))
    if "term" in entry:
        return a_day(solar_term(year, entry["term"]))
    day = nth(year, *entry["weekday"])
    return a_day(day + entry.get("later", 0) * DAY if day else None)


def season(parent: Period, piece: Piece, calendar: FiscalYear | None) -> Period | None:
    """From one solar term to the day before another; a vacation by its months. No code: ISO 8601 has none."""
    entry, year = piece.meaning.data, parent.year
    if "months" in entry:
        first, last = entry["months"]
        return Period(date(year, first, 1), month_end(year, last), year=year)
    start, end = solar_term(year, entry["terms"][0]), solar_term(year, entry["terms"][1])
    if start and end and end < start:
        end = solar_term(year + 1, entry["terms"][1])
    return Period(start, end - DAY, year=year) if start and end else None


def decade(parent: Period, piece: Piece, calendar: FiscalYear | None) -> Period | None:
    first = a_decade(parent.year - 1 + piece.number % 100)
    return between(first, a_decade(parent.year - 1 + piece.more)) if piece.more else first


def lunar_date(year: int, month: int, day: int) -> Period | None:
    return a_day(lunar_day(year, month, day))


METHODS = {
    "half": part_of_year,
    "quarter": part_of_year,
    "month": month,
    "report": report,
    "neighbours": neighbours,
    "day": day,
    "md": month_day,
    "week": week,
    "weekday": weekday,
    "nth_weekday": nth_weekday,
    "nth_day": nth_day,
    "counted": counted,
    "carried": carried,
    "edge": edge,
    "third": third,
    "festival": festival,
    "season": season,
    "decade": decade,
}
