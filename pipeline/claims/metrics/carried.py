"""The metric of the clause before, for a value whose clause names none: 营收56亿，同比增长12%，比预期高出2亿."""

from pipeline.claims.metrics.against import degree
from pipeline.claims.metrics.fitting import TOLD, Link, fits, uncovered, unexplained
from pipeline.claims.metrics.lexicon import SHARE_PRICE, cue_matcher, cue_tuple, cues, directions, passing_matcher
from pipeline.claims.metrics.spot import MetricSpan
from pipeline.claims.reading import Clause, Reading
from pipeline.frozen import replace
from pipeline.records import Mention

RECENT = 24  # values before whose metric can go on


def carried(
    reading: Reading, amount: Mention, clause: Clause, spans: list[MetricSpan], earlier: list[tuple[Mention, Link]]
) -> Link | None:
    """The metric of the clause before: 营收56亿，同比增长12%，比预期高出2亿."""
    noise = 0 if amount.kind == "money" and amount.label != "price" else 2  # 首付三成，贷了两百万 is no 首付
    far = unexplained(reading, base_end(reading, clause, amount), amount.start) > noise
    if far and (amount.kind != "money" or uncovered(reading, clause.start, amount.start, passing_matcher())):
        return None
    found = gone_on(reading, amount, clause, spans, earlier)
    if far and found is not None and not found.metric.predicate.endswith(cue_tuple("marked")):
        return None  # a price alone goes on with 一度触及70美元
    return found


def gone_on(
    reading: Reading, amount: Mention, clause: Clause, spans: list[MetricSpan], earlier: list[tuple[Mention, Link]]
) -> Link | None:
    """The metric of the value or the noun before that a value can have, for a clause that names no other."""
    index = reading.sentence_at(amount.start)
    start = reading.sentences[index][0]
    earlier = earlier[-RECENT:]
    before = [s for s in spans if start <= s.core and s.end <= clause.start and s.metric.role == "noun"]
    told = {link.metric.core for _, link in earlier}  # 获纳入的股份造好，美团升4%: nobody's share has been told
    before = [s for s in before if "held" not in s.metric.takes or s.core in told]
    if amount.label != "duration":  # 供职十年，年薪40万元: what is done for a time has nothing else
        earlier = [pair for pair in earlier if not lasting(pair[1].metric)]
    moved = bool(directions().find(reading.masked[clause.start : amount.start]))
    only = moved and not unexplained(reading, clause.start, amount.start)  # 出口钢材782万吨，环比减少91万吨
    values = [
        pair
        for pair in earlier
        if not reading.clause_at(pair[0].start).aside
        and (pair[1].how not in TOLD or (only and amount.unit in (pair[0].unit, "%")))
    ]
    if amount.unit == "%" and not amount.direction and goes_to(reading, clause, amount):
        values = [pair for pair in values if pair[1].metric.metric.takes & {"rate", "forecast"}]
        before = [s for s in before if s.metric.takes & {"rate", "forecast"}]
    if summed(reading, clause, amount):  # 价格102港元，年内累计6亿港元
        values = [pair for pair in values if not priced(pair[1].metric)]
        before = [s for s in before if not priced(s)]
        values = values if not before else []  # the noun, not the verb of 耗资6000万港元
    if values and values[-1][1].how == "grown" and unexplained(reading, clause.start, amount.start):
        return None  # 新房降1.4%，二手降3.5%: another thing
    others = [m for m in reading.entities_in(clause.start, amount.start) if m.label in ("ORG", "PERSON")]
    if values and others and values[-1][1].metric.metric.of == "gpe":  # 失业率升到4.3%，摩根大通喊降125个基点
        return None
    if moved and values and values[-1][1].metric.metric.role == "verb" and before and fits(before[-1].metric, amount):
        return Link(before[-1], (clause.start, amount.start), "carried")  # 股价跌至20元，他投入50万；次日跌到19元
    if values and (not before or before[-1].end <= values[-1][0].end):
        last, metric = values[-1][0], plain(values[-1][1].metric)
        spent = metric.metric.of == "person" or metric.metric.role == "verb"
        if spent and amount.label == "price" and amount.unit != last.unit:
            return None  # 花了86块，排骨涨到32一斤: the thing's own price
        counts = [pair[1].metric for pair in values if pair[1].metric.metric.takes & {"money", "count"}]
        if moved and counts and amount.unit == "%" and metric.metric.name in cues()["share_metrics"]:
            metric = plain(counts[-1])  # 出货1180万台，市场份额18%，同比增长5%: shares move by points
        same = amount.kind != "quantity" or last.unit == amount.unit  # 峰值亮度4500尼特，5400毫安
        same = same or (last.unit == "%" and only_sum(reading, clause, amount))  # 订单下降8%，总计900万单
        if moved and metric.metric.name in cues()["share_bases"]:
            metric = replace(metric, metric=SHARE_PRICE, predicate=SHARE_PRICE.name)  # 发行价20元，挂牌后跌了四成
        return Link(metric, (clause.start, amount.start), "carried") if same and fits(metric.metric, amount) else None
    if before and fits(before[-1].metric, amount) and not (others and before[-1].metric.of == "gpe"):
        stated = clause.before in ("：", ":") and not reading.masked[before[-1].end : clause.start].strip(" :：】]")
        return Link(before[-1], (before[-1].end, amount.start), "left" if stated else "carried")
    return None


def goes_to(reading: Reading, clause: Clause, amount: Mention) -> bool:
    """True for a value that a move in its clause came to: 再掉到89%."""
    found = directions().find(reading.masked[clause.start : amount.start])
    return bool(found) and reading.masked[max(0, amount.start - 2) : amount.start].endswith(cue_tuple("targets"))


def only_sum(reading: Reading, clause: Clause, amount: Mention) -> bool:
    """True for a clause that is nothing but how much there was: 总计900万单, 约2.4万人."""
    sums = cue_matcher("sums").find(reading.masked[clause.start : amount.start])
    start = clause.start + sums[-1][1] if sums else clause.start
    alone = bool(sums) or not reading.masked[amount.end : clause.end].strip()
    return alone and not unexplained(reading, start, amount.start)


def summed(reading: Reading, clause: Clause, amount: Mention) -> bool:
    """True for a sum of many, which is no price."""
    return amount.kind == "money" and bool(cue_matcher("sums").find(reading.masked[clause.start : amount.start]))


def priced(span: MetricSpan) -> bool:
    return span.metric.of in ("goods", "share") and "count" not in span.metric.takes


def lasting(span: MetricSpan) -> bool:
    """True for a verb whose value is how long it went on: 效力, 持货."""
    return span.metric.role == "verb" and span.metric.takes == {"duration"}


def plain(span: MetricSpan) -> MetricSpan:
    """A metric without the change that a word such as 涨幅 made of it for one value only."""
    takes = span.metric.takes - {"change_up", "change_down", "previous"}
    return replace(span, metric=replace(span.metric, takes=takes)) if takes else span


def base_end(reading: Reading, clause: Clause, amount: Mention) -> int:
    """Where a clause's comparison ends, where it opens with one (比预期, 相当于上半年营收); else its start."""
    text = reading.masked[clause.start : amount.start]
    found = cue_matcher("bases").find(text)
    if amount.label == "multiple" and text.rstrip(" 近约").endswith("的") and cue_matcher("copulas").find(text):
        return amount.start
    if not found or unexplained(reading, clause.start, clause.start + found[0][0]) > 1:
        return clause.start
    if degree(reading, clause.start + found[0][1], amount.start):
        return amount.start  # 比前作贵300元
    verbs = [left for left, _, _ in directions().find(text) if left >= found[0][1]]
    stop = verbs[-1] if verbs else text.rfind("的")
    return clause.start + max(stop, 0)
