"""Whose metric it is: an entity of the clause, else the one the text has been talking about."""

import re
from dataclasses import dataclass

from pipeline.claims.metrics.dropped import acting, country_told, employer, first_person, poster_before
from pipeline.claims.metrics.lexicon import cue_matcher, cue_tuple, cues, directions, metrics
from pipeline.claims.metrics.link import unexplained
from pipeline.claims.metrics.spot import MetricSpan, lower, noun_chain
from pipeline.claims.metrics.topics import Topics, by_setter, is_institute, is_medium, is_speaker, subjects_in
from pipeline.claims.reading import SUBJECTS, Reading, Span
from pipeline.records import Mention

LIST_MARK = re.compile(r"\s*\d{1,2}[、.)）]\s*")
OPENING = frozenset({"n", "nz", "x", "nrt", "eng"})
LONGEST = 8  # characters of a common noun that is a subject
ONE_WORD = 2  # characters of a price that is one word: 铜价
OWNER = 6  # characters of a clause before 的 that can name what has the metric
SCOPE = 8  # characters between a word such as 全球 and the metric


@dataclass(frozen=True, slots=True)
class Subject:
    """``name`` is canonical for an entity, else as written; ``mention`` is None for the latter."""

    name: str
    mention: Mention | None = None
    inferred: bool = False
    titled: bool = False


def subject_of(
    reading: Reading, topics: Topics, clause: Span, anchor: int, metric: MetricSpan | None, amount: Mention
) -> Subject:
    """The subject of a claim; ``anchor`` is where its metric (or, without one, its value) begins.

    In this order: the entity nearest before the metric in its clause; the noun whose metric it is (猪肉的价格);
    the first subject of the clause before; the topic of the sentences before; the nouns in front of the metric.
    """
    start = clause[0]
    index = reading.sentence_at(amount.start)
    of = metric.metric.of if metric else ""
    named = pronoun_in(reading, start, anchor)
    nearest = own_subject(reading, start, anchor, metric, named)
    if nearest is not None:
        return Subject(nearest.name, nearest)
    written = owner(reading, metric)
    actor = acting(reading, start, metric.start if metric is not None else anchor) if of in ("", "person") else ""
    if actor:
        return Subject(actor)
    topic = topics.before(index, of)
    if not written and of in ("goods", "gpe") and metric is not None and metric.modifier:
        written = reading.text[slice(*metric.modifier)].strip()
    makes = lead_before(reading, index, start, of) if metric is not None and "count" in metric.metric.takes else None
    if makes is not None and makes.label == "ORG":  # 特斯拉公布，汽车产量达到36.5万辆
        return Subject(makes.name, makes, inferred=True)
    if written and of == "goods" and not named and (topic is None or topic.label != "GPE"):
        return Subject(written)
    whole = scope(reading, start, metric)
    if whole:
        return Subject(whole)
    noun = opening_noun(reading, start, anchor) if of == "goods" and not named else ""
    if noun:
        return Subject(noun)
    lead = stood_for(reading, index, start, anchor, of) or lead_before(reading, index, start, of)
    if lead is not None and lead.label == "PERSON" and written:
        return Subject(written)
    person = poster_before(reading, index, anchor)
    if person and metric is not None and (of == "person" or (metric.metric.role == "verb" and of != "goods")):
        return Subject(person)  # 我…亏了三千
    if lead is not None:
        return Subject(lead.name, lead, inferred=True)
    if topic is not None:
        return Subject(topic.name, topic, inferred=True)
    title = topics.title(of)
    if title:
        return Subject(title, inferred=True, titled=True)
    whole = topics.scope(index) if of == "gpe" else ""
    if whole:
        return Subject(whole, inferred=True)
    if written:
        return Subject(written)
    if metric is not None and metric.modifier and not metrics().find(lower(reading.folded[slice(*metric.modifier)])):
        return Subject(reading.text[slice(*metric.modifier)].strip())
    if person and metric is not None and of in ("", "person"):
        return Subject(person)
    noun = first_noun(reading, index, anchor) if of == "goods" else ""
    if noun:
        return Subject(noun)
    if of in ("gpe", "goods") and (land := country_told(reading, index, start, anchor)):
        return Subject(land, inferred=True)
    own = [m for m in subjects_in(reading, start, anchor) if not is_speaker(reading, m)]
    if own:  # 日本央行维持利率: nobody else has it
        return Subject(own[-1].name, own[-1])
    if of in ("", "goods", "share") and (firm := employer(reading, index, anchor)):
        return Subject(firm, inferred=True)
    if of in ("", "person", "goods") and (poster := first_person(reading, anchor)):
        return Subject(poster, inferred=True)
    later = [m for m in subjects_in(reading, *reading.sentences[index]) if m.label in ("ORG", "PRODUCT")]
    if later and of != "gpe":
        return Subject(later[0].name, later[0], inferred=True)
    return Subject(priced_thing(reading, metric) if metric is not None else "")


def priced_thing(reading: Reading, metric: MetricSpan) -> str:
    """What a metric's own name says is priced: 汽油 of 汽油价格; the name itself where it is one word (金价)."""
    if metric.metric.of not in ("gpe", "goods") or not metric.metric.takes & {"money", "change", "index", "rate"}:
        return ""
    name = reading.text[metric.start : metric.end]
    for tail in cues()["price_tails"]:
        if name.endswith(tail) and len(name) >= len(tail) + 2:
            return name.removesuffix(tail)
    return name if metric.metric.of == "gpe" or (name == metric.metric.name and len(name) == ONE_WORD) else ""


def own_subject(reading: Reading, start: int, anchor: int, metric: MetricSpan | None, named: bool) -> Mention | None:
    """The entity of a clause that has its metric: the nearest, but no speaker, nor who sets a target for another.

    A place gives way to the company in front of it, where economies have no such metric: 特斯拉上海工厂交付.
    """
    of = metric.metric.of if metric else ""
    found = [m for m in subjects_in(reading, start, anchor) if of != "gpe" or m.label in ("GPE", "PRODUCT")]
    if of == "goods":  # an office, an exchange or a place in front of goods has not their price
        found = [m for m in found if not is_institute(m) and not is_medium(m)]
        priced = metric is not None and metric.modifier and "money" in metric.metric.takes
        if priced and all(m.label == "GPE" for m in found):
            return None
    if metric is not None and of == "share":
        found = [m for m in found if not by_setter(reading, m)]
    found = [m for m in found if not is_speaker(reading, m) or (m.label != "PERSON" and not named)]
    if not found:
        return None
    if found[-1].label == "GPE" and of != "gpe":
        owners = [m for m in found if m.label in ("ORG", "PRODUCT") and not is_speaker(reading, m)]
        return owners[-1] if owners else found[-1]
    return found[-1]


def scope(reading: Reading, start: int, metric: MetricSpan | None) -> str:
    """The whole that a metric is about: 全球智能手机 of 全球智能手机出货量."""
    if metric is None:
        return ""
    found = cue_matcher("scopes").find(reading.masked[start : metric.core])
    near = [m for m in found if metric.core - (start + m[1]) <= SCOPE and reading.masked[start + m[0] - 1] != "在"]
    return reading.text[start + near[0][0] : metric.core].strip(" 的") if near else ""


def stood_for(reading: Reading, index: int, start: int, anchor: int, of: str) -> Mention | None:
    """The name that a pronoun of the clause stands for (该公司, 后者), where it is one alone."""
    found = reading.reference_in(start, anchor)
    if found is None or len(found.antecedents) != 1:
        return None
    name = found.antecedents[0]
    return name if name.label in SUBJECTS and (of != "gpe" or name.label == "GPE") else None


def lead_before(reading: Reading, index: int, start: int, of: str) -> Mention | None:
    """The first subject of the nearest clause before, within the sentence."""
    for clause in reversed([c for c in reading.clauses(index) if c.end <= start and not c.aside]):
        found = [m for m in subjects_in(reading, clause.start, clause.end) if leads(reading, m, of)]
        if found:
            return found[0]
    return None


def leads(reading: Reading, mention: Mention, of: str) -> bool:
    """True where what a clause speaks of can have the metric of the next: no place, no one who only speaks."""
    if of == "gpe":
        return mention.label == "GPE"
    if of == "share" and by_setter(reading, mention):
        return False
    if is_medium(mention):
        return False
    if is_institute(mention) and (of in ("goods", "share") or is_speaker(reading, mention)):
        return False
    if mention.label == "GPE":
        return of == "goods"
    if any(reading.masked.endswith(word, 0, mention.start) for word in cues()["disposals"]):
        return False
    return mention.label != "PERSON" or (of != "goods" and not is_speaker(reading, mention))


def opening_noun(reading: Reading, start: int, end: int) -> str:
    """The noun that opens a clause without a name: 硅料 of 硅料一个月从34块涨到47块."""
    table = cues()
    while start < end and reading.folded[start] in " :>\n":
        start += 1
    stop = start
    for left, right, word, part in reading.tagged(start, end):
        if left != stop or part not in OPENING or word in table["general"] or word in table["pronouns"]:
            break
        stop = right
    name = reading.text[start:stop].strip()
    if not 2 <= len(name) <= LONGEST or name.isascii() or reading.bare[start:stop].count("\0") or stop >= end - 1:
        return ""
    if reading.folded[start:stop] in table["persons"] or name[0] in table["determiners"]:
        return ""
    return "" if moves(reading.folded[start:stop]) or metrics().find(lower(reading.folded[start:stop])) else name


def first_noun(reading: Reading, index: int, end: int) -> str:
    """The first noun phrase of a sentence, where nothing in it has a name: 钯金料将…保持在2000美元."""
    words = reading.tagged(reading.sentences[index][0], end)
    table = cues()
    for at, (_, _, word, part) in enumerate(words):
        if part in ("n", "nz", "nr", "nrt", "nt") and len(word) > 1 and word not in table["general"]:
            stop = at
            while stop + 1 < len(words) and words[stop + 1][3] in ("n", "nz") and len(words[stop + 1][2]) > 1:
                stop += 1
            name = reading.text[words[at][0] : words[stop][1]]
            named = metrics().find(lower(name))
            return name[: named[0][0]] if named else name
    return ""


def owner(reading: Reading, metric: MetricSpan | None) -> str:
    """What has the metric by its grammar: 猪肉 of 猪肉的价格, 这批货 of 这批货的成本."""
    if metric is None:
        return ""
    if metric.owner is not None:
        name = reading.text[slice(*metric.owner)].strip()
        return "" if metrics().find(lower(reading.folded[slice(*metric.owner)])) else name  # 扣除能源价格的核心CPI
    start = reading.clause_at(metric.core).start
    before = reading.bare[start : metric.start]
    whole = before.removesuffix("的")
    short = 2 <= len(whole) <= OWNER and whole != before and "\0" not in whole
    return whole.strip() if short and whole not in cues()["pronouns"] else ""


def pronoun_in(reading: Reading, start: int, end: int) -> bool:
    return bool(cue_matcher("pronouns").find(reading.masked[start:end]))


def noun_before(reading: Reading, end: int, start: int) -> str:
    """The noun phrase right before a copula: 五花肉是16.5元/斤."""
    if any(start < m.end and m.start < end for m in reading.overlapping(start, end) if m.kind == "date"):
        dated = max(m.end for m in reading.overlapping(start, end) if m.kind == "date")
        if dated >= end:
            return ""  # 去年同期77.5亿美元
        start = dated
    start = max([start, *(m.end for m in reading.amounts_in(start, end))])
    if (mark := LIST_MARK.match(reading.folded, start, end)) is not None:
        start = mark.end()
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
        and not (inside[-1][3] == "x" and whole[-1] in table["connectors"])  # 封在: a word of jieba's making
        and names_thing(reading, reading.text.index(whole, start), end)
    ):
        return whole  # 前臀尖, whatever the dictionary makes of it
    begin = noun_chain(reading, end, words)
    name = reading.text[begin:end].strip()
    if name[-1:] in table["connectors"]:
        return ""  # 封在21.46元
    return name if names_thing(reading, begin, end) else ""


def names_thing(reading: Reading, start: int, end: int) -> bool:
    """False for nouns too general to be a subject, for words of rise and fall, metrics, and words that only link."""
    text = reading.folded[start:end].strip()
    if text in cues()["general"] or moves(text) or any(m[2].role == "noun" for m in metrics().find(lower(text))):
        return False
    return unexplained(reading, start, end) > 0 and not text.endswith(cue_tuple("expectations"))


def moves(text: str) -> bool:
    """True where a text holds a verb of rise or fall: 年增 names nobody."""
    return bool(directions().find(text))
