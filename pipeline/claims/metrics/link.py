"""Which metric a value belongs to."""

from collections.abc import Iterator

from pipeline.claims.metrics.carried import carried
from pipeline.claims.metrics.fitting import Link, copula, fits, only_nouns, unexplained
from pipeline.claims.metrics.lexicon import (
    SHARE_PRICE,
    Metric,
    cue_matcher,
    cue_tuple,
    cues,
    directions,
)
from pipeline.claims.metrics.spot import MetricSpan, noun_chain
from pipeline.claims.reading import Clause, Reading
from pipeline.frozen import replace
from pipeline.records import Mention

ADJACENT = 2  # characters between a value and the metric behind it: 12万元的补贴
NOUN = 4  # characters of a noun between a value and the metric that it modifies, without 的
BASE = 14  # characters between a word of comparison and the metric that is compared with
DEED = 6  # characters between what is done with shares and their number's name: 回购|公司股份
SHARES = "持股数量"
APART = frozenset("、(（)）+/|")  # a metric behind one of these is that of another value
FAR = 24  # characters between a metric and a value, other than known cues, across which they still belong


def link(
    reading: Reading, amount: Mention, clause: Clause, spans: list[MetricSpan], earlier: list[tuple[Mention, Link]]
) -> Link | None:
    """The metric of ``amount``; ``earlier`` are the values of the sentence that are linked already."""
    left = governing(reading, clause, amount, spans)
    nearest = next(left, None)
    right = behind(reading, amount, clause, spans)
    if nearest is not None:
        span = nearest if nearest.metric.role == "noun" else gained(reading, nearest, left)
        if "held" in span.metric.takes and amount.kind == "quantity":
            span = of_shares(reading, span)
        if right is not None and span.metric.role == "verb":
            return Link(right, (span.end, amount.start), "right")
        noise = unexplained(reading, span.end, amount.start)
        if right is not None and noise > 1:
            return Link(right, (span.end, amount.start), "right")
        if noise <= FAR:
            return Link(span, (span.end, amount.start), "left")
    if right is not None:
        found = None
        if right.metric.name in cues()["heads"] and right.start == right.core:  # 收入大增，达到8000亿元规模
            found = carried(reading, amount, clause, spans, earlier)
        return found or Link(right, (clause.start, amount.start), "right")
    found = headed(reading, amount, clause) or carried(reading, amount, clause, spans, earlier)
    if found is not None:
        return found
    # 较前代性能提升30%: the base brings the metric along.
    bases = [s for s in spans if clause.start <= s.core and s.end <= amount.start and fits(s.metric, amount)]
    bases = [s for s in bases if amount.unit != "%" or not only_levels(reading, s, amount)]
    named = [s for s in bases if "forecast" not in s.metric.takes and not in_relative(reading, s, amount)]
    named = [s for s in named if not had_before(reading, s, amount)]
    if not named:
        return None
    base = named[-1]
    if base.metric.name in cues()["share_bases"]:  # 较招股价高逾1倍: the share's price is
        base = MetricSpan(base.start, base.core, base.end, SHARE_PRICE, SHARE_PRICE.name)
    return Link(base, (clause.start, amount.start), "base")


def gained(reading: Reading, verb: MetricSpan, before: Iterator[MetricSpan]) -> MetricSpan:
    """The metric that a verb only says the value of: EPS of EPS赚到46.75元; else the verb itself."""
    noun = next((s for s in before if s.metric.role == "noun"), None)
    return noun if noun is not None and unexplained(reading, noun.end, verb.start) <= 1 else verb


def of_shares(reading: Reading, held: MetricSpan) -> MetricSpan:
    """Of a number of shares, what is done with them (回购公司股份107万股); else it is how many are held."""
    start = max(0, held.start - DEED)
    found = cue_matcher("share_deeds").find(reading.masked[start : held.end])
    if found and not set(reading.folded[start + found[-1][1] : held.start]) & set("，,。；;"):
        return replace(held, predicate=found[-1][2])
    return replace(held, predicate=SHARES) if held.predicate == held.metric.name else held


def governing(reading: Reading, clause: Clause, amount: Mention, spans: list[MetricSpan]) -> Iterator[MetricSpan]:
    """The metrics of a clause in front of a value, the nearest first, without those that it is only compared with."""
    shares = cue_matcher("shares").find(reading.masked[clause.start : amount.start]) if amount.unit == "%" else []
    if shares:  # 利润率占营收的7% is about 利润率
        verb = clause.start + shares[-1][0]
        nouns = (s for s in reversed(spans) if s.end <= verb and s.metric.role == "noun")
        part = next((s for s in nouns if precedes(reading, clause, s, amount)), None)
        if part is not None and not is_base(reading, clause, part, amount):
            yield part
            return
    for span in reversed(spans):
        if precedes(reading, clause, span, amount) and not is_base(reading, clause, span, amount):
            yield span


def precedes(reading: Reading, clause: Clause, span: MetricSpan, amount: Mention) -> bool:
    """True for a metric in front of a value in its clause that can have it."""
    return (
        clause.start <= span.core
        and span.end <= amount.start
        and fits(span.metric, amount)
        and not only_levels(reading, span, amount)
        and not repriced(reading, span, amount)
        and not is_temporal(reading, span)
        and not bracketed(reading, span, amount)
        and not in_relative(reading, span, amount)
        and not had_before(reading, span, amount)
    )


def had_before(reading: Reading, span: MetricSpan, amount: Mention) -> bool:
    """True for the metric of the value before in 50亿元营收、12亿元利润."""
    return reading.masked[span.end : amount.start].strip() == "、" and reading.ends_amount(span.start)


def only_levels(reading: Reading, span: MetricSpan, amount: Mention) -> bool:
    """True for a verb that states an amount, in front of a share without a move (美债收益率…，现报4.3%) or of a
    time or a step that only says of what (持有三年的收益, 降息25个基点的概率)."""
    told = amount.label == "duration" or amount.unit == "pp"
    if span.metric.role == "verb" and told and reading.masked.startswith("的", amount.end):
        return True
    if amount.unit == "%" and span.metric.name in cues()["holders"]:
        tail = next((tail for tail in cues()["tails"] if reading.masked.startswith(tail, amount.end)), "")
        if reading.masked.startswith("的", amount.end + len(tail)):
            return True  # 亏损20%以上的基金
    if span.metric.role != "verb" or amount.unit != "%" or "change" in span.metric.takes:
        return False
    if "rate" in span.metric.takes:  # 亏了30%; 能赚到钱的不到10% is a share
        return "money" in span.metric.takes and unexplained(reading, span.end, amount.start) > 0
    return not amount.direction and not directions().find(reading.masked[span.core : amount.start])


def repriced(reading: Reading, span: MetricSpan, amount: Mention) -> bool:
    """True for the metric of 会员涨价一成, whose price it is that moves."""
    if "money" in span.metric.takes or amount.kind != "percent":
        return False
    return any(
        verb.endswith("价") for _, _, verb in cue_matcher("price_moves").find(reading.masked, span.end, amount.start)
    )


def in_relative(reading: Reading, span: MetricSpan, amount: Mention) -> bool:
    """True for the metric of 占营收六成的云业务增长了18%: its own value and 的 come between."""
    values = reading.amounts_in(span.end, amount.start)
    return any(modifies(reading, value) for value in reversed(values))


def modifies(reading: Reading, value: Mention) -> bool:
    """True for a value in front of 的 and a noun: 六成的云业务."""
    if not reading.masked.startswith("的", value.end):
        return False
    verbs = directions().find(reading.masked[value.end : value.end + 4])
    return not (verbs and verbs[0][0] == 1)


def bracketed(reading: Reading, span: MetricSpan, amount: Mention) -> bool:
    """True for the second name of 净收入（亏损）, where the value stands outside the bracket."""
    aside = reading.clause_at(span.core)
    return aside.aside and not aside.start <= amount.start < aside.end


def is_temporal(reading: Reading, span: MetricSpan) -> bool:
    """True for the metric of 补贴后便宜了500块, 降价前卖3000元."""
    return reading.masked.startswith(cue_tuple("temporal"), span.end, span.end + 2)


def is_base(reading: Reading, clause: Clause, span: MetricSpan, amount: Mention) -> bool:
    """True for the metric in 比预期高出…, 较发行价上涨…, 相当于上半年营收的3倍."""
    if span.end <= amount.start and of_base(reading, clause, amount, span):
        return True
    before = reading.masked[clause.start : span.start]
    found = cue_matcher("bases").find(before)
    if not found:
        return False
    behind = reading.masked[span.end : amount.start]
    if found[-1][2] in cues()["compared_with"] and not cue_matcher("compared").find(behind):
        return False  # 美的与格力净利润增长5% compares nothing
    between = reading.masked[clause.start + found[-1][1] : span.start]
    return len(between) <= BASE and not directions().find(between)


def of_base(reading: Reading, clause: Clause, amount: Mention, span: MetricSpan) -> bool:
    """True for the metric of 是上半年营收的3倍: between a copula and 的 in front of a multiple."""
    if amount.label != "multiple" or not reading.masked[clause.start : amount.start].rstrip(" 近约").endswith("的"):
        return False
    return bool(cue_matcher("copulas").find(reading.masked[clause.start : span.start]))


def behind(reading: Reading, amount: Mention, clause: Clause, spans: list[MetricSpan]) -> MetricSpan | None:
    """The metric of 31亿美元净利润, 12万元的补贴, 2500亿美元的Azure订单.

    A noun between a count and the metric is what is counted (15家厂商批发销量), and 25个基点的概率 is no probability.
    """
    if amount.unit == "pp":
        return None
    for span in spans:
        if amount.end <= span.start <= amount.end + BASE and span.end <= clause.end:
            between = reading.masked[amount.end : span.start].strip()
            if set(between) & APART or span.metric.name in cues()["ahead_only"]:
                return None
            if amount.unit == "%" and cue_matcher("lacks").find(between):
                return None  # 九成的门店尚未盈利
            tail = next((tail for tail in cues()["tails"] if between.startswith(tail)), "")
            between = between.removeprefix(tail)
            means = reading.masked[clause.start : amount.start].rstrip(" 约近超逾").endswith(cue_tuple("by_means"))
            if amount.label == "count" and (between.strip("的") or (goes_on(reading, span.end) and not means)):
                return None
            near = between in ("", "的") or between.endswith(cue_tuple("rounds"))  # 5.3亿美元C轮融资
            near = near or (
                (between.startswith("的") or len(between) <= NOUN)
                and only_nouns(reading, amount.end + between.startswith("的"), span.start)
            )
            if near and fits(span.metric, amount) and span.metric.role == "noun" and not compounded(reading, span.end):
                return span
            return None
    return None


def goes_on(reading: Reading, end: int) -> bool:
    """True where another noun or verb touches the end of a metric: 两个员工|持股平台 are no 员工."""
    behind = [(word, part) for left, _, word, part in reading.tagged(end, end + 1) if left == end]
    if not behind or len(behind[0][0]) < 2 or behind[0][1][0] not in "nv":
        return False
    return behind[0][0] not in cues()["heads"] | cues()["connectors"] and not directions().find(behind[0][0])


def compounded(reading: Reading, end: int) -> bool:
    """True where a noun of one character goes on behind a metric, which then is another thing: 现金券."""
    behind = [(word, part) for left, _, word, part in reading.tagged(end, end + 1) if left == end]
    return bool(behind) and len(behind[0][0]) == 1 and behind[0][1] == "n" and behind[0][0] not in cues()["heads"]


def headed(reading: Reading, amount: Mention, clause: Clause) -> Link | None:
    """A metric that the lexicon lacks, behind its value, to the clause's end: 15亿元的专项扶持, 砍掉三成的产品线."""
    text = reading.masked[amount.end : clause.end]
    cut = amount.unit == "%" and reading.behind(copula(reading, clause.start, amount.start), cue_tuple("cuts"))
    if (amount.kind != "money" and not cut) or not text.startswith("的") or "\0" in text:
        return None
    begin = noun_chain(reading, clause.end, reading.tagged(amount.end, clause.end))
    name = reading.text[begin : clause.end].strip()
    if begin != amount.end + 1 or len(name) < 2 or name in cues()["general"] | cues()["heads"]:
        return None
    metric = Metric(name, frozenset({"change" if cut else "money"}), "noun")
    return Link(MetricSpan.alone(metric, begin, clause.end), (clause.start, amount.start), "right")
