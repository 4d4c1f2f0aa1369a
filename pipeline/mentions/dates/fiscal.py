"""Fiscal years, halves and quarters of a company, named by the year in which they end."""

from datetime import date, timedelta

from pipeline.mentions.context import FiscalYear
from pipeline.mentions.dates.periods import DAY, Period, add_months, month_end, safe_date


def year_end(calendar: FiscalYear, year: int) -> date | None:
    """The last day of the fiscal year that ``year`` names; a 52/53-week year ends on its month's last weekday."""
    month, day = calendar.end
    if not 1 <= year <= 9998:
        return None
    last = month_end(year, month)
    if calendar.weekday is not None:
        return last - timedelta(days=(last.weekday() - calendar.weekday) % 7)
    return min(last, safe_date(year, month, day) or last)


def is_calendar_year(calendar: FiscalYear) -> bool:
    return calendar.weekday is None and calendar.end == (12, 31)


def bounds(calendar: FiscalYear, year: int, quarter: int) -> tuple[date, date] | None:
    """First and last day of a quarter. Of 53 weeks the last quarter has the odd one."""
    end, before = year_end(calendar, year), year_end(calendar, year - 1)
    if end is None or before is None:
        return None
    if calendar.weekday is not None:
        start = before + DAY + timedelta(weeks=13 * (quarter - 1))
        return start, end if quarter == 4 else start + timedelta(weeks=13) - DAY
    cuts = [before, *(add_months(before, 3 * n) for n in (1, 2, 3)), end]
    if calendar.end[1] >= 28:  # a year that ends with its month: so do its quarters
        cuts = [month_end(cut.year, cut.month) if cut else None for cut in cuts]
    first, last = cuts[quarter - 1], cuts[quarter]
    return (first + DAY, last) if first and last else None


def fiscal_period(calendar: FiscalYear | None, year: int, unit: str = "year", number: int = 0) -> Period:
    """``FY2025``, ``FY2025-H1`` or ``FY2025-Q3``, with its days where the calendar is known."""
    code = f"FY{year:04}" + {"year": "", "half": f"-H{number}", "quarter": f"-Q{number}"}[unit]
    days = None
    if calendar is not None:
        first, last = {"year": (1, 4), "half": (number * 2 - 1, number * 2), "quarter": (number, number)}[unit]
        starts, ends = bounds(calendar, year, first), bounds(calendar, year, last)
        days = (starts[0], ends[1]) if starts and ends else None
    start, end = days or (None, None)
    return Period(start, end, code, unit, fiscal=True, year=year, number=number)


def holds(calendar: FiscalYear, day: date) -> tuple[int, int]:
    """Fiscal year and quarter of a day."""
    for year in (day.year, day.year + 1):
        for quarter in (1, 2, 3, 4):
            days = bounds(calendar, year, quarter)
            if days and days[0] <= day <= days[1]:
                return year, quarter
    return day.year, 1
