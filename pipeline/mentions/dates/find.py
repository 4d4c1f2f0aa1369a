"""Date mentions of a post: scan, compose, guard, read; ranges; dated supplements."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.frozen import replace
from pipeline.lexicons.trie import trie
from pipeline.mentions.context import Context
from pipeline.mentions.dates.compose import OPENING, RANKS, Expression, compose, rank
from pipeline.mentions.dates.periods import Period, a_year, between, shifted, unit_of
from pipeline.mentions.dates.pieces import JOIN
from pipeline.mentions.dates.read import Reader
from pipeline.mentions.dates.reading import Reading, whole_of
from pipeline.mentions.dates.scan import scanner
from pipeline.mentions.dates.tense import is_future
from pipeline.mentions.dates.words import Words, words
from pipeline.mentions.dates.wraps import unwrapped
from pipeline.records import Mention

GAP = re.compile(rf"[ \t\u3000]?起?[ \t\u3000]?{JOIN}[ \t\u3000]?")
TELLING = ("date.relative.weekday", "date.relative.weekend", "date.absolute.week")  # what days in brackets explain
FIGURES = re.compile(
    r"[^0-9]{0,16}[0-9][0-9.,]*[ ]?[亿万元%]"
)  # behind 三季报: what it tells; else it is a paper, no date
NAMES = ("ORG", "PERSON", "PRODUCT", "GPE", "LOC")


@cache
def suffixes(lexicon: Words) -> dict[str, re.Pattern[str]]:
    supplement = lexicon["supplements"]
    return {
        "bound": re.compile(f'[”"」’]?(?:{lexicon.pattern("festival.bound")})'),
        "to_date": re.compile(rf"[ \t]?(?:{lexicon.pattern('year_to_date.words')})"),
        "before": re.compile(rf"(?:{trie(supplement['before'])})[ \t:：于(（]{{0,3}}$"),
        "after": re.compile(rf"[ \t]?(?:{trie(supplement['after'])})"),
    }


def find_dates(context: Context) -> list[Mention]:
    """The ``date`` mentions of a post (labels ``date`` and ``period``), in order, never overlapping.

    Relative words are read against ``context.posted_at``; without it they are rows with an empty period.
    """
    text, origin = unwrapped(context.folded)
    if origin is None:
        return list(mentions(context, words()))
    entities = [
        replace(e, start=bisect_left(origin, e.start), end=bisect_left(origin, e.end)) for e in context.entities
    ]
    moved = replace(context, text=text, folded=text, entities=entities, taken=())
    return [shift(m, origin) for m in mentions(moved, words())]


def shift(mention: Mention, origin: Sequence[int]) -> Mention:
    return replace(mention, start=origin[mention.start], end=origin[mention.end - 1] + 1)


def mentions(context: Context, lexicon: Words) -> Iterator[Mention]:
    text = context.folded
    pieces = list(scanner(lexicon).pieces(text))
    if not pieces:
        return
    reader = Reader(context, lexicon)
    names = sorted((e.start, e.end) for e in context.entities if e.label in NAMES)
    found = [e for e in compose(text, pieces) if reader.guard.allows(e) and not (names and inside(e, names))]
    settle_year(reader, found)
    index = 0
    while index < len(found):
        expression = found[index]
        ranged = read_range(reader, expression, found[index + 1]) if index + 1 < len(found) else None
        if ranged is not None:
            whole, reading = ranged
            index += 2
        else:
            whole, single = expression, reader.read(expression)
            index += 1
            if single is None:
                continue
            reading = single
        if reading.rule in TELLING and index < len(found):
            reading = bracketed(reader, whole, reading, found[index : index + 2])
        limit = found[index].start if index < len(found) else len(text)
        whole, reading = with_suffix(reader, whole, reading, limit)
        reader.memory.remember(whole, reading)
        anchor_supplement(reader, whole, reading)
        if reading.rule != "date.report" or len(whole.pieces) > 1 or FIGURES.match(text, whole.end):
            yield as_mention(whole, reading)


def inside(expression: Expression, names: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the names, which never overlap, holds the expression or cuts through it (今|日本)."""
    place = bisect_right(names, (expression.start, names[-1][1]))
    if place and expression.start < names[place - 1][1]:
        return True
    return place < len(names) and names[place][0] < expression.end < names[place][1]


def settle_year(reader: Reader, found: Sequence[Expression]) -> None:
    """The text beats the clock: in January, 今年 with a December that is told of is the year before."""
    today = reader.today
    if today is None or today.month > 2:
        return
    for expression in found:
        root = expression.root
        if root.kind != "relative" or reader.guard.alone(expression.start, expression.end):
            continue
        if root.unit == "year" and root.number == 0 and len(expression.pieces) > 1:
            reading = reader.read(expression)
            late = reading and reading.period.start and (reading.period.start - today).days > 180
            if late and not is_future(reader.words, reader.text, expression.start, expression.end):
                reader.year_shift = -1
                return


def read_range(reader: Reader, left: Expression, right: Expression) -> tuple[Expression, Reading] | None:
    """2021-2023年, 3月5日至8日, 去年10月到今年2月: one mention, where both ends stand and make a stretch."""
    if not (left.joined or GAP.fullmatch(reader.text, left.end, right.start)):
        return None
    if len(right.pieces) > 1 and right.pieces[-1].kind == "carried":  # 3日-7日当周
        right = Expression(right.pieces[:-1], right.start, right.end)
    first = last = None
    if whole_of(left.root) and (not whole_of(right.root) or whole_of(right.root) == whole_of(left.root)):
        last = reader.read(right)
        if last is not None and last.period.start is not None:
            first = latest_before(reader, left, last.period)
    if first is None:
        first = reader.read(left)
        if first is None:
            return None
        kept = reader.memory.last
        if right.root.kind == "carried":
            reader.memory.last = first.period
        last = following(reader, right, first) if whole_of(right.root) else reader.read(right)
        reader.memory.last = kept
    if last is None:
        return None
    whole = Expression(left.pieces + right.pieces, left.start, right.end)
    if not first.period.code and not first.period.start:
        return whole, Reading(Period(None, None), "date.range", False)
    period = between(first.period, last.period)
    return (whole, Reading(period, "date.range", first.stated and last.stated)) if period else None


def latest_before(reader: Reader, left: Expression, right: Period) -> Reading | None:
    """The left end's latest occurrence that is not after the right end's start."""
    unit = whole_of(left.root)
    assert right.start is not None
    for years in (0, 1):
        parent = unit_of(unit, right.start)
        if right.fiscal:
            parent = Period(right.start, right.end, f"FY{right.year}", "year", True, right.year)
        if years and parent and parent.start:
            parent = shifted(unit, parent.start, -1)
        reading = reader.read(left, parent) if parent else None
        if reading and reading.period.start and reading.period.start <= right.start:
            return reading
    return None


def following(reader: Reader, right: Expression, first: Reading) -> Reading | None:
    """The right end in the year, month or week of the left end, or in the next."""

    unit, end = whole_of(right.root), first.period.end
    if end is None:
        return reader.read(right)
    for step in (0, 1):
        parent = shifted(unit, end, step)
        if first.period.fiscal:
            parent = Period(first.period.start, end, "", "year", True, first.period.year + step)
        reading = reader.read(right, parent) if parent else None
        if reading and reading.period.end and reading.period.end >= end:
            return Reading(reading.period, reading.rule, first.stated)
    return None


def with_suffix(reader: Reader, expression: Expression, reading: Reading, limit: int) -> tuple[Expression, Reading]:
    """国庆期间, 今年以来: words that stand behind, before ``limit``, and change what is meant."""
    last = expression.pieces[-1]
    if last.kind == "festival":
        bound = suffixes(reader.words)["bound"].match(reader.text, expression.end, limit)
        if bound:
            longer = Expression(expression.pieces, expression.start, bound.end())
            return longer, Reading(Period(None, None), "date.festival", False, True)
    is_year = last.kind == "relative" and last.unit == "year" and last.number == 0
    if reader.today and (is_year or is_year_start(expression)):
        until = suffixes(reader.words)["to_date"].match(reader.text, expression.end, limit)
        year = a_year(reading.period.start.year) if reading.period.start else None
        if until and year and year.start and year.start <= reader.today:
            longer = Expression(expression.pieces, expression.start, until.end())
            period = Period(year.start, reader.today, year.code, "year", year=year.year)
            return longer, Reading(period, "date.to_date", False)
    return expression, reading


def is_year_start(expression: Expression) -> bool:
    """年初, 今年初: not 本月初."""
    last = expression.pieces[-1]
    if last.kind != "edge" or last.number != 0:
        return False
    return last.unit == "年" or (len(expression.pieces) == 2 and rank(expression.root) == RANKS["year"])


def bracketed(reader: Reader, expression: Expression, reading: Reading, behind: Sequence[Expression]) -> Reading:
    """上周五（3月6日）: the days in brackets say which one is meant."""
    if reader.text[expression.end : behind[0].start] not in OPENING:
        return reading
    ranged = read_range(reader, *behind) if len(behind) > 1 else None
    said = ranged[1] if ranged else reader.read(behind[0])
    near = said is not None and said.period.start is not None and reading.period.start is not None
    if said is None or not near or behind[0].pieces[-1].kind not in ("day", "md"):
        return reading
    if ranged is None and reading.period.start != reading.period.end:  # 过去周末（13日及14日）
        return reading
    return Reading(said.period, reading.rule, False)


def anchor_supplement(reader: Reader, expression: Expression, reading: Reading) -> None:
    """补充2007年11月15日: … – from here on, 今天 is that day."""
    if reading.period.unit != "day" or not reading.stated:
        return
    before = reader.text[max(0, expression.start - 10) : expression.start]
    if suffixes(reader.words)["before"].search(before) or suffixes(reader.words)["after"].match(
        reader.text, expression.end
    ):
        reader.today = reading.period.start


def as_mention(expression: Expression, reading: Reading) -> Mention:
    period = reading.period
    one_day = reading.day or (period.unit == "day" and period.start == period.end)
    return Mention(
        "date",
        "date" if one_day else "period",
        expression.start,
        expression.end,
        reading.rule,
        period=period.code,
        period_start=period.start.isoformat() if period.start else "",
        period_end=period.end.isoformat() if period.end else "",
        inferred=() if reading.stated or not (period.code or period.start) else ("period",),
    )
