"""Values of one metric at one time after the other, each with nothing but its time: 2023年为13.2%。2024年升至14.5%。"""

from pipeline.claims.metrics.carried import plain
from pipeline.claims.metrics.fitting import TOLD, Link, fits, unexplained
from pipeline.claims.metrics.lexicon import cue_matcher
from pipeline.claims.metrics.spot import MetricSpan, spot
from pipeline.claims.reading import Clause, Reading
from pipeline.records import Mention

BACK = 90  # characters between a value and the one whose metric it has
LOOSE = TOLD | {"aside", "price", "table", "listed", "moved"}  # patterns whose metric no later sentence goes on with


def dated_next(reading: Reading, amount: Mention, clause: Clause, links: dict[Mention, Link]) -> Link | None:
    """The metric of the last value of the sentence before, for one that stands behind its time alone."""
    if clause.aside or not links or not reading.dates_in(clause.start, amount.start):
        return None
    value = next(reversed(links))
    found = links[value]
    near = (
        0 < amount.start - value.end <= BACK
        and reading.sentence_at(amount.start) - reading.sentence_at(value.start) == 1
    )
    if not near or value.unit != amount.unit or found.how in LOOSE or not fits(found.metric.metric, amount):
        return None
    if unexplained(reading, clause.start, amount.start) or reading.subjects_in(clause.start, amount.start):
        return None
    return Link(plain(found.metric), (clause.start, amount.start), "series")


def pointed(
    reading: Reading, amount: Mention, clause: Clause, spans: list[MetricSpan], links: dict[Mention, Link]
) -> Link | None:
    """The metric told of last, for a value of what points at it: 这一数字较去年增长5%, 2019年该数据达到5%."""
    found = cue_matcher("figures_pointed_at").find(reading.masked[clause.start : amount.start])
    if clause.aside or not found:
        return None
    gap = (clause.start + found[-1][1], amount.start)
    if unexplained(reading, *gap) > 2:
        return None
    index = reading.sentence_at(amount.start)
    named = [s for s in spans if s.end <= clause.start and s.metric.role == "noun" and fits(s.metric, amount)]
    if not named and index:
        before = spot(reading, *reading.sentences[index - 1])
        named = [s for s in before if s.metric.role == "noun" and fits(s.metric, amount)]
    told = next(reversed(links), None)
    if told is not None and (not named or named[-1].core <= links[told].metric.core):
        last = links[told]
        near = amount.start - told.end <= 2 * BACK and last.how not in LOOSE and fits(last.metric.metric, amount)
        return Link(plain(last.metric), gap, "series") if near else None
    return Link(plain(named[-1]), gap, "series") if named else None
