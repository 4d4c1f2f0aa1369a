"""The metrics that a value can have which no rule is sure of: by looser rules, from around it, and none."""

from collections.abc import Iterator
from itertools import islice

from pipeline.claims.metrics.attachment.heads import heads
from pipeline.claims.metrics.attachment.value import Value
from pipeline.claims.metrics.carried import plain
from pipeline.claims.metrics.counts import crowd
from pipeline.claims.metrics.fitting import Link, fits
from pipeline.claims.metrics.lexicon import PRICE_MOVE, SHARE_PRICE, unit_metrics
from pipeline.claims.metrics.spot import MetricSpan, spot
from pipeline.claims.metrics.unnamed import everyday, moved, told
from pipeline.claims.metrics.written import grown, headed
from pipeline.frozen import frozen

LATEST = 2  # values linked before whose metrics are offered once more


@frozen
class Offer:
    """A metric for a value, or none, and who offers it: the looser rules and the places where it stands."""

    link: Link | None
    by: tuple[str, ...]

    @property
    def first(self) -> str:
        return self.by[0]


def offers(value: Value) -> list[Offer]:
    """What is offered for a value, each metric once; the last offer is none."""
    made: dict[str, tuple[Link, list[str]]] = {}
    for by, link in (*by_looser_rules(value), *around(value), *heads(value), *implied(value)):
        if link is not None:
            made.setdefault(link.metric.predicate, (link, []))[1].append(by)
    return [*(Offer(link, tuple(dict.fromkeys(by))) for link, by in made.values()), Offer(None, ("none",))]


def by_looser_rules(value: Value) -> Iterator[tuple[str, Link | None]]:
    reading, amount, clause = value.reading, value.amount, value.clause
    yield "moved", moved(reading, amount, clause)
    yield "grown", grown(reading, amount, clause)
    yield "headed", headed(reading, amount, clause)
    yield "everyday", everyday(reading, amount, clause)
    yield "crowd", crowd(reading, amount, clause)
    yield "told", told(reading, amount, clause)


def around(value: Value) -> Iterator[tuple[str, Link]]:
    """The metrics of a value's sentence and of the one before, and those of the values before."""
    reading, amount, clause = value.reading, value.amount, value.clause
    gap = (clause.start, amount.start)
    for span in value.near:
        if not fits(span.metric, amount):
            continue
        if span.core >= amount.end:
            if span.end <= clause.end:
                yield "behind", Link(span, gap, "aside" if clause.aside else "right")
        elif span.end <= amount.start:
            if span.core >= clause.start:
                yield "clause", Link(span, (span.end, amount.start), "aside" if clause.aside else "left")
            else:
                yield "sentence", Link(span, gap, "aside" if clause.aside else "carried")
    index = reading.sentence_at(amount.start)
    if index:
        before = [span for span in spot(reading, *reading.sentences[index - 1]) if fits(span.metric, amount)]
        if before:
            yield "sentence before", Link(plain(before[-1]), gap, "series")
    for other in islice(reversed(value.links), LATEST):
        metric = value.links[other].metric
        if fits(metric.metric, amount):
            here = reading.sentence_at(other.start) == index
            yield "told here" if here else "told before", Link(plain(metric), gap, "carried" if here else "series")


def implied(value: Value) -> Iterator[tuple[str, Link]]:
    """The metrics that no word names: a price, that of a share, what the unit says."""
    amount, gap = value.amount, (value.clause.start, value.amount.start)
    if amount.kind == "money":
        yield "price", Link(MetricSpan.alone(PRICE_MOVE, amount.start), gap, "price")
    if amount.kind in ("money", "percent") and amount.label != "multiple" and amount.unit != "pp":
        yield "share price", Link(MetricSpan.alone(SHARE_PRICE, amount.start), gap, "moved")
    by_unit = unit_metrics().get(amount.unit)
    if by_unit is not None:
        yield "unit", Link(MetricSpan.alone(by_unit, amount.start), gap, "unit")
