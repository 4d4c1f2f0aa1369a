"""Metric claims: each value with its metric, subject, period and what it is compared with.

The walk is by sentence and by value: ``spot`` finds the metrics, ``link`` says which of them a value belongs to,
``measure`` what it says of it, ``subject`` and ``period`` resolve the rest. ``docs/claims.md`` has a worked example.
"""

from dataclasses import replace
from typing import TypeGuard

from pipeline.claims.certainty import certainty, source_of
from pipeline.claims.metrics.distribute import Pair, distributed
from pipeline.claims.metrics.lexicon import Metric, cue_matcher, cues
from pipeline.claims.metrics.link import Link, link
from pipeline.claims.metrics.measure import Measure, measure_of
from pipeline.claims.metrics.period import based_period, period_of
from pipeline.claims.metrics.spot import MetricSpan, noun_chain, spot
from pipeline.claims.metrics.subject import Subject, Topics, noun_before, pronoun_in, subject_of, subjects_in
from pipeline.claims.metrics.tables import cell_of
from pipeline.claims.metrics.trends import find_trends
from pipeline.claims.reading import BRACKETS, Clause, Reading
from pipeline.records import Claim, Mention

SHARE = 16  # characters between a verb of share and its value
SIGNED = 3  # characters between a name and the signed figure of its move
SHARE_PRICE = Metric("股价", frozenset({"money", "change"}), "noun")
INDEX = Metric("指数", frozenset({"index", "change"}), "noun")
PRICE = Metric("价格", frozenset({"money"}), "noun", of="goods")


def find_metrics(reading: Reading) -> list[Claim]:
    """The metric claims of a post, in the order of their values."""
    topics = Topics(reading)
    found: list[Claim] = []
    for start, end in reading.sentences:
        amounts = reading.amounts_in(start, end)
        if amounts:
            found.extend(in_sentence(reading, topics, start, end, amounts))
    return [*found, *find_trends(reading, topics, found)]


def in_sentence(reading: Reading, topics: Topics, start: int, end: int, amounts: list[Mention]) -> list[Claim]:
    spans = spot(reading, start, end)
    linked: list[tuple[Mention, Link]] = []
    claims: list[Claim] = []
    last = Subject("")
    for amount in amounts:
        if is_aid(reading, amount):
            continue
        clause = reading.clause_at(amount.start)
        cell = cell_of(reading, amount)
        found = (
            (cell.link if cell else None)
            or counted(reading, amount)
            or link(reading, amount, clause, spans, linked)
            or priced(reading, amount, clause)
            or moved(reading, amount, clause)
            or headed(reading, amount, clause)
        )
        if found is None:
            continue
        found = expected(found, spans, linked)
        pair = distributed(reading, clause, amounts, spans).get(amount)
        if isinstance(pair, MetricSpan):
            found = replace(found, metric=pair)
        linked.append((amount, found))
        subject = whose(reading, topics, amount, clause, found, last)
        if isinstance(pair, Mention) and pair.kind == "entity":
            subject = Subject(pair.name, pair)
        paired = pair if is_date(pair) else None
        if cell is not None:
            subject = Subject(cell.subject.name, cell.subject) if cell.subject else subject
            paired = cell.period or paired
        claim = build(reading, subject, amount, clause, found, paired)
        if claim is not None:
            if claim.measure == "ratio" and not claim.comparison and claims:  # …较前代提升30%，成本降至5%
                claim = like(claim, claims[-1])
            claims.append(claim)
            last = subject
    return claims


def like(claim: Claim, before: Claim) -> Claim:
    """A ratio without a base of its own has that of the claim before, and its period."""
    after = replace(claim, comparison=before.comparison)
    if not before.comparison or before.measure != "ratio":
        return after
    return replace(after, period=before.period, period_start=before.period_start, period_end=before.period_end)


def is_date(pair: Pair | None) -> TypeGuard[Mention]:
    return isinstance(pair, Mention) and pair.kind == "date"


def is_aid(reading: Reading, amount: Mention) -> bool:
    """True for a value that only helps another: 正负2%, 每卖1美元."""
    before = reading.masked[max(0, amount.start - 4) : amount.start].strip()
    return any(before.endswith(cue) for name in ("tolerances", "per_bases") for cue in cues()[name])


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


def priced(reading: Reading, amount: Mention, clause: Clause) -> Link | None:
    """A price per something, or money beside a product, is its price."""
    if amount.kind != "money":
        return None
    around = reading.entities_in(clause.start, clause.end)
    near = any(
        m.label == "PRODUCT" and (0 <= amount.start - m.end <= 4 or 0 <= m.start - amount.end <= 2) for m in around
    )
    if amount.label != "price" and not near:
        return None
    span = MetricSpan(amount.start, amount.start, amount.start, PRICE, PRICE.name)
    return Link(span, (clause.start, amount.start), "price")


def moved(reading: Reading, amount: Mention, clause: Clause) -> Link | None:
    """A price that moves without being named: 英伟达大涨5%, 纳指 -1.2%."""
    if amount.kind not in ("money", "percent") or amount.label == "multiple":
        return None
    subjects = subjects_in(reading, clause.start, amount.start)
    text = reading.masked[clause.start : amount.start].rstrip(" 了约近超逾+-")
    verbs = cue_matcher("price_moves").find(text)
    verb = bool(verbs) and len(text) - verbs[-1][1] <= 1
    signed = bool(amount.direction and subjects) and amount.start - subjects[-1].end <= SIGNED
    if not verb and not signed:
        return None
    index = bool(subjects) and subjects[-1].label == "PRODUCT"
    metric = INDEX if index else SHARE_PRICE
    span = MetricSpan(amount.start, amount.start, amount.start, metric, metric.name)
    return Link(span, (clause.start, amount.start), "moved")


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
    if len(name) < 2 or name in cues()["general"]:
        return None
    takes = {"money": "money", "quantity": "count"}.get(amount.kind, "rate")
    metric = Metric(name, frozenset({takes, "multiple"}), "noun")
    return Link(MetricSpan(begin, begin, at, metric, name), (at, amount.start), "head")


def expected(found: Link, spans: list[MetricSpan], linked: list[tuple[Mention, Link]]) -> Link:
    """共识为54.8亿 and 涨幅高达130% are about the metric that came before."""
    takes = found.metric.metric.takes
    if not takes & {"forecast", "change_up", "change_down"}:
        return found
    before = [
        s for s in spans if s.end <= found.metric.core and not s.metric.takes & {"forecast", "change_up", "change_down"}
    ]
    earlier = linked[-1][1].metric if linked else None
    base = before[-1] if before and (earlier is None or before[-1].core > earlier.core) else earlier
    if base is None or (base.metric.role == "verb"):
        return found
    metric = replace(base.metric, takes=base.metric.takes | (takes & {"forecast", "change_up", "change_down"}))
    return Link(replace(found.metric, metric=metric, predicate=base.predicate), found.gap, found.how)


def build(
    reading: Reading, subject: Subject, amount: Mention, clause: Clause, found: Link, paired: Mention | None
) -> Claim | None:
    span = found.metric
    shared = share_of(reading, clause, found, amount)
    based = based_period(reading, amount)
    gap = (span.core, found.gap[1]) if span.metric.role == "verb" and span.end == found.gap[0] else found.gap
    measure = Measure("level") if shared or based else measure_of(reading, span.metric, amount, gap)
    if not measure.measure:
        return None
    stated = paired or based
    date, carried = (stated, False) if stated else period_of(reading, (clause.start, clause.end), amount, measure.base)
    inferred = [name for name, on in (("unit", "unit" in amount.inferred), ("period", carried)) if on]
    if subject.inferred:
        inferred.append("subject")
    claim = Claim(
        label="metric",
        start=min(clause.start, span.start) if found.how in ("left", "right") else clause.start,
        end=before_aside(reading, amount, clause),
        rule=f"claim.metric.{found.how}.{measure.measure}",
        subject=subject.name,
        predicate=shared[0] if shared else named(span, subject),
        object=shared[1] if shared else counterparty(reading, clause, subject),
        value_min=amount.value_min,
        value_max=amount.value_max,
        unit=amount.unit,
        qualifier=amount.qualifier,
        measure=measure.measure,
        direction=measure.direction,
        period=date.period if date else "",
        period_start=date.period_start if date else "",
        period_end=date.period_end if date else "",
        comparison=measure.comparison.removesuffix(reading.text[span.start : span.end]) or measure.comparison,
        parts=tuple(m for m in (subject.mention, date, amount) if m is not None),
        inferred=tuple(inferred),
    )
    return attributed(reading, claim, span)


def named(span: MetricSpan, subject: Subject) -> str:
    """The predicate; what a share has as price, an index has as its level."""
    index = subject.mention is not None and subject.mention.label == "PRODUCT"
    return INDEX.name if span.predicate == SHARE_PRICE.name and index else span.predicate


def before_aside(reading: Reading, amount: Mention, clause: Clause) -> int:
    """Where a claim's clause ends: at the bracket behind its value, which is another claim's."""
    if clause.aside:
        return clause.end
    opened = [at for sign in BRACKETS if (at := reading.masked.find(sign, amount.end, clause.end)) >= 0]
    return min([*opened, clause.end])


def counterparty(reading: Reading, clause: Clause, subject: Subject) -> str:
    """The entity that a clause's preposition names: 向OpenAI投入, 在美国的下载量."""
    for mention in reading.entities_in(clause.start, clause.end):
        if mention is not subject.mention and mention.name != subject.name:
            before = reading.masked[max(clause.start, mention.start - 2) : mention.start]
            if any(before.endswith(word) for word in cues()["counterparties"]):
                return mention.name
    return ""


def attributed(reading: Reading, claim: Claim, span: MetricSpan) -> Claim:
    """The claim with its certainty and source."""
    sure = certainty(reading, claim.start, claim.end)
    awaited = cue_matcher("expectations").find(reading.masked[claim.start : claim.end])
    of_base = bool(awaited) and reading.masked[claim.start + awaited[-1][1] :][:1] == "的"  # 高于市场预期的1.26美元
    if ("forecast" in span.metric.takes or of_base) and sure in ("asserted", "reported", "estimated"):
        sure = "forecast"
    source, inferred = source_of(reading, claim.start, claim.end)
    if sure == "asserted" and source:
        sure = "reported"
    more = ("source",) if inferred and source else ()
    return replace(claim, certainty=sure, source=source, inferred=(*claim.inferred, *more))


def whose(reading: Reading, topics: Topics, amount: Mention, clause: Clause, found: Link, last: Subject) -> Subject:
    """The subject; a carried metric may bring a new one in front of the copula: 排骨19.9元，五花肉是16.5元."""
    span = found.metric
    own = clause.start <= span.core < clause.end
    anchor = span.core if own and span.core < amount.start else amount.start
    if found.how in ("counted", "price"):
        after = subjects_in(reading, amount.end, clause.end) or reading.entities_in(amount.end, clause.end)
        if after and not subjects_in(reading, clause.start, amount.start):
            return Subject(after[0].name, after[0])
    if found.how in ("carried", "price"):
        entities = reading.entities_in(clause.start, amount.start)
        at = copula(reading, clause.start, amount.start)
        if (not entities or entities[-1].end < at) and not pronoun_in(reading, clause.start, amount.start):
            noun = noun_before(reading, at, clause.start)
            if noun:
                return Subject(noun)
        if found.how == "carried" and not entities and last.name:
            return replace(last, inferred=True)
    subject = subject_of(reading, topics, (clause.start, clause.end), anchor, span if own else None, amount)
    if not subject.name and span.metric.role == "verb" and own:  # 朋友欠了20万
        return Subject(noun_before(reading, span.core, clause.start))
    return subject


def copula(reading: Reading, start: int, end: int) -> int:
    """Where the connectors in front of a value begin."""
    at = end
    while True:
        found = [m for m in cue_matcher("connectors").find(reading.masked[start:at]) if start + m[1] == at]
        if not found:
            return at
        at = start + found[0][0]


def share_of(reading: Reading, clause: Clause, found: Link, amount: Mention) -> tuple[str, str] | None:
    """Predicate and whole of a share, None for what is none.

    占营收的87% has the whole before the value, 贡献87%营收 behind it; 利润率占营收的7% has a metric of its own.
    """
    if amount.unit != "%":
        return None
    text = reading.masked[clause.start : amount.start]
    verbs = [m for m in cue_matcher("shares").find(text) if not inside_metric(found.metric, clause.start + m[0])]
    if not verbs or amount.start - (clause.start + verbs[-1][1]) > SHARE:
        return None
    left = clause.start + verbs[-1][1]
    whole = reading.text[left : copula(reading, left, amount.start)].strip(" 的了")
    span = found.metric
    if span.metric.role == "noun" and span.end <= clause.start + verbs[-1][0]:
        named = span.predicate if span.metric.takes & {"rate"} else span.predicate + "占比"
        return named, whole
    if found.how == "right":
        share = bool(span.metric.takes & {"rate"})
        return (span.metric.name, modifier(reading, span)) if share else (span.predicate + "占比", span.predicate)
    if span.metric.role == "verb" and span.metric.name != "占比":
        return span.metric.name, whole or noun_behind(reading, amount.end, clause.end)
    return "占比", whole or noun_behind(reading, amount.end, clause.end)


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
