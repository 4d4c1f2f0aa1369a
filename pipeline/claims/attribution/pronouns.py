"""Whom a pronoun stands for where it speaks: 他表示, 该行预计, 公司宣布, 后者承诺."""

from collections.abc import Sequence

from pipeline.claims.attribution.lexicon import word_set, word_tuple
from pipeline.claims.attribution.record import Attribution
from pipeline.claims.attribution.speakers import Speaker
from pipeline.claims.phrases import is_agent, is_person, phrases, units
from pipeline.claims.reading import Reading
from pipeline.language.fold import fold
from pipeline.records import Mention

NEAR = 40  # characters in front of a pronoun in which the noun that it stands for is looked for


def resolve(reading: Reading, speaker: Speaker, earlier: Sequence[Attribution], at: int) -> Speaker | None:
    """The one that a pronoun stands for: the last speaker that fits, else the last entity that does."""
    said = fold(speaker.name)
    person = said in phrases().person or said.startswith(phrases().person_pointers)
    person = person or (said.startswith(phrases().pointers) and is_person(said) and said not in phrases().body)
    wanted = ("PERSON",) if person else ("ORG", "GPE", "PRODUCT")
    begin, _ = reading.sentences[reading.sentence_at(at)]
    named = [m for m in reading.entities_in(begin, speaker.start) if m.label in ("ORG", "PERSON")]
    if said in phrases().latter and named:
        return Speaker("entity", named[-1].name, named[-1], speaker.start, True, speaker.rest)
    here = [m for m in reading.entities_in(begin, speaker.start) if m.label in wanted[:1]]
    if person and here and not quoted(reading, begin, here[-1].start):
        return Speaker("entity", here[-1].name, here[-1], speaker.start, True, speaker.rest)
    for known in reversed(earlier):
        if known.kind != "statement" or not known.speaker or known.inferred:
            continue
        if views_others(known.mention) and not person and said not in word_set("house_pronouns"):
            continue  # 瑞银指…，公司宣布: the firm it tells of
        nobody = fold(known.speaker).endswith(phrases().bodies)
        if "、" in known.speaker and said in phrases().singular:
            continue
        fits = known.mention.label in wanted if known.mention is not None else person and not nobody
        if fits:
            return Speaker("entity", known.speaker, known.mention, speaker.start, True, speaker.rest)
    floor = max(0, reading.text.rfind("\n", 0, max(0, reading.text.rfind("\n", 0, at))))
    house = house_before(reading, floor, at) if said in word_set("house_pronouns") else None
    if house is not None:
        return Speaker("entity", house.name, house, speaker.start, True, speaker.rest)
    near = reading.entities_in(floor, at)
    told_of = [m for m in near if person or not views_others(m)] or near
    for mention in reversed(told_of):
        if mention.label in wanted[:1] and mention.name and not quoted(reading, floor, mention.start):
            return Speaker("entity", mention.name, mention, speaker.start, True, speaker.rest)
    noun = person_before(reading, speaker.start) if person else ""
    if noun:
        return Speaker("agent", noun, None, speaker.start, True, speaker.rest)
    name, found = ("", None) if person else reading.subject_before(at)
    if found is not None and found.label in wanted and not quoted(reading, floor, found.start):
        return Speaker("entity", name, found, speaker.start, True, speaker.rest)
    known_noun = person or is_agent(said) or said.startswith(phrases().pointers)
    return Speaker("agent", speaker.name, None, speaker.start, False, speaker.rest) if known_noun else None


def views_others(mention: Mention | None) -> bool:
    """True for a house that publishes views of others: banks, brokers, papers."""
    return mention is not None and mention.label == "ORG" and mention.name.endswith(word_tuple("speaking_bodies"))


def house_before(reading: Reading, floor: int, at: int) -> Mention | None:
    """The last bank or broker before a pronoun for one, else the first firm of its lines, whose report they tell of."""
    firms = [m for m in reading.entities_in(floor, at) if m.label == "ORG"]
    houses = [m for m in firms if m.name.endswith(word_tuple("speaking_bodies"))]
    return houses[-1] if houses else next(iter(firms), None)


def quoted(reading: Reading, floor: int, at: int) -> bool:
    """True inside quotation marks: who is named there is not who the text talks about."""
    return reading.folded.rfind("“", floor, at) > reading.folded.rfind("”", floor, at)


def person_before(reading: Reading, at: int, near: int = NEAR) -> str:
    """The last noun for people in the ``near`` characters before, within the line: 我问了销售，他说…"""
    begin = max(reading.text.rfind("\n", 0, at) + 1, at - near)
    for unit in reversed(units(reading, begin, at)):
        if unit.kind == "noun" and is_person(unit.word) and unit.word != "人":
            return reading.text[unit.start : unit.end]
    return ""
