"""Metrics that the lexicon lacks, as written: the nouns in front of a copula or of a verb of growth."""

from pipeline.claims.metrics.fitting import Link, as_written, copula
from pipeline.claims.metrics.lexicon import Metric, cue_matcher, cues
from pipeline.claims.metrics.spot import MetricSpan, noun_chain
from pipeline.claims.metrics.things import names_thing
from pipeline.claims.phrases import is_agent
from pipeline.claims.reading import Clause, Reading
from pipeline.records import Mention


def headed(reading: Reading, amount: Mention, clause: Clause) -> Link | None:
    """A metric that the lexicon lacks: the nouns in front of a copula, as written (移转栋数为2134栋)."""
    if amount.label == "duration":
        return None
    copulas = cue_matcher("copulas").find(reading.masked[clause.start : amount.start])
    if not copulas or copula(reading, clause.start, amount.start) > clause.start + copulas[-1][0]:
        return None
    at = copula(reading, clause.start, amount.start)
    begin = noun_chain(reading, at, reading.tagged(clause.start, at))
    name = reading.text[begin:at].strip()
    if len(name) < 2 or name in cues()["general"] or is_agent(name):
        return None
    metric = as_written(name, amount, "multiple")
    return Link(MetricSpan.alone(metric, begin, at), (at, amount.start), "head")


def grown(reading: Reading, amount: Mention, clause: Clause) -> Link | None:
    """A metric that the lexicon lacks, in front of a verb of growth: the nouns of 第一产业同比增长3.8%, as written."""
    if amount.kind != "percent" or clause.aside:
        return None
    verbs = cue_matcher("growths").find(reading.masked[clause.start : amount.start])
    if not verbs or copula(reading, clause.start, amount.start) > clause.start + verbs[-1][1]:
        return None
    at = copula(reading, clause.start, clause.start + verbs[-1][0])
    words = reading.tagged(clause.start, at)
    begin = noun_chain(reading, at, words)
    if begin == at and words and words[-1][1] == at and words[-1][3] in cues()["noun_tags"]:
        begin = words[-1][0]  # 第一产业: an idiom to the dictionary
    name = reading.text[begin:at].strip()
    if len(name) < 2 or name in cues()["general"] or is_agent(name) or not names_thing(reading, begin, at):
        return None
    if (begin, at) in reading.spans:
        return None
    metric = Metric(name, frozenset({"change"}), "noun", of="state")
    return Link(MetricSpan.alone(metric, begin, at), (at, amount.start), "grown")
