"""Values in brackets: of their own metric, of the one before the bracket, or of the value before it."""

from pipeline.claims.metrics.fitting import Link, fits, unexplained
from pipeline.claims.metrics.link import ADJACENT, behind, governing
from pipeline.claims.metrics.measure import measure_of
from pipeline.claims.metrics.spot import MetricSpan
from pipeline.claims.reading import Clause, Reading
from pipeline.frozen import replace
from pipeline.records import Mention


def in_aside(
    reading: Reading, amount: Mention, clause: Clause, spans: list[MetricSpan], earlier: list[tuple[Mention, Link]]
) -> Link | None:
    """A value in brackets: of its own metric, of the metric before the bracket, or of the value before it."""
    own = next(governing(reading, clause, amount, spans), None)
    right = behind(reading, amount, clause, spans)
    if right is not None and own is None:
        return Link(right, (clause.start, amount.start), "aside")
    if own is not None:
        return Link(own, (own.end, amount.start), "aside")
    opened = max(reading.masked.rfind(sign, 0, amount.start) for sign in "(（【[")
    if converts(reading, amount, opened):
        return None
    host = [s for s in spans if s.end <= opened and fits(s.metric, amount)]
    values = [pair for pair in earlier if pair[0].end <= opened]
    if values and (not host or host[-1].end <= values[-1][0].end):
        value, link_ = values[-1]
        if value.kind == amount.kind == "quantity" and value.unit != amount.unit:
            return None  # 100万片（折合8英寸）
        if same := same_move(reading, amount, opened, value, link_):
            return same
        return Link(link_.metric, (clause.start, amount.start), "aside") if fits(link_.metric.metric, amount) else None
    if host and unexplained(reading, host[-1].end, opened) <= ADJACENT:
        return Link(host[-1], (clause.start, amount.start), "aside")
    return None


def same_move(reading: Reading, amount: Mention, opened: int, value: Mention, link_: Link) -> Link | None:
    """The link of a move that the bracket behind it says once more as a share: 跌300点（1.2%）, 减少3亿元（约5%）."""
    if amount.unit != "%" or amount.direction or value.kind == "percent" or opened != value.end:
        return None
    told = measure_of(reading, link_.metric.metric, value, link_.gap)
    if told.measure != "change" or told.direction not in ("up", "down"):
        return None
    metric = replace(link_.metric.metric, takes=frozenset({f"change_{told.direction}"}))
    return Link(replace(link_.metric, metric=metric), link_.gap, "aside")


def converts(reading: Reading, amount: Mention, opened: int) -> bool:
    """True for a sum that says once more what stands before its bracket: 7650亿日元（约合96亿美元）.

    In （2024年：96亿） it is another year's.
    """
    if amount.kind != "money" or reading.dates_in(opened, amount.start):
        return False
    before = reading.overlapping(max(0, opened - 2), opened)
    return bool(before) and before[-1].kind == "money" and not reading.masked[before[-1].end : opened].strip()
