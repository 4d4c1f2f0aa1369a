"""What a date does in its clause: it dates a value, names a thing (10月黄金期货) or closes a report (…止六个月)."""

import datetime
import re

from pipeline.claims.metrics.lexicon import cue_matcher, cue_tuple, cues, table
from pipeline.claims.reading import Reading, once
from pipeline.frozen import replace
from pipeline.lexicons import cached
from pipeline.lexicons.trie import trie
from pipeline.mentions.dates.memory import months_to
from pipeline.records import Mention

THING = 12  # characters behind a date within which the thing that it names is called
ASIDE = 24  # characters that a bracket with days, and the period in front of it, may take
MADE = 16  # … and within which it is told how the thing came about
DAYS = re.compile(r"^\d{4}-\d{2}(-\d{2})?$")  # a month or a day
YEAR = re.compile(r"(?:FY)?\d{4}")
ENDS = frozenset("，。；,;、：:！？!?\n（）()")


@cached
def until_pattern() -> re.Pattern[str]:
    """止六个月, 止年度: what a report that closes on a day covers."""
    return re.compile(rf"\s?止?(?:之|的)?\s?({trie(table()['covering'])})")


@once
def dates_of(reading: Reading, start: int, end: int) -> list[Mention]:
    """The dates of ``start:end``, each as its sentence means it."""
    return [closing(reading, date) for date in reading.dates_in(start, end)]


@once
def closing(reading: Reading, date: Mention) -> Mention:
    """The period that a report covers, of the day that closes it: 截至2025年6月30日止六个月 is 2025-H1."""
    if not date.period_end or not reading.behind(date.start, cue_tuple("until")):
        return date
    found = until_pattern().match(reading.folded, date.end)
    if found is None:
        return date
    day = datetime.date.fromisoformat(date.period_end)
    covered = months_to(day, table()["covering"][found.group(1)])
    if covered is None or covered.start is None or covered.end is None:
        return date
    yearly = table()["covering"][found.group(1)] == 12 and "/" in covered.code
    code = f"FY{day.year:04}" if yearly else covered.code
    return replace(date, period=code, period_start=covered.start.isoformat(), period_end=covered.end.isoformat())


@once
def names_thing(reading: Reading, date: Mention) -> bool:
    """True for a date that only says which thing it is: the month of a contract (10月黄金期货), when a product came
    out (6月上市的新机), when a paper was written (7月的预测).
    """
    behind = clause_behind(reading, date, MADE)
    if not behind:
        return False
    if DAYS.match(date.period):
        contract = cue_matcher("delivery_months").find(behind[:THING])
        if contract and not cue_matcher("contract_markets").find(behind[: contract[0][1] + 2]):
            return True
        if behind.removeprefix("的").startswith(cue_tuple("papers")):
            return True
    made = cue_matcher("births").find(behind)
    if not made:
        return False
    rest = behind[made[0][0] :]  # the verb may end with 的: 买的房子
    what = rest.partition("的")[2]
    kind = next((word for word in cue_tuple("figure_kinds") if what.startswith(word)), "")
    return "的" in rest and not what.removeprefix(kind).startswith(cue_tuple("figures"))


def explains(reading: Reading, date: Mention, amount: Mention) -> bool:
    """True for a day in a bracket behind the period that it explains: 第三财季（截至9月28日）, 周末（13日及14日）."""
    floor = max(0, date.start - ASIDE)
    at = max(reading.folded.rfind(sign, floor, date.start) for sign in "（(")
    close = next(
        (here for here in range(date.end, min(date.end + ASIDE, amount.start)) if reading.folded[here] in "）)"), -1
    )
    if at < 0 or close < 0:
        return False
    within = reading.masked[at + 1 : close].strip(" \0、和及与至-—–~")
    told = reading.dates_in(max(0, at - ASIDE), at)
    return bool(told and told[-1].period) and told[-1].end == at and (not within or within in cues()["until"])


def adds_up(reading: Reading, date: Mention) -> bool:
    """True for the time of a sum inside its sentence: …，年内累计10亿元 dates this sum alone."""
    behind = reading.masked[date.end : date.end + THING].removeprefix("以来").lstrip()
    if not behind.startswith(cue_tuple("running_sums")):
        return False
    start = reading.sentences[reading.sentence_at(date.start)][0]
    return bool(reading.masked[start : date.start].strip())


def is_byline(reading: Reading, date: Mention) -> bool:
    """True for the day of a report: 新华社北京12月8日电."""
    return reading.masked.startswith(cue_tuple("bylines"), date.end)


def clause_behind(reading: Reading, date: Mention, length: int) -> str:
    """What stands behind a date, up to the next mark or value."""
    text = reading.folded[date.end : date.end + length]
    stop = next((at for at, char in enumerate(text) if char in ENDS or char.isdigit()), len(text))
    return text[:stop]


def whole_year(reading: Reading, date: Mention, start: int, end: int) -> Mention:
    """The year of a period that the text before gives, where the clause ``start:end`` speaks of a whole year:
    前三季度销量…，全年有望达到….
    """
    found = YEAR.match(date.period)
    if date.start >= start or found is None or found.end() == len(date.period):
        return date
    if {part[: found.end()] for part in date.period.split("/")} != {found.group()}:
        return date
    if not cue_matcher("whole_years").find(reading.masked[start:end]):
        return date
    year = found.group().removeprefix("FY")
    known = not found.group().startswith("FY")
    return replace(
        date,
        period=found.group(),
        period_start=f"{year}-01-01" if known else "",
        period_end=f"{year}-12-31" if known else "",
    )
