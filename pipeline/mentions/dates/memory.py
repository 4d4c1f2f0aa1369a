"""What the text has said so far: what 去年同期, 当月 or 12月 may point to."""

import re
from bisect import bisect_left
from datetime import date
from functools import cache, cached_property

from pipeline.mentions.dates.compose import OPENING, Expression
from pipeline.mentions.dates.numerals import SMALL
from pipeline.mentions.dates.periods import Period, a_month, add, between, unit_of
from pipeline.mentions.dates.pieces import value
from pipeline.mentions.dates.reading import Reading
from pipeline.mentions.dates.words import Words

#: Behind a day: the months that a report covers end with it.
ENDED = re.compile(rf"\s?止(?:的|之)?\s?(\d{{1,2}}|{SMALL})\s?个?月")


def months_to(day: date, count: int) -> Period | None:
    """So many months up to the one of a day: its half, quarter or year where they are one."""
    last = add(day, "month", 1 - count)
    if not 1 <= count <= 12 or last is None:
        return None
    first, end = a_month(last.year, last.month), a_month(day.year, day.month)
    whole = {3: "quarter", 6: "half", 12: "year"}.get(count)
    found = unit_of(whole, day) if whole else None
    months = between(first, end)
    return found if found and months and (found.start, found.end) == (months.start, months.end) else months


@cache
def topic_cues(words: Words) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words["topic_words.quarter"])))


class Memory:
    """``topic`` is what the text speaks of, ``last`` what it named last, ``last_day`` the last day, with their ends.

    A period that is only compared with (比去年) is no topic. ``last_stated`` says that no clock was needed for it.
    """

    def __init__(self, text: str, words: Words) -> None:
        self.text, self.words = text, words
        self.topic: Period | None = None
        self.topic_at = -1
        self.last: Period | None = None
        self.before_last: Period | None = None
        self.last_day: Period | None = None
        self.last_at = self.day_at = -1
        self.last_stated = False

    def remember(self, expression: Expression, reading: Reading) -> None:
        """Keep what a later 去年同期, 当月 or 12月 may point to."""
        period = reading.period
        if not period.code or reading.rule.startswith("date.same"):
            return
        self.before_last, self.last = self.last, period
        self.last_at = expression.end
        if period.unit == "day":
            self.last_day, self.day_at = period, expression.end
        self.last_stated = reading.stated or (
            self.last_stated and (reading.carried or reading.rule.startswith("date.carried"))
        )
        left = self.text[max(0, expression.start - 6) : expression.start]
        compared = not self.words.firsts("compared.cues").isdisjoint(left)
        if compared:
            clause = re.split(r"[,，。;；:：(（]", left)[-1]
            compared = any(cue in clause for cue in self.words["compared.cues"])
        if self.topic and (left.endswith(OPENING) or expression.root.kind == "edge"):  # （2024年：…）, 年初以来
            compared = True
        ended = ENDED.match(self.text, expression.end)
        if ended is not None and period.end is not None and not compared:  # 截至6月30日止六个月
            self.topic, self.topic_at = months_to(period.end, value(ended[1])) or period, expression.end
        elif not compared and not (period.unit == "day" and self.topic):
            self.topic, self.topic_at = period, expression.end

    @cached_property
    def tells_of_quarters(self) -> bool:
        return any(word in self.text for word in self.words["topic_words.weak"])

    @cached_property
    def topic_cues(self) -> list[int]:
        """Where the text speaks of 该季度 or 单季度."""
        return [match.start() for match in topic_cues(self.words).finditer(self.text)]

    def last_topic_cue(self, end: int) -> int:
        place = bisect_left(self.topic_cues, end)
        return self.topic_cues[place - 1] if place else -1
