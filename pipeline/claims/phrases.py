"""Words of a clause as units with a part in the phrase, and the noun phrases that they form.

A unit is a mention or one of jieba's words. Its kind comes from the lexicon ``phrases.toml``, else from jieba's
part of speech: ``entity time amount mark de pronoun and prep adverb conj aux verb place noun``.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.claims.reading import Reading
from pipeline.frozen import frozen
from pipeline.lexicons import cached, lexicon_table
from pipeline.records import Mention

MARKS = frozenset("，,；;：:。！？!?…、—–-~·()（）[]【】《》〈〉“”「」『』\"'’‘/|*#$ \t\n\r>")
KIND_OF_MENTION = {"entity": "entity", "date": "time"}
KIND_OF_TAG = {
    "d": "adverb",
    "p": "prep",
    "c": "conj",
    "t": "time",
    "r": "pronoun",
    "u": "aux",
    "y": "aux",
    "f": "place",
}


class Unit(NamedTuple):
    """One word or mention; ``word`` is folded, offsets are into the post's text."""

    start: int
    end: int
    word: str
    kind: str
    tag: str = ""
    mention: Mention | None = None


@frozen
class Phrases:
    """The lexicon ``phrases.toml``, ready for lookup."""

    kinds: dict[str, str]
    kind_of: Callable[[str, str], str]
    acts: Callable[[str], bool]  # by one of the endings ``agents``
    embodies: Callable[[str], bool]  # by one of ``bodies``
    documents_by: Callable[[str], bool]  # by one of ``documents``
    agents: tuple[str, ...]
    agent_words: frozenset[str]
    bodies: tuple[str, ...]
    offices: tuple[str, ...]
    documents: tuple[str, ...]
    name_tails: frozenset[str]
    and_others: frozenset[str]
    coordinators: frozenset[str]
    close_coordinators: frozenset[str]
    self: frozenset[str]
    hearer: frozenset[str]
    person: frozenset[str]
    singular: frozenset[str]
    body: frozenset[str]
    pointers: tuple[str, ...]
    person_pointers: tuple[str, ...]
    latter: frozenset[str]
    former_of_two: frozenset[str]
    both: frozenset[str]
    links: frozenset[str]
    adverbials: frozenset[str]
    openers: frozenset[str]
    disposals: frozenset[str]
    causes: frozenset[str]
    former: frozenset[str]
    roles: frozenset[str]
    quantifiers: frozenset[str]
    newest: frozenset[str]
    links_on: tuple[str, ...]
    particles: frozenset[str]


@cached
def phrases() -> Phrases:
    table: dict[str, Any] = lexicon_table("phrases")
    kinds: dict[str, str] = {}
    pronouns = table["pronouns"]
    for kind, words in (
        ("conj", table["connectives"]),
        ("prep", table["prepositions"]),
        ("adverb", table["adverbs"]),
        ("modifier", table["modifiers"]),
        ("noun", [*table["agents"], *table["documents"], *table["name_tails"]]),
        ("pronoun", [word for name in ("self", "hearer", "person", "body", "both") for word in pronouns[name]]),
        ("noun", table["generic"]),
        ("and", table["coordinators"]),
        ("and", table["and_others"]),
        ("de", table["links"]),
    ):
        for word in words:
            kinds[word] = kind
    return Phrases(
        kinds=kinds,
        kind_of=lru_cache(maxsize=65536)(lambda word, tag: word_kind(kinds, word, tag)),
        acts=ending(table["agents"]),
        embodies=ending(table["bodies"]),
        documents_by=ending(table["documents"]),
        agents=tuple(table["agents"]),
        agent_words=frozenset(table["agents"]),
        bodies=tuple(table["bodies"]),
        offices=tuple(table["offices"]),
        documents=tuple(table["documents"]),
        name_tails=frozenset(table["name_tails"]),
        and_others=frozenset(table["and_others"]),
        coordinators=frozenset(table["coordinators"]),
        close_coordinators=frozenset(table["close_coordinators"]),
        self=frozenset(pronouns["self"]),
        hearer=frozenset(pronouns["hearer"]),
        person=frozenset(pronouns["person"]),
        singular=frozenset(pronouns["singular"]),
        body=frozenset(pronouns["body"]),
        pointers=tuple(pronouns["pointers"]),
        person_pointers=tuple(pronouns["person_pointers"]),
        latter=frozenset(pronouns["latter"]),
        former_of_two=frozenset(pronouns["former_of_two"]),
        both=frozenset(pronouns["both"]),
        links=frozenset(table["links"]),
        adverbials=frozenset(table["adverbials"]),
        openers=frozenset(table["openers"]),
        disposals=frozenset(table["disposals"]),
        causes=frozenset(table["causes"]),
        former=frozenset(table["former"]),
        roles=frozenset(table["roles"]),
        quantifiers=frozenset(table["quantifiers"]),
        newest=frozenset(table["newest"]),
        links_on=tuple(table["links_on"]),
        particles=frozenset(table["particles"]),
    )


def ending(words: Sequence[str]) -> Callable[[str], bool]:
    """Whether a word ends with one of hundreds, asked once a word."""
    ends = tuple(words)
    return lru_cache(maxsize=65536)(lambda word: word.endswith(ends))


def units(reading: Reading, start: int, end: int) -> list[Unit]:
    """The units of ``start:end``, marks and brackets included; a mention that reaches over the edge is left out.

    A sentence is read once; what is asked for is cut out of it where no word and no mention reaches over an edge.
    """
    if start >= end:
        return []
    index = reading.sentence_at(start)
    if not reading.sentences or not reading.sentences[index][0] <= start < end <= reading.sentences[index][1]:
        return read_units(reading, start, end)
    whole = reading.units.get(index)
    if whole is None:
        found = read_units(reading, *reading.sentences[index])
        whole = reading.units[index] = found, [unit.start for unit in found]
    if not reading.draft.words.parts(index, start, end):
        return read_units(reading, start, end)
    first, last = bisect_left(whole[1], start), bisect_left(whole[1], end)
    over = (first and whole[0][first - 1].end > start) or (last and whole[0][last - 1].end > end)
    return read_units(reading, start, end) if over else whole[0][first:last]


def read_units(reading: Reading, start: int, end: int) -> list[Unit]:
    mentions = {m.start: m for m in mentions_in(reading, start, end)}
    known, folded = phrases(), reading.folded
    kind_of, particles = known.kind_of, known.particles
    new = tuple.__new__  # Unit(…) would go through a function of Python's for each
    found: list[Unit] = []
    covered = 0  # where the last mention ends
    for left, right, word, tag in reading.tagged(start, end):
        if left < start or right > end:
            left, right = max(left, start), min(right, end)
            word, tag = folded[left:right], "x"
        mention = mentions.get(left)
        if mention is not None and mention.end >= right:
            covered = mention.end
            found.append(new(Unit, (left, covered, folded[left:covered], mention_kind(reading, mention), "", mention)))
        elif left < covered or word.isspace():
            continue
        else:
            if tag == "x":  # an unknown word, with a particle that was taken for its first letter: 对|恒大, 拟|以
                while word[0] in particles and len(word) > 1 and word not in known.kinds:
                    found.append(new(Unit, (left, left + 1, word[0], kind_of(word[0], "v"), "", None)))
                    left, word = left + 1, word[1:]
            found.append(new(Unit, (left, right, word, kind_of(word, tag), tag, None)))
    return found


def mentions_in(reading: Reading, start: int, end: int) -> list[Mention]:
    """All mentions wholly inside ``start:end``, by kind."""
    return [*reading.entities_in(start, end), *reading.dates_in(start, end), *reading.amounts_in(start, end)]


def mention_kind(reading: Reading, mention: Mention) -> str:
    """``entity``, ``time`` or ``amount``; a dated document (三季报显示) is a noun."""
    if mention.kind == "date" and is_document(reading.folded[mention.start : mention.end]):
        return "noun"
    return KIND_OF_MENTION.get(mention.kind, "amount")


def word_kind(kinds: dict[str, str], word: str, tag: str) -> str:
    """The kind of a word: a mark, what the lexicon says, else by its part of speech."""
    if MARKS.issuperset(word):
        return "and" if word == "、" else "mark"
    known = kinds.get(word)
    if known is not None:
        return "noun" if known == "modifier" else known
    if (tag.startswith("v") and tag not in ("vn", "vd")) or tag in ("l", "i"):
        return "verb"
    return KIND_OF_TAG.get(tag[:1], "noun")


def without_asides(found: Sequence[Unit]) -> list[Unit]:
    """Units outside brackets: 黄仁勋（Jensen Huang）表示 reads 黄仁勋表示."""
    kept: list[Unit] = []
    depth = 0
    for unit in found:
        if unit.kind == "mark" and unit.word in "(（[【":
            depth += 1
        elif unit.kind == "mark" and unit.word in ")）]】":
            depth = max(0, depth - 1)
        elif not depth:
            kept.append(unit)
    return kept


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
    title, name = found[at + 1], found[at + 2]
    named = name.mention.label in ("ORG", "PERSON", "PRODUCT") if name.mention is not None else False
    return title.kind == "noun" and is_agent(title.word) and (named or name.tag in ("x", "nr", "nrt", "ns"))


def is_agent(word: str) -> bool:
    """True for a noun that acts or speaks, by its ending: 知情人士, 高盛分析师."""
    return phrases().acts(word.removesuffix("们"))


def is_person(word: str) -> bool:
    """True for a noun that speaks and is one or more people: 老板, 网友."""
    return is_agent(word) and not phrases().embodies(word)


def is_office(phrase: Sequence[Unit]) -> bool:
    """True for a place's name and an office: 上海市监局, 美国司法部."""
    first = phrase[0].mention
    placed = first is not None and first.label in ("GPE", "ORG")
    return placed and len(phrase) > 1 and phrase[-1].kind == "noun" and phrase[-1].word.endswith(phrases().offices)


def is_document(word: str) -> bool:
    """True for a noun that holds what is known and does not speak: 财报, 研究."""
    return phrases().documents_by(word)


def entities_of(phrase: Sequence[Unit]) -> list[Unit]:
    return [unit for unit in phrase if unit.kind == "entity"]


def head_entity(phrase: Sequence[Unit]) -> Mention | None:
    """The entity that a noun phrase names: its last word, or one before words that only round off a name.

    亚马逊创始人贝佐斯 is 贝佐斯, 苹果公司 and Groq等初创公司 are their names; 高盛分析师 is no entity.
    """
    tails = phrases().name_tails
    for index in range(len(phrase) - 1, -1, -1):
        unit = phrase[index]
        if unit.mention is not None and unit.kind == "entity":
            return firm_of_branch(phrase, index) or unit.mention
        if unit.word in phrases().and_others:
            return next((u.mention for u in phrase[:index] if u.kind == "entity"), None)
        others = any(u.word in phrases().and_others for u in phrase[:index])
        if unit.word not in tails and not others and not (unit.kind == "mark" and unit.word in "《》〈〉"):
            return None
    return None


def firm_of_branch(phrase: Sequence[Unit], index: int) -> Mention | None:
    """The firm right in front of a place's name, whose branch there is meant: 微软|中国."""
    place, firm = phrase[index].mention, phrase[index - 1].mention if index else None
    if place is None or place.label != "GPE" or firm is None or firm.label != "ORG" or firm.end != place.start:
        return None
    return firm


def span(phrase: Sequence[Unit]) -> tuple[int, int]:
    return phrase[0].start, phrase[-1].end


def written(reading: Reading, phrase: Sequence[Unit]) -> str:
    """A phrase as the post writes it, without marks at its edges."""
    start, end = span(phrase)
    return reading.text[start:end].strip("《》〈〉“”「」 ")
