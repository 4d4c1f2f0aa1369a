"""A claim from a value, its metric and its subject: what it says, of when, how surely, whose word."""

from pipeline.claims.certainty import certainty, source_of
from pipeline.claims.metrics.bases import based_period
from pipeline.claims.metrics.dating import whole_year
from pipeline.claims.metrics.fitting import Link
from pipeline.claims.metrics.framed import framed
from pipeline.claims.metrics.lexicon import INDEX, PRICE, SHARE_PRICE, cue_matcher, cue_tuple, cues
from pipeline.claims.metrics.measure import EXPECTED as BEATEN
from pipeline.claims.metrics.measure import Measure, fits_level, is_target, last_direction, measure_of, turned
from pipeline.claims.metrics.period import MONTHS, period_of
from pipeline.claims.metrics.roles import is_index, is_institute
from pipeline.claims.metrics.shares import POLLED, share_of
from pipeline.claims.metrics.spot import MetricSpan
from pipeline.claims.metrics.subject.discourse import Subject
from pipeline.claims.phrases import units
from pipeline.claims.reading import BRACKETS, Clause, Reading, once
from pipeline.frozen import replace
from pipeline.records import Claim, Mention

EXPECTED = 10  # characters beside a value in which a noun calls it expected
FROM = 16  # characters in front of a value in which a move begins
PRESENT = frozenset({"asserted", "reported", "estimated"})  # what is so already is of no time to come
SIGNS = "+-−±＋－"


def build(
    reading: Reading, subject: Subject, amount: Mention, clause: Clause, found: Link, paired: Mention | None
) -> Claim | None:
    span = found.metric
    shared = share_of(reading, clause, found, amount)
    based = based_period(reading, amount)
    if (
        based
        and amount.unit == "%"
        and not fits_level(span.metric, amount)
        and reading.behind(based.start, cue_tuple("restored"))
    ):
        based = None  # 恢复至前年同期的九成 is a part of what that was
    gap = (span.core, found.gap[1]) if span.metric.role == "verb" and span.end == found.gap[0] else found.gap
    measure = Measure("level") if shared or based else measure_of(reading, span.metric, amount, gap)
    if measure.measure == "level" and not measure.direction and span.metric.role == "noun" and not (shared or based):
        turn = turned(reading, span.metric, amount, (clause.start, clause.end), span.start)
        measure = replace(measure, measure="change", direction=turn) if turn else measure
    if shared:
        measure = replace(measure, direction=came(reading, clause, amount))
    if not measure.measure:
        return None
    predicate = shared[0] if shared else named(reading, span, subject, amount)
    daily = bool({span.metric.name, predicate} & {SHARE_PRICE.name, INDEX.name})
    moved = daily or span.metric.name in cues()["performances"]
    if moved and amount.unit == "%" and measure.measure == "level" and not (shared or based):
        direction = amount.direction or measure.direction or "up"  # 创业板指全年表现为19.6%
        measure = replace(measure, measure="change", direction=direction)
    if measure.measure == "change" and measure.comparison in ("", BEATEN):
        comparison = of_name(reading, span, amount) or framed(reading, clause) or measure.comparison
        measure = replace(measure, comparison=comparison)
    stated = paired or based
    within = (clause.start, clause.end)
    moves = measure.measure == "change"
    # 超过今年联赛的场均6467人: a level is of the time of what it is compared with
    base = None if measure.measure == "level" and not measure.direction else measure.base
    date, carried = (stated, False) if stated else period_of(reading, within, amount, base, daily, moves)
    if date is not None and not stated:
        date = whole_year(reading, date, clause.start, max(amount.start, span.end))
        if comes_from(reading, amount) and is_future(reading, date):
            date, carried = None, False  # 明年…将由目前的30%升至35%
    if "previous" in span.metric.takes and not reading.dates_in(clause.start, amount.start):
        date, carried = None, False  # the period before the one that is told of
    inferred = [name for name, on in (("unit", "unit" in amount.inferred), ("period", carried)) if on]
    if subject.inferred:
        inferred.append("subject")
    other = counterparty(reading, clause, subject) or held(reading, clause, subject, span)
    bases = reading.overlapping(*measure.base) if measure.base else []
    dated = reading.dates_in(date.start, date.end) if date else []  # the mention itself, whatever year of it is meant
    parts = [m for m in (subject.mention, *dated, other, *bases) if m is not None and m is not amount]
    claim = Claim(
        label="metric",
        start=first_of(reading, subject, clause, span, found),
        end=before_aside(reading, amount, clause),
        rule=f"claim.metric.{found.how}.{measure.measure}",
        subject=subject.name,
        predicate=predicate,
        object=shared[1] if shared else other.name if other else "",
        value_min=amount.value_min,
        value_max=amount.value_max,
        unit=amount.unit,
        qualifier=amount.qualifier,
        measure=measure.measure,
        direction=measure.direction,
        period=date.period if date else "",
        period_start=date.period_start if date else "",
        period_end=date.period_end if date else "",
        comparison=bare_base(measure.comparison, reading.text[span.start : span.end]),
        parts=(*dict.fromkeys(parts), amount),
        inferred=tuple(inferred),
    )
    claim = attributed(reading, claim, span)
    if date is not None and carried and claim.certainty in PRESENT and is_future(reading, date):
        return undated(claim, dated) if is_told(reading, date) else claim
    return claim


def is_told(reading: Reading, date: Mention) -> bool:
    """True for a date on which something happens (10月17日挂牌); a heading's is what is spoken of (双11手机榜)."""
    clause = reading.clause_at(date.start)
    return any(unit.kind == "verb" for unit in units(reading, clause.start, clause.end))


def undated(claim: Claim, dates: list[Mention]) -> Claim:
    """The claim without the period of another sentence."""
    inferred = tuple(name for name in claim.inferred if name != "period")
    parts = tuple(part for part in claim.parts if part not in dates)
    return replace(claim, period="", period_start="", period_end="", inferred=inferred, parts=parts)


def came(reading: Reading, clause: Clause, amount: Mention) -> str:
    """Which way a share came to its value: 占营收的比重提高到12%."""
    cue = last_direction(reading, clause.start, amount.start)
    came_to = cue is not None and (cue[2].strength == "level" or is_target(reading, cue[1], amount))
    return cue[2].direction if cue is not None and came_to else ""


def of_name(reading: Reading, span: MetricSpan, amount: Mention) -> str:
    """``yoy`` where the metric's own name says so: 食品价格年涨幅, 年增幅."""
    if amount.unit == "pp":
        return ""  # 同比涨幅回落0.2个百分点: not against last year
    text = reading.masked[max(0, span.start - 1) : span.end]
    return next((name for name in ("yoy", "qoq", "mom") if cue_matcher(name).find(text)), "")


def bare_base(base: str, metric: str) -> str:
    """What a value is compared with, without the metric's own name: 前代 of 前代性能; 招股价 is a word."""
    rest = base.removesuffix(metric)
    return rest if len(rest) > 1 else base


def first_of(reading: Reading, subject: Subject, clause: Clause, span: MetricSpan, found: Link) -> int:
    """Where the clause of a claim begins: with its metric, and in a list with the name in its line."""
    start = min(clause.start, span.start) if found.how in ("left", "right") else clause.start
    if found.how == "listed" and subject.mention and reading.line_of(clause.start)[0] <= subject.mention.start:
        start = min(start, subject.mention.start)
    if reading.text[start] in SIGNS:  # a row's cell, a bracket: 营收（-5.7%）
        start = reading.line_of(start)[0] if found.how == "table" else min(start, span.start)
    while start < clause.end and reading.text[start] in " \n\t>:：，,、。；;)）】]":
        start += 1
    return start


def named(reading: Reading, span: MetricSpan, subject: Subject, amount: Mention) -> str:
    """The predicate; what a share has as price, an index has as its level and goods as price.

    A rise or a fall that names nothing else (英伟达涨幅5%) is that of the price.
    """
    grows = reading.folded[span.core : span.end].endswith(cue_tuple("growth_words"))
    moves = span.predicate == span.metric.name in cues()["price_changes"] and not grows
    whose = subject.mention
    if not subject.name or not (moves or span.predicate == SHARE_PRICE.name):
        return span.predicate
    if moves and (whose is None or whose.label not in ("ORG", "PRODUCT") or is_institute(whose)):
        return span.predicate
    if whose is None:  # a name that nobody knows has shares, what is sold by the ton has none
        shared, per_thing = traded_in(reading, reading.sentence_at(amount.start))
        among = span.metric.of == "share" or shared
        return SHARE_PRICE.name if subject.titled or (among and not per_thing) else PRICE.name
    if whose.label != "PRODUCT":
        return SHARE_PRICE.name
    return INDEX.name if is_index(whose) else PRICE.name


@once
def traded_in(reading: Reading, sentence: int) -> tuple[bool, bool]:
    """Whether a sentence names several companies, and whether it has the price of a piece or a measure."""
    span = reading.sentences[sentence]
    named = sum(m.label == "ORG" for m in reading.entities_in(*span))
    return named > 1, any(one.label == "price" for one in reading.amounts_in(*span))


def before_aside(reading: Reading, amount: Mention, clause: Clause) -> int:
    """Where a claim's clause ends: at the bracket behind its value, which is another claim's."""
    if clause.aside:
        return clause.end
    opened = [at for sign in BRACKETS if (at := reading.masked.find(sign, amount.end, clause.end)) >= 0]
    return min([*opened, clause.end])


def counterparty(reading: Reading, clause: Clause, subject: Subject) -> Mention | None:
    """The entity that a clause's preposition names: 向OpenAI投入, 在美国的下载量."""
    for mention in reading.entities_in(clause.start, clause.end):
        if mention is not subject.mention and mention.name != subject.name:
            before = reading.masked[max(clause.start, mention.start - 2) : mention.start]
            if before.endswith(cue_tuple("counterparties")):
                return mention
    return None


def held(reading: Reading, clause: Clause, subject: Subject, span: MetricSpan) -> Mention | None:
    """The company whose shares a share metric counts: 持有Uber公司的15%股份."""
    if "held" not in span.metric.takes:
        return None
    for mention in reading.entities_in(clause.start, clause.end):
        before = reading.masked[max(clause.start, mention.start - 4) : mention.start].rstrip(" 了的")
        if mention.name != subject.name and before.endswith(cue_tuple("holdings")):
            return mention
    return None


def attributed(reading: Reading, claim: Claim, span: MetricSpan) -> Claim:
    """The claim with its certainty and source."""
    from_now = comes_from(reading, claim.parts[-1])
    # What people want or plan (33%的人考虑买房) is no doubt about how many they are.
    end = claim.parts[-1].end if span.metric is POLLED else claim.end
    sure = certainty(reading, claim.start, end, known=from_now)
    awaited = cue_matcher("expectations").find(reading.masked[claim.start : claim.end])
    of_base = bool(awaited) and reading.masked.startswith("的", claim.start + awaited[-1][1])  # 高于市场预期的1.26美元
    awaits = span.metric.takes & {"forecast", "view"} or of_base or is_expected(reading, claim.parts[-1])
    if awaits and sure in ("asserted", "reported", "estimated"):
        sure = "forecast"
    step = reading.masked[claim.start : claim.parts[-1].start]
    if sure in ("asserted", "reported", "estimated") and cue_matcher("steps").ending(step, 0, len(step)):
        sure = "hypothetical"  # 铜价每上涨100美元
    if "previous" in span.metric.takes and sure == "forecast":
        sure = "asserted"  # 预期11.3万人，前值25.4万人
    if (
        sure in ("asserted", "reported", "forecast")
        and span.metric.role == "verb"
        and span.metric.name in cues()["deeds"]
    ):
        meant = reading.masked[max(0, span.core - 6) : span.core].rstrip().endswith(cue_tuple("intents"))
        sure = "planned" if meant or sure == "forecast" else sure  # 将裁员1万人: who does it decides
    source, inferred = source_of(reading, claim.start, claim.end)
    if (
        sure in ("asserted", "reported")
        and span.metric.of in ("", "share")
        and not from_now
        and to_come(reading, claim)
    ):
        sure = "forecast"
    if sure == "asserted" and source:
        sure = "reported"
    more = ("source",) if inferred and source else ()
    return replace(claim, certainty=sure, source=source, inferred=(*claim.inferred, *more))


def is_expected(reading: Reading, amount: Mention) -> bool:
    """True for a value that its noun calls expected: 7%的指引, 预测区间（10亿至12亿元）."""
    behind = reading.masked[amount.end : amount.end + EXPECTED].lstrip("左右的之")
    if behind.startswith(cue_tuple("expected_nouns")):
        return True
    if reading.masked[amount.start - 1 : amount.start] not in BRACKETS or not amount.start:
        return False
    before = reading.masked[max(0, amount.start - EXPECTED) : amount.start - 1]
    return before.endswith(cue_tuple("expected_nouns"))


def comes_from(reading: Reading, amount: Mention) -> bool:
    """True for where a move that is still to come begins: 将从目前的30%升至35%, 预计由去年的50亿增至60亿."""
    clause = reading.clause_at(amount.start)
    text = reading.masked[max(clause.start, amount.start - FROM) : amount.start].rstrip("每日约近 ")
    found = cue_matcher("from_words").find(text)
    if not found or cue_matcher("expected_nouns").find(reading.masked[clause.start : amount.start]):
        return False  # 预估范围由原本的380亿上调至400亿
    time = text[found[-1][1] :].removesuffix("的")
    if time in cues()["present"]:
        return True
    posted = reading.post.posted_at
    at = max(clause.start, amount.start - FROM) + found[-1][1]
    dates = [m for m in reading.dates_in(at, at + len(time)) if m.end - m.start == len(time)]
    return posted is not None and bool(dates) and str(dates[0].period_end or "9") < posted.date().isoformat()


def is_future(reading: Reading, date: Mention) -> bool:
    posted = reading.post.posted_at
    return posted is not None and str(date.period_start) > posted.date().isoformat()


def to_come(reading: Reading, claim: Claim) -> bool:
    """True for a claim whose stated year, half or quarter begins after the post: 明年EPS增长19%."""
    posted = reading.post.posted_at
    if posted is None or "period" in claim.inferred or not MONTHS.search(claim.period):
        return False
    return str(claim.period_start) > posted.date().isoformat() and claim.parts[-1].label != "duration"
