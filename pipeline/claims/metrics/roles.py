"""What an entity is in its clause: an object, a source, a speaker, a byline, or one that can be a subject."""

import re
from functools import cache

from pipeline.claims.attribution.lexicon import said
from pipeline.claims.metrics.lexicon import cue_matcher, cue_tuple, cues
from pipeline.claims.nominals import OBJECT, OBLIQUE, RELATIVE, nominals
from pipeline.claims.phrases import is_person
from pipeline.claims.reading import BRACKETS, Reading, once
from pipeline.lexicons import cached, lexicon_table
from pipeline.mentions.entities.anaphors import tables
from pipeline.mentions.entities.coreference import JUDGE
from pipeline.records import Mention

SPOKEN = 12  # characters between a speaker and the verb of speech
CITED = 24  # characters behind an institution within which its data are cited
NAME = 40  # characters of the longest name
CREDIT = 6  # characters in front of a writer's name in which the word for what they did stands
BYLINE = 24  # characters of a news wire's byline


def is_object(reading: Reading, mention: Mention) -> bool:
    """True for an entity behind a preposition or a verb that takes it: 对OpenAI, 在美国, 收购Jukedeck."""
    start = mention.start
    touching = reading.entities_in(max(0, start - 8), start)
    if touching and touching[-1].end == start and touching[-1].label == "GPE":  # 与英国葛兰素史克
        start = touching[-1].start
    before = reading.masked[max(0, start - 4) : start].rstrip()
    if is_measured_against(reading, mention, before) or is_short_name(reading, mention):
        return True
    if reading.masked.startswith(cue_tuple("bought_at"), mention.end):
        return True
    found = cue_matcher("object_prepositions").find(before)
    return bool(found) and found[-1][1] == len(before)


def is_short_name(reading: Reading, mention: Mention) -> bool:
    """True for the name in brackets behind another name, of the same: 与葛兰素史克（GSK）."""
    if reading.masked[mention.start - 1 : mention.start] not in BRACKETS or mention.start < 2:
        return False
    before = reading.entities_in(max(0, mention.start - NAME), mention.start - 1)
    return bool(before) and before[-1].end == mention.start - 1 and before[-1].label == mention.label


def is_measured_against(reading: Reading, mention: Mention, before: str) -> bool:
    """True for the entity of 是瑞幸的三倍多: the base of a multiple."""
    behind = reading.amounts_in(mention.end, min(len(reading.text), mention.end + 8))
    return (
        bool(behind)
        and behind[0].label == "multiple"
        and reading.masked[mention.end : behind[0].start].strip(" 近约") == "的"
        and before.endswith(cue_tuple("copulas"))
    )


def is_source(reading: Reading, mention: Mention) -> bool:
    """True for an entity whose data or report is cited: 新发地市场的数据显示."""
    behind = reading.masked[mention.end : mention.end + CITED]
    if behind.startswith(cue_tuple("analysts")):
        return True
    behind = published(behind)
    nouns = cue_matcher("source_nouns").find(behind)
    if not nouns or nouns[0][0] > 2:
        return False
    verbs = cue_matcher("source_verbs").find(behind[nouns[0][1] :])
    return bool(verbs) and verbs[0][0] <= 2


def published(text: str) -> str:
    """What follows a name without when and that it published: 数据 of 9日发布的数据."""
    text = text.lstrip(" \0")
    while text.startswith(cue_tuple("publishing")):
        longest = max((w for w in cues()["publishing"] if text.startswith(w)), key=len)
        text = text[len(longest) :].lstrip(" \0")
    return text


def subjects_in(reading: Reading, start: int, end: int) -> list[Mention]:
    """The entities of ``start:end`` that can be subjects, in order."""
    return [m for m in reading.subjects_in(start, end) if can_lead(reading, m)]


@once
def led_by(reading: Reading, start: int, end: int) -> list[Mention]:
    """Who a sentence is about; who is only acted on counts where nobody else does."""
    found = subjects_in(reading, start, end)
    leading = [m for m in found if part_of(reading, m) != OBJECT]
    return leading if any(not is_speaker(reading, m) for m in leading) else found


def describes_people(reading: Reading, mention: Mention) -> bool:
    """True for a place that only says where people are from: 广东股民."""
    if mention.label != "GPE":
        return False
    behind = [word for left, _, word in reading.words(mention.end, mention.end + 1) if left == mention.end]
    return bool(behind) and is_person(behind[0])


@once
def can_lead(reading: Reading, mention: Mention) -> bool:
    """True for an entity that is no object, no source and no byline."""
    modifies = part_of(reading, mention) in (RELATIVE, OBLIQUE) or describes_people(reading, mention)
    return not (modifies or bars(reading, mention))


@once
def bars(reading: Reading, mention: Mention) -> list[str]:
    """The names of what keeps an entity from leading its clause, beside the part that it has there."""
    return [one.__name__ for one in (is_object, is_source, in_byline, owns_next, is_venue) if one(reading, mention)]


def is_venue(reading: Reading, mention: Mention) -> bool:
    """True for a marketplace that is only where something is seen, bought or said: 抖音上有人, 刷微博."""
    if not is_marketplace(mention):
        return False
    behind = reading.masked.startswith(cue_tuple("venue_tails"), mention.end)
    return behind or reading.masked.endswith(cue_tuple("venue_heads"), 0, mention.start)


def owns_next(reading: Reading, mention: Mention) -> bool:
    """True for the owner in front of what it owns, which is spoken of: 吉利旗下品牌极星."""
    if not reading.masked.startswith(cue_tuple("owned_by"), mention.end):
        return False
    clause = reading.clause_at(mention.start)
    return any(m.label in ("ORG", "PRODUCT") for m in reading.entities_in(mention.end, clause.end))


def part_of(reading: Reading, mention: Mention) -> str:
    """The part that an entity has in its clause; empty for one in brackets."""
    clause = reading.clause_at(mention.start)
    return parts_in(reading, clause.start, clause.end).get(mention.start, "")


@once
def parts_in(reading: Reading, start: int, end: int) -> dict[int, str]:
    return {
        unit.start: one.part for one in nominals(reading, start, end) for unit in one.units if unit.mention is not None
    }


@cached
def credits() -> tuple[str, ...]:
    return tuple(lexicon_table("entity_patterns")["cues"]["credit"])


@cache
def byline_pattern() -> re.Pattern[str]:
    return re.compile(r"日[^\n，。,]{0,6}?[电讯]")


@cache
def stamp_pattern() -> re.Pattern[str]:
    day, clock = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?", r"\d{1,2}:\d{2}(?::\d{2})?"
    return re.compile(rf"[ \t·•|/-]*{day}[ \t]*(?:{clock})?[ \t]*(?:\n|$)")


def in_byline(reading: Reading, mention: Mention) -> bool:
    """True for the names of 新华社北京11月9日电（记者 林小川） before news, of 民生证券· 2025-10-31 14:58."""
    if mention.label == "PERSON" and is_credited(reading, mention):
        return True
    start = reading.line_of(mention.start)[0]
    if mention.start - start > BYLINE:
        return False
    if start == mention.start and stamp_pattern().match(reading.folded, mention.end):
        return True
    found = byline_pattern().search(reading.folded, mention.end, mention.end + BYLINE)
    return found is not None and not any(c in "，。,；" for c in reading.folded[mention.end : found.start()])


def is_credited(reading: Reading, mention: Mention) -> bool:
    """True for who wrote the news: （记者 林小川）, 文/林小川. In running text the reporter may act: 记者林小川发现."""
    before = reading.masked[max(0, mention.start - CREDIT) : mention.start]
    signed = before.rstrip(" :：/／|｜")
    word = max((word for word in credits() if signed.endswith(word)), key=len, default="")
    opened = signed.removesuffix(word)[-1:] in (*BRACKETS, "", "\n", "\0")
    return bool(word) and (opened or signed != before)


@once
def is_speaker(reading: Reading, mention: Mention) -> bool:
    """True for an entity whose words follow: 魏哲家表示, 王宁在业绩会上说."""
    end = min(len(reading.folded), mention.end + SPOKEN)
    end = next((at for at in range(mention.end, end) if reading.folded[at] in "，。,；;！？!?\n"), end)
    return any(True for _ in said(reading.folded, mention.end, min(end + 1, len(reading.folded))))


def by_setter(reading: Reading, mention: Mention) -> bool:
    """True for who sets a value for another: 瑞银把目标价上调至…, 高盛重申…"""
    behind = reading.masked[mention.end : mention.end + 6]
    found = cue_matcher("setters").find(behind)
    between = behind[: found[0][0]] if found else ""
    linked = cue_matcher("connectors").find(between)
    return bool(found) and (
        all(char in cues()["setter_adverbs"] for char in between)
        or sum(right - left for left, right, _ in linked) == len(between)
    )


def is_medium(mention: Mention) -> bool:
    """True for a newspaper or a news site, which tells of others."""
    return mention.label == "ORG" and mention.name.endswith(cue_tuple("media"))


def is_house(mention: Mention) -> bool:
    """True for a bank or a broker, which sets price targets for others."""
    if mention.label != "ORG":
        return False
    return mention.name.endswith(cue_tuple("houses")) or tables().kinds[JUDGE].fits(mention)


def is_office(mention: Mention) -> bool:
    """True for who counts and watches others and has no figures of its own: a statistics office, no bank."""
    institute = mention.name.endswith(cue_tuple("institutes")) and not mention.name.endswith(cue_tuple("operators"))
    return mention.label == "ORG" and institute


def is_marketplace(mention: Mention) -> bool:
    """True for where things are sold and told of, whose own the prices are not: 闲鱼, 抖音."""
    return mention.name in cues()["marketplaces"]


def is_institute(mention: Mention) -> bool:
    """True for who collects, forecasts or decides what others have: a statistics office, an association, a bank."""
    return is_house(mention) or (mention.label == "ORG" and mention.name.endswith(cue_tuple("institutes")))


def is_index(mention: Mention) -> bool:
    """True for a name of an index: 恒生指数."""
    return any(word in mention.name for word in cues()["indices"])
