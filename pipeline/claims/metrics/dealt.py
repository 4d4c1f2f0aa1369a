"""What is dealt in on the world's exchanges: money (新台币兑美元贬值1.2角) and raw goods (COMEX黄金突破4000美元)."""

from bisect import bisect_right
from operator import itemgetter

from pipeline.claims.metrics.fitting import Link, uncovered
from pipeline.claims.metrics.lexicon import (
    PRICE_MOVE,
    Metric,
    cue_matcher,
    cue_tuple,
    directions,
    exchange_matcher,
    goods_matcher,
)
from pipeline.claims.metrics.spot import MetricSpan, noun_chain
from pipeline.claims.reading import Clause, Reading, Span, once
from pipeline.lexicons.matcher import Matcher
from pipeline.records import Mention

RATE = Metric("汇率", frozenset({"money", "change"}), "noun", of="goods")
LARGEST = 1_000_000  # neither money nor a ton of anything costs more
PRICE_VERBS = ("price_moves", "breaks", "quotations", "arrivals")
START = itemgetter(0)  # of a word


def dealt(
    reading: Reading, amount: Mention, clause: Clause, spans: list[MetricSpan], earlier: list[tuple[Mention, Link]]
) -> Link | None:
    """The rate or price of what opens a clause; the ``owner`` of its metric is where that is named, perhaps before."""
    if amount.kind not in ("money", "percent") or amount.label == "multiple" or clause.aside:
        return None
    low = amount.value_min if amount.value_min is not None else amount.value_max
    if low is None or low > LARGEST:
        return None
    return of_money(reading, amount, clause, earlier) or of_goods(reading, amount, clause, spans)


def of_money(reading: Reading, amount: Mention, clause: Clause, earlier: list[tuple[Mention, Link]]) -> Link | None:
    """The rate of the money that a clause opens with, or that the value before was about."""
    if amount.label == "price":
        return None
    found = cue_matcher("currencies").find(reading.bare[clause.start : amount.start])
    if found:
        left, right = clause.start + found[0][0], clause.start + found[0][1]
        told = tells_rate(reading, right, amount)
        return linked_to(reading, amount, (left, right), right, RATE, "rate", exchange_matcher()) if told else None
    name = earlier[-1][1].metric.owner if earlier and earlier[-1][1].how == "rate" else None
    if name is None:
        return None
    start = max(clause.start, earlier[-1][0].end)
    return linked_to(reading, amount, name, start, RATE, "rate", exchange_matcher())


def of_goods(reading: Reading, amount: Mention, clause: Clause, spans: list[MetricSpan]) -> Link | None:
    """The price of the raw goods that a clause opens with, or the one before."""
    if not names_goods(reading, reading.sentence_at(clause.start)):
        return None
    if any(clause.start <= s.core < amount.start and s.metric.role == "noun" for s in spans):
        return None
    goods = goods_in(reading, clause.start, amount.start)
    before = reading.amounts_in(clause.start, amount.start)
    start = max([goods[1] if goods else clause.start, *(m.end for m in before)])  # 美油跌2.98%|报73.65美元
    if not tells_price(reading, start, amount):
        return None
    goods = goods or goods_before(reading, clause)
    name = whole_name(reading, *goods) if goods else None
    return linked_to(reading, amount, name, start, PRICE_MOVE, "dealt", goods_matcher()) if name else None


@once
def names_goods(reading: Reading, sentence: int) -> bool:
    """True where a sentence names raw goods: most name none."""
    return goods_in(reading, *reading.sentences[sentence]) is not None


def goods_in(reading: Reading, start: int, end: int) -> Span | None:
    """The first raw goods of ``start:end``."""
    found = cue_matcher("commodities").find(reading.bare[start:end])
    return (start + found[0][0], start + found[0][1]) if found else None


def goods_before(reading: Reading, clause: Clause) -> Span | None:
    """The raw goods that the clause before is about, where it has no value: 碳酸锂期货涨停，突破10万元."""
    before = clauses_before(reading, reading.sentence_at(clause.start), clause.start)
    if not before or reading.has_amount(before[0].start, clause.start):
        return None
    goods = goods_in(reading, before[0].start, before[0].end)
    return goods if goods and not uncovered(reading, goods[1], before[0].end, goods_matcher()) else None


def linked_to(
    reading: Reading, amount: Mention, name: Span, start: int, metric: Metric, how: str, words: Matcher[str]
) -> Link | None:
    """The link of a value to what is dealt in, where nothing but some words stands between the two."""
    if uncovered(reading, start, amount.start, words):
        return None
    return Link(MetricSpan(start, start, start, metric, metric.name, name), (start, amount.start), how)


def tells_rate(reading: Reading, start: int, amount: Mention) -> bool:
    """True where a value behind money is a move or a quotation."""
    between = reading.masked[start : amount.start]
    return bool(amount.direction or directions().find(between) or cue_matcher("quotations").find(between))


def tells_price(reading: Reading, start: int, amount: Mention) -> bool:
    """True where what stands between goods and a value tells of a price: 涨, 跌破, 报; 大豆增产5% does not."""
    between = reading.masked[start : amount.start]
    told = {(m[0], m[1]) for name in PRICE_VERBS for m in cue_matcher(name).find(between)}
    others = [m for m in directions().find(between) if not any(a <= m[0] and m[1] <= b for a, b in told)]
    return not others and bool(told or amount.direction)


def whole_name(reading: Reading, start: int, end: int) -> Span:
    """The goods with the nouns in front of them, without a place or an exchange: 现货黄金, 生猪期货."""
    words = reading.tagged(max(0, start - 1), end)
    at = bisect_right(words, start, key=START) - 1
    begin = min(start, words[at][0]) if at >= 0 and not reading.named(words[at][0], start, 0, end) else start
    first = noun_chain(reading, begin, reading.tagged(reading.clause_at(start).start, begin), headed=True)
    kept = min(first, begin)
    kept = min(
        [kept, *(kept - len(word) for word in cue_tuple("trades_of_goods") if reading.bare.endswith(word, 0, kept))]
    )
    while reading.text[kept : kept + 1].isspace():
        kept += 1
    ends = [end + len(word) for word in cue_tuple("futures") if reading.bare.startswith(word, end)]
    return kept, max([end, *ends])


def clauses_before(reading: Reading, index: int, start: int) -> list[Clause]:
    """The clauses of a sentence that begin before ``start``, the nearest first, without brackets.

    Of a bracket the one that it stands in is the first.
    """
    return [c for c in reversed(reading.clauses(index)) if c.start < start and not c.aside]
