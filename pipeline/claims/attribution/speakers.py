"""Who speaks: the noun phrase in front of a reporting verb."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from pipeline.claims.attribution.bylines import byline_before
from pipeline.claims.attribution.lexicon import word_set, word_tuple
from pipeline.claims.attribution.names import brought_in, named_end, split_name
from pipeline.claims.named import quoted_before
from pipeline.claims.phrases import (
    Unit,
    entities_of,
    head_entity,
    is_agent,
    is_document,
    is_office,
    is_person,
    leading,
    phrases,
    span,
    units,
    without_asides,
    written,
)
from pipeline.claims.reading import Reading, once
from pipeline.frozen import frozen
from pipeline.records import Mention

BREAK = re.compile(r"[，,；;：:。！？!?…\n“”「」『』~（(）)【]|(?<= )-(?= )")
FAR = 60  # characters in front of a verb in which its speaker is looked for
LONGEST_NAME = 4  # characters of a Chinese name
PROPER = ("nr", "nt")
SPEAKING = frozenset({"ORG", "PERSON", "GPE", "PRODUCT"})


@frozen
class Speaker:
    """A speaker: canonical name or as written, and what it is.

    ``kind`` is ``entity``, ``agent`` (a noun that speaks), ``noun`` (any other), ``document``, ``self``, ``hearer``
    or ``none``. ``rest`` are the units between the phrase and the verb.
    """

    kind: str
    name: str = ""
    mention: Mention | None = None
    start: int = 0
    inferred: bool = False
    rest: tuple[Unit, ...] = ()


@once
def breaks(reading: Reading) -> list[int]:
    """Where a post has marks that may end a clause piece, and brackets."""
    return [mark.start() for mark in BREAK.finditer(reading.folded)]


@once
def break_before(reading: Reading, floor: int, at: int) -> int:
    """Where the clause piece that ends at ``at`` begins; marks inside brackets and mentions do not count."""
    folded = reading.folded
    wire = byline_before(reading, at)
    floor = max(floor, at - FAR, wire[1] if wire is not None else 0)
    depth = closed = 0
    marks = breaks(reading)
    for index in reversed(marks[bisect_left(marks, floor) : bisect_left(marks, at)]):
        char = folded[index]
        if char in "）)":
            depth, closed = depth + 1, closed if depth else index + 1
        elif char in "（(":
            if not depth:
                return index + 1
            depth -= 1
        elif char == "【" and folded.find("】", index, at) >= 0:
            continue  # a headline that ends in front
        elif not depth and not reading.named(index, index + 1, floor, at):
            return index + 1
    return closed if depth else floor  # the bracket was opened farther away


@once
def speaker_before(reading: Reading, floor: int, at: int) -> Speaker:
    """The speaker whose verb stands at ``at``; ``floor`` is how far back its clause may reach."""
    begin = break_before(reading, floor, at)
    stop = without_acts(reading, begin, at)
    found = brought_in(cited(without_asides(units(reading, begin, stop)), reading.folded[at : at + 2]))
    blank = reading.folded.rfind(" ", begin, stop)
    # 集运大涨 马士基|说: the blank stands for a comma.
    latin = reading.folded[blank - 1].isascii() and reading.folded[blank - 1].isalnum()
    if begin < blank and not latin and not in_brackets(reading.folded[blank:stop]):
        after, left = leading(without_asides(units(reading, blank, stop)))
        if after and speaker_of(reading, after).kind in ("entity", "agent"):
            return speaker_of(reading, after, left)
    phrase, rest = leading(found)
    name = quoted_before(reading, begin) if not phrase and begin > floor else None
    if name is not None and bears_name(reading, floor, name.start - 1):  # 博主“数码老李”|发帖称
        return Speaker("agent", reading.text[name.start : name.end], name.mention, name.start, rest=tuple(rest))
    if not phrase:
        return Speaker("none", start=found[0].start if found else at, rest=tuple(rest))
    name_start = split_name(reading, phrase, rest)
    if name_start >= 0:
        return Speaker("agent", reading.text[name_start : rest[-1].end], None, phrase[0].start)
    return speaker_of(reading, phrase, rest)


def in_brackets(text: str) -> bool:
    """True for a text that begins inside brackets and leaves them."""
    return sum(text.count(mark) for mark in ")）") > sum(text.count(mark) for mark in "(（")


def bears_name(reading: Reading, floor: int, at: int) -> bool:
    """True where a noun for who bears it stands in front of a quoted name."""
    return is_agent(reading.folded[max(floor, at - LONGEST_NAME) : at])


def without_acts(reading: Reading, begin: int, at: int) -> int:
    """Where the clause ends without what the speaker does to speak: 雷军发微博|称, 他接受采访时|表示."""
    acts = word_tuple("acts")
    text = reading.folded
    while text.endswith(acts, begin, at):
        at -= len(next(a for a in acts if text.endswith(a, begin, at)))
    return at


def cited(found: list[Unit], verb: str) -> list[Unit]:
    """路透援引知情人士称: the cited one speaks; 路透援引知情人士的话报道: the one who reports does."""
    at = next((i for i, unit in enumerate(found) if i and unit.word in word_set("citing")), 0)
    if not at:
        return found
    return found[:at] if verb in word_set("reporting") else found[at + 1 :]


def speaker_of(reading: Reading, phrase: Sequence[Unit], rest: Sequence[Unit] = ()) -> Speaker:
    """What a noun phrase is as a speaker."""
    known = phrases()
    while len(phrase) > 1 and phrase[-1].kind == "place" and is_agent(phrase[-2].word):
        phrase = phrase[:-1]  # 市场上, 群里
    phrase = without_channel(phrase)
    start, _ = span(phrase)
    after = tuple(rest)
    rounded = len(phrase) > 1 and phrase[-1].word in known.name_tails and phrase[0].word not in known.self
    if phrase[-1].word in known.self and rounded:  # 他自己, 黄仁勋本人
        return speaker_of(reading, phrase[:-1], rest)
    if phrase[-1].word in known.self:
        return Speaker("self", start=start, rest=after)
    if phrase[-1].word in known.hearer:
        return Speaker("hearer", start=start, rest=after)
    joined = named_together(phrase)
    if joined:
        return Speaker("entity", joined, entities_of(phrase)[0].mention, start, rest=after)
    mention = head_entity(phrase)
    if mention is not None and mention.label in SPEAKING:
        return Speaker("entity", mention.name, mention, start, rest=after)
    body = "".join(unit.word for unit in phrase)
    points = body.startswith(known.pointers) and not entities_of(phrase)
    if points and phrase[-1].word in word_set("things"):
        return Speaker("hearer", start=start, rest=after)  # 这一点保证…: nobody speaks
    if body in known.person or body in known.body or points:
        return Speaker("pronoun", written(reading, phrase), None, start, rest=after)
    last = phrase[-1]
    while last.word in known.and_others and len(phrase) > 1:
        phrase = phrase[:-1]
        last = phrase[-1]
    titled = after_title(phrase)
    if titled:
        return Speaker("agent", written(reading, titled), None, start, rest=after)
    name = written(reading, phrase)
    full = named_end(reading, phrase)
    if full >= 0:
        return Speaker("agent", reading.text[full : phrase[-1].end], None, start, rest=after)
    paper = is_document(body) and not is_document(last.word)  # 研|报
    if paper or (is_document(last.word) and last.word not in phrases().agent_words):  # but 秘书
        if len(phrase) == 2 and phrase[0].word in known.body:
            return Speaker("pronoun", phrase[0].word, None, start, rest=after)
        return Speaker("document", name, possessor(phrase), start, rest=after)
    to_me = any(u.word in known.self and after[i].kind in ("prep", "and") for i, u in enumerate(after[1:]))
    if body == "人" and reading.folded.endswith(word_tuple("some"), 0, start):
        return Speaker("agent", reading.text[start - 1 : phrase[-1].end], None, start - 1, rest=after)  # 还|有人
    if is_agent(last.word) or is_agent(body) or is_office(phrase) or to_me or last.tag.startswith(PROPER):
        return Speaker("agent", name, None, start, rest=after)
    return Speaker("noun", name, None, start, rest=after)


def without_channel(phrase: Sequence[Unit]) -> Sequence[Unit]:
    """A phrase up to the one whose site or account it names: 小鹏汽车|官方微博, 消保委|官网."""
    at = len(phrase)
    while at > 1 and phrase[at - 1].word in word_set("channels"):
        at -= 1
    owner = phrase[at - 1]
    return phrase[:at] if owner.mention is not None or is_agent(owner.word) else phrase


def after_title(phrase: Sequence[Unit]) -> Sequence[Unit]:
    """An unknown name behind its title (分析师郭明錤), or a noun with a letter to it (网友A); empty for none."""
    at, length, latin = len(phrase) - 1, 0, True
    while at >= 0 and not is_person("".join(unit.word for unit in phrase[: at + 1])):
        unit = phrase[at]
        length += len(unit.word)
        latin = latin and unit.word.isascii()
        if unit.kind != "noun" or (length > LONGEST_NAME and not latin):
            return ()  # no name, wherever its title stands
        at -= 1
    tail = phrase[at + 1 :]
    if at < 0 or not tail:
        return ()
    if length == 1 and tail[0].word.isascii():
        return phrase[at:]
    if all(unit.word.isascii() and unit.word[:1].isupper() for unit in tail):
        return tail
    unknown = all(len(unit.word) == 1 or unit.tag.startswith(("x", "nr", "ns")) for unit in tail)
    return tail if 2 <= length <= LONGEST_NAME and unknown else ()


def named_together(phrase: Sequence[Unit]) -> str:
    """The names of coordinated speakers, 、 between them; empty for a single one."""
    names = entities_of(phrase)
    rest = [unit for unit in phrase if unit.kind != "entity"]
    if len(names) < 2 or not rest or any(unit.word not in phrases().coordinators for unit in rest):
        return ""
    return "、".join(dict.fromkeys(unit.mention.name for unit in names if unit.mention is not None))


def possessor(phrase: Sequence[Unit]) -> Mention | None:
    """The institution whose document it is: 微软最新财报 → 微软."""
    owners = [unit.mention for unit in entities_of(phrase) if unit.mention is not None]
    bodies = [m for m in owners if m.label in ("ORG", "GPE", "PERSON")]
    return next(iter(bodies or owners), None)


def is_unsaid(speaker: Speaker, verb: str) -> bool:
    """True where what stands between speaker and verb undoes the report: 拒绝透露, 没有表示."""
    words = [unit.word for unit in speaker.rest]
    if verb in word_set("unthought"):
        return any(word in word_set("causing") for word in words)
    return any(word in word_set("unsaid") for word in words)
