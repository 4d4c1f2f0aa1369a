"""The first noun phrase of a clause: what is skipped in front of it, what belongs to it, where it ends."""

from collections.abc import Sequence

from pipeline.claims.phrases.lexicon import is_agent, phrases
from pipeline.claims.phrases.units import Unit

LONGEST_TITLE = 4  # units of a title and who bears it
LONGEST_ROLE = 12  # units of a role in front of a name
BEFORE_SUBJECT = ("conj", "adverb", "time", "mark", "aux")


def leading(found: Sequence[Unit]) -> tuple[list[Unit], list[Unit]]:
    """A clause's first noun phrase, and what follows it; connectives, adverbs and times before it are skipped.

    A preposition, an adverb or a verb ends the phrase, unless a 的 behind it makes it a modifier
    (通州区卖肉的老板).
    """
    known = phrases()
    at = behind_role(found)
    while at < len(found) and (found[at].kind in BEFORE_SUBJECT or found[at].word in known.openers):
        if found[at].word in known.former and noun_follows(found, at):
            break  # 原总裁, 前员工
        at += 1
    begin = at
    while at < len(found):
        kind = found[at].kind
        if at == begin and found[at].word in known.former and noun_follows(found, at):
            at += 1
            continue
        if found[at].word in known.quantifiers and at > begin and noun_follows(found, at):
            at += 1  # 现场不少居民
            continue
        if kind in ("mark", "conj") and found[at].word not in "《》〈〉“”「」":
            break
        if at > begin and at + 1 < len(found) and found[at + 1].word in known.adverbials:
            break  # 无奈地
        if at > begin and found[at].word in known.time_openers and found[at + 1 : at + 2] and counts(found[at + 1]):
            break  # 段永平|前几天说
        if at > begin and found[at].tag == "vn" and ends_act(found, at) and is_agent(found[at - 1].word):
            break  # 工程师|检测后说
        plain = kind == "adverb" and at > begin and noun_follows(found, at)
        if plain and (found[at].word not in known.kinds or titles(found, at + 1)):
            at += 1  # 联电|共同总经理王石
            continue
        if kind in ("prep", "adverb", "verb", "aux", "time", "and"):
            if kind == "and" and at > begin and at + 1 < len(found) and joins(found, at):
                at += 1
                continue
            past = kind == "verb" and not any(
                u.kind in ("entity", "pronoun") or is_agent(u.word) for u in found[begin:at]
            )
            modifier = 0 if kind == "prep" else modifies(found, at, past)
            if not modifier:
                break
            at = modifier
            continue
        at += 1
    phrase = list(found[begin:at])
    while phrase and phrase[-1].kind in ("mark", "and", "de", "adverb") and phrase[-1].word not in known.and_others:
        phrase.pop()
    if len(phrase) > 1 and phrase[-1].word in known.newest:
        phrase.pop()  # 某某最新|发文
    return phrase, list(found[begin + len(phrase) :])


def counts(unit: Unit) -> bool:
    """True for a number of days or the like: 几天."""
    return unit.tag[:1] in ("m", "t") and unit.kind not in ("entity", "amount")


def ends_act(found: Sequence[Unit], at: int) -> bool:
    """True where what somebody does first ends behind the verb at ``at``: 检测|后."""
    return at + 1 < len(found) and found[at + 1].word in phrases().afterwards


def behind_role(found: Sequence[Unit]) -> int:
    """Where the name stands whose role opens a clause: 作为行业龙头的[宁德时代]; 0 where none does."""
    opening = 0
    while opening < len(found) and found[opening].kind in BEFORE_SUBJECT:
        opening += 1
    if opening >= len(found) or found[opening].word not in phrases().roles:
        return 0
    for index in range(opening + 1, min(opening + LONGEST_ROLE, len(found) - 1)):
        if found[index].kind == "mark":
            return 0
        if found[index].kind == "de" and found[index + 1].kind == "entity":
            return index + 1
    return 0


def titles(found: Sequence[Unit], at: int) -> bool:
    """True for a title at ``at`` and the person who bears it."""
    title = ""
    for unit in found[at : at + LONGEST_TITLE]:
        if title and is_agent(title):
            person = unit.mention is not None and unit.mention.label == "PERSON"
            return person or (unit.kind == "noun" and (unit.tag in ("x", "nr") or len(unit.word) == 1))
        if unit.kind != "noun":
            return False
        title += unit.word
    return False


def noun_follows(found: Sequence[Unit], at: int) -> bool:
    return at + 1 < len(found) and found[at + 1].kind in ("noun", "entity")


def joins(found: Sequence[Unit], at: int) -> bool:
    """True where 和, 与 or 、 stands between two nouns that a verb phrase follows both (A和B表示)."""
    if found[at].word in phrases().and_others:
        return True
    before, after = found[at - 1], found[at + 1]
    return {before.kind, after.kind} <= {"entity", "noun"} and (
        found[at].word in phrases().close_coordinators or (before.kind == after.kind == "entity")
    )


def modifies(found: Sequence[Unit], at: int, past: bool = False) -> int:
    """The index of the 的 that makes ``found[at]`` part of a modifier before a noun, 0 for none.

    卖肉的老板 and 负责国际业务的总裁 are phrases; 公布了电价的上调 is a verb and its object. ``past``: a 了 may stand
    inside where the noun is somebody: 干了十年的老员工.
    """
    if introduces(found, at):
        return at + 1
    named = False
    for index in range(at + 1, min(at + 7, len(found) - 1)):
        unit = found[index]
        if unit.kind in ("mark", "prep") or (unit.kind == "aux" and not past):
            return 0
        if unit.kind == "de":
            if index == at + 2 and found[index - 1].kind == "pronoun":
                return 0  # 认为|它的售价
            head = found[index + 1]
            somebody = is_somebody(found, index + 1)
            free = not named and not any(one.kind == "aux" for one in found[at:index])
            return index if head.kind in ("noun", "entity") and (somebody or free) else 0
        named = named or unit.kind in ("noun", "entity")
    return 0


def is_somebody(found: Sequence[Unit], at: int) -> bool:
    """True where the noun phrase at ``at`` names somebody: 的[老员工], 的[生鲜电商某某], 的[总裁某某]."""
    for index in range(at, min(at + 4, len(found))):
        unit = found[index]
        if unit.mention is not None:
            return unit.mention.label == "PERSON" or (index > at and is_agent(found[index - 1].word))
        if unit.kind != "noun":
            return False
        if is_agent(unit.word):
            following = found[index + 1] if index + 1 < len(found) else None
            return following is None or following.kind != "noun" or following.word == "们"
    return False


def introduces(found: Sequence[Unit], at: int) -> bool:
    """True for a verb that belongs to the noun in front of a name: [转会]专家济奥, [打车]平台滴滴."""
    if found[at].kind != "verb" or at + 2 >= len(found) or len(found[at].word) < 2:
        return False
    if found[at].word in phrases().takers:
        return False  # 收到|总经理某某的辞呈
    title, name = found[at + 1], found[at + 2]
    named = name.mention.label in ("ORG", "PERSON", "PRODUCT") if name.mention is not None else False
    return title.kind == "noun" and is_agent(title.word) and (named or name.tag in ("x", "nr", "nrt", "ns"))
