"""The lunar calendar and the solar terms, by way of borax (MIT), for the years 1900–2100."""

from datetime import date, timedelta


def lunar_day(year: int, month: int, day: int) -> date | None:
    """The solar date of a lunar one; day 0 of month 1 is the eve of the new year."""
    from borax.calendars.lunardate import LunarDate

    try:
        solar: date = LunarDate(year, month, day or 1, 0).to_solar_date()
    except ValueError:
        return None
    # New Year's Eve is named by the year that it ends, or that it begins; people say 2020年除夕 of January 2020.
    return solar - timedelta(days=1) if day == 0 else solar


def solar_term(year: int, name: str) -> date | None:
    """The day of a solar term (立春, 清明 …) in a solar year."""
    from borax.calendars.lunardate import TermUtils

    try:
        day: date = TermUtils.nth_term_day(year, term_name=name)
    except (ValueError, IndexError):
        return None
    return day
