"""Counts of what is done to many: 交付了9215辆汽车, 共交付智能汽车3667辆, 卖出新车3003辆."""

from pipeline.claims.metrics.fitting import Link, fits
from pipeline.claims.metrics.lexicon import cues, deeds, metrics
from pipeline.claims.metrics.spot import MetricSpan
from pipeline.claims.phrases import units
from pipeline.claims.reading import Clause, Reading
from pipeline.records import Mention

PASSED = frozenset({"adverb", "aux", "conj", "amount", "time", "mark", "prep"})  # between a deed and its count
NOUNS = 3  # words between them that name what it is done to


def done(reading: Reading, amount: Mention, clause: Clause, spans: list[MetricSpan]) -> Link | None:
    """What the verb in front of a count and of its noun says is counted (交付: 交付量); None for other verbs."""
    if amount.kind != "quantity" or amount.label == "duration" or clause.aside:
        return None
    found = units(reading, clause.start, amount.start)
    while found and (found[-1].kind in PASSED or found[-1].word in cues()["connectors"]):
        found = found[:-1]
    for _ in range(NOUNS):
        if found and found[-1].kind in ("noun", "entity") and not deeds().find(found[-1].word):
            found = found[:-1]
    if not found:
        return None
    known = deeds().ending(reading.masked, clause.start, found[-1].end)
    if known is None or any(known[0] < span.end and span.core < amount.start for span in spans):
        return None
    name = known[2]
    metric = metrics().whole(name)
    if metric is None or not fits(metric, amount):
        return None
    return Link(MetricSpan.alone(metric, known[0], known[1]), (known[1], amount.start), "left")
