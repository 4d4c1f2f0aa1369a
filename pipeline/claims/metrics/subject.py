"""Whose metric it is: who or what a clause names, else who or what the text has been telling of."""

from collections.abc import Callable

from pipeline.claims.metrics import things
from pipeline.claims.metrics.candidates import (
    clauses_before,
    lead_before,
    own_subject,
    rival,
    scope,
)
from pipeline.claims.metrics.dropped import (
    acting,
    board,
    collective,
    firms,
    name_ahead,
    person_told,
)
from pipeline.claims.metrics.fitting import unexplained
from pipeline.claims.metrics.lexicon import cue_matcher, cue_tuple, cues
from pipeline.claims.metrics.likely import LIKELY, own_name
from pipeline.claims.metrics.question import Question, Subject, relative_head
from pipeline.claims.metrics.roles import is_medium
from pipeline.claims.metrics.spot import MetricSpan
from pipeline.claims.metrics.topics import Topics
from pipeline.claims.reading import Reading, Span
from pipeline.mentions.entities import knowledge_base
from pipeline.records import Mention

FIRM = 12  # characters from a country to the word for a firm: 英国|金融科技公司
NEAR = 1  # characters between a person and what they have


def subject_of(
    reading: Reading, topics: Topics, clause: Span, anchor: int, metric: MetricSpan | None, amount: Mention
) -> Subject:
    """The subject of a claim: the answer of the first step that has one; ``anchor`` as in ``Question``."""
    asked = Question(reading, topics, clause, anchor, metric, amount)
    found = next((found for step in STEPS if (found := step(asked)) is not None), Subject(""))
    place = region(reading, found, anchor) if found.mention is None else None
    return Subject(place.name, place, inferred=True) if place is not None else found


def region(reading: Reading, found: Subject, end: int) -> Mention | None:
    """The place named last, for 全省 and 全市 without a name of their own."""
    if found.name not in cues()["regions"]:
        return None
    places = [m for m in reading.entities_in(0, end) if m.label == "GPE"]
    return places[-1] if places else None


def pointed_firm(asked: Question) -> Subject | None:
    """The firm named last that can be the one pointed at by its country: 这家英国公司."""
    reading = asked.reading
    for land in reading.entities_in(asked.start, asked.anchor):
        if land.label != "GPE" or not reading.masked.endswith(cue_tuple("firm_pointers"), asked.start, land.start):
            continue
        heads = cue_matcher("firm_heads").find(reading.masked[land.end : min(asked.end, land.end + FIRM)])
        if not heads:
            continue
        start = reading.sentences[max(0, asked.index - 1)][0]
        firms = [m for m in organizations(reading, start, land.start) if is_from(m, land)]
        if firms:
            return Subject(firms[-1].name, firms[-1], inferred=True)
        pointer = next(w for w in cues()["firm_pointers"] if reading.masked.endswith(w, asked.start, land.start))
        return Subject(reading.text[land.start - len(pointer) : land.end + heads[0][1]])
    return None


def organizations(reading: Reading, start: int, end: int) -> list[Mention]:
    """The organizations of ``start:end`` that can be told of, in order: no media."""
    return [m for m in reading.entities_in(start, end) if m.label == "ORG" and not is_medium(m)]


def is_from(firm: Mention, land: Mention) -> bool:
    """False for a firm that the knowledge base has in another country."""
    known = knowledge_base().entity(firm.entity_id) if firm.entity_id else None
    country = knowledge_base().country(known.country) if known is not None and known.country else None
    return country is None or country.name == land.name


def named(asked: Question) -> Subject | None:
    """The name in front of the metric in its clause; a match is both of its teams (盐城VS泰州)."""
    found = own_subject(asked.reading, asked.start, asked.anchor, asked.metric, asked.pronoun)
    other = rival(asked.reading, asked.start, found) if found is not None else None
    if found is not None and other is not None:
        return Subject(asked.reading.text[other.start : found.end])
    return Subject(found.name, found) if found is not None else None


def player(asked: Question) -> Subject | None:
    """The person whose age, goals or fee it is, also one who is acted on: 水晶宫签下迈尔，转会费…; 给迈尔开出…周薪."""
    if asked.of not in ("human", "person"):
        return None
    index = asked.index if asked.of == "human" else -1  # pay is that of others, too, who are named before
    known = person_told(asked.reading, index, asked.start, asked.anchor)
    return Subject(known.name, known, inferred=known.start < asked.start) if known is not None else None


def described(asked: Question) -> Subject | None:
    """What the value only describes: 现年21岁的哈兰德."""
    metric, end = asked.metric, asked.amount.end
    if metric is not None and metric.start >= end + 2:
        return None
    before = asked.reading.masked[asked.start : asked.anchor].rstrip()
    if before.endswith(cue_tuple("becoming")):
        return None  # 成为持股近4%的股东: told of who became one
    return relative_head(asked.reading, max(end, metric.end if metric else 0), asked.end)


def people(asked: Question) -> Subject | None:
    """The people that the clause begins with."""
    if asked.of not in ("", "person", "human"):
        return None
    found = acting(asked.reading, asked.start, asked.front)
    return Subject(found) if found else None


def holder(asked: Question) -> Subject | None:
    """The poster, or whom the poster tells of, right in front of what they have: 我|成本15块, 朋友|亏了30%."""
    if not asked.own or not asked.poster or asked.pronoun:
        return None
    found = cue_matcher("persons").find(asked.reading.masked[asked.start : asked.front])
    if not found or found[-1][2] in cues()["no_persons"]:
        return None
    left, right = asked.start + found[-1][0], asked.start + found[-1][1]
    near = unexplained(asked.reading, right, asked.front) <= NEAR
    return Subject(asked.reading.text[left:right]) if near else None


def firm(asked: Question) -> Subject | None:
    """The companies without a name that the clause begins with: 五大上市险企合计实现营收."""
    found = ""
    if asked.of in ("", "share", "goods"):
        found = firms(asked.reading, asked.start, asked.front)
    if not found and not asked.pronoun:
        found = collective(asked.reading, asked.start, asked.holder_end)
        found = found or board(asked.reading, asked.start, asked.holder_end)
    return Subject(found) if found else None


def opener(asked: Question) -> Subject | None:
    """The name that the dictionary has and the gazetteers lack, alone at the head of the clause: 恒生这个股息率."""
    if asked.of in ("gpe", "goods"):
        return None
    found = name_ahead(asked.reading, asked.start, asked.anchor)
    return Subject(found) if found else None


def maker(asked: Question) -> Subject | None:
    """Who makes what is counted: 特斯拉公布，汽车产量达到36.5万辆."""
    if asked.metric is None or "count" not in asked.metric.metric.takes:
        return None
    found = lead_before(asked.reading, asked.index, asked.start, asked.of)
    return Subject(found.name, found, inferred=True) if found is not None and found.label == "ORG" else None


def priced(asked: Question) -> Subject | None:
    """The thing whose price or amount it is."""
    told = asked.possessor and asked.of == "goods" and not asked.pronoun
    return Subject(asked.possessor, thing=True) if told else None


def whole(asked: Question) -> Subject | None:
    found = scope(asked.reading, asked.start, asked.metric)
    return Subject(found) if found else None


def thing(asked: Question) -> Subject | None:
    """The common noun that the clause is about."""
    if not asked.of_things:
        return None
    found = things.topic_noun(asked.reading, asked.start, asked.anchor, rare=asked.of == "share")
    if not found and asked.of == "goods":
        found = things.opening_noun(asked.reading, asked.start, asked.anchor)
    return Subject(found, thing=True) if found else None


def opening_thing(asked: Question) -> Subject | None:
    """The thing without a name that the clause opens with, and points at: 该桥, 这家店."""
    found = things.pointed_at(asked.reading, asked.start, asked.anchor) if asked.of != "person" else ""
    return Subject(found) if found else None


def bond(asked: Question) -> Subject | None:
    """The bond whose yield it is: 美债 of 美债收益率."""
    metric, reading = asked.metric, asked.reading
    if metric is None or not reading.masked.endswith(cue_tuple("yields"), metric.start, metric.end):
        return None
    years = [m for m in reading.overlapping(max(0, metric.start - 1), metric.start) if m.label == "duration"]
    name = reading.text[years[0].start if years else metric.start : metric.end].strip()
    short = next((rest for tail in cues()["yields"] if (rest := name.removesuffix(tail)) != name), "")
    return Subject(short) if len(short) > 1 and short.endswith(cue_tuple("bonds")) else None


def told_before(asked: Question) -> Subject | None:
    """Who or what the clause before is about; the poster for what people have and do (我…亏了三千)."""
    lead = asked.lead
    if lead is None and asked.of_things:
        found = things.thing_before(asked.reading, asked.index, asked.start, rare=asked.of == "share")
        if found:
            return Subject(found, inferred=True, thing=True)
    if lead is None and asked.of in ("", "share"):
        for clause in clauses_before(asked.reading, asked.index, asked.start):
            found = firms(asked.reading, clause.start, clause.end) or board(asked.reading, clause.start, clause.end)
            if found:
                return Subject(found, inferred=True)
    if lead is not None and lead.label == "PERSON" and asked.possessor:
        return Subject(asked.possessor)
    if lead is not None and asked.deals(lead):
        return None  # 买了中国建筑，赚了5000元: who dealt in it
    if asked.poster and (asked.of in ("person", "human") or (asked.verb and asked.of != "goods")):
        return Subject(asked.poster)
    return Subject(lead.name, lead, inferred=True) if lead is not None else None


# From what stands nearest to the value to what is only likely.
STEPS: tuple[Callable[[Question], Subject | None], ...] = (
    *(
        player,
        pointed_firm,
        named,
        bond,
        described,
        holder,
        people,
        firm,
        opener,
        maker,
        priced,
        whole,
        opening_thing,
        thing,
    ),
    *(own_name, told_before, *LIKELY),
)
