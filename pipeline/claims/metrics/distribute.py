"""分别: as many values as things in a row before them, paired in order."""

import re
from collections.abc import Sequence
from typing import TypeVar

from pipeline.claims.metrics.lexicon import cue_matcher, cues
from pipeline.claims.metrics.spot import MetricSpan
from pipeline.claims.reading import SUBJECTS, Clause, Reading, Span
from pipeline.frozen import frozen, replace
from pipeline.records import Mention

ROW = re.compile("[、和与及]")
YEARS = re.compile(r"(\d{4})/(\d{4})")
COMMAS = ",，"
LONGEST = 8  # characters of a noun in such a row

T = TypeVar("T", bound=Mention | MetricSpan)


@frozen
class Noun:
    """A subject that has no name: 鲜菜 of 鲜菜、猪肉价格分别上涨…"""

    text: str


@frozen
class Basis:
    """What one of the values is compared with: 环比 of 同比和环比分别增长5%、2%; ``span`` is where it is written."""

    span: Span


Pair = Mention | MetricSpan | Noun | Basis


def distributed(
    reading: Reading, clause: Clause, amounts: Sequence[Mention], spans: Sequence[MetricSpan]
) -> dict[Mention, Pair]:
    """Each value of a 分别 clause with its own metric, subject or period; empty where the counts differ."""
    cue = cue_matcher("distributives").find(reading.masked[clause.start : clause.end])
    if not cue:
        return by_year(reading, clause, in_row(reading, amounts, clause.start, clause.end))
    at = clause.start + cue[-1][0]
    values = in_row(reading, amounts, at, clause.end)
    if len(values) < 2:
        return {}
    metrics = coordinated(reading, [s for s in spans if clause.start <= s.start and s.end <= at])
    start = reading.sentences[reading.sentence_at(clause.start)][0]  # the names may stand a clause before
    named = [m for m in reading.entities_in(start, at) if m.label in SUBJECTS or m.start >= clause.start]
    subjects = coordinated(reading, named)
    dates = coordinated(reading, reading.dates_in(clause.start, at))
    if len(dates) != len(values):  # 2021，2022，2023年净利润分别为…
        dates = coordinated(reading, reading.dates_in(start, at), COMMAS)
    for items in (metrics, subjects, dates):
        if len(items) == len(values):
            return dict(zip(values, items, strict=True))
    if years := by_year(reading, clause, values):
        return years
    if any(m.label == "count" and m.value_min == len(values) for m in reading.amounts_in(start, at)):
        before = max(0, reading.sentence_at(clause.start) - 1)
        firms = [m for m in reading.entities_in(reading.sentences[before][0], start) if m.label in SUBJECTS]
        firms = coordinated(reading, firms)  # A、B、C收到通知。三家公司分别被罚…
        if len(firms) == len(values):
            return dict(zip(values, firms, strict=True))
    times = sorted(
        (left, right)
        for name in ("yoy", "qoq", "mom", "previous")
        for left, right, _ in cue_matcher(name).find(reading.masked[clause.start : at])
    )
    if len(times) == len(values):
        bases = [Basis((clause.start + left, clause.start + right)) for left, right in times]
        return dict(zip(values, bases, strict=True))
    cores = [s.core for s in spans if clause.start <= s.start and s.end <= at]
    nouns = written(reading, clause.start, cores[-1] if cores else at)
    if len(nouns) == len(values):
        return dict(zip(values, nouns, strict=True))
    if cores or len(reading.entities_in(clause.start, at)) > 1:
        return {}
    told = valued(amounts, [s for s in spans if start <= s.start], clause.start)
    return dict(zip(values, told[-len(values) :], strict=True)) if len(told) >= len(values) else {}


def valued(amounts: Sequence[Mention], spans: Sequence[MetricSpan], end: int) -> list[MetricSpan]:
    """The nouns in front of ``end`` that have a value: those of 面积700万平方米，金额1000亿元，分别下降43%和45%."""
    nouns = [s for s in spans if s.metric.role == "noun" and s.end <= end]
    stops = [*(s.start for s in nouns[1:]), end]
    return [s for s, stop in zip(nouns, stops, strict=False) if any(s.end <= a.start < stop for a in amounts)]


def in_row(reading: Reading, amounts: Sequence[Mention], start: int, end: int) -> list[Mention]:
    """The values of ``start:end``, with those that a comma alone sets off from the last: 15%, 32%, 52%."""
    values = [m for m in amounts if start <= m.start and m.end <= end]
    for amount in amounts:
        if values and amount.start >= end and amount.unit == values[-1].unit:
            if reading.masked[values[-1].end : amount.start].strip(" ,，、和及与"):
                break
            values.append(amount)
    return values


def by_year(reading: Reading, clause: Clause, values: Sequence[Mention]) -> dict[Mention, Pair]:
    """The years of a span, one for each value of a row: 2025-2027年EPS为1.2/1.5/1.8元; also in the clauses behind."""
    if len(values) < 2 or len(coordinated(reading, values, COMMAS)) != len(values):
        return {}
    start = reading.sentences[reading.sentence_at(clause.start)][0]
    dates = [m for m in reading.dates_in(start, values[0].start) if YEARS.fullmatch(m.period)]
    ends = YEARS.fullmatch(dates[-1].period) if dates else None
    if ends is None or int(ends[2]) - int(ends[1]) + 1 != len(values):
        return {}
    years = [f"{year:04}" for year in range(int(ends[1]), int(ends[2]) + 1)]
    spans = [(f"{year}-01-01", f"{year}-12-31") for year in years]
    return {
        value: replace(dates[-1], period=year, period_start=first, period_end=last)
        for value, year, (first, last) in zip(values, years, spans, strict=True)
    }


def written(reading: Reading, start: int, end: int) -> list[Noun]:
    """The nouns in a row in front of a metric: 鲜菜、猪肉 of 鲜菜、猪肉价格."""
    opening = cue_matcher("connectors").find(reading.masked[start:end])
    while opening and opening[0][0] == 0:  # 其中鲜菜、猪肉价格
        start += opening[0][1]
        opening = cue_matcher("connectors").find(reading.masked[start:end])
    text = reading.text[start:end].strip(" 的")
    parts = [part.strip(" 的") for part in ROW.split(text)]
    return [Noun(part) for part in parts] if all(2 <= len(part) <= LONGEST for part in parts) else []


def coordinated(reading: Reading, items: Sequence[T], marks: str = "") -> list[T]:
    """The longest run of items that only conjunctions, ``marks`` or a shared word such as 营收 separate."""
    joins = cues()["conjunctions"] | set(marks)
    begin = first = last = 0  # of the run, of the longest one
    for at, item in enumerate(items):
        between = reading.masked[items[at - 1].end : item.start].strip() if at else ""
        joined = between[:1] in joins or between[-1:] in joins
        if at and (not joined or reading.has_amount(items[at - 1].end, item.start)):
            begin = at
        if at + 1 - begin > last - first:
            first, last = begin, at + 1
    return list(items[first:last])
