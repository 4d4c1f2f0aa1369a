"""Stretches of the calendar: years, halves, quarters, months, weeks, days, and what lies between two of them.

Pure arithmetic on dates. A stretch that the calendar does not hold (30 February, the year 12000) is None.
"""

from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache

from pipeline.frozen import frozen, replace

#: Units from coarse to fine; a part of a date must be finer than the part before it.
UNITS = ("century", "decade", "year", "half", "quarter", "month", "week", "day")
KEPT = 4096  #: periods that are kept once they were made
DAY = timedelta(days=1)


@frozen
class Period:
    """``start`` and ``end`` are inclusive, None where unknown; ``code`` is the contract's ``period``.

    ``unit`` is one of ``UNITS``, or empty for a stretch that is none (a window, an interval). ``fiscal`` marks a
    part of a company's year; ``year`` is then the one that names it, and ``number`` its half or quarter. ``ends``
    are the two that an interval lies between.
    """

    start: date | None
    end: date | None
    code: str = ""
    unit: str = ""
    fiscal: bool = False
    year: int = 0
    number: int = 0
    ends: "tuple[Period, Period] | None" = None


UNKNOWN = Period(None, None)


def safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - DAY


@lru_cache(maxsize=KEPT)
def a_year(year: int) -> Period | None:
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return Period(date(year, 1, 1), date(year, 12, 31), f"{year:04}", "year", year=year)


def months(year: int, first: int, last: int, code: str, unit: str, number: int = 0) -> Period | None:
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return Period(date(year, first, 1), month_end(year, last), code, unit, year=year, number=number)


@lru_cache(maxsize=KEPT)
def a_half(year: int, number: int) -> Period | None:
    if number not in (1, 2):
        return None
    return months(year, number * 6 - 5, number * 6, f"{year:04}-H{number}", "half", number)


@lru_cache(maxsize=KEPT)
def a_quarter(year: int, number: int) -> Period | None:
    if not 1 <= number <= 4:
        return None
    return months(year, number * 3 - 2, number * 3, f"{year:04}-Q{number}", "quarter", number)


@lru_cache(maxsize=KEPT)
def a_month(year: int, month: int) -> Period | None:
    if not 1 <= month <= 12:
        return None
    return months(year, month, month, f"{year:04}-{month:02}", "month", month)


@lru_cache(maxsize=KEPT)
def a_day(day: date | None) -> Period | None:
    return Period(day, day, day.isoformat(), "day", year=day.year) if day else None


def a_week(monday: date) -> Period | None:
    year, number, _ = monday.isocalendar()
    try:
        return Period(monday, monday + 6 * DAY, f"{year:04}-W{number:02}", "week", year=year, number=number)
    except OverflowError:
        return None


def iso_week(year: int, number: int) -> Period | None:
    try:
        return a_week(date.fromisocalendar(year, number, 1))
    except ValueError:
        return None


def week_of(day: date) -> Period | None:
    try:
        return a_week(day - day.weekday() * DAY)
    except OverflowError:
        return None


def a_weekend(monday: date) -> Period | None:
    try:
        return between(a_day(monday + 5 * DAY), a_day(monday + 6 * DAY))
    except OverflowError:
        return None


def a_decade(year: int) -> Period | None:
    first, last = a_year(year), a_year(year + 9)
    return replace(Period(first.start, last.end, f"{year:04}/{year + 9:04}"), unit="decade") if first and last else None


def a_century(number: int) -> Period | None:
    """The years 1801–1900 are the 19th; the contract gives a century no code."""
    first, last = a_year(number * 100 - 99), a_year(number * 100)
    return Period(first.start, last.end, "", "century", year=number * 100 - 99) if first and last else None


def unit_of(unit: str, day: date) -> Period | None:
    """The year, half, quarter, month, week or day that holds a day."""
    if unit == "year":
        return a_year(day.year)
    if unit == "half":
        return a_half(day.year, (day.month + 5) // 6)
    if unit == "quarter":
        return a_quarter(day.year, (day.month + 2) // 3)
    if unit == "month":
        return a_month(day.year, day.month)
    if unit == "week":
        return week_of(day)
    if unit == "weekend":
        return a_weekend(day - day.weekday() * DAY)
    return a_day(day)


def add_months(day: date, count: int) -> date | None:
    """The same day of another month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, month + 1, min(day.day, month_end(year, month + 1).day))


MONTHS_OF = {"year": 12, "half": 6, "quarter": 3, "month": 1}
DAYS_OF = {"week": 7, "weekend": 7, "day": 1}


def add(day: date, unit: str, count: int) -> date | None:
    """A day ``count`` units later."""
    try:
        if unit in MONTHS_OF:
            return add_months(day, MONTHS_OF[unit] * count)
        return day + timedelta(days=DAYS_OF[unit] * count)
    except OverflowError:
        return None


def shifted(unit: str, day: date, count: int) -> Period | None:
    """The unit ``count`` units after the one that holds a day."""
    if unit == "year":
        return a_year(day.year + count)
    if unit == "month":
        year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
        return a_month(year, month + 1)
    if unit in MONTHS_OF:
        day = day.replace(day=1)
    moved = add(day, unit, count)
    return unit_of(unit, moved) if moved else None


def year_before(period: Period, years: int = 1) -> Period | None:
    """The same stretch ``years`` earlier (later where negative)."""
    if period.start is None or period.end is None:
        return None
    if period.ends:
        return between(year_before(period.ends[0], years), year_before(period.ends[1], years))
    year = period.start.year - years
    if period.unit == "week":
        return iso_week(period.year - years, period.number)
    if period.unit in ("year", "half", "quarter", "month"):
        return unit_of(period.unit, period.start.replace(year=year, day=1)) if year >= MINYEAR else None
    start, end = add_months(period.start, -12 * years), add_months(period.end, -12 * years)
    if start is None or end is None:
        return None
    return a_day(start) if start == end else between(a_day(start), a_day(end))


def between(first: Period | None, last: Period | None) -> Period | None:
    """From the start of one to the end of another. Two quarters that make a half are that half."""
    if first is None or last is None:
        return None
    if first.start is None or last.end is None:
        code = f"{first.code}/{last.code}" if first.code and last.code else ""
        return Period(None, None, code, fiscal=first.fiscal)
    if first.start > last.end:
        return None
    if first == last:
        return first
    if first.unit == last.unit == "quarter" and first.year == last.year and not first.fiscal:
        if (first.number, last.number) in ((1, 2), (3, 4)):
            return a_half(first.year, last.number // 2)
        if (first.number, last.number) == (1, 4):
            return a_year(first.year)
    if first.unit == last.unit == "decade":
        return Period(first.start, last.end, f"{first.start:%Y}/{last.end:%Y}")
    code = f"{first.code}/{last.code}" if first.code and last.code else ""
    return Period(first.start, last.end, code, fiscal=first.fiscal, year=first.year, ends=(first, last))
