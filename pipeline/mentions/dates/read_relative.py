"""Roots that the day of the post anchors: 去年, 上周五, 明后天, 今夏."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.mentions.context import FiscalYear
from pipeline.mentions.dates.compose import Expression, is_same
from pipeline.mentions.dates.fiscal import fiscal_period, holds
from pipeline.mentions.dates.narrow import narrow
from pipeline.mentions.dates.periods import UNKNOWN, Period, a_weekend, a_year, between, shifted
from pipeline.mentions.dates.pieces import Piece
from pipeline.mentions.dates.reading import Reading, rule_id
from pipeline.mentions.dates.tense import is_future

if TYPE_CHECKING:
    from pipeline.mentions.dates.read import Reader

SATURDAY = 5  #: day of the week
REPORTED = 95  #: days after the end of a year or quarter in which its report is told of


def relative(reader: Reader, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
    root = expression.root
    if reader.today is None or root.unit == "sport":  # 上赛季: each sport has its own year
        return Reading(UNKNOWN, rule_id(expression, "relative"), False, expression.pieces[-1].unit == "day")
    before = before_topic(reader, expression) or told(reader, expression)
    if before is not None:
        parent: Period | None = before
    elif root.unit.startswith("fiscal"):
        parent = relative_fiscal(reader, root, calendar)
    elif root.unit == "year":
        parent = a_year(reader.today.year + root.number + reader.year_shift)
    elif root.unit == "weekend":
        over = root.number < 0 and not root.flag and reader.today.weekday() >= SATURDAY  # 过去周末, told on its Sunday
        week = shifted("week", reader.today, root.number + over)
        parent = a_weekend(week.start) if week and week.start else None
    else:
        parent = shifted(root.unit, reader.today, root.number)
    return reader.under(parent, expression, calendar, "relative", stated=False)


def before_topic(reader: Reader, expression: Expression) -> Period | None:
    """10月份…，较上月: the unit before the one that the text tells of, where the words compare with it.

    A year needs no such words: 上年, unlike 去年, is always the one before.
    """
    root, topic, today = expression.root, reader.memory.topic, reader.today
    if "back" not in root.flag or topic is None or today is None:
        return None
    if topic.unit != root.unit.removeprefix("fiscal_") and (topic.fiscal or not topic.unit or root.unit != "year"):
        return None
    if len(expression.pieces) > 1 and is_same(expression.pieces[-1]):
        return None
    near = reader.guard.before(expression.start, "compared.right_before")
    if not (near or root.unit == "year" or reader.guard.after(expression.end, "compared.right_after")):
        return None
    if topic.fiscal:
        if topic.unit == "year":
            return fiscal_period(reader.calendar(expression.start), topic.year - 1)
        index = topic.year * 4 + topic.number - 2
        return fiscal_period(reader.calendar(expression.start), index // 4, "quarter", index % 4 + 1)
    if topic.start is None or topic.ends or topic.start > today:
        return None
    return shifted(root.unit, topic.start, -1)


def told(reader: Reader, expression: Expression) -> Period | None:
    """本季 of a report is the quarter that it tells of, 年内 told early in a year the year that has ended."""
    root, topic, today = expression.root, reader.memory.topic, reader.today
    if root.number or topic is None or topic.unit != root.unit or topic.end is None or today is None:
        return None
    if reader.text[root.start : root.end] not in reader.words["told"].get(root.unit, ()):
        return None
    near = 0 < (today - topic.end).days <= REPORTED
    return topic if near and not is_future(reader.words, reader.text, expression.start, expression.end) else None


def relative_fiscal(reader: Reader, root: Piece, calendar: FiscalYear | None) -> Period:
    if calendar is None or reader.today is None:
        return UNKNOWN
    year, quarter = holds(calendar, reader.today)
    if root.unit == "fiscal_year":
        return fiscal_period(calendar, year + root.number)
    index = year * 4 + quarter - 1 + root.number
    return fiscal_period(calendar, index // 4, "quarter", index % 4 + 1)


def weekday(reader: Reader, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
    root = expression.root
    if root.flag != "step" and len(expression.pieces) > 1:  # 周日, 二月十号: the date says it all
        return reader.read(expression.without_first())
    if root.flag != "step":
        return reader.recurring(expression, calendar)
    if reader.today is None:
        return Reading(UNKNOWN, "date.relative.weekday", False, True)
    week = shifted("week", reader.today, root.more)
    found = narrow(week, replace(root, flag=""), calendar) if week else None
    return Reading(found, "date.relative.weekday", False) if found else None


def stepped(reader: Reader, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
    """上两个月, 下三周: that many whole units before or behind this one."""
    root, today = expression.root, reader.today
    if today is None:
        return Reading(UNKNOWN, "date.relative.stepped", False)
    near, far = (1 if root.number > 0 else -1), root.number
    found = between(*(shifted(root.unit, today, n) for n in sorted((near, far))))
    return Reading(found or UNKNOWN, "date.relative.stepped", False)


def days(reader: Reader, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
    root = expression.root
    if reader.today is None:
        return Reading(UNKNOWN, "date.relative.days", False)
    found = between(shifted(root.unit, reader.today, root.number), shifted(root.unit, reader.today, root.more))
    return Reading(found, "date.relative.days", False) if found else None


def season(reader: Reader, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
    root = expression.root
    if root.flag != "relative":
        return reader.recurring(expression, calendar)
    year = a_year(reader.today.year + root.number) if reader.today else None
    found = narrow(year, root, calendar) if year else UNKNOWN
    return Reading(found or UNKNOWN, "date.season", False)


def bound(reader: Reader, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
    vague = expression.root.flag == "vague"  # 未来数月
    return Reading(UNKNOWN, "date.rolling" if vague else "date.festival", False, not vague)
