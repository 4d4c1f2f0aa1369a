"""What the words around a value say of it: level, change or ratio, which way, compared with what."""

from pipeline.claims.metrics.against import comparison_of, degree
from pipeline.claims.metrics.fitting import before_rate
from pipeline.claims.metrics.growth import growth_after, noun_after, pace, time_after
from pipeline.claims.metrics.lexicon import Direction, Metric, cue_matcher, cue_tuple, cues, directions
from pipeline.claims.reading import Reading, Span
from pipeline.frozen import frozen
from pipeline.records import Mention

EXPECTED = "预期"
RECORD = 12  # characters behind a value within which it is called a record
GIVEN_AS_CHANGE = frozenset(
    {"change", "change_of", "forecast", "previous"}
)  # a metric that is given as its change: CPI
DASHES = "-−－"
STEP = 4  # characters in front of a signed value in which its time ends: 日-452万, 周环比-2
TURN = 24  # characters from a verb to the value of the metric that it takes
NEAR = 6  # characters behind a value within which a direction noun still belongs to it (94%的增长)


@frozen
class Measure:
    """``measure`` is empty where the words do not make a claim of metric and value."""

    measure: str
    direction: str = ""
    comparison: str = ""
    base: Span | None = None  # what it is compared with, as written


def last_direction(reading: Reading, start: int, end: int) -> tuple[int, int, Direction] | None:
    """The direction cue nearest before ``end``."""
    found = directions().find(reading.masked[start:end])
    if not found:
        return None
    found = [m for m in found if m[0] + start == 0 or reading.masked[m[0] + start - 1] != "每"]  # 每升7.6元
    while found and is_none(reading, start, end, found[-1]):
        found.pop()
    if not found:
        return None
    left, right, direction = found[-1]
    return left + start, right + start, direction


def per_step(reading: Reading, start: int, end: int) -> str:
    """Which way a step goes that something else follows: up of 铜价每上涨100美元."""
    found = cue_matcher("steps").ending(reading.masked, start, end)
    verbs = directions().find(found[2]) if found else []
    return verbs[0][2].direction if verbs else ""


def is_none(reading: Reading, start: int, end: int, cue: tuple[int, int, Direction]) -> bool:
    """True for the 升 of 500毫升, the plus of B+轮 and the 高收 of 最高收购价."""
    left, right = cue[0] + start, cue[1] + start
    if reading.masked[left - 1 : left] in cues()["utmost"]:
        return True
    if right - left == 1 and not reading.masked[left].isalnum():
        return bool(reading.masked[right:end].strip())
    return any(m.kind == "quantity" for m in reading.overlapping(left, right))


def set_ahead(reading: Reading, start: int, amount: Mention) -> str:
    """Which way a value has been set by the verb in front of its metric: 下调目标价至20美元, 上调全年指引到50亿元."""
    values = reading.amounts_in(reading.clause_at(start).start, amount.start)
    behind = max(start, values[-1].end) if values else start
    if reading.masked[behind : amount.start].strip() not in cues()["set_to"]:
        return ""
    first = min(start, values[0].start) if values else start
    found = cue_matcher("set_ahead").find(reading.masked[reading.clause_at(start).start : first])
    verbs = directions().find(found[-1][2]) if found else []
    return verbs[0][2].direction if verbs else ""


def is_target(reading: Reading, cue_end: int, amount: Mention, goal: bool = True) -> bool:
    """True where the value is what the metric came to: 增长94%至350.8亿, 升至76.38%, 降到5%.

    ``goal`` is False for a value that cannot be the metric's own, as a percentage of sales: 增长达30% is by so much.
    """
    between = before_rate(reading.masked[cue_end : amount.start]).strip()
    if between.startswith(cue_tuple("least")):
        return False  # 涨价至少一成
    if goal and any(mark in between for mark in "，,") and between.endswith(cue_tuple("passing")):
        return True  # 估值涨得很快，眼下已超过70亿元
    goals = cue_tuple("targets" if goal else "reaches")
    return between.startswith(goals) or between.endswith(goals)


def measure_of(reading: Reading, metric: Metric, amount: Mention, gap: Span) -> Measure:
    """Measure of ``amount`` for ``metric``; ``gap`` is the text that links them, up to the amount.

    For a verb that is a metric (少赚了31亿) the gap includes the verb.
    """
    start, end = gap
    comparison, base = comparison_of(reading, start, end, amount)
    cue = last_direction(reading, start, end)
    direction = amount.direction
    if each := per_step(reading, start, end):
        return Measure("change", each, comparison, base)
    if "change_up" in metric.takes or "change_down" in metric.takes:
        named = "up" if "change_up" in metric.takes else "down"
        if amount.unit == "pp" and cue is not None and cue[0] >= start:  # 涨幅比上月回落0.1个百分点
            named = cue[2].direction
        return Measure("change", named, comparison, base)
    if "change_of" in metric.takes and amount.kind == "percent":
        return Measure("change", direction or (cue[2].direction if cue is not None else ""), comparison, base)
    if amount.label == "multiple":
        return multiple(reading, metric, amount, gap, cue, comparison, base)
    if cue is None and metric.role == "noun":
        direction = direction or set_ahead(reading, start, amount)
        if direction and amount.unit == "%" and not fits_level(metric, amount):
            return Measure("change", direction, comparison, base)
    if cue is not None and cue[2].strength == "steady":
        cue = None  # 稳定超过3万 moves nowhere
    if cue is not None and stands(reading, cue[1], amount) and fits_level(metric, amount):
        return Measure("level", "", "", base)  # 先跌后升，现报4.3%
    if fits_level(metric, amount) and is_less(reading, amount, comparison):
        return Measure("change", "down", comparison, base)
    after = noun_after(reading, metric, amount) or pace(reading, amount) or growth_after(reading, amount)
    beaten = cue is not None and cue[2].strength == "beat"
    if beaten and reading.masked[start : amount.start].rstrip(" 近约").endswith("的") and fits_level(metric, amount):
        return Measure("level", "", "", base)  # 超出预期的2.84美元
    turns = cue is not None and cue[2].strength == "trend" and cue[1] == amount.start  # 转跌2%
    if cue is not None and (turns or cue[2].strength in ("change", "ratio", "compare", "level", "beat")):
        direction = direction or cue[2].direction
        own = fits_level(metric, amount)
        if cue[2].strength == "level" or is_target(reading, cue[1], amount, own):
            kind = "level" if own else "ratio"
            return Measure(kind, direction, "" if kind == "level" else comparison, base)
        beaten = beaten and not comparison  # 超出0.38美元: what was expected
        return Measure("change", direction, EXPECTED if beaten else comparison, base)
    if after is not None:
        return Measure("change", after.direction, comparison or time_after(reading, amount), base)
    adjective = degree(reading, start, amount.start) if comparison else None
    if adjective is None and (way := by_so_much(reading, start, amount)):
        return Measure("change", way, comparison, base)
    if adjective is not None:  # 较发行价低1%
        return Measure("change", adjective[1], comparison, base)
    if amount.unit == "pp":
        return Measure("change", direction, comparison, base)
    if amount.unit == "%" and "change" in metric.takes and metric.takes <= GIVEN_AS_CHANGE and base is None:  # CPI 2.6%
        return Measure("change", direction or "up", comparison)
    if fits_level(metric, amount):
        direction = direction or trailing(reading, amount) or passing(reading, metric, amount)
        return Measure("level", direction, comparison if changes(metric, direction) else "", base)
    if direction or comparison in ("yoy", "qoq", "mom"):  # 同比+12.4%, （-5.7%）
        return Measure("change", direction or "up", comparison, base)
    if "change" in metric.takes and amount.unit == "%" and comparison in cues()["expectations"]:
        return Measure("change", "up")  # GDP增长3.0%，高于预期的2.6%
    if amount.unit == "%" and base is not None:
        return Measure("ratio", "", comparison, base)
    return Measure("")


def by_so_much(reading: Reading, start: int, amount: Mention) -> str:
    """Which way a value goes by so much without a word of what it is compared with: 费用也就再多个几百元."""
    text = reading.masked[start : amount.start].rstrip(" 约近")
    return next((name for name in ("up", "down") if text.endswith(cue_tuple("by_" + name))), "")


def stands(reading: Reading, start: int, amount: Mention) -> bool:
    """True for a value that a quotation gives, whatever moved in a clause before: 开高走低，盘中最低428元."""
    text = reading.masked[start : amount.start].rstrip(" 约近为是")
    return any(mark in text for mark in "，,") and text.endswith(cue_tuple("stands_at"))


def is_less(reading: Reading, amount: Mention, comparison: str) -> bool:
    """True for what is taken off: 环比-2万辆, 日-452万元, 1343家/-39家. A negative profit is a level."""
    at = amount.start if reading.text[amount.start] in DASHES else amount.start - 1
    if at < 1 or reading.text[at] not in DASHES or amount.kind not in ("money", "quantity"):
        return False
    before = reading.masked[max(0, at - STEP) : at]
    return bool(comparison) or before.endswith(cue_tuple("per_time")) or (before[-1:] in "/／" and bool(before))


def changes(metric: Metric, direction: str) -> bool:
    """A rate that is given as its change (CPI) keeps the comparison of a signed value."""
    return "change" in metric.takes and bool(direction)


def trailing(reading: Reading, amount: Mention) -> str:
    """The direction that the next clause gives: 15%，高于去年同期的9%; 17.8%，再度写下近五年新高.

    What is only above what was expected has not moved.
    """
    behind = reading.masked[amount.end : amount.end + NEAR].lstrip(" ，,的")
    at = reading.folded[amount.end : amount.end + RECORD]
    record = at.lstrip(" ，,的").removeprefix("再度").removeprefix("再次").lstrip("又也并更再续")
    if record.startswith(cue_tuple("records")):  # 17.8%创近五年新高, 的历史新高
        for name in ("up", "down"):
            if any(word in record.partition("，")[0] for word in cues()["record_" + name]):
                return name
    for name in ("up", "down"):
        if behind.startswith(cue_tuple("trailing_" + name)):
            word = next(word for word in cue_tuple("trailing_" + name) if behind.startswith(word))
            if behind.startswith(EXPECTED, len(word)):
                return ""
            return name if "创" in word or reading.dates_in(amount.end, amount.end + RECORD) else ""
    return "flat" if behind.startswith(cue_tuple("trailing_flat")) else ""


def passing(reading: Reading, metric: Metric, amount: Mention) -> str:
    """``up`` for a mark that what is traded has passed: 指数突破4000点, 市值站上万亿元."""
    if "count" in metric.takes or (metric.of not in ("goods", "share") and metric.name not in cues()["marked"]):
        return ""
    before = reading.masked[max(0, amount.start - NEAR) : amount.start].rstrip(" 了过逾约近每")
    return "up" if before.endswith(cue_tuple("passing_up")) else ""


def turned(reading: Reading, metric: Metric, amount: Mention, clause: Span, start: int) -> str:
    """The direction of a verb that takes the metric as its object: 预计增加|公司净利润约1000万元.

    ``start`` is where the metric begins.
    """
    if not fits_level(metric, amount) or amount.end - start > TURN:
        return ""
    found = [m for m in directions().find(reading.masked[clause[0] : start]) if m[2].strength == "change"]
    if not found:
        return ""
    left, right, direction = found[-1]
    word = reading.masked[clause[0] + left : clause[0] + right]
    between = reading.masked[clause[0] + right : start]
    plain = (
        not set(between) & set("的，,、") and not reading.has_amount(clause[0] + right, start) and len(between) <= TURN
    )
    return direction.direction if word in cues()["turning"] and plain and not is_target(reading, start, amount) else ""


def fits_level(metric: Metric, amount: Mention) -> bool:
    """True where a value of this unit can be the metric's own level."""
    if amount.kind == "money":
        return bool(metric.takes & {"money", "index", "forecast"})
    if amount.kind == "quantity":
        return bool(metric.takes & {"count", "duration", "index", "forecast"})
    if amount.label == "multiple":
        return "multiple" in metric.takes
    return amount.unit == "%" and bool(metric.takes & {"rate", "forecast"})


def multiple(
    reading: Reading,
    metric: Metric,
    amount: Mention,
    gap: Span,
    cue: tuple[int, int, Direction] | None,
    comparison: str,
    base: Span | None,
) -> Measure:
    """Times: 市盈率21倍 is a level, 增长3倍 a change, 翻倍 and 是…的3倍 ratios."""
    own = directions().find(reading.folded[amount.start : amount.end])
    if own and own[0][2].strength in ("ratio", "change"):  # 翻倍, 腰斩
        return Measure("ratio", own[0][2].direction, comparison or "", base)
    if "multiple" in metric.takes and cue is None:
        return Measure("level")
    if cue is not None and cue[2].strength == "change" and not is_target(reading, cue[1], amount, False):
        return Measure("change", cue[2].direction, comparison, base)
    adjective = degree(reading, gap[0], amount.start) if comparison and cue is None else None
    if adjective is not None:  # 较招股价高逾1倍
        return Measure("change", adjective[1], comparison, base)
    return Measure("ratio", cue[2].direction if cue else "", comparison, base)
