"""Whom an event's clause talks about where it names nobody: the topic of the text before, what 其 stands for."""

import re
from collections.abc import Sequence

from pipeline.claims.attribution import attributions_near
from pipeline.claims.attribution.bylines import in_byline
from pipeline.claims.attribution.lexicon import word_set, word_tuple
from pipeline.claims.attribution.record import Attribution
from pipeline.claims.attribution.speakers import break_before
from pipeline.claims.events.lexicon import words
from pipeline.claims.phrases import Unit, entities_of, is_agent, is_person, leading, phrases, units
from pipeline.claims.reading import Reading
from pipeline.frozen import frozen
from pipeline.mentions.entities.knowledge import knowledge_base
from pipeline.records import Mention

TITLED = 24  # characters of a firm's name and the title of its officer
FAR = 400  # characters before an event in which bylines are looked for
OFFICE = 8  # characters of an office behind its place's name
MAKERS = (4, 3, 2)  # characters of a maker's name that a product's begins with
# How an item of a list begins: 1. 2、 （3） • -
ITEM = re.compile(r"[ \t>]*+(?:[（(]?\d{1,2}[)）.、．:：]|[•·●▪◆■\-*–—][ \t]|[①-⑳一二三四五六七八九十]{1,3}[、.])")


@frozen
class Argument:
    """An agent or object: its name, the mention where it is one, where it stands, and whether context gave it."""

    name: str
    mention: Mention | None
    start: int
    end: int
    inferred: bool = False


def of_mention(mention: Mention, inferred: bool = False) -> Argument:
    return Argument(mention.name, mention, mention.start, mention.end, inferred)


def as_written(reading: Reading, part: Sequence[Unit]) -> Argument:
    start, end = part[0].start, part[-1].end
    return Argument(reading.text[start:end], None, start, end)


def salient(reading: Reading, at: int, labels: frozenset[str]) -> Argument | None:
    """The one that the text before talks about; a place in front of an office is its office: 西藏|监管局."""
    found = topic(reading, at, labels)
    place = found.mention if found is not None else None
    if found is None or place is None or place.label != "GPE":
        return found
    following = next(iter(units(reading, place.end, min(len(reading.folded), place.end + OFFICE))), None)
    if following is None or following.kind != "noun" or not following.word.endswith(phrases().offices):
        return found
    return Argument(reading.text[place.start : following.end], None, place.start, following.end, True)


def board_of(reading: Reading, at: int) -> Argument | None:
    """The firm whose board or meeting is spoken of: 董事会聘任某某."""
    firms = frozenset({"ORG"})
    found = salient(reading, at, firms)
    if found is not None:
        return found
    named = [m for m in reading.entities_in(max(0, at - FAR), at) if m.label == "ORG" and leads(reading, m)]
    return of_mention(named[-1], True) if named else None


def topic(reading: Reading, at: int, labels: frozenset[str]) -> Argument | None:
    """The one that the text before talks about, where it can be an agent.

    Inside reported speech it is the first that the content tells of, else the speaker, unless it is one who publishes
    views of others (高盛指出); the source of a report (据央视新闻) is nobody's subject.
    """
    near = attributions_near(reading, at, at + 1)
    told = [a for a in near if any(start <= at < end for start, end in a.contents)]
    outside = {a.mention.start for a in near if a.mention is not None and only_source(reading, a)}
    for said in reversed(told):
        inside = reading.entities_in(said.content_start, at)
        named = [m for m in inside if m.label in labels and leads(reading, m, said.content_start)]
        if named and reading.sentence_at(named[0].start) == reading.sentence_at(at):
            return of_mention(named[0], True)
        if said.kind == "statement" and said.rule != "according" and said.mention is not None:
            if is_viewer(said.mention) and reading.folded[slice(*said.verb)] not in word_set("announcing"):
                outside.add(said.mention.start)
            elif said.mention.label in labels:
                return of_mention(said.mention, True)
            elif said.mention.label == "PERSON":
                firm = firm_of(reading, said.mention, labels)
                return of_mention(firm, True) if firm is not None else None
            break
    outside |= {m.start for m in reading.entities_in(max(0, at - FAR), at) if in_byline(reading, m.start)}
    _, mention = reading.subject_before(at)
    if mention is None:
        return None
    if mention.label == "PERSON" and mention.label not in labels and leads(reading, mention):
        firm = firm_of(reading, mention, labels)
        return of_mention(firm, True) if firm is not None else None
    led = leads(reading, mention)  # 向甲公司提供贷款，被…罚款: not 甲公司
    if mention.label not in labels or mention.start in outside or not led:
        index = reading.sentence_at(at)
        start = reading.sentences[max(0, index - 2)][0]
        named = [m for m in reading.entities_in(start, at) if m.label in labels and m.start not in outside]
        fitting = [m for m in named if leads(reading, m)]
        if not fitting:
            return None
        here = [m for m in fitting if reading.sentence_at(m.start) == index]
        mention = here[0] if here else fitting[0]
    if apart(reading, mention.start, at):
        return None
    return of_mention(mention, True)


def only_source(reading: Reading, told: Attribution) -> bool:
    """True where who is cited tells of others: 据央视新闻, 天眼查显示, but 特斯拉财报显示 tells of 特斯拉."""
    if told.rule in ("according", "wire", "account"):
        return True
    if told.kind != "report" or told.mention is None:
        return False
    cited = reading.folded[told.mention.end : told.verb[0]]
    return not any(paper in cited for paper in words("own_papers"))


def firm_of(reading: Reading, person: Mention, labels: frozenset[str]) -> Mention | None:
    """The firm whose officer a person is, named in front of him or before him in the text: Meta执行长扎克伯格."""
    start, _ = reading.sentences[reading.sentence_at(person.start)]
    before = [m for m in reading.entities_in(max(start, person.start - TITLED), person.start) if m.label == "ORG"]
    if before and is_person(reading.folded[before[-1].end : person.start]):
        return before[-1]
    known = knowledge_base().parent(person.entity_id)
    firms = [m for m in reading.entities if known is not None and m.entity_id == known.id and m.label in labels]
    return firms[0] if firms else None


def announced(reading: Reading, at: int, labels: frozenset[str]) -> bool:
    """True where somebody announces his own deeds: 商务部宣布，将某某列入…"""
    return any(
        a.kind == "statement"
        and a.mention is not None
        and a.mention.label in labels
        and reading.folded[slice(*a.verb)] in word_set("announcing")
        and any(start <= at < end for start, end in a.contents)
        for a in attributions_near(reading, at, at + 1)
    )


def is_viewer(mention: Mention) -> bool:
    """True for a house that publishes views of others: brokers, banks, papers."""
    return mention.label == "ORG" and mention.name.endswith(word_tuple("speaking_bodies"))


def leads(reading: Reading, mention: Mention, floor: int = 0) -> bool:
    """True where a mention is the subject of its clause, not governed by a verb or a preposition, nor in brackets.

    ``floor`` is where the clause may begin at the earliest: behind a frame of reported speech.
    """
    if reading.clause_at(mention.start).aside:
        return False
    floor = max(floor, reading.sentences[reading.sentence_at(mention.start)][0])
    start = break_before(reading, floor, mention.start)
    phrase, _ = leading(units(reading, start, mention.end))
    as_for = reading.folded.startswith(word_tuple("as_for"), mention.end)  # 对微软而言
    return as_for or (bool(phrase) and phrase[-1].end == mention.end)


def apart(reading: Reading, first: int, second: int) -> bool:
    """True where two places stand in different items of a list: each tells of something else."""
    one, other = reading.line_of(first)[0], reading.line_of(second)[0]
    return one != other and all(ITEM.match(reading.folded, start) for start in (one, other))


def pronoun(reading: Reading, phrase: Sequence[Unit], labels: frozenset[str]) -> Argument | None:
    """What 其, 该公司, 后者 or 这家初创公司 stand for."""
    known = phrases()
    body = "".join(unit.word for unit in phrase if unit.kind != "de")
    at = phrase[0].start
    if body in known.latter | known.former_of_two:
        index = reading.sentence_at(at)
        start = reading.sentences[max(0, index - 1)][0]
        named = [m for m in reading.entities_in(start, at) if m.label in labels]
        if not named:
            return None
        return of_mention(named[-1] if body in known.latter or len(named) < 2 else named[-2], True)
    pointing = body.startswith(known.pointers) and not entities_of(phrase) and is_agent(phrase[-1].word)
    if body in known.person:
        wanted = frozenset({"PERSON"}) & labels or labels
        return salient(reading, at, wanted)
    if body in known.self and not quoted_speaker(reading, at):
        return None  # 我 is the author, no firm
    if body in known.body or body in known.self or pointing:
        bodies = labels - {"PERSON", "GPE"} if body in known.generic or body == "其" else labels - {"PERSON"}
        found = salient(reading, at, bodies or labels)
        return found if found is not None or body not in known.body else maker(reading, phrase, labels)
    return None


def maker(reading: Reading, phrase: Sequence[Unit], labels: frozenset[str]) -> Argument | None:
    """The one firm that a post without firms names by what it makes: 公司发布讯飞翻译机2.0."""
    if "ORG" not in labels or any(m.label == "ORG" for m in reading.entities):
        return None
    kb, makers = knowledge_base(), set()
    for one in reading.entities:
        if one.label == "PRODUCT":
            firms = (kb.named(reading.folded[one.start : one.start + size].lower()) for size in MAKERS)
            firm = kb.parent(one.entity_id) or next((f for f in firms if f is not None and f.label == "ORG"), None)
            makers.add(firm.name if firm is not None else "")
    name = makers.pop() if len(makers) == 1 else ""
    return Argument(name, None, phrase[0].start, phrase[-1].end, True) if name else None


def quoted_speaker(reading: Reading, at: int) -> bool:
    """True inside words that somebody who is named says: 我们 are the speaker's side."""
    near = attributions_near(reading, at, at + 1)
    return any(a.kind == "statement" and a.mention is not None and a.covers(at, at + 1) for a in near)
