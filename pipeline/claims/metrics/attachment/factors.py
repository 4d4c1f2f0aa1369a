"""What speaks for or against each metric that a value is offered.

A factor is a family and what it says. ``kind`` is the kind of the value, ``first`` who offers a metric first.
"""

from collections.abc import Iterator, Sequence

from pipeline.claims.metrics.attachment.offers import Offer
from pipeline.claims.metrics.attachment.value import Value
from pipeline.claims.metrics.fitting import Link, fits, unexplained, value_kind
from pipeline.claims.metrics.lexicon import directions
from pipeline.claims.metrics.spot import MetricSpan
from pipeline.claims.scales import SEPARATOR, Factor, step

BESIDE = 8  # characters in front of a value of which the last are looked at
RECENT = 8  # values linked before that may have had a metric already
SHORT = 3  # characters between a metric and a value that are a factor as they stand
BREAKS = "，,、；;"
HELD = str.maketrans({"\n": "¶", "\r": "¶", SEPARATOR: "¦", "\0": "_", '"': "”"})


class Asked:
    """What is the same for all offers of a value."""

    def __init__(self, value: Value, offered: Sequence[Offer]) -> None:
        reading, amount, clause = value.reading, value.amount, value.clause
        self.value = value
        self.kind = value_kind(amount)
        self.fitting = [span for span in value.near if fits(span.metric, amount)]
        can = [span for span in self.fitting if clause.start <= span.core and span.end <= clause.end]
        self.ahead = sum(span.end <= amount.start for span in can)
        self.shape = f"{step(self.ahead, 0, 1)} {step(len(can) - self.ahead, 0)}"
        who = reading.subjects_in(clause.start, amount.start)
        self.who = who[-1].label if who else "nobody"
        low = amount.value_min if amount.value_min is not None else amount.value_max
        self.size = str(low.adjusted()) if low else ""
        self.last = value.linked[-1] if value.linked else None
        self.had = {link.metric.core for _, link in value.linked[-RECENT:]}
        self.rule = offered[0].first
        masked = reading.masked
        front = shape(masked[max(clause.start, amount.start - BESIDE) : amount.start].rstrip(" "))
        behind = shape(masked[amount.end : amount.end + 2])
        self.beside = (("front", front[-1:]), ("fronts", front[-2:]), ("behind", behind[:1]), ("behinds", behind))


def shape(text: str) -> str:
    """Text with all digits and all Latin letters alike, and without what a lexicon's line cannot hold."""
    return "".join("#" if c.isdigit() else "a" if c.isascii() and c.isalpha() else c for c in text).translate(HELD)


def factors(value: Value, offered: Sequence[Offer]) -> list[list[Factor]]:
    """The factors of each offer."""
    asked = Asked(value, offered)
    return [list(of_none(asked) if one.link is None else of_metric(asked, one, one.link)) for one in offered]


def of_none(asked: Asked) -> Iterator[Factor]:
    amount, kind = asked.value.amount, asked.kind
    yield "none", kind
    yield "none label", kind, amount.label
    yield "none unit", amount.unit
    yield "none shape", asked.shape, kind
    yield "none who", asked.who, kind
    yield "none aside", str(asked.value.clause.aside), kind
    yield "none qualifier", amount.qualifier
    yield "none size", asked.size, kind
    yield "none rule", asked.rule, kind
    yield "none after", asked.last[1].how if asked.last else "", kind
    for place, text in asked.beside:
        yield f"none {place}", text
        yield f"none {place}", text, kind


def of_metric(asked: Asked, one: Offer, link: Link) -> Iterator[Factor]:
    amount, kind, first = asked.value.amount, asked.kind, one.first
    span, metric = link.metric, link.metric.metric
    for by in one.by:
        yield "by", by
        yield "by", by, kind
    yield "how", link.how, kind
    yield "versus", first, asked.rule
    yield "metric", metric.name, kind
    yield "of", metric.of, kind
    yield "of who", metric.of, asked.who, kind
    yield "role", metric.role, kind, first
    for take in sorted(metric.takes):  # the same order in every process
        yield "takes", take, kind
    yield "ends", span.predicate[-1:]
    yield "ends", span.predicate[-1:], kind
    yield "long", step(len(span.predicate), 2, 3, 4, 6, 9)
    yield "modified", str(span.start < span.core), first
    yield "who", asked.who, kind, first
    yield "size", asked.size, kind, first
    yield "size of", metric.name, asked.size, amount.unit
    if asked.last is not None:
        before, last = asked.last
        same = "same" if last.metric.predicate == span.predicate else "another"
        unit = "same unit" if before.unit == amount.unit else "another unit"
        yield "after", last.how, first
        yield "after", same, unit, kind
        yield "after", same, unit, first
    for place, text in asked.beside:
        yield place, text
        yield place, text, first
    if span.end == span.core:
        yield "implied shape", first, asked.shape
    elif span.end <= amount.start:
        yield from in_front(asked, span)
    else:
        yield from standing_behind(asked, span)


def in_front(asked: Asked, span: MetricSpan) -> Iterator[Factor]:
    """How a metric stands in front of its value."""
    reading, amount, clause = asked.value.reading, asked.value.amount, asked.value.clause
    kind = asked.kind
    between = reading.masked[span.end : amount.start]
    place = "here" if span.core >= clause.start else "earlier"
    noise = step(unexplained(reading, max(span.end, clause.start), amount.start), 0, 1, 3, 6, 12, 24)
    yield "noise", place, noise
    yield "noise", place, noise, kind
    yield "values between", place, step(len(reading.amounts_in(span.end, amount.start)), 0, 1, 2)
    yield "breaks", step(sum(map(between.count, BREAKS)), 0, 1, 2, 4)
    closer = sum([span.end <= other.core and other.end <= amount.start for other in asked.fitting])
    yield "closer", place, step(closer, 0, 1, 2)
    text = between.strip(" \0")
    if len(text) <= SHORT:
        text = shape(text)
        yield "between", place, text
        yield "between", place, text, kind
    if directions().find(between):
        yield "moves", place, kind
    yield "had", place, str(span.core in asked.had), kind


def standing_behind(asked: Asked, span: MetricSpan) -> Iterator[Factor]:
    """How a metric stands behind its value."""
    text = asked.value.reading.masked[asked.value.amount.end : span.core]
    yield "to metric", shape(text) if len(text) <= SHORT else "long"
    yield "to metric long", step(len(text), 0, 1, 3, 6)
    yield "metrics ahead", step(asked.ahead, 0, 1)
