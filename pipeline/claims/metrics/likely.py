"""Whose metric it is where its clause and those before it do not say: what is only likely, the likelier first."""

from collections.abc import Callable

from pipeline.claims.metrics import things
from pipeline.claims.metrics.dropped import (
    acting,
    country_told,
    employer,
    firm_word,
    first_person,
    pointed,
)
from pipeline.claims.metrics.lexicon import cue_matcher, cue_tuple, cues, metrics
from pipeline.claims.metrics.question import Question, Subject, relative_head
from pipeline.claims.metrics.roles import (
    is_house,
    is_marketplace,
    is_medium,
    is_office,
    is_speaker,
    part_of,
    subjects_in,
)
from pipeline.claims.metrics.spot import lower
from pipeline.claims.nominals import TOPIC
from pipeline.claims.phrases import is_person, units
from pipeline.claims.reading import SUBJECTS

HEADING = 14  # characters of a line's heading


def topic(asked: Question) -> Subject | None:
    """Who or what the sentences before are about."""
    found = asked.topics.before(asked.index, asked.of)
    if found is None and asked.of == "human":
        found = asked.topics.before(asked.index)  # a club, where no player has been named
    modifier = asked.metric.modifier if asked.metric is not None else None
    if modifier is not None and asked.reading.folded[slice(*modifier)] in cues()["parts_of_economy"]:
        found = asked.topics.before(asked.index, "gpe") or found  # 民间消费 is the country's
    if found is not None and asked.deals(found):
        return None
    return Subject(found.name, found, inferred=True) if found is not None else None


def title(asked: Question) -> Subject | None:
    found = asked.topics.title(asked.of)
    return Subject(found, inferred=True, titled=True) if found else None


def heading(asked: Question) -> Subject | None:
    """What the line says it is about: 钨 of 钨方面：…价格跌到12万元/吨, 生猪 of ★生猪：头均亏损164元."""
    if asked.of not in ("", "goods"):
        return None
    reading, line = asked.reading, asked.reading.line_of(asked.anchor)
    modifier = asked.metric.modifier if asked.metric is not None else None
    if modifier is not None and reading.folded[slice(*modifier)] in cues()["commodities"]:
        return None  # 家禽：肉鸡成本6.96元
    start = reading.first_letter(line[0])
    text = reading.masked[start : min(start + HEADING, asked.anchor)]
    found = cue_matcher("regarding").find(text)
    name = text[: found[0][0]] if found else ""
    if not name or "\0" in name or not things.names_thing(reading, start, start + len(name)):
        name, colon, _ = text.replace(":", "：").partition("：")
        name = name if colon and name in cues()["commodities"] else ""
    return Subject(reading.text[start : start + len(name)], inferred=True, thing=True) if name else None


def market(asked: Question) -> Subject | None:
    """The market that the sentence speaks of, for what only a market has, as written: A股今天大跌，成交额1.9万亿."""
    if asked.metric is None or not asked.metric.metric.name.endswith(cue_tuple("market_metrics")):
        return None
    start = asked.reading.sentences[asked.index][0]
    found = cue_matcher("markets").find(asked.reading.masked[start : asked.anchor])
    return Subject(asked.reading.text[start + found[-1][0] : start + found[-1][1]], inferred=True) if found else None


def country(asked: Question) -> Subject | None:
    found = asked.topics.scope(asked.index) if asked.of == "gpe" else ""
    return Subject(found, inferred=True) if found else None


def modifying(asked: Question) -> Subject | None:
    """The nouns in front of the metric."""
    if asked.possessor:
        return Subject(asked.possessor, thing=True)
    metric, reading = asked.metric, asked.reading
    if metric is None or not metric.modifier or metrics().find(lower(reading.folded[slice(*metric.modifier)])):
        return None
    name = reading.text[slice(*metric.modifier)].strip()
    return Subject(name, thing=True) if len(name) > 1 and things.names_thing(reading, *metric.modifier) else None


def poster(asked: Question) -> Subject | None:
    known = asked.poster and asked.metric is not None and asked.of in ("", "person", "human")
    return Subject(asked.poster) if known else None


def first_thing(asked: Question) -> Subject | None:
    found = things.first_thing(asked.reading, asked.index, asked.anchor) if asked.of == "goods" else ""
    return Subject(found, thing=True) if found else None


def office(asked: Question) -> Subject | None:
    """The country whose office publishes, for what countries and things have."""
    return any_office(asked) if asked.of in ("gpe", "goods") else None


def any_office(asked: Question) -> Subject | None:
    found = country_told(asked.reading, asked.index, asked.start, asked.anchor)
    return Subject(found, inferred=True) if found else None


def any_name(asked: Question) -> Subject | None:
    """Whoever is named in the clause, where nobody else has it: 日本央行维持利率."""
    own = [m for m in subjects_in(asked.reading, asked.start, asked.anchor) if not is_speaker(asked.reading, m)]
    if asked.metric is not None and "view" in asked.metric.metric.takes:
        own = [m for m in own if not is_house(m)]
    return Subject(own[-1].name, own[-1]) if own else None


def speakers_firm(asked: Question) -> Subject | None:
    found = employer(asked.reading, asked.index, asked.anchor) if asked.of in ("", "goods", "share") else None
    return Subject(found, inferred=True) if found else None


def dropped_poster(asked: Question) -> Subject | None:
    found = first_person(asked.reading, asked.anchor) if asked.of in ("", "person", "human", "goods") else ""
    return Subject(found, inferred=True) if found else None


def buyers(asked: Question) -> Subject | None:
    """The people of the clause, where what they deal in has not been named: 股民以23元买入."""
    found = acting(asked.reading, asked.start, asked.anchor)
    return Subject(found) if found else None


def own_name(asked: Question) -> Subject | None:
    """What has its price for a name: 德意志银行认为，金价将到6000美元 tells of nobody else."""
    goods = asked.metric is not None and asked.metric.metric.name.endswith(cue_tuple("priced_words"))
    return by_name(asked) if goods else None


def by_name(asked: Question) -> Subject | None:
    """What the metric's own name says is priced: 金价."""
    found = things.priced_thing(asked.reading, asked.metric) if asked.metric is not None else ""
    return Subject(found) if found else None


def trader(asked: Question) -> Subject | None:
    """The poster, for what only who holds shares has, where nobody at all has it."""
    if asked.metric is None:
        return None
    metric = asked.metric.metric
    held = metric.name in cues()["holders"] and (asked.of == "person" or asked.verb)
    held = held or ("held" in metric.takes and metric.name in cues()["own_deeds"])
    return Subject(cue_tuple("the_author")[0], inferred=True) if held else None


def acted_on(asked: Question) -> Subject | None:
    """What the sentence has named before, though it does nothing there: 把手机锁在80%，一年355次循环."""
    if asked.of == "gpe":
        return None
    found = subjects_in(asked.reading, asked.reading.sentences[asked.index][0], asked.anchor)
    found = [m for m in found if m.label in ("ORG", "PRODUCT") and not is_medium(m)]
    known = next((m for m in found if not is_office(m) and not is_marketplace(m)), None)
    return Subject(known.name, known, inferred=True) if known is not None else None


def pointed_at(asked: Question) -> Subject | None:
    """The thing that is pointed at and nowhere named: 这辆车跑了6万公里，油耗7.8L."""
    if asked.of not in ("", "goods"):
        return None
    return next((Subject(name, inferred=far) for name, far in pointed(asked.reading, asked.index, asked.anchor)), None)


def place(asked: Question) -> Subject | None:
    """The place or the event that the clause, or one before, opens with: 黄山接待游客18.6万人次."""
    start = asked.reading.sentences[asked.index][0]
    found = [m for m in asked.reading.entities_in(start, asked.front) if m.label in ("LOC", "EVENT")]
    topics = [m for m in found if part_of(asked.reading, m) == TOPIC]
    return Subject(topics[-1].name, topics[-1], inferred=topics[-1].start < asked.start) if topics else None


def named_later(asked: Question) -> Subject | None:
    """The company that a clause behind opens with: 去年亏损3亿元，今年盈利，零跑终于熬出头了."""
    if asked.of == "gpe":
        return None
    found = subjects_in(asked.reading, asked.end, asked.reading.sentences[asked.index][1])
    later = next((m for m in found if m.label == "ORG" and not is_medium(m)), None)
    if later is None or later.start != asked.reading.clause_at(later.start).start or is_speaker(asked.reading, later):
        return None
    return Subject(later.name, later, inferred=True)


def last_thing(asked: Question) -> Subject | None:
    """The common noun that the clause opens with, else what it describes: 毛利率60%的游戏业务."""
    found = things.opening_noun(asked.reading, asked.start, asked.front) if asked.of != "gpe" else ""
    if found or asked.verb:
        return Subject(found, thing=True) if found else None
    return relative_head(asked.reading, asked.amount.end, asked.end, people=False)


def nameless_firm(asked: Question) -> Subject | None:
    """The company that calls itself nothing else: the only one of the post, be it named later, else as written where
    the post names none or the sentence says so (集团营业额上升4%)."""
    if asked.of not in ("", "share", "goods"):
        return None
    reading, start = asked.reading, asked.reading.sentences[asked.index][0]
    found = firm_word(reading, asked.anchor)
    if found and (only := asked.topics.only) is not None:
        return Subject(only.name, only, inferred=True)
    if found and any(m.label == "ORG" for m in reading.subjects):
        found = firm_word(reading, asked.anchor, start)
    return Subject(found, inferred=True) if found else None


def author(asked: Question) -> Subject | None:
    """Who writes, for what people have and do, in a post that names nobody: 那天打牌输了5块钱."""
    priced = asked.metric is not None and things.is_price(asked.metric)  # 报63美元 is nobody's
    personal = asked.of in ("person", "human") or (asked.verb and not asked.of and not priced)
    if (
        not personal
        or asked.pronoun
        or asked.amount.kind != "money"
        or any(m.label != "GPE" for m in asked.reading.entities if m.label in SUBJECTS)
    ):
        return None
    if any(is_person(unit.word) for unit in units(asked.reading, asked.start, asked.anchor)):
        return None
    return Subject(cue_tuple("the_author")[0], inferred=True)


# In this order, behind all that the text says of it.
LIKELY: tuple[Callable[[Question], Subject | None], ...] = (
    *(heading, market, topic, title, country, modifying, poster, first_thing, office),
    *(any_name, speakers_firm, by_name, dropped_poster),
    *(buyers, acted_on, pointed_at, named_later, nameless_firm, place, last_thing, any_office, author, trader),
)
