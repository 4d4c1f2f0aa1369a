"""Price targets that houses set without saying so again: 高盛由7300元调至12000元, 晨星的2700元."""

from pipeline.claims.metrics.carried import plain
from pipeline.claims.metrics.fitting import Link
from pipeline.claims.metrics.roles import is_house
from pipeline.claims.metrics.spot import MetricSpan, spot
from pipeline.claims.reading import Clause, Reading
from pipeline.records import Mention

BACK = 240  # characters over which a price target is still spoken of
NEAR = 12  # characters between a house and its target
VIEW = "view"


def rated(
    reading: Reading, amount: Mention, clause: Clause, spans: list[MetricSpan], links: dict[Mention, Link]
) -> Link | None:
    """The price target that was spoken of last, for a sum behind the house that sets it; None for other sums."""
    if amount.kind != "money" or amount.label == "price" or clause.aside:
        return None
    houses = [m for m in reading.entities_in(clause.start, amount.start) if m.label == "ORG"]
    if not houses or not is_house(houses[-1]) or amount.start - houses[-1].end > NEAR:
        return None
    if any(houses[-1].end <= span.core < amount.start for span in spans):
        return None  # it has a metric of its own
    target = spoken_of(reading, amount, spans, links)
    return Link(plain(target), (houses[-1].end, amount.start), "carried") if target is not None else None


def spoken_of(
    reading: Reading, amount: Mention, spans: list[MetricSpan], links: dict[Mention, Link]
) -> MetricSpan | None:
    """The price target named last before a value, in its sentence, the one before or of another value in its line."""
    own = [span for span in spans if VIEW in span.metric.takes and span.end <= amount.start]
    index = reading.sentence_at(amount.start)
    if not own and index:
        own = [span for span in spot(reading, *reading.sentences[index - 1]) if VIEW in span.metric.takes]
    if own:
        return own[-1]
    first = max(amount.start - BACK, reading.line_of(amount.start)[0])
    for value, link in reversed(links.items()):
        if value.start < first:
            return None
        if VIEW in link.metric.metric.takes:
            return link.metric
    return None
