"""Shares of a whole: 占营收的87%, 贡献87%营收, 覆盖90%的AI框架."""

from pipeline.claims.metrics.fitting import Link, copula
from pipeline.claims.metrics.lexicon import Metric, cue_matcher, cues, directions, metrics
from pipeline.claims.metrics.spot import MetricSpan, lower
from pipeline.claims.phrases import is_agent, is_person, units
from pipeline.claims.reading import Clause, Reading, Span
from pipeline.records import Mention

POLLED = Metric("占比", frozenset({"rate"}), "noun", of="person")
SHARE = 16  # characters between a verb of share and its value


def share_of(reading: Reading, clause: Clause, found: Link, amount: Mention) -> tuple[str, str] | None:
    """Predicate and whole of a share, None for what is none.

    占营收的87% has the whole before the value, 贡献87%营收 behind it; 利润率占营收的7% has a metric of its own.
    """
    if amount.unit != "%" or found.how == "grown":
        return None
    text = reading.masked[clause.start : amount.start]
    verbs = [m for m in cue_matcher("shares").find(text) if not inside_metric(found.metric, clause.start + m[0])]
    if not verbs or amount.start - (clause.start + verbs[-1][1]) > SHARE:
        return None
    left = clause.start + verbs[-1][1]
    whole = reading.text[left : copula(reading, left, amount.start)].strip(" 的了")
    span = found.metric
    of_whole = [m for m in metrics().find(lower(whole)) if m[1] == len(whole) and m[2].name in cues()["share_metrics"]]
    if of_whole:  # 占美国搜索份额约90%
        return of_whole[-1][2].name, whole[: of_whole[-1][0]]
    if span.metric.role == "noun" and span.end <= clause.start + verbs[-1][0]:
        named = span.predicate if span.metric.takes & {"rate"} else span.predicate + "占比"
        return named, whole
    if found.how == "right":
        share = bool(span.metric.takes & {"rate"})
        return (span.metric.name, modifier(reading, span)) if share else (span.predicate + "占比", span.predicate)
    if span.metric.role == "verb" and span.metric.name != "占比":
        return span.metric.name, whole or noun_behind(reading, amount.end, clause.end)
    return "占比", whole or noun_behind(reading, amount.end, clause.end)


def polled(reading: Reading, amount: Mention, clause: Clause) -> Link | None:
    """The share of those who do or think something: 62%的受访者倾向购买二手房."""
    if amount.unit != "%" or amount.direction or people_behind(reading, amount, clause) is None:
        return None
    span = MetricSpan.alone(POLLED, amount.start)
    return Link(span, (clause.start, amount.start), "polled")


def people_behind(reading: Reading, amount: Mention, clause: Clause) -> Span | None:
    """The people, or firms, right behind a share, in front of what they do: 受访者 of 62%的受访者倾向购买二手房."""
    found = units(reading, amount.end, clause.end)
    first = 1 if found and found[0].kind == "de" else 0
    last = first
    while last < len(found) and found[last].kind == "noun" and not found[last].tag.startswith("v"):
        last += 1
    if last == first or last == len(found) or found[last].kind not in ("verb", "adverb", "aux", "prep", "noun"):
        return None
    head, behind = found[last - 1].word, found[last].word
    if head in cues()["no_polled"] or any(left == 0 for left, _, _ in directions().find(behind)):
        return None  # 99%的人不知道; 30%的用户增长
    return (found[first].start, found[last - 1].end) if is_person(head) or is_agent(head) else None


def inside_metric(span: MetricSpan, offset: int) -> bool:
    return span.metric.role == "noun" and span.start <= offset < span.end


def modifier(reading: Reading, span: MetricSpan) -> str:
    return reading.text[slice(*span.modifier)].strip() if span.modifier else ""


def noun_behind(reading: Reading, start: int, end: int) -> str:
    """The noun phrase of 覆盖90%的AI框架."""
    text = reading.masked[start:end]
    if not text.startswith("的"):
        return ""
    stop = start + 1
    for left, right, word, part in reading.tagged(start + 1, end):
        if left != stop or not (part in cues()["noun_tags"] or word.isascii()):
            break
        stop = right
    return reading.text[start + 1 : stop].strip()
