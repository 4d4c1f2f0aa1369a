"""Who or what in a clause, and in those before it, can have its metric."""

import re

from pipeline.claims.metrics import things
from pipeline.claims.metrics.fitting import only_nouns
from pipeline.claims.metrics.lexicon import cue_matcher, cue_tuple, cues, metrics
from pipeline.claims.metrics.roles import (
    by_setter,
    in_byline,
    is_house,
    is_institute,
    is_marketplace,
    is_medium,
    is_speaker,
    only_tells,
    owns_next,
    part_of,
    subjects_in,
)
from pipeline.claims.metrics.spot import MetricSpan, lower
from pipeline.claims.nominals import OBJECT
from pipeline.claims.reading import SUBJECTS, Clause, Reading
from pipeline.records import Mention

ITEM = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*")  # of a list: (一)集团的盈利
OWNER = 6  # characters of a clause before 的 that can name what has the metric
SCOPE = 8  # characters between a word such as 全球 and the metric


def own_subject(reading: Reading, start: int, anchor: int, metric: MetricSpan | None, pronoun: bool) -> Mention | None:
    """The entity of a clause that has its metric: the nearest, but no speaker, nor who sets a target for another.

    A place gives way to the company in front of it, where economies have no such metric: 特斯拉上海工厂交付.
    """
    of = metric.metric.of if metric else ""
    found = [m for m in subjects_in(reading, start, anchor) if of != "gpe" or m.label in ("GPE", "PRODUCT")]
    if of == "goods":  # an office, an exchange or a place in front of goods has not their price
        found = [m for m in found if not is_institute(m) and not is_medium(m) and not is_marketplace(m)]
        priced = metric is not None and metric.modifier and "money" in metric.metric.takes
        if priced and all(m.label == "GPE" for m in found):
            return None
    if metric is not None and of == "share":
        sets = "view" in metric.metric.takes  # 高盛目标价510元: it is another's
        found = [m for m in found if not by_setter(reading, m) and not (sets and is_house(m))]
    if any(is_speaker(reading, m) for m in found) and scope(reading, start, metric):  # 高盛预计全球手机出货量…
        found = [m for m in found if not (is_speaker(reading, m) and (is_house(m) or is_institute(m)))]
    thing_named = metric is not None and of == "goods" and bool(things.priced_thing(reading, metric))  # 高盛预计金价…
    found = [
        m for m in found if not is_speaker(reading, m) or (m.label != "PERSON" and not pronoun and not thing_named)
    ]
    if not found:
        return None
    if (metric is None or things.is_price(metric)) and things.heads_thing(reading, found[-1], start, anchor):
        return None
    if found[-1].label == "GPE" and of != "gpe":
        owners = [m for m in found if m.label in ("ORG", "PRODUCT") and not is_speaker(reading, m)]
        return owners[-1] if owners else found[-1]
    return found[-1]


def rival(reading: Reading, start: int, mention: Mention) -> Mention | None:
    """The other team of a match, in front of VS and the name."""
    before = reading.entities_in(start, mention.start)
    known = bool(before) and reading.folded[before[-1].end : mention.start].strip(" .").lower() == "vs"
    return before[-1] if known else None


def scope(reading: Reading, start: int, metric: MetricSpan | None) -> str:
    """The whole that a metric is about: 全球智能手机 of 全球智能手机出货量."""
    if metric is None:
        return ""
    found = cue_matcher("scopes").find(reading.masked[start : metric.core])
    near = [
        m
        for m in found
        if metric.core - (start + m[1]) <= SCOPE
        and reading.masked[start + m[0] - 1] != "在"
        and only_nouns(reading, start + m[1], metric.core, " 的")
    ]
    if not near:
        return ""
    left = start + near[0][0]
    dated = min((m.start for m in reading.dates_in(left, metric.core)), default=metric.core)  # A股明年盈利
    return reading.text[left:dated].strip(" 的")


def stood_for(reading: Reading, start: int, anchor: int, of: str) -> Mention | None:
    """The name that a pronoun of the clause stands for (该公司, 后者), where it is one alone."""
    found = reading.reference_in(start, anchor)
    if found is None or len(found.antecedents) != 1:
        return None
    name = found.antecedents[0]
    known = name.label in SUBJECTS and (of != "gpe" or name.label == "GPE")
    return name if known and not in_byline(reading, name) and not owns_next(reading, name) else None


def clauses_before(reading: Reading, index: int, start: int) -> list[Clause]:
    """The clauses of a sentence that begin before ``start``, the nearest first, without brackets.

    Of a bracket the one that it stands in is the first.
    """
    return [c for c in reversed(reading.clauses(index)) if c.start < start and not c.aside]


def lead_before(reading: Reading, index: int, start: int, of: str) -> Mention | None:
    """The first subject of the nearest clause before, within the sentence."""
    spare: Mention | None = None
    for clause in clauses_before(reading, index, start):
        found = [m for m in subjects_in(reading, clause.start, min(clause.end, start)) if leads(reading, m, of)]
        topics = [m for m in found if part_of(reading, m) != OBJECT]
        if topics:
            return topics[0]
        spare = spare or (found[0] if found else None)
    return spare


def rated_before(reading: Reading, index: int, start: int) -> Mention | None:
    """Whose share somebody has judged a clause before: 美团 of 花旗给予美团买入评级，目标价137港元."""
    for clause in clauses_before(reading, index, start):
        firms = [m for m in reading.entities_in(clause.start, clause.end) if m.label == "ORG"]
        judges = [m for m in firms if by_setter(reading, m)]
        if judges:
            return next((m for m in firms if m.start > judges[0].start and m not in judges), None)
    return None


def leads(reading: Reading, mention: Mention, of: str) -> bool:
    """True where what a clause speaks of can have the metric of the next: no place, no one who only speaks."""
    if of == "gpe":
        return mention.label == "GPE"
    if of == "share" and (mention.label == "PERSON" or by_setter(reading, mention)):
        return False
    if only_tells(reading, mention, of) or (of == "goods" and is_marketplace(mention)):
        return False
    if mention.label == "GPE":
        return of == "goods"
    if reading.masked.endswith(cue_tuple("disposals"), 0, mention.start):
        return False
    return mention.label != "PERSON" or (of != "goods" and not is_speaker(reading, mention))


def owner(reading: Reading, metric: MetricSpan | None) -> str:
    """What has the metric by its grammar: 猪肉 of 猪肉的价格, 这批货 of 这批货的成本."""
    if metric is None:
        return ""
    if metric.owner is not None:
        name = ITEM.sub("", reading.text[slice(*metric.owner)].strip())
        if name in cues()["firm_words"]:
            return ""
        return "" if metrics().find(lower(reading.folded[slice(*metric.owner)])) else name  # 扣除能源价格的核心CPI
    start = reading.clause_at(metric.core).start
    before = reading.bare[start : metric.start]
    whole = ITEM.sub("", before.removesuffix("的").lstrip())
    short = 2 <= len(whole) <= OWNER and before.endswith("的") and "\0" not in whole
    return whole.strip() if short and whole not in cues()["pronouns"] | cues()["firm_words"] else ""


def pronoun_in(reading: Reading, start: int, end: int) -> bool:
    """True where a pronoun stands in ``start:end``, and no word that only begins as one (其他)."""
    text = reading.masked[start:end]
    found = cue_matcher("pronouns").find(text)
    others = cue_matcher("no_pronouns").find(text) if found else []
    return any(not any(left <= one[0] < right for left, right, _ in others) for one in found)
