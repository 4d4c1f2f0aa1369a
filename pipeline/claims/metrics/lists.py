"""Lists under a heading: each line a name and its value, of the metric that the heading names."""

import re

from pipeline.claims.metrics.fitting import Link, copula, fits, only_nouns
from pipeline.claims.metrics.lexicon import PRICE, Metric, cues, list_units, metrics
from pipeline.claims.metrics.spot import MetricSpan, lower, spot
from pipeline.claims.metrics.subject.discourse import Subject
from pipeline.claims.metrics.things import behind_one, noun_before
from pipeline.claims.phrases import is_agent
from pipeline.claims.reading import SUBJECTS, Clause, Reading, Span
from pipeline.records import Mention

HEADING = 15  # lines above an item in which its heading is looked for
GAP = 3  # blank lines between the lines of a list
NOUN = 14  # characters of a noun between a name and its value: Air 3S 单机 5799元
MARKS = " :：.…·—-|、"  # that set a name off from its value
COLONS = (":", "：")
COMMAS = frozenset("，,；;。")
# A label, however its letters are spaced: 租  金：
LABEL = re.compile(
    r"[ \t\-•·*\d.、)）>]{0,8}([一-龥](?:[ \u3000]{0,4}[一-龥]){1,8})[ \u3000]{0,4}[:：][ \u3000约]{0,3}"
)
EVERYDAY = 100_000  # above this a name and a sum say nothing of a price


def listed(reading: Reading, amount: Mention, clause: Clause) -> Link | None:
    """The heading's metric for the value of a line such as 2. 小鹏 41581辆; None where the line is no item."""
    line = reading.line_of(amount.start)
    if clause.aside or not is_item(reading, line[0], amount):
        return None
    at = line[0]
    for _ in range(HEADING):
        if at == 0:
            break
        above = reading.line_of(at - 1)
        at = above[0]
        spans = [s for s in spot(reading, *above) if s.metric.role == "noun" and fits(s.metric, amount)]
        values = reading.amounts_in(*above)
        if spans and not values:
            return Link(spans[-1], (amount.start, amount.start), "listed")
        if not values or not is_item(reading, above[0], values[0]):
            break
    return None


def itemized(reading: Reading, amount: Mention, clause: Clause) -> Link | None:
    """The price of what opens its line: 大疆 Air 3S 单机 5799元, 联通：49元."""
    if amount.kind != "money" or clause.aside or amount.value_max is None or amount.value_max > EVERYDAY:
        return None
    start = reading.line_of(amount.start)[0]
    names = reading.ends_in(start, amount.start)
    if not is_item(reading, start, amount) or (names is None and not in_list(reading, amount)):
        return None
    if names is not None and names[1].label not in ("PRODUCT", "ORG"):
        return None
    if names is not None and names[1].label == "ORG":
        between = reading.masked[names[1].end : copula(reading, names[1].end, amount.start)]
        if not between.strip(MARKS) and not reading.masked[names[1].end : amount.start].strip().startswith(COLONS):
            return None  # 茅台 1500元: the price of its share
    span = MetricSpan.alone(PRICE, amount.start)
    return Link(span, (clause.start, amount.start), "price")


def ranked(reading: Reading, amount: Mention, clause: Clause) -> Link | None:
    """What a table of places counts whose heading does not say it: lines such as 1. 零跑 70289辆, by their unit."""
    name = list_units().get(amount.unit)
    line = reading.line_of(amount.start)
    if name is None or clause.aside or not is_item(reading, line[0], amount):
        return None
    names = reading.ends_in(line[0], amount.start)
    if names is None or names[1].label not in ("ORG", "PRODUCT") or not in_list(reading, amount):
        return None
    metric = Metric(name, frozenset({"count"}), "noun", of="goods")
    span = MetricSpan.alone(metric, amount.start)
    return Link(span, (clause.start, amount.start), "listed")


def in_list(reading: Reading, amount: Mention) -> bool:
    """True where the line above or below is an item, too, whose first value has the same unit."""
    line = reading.line_of(amount.start)
    for near in (line_above(reading, line), line_below(reading, line)):
        values = reading.amounts_in(*near) if near else []
        if near and values and values[0].unit == amount.unit and is_item(reading, near[0], values[0]):
            return True
    return False


def labelled(reading: Reading, amount: Mention, clause: Clause) -> Link | None:
    """What a line's label says is measured, as written (胎纹深度：5mm), or the lexicon's (租  金：2000元)."""
    line = reading.line_of(amount.start)
    found = LABEL.fullmatch(reading.text, line[0], amount.start)
    if clause.aside or found is None or reading.ends_in(line[0], amount.start) is not None:
        return None
    name = "".join(found.group(1).split())
    known = metrics().whole(lower(name))
    if known is None:
        if amount.kind == "money" or name in cues()["general"] or is_agent(name) or in_list(reading, amount):
            return None
        kind = {"quantity": "duration" if amount.label == "duration" else "count"}.get(amount.kind, "rate")
        known = Metric(name, frozenset({kind}), "noun")
    start, end = found.span(1)
    span = MetricSpan.alone(known, start, end)
    return Link(span, (end, amount.start), "left") if fits(known, amount) else None


def item_of(reading: Reading, amount: Mention, own: Clause | None = None) -> Subject | None:
    """The name that opens the list's line of a value: its product, else its first one, else its noun.

    ``own`` is a clause with a thing of its own; behind a comma that is no variety of the line's: 排骨28元，鸡蛋5元.
    """
    line = reading.line_of(amount.start)
    first = reading.amounts_in(*line)[0]
    if own is not None and first.end <= own.start and own.before in COMMAS:
        return None
    others = [m for m in reading.entities_in(first.end, amount.start) if m.label in SUBJECTS]
    if others or not is_item(reading, line[0], first):
        return None
    start = reading.first_letter(line[0])
    names = [m for m in reading.entities_in(start, first.start) if m.label in SUBJECTS]
    if names:
        named = next((m for m in reversed(names) if m.label == "PRODUCT"), names[0])
        return Subject(named.name, named)
    noun = noun_before(reading, copula(reading, start, first.start), start)
    return Subject(noun) if noun else None


def line_above(reading: Reading, line: Span) -> Span | None:
    """The line before that is not blank."""
    for _ in range(GAP):
        if line[0] == 0:
            return None
        line = reading.line_of(line[0] - 1)
        if reading.text[slice(*line)].strip():
            return line
    return None


def line_below(reading: Reading, line: Span) -> Span | None:
    """The line behind that is not blank."""
    for _ in range(GAP):
        if line[1] + 1 >= len(reading.text):
            return None
        line = reading.line_of(line[1] + 1)
        if reading.text[slice(*line)].strip():
            return line
    return None


def is_item(reading: Reading, start: int, amount: Mention) -> bool:
    """True where nothing but a mark and a name stands in its line before a value."""
    start = behind_one(reading, min(reading.first_letter(start), amount.start), amount.start)
    at = copula(reading, start, amount.start)
    if at <= start:
        return False
    names = reading.ends_in(start, at)
    if names is not None:
        first, last = names
        rest = reading.folded[last.end : at].strip(MARKS)
        if first.start != start or reading.has_amount(last.end, at):
            return False
        if set(reading.folded[first.end : last.start]) & COMMAS:
            return False  # 国家能源局数据显示，宁德…
        return not rest or (len(rest) <= NOUN and only_nouns(reading, last.end, at, MARKS))
    if reading.has_amount(start, at):
        return False  # what is named stands behind it, and is not all that the line has
    return noun_before(reading, at, start) == reading.text[start:at].strip(" :：")
