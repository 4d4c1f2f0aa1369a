"""What an expression means: its days, against the day of the post and what the text has said before."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from pipeline.mentions.context import Context, FiscalYear
from pipeline.mentions.dates import read_absolute, read_back, read_relative
from pipeline.mentions.dates.compose import Expression, is_same
from pipeline.mentions.dates.fiscal import fiscal_period, holds, is_calendar_year
from pipeline.mentions.dates.guards import Guard
from pipeline.mentions.dates.memory import Memory
from pipeline.mentions.dates.narrow import lunar_date, narrow
from pipeline.mentions.dates.periods import (
    UNKNOWN,
    Period,
    a_day,
    a_year,
    add,
    shifted,
    unit_of,
)
from pipeline.mentions.dates.pieces import Piece
from pipeline.mentions.dates.reading import Reading, rule_id, whole_of
from pipeline.mentions.dates.tense import is_future, is_past, pick
from pipeline.mentions.dates.words import Words

SENTENCE = re.compile(r"[。！？!?\n]")
SOON = 31  #: days that the first months of a year may have to go when their figures are told
CHAIN = 200  #: characters over which a story's dates hang together


class Reader:
    """Reads the expressions of one text in order, remembering what they said."""

    def __init__(self, context: Context, words: Words) -> None:
        self.context, self.words, self.text = context, words, context.folded
        self.today = context.today
        self.guard = Guard(context, words)
        owners = [e for e in context.entities if e.label in words["fiscal.owners"] and e.entity_id]
        self.owners = sorted(owners, key=lambda e: e.end)
        self.owner_ends = [e.end for e in self.owners]
        self.year_shift = 0
        self.memory = Memory(self.text, words)

    # ---- entry points ---------------------------------------------------------------------------------------

    def read(self, expression: Expression, inside: Period | None = None) -> Reading | None:
        """The meaning of one expression; ``inside`` is a stretch that a range's left end gives (2021年, 3月)."""
        root = expression.root
        calendar = self.calendar(expression.start)
        if inside is not None and whole_of(root):
            found = self.fold(inside, expression.pieces, calendar)
            return Reading(found, rule_id(expression, "absolute"), self.memory.last_stated) if found else None
        method = ROOTS.get(root.kind)
        if method is not None:
            return method(self, expression, calendar)
        return self.recurring(expression, calendar) if whole_of(root) else None

    # ---- parts without their whole: 10月, 第三季度, 周五 -------------------------------------------------------

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
        unit = whole_of(root)
        rule = rule_id(expression, "absolute")
        is_day = pieces[-1].kind in ("day", "md", "weekday", "festival", "nth_weekday")
        carried = self.carried_whole(expression, unit)
        if carried is not None:
            found = self.fold(carried, pieces, calendar)
            if found is not None:
                return Reading(found, rule, False, carried=unit == "year")
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
        at = self.words, self.text, expression.start, expression.end
        january = root.kind == "half" and self.today.month == 1
        if (root.kind == "counted" or january) and not is_future(*at):  # 前三季度, told in January, are last year's
            soon = self.today.toordinal() + SOON
            known = [c for c in known if c.end and c.end.toordinal() <= soon] or known
        if self.guard.alone(expression.start, expression.end):
            # nothing but the date: this year's, this month's, or the weekday to come
            same = candidates[1] if len(candidates) == 3 and root.kind != "counted" else None
            found = pick(known, self.today, True) if unit == "week" else same or pick(known, self.today, False)
        else:
            due = unit == "week" and self.guard.after(expression.end, "rolling.ago")  # 周五前交
            found = pick(known, self.today, due or is_future(*at), lambda: is_past(*at), root.kind == "festival")
        return Reading(found, "date.fiscal.quarter" if found.fiscal else rule, False) if found else None

    def lone_edge(self, expression: Expression, unit: str, candidates: Sequence[Period]) -> Reading:
        """年底前, 月初, 季末 are this unit's; 截至年底, and what January tells without a cue, the last begun."""
        assert self.today is not None
        now = unit_of(unit, self.today)
        future = is_future(self.words, self.text, expression.start, expression.end)
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
        return Reading(found or UNKNOWN, rule_id(expression, "relative"), False)

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

    def carried_fiscal(self, expression: Expression, last: Period) -> Period | None:
        """2026财年第三财季 …, 第四财季: of the same year, or of the next where it is to come."""
        if expression.start - self.memory.last_at > CHAIN:
            return None
        ahead = last.unit == "quarter" and expression.root.number < last.number
        later = ahead and is_future(self.words, self.text, expression.start, expression.end)
        return fiscal_period(self.calendar(expression.start), last.year + later)

    def carried_whole(self, expression: Expression, unit: str) -> Period | None:
        """The year (or month) that the text has just stated, where the story goes on in it."""
        last = self.memory.last
        if expression.root.kind in ("edge", "report") or self.wired(expression):
            return None
        if last is not None and last.fiscal and unit == "year" and "fiscal" in expression.root.flag:
            return self.carried_fiscal(expression, last)
        if last is None or last.start is None or last.end is None or last.start.year != last.end.year:
            return None
        between_them = self.text[self.memory.last_at : expression.start]
        if expression.root.kind == "quarter" and last.fiscal != ("fiscal" in expression.root.flag):
            return None
        same_sentence = len(between_them) <= CHAIN and not SENTENCE.search(between_them)
        if unit == "year" and self.memory.last_stated:
            told = same_sentence or ((last.unit in ("day", "month") or last.fiscal) and len(between_them) <= CHAIN)
            if not told or (self.today and last.start.year >= self.today.year and last.start > self.today):
                return None
            year = fiscal_period(self.calendar(expression.start), last.year) if last.fiscal else a_year(last.start.year)
            found = self.fold(year, expression.pieces, None) if year else None
            late = found and found.start and self.today and found.start > self.today
            if late and not is_future(self.words, self.text, expression.start, expression.end):
                return None
            return self.next_year(expression, last, found) or year
        if unit == "month" and last.unit in ("day", "month") and len(between_them) <= CHAIN:
            if self.today and self.today.day - expression.root.number in (0, 1) and not same_sentence:
                return None  # news of the day
            month = unit_of("month", last.start)
            found = self.fold(month, expression.pieces, None) if month else None
            if found is None or found.start is None or found.start < last.start:
                return None
            over = self.today is not None and found.start < self.today  # 6月营收…，将在7日登场
            to_come = over and is_future(self.words, self.text, expression.start, expression.end)
            return month if not to_come or last.unit == "day" else None
        return None

    def wired(self, expression: Expression) -> bool:
        """Whether a wire's dateline names the day: 3月25日讯."""
        return expression.pieces[-1].kind in ("day", "md") and self.guard.after(expression.end, "past.wired")

    def next_year(self, expression: Expression, last: Period, found: Period | None) -> Period | None:
        """2024年12月…, 1月…: a story goes on into the next year where that has come and lies nearer."""
        if last.unit not in ("day", "month") or last.fiscal or found is None or self.today is None:
            return None
        year = a_year(last.year + 1)
        later = self.fold(year, expression.pieces, None) if year else None
        if later is None or not (later.start and found.start and last.start) or later.start > self.today:
            return None
        return year if later.start - last.start < last.start - found.start else None

    # ---- roots -------------------------------------------------------------------------------------------------

    def full_year(self, number: int, flag: str) -> int:
        """The year that two digits mean: from 89 years ago to ten years ahead."""
        if "short" not in flag or "roc" in flag or "strong" in flag:
            return number
        newest = (self.today.year if self.today else 2025) + 10
        return newest - (newest - number) % 100

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
        if parent.start is None and parent == UNKNOWN:
            return Reading(UNKNOWN, rule_id(expression, family), False)
        rest = expression.pieces[1:]
        if not rest:
            return Reading(parent, rule_id(expression, family), stated)
        if is_same(rest[-1]):
            return read_back.same(self, expression, parent)
        if rest[0].kind == "quarter" and "fiscal" in rest[0].flag:
            parent = fiscal_period(calendar, parent.year)
        written = expression.root.kind == "year"  # 二〇〇四年八月十五 goes by the same calendar as its year
        found = self.fold(parent, rest, calendar, lunar=not written)
        return Reading(found, rule_id(expression, family), stated) if found else None

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


#: How an expression is read, by the kind of its first piece; the others are parts that recur.
ROOTS: dict[str, Callable[[Reader, Expression, FiscalYear | None], Reading | None]] = {
    "year": read_absolute.year,
    "fiscal": read_absolute.fiscal,
    "date": read_absolute.date,
    "dated": read_absolute.dated,
    "months": read_absolute.months,
    "years": read_absolute.years,
    "century": read_absolute.century,
    "decade": read_absolute.decade,
    "plan": read_absolute.plan,
    "relative": read_relative.relative,
    "weekday": read_relative.weekday,
    "days": read_relative.days,
    "stepped": read_relative.stepped,
    "season": read_relative.season,
    "bound": read_relative.bound,
    "carried": read_back.carried,
    "several": read_back.several,
    "window": read_back.window,
}
