"""What the text has said so far: what 去年同期, 当月 or 12月 may point to."""

import re
from bisect import bisect_left
from functools import cache, cached_property

from pipeline.mentions.dates.compose import Expression
from pipeline.mentions.dates.periods import Period
from pipeline.mentions.dates.reading import Reading
from pipeline.mentions.dates.words import Words


@cache
def topic_cues(words: Words) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words["topic_words.quarter"])))


class Memory:
    """``topic`` is what the text speaks of, ``last`` what it named last, each with where it ended.

    A period that is only compared with (比去年) is no topic. ``last_stated`` says that no clock was needed for it.
    """

    def __init__(self, text: str, words: Words) -> None:
        self.text, self.words = text, words
        self.topic: Period | None = None
        self.topic_at = -1
        self.last: Period | None = None
        self.before_last: Period | None = None
        self.last_at = -1
        self.last_stated = False

    def remember(self, expression: Expression, reading: Reading) -> None:
        """Keep what a later 去年同期, 当月 or 12月 may point to."""
        period = reading.period
        if not period.code or reading.rule.startswith("date.same"):
            return
        self.before_last, self.last = self.last, period
        self.last_at = expression.end
        self.last_stated = reading.stated or (self.last_stated and reading.rule.startswith("date.carried"))
        left = self.text[max(0, expression.start - 6) : expression.start]
        compared = not self.words.firsts("compared.cues").isdisjoint(left)
        if compared:
            clause = re.split(r"[,，。;；:：(（]", left)[-1]
            compared = any(cue in clause for cue in self.words["compared.cues"])
        if not compared and not (period.unit == "day" and self.topic):
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
