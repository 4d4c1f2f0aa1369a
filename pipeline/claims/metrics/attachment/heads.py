"""Words beside a value that can name what it measures: the noun in front, the noun behind, the verb in front."""

from collections.abc import Iterator

from pipeline.claims.metrics.attachment.value import Value
from pipeline.claims.metrics.fitting import Link, as_written, copula
from pipeline.claims.metrics.lexicon import cues, directions
from pipeline.claims.metrics.spot import MetricSpan, noun_chain
from pipeline.claims.phrases import units

LONGEST = 10  # characters of a noun that names a metric
SHORTEST = 2
REACH = 40  # characters from a value to a word that names it


def heads(value: Value) -> Iterator[tuple[str, Link]]:
    """The metrics that the lexicon lacks, each as written."""
    if value.amount.label == "price":
        return
    yield from noun_in_front(value)
    yield from noun_behind(value)
    yield from verb_in_front(value)


def noun_in_front(value: Value) -> Iterator[tuple[str, Link]]:
    reading, amount, clause = value.reading, value.amount, value.clause
    first = max(clause.start, amount.start - REACH)
    end = copula(reading, first, amount.start)
    start = noun_chain(reading, end, reading.tagged(first, end))
    name = reading.text[start:end].strip()
    if SHORTEST <= len(name) <= LONGEST and name not in cues()["general"]:
        more = ("change",) if amount.kind == "percent" else ()
        metric = as_written(name, amount, "multiple", *more)
        yield "noun", Link(MetricSpan.alone(metric, start, end), (end, amount.start), "head")


def noun_behind(value: Value) -> Iterator[tuple[str, Link]]:
    """The nouns that touch a value, or its 的: 16家|俱乐部, 34.6%的|年度收益."""
    reading, amount, clause = value.reading, value.amount, value.clause
    of = reading.masked.startswith("的", amount.end)
    start = end = amount.end + of
    head = start  # where the last noun ends
    for left, right, _, tag in reading.tagged(start, min(clause.end, start + REACH)):
        noun = tag[0] == "n" or tag == "vn"
        if left != end or right - start > LONGEST or (left, right) in reading.spans or not (noun or tag[0] in "vabjx"):
            break
        end = right
        head = right if noun else head
    name = reading.text[start:head].strip()
    if len(name) >= SHORTEST:
        metric = as_written(name, amount, "multiple")
        link = Link(MetricSpan.alone(metric, start, head), (clause.start, amount.start), "right")
        yield "noun behind of" if of else "noun behind", link


def verb_in_front(value: Value) -> Iterator[tuple[str, Link]]:
    """The last verb of the clause up to a value, but for those of rise and fall."""
    start = max(value.clause.start, value.amount.start - REACH)
    found = units(value.reading, start, value.amount.start)
    verb = next((one for one in reversed(found) if one.kind == "verb"), None)
    if verb is not None and verb.word not in cues()["plain_verbs"] and not directions().find(verb.word):
        span = MetricSpan.alone(as_written(verb.word, value.amount), verb.start, verb.end)
        yield "verb", Link(span, (verb.end, value.amount.start), "verb")
