"""Metric claims: each value with its metric, subject, period and what it is compared with.

The walk is by sentence and by value: ``spot`` finds the metrics, ``link`` says which of them a value belongs to,
``measure`` what it says of it, ``subject`` and ``period`` resolve the rest. ``docs/claims.md`` has a worked example.
"""

from typing import TypeGuard

from pipeline.claims.metrics.against import comparison_of
from pipeline.claims.metrics.attachment import metric_of
from pipeline.claims.metrics.attachment.value import Value
from pipeline.claims.metrics.building import build
from pipeline.claims.metrics.carried import lasting
from pipeline.claims.metrics.conversions import is_conversion
from pipeline.claims.metrics.distribute import Basis, Noun, Pair, coordinated, distributed
from pipeline.claims.metrics.fitting import TOLD, Link, before_rate
from pipeline.claims.metrics.lexicon import SHARE_PRICE, cue_matcher, cue_tuple, cues
from pipeline.claims.metrics.lists import item_of
from pipeline.claims.metrics.roles import subjects_in
from pipeline.claims.metrics.spot import MetricSpan, metrics_in
from pipeline.claims.metrics.subject import Discourse, Subject, resolve
from pipeline.claims.metrics.tables import cell_of
from pipeline.claims.metrics.things import item
from pipeline.claims.metrics.trends import find_trends
from pipeline.claims.reading import Clause, Reading
from pipeline.frozen import replace
from pipeline.records import Claim, Mention

EACH = 4  # characters in front of a metric in which 各 stands
# What 预期, 涨幅, 降幅 and 前值 tell is of the metric before.
OF_ANOTHER = frozenset({"forecast", "change_up", "change_down", "change_of", "previous"})


def find_metrics(reading: Reading) -> list[Claim]:
    """The metric claims of a post, in the order of their values."""
    discourse = Discourse(reading)
    found: list[Claim] = []
    links: dict[Mention, Link] = {}
    for start, end in reading.sentences:
        amounts = reading.amounts_in(start, end)
        if amounts:
            found.extend(in_sentence(reading, discourse, start, end, amounts, links))
    return [*found, *find_trends(reading, discourse, found)]


def in_sentence(
    reading: Reading, discourse: Discourse, start: int, end: int, amounts: list[Mention], links: dict[Mention, Link]
) -> list[Claim]:
    """The claims of a sentence; ``links`` are those of the values of the post up to here, and grow."""
    spans = metrics_in(reading, reading.sentence_at(start))
    linked: list[tuple[Mention, Link]] = []
    claims: list[Claim] = []
    rows: dict[Clause, dict[Mention, Pair]] = {}
    pairs: dict[Mention, Pair] = {}
    for amount in amounts:
        if is_aid(reading, amount) or is_conversion(reading, amount):
            continue
        clause, cell = reading.clause_at(amount.start), cell_of(reading, amount)
        told = cell.link if cell is not None else metric_of(Value(reading, amount, clause, spans, linked, links))
        if told is None:
            continue
        found = expected(reading, told, spans, linked)
        if found is told and amount.kind == "quantity" and "forecast" in found.metric.metric.takes:
            continue  # 复牌预期升温，…6个涨停板: expected of nothing that is counted
        if clause not in rows:
            rows[clause] = distributed(reading, clause, amounts, spans)
            pairs = rows[clause] | pairs
        pair = pairs.get(amount)
        if isinstance(pair, MetricSpan):
            found = replace(found, metric=pair)
        subject = whose(discourse, amount, clause, found, of_another=found is not told)
        if found.how == "carried" and subject.mention is None and not subject.inferred and found.metric.modifier:
            # 猪肉价格下降43.5%；鲜菜上涨3.3% is about the price of another thing
            found = replace(found, metric=replace(found.metric, predicate=found.metric.metric.name))
        linked.append((amount, found))
        links[amount] = found
        subject, found, region = in_row(discourse, subject, found, pair, pairs)
        if cell is not None and cell.subject is not None:
            subject = cell.subject
        paired = pair if is_date(pair) else None
        if cell is not None and cell.period is not None:
            paired = cell.period
        claim = build(reading, subject, amount, clause, found, paired)
        if claim is None or not stands(reading, claim, amount, found):
            continue
        if claims:
            claim = after(reading, claim, claims[-1], clause, amount)
        if isinstance(pair, Basis):
            claim = replace(claim, comparison=comparison_of(reading, *pair.span, amount)[0])
        if isinstance(pair, Mention) and pair.kind == "entity":
            claim = replace(claim, object=region)  # the others of the row are no counterparties
        if claim.measure == "ratio" and not claim.comparison and claims:  # …较前代提升30%，成本降至5%
            claim = like(claim, claims[-1])
        claims.append(claim)
        claims.extend(shared_by(reading, claim, found, subject))
        # 受人民币升值3%影响，净利润下降5%: money has nothing but its rate
        if found.how != "rate" and not lasting(found.metric):
            discourse.tell(subject, amount, found)
    return claims


def whose(discourse: Discourse, amount: Mention, clause: Clause, found: Link, of_another: bool) -> Subject:
    """The subject of a value: of a list's line, of the metric before that it only tells of, else the weightiest."""
    reading = discourse.reading
    last = discourse.last_in(reading.sentence_at(amount.start))
    if of_another and last.name and not subjects_in(reading, clause.start, amount.start):
        return replace(last, inferred=True)  # 猪肉价格下降43.5%，降幅扩大7个百分点
    subject = resolve(discourse, amount, clause, found)
    if found.how in ("listed", "price") and not clause.aside:
        own = clause if subject.mention is None and not subject.inferred else None
        return item_of(reading, amount, own) or subject
    return subject


def in_row(
    discourse: Discourse, subject: Subject, found: Link, pair: Pair | None, pairs: dict[Mention, Pair]
) -> tuple[Subject, Link, str]:
    """Subject, metric and region of a value that a row of names or nouns is paired with: A和B分别为3亿和5亿."""
    reading, metric = discourse.reading, found.metric.metric
    if isinstance(pair, Mention) and pair.kind == "entity":
        company = discourse.firm() if pair.label in ("GPE", "LOC") and metric.of != "gpe" else None
        if company is not None:  # 中国、美洲收入分别为
            return Subject(company.name, company, inferred=True), found, pair.name
        return Subject(pair.name, pair), found, ""
    if isinstance(pair, Noun) and (metric.of in ("goods", "gpe") or is_in_row(subject, pairs)):
        return Subject(pair.text), replace(found, metric=replace(found.metric, predicate=metric.name)), ""
    if isinstance(pair, Noun):  # 游戏和云业务收入分别为…
        name = pair.text + reading.text[found.metric.core : found.metric.end]
        return subject, replace(found, metric=replace(found.metric, predicate=name)), ""
    return subject, found, ""


def is_in_row(subject: Subject, pairs: dict[Mention, Pair]) -> bool:
    """True for a subject that is itself one of the nouns of a row: 煤制油 of 煤制气、煤制油的投资分别达到…."""
    return subject.mention is None and any(isinstance(p, Noun) and p.text == subject.name for p in pairs.values())


def stands(reading: Reading, claim: Claim, amount: Mention, found: Link) -> bool:
    """True for a claim of somebody's, or of a table, whose heads say what it is about."""
    if (
        found.how in TOLD or found.how == "traded"
    ):  # only a word beside it tells what it is: whose must be said close by
        start = item(reading, reading.sentence_at(amount.start), amount.start)[0].start
        own = next((part for part in claim.parts if part.name == claim.subject), None)
        inferred = "subject" in claim.inferred
        if found.how == "verb" and inferred and own is not None and own.label == "ORG":
            return False  # what a verb tells without a name for it is a firm's where the firm is named with it
        trades = found.how == "traded" and own is not None and own.label in ("ORG", "PERSON")
        return bool(claim.subject) and (not inferred or trades or (own is not None and own.start >= start))
    if found.how == "grown" and claim.subject == claim.predicate:
        return False
    return bool(claim.subject) or found.how == "table"


def shared_by(reading: Reading, claim: Claim, found: Link, subject: Subject) -> list[Claim]:
    """The claims of the other subjects of A和B营收均超100亿."""
    own = subject.mention
    gap = reading.masked[found.metric.end : claim.parts[-1].start]
    if own is None or own.end > claim.parts[-1].start:
        return []
    each = found.how == "left" and own.end <= found.metric.start
    ahead = reading.masked[max(own.end, found.metric.start - EACH) : found.metric.start].rstrip("自")
    each = each and (bool(cue_matcher("each").find(gap)) or ahead.endswith(cue_tuple("each")))  # A和B各增持300万
    if not each and found.how != "moved":  # 美团和快手升4%
        return []
    start = reading.clause_at(own.start).start
    start = max([start, *(m.end for m in reading.amounts_in(start, own.start))])  # A增持5亿、B和C各增持300万
    row = coordinated(reading, [m for m in subjects_in(reading, start, own.start) if m.label == own.label] + [own])
    others = row[:-1] if row and row[-1] is own else []
    return [replace(claim, subject=m.name, parts=(m, *claim.parts[1:]), object="") for m in others]


def after(reading: Reading, claim: Claim, before: Claim, clause: Clause, amount: Mention) -> Claim:
    """A claim with what the one before says of it, too: which way it went (翻了三倍，至45亿美元), against when."""
    same = claim.predicate == before.predicate and claim.subject == before.subject
    if same and not claim.direction and (claim.measure == "change" or is_goal(reading, clause, amount)):
        return replace(claim, direction=before.direction)
    alike = claim.measure == before.measure == "change" and claim.unit == before.unit == "%"
    alike = alike and SHARE_PRICE.name not in (claim.predicate, before.predicate)
    if alike and not claim.comparison and before.comparison in ("yoy", "qoq", "mom"):
        return replace(claim, comparison=before.comparison)  # 食品价格同比涨2%，其中猪肉涨9%
    return claim


def is_goal(reading: Reading, clause: Clause, amount: Mention) -> bool:
    """True for a clause that is nothing but where a metric came to: 至45亿美元, 来到每桶53美元."""
    text = before_rate(reading.masked[clause.start : amount.start]).strip().rstrip("约近大概 ")
    return text in cues()["targets"] | cues()["arrivals"]


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
    if amount.label == "count" and before.endswith(cue_tuple("pointers")):
        return True  # 这3个板块, 前面的4个窗口: those that were told of
    return before.endswith(cue_tuple("tolerances")) or before.endswith(cue_tuple("per_bases"))


def expected(reading: Reading, found: Link, spans: list[MetricSpan], linked: list[tuple[Mention, Link]]) -> Link:
    """共识为54.8亿 and 涨幅高达130% are about the metric that came before."""
    takes = found.metric.metric.takes
    if not takes & OF_ANOTHER:
        return found
    nouns = [s for s in spans if s.metric.role == "noun" and not s.metric.takes & OF_ANOTHER]
    before = [s for s in nouns if s.end <= found.metric.core]
    earlier = linked[-1][1].metric if linked else None
    base = before[-1] if before and (earlier is None or before[-1].core > earlier.core) else earlier
    if base is None or (base.metric.role == "verb"):
        return found
    metric = replace(base.metric, takes=(base.metric.takes - OF_ANOTHER) | (takes & OF_ANOTHER))
    told = found.metric
    if base.end <= told.core and not reading.masked[base.end : told.start].strip(" 的\0"):  # 国际黄金价格年内涨幅
        told = replace(told, start=base.start, core=base.core, end=base.end, owner=base.owner)
    return Link(replace(told, metric=metric, predicate=base.predicate), found.gap, found.how)
