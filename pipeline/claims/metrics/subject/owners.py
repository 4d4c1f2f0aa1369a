"""What has a metric by the grammar of its phrase, or by the whole that the clause speaks of."""

import re

from pipeline.claims.metrics.fitting import only_nouns
from pipeline.claims.metrics.lexicon import cue_matcher, cues, metrics
from pipeline.claims.metrics.spot import MetricSpan, lower
from pipeline.claims.reading import Reading

ITEM = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*")  # of a list: (一)集团的盈利
OWNER = 6  # characters of a clause before 的 that can name what has the metric
SCOPE = 8  # characters between a word such as 全球 and the metric


def owner(reading: Reading, metric: MetricSpan) -> str:
    """What has the metric by its grammar: 猪肉 of 猪肉的价格, 这批货 of 这批货的成本."""
    if metric.owner is not None:
        name = ITEM.sub("", reading.text[slice(*metric.owner)].strip())
        if name in cues()["firm_words"]:
            return ""
        return "" if metrics().find(lower(reading.folded[slice(*metric.owner)])) else name  # 扣除能源价格的核心CPI
    start = reading.clause_at(metric.core).start
    before = reading.bare[start : metric.start]
    whole = ITEM.sub("", before.removesuffix("的").lstrip())
    short = 2 <= len(whole) <= OWNER and before.endswith("的") and "\0" not in whole
    return whole.strip() if short and whole not in cues()["pronouns"] | cues()["firm_words"] else ""


def scope(reading: Reading, start: int, metric: MetricSpan) -> str:
    """The whole that a metric is about: 全球智能手机 of 全球智能手机出货量."""
    found = cue_matcher("scopes").find(reading.masked[start : metric.core])
    near = [
        m
        for m in found
        if metric.core - (start + m[1]) <= SCOPE
        and reading.masked[start + m[0] - 1] != "在"
        and only_nouns(reading, start + m[1], metric.core, " 的")
    ]
    if not near:
        return ""
    left = start + near[0][0]
    dated = min((m.start for m in reading.dates_in(left, metric.core)), default=metric.core)  # A股明年盈利
    return reading.text[left:dated].strip(" 的")
