"""When a post was written: absolute, relative to when the page was seen, and in which zone."""

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from urllib.parse import unquote

from pipeline.clean.markers import Markers, markers

DATE = r"(?P<year>(?:19|20)\d{2})\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})日?"
DAY = 86_400
OLDEST = 40 * 365 * DAY  # no forum has older posts: a number that stands before 天前 by chance
FOOTER = re.compile(
    r"GMT\s?(?P<sign>[+-])?(?P<zone>\d{1,2}(?:\.\d{1,2})?)?\s?,\s{0,2}(?P<time>\d{4}-\d{1,2}-\d{1,2}\s\d{1,2}:\d{2}(?:\s?[AP]M)?)"
)

ATTACHMENT = re.compile(r"aid=([A-Za-z0-9+/]{24,160}(?:%3[Dd]|=){0,2})")
SAVED = re.compile(r"saved date: \w{3} (\w{3} \d{2} \d{4} \d{2}:\d{2}:\d{2} GMT[+-]\d{4})")


@dataclass(frozen=True, slots=True)
class Written:
    """How times are written: of a day, with a date, with a month and day alone; and the words of its halves."""

    of_day: str
    absolute: re.Pattern[str]
    yearless: re.Pattern[str]
    morning: frozenset[str]
    afternoon: frozenset[str]
    noon: frozenset[str]


@cache
def written() -> Written:
    """The patterns of absolute times, from the words in our markers."""
    words = markers().time
    halves = "|".join(map(re.escape, [*words["morning"], *words["afternoon"], *words["noon"]]))
    of_day = (
        rf"(?P<half>{halves})?\s?(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::(?P<second>\d{{2}}))?"
        rf"\s?(?P<after>{halves})?"
    )
    return Written(
        of_day,
        re.compile(DATE + r"(?:[T\s,\u00a0]{0,3}" + of_day + ")?"),
        re.compile(r"(?P<month>\d{1,2})[-/月](?P<day>\d{1,2})日?[\s\u00a0]{1,2}" + of_day),
        frozenset(words["morning"]),
        frozenset(words["afternoon"]),
        frozenset(words["noon"]),
    )


@dataclass(frozen=True, slots=True)
class Grammar:
    """How relative times are written: a character that every time holds one of, the pattern, days and units of it."""

    cue: re.Pattern[str]
    relative: re.Pattern[str]
    days: dict[str, int]
    units: dict[str, int]


@dataclass(frozen=True, slots=True)
class Clock:
    """A page's zone, and when it was seen (None where nothing tells)."""

    zone: tzinfo
    seen_at: datetime | None = None


def clock(text: str, zone: tzinfo, seen_at: datetime | None) -> Clock:
    """A page's clock: from its footer (``GMT+8, 2025-11-5 13:13``), else from what else it holds, else as given."""
    at = text.rfind("GMT")
    for _ in range(4):
        if at < 0:
            break
        match = FOOTER.match(text[at : at + 60].replace("\u00a0", " "))
        if match:
            found = written().absolute.match(match["time"])
            zone = footer_zone(match, moment(found, zone) if found else None, zone)
            return Clock(zone, moment(found, zone) if found else None)
        at = text.rfind("GMT", 0, at)
    seen_at = stamped(text) or saved(text) or seen_at
    return Clock(zone, seen_at.astimezone(zone) if seen_at else None)


def stamped(text: str) -> datetime | None:
    """When the forum made a page, which the links to its attachments hold: number, check, time, member, thread."""
    at = text.find("aid=")
    while at >= 0:
        if match := ATTACHMENT.match(text, at):
            coded = unquote(match[1])
            try:
                parts = base64.b64decode(coded + "=" * (-len(coded) % 4), validate=True).split(b"|")
            except ValueError:
                return None
            return epoch(parts[2].decode("latin-1"), UTC) if len(parts) >= 5 else None
        at = text.find("aid=", at + 4)
    return None


def saved(text: str) -> datetime | None:
    """When SingleFile saved a page, as its comment tells."""
    match = SAVED.search(text[:4000])
    if not match:
        return None
    try:
        return datetime.strptime(match[1], "%b %d %Y %H:%M:%S GMT%z")
    except ValueError:
        return None


def footer_zone(match: re.Match[str], seen: datetime | None, zone: tzinfo) -> tzinfo:
    """The zone that a footer names; the given one where it agrees with it, as that one knows its summer time.

    ``seen`` is the footer's time in the given zone.
    """
    hours = float((match["sign"] or "+") + (match["zone"] or "0"))
    offset = timedelta(hours=max(-14.0, min(14.0, hours)))
    return zone if seen is not None and seen.utcoffset() == offset else timezone(offset)


def moment(match: re.Match[str], zone: tzinfo) -> datetime | None:
    """The time that a pattern of absolute times matched; None where there is no such day."""
    try:
        year, month, day = map(int, match.group("year", "month", "day"))
        return datetime(year, month, day, *of_day(match), tzinfo=zone)
    except (ValueError, OverflowError):
        return None


def of_day(match: re.Match[str]) -> tuple[int, int, int]:
    """Hour, minute and second of a time, by the half of the day that it names."""
    told, minute, second, before, after = match.group("hour", "minute", "second", "half", "after")
    hour = int(told or 0)
    if half := before or after:
        words = written()
        if (half in words.afternoon and hour < 12) or (half in words.noon and hour < 3):
            hour += 12
        elif half in words.morning and hour == 12:
            hour = 0
    return hour, int(minute or 0), int(second or 0)


def absolute(text: str, zone: tzinfo) -> datetime | None:
    match = written().absolute.search(text)
    return moment(match, zone) if match else None


def when(text: str, at: Clock, marks: Markers) -> datetime | None:
    """The time that a text gives, absolute or relative; None where it gives none that can be known."""
    words = grammar(marks)
    if not words.cue.search(text):
        return None
    text = text[:400].replace("\u00a0", " ")
    return absolute(text, at.zone) or relative(text, at, words)


def relative(text: str, at: Clock, words: Grammar) -> datetime | None:
    """昨天 12:30, 3 小时前, 半小时前, 11-23 20:00: known where the page's own time is."""
    seen = at.seen_at
    if seen is None:
        return None
    match = words.relative.search(text)
    if match:
        if match["now"]:
            return seen
        if match["unit"]:
            count = 0.5 if match["half_unit"] else float(match["count"])
            unit = words.units[match["unit"]]
            if count * unit > OLDEST:
                return None
            ago = seen - timedelta(seconds=count * unit)
            return ago.replace(microsecond=0) if unit < DAY else midnight(ago)
        day = seen.date() - timedelta(days=words.days[match["day"]])
        try:
            return datetime(day.year, day.month, day.day, *of_day(match), tzinfo=at.zone)
        except ValueError:
            return None
    return yearless(text, seen, at.zone)


def midnight(at: datetime) -> datetime:
    """The beginning of a day: 5 天前 tells no more."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def yearless(text: str, seen: datetime, zone: tzinfo) -> datetime | None:
    """A month and day without a year: the last such day before the page was seen."""
    match = written().yearless.search(text)
    if not match:
        return None
    for year in (seen.year, seen.year - 1):
        try:
            found = datetime(year, int(match["month"]), int(match["day"]), *of_day(match), tzinfo=zone)
        except ValueError:
            return None
        if found <= seen + timedelta(days=1):
            return found
    return None


@cache
def grammar(marks: Markers) -> Grammar:
    """How relative times are written, from the words in the markers."""

    def any_of(words: Iterable[str]) -> str:
        return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

    now, half, days, units = (marks.time[name] for name in ("now", "half", "days", "units"))
    pattern = (
        rf"(?P<now>{any_of(now)})|(?P<day>{any_of(days)})\s?{written().of_day}"
        rf"|(?:(?P<half_unit>{any_of(half)})|(?P<count>\d{{1,6}}))\s?(?P<unit>{any_of(units)})前"
    )
    begun = "".join(re.escape(word[:1]) for word in (*now, *half, *days))
    return Grammar(re.compile(rf"[\d{begun}]"), re.compile(pattern), days, units)


def epoch(value: object, zone: tzinfo) -> datetime | None:
    """A time in seconds since 1970, as the API's ``dbdateline`` gives it."""
    try:
        return datetime.fromtimestamp(int(str(value)), UTC).astimezone(zone)
    except (ValueError, OverflowError, OSError):
        return None
