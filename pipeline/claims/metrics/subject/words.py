"""Who or what has no name of its own in the text: words that stand for somebody, and what a metric's name says."""

from bisect import bisect_left
from collections.abc import Callable, Iterator

from pipeline.claims.metrics import things
from pipeline.claims.metrics.fitting import before_cost
from pipeline.claims.metrics.lexicon import cue_matcher, cue_tuple, cues, directions, metrics
from pipeline.claims.metrics.spot import lower
from pipeline.claims.metrics.subject.owners import owner, scope
from pipeline.claims.metrics.subject.people import (
    acting,
    board,
    collective,
    country_told,
    employer,
    firm_word,
    firms,
    first_person,
    pointed,
    poster_before,
)
from pipeline.claims.metrics.subject.question import FIRM, START, Question

HEADING = 14  # characters of a line's heading
CLAUSES = 5  # back to those who are told of together


def copula(asked: Question) -> str:
    """The noun right in front of the value, its copula or its verb: 五花肉 of 五花肉是16.5元."""
    reading, clause, amount = asked.reading, asked.clause, asked.amount
    if asked.own and asked.verb:
        return things.noun_before(reading, asked.found.metric.core, clause.start)
    if asked.own and asked.found.metric.core < amount.start:
        return ""  # the metric is what stands there
    moves = directions().find(reading.masked[clause.start : amount.start])
    stop = before_cost(reading, clause.start, clause.start + moves[0][0] if moves else amount.start)
    return things.noun_before(reading, stop, clause.start)


def owned(asked: Question) -> str:
    """What has the metric by its grammar: 猪肉 of 猪肉的价格, 铜 of 铜报价."""
    reading, span = asked.reading, asked.found.metric
    if not asked.own:
        return ""
    found = owner(reading, span)
    if not found and asked.of in ("goods", "gpe"):
        found = things.without_tail(reading, span) if span.modifier else ""
        if not found and asked.of == "goods":
            found = things.noun_of(reading, asked.clause.start, span)
        if not found and span.modifier and not things.ends_in_deed(reading, *span.modifier):
            found = reading.text[slice(*span.modifier)]
        if asked.of == "goods" and metrics().whole(lower(found)):
            found = ""  # 产量 of 产量增速 is the metric's own
    return found.strip() if len(found) > 1 else ""


def priced(asked: Question) -> str:
    """What the metric's own name says is priced: 金价."""
    return things.priced_thing(asked.reading, asked.found.metric)


def people_ahead(asked: Question) -> str:
    """The people that the clause begins with."""
    return acting(asked.reading, asked.clause.start, asked.front)


def group(asked: Question) -> str:
    """Those of one kind that the clause begins with, told of together: 外资, 三大航, 半导体板块, 五大上市险企."""
    reading, start = asked.reading, asked.clause.start
    deals = asked.amount.kind == "money" and asked.metric.name.endswith(cue_tuple("dealings"))
    end = asked.anchor if not asked.own else asked.found.metric.end if deals else asked.found.metric.core
    return collective(reading, start, end) or board(reading, start, end) or firms(reading, start, asked.front)


def group_before(asked: Question) -> str:
    """The same of the clauses before in the sentence."""
    clauses = asked.reading.clauses(asked.sentence)
    stop = bisect_left(clauses, asked.clause.start, key=START)
    for clause in reversed(clauses[max(0, stop - CLAUSES) : stop]):
        if not clause.aside:
            span = asked.reading, clause.start, clause.end
            if found := firms(*span) or board(*span):
                return found
    return ""


def country(asked: Question) -> str:
    """The country whose office publishes the figures."""
    if asked.of not in ("gpe", "goods", "person"):
        return ""
    return country_told(asked.reading, asked.sentence, asked.clause.start, asked.anchor)


def speakers_firm(asked: Question) -> str:
    """The company of who speaks: 英伟达 of 黄仁勋表示."""
    return employer(asked.reading, asked.sentence, asked.anchor) if asked.of in (FIRM, "goods", "share") else ""


def heading(asked: Question) -> str:
    """What the line says it is about: 钨 of 钨方面：…价格跌到12万元/吨, 生猪 of ★生猪：头均亏损164元."""
    if asked.of not in (FIRM, "goods"):
        return ""
    reading = asked.reading
    start = reading.first_letter(reading.line_of(asked.anchor)[0])
    text = reading.masked[start : min(start + HEADING, asked.anchor)]
    found = cue_matcher("regarding").find(text)
    name = text[: found[0][0]] if found else ""
    if not name or "\0" in name or not things.names_thing(reading, start, start + len(name)):
        name, colon, _ = text.replace(":", "：").partition("：")
        name = name if colon and name in cues()["commodities"] else ""
    return reading.text[start : start + len(name)]


def pointed_at(asked: Question) -> str:
    """The thing that the clause opens with and points at: 这座桥 of 这座桥全长3.2公里."""
    return things.pointed_at(asked.reading, asked.clause.start, asked.anchor)


def pointed_before(asked: Question) -> str:
    """The thing that was pointed at last and is nowhere named: 这辆车跑了6万公里，油耗7.8L."""
    return pointed(asked.reading, asked.sentence, asked.anchor)


def person(asked: Question) -> str:
    """Whom the poster tells of: 我妈."""
    return poster_before(asked.reading, asked.sentence, asked.anchor)


def poster(asked: Question) -> str:
    """The poster, by the word for themself where there is one."""
    return first_person(asked.reading, asked.anchor) or cue_tuple("the_author")[0]


def firm(asked: Question) -> str:
    """The word by which the post calls a company: 公司."""
    return firm_word(asked.reading, asked.anchor)


def whole(asked: Question) -> str:
    """The whole that a metric is about: 全球智能手机 of 全球智能手机出货量."""
    return scope(asked.reading, asked.clause.start, asked.found.metric) if asked.own else ""


def market(asked: Question) -> str:
    """The market that the sentence speaks of, as written: A股今天大跌，成交额1.9万亿."""
    found = cue_matcher("markets").find(asked.reading.masked[asked.start : asked.anchor])
    return asked.reading.text[asked.start + found[-1][0] : asked.start + found[-1][1]] if found else ""


WORDS: tuple[tuple[str, Callable[[Question], str]], ...] = (
    ("copula", copula),
    ("owner", owned),
    ("price", priced),
    ("people", people_ahead),
    ("group", group),
    ("group before", group_before),
    ("country", country),
    ("employer", speakers_firm),
    ("heading", heading),
    ("pointed", pointed_at),
    ("pointed before", pointed_before),
    ("person", person),
    ("poster", poster),
    ("firm", firm),
    ("scope", whole),
    ("market", market),
)
"""Each kind of candidate that is only a word, with what finds it."""

SAID = frozenset({"copula", "owner", "price", "people", "group", "pointed", "scope"})
"""Those that the value's clause says itself."""


def words(asked: Question) -> Iterator[tuple[str, str]]:
    """The kind and the name of each word that can be the subject."""
    for kind, find in WORDS:
        if name := find(asked):
            yield kind, name
