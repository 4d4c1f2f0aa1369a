"""What a value can be a value of: kinds of metrics, and the words that may stand between the two."""

from pipeline.claims.metrics.cover import Cover
from pipeline.claims.metrics.lexicon import Metric, cue_matcher, cue_tuple, cues, gap_matcher
from pipeline.claims.metrics.spot import MetricSpan
from pipeline.claims.reading import Reading, Span, once
from pipeline.frozen import frozen
from pipeline.lexicons.matcher import Matcher
from pipeline.records import Mention

TOLD = frozenset({"unit", "noun", "verb"})  # patterns of metrics that only a word beside the value tells


@frozen
class Link:
    """A metric, and ``gap``: the text whose cues say what the value is of it. ``how`` names the pattern."""

    metric: MetricSpan
    gap: Span
    how: str


def fits(metric: Metric, amount: Mention) -> bool:
    """True where the metric can have a value of this unit, as level, change, ratio or share."""
    takes = metric.takes
    if amount.label == "duration":
        return "duration" in takes
    if "previous" in takes:
        return True
    if amount.kind == "quantity":
        return bool(takes & {"count", "index", "forecast"}) and amount.unit in metric.units
    if amount.kind == "money":
        return bool(takes & {"money", "forecast", "index"})
    if amount.label == "multiple":
        return takes not in ({"rate"}, {"duration"})
    return metric.role == "noun" or takes != {"duration"}


def value_kind(amount: Mention) -> str:
    """The kind of a value as far as it tells what it is and who can have it: ``%`` apart from ``multiple``."""
    if amount.label in ("price", "multiple", "duration"):
        return amount.label
    return amount.unit if amount.unit in ("%", "pp") else amount.kind


def as_written(name: str, amount: Mention, *more: str) -> Metric:
    """A metric that the lexicon lacks, of the kind of its value, and what ``more`` it takes."""
    kinds = {"money": "money", "quantity": "count"}
    takes = "duration" if amount.label == "duration" else kinds.get(amount.kind, "rate")
    return Metric(name, frozenset({takes, *more}), "noun")


LONGEST_RATE = 6  # characters: 每平方英尺


def before_rate(text: str, unit: str = "") -> str:
    """What stands in front of a value, without what the value is per: 猪肉 of 猪肉每斤, of 猪肉一斤 for CNY/斤."""
    at = max(text.rfind(word, 1) for word in cue_tuple("rates"))
    if at > 0 and len(text) - at <= LONGEST_RATE:
        return text[:at]
    single = f"一{unit.rpartition('/')[2]}" if "/" in unit else ""
    return text.removesuffix(single) if len(text) > len(single) else text


def unexplained(reading: Reading, start: int, end: int) -> int:
    """How many characters of a gap are no cue, date, number or entity."""
    return uncovered(reading, start, end, gap_matcher())


def uncovered(reading: Reading, start: int, end: int, words: Matcher[str]) -> int:
    """How many characters of a gap are no mention and none of some words."""
    return cover(reading, words).gaps(start, end) if start < end else 0


@once
def cover(reading: Reading, words: Matcher[str]) -> Cover:
    return Cover(reading, words)


def only_nouns(reading: Reading, start: int, end: int, marks: str = " ") -> bool:
    """True where nothing but names, modifiers and ``marks`` stands in ``start:end``."""
    tags = cues()["noun_tags"] | {"a", "b", "m", "d", "vn", "n"}
    return all(
        (a, b) in reading.spans or part in tags
        for a, b, word, part in reading.tagged(start, end)
        if word.strip(marks).strip()
    )


def ends_word(reading: Reading, start: int, end: int) -> bool:
    """True where a connector of one character is only the end of a word: 营收."""
    return end - start == 1 and any(left < start and right == end for left, right, *_ in reading.tagged(start, end))


def before_cost(reading: Reading, start: int, end: int) -> int:
    """Where what stands between a thing and its price begins: connectors, and a word for what it costs (要60块)."""
    at = copula(reading, start, end)
    costs = cue_matcher("costs").ending(reading.masked, start, at)
    return at if costs is None else copula(reading, start, costs[0])


def copula(reading: Reading, start: int, end: int) -> int:
    """Where the connectors in front of a value begin."""
    at = end
    while True:
        found = cue_matcher("connectors").ending(reading.masked, start, at)
        if found is None or ends_word(reading, found[0], at):
            return at
        at = found[0]
