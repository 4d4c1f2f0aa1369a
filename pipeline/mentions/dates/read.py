"""What an expression means: its days, against the day of the post and what the text has said before."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property

from pipeline.mentions.context import Context, FiscalYear
from pipeline.mentions.dates.compose import Expression
from pipeline.mentions.dates.fiscal import fiscal_period, holds, is_calendar_year
from pipeline.mentions.dates.guards import Guard
from pipeline.mentions.dates.narrow import lunar_date, narrow
from pipeline.mentions.dates.periods import (
    DAY,
    UNKNOWN,
    Period,
    a_century,
    a_day,
    a_decade,
    a_half,
    a_month,
    a_quarter,
    a_weekend,
    a_year,
    add,
    between,
    iso_week,
    safe_date,
    shifted,
    unit_of,
    year_before,
)
from pipeline.mentions.dates.pieces import Piece
from pipeline.mentions.dates.tense import is_future, is_past, pick
from pipeline.mentions.dates.words import Words

#: What a lone part is a part of.
WHOLE = {
    "half": "year", "quarter": "year", "month": "year", "md": "year", "festival": "year", "season": "year",
    "counted": "year", "neighbours": "year", "report": "year", "week": "year", "day": "month", "weekday": "week",
}  # fmt: skip
EDGE_OF = {"年": "year", "季": "quarter", "月": "month"}
SENTENCE = re.compile(r"[。！？!?\n]")
CHAIN = 200  #: characters over which a story's dates hang together


@dataclass(frozen=True, slots=True)
class Reading:
    """``period`` is what was found (perhaps unknown); ``rule`` how; ``stated`` that no context was needed."""

    period: Period
    rule: str
    stated: bool = True
    day: bool = False


Method = Callable[[Expression, FiscalYear | None], Reading | None]


@cache
def topic_cues(words: Words) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words["topic_words.quarter"])))


class Reader:
    """Reads the expressions of one text in order, remembering what they said."""

    def __init__(self, context: Context, words: Words) -> None:
        self.context, self.words, self.text = context, words, context.folded
        self.today = context.today
        self.guard = Guard(self.text, words, self.today)
        owners = [e for e in context.entities if e.label in words["fiscal.owners"] and e.entity_id]
        self.owners = sorted(owners, key=lambda e: e.end)
        self.owner_ends = [e.end for e in self.owners]
        self.year_shift = 0
        self.topic: Period | None = None
        self.topic_at = -1
        self.last: Period | None = None
        self.before_last: Period | None = None
        self.last_at = -1
        self.last_stated = False

    # ---- entry points ---------------------------------------------------------------------------------------

    def read(self, expression: Expression, inside: Period | None = None) -> Reading | None:
        """The meaning of one expression; ``inside`` is a stretch that a range's left end gives (2021年, 3月)."""
        root = expression.root
        calendar = self.calendar(expression.start)
        if inside is not None and self.whole(root):
            found = self.fold(inside, expression.pieces, calendar)
            return Reading(found, self.rule(expression, "absolute"), self.last_stated) if found else None
        method: Method | None = getattr(self, "read_" + root.kind, None)
        if method is not None:
            return method(expression, calendar)
        return self.recurring(expression, calendar) if self.whole(root) else None

    def remember(self, expression: Expression, reading: Reading) -> None:
        """Keep what a later 去年同期, 当月 or 12月 may point to."""
        period = reading.period
        if not period.code or reading.rule.startswith("date.same"):
            return
        self.before_last, self.last = self.last, period
        self.last_at = expression.end
        self.last_stated = reading.stated or (self.last_stated and reading.rule.startswith("date.carried"))
        left = self.text[max(0, expression.start - 6) : expression.start]
        compared = any(cue in left for cue in self.words["compared.cues"])
        if compared:
            clause = re.split(r"[,，。;；:：(（]", left)[-1]
            compared = any(cue in clause for cue in self.words["compared.cues"])
        if not compared:
            self.topic, self.topic_at = period, expression.end

    # ---- parts without their whole: 10月, 第三季度, 周五 -------------------------------------------------------

    @staticmethod
    def whole(piece: Piece) -> str:
        if piece.kind == "edge":
            return EDGE_OF.get(piece.unit, "")
        if piece.kind == "weekday" and piece.flag == "step":
            return ""
        if piece.kind == "relative":
            return ""
        return WHOLE.get(piece.kind, "")

    def fold(
        self, parent: Period, pieces: Sequence[Piece], calendar: FiscalYear | None, lunar: bool = True
    ) -> Period | None:
        """``parent`` narrowed by each piece in turn; ``lunar`` where 八月十五 may be the lunar one."""
        if len(pieces) == 2 and self.is_lunar(pieces, lunar):
            return lunar_date(parent.year, pieces[0].number, pieces[1].number)
        if len(pieces) == 1 and "lunar" in pieces[0].flag:
            return UNKNOWN
        found: Period | None = parent
        for piece in pieces:
            if found is None:
                return None
            if piece.kind == "relative":
                found = self.relative_within(found, piece)
            elif piece.kind != "same":
                found = narrow(found, piece, calendar)
        return found

    @staticmethod
    def is_lunar(pieces: Sequence[Piece], lunar: bool) -> bool:
        """正月初五, 八月十五: a month and day in Chinese numerals, the day without 日."""
        month, day = pieces
        if month.kind != "month" or day.kind != "day":
            return False
        if "lunar" in month.flag or "lunar" in day.flag:
            return True
        return lunar and "words" in month.flag and "bare" in day.flag and "words" in day.flag

    def recurring(self, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
        pieces, root = expression.pieces, expression.root
        unit = self.whole(root)
        rule = self.rule(expression, "absolute")
        is_day = pieces[-1].kind in ("day", "md", "weekday", "festival", "nth_weekday")
        carried = self.carried_whole(expression, unit)
        if carried is not None:
            found = self.fold(carried, pieces, calendar)
            if found is not None:
                return Reading(found, rule, False)
        if self.today is None:
            return Reading(UNKNOWN, rule, False, is_day)
        fiscal = self.fiscal_quarter(root, calendar)
        reach = range(-1, 2)
        candidates = [self.candidate(unit, step, pieces, calendar, fiscal) for step in reach]
        said = pieces[-1].number if len(pieces) > 1 and pieces[-1].kind == "weekday" else None
        if said is not None:  # 11月8日（周六）: the weekday tells the year
            agreeing = [c for c in candidates if c and c.start and c.start.weekday() == said]
            if len(agreeing) == 1:
                return Reading(agreeing[0], rule, False)
        known = [c for c in candidates if c is not None and c.start is not None]
        if not known:
            candidates = [self.candidate(unit, step, pieces, calendar, fiscal) for step in range(-8, 9)]
            known = [c for c in candidates if c is not None and c.start is not None]
        if not known:
            unknown = any(c is not None for c in candidates) or "fiscal" in root.flag
            return Reading(UNKNOWN, rule, False, is_day) if unknown else None
        if root.kind == "edge":
            return self.lone_edge(expression, unit, known)
        if self.guard.alone(expression.start, expression.end):
            # nothing but the date: this year's, this month's, or the weekday to come
            same = candidates[1] if len(candidates) == 3 else None
            found = pick(known, self.today, True) if unit == "week" else same or pick(known, self.today, False)
        else:
            at = self.text, expression.start, expression.end
            found = pick(known, self.today, is_future(*at), is_past(*at))
        return Reading(found, "date.fiscal.quarter" if found.fiscal else rule, False) if found else None

    def lone_edge(self, expression: Expression, unit: str, candidates: Sequence[Period]) -> Reading:
        """年底前, 月初, 季末 are this unit's; 截至年底, and what January tells without a cue, the last begun."""
        assert self.today is not None
        now = unit_of(unit, self.today)
        future = is_future(self.text, expression.start, expression.end)
        early = unit == "year" and self.today.month <= 2 and expression.root.number > 0
        if not future and (early or self.guard.before(expression.start, "edges.closing")):
            found = pick(candidates, self.today, False)
        else:
            found = next(
                (
                    p
                    for p in candidates
                    if now and p.start and now.start and now.end and now.start <= p.start <= now.end
                ),
                None,
            )
        return Reading(found or UNKNOWN, self.rule(expression, "relative"), False)

    def candidate(
        self, unit: str, step: int, pieces: Sequence[Piece], calendar: FiscalYear | None, fiscal: bool
    ) -> Period | None:
        assert self.today is not None
        if fiscal and calendar is not None:
            year = holds(calendar, self.today)[0] + step
            return self.fold(fiscal_period(calendar, year), pieces, calendar)
        if fiscal:
            return UNKNOWN
        parent = shifted(unit, self.today, step)
        return self.fold(parent, pieces, calendar) if parent else None

    @staticmethod
    def fiscal_quarter(piece: Piece, calendar: FiscalYear | None) -> bool:
        """第二财季 always, and a lone 第二季度 or Q2 of a company whose year is not the calendar's."""
        if piece.kind != "quarter":
            return False
        return "fiscal" in piece.flag or (calendar is not None and not is_calendar_year(calendar))

    def carried_whole(self, expression: Expression, unit: str) -> Period | None:
        """The year (or month) that the text has just stated, where the story goes on in it."""
        last = self.last
        if expression.root.kind in ("edge", "report"):
            return None
        if last is None or last.start is None or last.end is None or last.start.year != last.end.year:
            return None
        between_them = self.text[self.last_at : expression.start]
        if expression.root.kind == "quarter" and last.fiscal != ("fiscal" in expression.root.flag):
            return None
        same_sentence = len(between_them) <= CHAIN and not SENTENCE.search(between_them)
        if unit == "year" and self.last_stated:
            told = same_sentence or ((last.unit in ("day", "month") or last.fiscal) and len(between_them) <= CHAIN)
            if not told or (self.today and last.start.year >= self.today.year and last.start > self.today):
                return None
            year = fiscal_period(self.calendar(expression.start), last.year) if last.fiscal else a_year(last.start.year)
            found = self.fold(year, expression.pieces, None) if year else None
            late = found and found.start and self.today and found.start > self.today
            if late and not is_future(self.text, expression.start, expression.end):
                return None
            return year
        if unit == "month" and last.unit in ("day", "month") and len(between_them) <= CHAIN:
            month = unit_of("month", last.start)
            found = self.fold(month, expression.pieces, None) if month else None
            return month if found and found.start and found.start >= last.start else None
        return None

    # ---- roots -------------------------------------------------------------------------------------------------

    def full_year(self, number: int, flag: str) -> int:
        """The year that two digits mean: from 89 years ago to ten years ahead."""
        if "short" not in flag or "roc" in flag or "strong" in flag:
            return number
        newest = (self.today.year if self.today else 2025) + 10
        return newest - (newest - number) % 100

    def read_year(self, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
        root = expression.root
        parent = a_year(self.full_year(root.number, root.flag))
        return self.under(parent, expression, calendar, "absolute")

    def under(
        self,
        parent: Period | None,
        expression: Expression,
        calendar: FiscalYear | None,
        family: str,
        stated: bool = True,
    ) -> Reading | None:
        if parent is None:
            return None
        rest = expression.pieces[1:]
        if rest and rest[-1].kind == "same":
            return self.same(expression, parent)
        if rest and rest[0].kind == "quarter" and "fiscal" in rest[0].flag:
            parent = fiscal_period(calendar, parent.year)
        written = expression.root.kind == "year"  # 二〇〇四年八月十五 goes by the same calendar as its year
        found = self.fold(parent, rest, calendar, lunar=not written)
        return Reading(found, self.rule(expression, family), stated) if found else None

    def read_fiscal(self, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
        root = expression.root
        year = self.full_year(root.number, root.flag)
        return self.under(fiscal_period(calendar, year), expression, calendar, "fiscal")

    def read_date(self, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
        root = expression.root
        found = a_day(safe_date(self.full_year(root.year, root.flag), root.number, root.more))
        return Reading(found, "date.absolute.ymd") if found else None

    def read_dated(self, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
        root = expression.root
        year = self.full_year(root.year, root.flag)
        if "fiscal" in root.flag:
            return self.under(fiscal_period(calendar, year, root.unit, root.number), expression, calendar, "fiscal")
        make = {"half": a_half, "quarter": a_quarter, "month": a_month, "week": iso_week}[root.unit]
        return self.under(make(year, root.number), expression, calendar, "absolute")

    def read_months(self, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
        root = expression.root
        year = self.full_year(root.year, root.flag)
        found = between(a_month(year, 1), a_month(year, root.number))
        return Reading(found, "date.absolute.counted") if found else None

    def read_years(self, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
        found = between(a_year(expression.root.number), a_year(expression.root.more))
        return Reading(found, "date.range") if found else None

    def read_century(self, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
        root, number, stated = expression.root, expression.root.number, True
        if root.flag == "relative":
            if self.today is None:
                return Reading(UNKNOWN, "date.century", False)
            number, stated = (self.today.year + 99) // 100 + root.number, False
        return self.under(a_century(number), expression, calendar, "century", stated)

    def read_decade(self, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
        number = expression.root.number
        if number < 100:
            now = self.today.year if self.today else 2025
            number += 2000 if 2000 + number <= now else 1900
        more = expression.root.more
        last = a_decade(number - expression.root.number + more) if more else a_decade(number)
        return self.under(between(a_decade(number), last), expression, calendar, "decade")

    def read_plan(self, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
        """The 14th five-year plan is that of 2021–2025."""
        first = 1981 + 5 * (expression.root.number - 6)
        found = between(a_year(first), a_year(first + 4))
        return Reading(found, "date.plan") if found else None

    def read_relative(self, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
        root = expression.root
        if self.today is None:
            return Reading(UNKNOWN, self.rule(expression, "relative"), False, expression.pieces[-1].unit == "day")
        if root.unit.startswith("fiscal"):
            parent: Period | None = self.relative_fiscal(root, calendar)
        elif root.unit == "year":
            parent = a_year(self.today.year + root.number + self.year_shift)
        elif root.unit == "weekend":
            week = shifted("week", self.today, root.number)
            parent = a_weekend(week.start) if week and week.start else None
        else:
            parent = shifted(root.unit, self.today, root.number)
        reading = self.under(parent, expression, calendar, "relative", stated=False)
        return self.to_date(expression, reading) if reading else None

    def relative_fiscal(self, root: Piece, calendar: FiscalYear | None) -> Period:
        if calendar is None or self.today is None:
            return UNKNOWN
        year, quarter = holds(calendar, self.today)
        if root.unit == "fiscal_year":
            return fiscal_period(calendar, year + root.number)
        index = year * 4 + quarter - 1 + root.number
        return fiscal_period(calendar, index // 4, "quarter", index % 4 + 1)

    def relative_within(self, parent: Period, piece: Piece) -> Period | None:
        """去年的今天, 明天的后天, 去年的前年."""
        if parent.start is None:
            return None
        if piece.unit == "year":
            return a_year(parent.start.year + piece.number)
        if parent.unit == "day":
            return a_day(add(parent.start, "day", piece.number))
        if self.today is None:
            return UNKNOWN
        anchor = add(self.today, "year", parent.start.year - self.today.year)
        return a_day(add(anchor, "day", piece.number)) if anchor else None

    def to_date(self, expression: Expression, reading: Reading) -> Reading:
        """今年以来, 年初至今: up to the day of the post; the year gives the code."""
        if reading.rule == "date.to_date" and self.today:
            year = a_year(self.today.year + self.year_shift)
            if year:
                return replace(reading, period=replace(year, end=max(self.today, year.start or self.today)))
        return reading

    def read_weekday(self, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
        root = expression.root
        if root.flag != "step" and len(expression.pieces) > 1:  # 周日, 二月十号: the date says it all
            return self.read(expression.without_first())
        if root.flag != "step":
            return self.recurring(expression, calendar)
        if self.today is None:
            return Reading(UNKNOWN, "date.relative.weekday", False, True)
        week = shifted("week", self.today, root.more)
        found = narrow(week, replace(root, flag=""), calendar) if week else None
        return Reading(found, "date.relative.weekday", False) if found else None

    def read_days(self, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
        root = expression.root
        if self.today is None:
            return Reading(UNKNOWN, "date.relative.days", False)
        found = between(shifted(root.unit, self.today, root.number), shifted(root.unit, self.today, root.more))
        return Reading(found, "date.relative.days", False) if found else None

    def read_season(self, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
        root = expression.root
        if root.flag != "relative":
            return self.recurring(expression, calendar)
        year = a_year(self.today.year + root.number) if self.today else None
        found = narrow(year, root, calendar) if year else UNKNOWN
        return Reading(found or UNKNOWN, "date.season", False)

    def read_bound(self, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
        return Reading(UNKNOWN, "date.festival", False, True)

    # ---- what points back, and windows ---------------------------------------------------------------------------

    def read_carried(self, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
        """当月, 次年: a unit that the text stated, or a unit next to it."""
        root = expression.root
        rule = f"date.carried.{root.unit}"
        anchor = self.last
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
                found = shifted(root.unit, anchor.start, root.number)
                return self.under(found, expression, calendar, "carried", stated=False)
        if root.flag != "alone":
            return None
        if self.today is None:
            return Reading(UNKNOWN, rule, False, root.unit == "day")
        return self.under(shifted(root.unit, self.today, root.number), expression, calendar, "carried", stated=False)

    def same(self, expression: Expression, parent: Period) -> Reading:
        """去年同期: what the text speaks of, in that year; 去年此时: the month of the post, in that year."""
        unit, root = expression.pieces[-1].unit, expression.root
        rule = "date.same_period"
        topic = self.topic if unit == "topic" else None
        if unit == "topic":
            cue = self.last_topic_cue(expression.start)
            if cue > self.topic_at and self.today and not (topic and topic.unit == "quarter"):
                topic = shifted("quarter", self.today, -1)
        elif self.today is not None:
            topic = unit_of(unit, self.today)
        if topic is None or parent.year == 0:
            return Reading(UNKNOWN, rule, False)
        if topic.fiscal:
            calendar = self.calendar(expression.start)
            years = -root.number if root.kind == "relative" else topic.year - parent.year
            return Reading(fiscal_period(calendar, topic.year - years, topic.unit or "year", topic.number), rule, False)
        year = topic.start.year if topic.start else parent.year + 1
        years = -root.number if root.kind == "relative" and unit == "topic" else year - parent.year
        return Reading(year_before(topic, years) or UNKNOWN, rule, False)

    @cached_property
    def topic_cues(self) -> list[int]:
        """Where the text speaks of 该季度 or 单季度."""
        return [match.start() for match in topic_cues(self.words).finditer(self.text)]

    def last_topic_cue(self, end: int) -> int:
        place = bisect_left(self.topic_cues, end)
        return self.topic_cues[place - 1] if place else -1

    def read_several(self, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
        """这两年 behind 2022年和2023年 is both of them; elsewhere it runs up to the post."""
        root, last, other = expression.root, self.last, self.before_last
        if last and other and last.unit == other.unit == "year" and last.year - other.year == root.number - 1 > 0:
            found = between(other, last)
            return Reading(found, "date.carried.several", False) if found else None
        start = add(self.today, root.unit, -root.number) if self.today else None
        return Reading(Period(start, self.today if start else None), "date.rolling", False)

    def read_window(self, expression: Expression, calendar: FiscalYear | None) -> Reading | None:
        """近三年, 未来2-3年, 三年内: no code. 三年前, 5天后: the year, month, week or day so far away."""
        root, today = expression.root, self.today
        side = root.flag
        is_day = side in ("ago", "later") and root.unit == "day"
        rule = "date.relative.distance" if side in ("ago", "later") else "date.rolling"
        if today is None or root.unit in ("trading_day", "hour", "fiscal_year", "fiscal_quarter"):
            days = root.unit == "hour" and today is not None and side == "last"
            start = add(today, "day", -((root.more // 2 + 23) // 24)) if days and today else None
            return Reading(Period(start, today if start else None), rule, False, is_day)
        if side in ("last", "next"):
            far = self.away(today, root.unit, root.more if side == "next" else -root.more)
            if far is None:
                return Reading(UNKNOWN, rule, False)
            window = Period(far, today) if side == "last" else Period(today, max(today, far - DAY))
            return Reading(window, rule, False)
        sign = -1 if side == "ago" else 1
        if len(expression.pieces) > 1:  # 一年前的今天
            far = self.away(today, root.unit, sign * root.number)
            found_day = a_day(add(far, "day", expression.pieces[1].number)) if far else None
            return Reading(found_day or UNKNOWN, rule, False, True)
        unit = "month" if root.number % 2 and root.unit == "year" else "week" if root.unit == "week" else root.unit
        found = [self.around(unit, self.away(today, root.unit, sign * n)) for n in {root.number, root.more}]
        if None in found:
            return Reading(UNKNOWN, rule, False, is_day)
        ordered = sorted((p for p in found if p), key=lambda p: p.start or today)
        return Reading(between(ordered[0], ordered[-1]) or UNKNOWN, rule, False, is_day)

    @staticmethod
    def around(unit: str, day: date | None) -> Period | None:
        return unit_of(unit, day) if day else None

    @staticmethod
    def away(day: date, unit: str, halves: int) -> date | None:
        """``halves`` half units away: half a year is six months, half a month fifteen days."""
        if halves % 2 == 0:
            return add(day, unit, halves // 2)
        if unit == "year":
            return add(day, "month", 6 * halves)
        whole = add(day, unit, (abs(halves) // 2) * (1 if halves > 0 else -1))
        rest = {"quarter": 45, "month": 15, "week": 3}.get(unit, 0)
        return add(whole, "day", rest if halves > 0 else -rest) if whole else None

    # ---- the company's calendar, rule ids ----------------------------------------------------------------------

    def calendar(self, position: int) -> FiscalYear | None:
        """The fiscal calendar of the company that the text speaks of: the nearest named before, else behind."""
        owners = self.owners
        if not owners:
            return None
        place = bisect_right(self.owner_ends, position)
        if place:
            return self.context.fiscal_year(owners[place - 1].entity_id)
        if not SENTENCE.search(self.text, position, owners[0].start):
            return self.context.fiscal_year(owners[0].entity_id)
        return None

    def rule(self, expression: Expression, family: str) -> str:
        """``date.<family>.<unit of the last piece>``, with families of their own for some kinds."""
        kinds = {p.kind for p in expression.pieces}
        for kind in ("festival", "season", "report", "same"):
            if kind in kinds:
                return f"date.{kind}"
        if family in ("century", "decade"):
            return f"date.{family}"
        last = expression.pieces[-1]
        unit = {"year": "year", "fiscal": "year", "md": "day", "counted": "counted", "edge": "edge"}.get(last.kind)
        unit = unit or last.unit or last.kind
        if any("fiscal" in p.flag or p.kind == "fiscal" for p in expression.pieces):
            family = "fiscal"
        return f"date.{family}.{unit.replace('fiscal_', '')}"
