"""Periods that a value is compared with, and the values that are of such a period: 低于去年同期的9%."""

from pipeline.claims.metrics.dating import closing
from pipeline.claims.metrics.lexicon import cue_matcher, cue_tuple, cues, directions
from pipeline.claims.reading import Reading, once
from pipeline.records import Mention

OWN = 14  # characters between a period and its own value: 较2023年|高峰时期门店数的|320家
BREAKS = frozenset("，。；,;、：:（）()0123456789")
ENDS = ("，", ",")
GROWTH = 8  # characters behind a value in which a noun makes it a change: 较去年同期15亿元的增幅


@once
def is_base(reading: Reading, date: Mention) -> bool:
    """True for a period that is only compared with: 较去年同期, 比2020年."""
    before = reading.masked[max(0, date.start - 4) : date.start].rstrip(" ")
    if before.endswith(cue_tuple("than_its")):
        return True
    found = cue_matcher("bases").find(before)
    if found and found[-1][1] == len(before):
        return True
    behind = reading.masked[date.end : date.end + 2].lstrip()  # 跟去年比
    return behind.startswith(cue_tuple("compared")) and before.endswith(cue_tuple("compared_with"))


def based_period(reading: Reading, amount: Mention) -> Mention | None:
    """The period of a value that stands as a base: 低于去年同期的9%, 低于去年同期（9%）, 较2023年高峰时的320家."""
    start = reading.sentences[reading.sentence_at(amount.start)][0]
    dates = reading.dates_in(start, amount.start)
    if not dates:
        return None
    date = closing(reading, dates[-1])
    between = reading.masked[date.end : amount.start]
    if recorded(between):
        return date  # 较2021年创下的120元高点
    beside = beside_base(reading, date)
    if not (beside or is_base(reading, date)):
        return None
    if not between and not beside:  # 高出去年同期15亿元: by so much; 相较于第二季度795万元的水平: its own
        behind = reading.masked[amount.end : amount.end + GROWTH]
        noun = behind.split("，")[0]
        return date if noun.startswith("的") and not directions().find(noun) else None
    if is_phrase(reading, date, amount) and amount.kind != "percent":
        return date  # 对比去年同期营收106亿元，下滑7%
    if between.endswith("的") and len(between) <= OWN and amount.unit != "pp" and not set(between) & BREAKS:
        return date
    between = between.strip(" \n:>的之(")
    return date if not between or between in cues()["averages"] | cues()["whole_years"] else None


def is_phrase(reading: Reading, date: Mention, amount: Mention) -> bool:
    """True where only a noun stands between a base and a value that ends its clause."""
    between = reading.masked[date.end : amount.start].strip()
    if not between or len(between) > OWN or set(between) & BREAKS or amount.direction:
        return False
    moves = directions().find(between) or any(cue_matcher(name).find(between) for name in ("more", "less"))
    return not moves and reading.masked[amount.end : amount.end + 1] in ENDS


def recorded(between: str) -> bool:
    """True for what links a date and the record that was made then: 2021年|创下的|120元高点, 2021年|高点（|7.49元."""
    between = between.strip()
    if between.rstrip("（(的 ").endswith(cue_tuple("peaks")) and len(between) <= OWN and not set(between[:-1]) & BREAKS:
        return True
    return between.endswith("的") and between[:-1].strip() in cues()["record_verbs"]


def beside_base(reading: Reading, date: Mention) -> bool:
    """True for the period of 接近去年同期的6.4%, 环比上季11.5%: what stands with it is of that time."""
    before = reading.masked[max(0, date.start - 4) : date.start].rstrip(" ")
    return before.endswith(cue_tuple("near_bases"))
