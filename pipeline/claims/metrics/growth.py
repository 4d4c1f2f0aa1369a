"""What follows a value and makes it a change: 94%的增长, 4%按季升幅, 以每年2%的速度快速上升."""

import re

from pipeline.claims.metrics.against import TIMES, before_period
from pipeline.claims.metrics.lexicon import Direction, Metric, cue_matcher, cue_tuple, directions, table
from pipeline.claims.reading import Reading
from pipeline.lexicons import cached
from pipeline.lexicons.trie import trie
from pipeline.records import Mention

PACE = 16  # characters behind a value within which it is called a pace, and which way
GROWTH = 14  # characters behind a value in which a noun of growth ends
NEAR = 6  # characters behind a value within which a direction noun still belongs to it (94%的增长)


def noun_after(reading: Reading, metric: Metric, amount: Mention) -> Direction | None:
    """The direction of 94%的增长, 3%的跌幅; the metric itself tells none (120万桶的减产量)."""
    behind = reading.masked[amount.end : amount.end + NEAR]
    if not behind.startswith("的") or behind.startswith(metric.name, 1):
        return None
    found = directions().find(behind)
    return found[0][2] if found and found[0][0] <= 2 and found[0][2].strength == "change" else None


@cached
def growth_pattern() -> re.Pattern[str]:
    """按年升幅, 的强劲成长幅度: a noun of rise or fall, with what it is measured against and how strong it is."""
    lists = table()
    fill = trie([*lists["fillers"], *(word for name in TIMES for word in lists[name])])
    return re.compile(f"(?:{fill})*+(?:(?P<up>{trie(lists['rises'])})|(?P<down>{trie(lists['falls'])}))")


def growth_after(reading: Reading, amount: Mention) -> Direction | None:
    """The direction of the noun right behind a percentage: 4%按季升幅, 两成的环比增长."""
    if amount.unit != "%":
        return None
    found = growth_pattern().match(reading.masked, amount.end, amount.end + GROWTH)
    if found is None or ("的" not in found.group() and not found.group().endswith(cue_tuple("growth_ends"))):
        return None  # 从三成下降到一成: a verb
    return Direction(found.lastgroup or "", "change")


def time_after(reading: Reading, amount: Mention) -> str:
    """``yoy``, ``qoq`` or ``mom`` of 4%按季升幅."""
    found = growth_pattern().match(reading.masked, amount.end, amount.end + GROWTH)
    text = found.group() if found else ""
    if cue_matcher("previous").find(text):
        return before_period(reading, amount.start)
    return next((name for name in TIMES[:-1] if cue_matcher(name).find(text)), "")


def pace(reading: Reading, amount: Mention) -> Direction | None:
    """The direction of 以每年2%的速度快速上升: by so much in a time."""
    behind = reading.masked[amount.end : amount.end + PACE]
    noun = cue_matcher("paces").find(behind) if behind.startswith("的") else []
    if not noun or noun[0][0] > 6:
        return None
    found = directions().find(behind[noun[0][1] :].split("，")[0])
    return found[0][2] if found and found[0][2].strength == "change" else None
