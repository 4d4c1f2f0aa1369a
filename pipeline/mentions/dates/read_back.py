"""What points back into the text (去年同期, 当月, 这两年), and windows and distances (近三年, 三年前)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pipeline.mentions.context import FiscalYear
from pipeline.mentions.dates.compose import Expression
from pipeline.mentions.dates.fiscal import fiscal_period
from pipeline.mentions.dates.periods import DAY, UNKNOWN, Period, a_day, add, between, shifted, unit_of, year_before
from pipeline.mentions.dates.pieces import Piece
from pipeline.mentions.dates.reading import Reading

NEAR = 120  #: characters behind a day that 当天 may mean it over
if TYPE_CHECKING:
    from pipeline.mentions.dates.read import Reader


def topic_of(reader: Reader, expression: Expression) -> Period | None:
    """What 去年同期 is the same stretch as: what the text speaks of, or the last quarter where it speaks of quarters.

    For 去年此时 and its kin, the month (or day) of the post.
    """
    unit, memory, today = expression.pieces[-1].unit, reader.memory, reader.today
    topic = memory.topic
    if unit != "topic":
        if topic is not None and topic.unit == unit and named_so(expression):
            return topic
        return unit_of(unit, today) if today else None
    if today is None or (topic is not None and topic.unit == "quarter"):
        return topic
    named = memory.last_topic_cue(expression.start) > memory.topic_at  # 该季度, 单季度
    vague = topic is None or topic.unit == "day"
    return shifted("quarter", today, -1) if named or (vague and memory.tells_of_quarters) else topic


def named_so(expression: Expression) -> bool:
    """True where the words name the unit that the text speaks of: 去年同月, 去年同季, but not 去年此时."""
    last = expression.pieces[-1]
    return last.unit == "quarter" or "same" in last.flag


def same(reader: Reader, expression: Expression, parent: Period) -> Reading:
    """去年同期, 去年此时, 2019年同期: the topic's stretch in another year."""
    unit, root = expression.pieces[-1].unit, expression.root
    rule = "date.same_period"
    topic = topic_of(reader, expression)
    if topic is None or parent.year == 0:
        return Reading(UNKNOWN, rule, False)
    if topic.fiscal:
        calendar = reader.calendar(expression.start)
        years = -root.number if root.kind == "relative" else topic.year - parent.year
        return Reading(fiscal_period(calendar, topic.year - years, topic.unit or "year", topic.number), rule, False)
    year = topic.start.year if topic.start else parent.year + 1
    told = root.kind == "relative" and (unit == "topic" or named_so(expression))
    years = -root.number if told else year - parent.year
    return Reading(year_before(topic, years) or UNKNOWN, rule, False)


def carried(reader: Reader, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
    """当月, 次年: a unit that the text stated, or a unit next to it."""
    root = expression.root
    rule = f"date.carried.{root.unit}"
    memory = reader.memory
    anchor = memory.last
    if root.unit == "day" and memory.last_day and expression.start - memory.day_at <= NEAR:  # 12月5日…今年…当天
        anchor = memory.last_day
    if (
        anchor is not None
        and anchor.start is not None
        and (root.unit == "year" or anchor.unit in ("month", "quarter", "week", "day"))
    ):
        fits = {
            "day": ("day",),
            "week": ("day", "week"),
            "month": ("day", "month"),
            "quarter": ("day", "month", "quarter"),
        }
        if root.unit == "year" or anchor.unit in fits[root.unit]:
            found = beside(root, anchor.start)
            return reader.under(found, expression, calendar, "carried", stated=False)
    if "alone" not in root.flag:
        return None
    if reader.today is None:
        return Reading(UNKNOWN, rule, False, root.unit == "day")
    return reader.under(beside(root, reader.today), expression, calendar, "carried", stated=False)


def beside(root: Piece, day: date) -> Period | None:
    """The unit next to the one that holds a day; markets rest at weekends."""
    found = shifted(root.unit, day, root.number)
    while "trading" in root.flag and found and found.start and found.start.weekday() > 4:
        found = shifted(root.unit, found.start, root.number)
    return found


def several(reader: Reader, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
    """这两年 behind 2022年和2023年 is both of them; elsewhere it runs up to the post."""
    root, last, other = expression.root, reader.memory.last, reader.memory.before_last
    if last and other and last.unit == other.unit == "year" and last.year - other.year == root.number - 1 > 0:
        found = between(other, last)
        return Reading(found, "date.carried.several", False) if found else None
    start = add(reader.today, root.unit, -root.number) if reader.today else None
    return Reading(Period(start, reader.today if start else None), "date.rolling", False)


def window(reader: Reader, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
    """近三年, 未来2-3年, 三年内: no code. 三年前, 5天后: the year, month, week or day so far away."""
    root, today = expression.root, reader.today
    side = "next" if root.flag == "within" else root.flag
    is_day = side in ("ago", "later") and root.unit == "day"
    rule = "date.relative.distance" if side in ("ago", "later") else "date.rolling"
    if today is None or root.unit in ("trading_day", "hour", "fiscal_year", "fiscal_quarter", "sport"):
        days = root.unit == "hour" and today is not None and side == "last"
        start = add(today, "day", -((root.more // 2 + 23) // 24)) if days and today else None
        return Reading(Period(start, today if start else None), rule, False, is_day)
    if side in ("last", "next"):
        far = away(today, root.unit, root.more if side == "next" else -root.more)
        if far is None:
            return Reading(UNKNOWN, rule, False)
        window = Period(far, today) if side == "last" else Period(today, max(today, far - DAY))
        return Reading(window, rule, False)
    sign = -1 if side == "ago" else 1
    if len(expression.pieces) > 1:  # 一年前的今天
        far = away(today, root.unit, sign * root.number)
        found_day = a_day(add(far, "day", expression.pieces[1].number)) if far else None
        return Reading(found_day or UNKNOWN, rule, False, True)
    if root.number != root.more or (root.number == 1 and root.unit == "year"):  # 6、7年前, 半年前: about then
        return Reading(UNKNOWN, rule, False, is_day)
    unit = "month" if root.number % 2 and root.unit == "year" else "day" if root.unit == "week" else root.unit
    found = around(unit, away(today, root.unit, sign * root.number))
    return Reading(found or UNKNOWN, rule, False, is_day)


def around(unit: str, day: date | None) -> Period | None:
    return unit_of(unit, day) if day else None


def away(day: date, unit: str, halves: int) -> date | None:
    """``halves`` half units away: half a year is six months, half a month fifteen days."""
    if halves % 2 == 0:
        return add(day, unit, halves // 2)
    if unit == "year":
        return add(day, "month", 6 * halves)
    whole = add(day, unit, (abs(halves) // 2) * (1 if halves > 0 else -1))
    rest = {"quarter": 45, "month": 15, "week": 3}.get(unit, 0)
    return add(whole, "day", rest if halves > 0 else -rest) if whole else None
