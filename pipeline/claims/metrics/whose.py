"""Whose a value is: the subject of a claim, by how its metric was found."""

from collections.abc import Sequence

from pipeline.claims.metrics.candidates import pronoun_in
from pipeline.claims.metrics.dropped import acting
from pipeline.claims.metrics.fitting import Link, before_cost
from pipeline.claims.metrics.lexicon import INDEX, PRICE, SHARE_PRICE, cue_matcher, cues, directions
from pipeline.claims.metrics.question import Subject
from pipeline.claims.metrics.roles import is_institute, is_source, subjects_in
from pipeline.claims.metrics.shares import noun_behind, people_behind
from pipeline.claims.metrics.spot import MetricSpan
from pipeline.claims.metrics.subject import subject_of
from pipeline.claims.metrics.things import names_thing, noun_before, opening_noun
from pipeline.claims.metrics.topics import Topics
from pipeline.claims.metrics.unnamed import is_index, last_move, signed_noun
from pipeline.claims.nominals import nominals
from pipeline.claims.phrases import is_person, units
from pipeline.claims.reading import BRACKETS, SUBJECTS, Clause, Reading
from pipeline.frozen import replace
from pipeline.records import Mention

NEXT = 4  # characters between a name and the bracket that tells of it
NAME = 24  # characters of that name
NOT_OF_PEOPLE = frozenset({"share", "gpe"})  # whose metrics these are, see `of` in metrics.csv


def whose(reading: Reading, topics: Topics, amount: Mention, clause: Clause, found: Link, last: Subject) -> Subject:
    """The subject; a carried metric may bring a new one in front of the copula: 排骨19.9元，五花肉是16.5元."""
    span = found.metric
    own = clause.start <= span.core < clause.end
    anchor = span.core if own and span.core < amount.start else amount.start
    if amount.unit in cues()["index_units"]:
        return which_index(reading, amount)
    if found.how in ("rate", "dealt") and span.owner is not None:
        return Subject(reading.text[slice(*span.owner)])
    if own and span.metric.name == INDEX.name and span.modifier and not reading.entities_in(span.start, span.end):
        return Subject(reading.text[span.start : span.end])  # 白酒指数
    name = label(reading, amount) if found.how in ("left", "carried") else None
    if name is not None and span.core < name.start:  # 毛利率：格力：30%美的：25%
        return Subject(name.name, name)
    if found.how == "unit" and span.metric.of == "human":
        return aged(reading, amount, clause, last)
    if clause.start <= last.until and goes_on(reading, clause, last, anchor):
        return last
    if found.how == "polled" and (people := people_behind(reading, amount, clause)) is not None:
        return Subject(reading.text[slice(*people)])
    if found.how in ("counted", "price", "unit"):
        after = subjects_in(reading, amount.end, clause.end) or reading.entities_in(amount.end, clause.end)
        if after and not subjects_in(reading, clause.start, amount.start):
            return Subject(after[0].name, after[0])
    owners = [m for m in subjects_in(reading, clause.start, amount.start) if m.label != "GPE"]
    if span.metric.name == SHARE_PRICE.name and not owners:
        verb = span.core if span.end > span.core else last_move(reading, clause, amount)
        noun = noun_before(reading, verb, clause.start)
        if noun:  # 布伦特原油收于64.77美元
            return Subject(noun)
    if found.how == "carried" and "view" in span.metric.takes and last.name:
        judged = [m for m in reading.entities_in(clause.start, amount.start) if not is_institute(m)]
        if not judged:  # 目标价174港元，高盛、瑞银都是150港元
            return replace(last, inferred=True)
    if found.how in ("carried", "price"):
        entities = reading.entities_in(clause.start, amount.start)
        at = before_cost(reading, clause.start, move_start(reading, clause, amount))
        if (not entities or entities[-1].end < at) and not pronoun_in(reading, clause.start, amount.start):
            noun = "" if compares(reading, clause, at) else noun_before(reading, at, clause.start)
            rest = reading.text[entities[-1].end : at].removesuffix(noun).strip(" 的") if entities else noun
            if noun and entities and len(rest) <= 1 and entities[-1].label in ("ORG", "PRODUCT"):  # 索尼耳机800元
                return Subject(entities[-1].name, entities[-1])
            if noun and noun[0] not in cues()["determiners"]:
                return Subject(noun)
        if found.how == "carried" and not entities and last.name:
            return replace(last, inferred=True)
    if found.how in ("price", "moved"):
        noun = opening_noun(reading, clause.start, amount.start) or signed_noun(reading, amount, clause)
        if noun and not subjects_in(reading, clause.start, amount.start):
            return Subject(noun)
    host = hosting(reading, clause) if clause.aside and own else None
    if host is not None and not subjects_in(reading, clause.start, anchor):
        return Subject(host.name, host)
    asked = (
        span if own or found.how == "series" or "view" in span.metric.takes else None
    )  # a target is never that of the house that sets it
    subject = subject_of(reading, topics, (clause.start, clause.end), anchor, asked, amount)
    if not subject.name and span.metric.role == "verb" and own:  # 朋友欠了20万; 现货黄金涨1.2%，报2650美元
        return latest(reading, amount, Subject(noun_before(reading, span.core, clause.start)), last, found)
    if found.how == "price" and subject.mention is not None and subject.mention.label in ("GPE", "PERSON"):
        subject = Subject("")  # a place or a person has no price
    if not subject.name and found.how == "left" and span.metric.of == "goods":
        noun = noun_behind(reading, amount.end, clause.end)
        subject = Subject(noun) if len(noun) > 1 else subject  # 原价6999元的显卡
    return latest(reading, amount, subject, last, found)


def label(reading: Reading, amount: Mention) -> Mention | None:
    """The name that labels a value, with nothing but a colon between them, whatever the list is of."""
    before = reading.masked[max(0, amount.start - NEXT) : amount.start].rstrip(" 约近")
    if not before.endswith((":", "：")):
        return None
    end = amount.start - len(reading.masked[max(0, amount.start - NEXT) : amount.start]) + len(before) - 1
    named = reading.entities_in(max(0, end - NAME), end)
    return (
        named[-1] if named and named[-1].label in SUBJECTS and not reading.masked[named[-1].end : end].strip() else None
    )


def compares(reading: Reading, clause: Clause, end: int) -> bool:
    """True where a clause opens with what a value is only compared with: 较巅峰时期的3293家, 环比上一工作日上涨5元."""
    text = reading.masked[clause.start : end]
    found = [match[0] for name in ("bases", "previous", "yoy", "qoq", "mom") for match in cue_matcher(name).find(text)]
    return bool(found) and not text[: min(found)].strip()


def center(told_of: Sequence[tuple[Subject, bool]], span: MetricSpan) -> Subject:
    """Of whom a sentence has told last: of prices for a price, else of who can have what is no price.

    In 股民买入106400股，次日跌到19.80元，又补了30万 the price is the share's, the sums are the holder's.
    """
    price = bare_price(span)
    same = [subject for subject, priced in told_of if priced == price]
    others = [subject for subject, _ in told_of if not (price and is_people(subject))]
    return same[-1] if same else others[-1] if others else Subject("")


def bare_price(span: MetricSpan) -> bool:
    """True for 价格 and 股价, which say nothing of what is priced; ``things.is_price`` is True for every price."""
    return span.metric.name in (SHARE_PRICE.name, PRICE.name)


def is_people(subject: Subject) -> bool:
    return subject.mention.label == "PERSON" if subject.mention else is_person(subject.name)


def goes_on(reading: Reading, clause: Clause, last: Subject, anchor: int) -> bool:
    """True where a clause says more of the subject of its last value: 美油跌2.98%|报73.65美元."""
    if not last.name or subjects_in(reading, last.until, anchor) or acting(reading, clause.start, anchor):
        return False
    between = nominals(reading, last.until, anchor)
    return not any(names_thing(reading, one.start, one.end) for one in between)


def which_index(reading: Reading, amount: Mention) -> Subject:
    """The index that was named last, else the market that the sentence speaks of as written: 台股收31961点."""
    known = [m for m in reading.entities_in(0, amount.start) if m.label == "PRODUCT" and is_index(m)]
    start = reading.sentences[reading.sentence_at(amount.start)][0]
    markets = cue_matcher("markets").find(reading.masked[start : amount.start])
    named = [m for m in markets if m[2] not in cues()["the_market"]]  # 大市 is the index that was named
    if known and (known[-1].start >= start or not named):
        return Subject(known[-1].name, known[-1], inferred=known[-1].start < start)
    if not markets:
        return Subject("")
    at = start + markets[-1][0], start + markets[-1][1]
    longer = named_index(reading, *at) if markets[-1][2] in cues()["boards"] else ""
    return Subject(longer or reading.text[slice(*at)])


def named_index(reading: Reading, start: int, end: int) -> str:
    """The name that ends in 指数 and no gazetteer has: 中原城市领先指数; empty for the word alone."""
    found = units(reading, reading.clause_at(start).start, end)
    while found and (found[0].kind not in ("noun", "entity", "verb") or found[0].word in cues()["connectors"]):
        found = found[1:]
    known = found and all(unit.kind in ("noun", "entity", "verb") for unit in found)
    name = reading.text[found[0].start : end] if known else ""
    return name if end - start < len(name) <= NAME else ""


def aged(reading: Reading, amount: Mention, clause: Clause, last: Subject) -> Subject:
    """Who is so old: a person of the clause, the noun behind (60岁左右的女士), the one before who was told of last."""
    people = [m for m in reading.entities_in(clause.start, clause.end) if m.label == "PERSON"]
    if people:
        return Subject(people[0].name, people[0])
    at = amount.end
    tail = next((word for word in cues()["tails"] if reading.masked.startswith(word, at)), "")
    noun = noun_behind(reading, at + len(tail), clause.end)
    if noun and is_person(noun):
        return Subject(noun)
    actor = acting(reading, clause.start, amount.start)
    if actor:
        return Subject(actor)
    known = last.mention is not None and last.mention.label == "PERSON"
    return replace(last, inferred=True) if known else Subject("")


def move_start(reading: Reading, clause: Clause, amount: Mention) -> int:
    """Where the verb of a value's move begins (鲜菜|上涨3.3%), the value's start where there is none."""
    verbs = directions().find(reading.masked[clause.start : amount.start])
    return clause.start + verbs[0][0] if verbs else amount.start


def latest(reading: Reading, amount: Mention, subject: Subject, last: Subject, found: Link) -> Subject:
    """The subject of the claim before, where a clause has none, or one that was named earlier in the sentence."""
    start = reading.sentences[reading.sentence_at(amount.start)][0]
    own, before = subject.mention, last.mention
    company = own is not None and own.label == "ORG" and not is_institute(own)
    if found.how == "grown" and last.thing and before is None:
        place = place_before(reading, start)  # 粮油类零售额增长17%，日用品类增长12%: another thing, of the same place
        return Subject(place.name, place, inferred=True) if place is not None else Subject("")
    if last.thing and company and not found.metric.metric.of:
        return subject  # …产品结构改善；存货增长39%: the company's, not a thing's
    if is_people(last) and found.metric.metric.of in NOT_OF_PEOPLE:
        return subject
    thing = before is None and not is_people(last) and bare_price(found.metric)  # 黄金期货价格涨0.3%，收于1929美元
    if subject.inferred and last.name and own is not None and own.start < (last.until if thing else start):
        return replace(last, inferred=True)  # 小鹏累计交付39万辆，年度目标35万辆: not who was told of before
    modifier = reading.text[slice(*(found.metric.modifier or (0, 0)))].strip()
    if modifier and before is not None and not found.metric.metric.of and not own and subject.name == modifier:
        return replace(last, inferred=True)  # 云南总订单量增长5%，酒店订单量增长7%
    if not bare_price(found.metric) and subject.inferred and last.name and before is None and is_person(last.name):
        return replace(last, inferred=True)  # 股民买入…，如今账面亏损52万
    if subject.inferred and own and before and start <= own.start <= before.start:
        return replace(last, inferred=True)  # 三星S25重量218克，电池容量…
    return replace(last, inferred=True) if not subject.name and last.name else subject


def place_before(reading: Reading, end: int) -> Mention | None:
    """The place that the sentences before have told of last."""
    places = [m for m in subjects_in(reading, 0, end) if m.label == "GPE"]
    return places[-1] if places else None


def hosting(reading: Reading, clause: Clause) -> Mention | None:
    """The name that a bracket stands behind: Stargate项目（潜在收入机会…）."""
    opened = clause.start - 1
    before = [m for m in reading.entities_in(max(0, opened - NAME), opened) if m.label in SUBJECTS]
    near = bool(before) and opened - before[-1].end <= NEXT and reading.text[opened] in BRACKETS
    return before[-1] if near and not is_source(reading, before[-1]) else None
