"""Things that a clause tells of and that have no name: common nouns that are subjects (硅料, 辣椒炒肉)."""

import re

from pipeline.claims.metrics.fitting import before_rate, unexplained
from pipeline.claims.metrics.lexicon import cue_tuple, cues, directions, metrics
from pipeline.claims.metrics.roles import is_institute
from pipeline.claims.metrics.spot import MetricSpan, lower, noun_chain, pointed_end
from pipeline.claims.nominals import OWNER, TOPIC, Nominal, nominals
from pipeline.claims.phrases import Unit, is_agent, is_document, is_person, written
from pipeline.claims.reading import Clause, Reading, once
from pipeline.lexicons import cached
from pipeline.records import Mention

NO_THINGS = ("general", "versions", "parts_of_economy")  # lists of nouns that are no subjects
LIST_MARK = re.compile(r"\s*\d{1,2}[、.)）]\s*")
SEMICOLONS = frozenset("；;")
ITEMS = SEMICOLONS | {" - ", " · ", " • "}  # marks between things that are told of one after the other
METRIC = 4  # characters behind a noun in which the metric that it modifies begins and ends


@once
def thing(reading: Reading, phrase: Nominal) -> str:
    """A noun phrase as written where it is a common noun that names a thing; empty for names, people, metrics.

    Of what has a price only the thing is left: 硅料 of 硅料价格.
    """
    first = phrase.units[0]
    if first.mention is None and not is_common(first):
        return ""  # it would be the first word of the thing
    found = metrics().find(lower(reading.bare[phrase.start : phrase.end + METRIC]))
    heads = {phrase.end, *(unit.start for unit in phrase.units)}
    within = [
        (phrase.start + left, metric)
        for left, right, metric in found
        if phrase.start + left in heads
        and metric.role == "noun"
        and (metric.of == "goods" or phrase.start + right >= phrase.end)
    ]
    if any(metric.of != "goods" for _, metric in within):
        return ""
    kept = tuple(unit for unit in phrase.units if not within or unit.end <= within[0][0])
    while len(kept) > 1 and kept[-1].word in cues()["general"]:
        kept = kept[:-1]  # 碳酸锂现货
    while len(kept) > 1 and (lead := kept[0].mention) is not None and (lead.label == "GPE" or is_institute(lead)):
        kept = kept[1:]  # 上海期货交易所铜, 美国WTI原油
    if not kept:
        return ""
    phrase = Nominal(kept, phrase.part)
    name = written(reading, phrase.units)
    if phrase.entity is not None or len(name) < 2 or not all(map(is_common, phrase.units)):
        return ""
    if name[0].isdigit() or name[0] in cues()["determiners"]:
        return ""
    return brought_in(name) if names_thing(reading, phrase.start, phrase.end) else ""


def is_common(unit: Unit) -> bool:
    """True for a noun that is neither somebody nor a document."""
    if unit.kind != "noun" or is_agent(unit.word) or is_document(unit.word):
        return False
    return unit.tag.startswith(("n", "x", "j", "b", "g")) or unit.word in cues()["grades"]


def ends_in_deed(reading: Reading, start: int, end: int) -> bool:
    """True for nouns whose last word tells what is done: 累计交付."""
    return any(part.startswith("v") and right == end for _, right, _, part in reading.tagged(start, end))


def names_thing(reading: Reading, start: int, end: int) -> bool:
    """False for nouns too general to be a subject, for words of rise and fall, metrics, and words that only link."""
    text = reading.folded[start:end].strip()
    if any(text in cues()[name] for name in NO_THINGS) or text.isdigit():
        return False
    if text.endswith(cue_tuple("complements")) or moves(text):
        return False
    if any(m[2].role == "noun" for m in metrics().find(lower(text))):
        return False
    # 只会 and 远高于 are words of jieba's making; 硅料 is a noun that it does not know.
    known = text.endswith(cue_tuple("materials")) or any(word[3][0] == "n" for word in reading.tagged(start, end))
    return unexplained(reading, start, end) > (0 if known else 1) and not text.endswith(cue_tuple("expectations"))


def moves(text: str) -> bool:
    """True where a text holds a verb of rise or fall: 年增 names nobody."""
    return bool(directions().find(text))


@once
def pointed_at(reading: Reading, start: int, end: int) -> str:
    """The thing without a name that a clause opens with, and points at: 这座桥 of 这座桥全长3.2公里."""
    if cues()["pointing"].isdisjoint(reading.masked[start:end]):
        return ""
    found = nominals(reading, start, end)
    if not found or found[0].part != TOPIC or found[0].units[0].mention or reading.reference_in(start, end):
        return ""
    start, stop = found[0].start, pointed_end(reading, found[0].start)
    folded = reading.folded[start : max(start, stop)]
    if not folded or is_person(folded) or folded.endswith(cue_tuple("firms")):
        return ""
    return reading.text[start:stop]


def noun_of(reading: Reading, start: int, metric: MetricSpan) -> str:
    """The thing that stands right in front of a metric, also one that no dictionary has: 居住类 of 居住类价格."""
    found = nominals(reading, start, metric.core)
    if not found or found[-1].part not in (TOPIC, OWNER):
        return ""
    return "" if reading.masked[found[-1].end : metric.core].strip(" 的\0") else thing(reading, found[-1])


def item(reading: Reading, index: int, offset: int) -> list[Clause]:
    """The clauses of a sentence up to ``offset``, from the last of the marks on: each item has its own things."""
    found = [c for c in reading.clauses(index) if c.start <= offset and not c.aside]
    first = max((i for i, c in enumerate(found) if c.before in ITEMS), default=0)
    return found[first:]


def behind_one(reading: Reading, start: int, end: int) -> int:
    """Where the thing begins that a price is for one, or some, of: 一只|帝王蟹1200元, 十节|电池9.9元."""
    one = next((m for m in reading.overlapping(start, start + 1) if m.start == start and m.end < end), None)
    if one is not None:
        return one.end if one.kind == "quantity" and one.label != "duration" else start
    counted = reading.masked.startswith(("一", "1"), start) and reading.masked[start + 1 : start + 2]
    return start + 2 if counted and counted in cues()["classifiers"] else start


@once
def noun_before(reading: Reading, end: int, start: int) -> str:
    """The noun phrase right before a copula: 五花肉是16.5元/斤."""
    start = behind_one(reading, start, end)
    if dates := [m.end for m in reading.overlapping(start, end) if m.kind == "date"]:
        start = dates[-1]
        if start >= end:
            return ""  # 去年同期77.5亿美元
    start = reading.behind_amounts(start, end)
    if (mark := LIST_MARK.match(reading.folded, start, end)) is not None:
        start = mark.end()
    unit = next((m.unit for m in reading.overlapping(end, end + 1) if m.start == end), "")
    end = start + len(before_rate(reading.masked[start:end], unit))
    words = reading.tagged(start, end)
    table = cues()
    if words and words[-1][3] == "x" and words[-1][2][-1:] in table["verb_tails"] and len(words[-1][2]) > 1:
        end -= 1  # 药妆买|了6万: a word of jieba's making
        words = [*words[:-1], (words[-1][0], end, words[-1][2][:-1], "x")]
    whole = reading.text[start:end].strip(" :>\n")
    inside = [w for w in words if start <= w[0] and w[1] <= end and w[2].strip()]
    if (
        2 <= len(whole) <= 8
        and inside
        and all(part[0] in "nfbjsx" for _, _, _, part in inside)
        and not any(word[0] in table["determiners"] for _, _, word, _ in inside[1:])  # 收于|每千克
        and not (inside[-1][3] == "x" and whole[-1] in table["connectors"])  # 封在: a word of jieba's making
        and names_thing(reading, reading.text.index(whole, start), end)
    ):
        return brought_in(whole)  # 前臀尖, whatever the dictionary makes of it
    begin = noun_chain(reading, end, words)
    name = reading.text[begin:end].strip()
    if name[-1:] in table["connectors"]:
        return ""  # 封在21.46元
    return brought_in(name) if names_thing(reading, begin, end) else ""


def brought_in(name: str) -> str:
    """A noun phrase without what brings it in or sets it off: 老人 of 有位老人, 这套房子 of 光这套房子."""
    table = cues()
    if name[:1] not in first_letters():
        return name
    focus = [word for word in table["focus"] if name[len(word) : len(word) + 1] in table["pointing"]]
    opening = max((word for word in [*table["there_is"], *focus] if name.startswith(word)), key=len, default="")
    rest = name.removeprefix(opening)
    if len(rest) < 2 or (len(opening) == 1 and rest[0] not in table["pointing"] and not is_person(rest)):
        return name  # 有色金属
    return rest


@cached
def first_letters() -> frozenset[str]:
    """Of what brings a noun phrase in or sets it off."""
    return frozenset(word[0] for name in ("there_is", "focus") for word in cues()[name])


def is_price(metric: MetricSpan) -> bool:
    return metric.metric.name.endswith(cue_tuple("prices"))


def priced_thing(reading: Reading, metric: MetricSpan) -> str:
    """What a metric's own name says is priced: 汽油 of 汽油价格; the name itself where it is one word (金价)."""
    if metric.metric.of not in ("gpe", "goods") or not metric.metric.takes & {"money", "change", "index", "rate"}:
        return ""
    name = reading.text[metric.start : metric.end]
    if name in cues()["price_tails"] or metric.metric.name in cues()["unit_prices"]:
        return ""
    if metric.metric.takes & {"change_up", "change_down"}:
        return ""
    one_word = name == metric.metric.name and is_price(metric)
    rate = metric.metric.of == "gpe" and not is_price(metric)
    return without_tail(reading, metric) or (name if rate or one_word else "")


def without_tail(reading: Reading, metric: MetricSpan) -> str:
    """The thing in front of 价格 and the like in a metric's name: 国际黄金 of 国际黄金价格; empty where none is."""
    name = reading.text[metric.start : metric.end]
    tail = max((tail for tail in cues()["price_tails"] if name.endswith(tail)), key=len, default="")
    return name.removesuffix(tail) if tail and len(name) >= len(tail) + 2 else ""


def heads_thing(reading: Reading, mention: Mention, start: int, end: int) -> bool:
    """True for a place or an office in front of the thing that is told of: 美国|WTI原油, 上海期货交易所|铜."""
    if mention.label != "GPE" and not is_institute(mention):
        return False
    found = [one for one in nominals(reading, start, end) if one.start <= mention.start < one.end]
    return any(one.end > mention.end and thing(reading, one) for one in found)
