"""Who does it and what takes it: names for the phrases around a trigger."""

from collections.abc import Sequence

from pipeline.claims.events.lexicon import EventType, near, word_tuple, words
from pipeline.claims.events.names import (
    house_name,
    is_model,
    is_name,
    is_proper,
    is_unheard,
    is_unknown_person,
    opens_with_unheard,
    surnames,
    unknown_end,
    unknown_name,
    without_clinging,
    without_copula,
)
from pipeline.claims.events.topic import Argument, as_written, board_of, is_viewer, of_mention, pronoun, salient
from pipeline.claims.named import behind_kind
from pipeline.claims.phrases import Unit, entities_of, head_entity, is_agent, is_document, is_office, is_person, phrases
from pipeline.claims.reading import Reading
from pipeline.records import Mention

LONGEST = 18  # characters of a noun phrase that is taken as it is written


def agent(reading: Reading, kind: EventType, phrase: Sequence[Unit]) -> Argument | None:
    """The agent that a noun phrase names, None where it can be none."""
    phrase = without_manner(before_rate(phrase))
    if not phrase:
        return None
    listed = any(unit.word in phrases().coordinators for unit in phrase)
    named = [unit.mention for unit in entities_of(phrase) if unit.mention is not None]
    mention = named[0] if listed and len(named) > 1 and phrase[0].kind == "entity" else head_entity(phrase)
    acts = len(phrase) > 1 and phrase[0].kind == "entity" and phrase[1].tag == "vn"  # 商汤|配售新股
    if mention is None and len(phrase) > 1 and phrase[0].kind == "entity" and (acts or owned(kind, phrase)):
        mention = phrase[0].mention
    if mention is None and "PERSON" not in kind.subjects and is_officer(phrase):
        mention = phrase[0].mention  # 小米董事长宣布裁员
    if mention is not None and kind.listing and mention.name in words("boards"):
        return None  # 今年科创板最大的IPO
    if mention is not None:
        firm = next((m for m in named if m.label in kind.subjects), None)  # 英特尔CEO陈立武宣布裁员: the firm does
        officer = kind.firm_first and mention.label == "PERSON" and firm is not None and firm.label == "ORG"
        fits = mention.label in kind.subjects and not officer
        fitting = mention if fits else firm if mention.label in ("PERSON", "GPE") else None  # 特斯拉上海裁员
        governs = fitting is not None and (not kind.authority or is_authority(fitting))
        governs = governs and not (kind.private and fitting is not None and is_authority(fitting))
        return of_mention(fitting) if fitting is not None and governs else None
    if len(phrase) > 1 and phrase[0].word in phrases().body and owned(kind, phrase):
        phrase = phrase[:1]  # 其股票, 公司股票
    found = pronoun(reading, phrase, kind.subjects)
    if found is not None:
        return found
    unknown = unknown_name(phrase) if "ORG" in kind.subjects else ()
    if unknown:
        return as_written(reading, unknown)
    house = house_name(phrase) if "ORG" in kind.subjects else ()
    if house:
        return as_written(reading, house)
    first = phrase[0]
    if kind.possessor and len(phrase) > 1 and phrase[-1].word.endswith(near("price")):
        owner = [unit for unit in phrase[:-1] if unit.kind != "de"]
        return agent(reading, kind, owner) if owner[-1:] and is_agent(owner[-1].word) else None  # 平台|会员费
    if "ORG" in kind.subjects and opens_with_unheard(reading, phrase):
        return as_written(reading, without_clinging(phrase))
    if "PERSON" in kind.subjects and kind.object == "optional":
        alone = len(phrase) == 1 or is_person(phrase[-2].word)  # 总经理|金向华
        unheard = alone and is_unknown_person(phrase[-1]) and phrase[-1].word[0] in surnames()
        if unheard or phrase[-1].tag.startswith("nr"):
            return as_written(reading, phrase[-1:])
    if first.kind == "pronoun" or any(unit.kind == "pronoun" for unit in phrase):
        return None
    if phrase[-1].word in words("organs") and "ORG" in kind.subjects:
        return board_of(reading, first.start)
    if len(phrase) == 1 and kind.possessor and phrase[-1].word in words("sites") and "ORG" in kind.subjects:
        return salient(reading, first.start, frozenset({"ORG"}))  # 工厂停产: whose it is
    name = reading.text[first.start : phrase[-1].end]
    word = phrase[-1].word
    governs_here = is_office(phrase) or (word.endswith(word_tuple("authorities")) if kind.authority else is_agent(word))
    allowed = kind.things or (kind.agents and governs_here) or word.endswith(kind.agent_heads)
    if word in words("wishes") or (kind.things and not is_good(phrase[-1]) and not governs_here):
        return None
    if allowed and not is_document(word) and len(name) <= LONGEST and phrase[-1].kind == "noun":
        return Argument(name, None, first.start, phrase[-1].end)
    return None


def without_manner(phrase: Sequence[Unit]) -> Sequence[Unit]:
    """A phrase without the words behind its name that say how or where it acts: 特斯拉|全球, 联发科|联合英伟达."""
    joint = next((at for at, unit in enumerate(phrase) if at and unit.word in words("joining")), len(phrase))
    phrase = phrase[:joint] if phrase and phrase[0].kind == "entity" else phrase
    lasting = words("manners") | words("light")
    while phrase and (phrase[-1].kind in ("de", "place", "adverb", "time") or phrase[-1].word in lasting):
        phrase = phrase[:-1]
    while len(phrase) > 1 and phrase[0].kind == "entity" and (phrase[-1].kind == "de" or is_counted(phrase[-1])):
        phrase = phrase[:-1]
    return phrase


def is_counted(unit: Unit) -> bool:
    """True for a word that counts an event, or points at it, between whose it is and its noun: 微软|本轮|裁员, 一次."""
    if unit.kind == "noun" and (unit.tag == "m" or unit.word.endswith(word_tuple("rounds")) or is_letter(unit)):
        return True  # 威马的C轮
    return unit.word in words("determiners") | words("pointers")


def is_letter(unit: Unit) -> bool:
    return len(unit.word) == 1 and unit.word.isascii()


def is_officer(phrase: Sequence[Unit]) -> bool:
    """True for the title of somebody behind his firm's name: 小米|董事长."""
    firm = phrase[0].mention
    return firm is not None and firm.label == "ORG" and phrase[-1].word.endswith(near("officer"))


def is_authority(mention: Mention) -> bool:
    """True for who governs: a country, an office, a court."""
    return mention.label == "GPE" or mention.name.endswith(word_tuple("authorities"))


def before_rate(phrase: Sequence[Unit]) -> list[Unit]:
    """A phrase without its rate: 汽油|每吨."""
    per = next((at for at, unit in enumerate(phrase) if at and unit.word.startswith(word_tuple("per"))), len(phrase))
    return list(phrase[:per])


def is_good(unit: Unit) -> bool:
    """True for a noun that somebody sells; a price that falls by itself is none."""
    return unit.tag.startswith("n") and not unit.word.endswith((*near("price"), *word_tuple("drifting")))


def owned(kind: EventType, phrase: Sequence[Unit]) -> bool:
    """True for a name and what it owns, where the owner acts: 人人网的ADR, 特斯拉全系车型."""
    rest = [unit for unit in phrase[1:] if unit.kind != "de"]
    if kind.listing and rest[-1].word.endswith(word_tuple("goods")):
        return False
    placed = [u for u in rest if u.mention is not None and u.mention.label == "GPE"]
    return all(unit.kind in ("noun", "amount") or unit in placed for unit in rest) and (
        kind.possessor or rest[-1].word in words("possessed") | words("organs")
    )


def object_of(reading: Reading, kind: EventType, phrase: Sequence[Unit]) -> Argument | None:
    """What a noun phrase says of the object: an entity of the right label, else the phrase as written."""
    phrase = before_rate(phrase)
    while phrase and tells_of(kind, phrase):
        phrase.pop()
    while phrase and phrase[0].kind in ("de", "mark"):
        phrase.pop(0)
    if not phrase:
        return None
    mention = object_mention(kind, phrase)
    if kind.maker and phrase[-1].word.endswith(word_tuple("papers")):
        return None  # 央行发布货币政策报告
    if mention is not None:
        return of_mention(mention) if kind.takes_goods or not mention.name.endswith(kind.not_objects) else None
    if len(phrase) > 1 and phrase[0].kind == "pronoun" and is_agent(phrase[-1].word):
        told = told_of(reading, phrase[0].start, kind.objects - {"PERSON"})  # 收购该公司
        if told is not None and told.mention is not None and not is_viewer(told.mention):
            return told
    if len(phrase) == 1 and phrase[0].word in phrases().generic:
        told = told_of(reading, phrase[0].start, kind.objects - {"PERSON", "GPE"})  # 上交所向公司下发监管函
        if told is not None:
            return told
    if phrase[-1].word in words("organs") and "ORG" in kind.objects:
        return board_of(reading, phrase[0].start)  # 董事会收到某某的辞呈
    if kind.takes_goods and phrase[-1].mention is not None and phrase[-1].mention.label == "PERSON":
        return None  # 求购前锋
    if phrase[-1].kind == "pronoun":
        found = pronoun(reading, phrase[-1:], kind.objects)
        return found if found is not None and kind.objects else None
    while phrase and (phrase[0].kind in ("amount", "de") or phrase[0].tag[:1] in ("m", "q")):
        phrase.pop(0)
    headed = bool(phrase) and (phrase[-1].kind in ("noun", "entity") or phrase[-1].tag == "n")  # 月费|计划
    if not headed or phrase[-1].tag[:1] in ("m", "q", "t"):
        return None
    if len(phrase) == 1 and phrase[0].tag.startswith("v"):
        return None
    if kind.object == "person":
        phrase = without_copula(reading, phrase)
        tail = unknown_end(phrase)
        named = phrase[-1].tag.startswith("nr") or is_unknown_person(phrase[-1])
        named = named or (len(tail) > 1 and tail[0].word[0] in surnames())
        named = named and not is_agent(phrase[-1].word)  # 任命前大众高管
        return as_written(reading, tail) if named else None
    if phrase[-1].word.endswith(word_tuple("papers") + kind.not_objects) or phrase[0].word in words("possessives"):
        return None  # 指控其系统性违规
    titled = behind_kind(phrase, is_person) if "PERSON" in kind.objects else ()  # 前副总|罗唯仁
    unknown = titled or (phrase[-1:] if is_name(phrase[-1]) else unknown_name(phrase))
    if unknown:
        return as_written(reading, unknown)
    proper = is_model(phrase[-1]) if kind.maker else "ORG" in kind.objects and is_proper(phrase[-1])
    proper = proper or (kind.unheard and is_unheard(phrase))  # 收购|福克斯
    if not kind.nouns_as_objects and not proper and not phrase[-1].word.endswith(kind.object_heads):
        return None
    start, end = phrase[0].start, phrase[-1].end
    if end - start > LONGEST:
        start = next(
            (u.end for u in reversed(phrase[:-1]) if u.kind == "de" and end - u.end <= LONGEST), phrase[-1].start
        )
    if end - start < 2:
        return None
    return Argument(reading.text[start:end].strip(), None, start, end)


def tells_of(kind: EventType, phrase: Sequence[Unit]) -> bool:
    """True where the last word of an object only links, or says that the event is told of: 起诉博主|一事."""
    last = phrase[-1]
    if last.kind in ("de", "place", "and", "mark") or last.word in words("shells"):
        return True
    return len(phrase) > 1 and not kind.maker and last.word in words("matters") | words("determiners")


def told_of(reading: Reading, at: int, labels: frozenset[str]) -> Argument | None:
    """Whom the sentences before talk about, which a phrase that points back takes up."""
    start, _ = reading.sentences[reading.sentence_at(at)]
    return salient(reading, start, labels) if start else None


def object_mention(kind: EventType, phrase: Sequence[Unit]) -> Mention | None:
    """The entity of a noun phrase that is the object: its head, else what owns the head (OpenAI的股份)."""
    named = [unit for unit in entities_of(phrase) if unit.mention is not None and unit.mention.label in kind.objects]
    if not named:
        return None
    if kind.mutual and phrase[0] in named and len(phrase) > 1 and phrase[1].tag.startswith("v"):
        return phrase[0].mention  # 联手|OpenAI|投资建设星际之门
    if phrase[-1].kind == "entity" and not any(unit.word in phrases().coordinators for unit in phrase):
        return (phrase[-1] if phrase[-1] in named else named[-1]).mention
    link = next((unit.start for unit in phrase if unit.kind == "de"), phrase[-1].end)
    before = [unit for unit in named if unit.end <= link]
    listed = any(unit.word in phrases().coordinators for unit in phrase)
    chosen = (before or named)[0 if listed else -1].mention
    if chosen is not None and chosen.label == "GPE" and not kind.places:
        return None  # 法国初创公司 is a firm, 美国市场 a market
    return chosen
