"""Counts of what no metric of the lexicon names: people, shares that rise, what somebody has or does so many times."""

from decimal import Decimal

from pipeline.claims.metrics.fitting import Link, copula
from pipeline.claims.metrics.lexicon import (
    Metric,
    cue_matcher,
    cue_tuple,
    cues,
    deeds,
    dimensions,
    metrics,
    units_for,
)
from pipeline.claims.metrics.spot import MetricSpan
from pipeline.claims.phrases import is_agent
from pipeline.claims.reading import Clause, Reading
from pipeline.records import Mention

NOUN = 10  # characters of what is counted
MANY = Decimal(100)  # people: fewer are those that somebody meets


def counted(reading: Reading, amount: Mention) -> Link | None:
    """People that are counted by their noun (500万开发者): the noun is the metric."""
    if amount.unit != "人":
        return None
    text = reading.folded[amount.start : amount.end]
    noun = text.lstrip("0123456789.,+-~多余几数上百千万亿两一二三四五六七八九十约 个位名")
    if not noun or noun == "人":
        return None
    metric = Metric(noun, frozenset({"count"}), "noun")
    at = amount.end - len(noun)
    return Link(MetricSpan(at, at, amount.end, metric, noun + "数"), (amount.start, amount.start), "counted")


def breadth(reading: Reading, amount: Mention, clause: Clause) -> Link | None:
    """How many shares rose or fell: 跌停40家, 3500多家下跌, 近900只个股上涨."""
    if amount.unit not in cues()["issue_units"]:
        return None
    before = reading.masked[clause.start : copula(reading, clause.start, amount.start)]
    behind = reading.masked[amount.end : clause.end].lstrip("个股票公司")
    word = next((word for word in cue_tuple("issue_moves") if behind.startswith(word)), "")
    word = word or next((word for word in cue_tuple("issue_moves") if before.endswith((word, word + "个股"))), "")
    if not word:
        return None
    metric = Metric(word + "家数", frozenset({"count"}), "noun")
    span = MetricSpan.alone(metric, amount.start)
    return Link(span, (amount.start, amount.start), "counted")


def crowd(reading: Reading, amount: Mention, clause: Clause) -> Link | None:
    """Many people that do something, by what they are called: 60万户投资者申购, 1.3亿人下载."""
    low = amount.value_min if amount.value_min is not None else amount.value_max
    if amount.unit not in cues()["crowd_units"] or low is None or low < MANY or clause.aside:
        return None
    words = [word for word in reading.tagged(amount.end, clause.end) if word[2].strip()]
    if not words:
        return None
    left, end, word, part = words[0]
    written = reading.text[left:end]
    if part.startswith("n") and is_agent(word):
        name = written + "数"
    elif part.startswith(("v", "d")):
        end, name = amount.end, (written if part == "v" and len(word) > 1 else "") + "人数"
    else:
        return None
    metric = Metric(name, frozenset({"count"}), "noun")
    return Link(MetricSpan.alone(metric, amount.end, end), (amount.start, amount.start), "counted")


def sized(reading: Reading, amount: Mention, clause: Clause) -> Link | None:
    """How long or heavy something is by an adjective (重249克, 厚7.9毫米), or what is so large (…，256GB硬盘)."""
    if amount.label != "measure" or clause.aside or reading.masked.startswith("的", amount.end):
        return None
    at = copula(reading, clause.start, amount.start)
    name = dimensions().get(reading.masked[at - 1 : at])
    words = reading.tagged(max(clause.start, at - 1), at)
    if name is not None and words and words[-1][:2] == (at - 1, at) and amount.unit in units_for(name):
        metric = Metric(name, frozenset({"count"}), "noun")
        return Link(MetricSpan.alone(metric, at - 1, at), (at, amount.start), "noun")
    if reading.masked[clause.start : at].strip() or not clause.before:
        return None
    words = [word for word in reading.tagged(amount.end, clause.end) if word[2].strip()]
    if not words or any(w[3] not in cues()["noun_tags"] or w[:2] in reading.spans for w in words):
        return None
    name = reading.text[amount.end : clause.end].strip()
    if not 2 <= len(name) <= NOUN or name in cues()["general"]:
        return None
    metric = Metric(name, frozenset({"count"}), "noun")
    return Link(MetricSpan.alone(metric, amount.end, clause.end), (amount.start, amount.start), "noun")


def had(reading: Reading, amount: Mention, clause: Clause) -> Link | None:
    """What is counted, behind a verb of having: 推出两款产品, 标配38项安全配置; the noun as written is the metric."""
    if amount.label not in ("count", "measure") or amount.unit in cues()["person_counts"] or clause.aside:
        return None
    before = reading.masked[clause.start : copula(reading, clause.start, amount.start)]
    joined = before.endswith(("和", "及", "与", "、")) and cue_matcher("having").find(before)  # 42项配置和38项功能
    if not before.endswith(cue_tuple("having")) and not joined:
        return None
    if deeds().ending(before, 0, len(before.removesuffix("了"))) is not None:
        return None  # 交付了9215辆汽车: the deed is a metric
    start = amount.end + (amount.label == "measure" and reading.masked.startswith("的", amount.end))
    start += reading.masked[start : start + 1] == " "
    at = end = start
    for left, right, word, part in reading.tagged(start, clause.end):
        noun = part in cues()["noun_tags"] or (part == "x" and word.isascii())
        if left != at or not (noun or part == "a") or word in cues()["connectors"] or (left, right) in reading.spans:
            break
        at = right
        end = right if noun else end
    name = reading.text[start:end].strip()
    text = before.removesuffix("了")
    deed = None if joined else cue_matcher("deeds_of_number").ending(text, 0, len(text))
    short = len(name) < 2 and name not in cues()["short_nouns"]
    if short or len(name) > NOUN or name in cues()["general"]:
        return None
    if deed is not None:
        name = deed[2] + name  # 召回6款玩具: 召回玩具
    elif is_agent(name) or metrics().find(name.lower()):
        return None
    metric = Metric(name, frozenset({"count"}), "noun")
    return Link(MetricSpan.alone(metric, amount.end, end), (amount.start, amount.start), "noun")
