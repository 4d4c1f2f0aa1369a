"""Whom a clause is about that names nobody: people, the poster, a speaker's company, an office's country."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import chain
from weakref import WeakKeyDictionary

from pipeline.claims.attribution.pronouns import person_before
from pipeline.claims.attribution.speakers import after_title
from pipeline.claims.metrics.lexicon import cue_matcher, cue_tuple, cues, metrics
from pipeline.claims.metrics.roles import is_speaker
from pipeline.claims.nominals import nominals
from pipeline.claims.phrases import (
    BEFORE_SUBJECT,
    Unit,
    is_agent,
    is_document,
    is_person,
    leading,
    phrases,
    units,
    without_asides,
    written,
)
from pipeline.claims.reading import Reading, once
from pipeline.mentions.entities import knowledge_base

STORY = 200  # characters over which 他 stands for the people that a story tells of
AHEAD = (*BEFORE_SUBJECT, "amount", "pronoun")  # of those who are told of together: 这12家车企
MARK = 2  # characters of what shares of one kind are called: 板块
TOLD_OF = 4  # sentences over which an office that publishes is still the source


@once
def acting(reading: Reading, start: int, end: int) -> str:
    """The people that a clause without a name begins with: 老人 of 老人平均住院…, 年轻人 of 去年有个年轻人赚了几万.

    他 stands for the people that were told of last, where no name is known for it.
    """
    found = without_asides(units(reading, start, end))
    table = cues()
    while found and (found[0].word in table["there_is"] or found[0].kind in ("time", "amount")):
        found = found[1:]
    phrase, _ = leading(found)
    while phrase and phrase[-1].word in table["general"]:  # 散户平均
        phrase.pop()
    named = any(unit.mention is not None and unit.mention.label != "GPE" for unit in phrase)
    if not phrase or named or reading.reference_in(start, end) is not None:
        return ""
    head = phrase[-1]
    if len(phrase) == 1 and head.word in phrases().person:
        return person_before(reading, head.start, STORY)
    titled = after_title(phrase)
    if titled:  # 店主林强
        return reading.text[titled[0].start : titled[-1].end].strip()
    known = is_person(head.word) and not head.tag.startswith("v") and head.word not in phrases().self
    known = known and head.word not in cues()["no_actors"]
    return reading.text[phrase[0].start : head.end].strip() if known else ""


@once
def firms(reading: Reading, start: int, end: int) -> str:
    """The companies without a name that a clause begins with, by what tells them from others: 五大上市险企."""
    phrase, _ = leading(without_asides(units(reading, start, end)))
    head = phrase[-1].word if len(phrase) > 1 else ""
    told_apart = any(unit.kind == "de" for unit in phrase)  # 最大的锂矿企业, not 当期公司
    if not is_agent(head) or is_person(head) or is_document(head) or (head in cues()["general"] and not told_apart):
        return ""
    if any(unit.kind not in ("noun", "entity", "de", "amount", "adverb", "verb") for unit in phrase):
        return ""
    if any(unit.mention is not None and unit.mention.label not in ("GPE", "LOC") for unit in phrase):
        return ""
    name = reading.text[phrase[0].start : phrase[-1].end].strip()
    return "" if name[0] in cues()["determiners"] or reading.reference_in(start, end) is not None else name


@once
def collective(reading: Reading, start: int, end: int) -> str:
    """Those who trade, or firms of one kind, at the head of a clause, told of together: 外资, 散户, 三大航."""
    found = units(reading, start, end)
    while found and (found[0].kind in AHEAD or found[0].word in cues()["sums"]):
        found = found[1:]
    if not found:
        return ""
    at = found[0].start
    if not reading.folded.startswith(cue_tuple("collectives"), at, end):
        return ""
    ends = {unit.end for unit in found}
    unknown = found[0].tag == "x"  # with a letter that is none of it: 北水净|买入
    known = [m for m in cue_matcher("collectives").every(reading.folded[at:end]) if m[0] == 0]
    known = [m for m in known if at + m[1] in ends or (unknown and at + m[1] <= found[0].end)]
    return reading.text[at : at + max(m[1] for m in known)] if known else ""


@once
def board(reading: Reading, start: int, end: int) -> str:
    """The shares of one kind that a clause opens with: 半导体板块, 白酒概念股, 港股科技ETF."""
    found = units(reading, start, end)
    while found and found[0].kind in AHEAD:
        found = found[1:]
    boards, ends = cues()["boards"], cue_tuple("boards")
    for at, unit in enumerate(found):
        if unit.kind not in ("noun", "entity"):
            break
        if at and unit.word in boards:
            return reading.text[found[0].start : unit.end]
        if len(unit.word) > MARK and unit.mention is None and unit.word.endswith(ends):
            return reading.text[found[0].start : unit.end]
    return ""


def pointed(reading: Reading, index: int, end: int) -> str:
    """The thing that was pointed at last before ``end``, as the text goes: 这辆车, 那套房子."""
    own = (one for one in reversed(reading.clauses(index)) if one.start < end)
    here = (found for one in own for found in reversed(pointed_in(reading, one.start, min(one.end, end))))
    before = (found for at in range(index - 1, max(-1, index - TOLD_OF), -1) for found in pointed_by(reading, at))
    return next((name for name, right in chain(here, before) if right < end), "")


@once
def pointed_by(reading: Reading, index: int) -> list[tuple[str, int]]:
    """The things that a sentence points at, the last one first."""
    if cues()["pointing"].isdisjoint(reading.folded[slice(*reading.sentences[index])]):
        return []
    clauses = reversed(reading.clauses(index))
    return [found for one in clauses for found in reversed(pointed_in(reading, one.start, one.end))]


@once
def pointed_in(reading: Reading, start: int, end: int) -> list[tuple[str, int]]:
    """The things that ``start:end`` points at, each with where it ends."""
    if cues()["pointing"].isdisjoint(reading.folded[start:end]):
        return []
    named = [(written(reading, one.units), one) for one in nominals(reading, start, end)]
    return [(name, one.end) for name, one in named if is_pointed(name, one.units)]


def is_pointed(name: str, phrase: Sequence[Unit]) -> bool:
    """True for one thing that is pointed at: 这辆车; not for 这是老款, 这样, 此类贷款."""
    counted = name[1:].removeprefix("一")
    if len(phrase) < 2 or name[:1] not in cues()["pointing"] or counted[:1] not in cues()["classifiers"]:
        return False
    known = all(unit.kind == "noun" and unit.tag.startswith(("n", "z", "x")) for unit in phrase[1:])
    head = phrase[-1].word
    return known and head not in cues()["general"] and not is_agent(head) and not metrics().find(head.lower())


@once
def poster_before(reading: Reading, index: int, end: int) -> str:
    """The poster, or whom the poster tells of (我妈), named last before ``end`` in the sentence."""
    start = reading.sentences[index][0]
    found = [m for m in cue_matcher("persons").find(reading.masked[start:end]) if m[2] not in cues()["no_persons"]]
    return reading.text[start + found[-1][0] : start + found[-1][1]] if found else ""


@once
def country_told(reading: Reading, index: int, clause: int, end: int) -> str:
    """The country whose office publishes, or says: 国家统计局公布，CPI上涨… is about 中国; 央行降息 is the bank's."""
    start = reading.sentences[max(0, index - TOLD_OF)][0]
    for mention in reversed(reading.entities_in(start, end)):
        published = mention.end <= clause or is_speaker(reading, mention)
        if published and mention.entity_id and mention.name.endswith(cue_tuple("statistics")):
            entity = knowledge_base().entity(mention.entity_id)
            land = knowledge_base().country(entity.country) if entity and entity.country else None
            if land is not None:
                return land.name
    return ""


@once
def employer(reading: Reading, index: int, end: int) -> str:
    """The company of who speaks in the sentence, where nothing else is told of: 黄仁勋表示，营收将…"""
    said = [m for m in reading.entities_in(reading.sentences[index][0], end) if m.label == "PERSON" and m.entity_id]
    firms = [firm for m in said if is_speaker(reading, m) and (firm := knowledge_base().parent(m.entity_id))]
    return firms[-1].name if firms and firms[-1].label == "ORG" else ""


def firm_word(reading: Reading, end: int) -> str:
    """The word by which the post calls a company that it does not name, the last before ``end``."""
    start = max(0, end - STORY)
    found = cue_matcher("firm_words").find(reading.masked[start:end])
    return reading.text[start + found[-1][0] : start + found[-1][1]] if found else ""


def first_person(reading: Reading, end: int) -> str:
    """The poster, who tells of themself, where nobody else has been named: dropped subjects are 我."""
    known = PERSONS.get(reading)
    if known is None:
        known = PERSONS[reading] = Persons(cue_matcher("persons").find(reading.masked))
    count = bisect_right(known.ends, end)
    at = known.last[count]
    found = known.words[at] if at >= 0 else None
    if count < len(known.words) and known.words[count][0] < end:  # a word that ``end`` cuts may be another one
        cut = cue_matcher("persons").find(reading.masked, known.words[count][0], end)
        found = next((m for m in reversed(cut) if m[2] in cues()["first_person"]), found)
    return reading.text[found[0] : found[1]] if found else ""


class Persons:
    """The words for persons of a post, and of the first so many the last that stands for the poster."""

    def __init__(self, words: list[tuple[int, int, str]]) -> None:
        self.words = words
        self.ends = [end for _, end, _ in words]
        self.last = [-1]
        for at, (_, _, word) in enumerate(words):
            self.last.append(at if word in cues()["first_person"] else self.last[-1])


PERSONS: "WeakKeyDictionary[Reading, Persons]" = WeakKeyDictionary()
