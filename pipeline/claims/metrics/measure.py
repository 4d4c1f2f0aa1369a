"""What the words around a value say of it: level, change or ratio, which way, compared with what."""

import re

from pipeline.claims.metrics.fitting import before_rate
from pipeline.claims.metrics.lexicon import Direction, Metric, cue_matcher, cue_tuple, cues, directions, table
from pipeline.claims.reading import Reading, Span
from pipeline.frozen import frozen
from pipeline.lexicons import cached
from pipeline.lexicons.trie import trie
from pipeline.records import Mention

EXPECTED = "预期"
RECORD = 12  # characters behind a value within which it is called a record
GIVEN_AS_CHANGE = frozenset(
    {"change", "change_of", "forecast", "previous"}
)  # a metric that is given as its change: CPI
TURN = 24  # characters from a verb to the value of the metric that it takes
PACE = 16  # characters behind a value within which it is called a pace, and which way
GROWTH = 14  # characters behind a value in which a noun of growth ends
TIMES = ("yoy", "qoq", "mom", "previous")
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
    """Which way a step goes that something else follows: up of 油价每上涨10美元."""
    found = cue_matcher("steps").ending(reading.masked, start, end)
    verbs = directions().find(found[2]) if found else []
    return verbs[0][2].direction if verbs else ""


def is_none(reading: Reading, start: int, end: int, cue: tuple[int, int, Direction]) -> bool:
    """True for the 升 of 500毫升 and the plus of B+轮."""
    left, right = cue[0] + start, cue[1] + start
    if right - left == 1 and not reading.masked[left].isalnum():
        return bool(reading.masked[right:end].strip())
    return any(m.kind == "quantity" for m in reading.overlapping(left, right))


def set_ahead(reading: Reading, start: int, amount: Mention) -> str:
    """Which way a value has been set by the verb in front of its metric: 下调目标价至20美元, 上调全年指引到50亿元."""
    values = reading.amounts_in(reading.clause_at(start).start, amount.start)
    if reading.masked[max([start, *(m.end for m in values)]) : amount.start].strip() not in cues()["set_to"]:
        return ""
    first = min([start, *(m.start for m in values)])
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
    after = noun_after(reading, metric, amount) or pace(reading, amount) or growth_after(reading, amount)
    beaten = cue is not None and cue[2].strength == "beat"
    if beaten and reading.masked[start : amount.start].rstrip(" 近约").endswith("的") and fits_level(metric, amount):
        return Measure("level", "", "", base)  # 超出预期的2.84美元
    turns = cue is not None and cue[2].strength == "trend" and cue[1] == amount.start  # 转跌3%
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
        word = next((word for word in cue_tuple("trailing_" + name) if behind.startswith(word)), "")
        if word:
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


def degree(reading: Reading, start: int, end: int) -> tuple[int, str] | None:
    """Where the adjective of 较发行价高逾一成 begins, right in front of a value, and which way it goes."""
    text = reading.masked[start:end].rstrip(" 了出逾超近约")
    for name, way in (("more", "up"), ("less", "down")):
        word = next((word for word in cue_tuple(name) if text.endswith(word)), "")
        if word:
            return start + len(text) - len(word), way
    return None


def noun_after(reading: Reading, metric: Metric, amount: Mention) -> Direction | None:
    """The direction of 94%的增长, 3%的跌幅; the metric itself tells none (120万桶的减产量)."""
    behind = reading.masked[amount.end : amount.end + NEAR]
    if not behind.startswith("的") or behind.startswith(metric.name, 1):
        return None
    found = directions().find(behind)
    return found[0][2] if found and found[0][0] <= 2 and found[0][2].strength == "change" else None


@cached
def growth_pattern() -> re.Pattern[str]:
    """按年升幅, 的强劲成长幅度: a noun of rise or fall, with what it is measured against and how strong it is."""
    lists = table()
    fill = trie([*lists["fillers"], *(word for name in TIMES for word in lists[name])])
    return re.compile(f"(?:{fill})*+(?:(?P<up>{trie(lists['rises'])})|(?P<down>{trie(lists['falls'])}))")


def growth_after(reading: Reading, amount: Mention) -> Direction | None:
    """The direction of the noun right behind a percentage: 12.3%按年升幅, 1.7%的环比增长."""
    if amount.unit != "%":
        return None
    found = growth_pattern().match(reading.masked, amount.end, amount.end + GROWTH)
    if found is None or ("的" not in found.group() and not found.group().endswith(cue_tuple("growth_ends"))):
        return None  # 从40%下降到2%: a verb
    return Direction(found.lastgroup or "", "change")


def time_after(reading: Reading, amount: Mention) -> str:
    """``yoy``, ``qoq`` or ``mom`` of 12.3%按年升幅."""
    found = growth_pattern().match(reading.masked, amount.end, amount.end + GROWTH)
    text = found.group() if found else ""
    if cue_matcher("previous").find(text):
        return before_period(reading, amount.start)
    return next((name for name in TIMES[:-1] if cue_matcher(name).find(text)), "")


def pace(reading: Reading, amount: Mention) -> Direction | None:
    """The direction of 以每年2%的速度快速上升: by so much in a time."""
    behind = reading.masked[amount.end : amount.end + PACE]
    noun = cue_matcher("paces").find(behind) if behind.startswith("的") else []
    if not noun or noun[0][0] > 6:
        return None
    found = directions().find(behind[noun[0][1] :].split("，")[0])
    return found[0][2] if found and found[0][2].strength == "change" else None


def comparison_of(reading: Reading, start: int, end: int, amount: Mention) -> tuple[str, Span | None]:
    """``yoy``, ``qoq``, ``mom`` or the base as written, with the base's span."""
    text = reading.masked[start:end]
    if found := cue_matcher("annualized").find(text):
        return found[-1][2], None
    if not (amount.unit == "pp" and against_rate(text)):  # 比上月的同比涨幅回落0.2个百分点
        for name in ("yoy", "qoq", "mom"):
            if cue_matcher(name).find(text):
                return name, None
        if found := cue_matcher("previous").find(text):
            return before_period(reading, start + found[-1][0]), None
    bases = [b for b in cue_matcher("bases").find(text) if not reading.entities_in(start + b[0], start + b[1])]
    for _left, right, word in bases:
        stop = base_end(reading, start + right, end)
        stop = without_adverbs(reading, start + right, stop)
        written = without_asides(reading.text[start + right : stop]).strip(" 的，,:：近约")
        if not written:
            # 高出预期 stands behind its verb; 比预期高出 before it
            continue
        if word in cues()["exceeding"] and not any(ch not in "0123456789" for ch in written):
            continue
        period = period_base(reading, start + right, stop)
        return (period or written), (start + right, stop)
    return of_base(reading, start, end, amount)


def against_rate(text: str) -> bool:
    """True where a word of comparison stands by itself, and is not the 比 of 同比."""
    times = [found for name in ("yoy", "previous") for found in cue_matcher(name).find(text)]
    return any(not any(left <= base[0] < right for left, right, _ in times) for base in cue_matcher("bases").find(text))


def of_base(reading: Reading, start: int, end: int, amount: Mention) -> tuple[str, Span | None]:
    """The base of 仅为英伟达同类的63%, 是2000年的3.25倍: between the copula and 的."""
    if amount.kind != "percent":
        return "", None
    stop = end
    while stop > start and reading.masked[stop - 1] in " 近约":
        stop -= 1
    if stop <= start or reading.masked[stop - 1] != "的":
        return "", None
    dates = reading.dates_in(start, stop)
    if (
        dates and dates[-1].end == stop - 1 and reading.behind(dates[-1].start, cue_tuple("restored"))
    ):  # 恢复至2019年同期的82%
        written = reading.text[dates[-1].start : stop - 1]
        return period_base(reading, dates[-1].start, stop - 1) or written, (dates[-1].start, stop - 1)
    copulas = [right for _, right, word in cue_matcher("copulas").find(reading.masked[start : stop - 1])]
    if not copulas:
        return "", None
    left = start + copulas[-1]
    written = reading.text[left : stop - 1].strip()
    return (written, (left, stop - 1)) if written else ("", None)


def without_adverbs(reading: Reading, start: int, end: int) -> int:
    """Where a base ends in front of the adverbs of its verb: 比上年名义增长."""
    found = cue_matcher("connectors").find(reading.masked[start:end])
    while found and start + found[-1][1] == end and found[-1][2] != "的":
        end = start + found.pop()[0]
    return end


def without_asides(text: str) -> str:
    """The text without what stands in brackets."""
    return re.sub(r"[（(][^（()）]{0,40}[)）]", "", text)


def base_end(reading: Reading, start: int, end: int) -> int:
    """Where the base of a comparison stops: at the direction verb, 的, or the value."""
    stops = [start + left for left, _, _ in directions().find(reading.masked[start:end])]
    at = reading.masked.rfind("的", start, end)
    if at >= 0 and at >= end - 2:
        stops.append(at)
    adjective = degree(reading, start, end)
    if adjective is not None:
        stops.append(adjective[0])
    return min([*stops, end])


def period_base(reading: Reading, start: int, end: int) -> str:
    """``yoy`` where the base is the same period of last year."""
    written = re.split("[的之]", reading.folded[start:end].strip(" 的"))[0]  # 去年同期之21亿港元
    return next((name for name in ("yoy", "qoq", "mom") if written in cues()[name + "_bases"]), "")


def before_period(reading: Reading, offset: int) -> str:
    """环比: against the quarter before where the text speaks of quarters, else the month before."""
    for mention in reversed([m for m in reading.dates if m.start <= offset]):
        if "Q" in mention.period or "H" in mention.period:
            return "qoq"
        if mention.period.count("-") == 1:
            return "mom"
    return "qoq"
