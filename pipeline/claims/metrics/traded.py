"""Prices that the verb behind them tells: 以23元买入1000股, 以32亿美元收购, 以1940元开出."""

from pipeline.claims.metrics.fitting import Link, before_rate
from pipeline.claims.metrics.lexicon import Metric, cue_tuple, trades
from pipeline.claims.metrics.spot import MetricSpan
from pipeline.claims.reading import Clause, Reading
from pipeline.records import Mention

NEAR = 8  # characters before a price in which 以 and what is vague stand
REACH = 12  # characters between a price and the verb of its trade
VAGUE = " 约近超过逾不到高达低至"


def traded(reading: Reading, amount: Mention, clause: Clause) -> Link | None:
    """The price at which something is bought, sold or taken over: behind 以, in front of the verb of the trade."""
    if amount.kind != "money" or clause.aside:
        return None
    before = before_rate(reading.masked[max(clause.start, amount.start - NEAR) : amount.start])  # 以每股42元
    if not before.rstrip(VAGUE).endswith(cue_tuple("at_price")):
        return None
    behind = reading.masked[amount.end : min(amount.end + REACH, clause.end)]
    found = trades().find(behind)
    if not found or reading.amounts_in(amount.end, amount.end + found[0][0]):
        return None
    name = found[0][2]
    if "的" in behind[: found[0][0]]:
        return None  # 以500万欧元的身价转会: what it is has a name
    span = MetricSpan.alone(Metric(name, frozenset({"money"}), "noun"), amount.start)
    return Link(span, (amount.start, amount.start), "traded")
