"""Shares that somebody deals in or holds: 减持苹果股票4180万股, 买入20万股英伟达, 拟减持不超过2%股份."""

from pipeline.claims.metrics.fitting import Link, uncovered
from pipeline.claims.metrics.lexicon import Metric, cue_matcher, cue_tuple, cues, holding_matcher
from pipeline.claims.metrics.link import SHARES
from pipeline.claims.metrics.spot import MetricSpan
from pipeline.claims.reading import Clause, Reading
from pipeline.records import Mention

NAME = 1  # characters between a count and the name of whose shares they are: 2000股的隆基


def dealt_in(reading: Reading, amount: Mention, clause: Clause) -> Link | None:
    """A number or a part of the shares of a company, behind what is done with them, which is the metric."""
    if clause.aside or not counts_shares(reading, amount, clause):
        return None
    deeds = cue_matcher("share_deeds").find(reading.masked[clause.start : amount.start])
    if not deeds:
        return None
    left, right, deed = deeds[-1]
    start, end = clause.start + left, clause.start + right
    if uncovered(reading, end, amount.start, holding_matcher()) or reading.has_amount(end, amount.start):
        return None
    name = deed
    if deed in cues()["share_holdings"]:
        if amount.unit == "%":
            return None  # 持股比例 has a line of its own
        name = SHARES
    takes = frozenset({"count", "rate", "held"})
    return Link(MetricSpan.alone(Metric(name, takes, "noun"), start, end), (end, amount.start), "left")


def counts_shares(reading: Reading, amount: Mention, clause: Clause) -> bool:
    """True for 500万股, for 2% in front of 股份, and for 300张 beside the name of a company."""
    if amount.unit == "%":
        behind = reading.masked[amount.end : amount.end + 4].removeprefix("的")
        return behind.startswith(cue_tuple("share_nouns"))
    if amount.kind != "quantity" or amount.unit not in cues()["share_units"]:
        return False
    if amount.unit == "股":
        return True
    firms = [m for m in reading.entities_in(clause.start, clause.end) if m.label in ("ORG", "PRODUCT")]
    return any(0 <= m.start - amount.end <= NAME or 0 <= amount.start - m.end <= NAME for m in firms)
