"""The period of a claim: stated in its clause, else carried over inside the paragraph."""

import re

from pipeline.claims.metrics.bases import is_base
from pipeline.claims.metrics.dating import adds_up, dates_of, explains, is_byline, names_thing
from pipeline.claims.metrics.lexicon import cue_matcher, cue_tuple, cues
from pipeline.claims.phrases import is_document, units
from pipeline.claims.reading import Reading, Span, once
from pipeline.records import Mention

SINCE = "以来"
MONTHS = re.compile(r"^(FY)?\d{4}(-[QH]\d)?$|/")  # a year, a half, a quarter, a span
PAPER = 8  # characters behind a period within which a report of it is named
ITEM = re.compile(r"\s[-•·●▪■]\s|\n")
SEMICOLONS = frozenset("；;")
COMMAS = ("，", ",")
BRACKETED = 80  # characters behind a date within which its bracket closes
CARRY = 6  # sentences over which a stated period holds within a block of lines


def belongs_to_other(reading: Reading, date: Mention, amount: Mention) -> bool:
    """True for 12月 in 从12月的4%升至7%: it dates only the first value, and what a move came to dates what follows."""
    at = date.end
    if reading.masked[at : at + 1] != "的":
        return False
    if reading.clause_at(at).end <= amount.start and reading.masked[max(0, date.start - 1)] not in cues()["from_words"]:
        return False
    next_values = reading.amounts_in(at, amount.end)
    return bool(next_values) and next_values[0] is not amount and next_values[0].start <= at + 1


@once
def is_contrast(reading: Reading, date: Mention) -> bool:
    """True for 去年同期: a period that is spoken of once, beside the present one.

    The 去年 that a sentence opens with is what it is about: 去年营收50亿元；净利润5亿元.
    """
    written = reading.folded[date.start : date.end]
    if written not in cues()["yoy_bases"] and written not in cues()["contrasts"]:
        return False
    if written.endswith(cue_tuple("same_periods")):
        return True
    start = reading.sentences[reading.sentence_at(date.start)][0]
    others = reading.dates_in(start, date.start)
    if others and all(within(other, date) or other.period == date.period for other in others):
        return False  # 去年第四季营运好转，去年净利润5亿元: of one time
    return bool(others) or reading.has_amount(start, date.start)


@once
def is_record(reading: Reading, date: Mention) -> bool:
    """True for 1987年 of 创1987年以来最大跌幅, 近五年 of 创近五年新高: the span of a record."""
    before = reading.masked[max(0, date.start - 2) : date.start]
    behind = reading.masked[date.end : date.end + 2]
    if (behind == SINCE or reading.folded.endswith(SINCE, date.start, date.end)) and superlative(reading, date):
        return True
    words = [word for word in cues()["records"] if before.endswith(word)]
    return any(behind == SINCE or word not in cues()["copulas"] for word in words)


def superlative(reading: Reading, date: Mention) -> bool:
    """True where what follows is the highest, the first … of the period: 4月以来|最大跌幅."""
    behind = reading.masked[date.end : date.end + PAPER].removeprefix(SINCE).lstrip("的，, ")
    return behind.startswith(cue_tuple("superlatives"))


def usable(reading: Reading, start: int, end: int, amount: Mention, base: Span | None) -> list[Mention]:
    """Dates of ``start:end`` that can date a value: none that is compared with or belongs to another value."""
    return [
        m
        for m in dates_of(reading, start, end)
        if not is_base(reading, m)
        and not names_thing(reading, m)
        and not is_record(reading, m)
        and not (base and base[0] <= m.start < base[1])
        and not explains(reading, m, amount)
        and not dates_another(reading, m, amount)
        and not belongs_to_other(reading, m, amount)
    ]


def dates_another(reading: Reading, date: Mention, amount: Mention) -> bool:
    """True for 2024年 of 1.8港元（2024年：2.4港元）: in a bracket with a value of its own."""
    aside = reading.clause_at(date.start)
    if not aside.aside:
        return False
    stop = min(date.end + BRACKETED, len(reading.folded))
    close = next((at for at in range(date.end, stop) if reading.folded[at] in "）)】]\n"), date.end)
    return not aside.start <= amount.start < close and reading.has_amount(date.end, close)


def sets_time(reading: Reading, date: Mention) -> bool:
    """True for a date that the text goes on from: at the head of its clause, with a value, or of a document.

    年初 of 表明年初补贴引发的波动正平息 only dates what is spoken of.
    """
    clause = reading.clause_at(date.start)
    if not any(unit.kind == "verb" for unit in units(reading, clause.start, date.start)):
        return True
    if reading.has_amount(date.end, clause.end) or is_document(reading.folded[date.start : date.end]):
        return True
    return any(is_document(unit.word) for unit in units(reading, date.end, clause.end))


def fine(reading: Reading, date: Mention, opening: int, daily: bool, session: bool = False) -> bool:
    """False for a period of months that cannot date a price of the day, unless it opens the sentence at ``opening``.

    What is told of a market's ``session`` (收于12元, 盘中最低9元) is of a day.
    """
    if not (daily and MONTHS.search(date.period)) and not (session and date.label == "period"):
        return True
    if opening < 0 or reading.masked[opening : date.start].strip(" \0"):
        return False
    behind = units(reading, date.end, min(date.end + PAPER, reading.clause_at(date.start).end))
    return not any(is_document(unit.word) for unit in behind)  # 三季度财报读完了，盘后跌8%


def going_on(reading: Reading, dates: list[Mention]) -> Mention:
    """The one of several dates that the text goes on with: of those of the last sentence the latest that has begun.

    A part of another (前三季度…，其中三季度…) is told of once, and what is to come is not what the text is about.
    """
    last = max(dates, key=lambda m: m.start)
    index = reading.sentence_at(last.start)
    if not reading.has_amount(*reading.sentences[index]):  # a look back: 去年一季度基数较高。微信用户12亿
        later = [m for m in dates if m.label == "period" and str(m.period_start) > str(last.period_end or "9")]
        if later:
            return going_on(reading, later)
    together = [m for m in dates if reading.sentence_at(m.start) == index and m.period_start]
    together = [m for m in together if not is_byline(reading, m)] or together
    posted = reading.post.posted_at.date().isoformat() if reading.post.posted_at else ""
    begun = [m for m in together if not posted or m.period_start <= posted]
    whole = [m for m in begun if not any(within(m, other) and other.start < m.start for other in begun)]
    if not whole:
        return last
    if len({len(m.period) for m in whole}) > 1:
        return max(whole, key=lambda m: m.start)
    return max(whole, key=lambda m: (m.period_start, m.start))


def within(part: Mention, whole: Mention) -> bool:
    """True for a period that lies inside a longer one."""
    if not (part.period_end and whole.period_end) or part.period == whole.period:
        return False
    return whole.period_start <= part.period_start and part.period_end <= whole.period_end


def is_now(reading: Reading, clause: Span, amount: Mention) -> bool:
    """True for a value of today, whatever time was told of before: 去年买价500万，现在只值420万."""
    return bool(cue_matcher("nowadays").find(reading.masked[clause[0] : amount.start]))


def lasts(reading: Reading, date: Mention) -> bool:
    """True for a period that is not over at the post's time, or whose end nobody knows."""
    posted = reading.post.posted_at
    return posted is None or not date.period_end or date.period_end >= posted.date().isoformat()


def of_item(reading: Reading, date: Mention, amount: Mention) -> bool:
    """True for a quarter of its own in another item of a list: - 三季度单季净利润5亿元 - 平安银行：营收8亿元."""
    between = reading.masked[date.end : amount.start]
    return ITEM.search(between) is not None and reading.folded.startswith(cue_tuple("single"), date.end)


def heads(reading: Reading, date: Mention, amount: Mention) -> bool:
    """True for 上年同期 at the head of its sentence, which is of it up to a semicolon: 上年同期营收5亿，净利润1亿."""
    if not reading.has_amount(date.end, amount.start):
        return True
    start = reading.sentences[reading.sentence_at(date.start)][0]
    between = reading.masked[date.end : amount.start]
    return not reading.masked[start : date.start].strip(" \0") and not set(between) & SEMICOLONS


def turned_to(reading: Reading, date: Mention, amount: Mention) -> bool:
    """True for the 去年同期 that the text turns to: …；去年同期营收5亿，净利润1亿; 要知道去年同期，净利润还有1亿."""
    between = reading.masked[date.end : amount.start]
    if set(between) & SEMICOLONS:
        return False
    if reading.behind(date.start, tuple(SEMICOLONS)):
        return True
    return between[:1] in COMMAS and not reading.has_amount(date.end, amount.start)


def is_over(reading: Reading, date: Mention) -> bool:
    """True for the end of a contract: 签约至2021年，转会费为2800万欧元."""
    posted = reading.post.posted_at
    before = reading.masked[max(0, date.start - 1) : date.start]
    return posted is not None and before in cues()["lasting_to"] and str(date.period_start) > posted.date().isoformat()


def put_off(reading: Reading, clause: Span, amount: Mention, own: list[Mention]) -> Mention | None:
    """The date behind a value that tells when it comes: 翻倍|就要到|明年."""
    between = reading.masked[amount.end : own[0].start].strip() if own and own[0].start >= amount.end else ""
    return own[0] if between in cues()["put_off"] else None


def then(reading: Reading, clause: Span) -> Mention | None:
    """The date that 当时 at the head of a clause points back to."""
    if not reading.folded[clause[0] : clause[1]].lstrip().startswith(cue_tuple("then")):
        return None
    index = reading.sentence_at(clause[0])
    before = [m for m in dates_of(reading, reading.sentences[max(0, index - 1)][0], clause[0]) if m.period]
    return before[-1] if before else None


def period_of(
    reading: Reading, clause: Span, amount: Mention, base: Span | None, daily: bool = False, moves: bool = False
) -> tuple[Mention | None, bool]:
    """The date mention that dates a value, and whether it was carried over from an earlier sentence.

    ``base`` is what the value is compared with; its dates are not the value's. ``daily`` is True for what changes by
    the day, as the price of a share: a quarter or a year that another clause tells of is not its period.
    """
    start, end = clause
    own = usable(reading, start, end, amount, base)
    before = [m for m in own if m.end <= amount.start]
    if before:
        return before[-1], False
    if own and own[0].start - amount.end <= 2:
        return own[0], False
    pointed = then(reading, clause) or put_off(reading, clause, amount, own)
    if pointed is not None:
        return pointed, False
    daily = daily and not cue_matcher("whole_years").find(reading.masked[start : amount.start])
    session = bool(cue_matcher("of_sessions").find(reading.masked[start : amount.start]))
    index = reading.sentence_at(amount.start)
    sentence = reading.sentences[index]
    earlier = [
        m
        for m in usable(reading, sentence[0], start, amount, base)
        if fine(reading, m, sentence[0], daily and moves, session)
    ]
    earlier = [m for m in earlier if not (of_item(reading, m, amount) or is_over(reading, m))]
    now = is_now(reading, clause, amount)
    earlier = [m for m in earlier if not now or lasts(reading, m)]
    present = [m for m in earlier if not is_contrast(reading, m)]  # 去年同期77亿；毛利率45% is of this year
    if present != earlier and is_contrast(reading, earlier[-1]) and turned_to(reading, earlier[-1], amount):
        return earlier[-1], False
    if not present and earlier and not heads(reading, earlier[-1], amount):
        earlier = []
    if earlier:
        return (present or earlier)[-1], False
    if amount.label == "duration":
        return None, False  # what lasts so long has no period but its own
    first = reading.sentences[max(0, index - CARRY)][0]
    block = max(first, reading.text.rfind("\n\n", first, amount.start) + 1)
    carried = [m for m in usable(reading, block, sentence[0], amount, base) if m.period and not is_contrast(reading, m)]
    lasting = [m for m in carried if sets_time(reading, m) and not adds_up(reading, m)]
    told = reading.dated[-1:] if reading.dated and index - reading.dated[-1][0] <= CARRY else []
    lasting += [date for _, date in told if date.start >= reading.text.rfind("\n\n", 0, amount.start) + 1]
    lasting = [m for m in lasting if fine(reading, m, -1, daily, session) and (not now or lasts(reading, m))]
    if lasting:
        latest = going_on(reading, lasting)
        reading.dated.append((index, latest))  # it is still what is spoken of
        return latest, True
    return None, False
