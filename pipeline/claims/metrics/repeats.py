"""Values that have the metric of a value before them: 从9元上调至12元, 增长15%、32%, lines of one form."""

from pipeline.claims.metrics.fitting import TOLD, Link, before_rate, fits
from pipeline.claims.metrics.lexicon import cue_tuple
from pipeline.claims.metrics.lists import is_item, line_above
from pipeline.claims.metrics.measure import last_direction
from pipeline.claims.reading import Clause, Reading
from pipeline.frozen import replace
from pipeline.records import Mention

Linked = list[tuple[Mention, Link]]
VAGUE = "约近超逾达"  # in front of any value of a row: 增长4倍和超3倍
ROW = " ,，、和与及/或"  # between values that say the same of several years or things


def repeated(reading: Reading, amount: Mention, clause: Clause, linked: Linked) -> Link | None:
    """The link of the value before, where this one is where that went, or stands in a row with it."""
    if clause.aside:
        return None
    before = next((pair for pair in reversed(linked) if not reading.clause_at(pair[0].start).aside), None)
    if before is None or not alike(before[0], amount):
        return None
    value, found = before
    if not fits(found.metric.metric, amount):
        return None
    if reading.clause_at(value.start) == clause and is_goal(reading, value, amount):
        return replace(found, gap=(value.end, amount.start))
    between = reading.masked[value.end : amount.start].strip(ROW + VAGUE)
    if value.unit in ("%", "x") and value.end < amount.start and not between:
        return found  # 增长15%, 32%: the verb is that of the first
    return None


def alike(value: Mention, amount: Mention) -> bool:
    """True for two values of one unit; sums may differ in what they are per (9元, 每月12元)."""
    return value.unit == amount.unit or value.kind == amount.kind == "money"


def is_goal(reading: Reading, value: Mention, amount: Mention) -> bool:
    """True for 12元 of 从9元（约70港元）上调至12元: a move and 至 between, and the first value behind 从."""
    between = before_rate(reading.masked[value.end : amount.start]).rstrip()  # 上调至每月12元
    if not between.endswith(cue_tuple("targets")) or last_direction(reading, value.end, amount.start) is None:
        return False
    return reading.masked[max(0, value.start - 4) : value.start].rstrip().endswith(cue_tuple("from_words"))


def parallel(reading: Reading, amount: Mention, links: dict[Mention, Link]) -> Link | None:
    """The link of the value in the same place of the line above, where both are lines of a list.

    移动：39元/155G, then 电信：29元/155G.
    """
    line = reading.line_of(amount.start)
    above = line_above(reading, line)
    if above is None:
        return None
    here, there = reading.amounts_in(*line), reading.amounts_in(*above)
    at = here.index(amount)
    if at >= len(there) or there[at].unit != amount.unit or there[at] not in links:
        return None
    if not is_item(reading, line[0], here[0]) or not is_item(reading, above[0], there[0]):
        return None
    found = links[there[at]]
    named = found.metric.end > found.metric.core >= above[0]  # in its own line, and may be so for that one only
    if found.how in TOLD or (named and len(here) != len(there)):
        return None
    how = "price" if found.how == "price" else "listed"
    return Link(found.metric, (reading.clause_at(amount.start).start, amount.start), how)
