"""Frames with a reporting verb: S表示，…  S：“…”  据S报道，…  “…”S说。  …，S说。"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.claims.attribution.content import (
    FULL_STOP,
    Content,
    Quotation,
    content_after,
    is_attitude,
    is_clause,
    past_addressee,
    trimmed,
)
from pipeline.claims.attribution.lexicon import Said, frames, said, verb_pattern, word_set
from pipeline.claims.attribution.record import Attribution, Span
from pipeline.claims.attribution.scene import SPOKEN, Scene, made
from pipeline.claims.attribution.speakers import (
    FAR,
    Speaker,
    break_before,
    is_unsaid,
    resolve,
    speaker_before,
    speaker_of,
)
from pipeline.claims.chunks import chunks
from pipeline.claims.phrases import Unit, is_agent, leading, mentions_in, phrases, units, without_asides
from pipeline.claims.reading import Reading

LONGEST_NAME = 8  # characters of an unknown name
NO_VERB = re.compile(r"[的者时之]|[后前][，,]")  # 表示的, 警告者, 表示后，: the verb of a modifier


def speech(scene: Scene, start: int, end: int) -> Iterator[Attribution]:
    """S表示，…  S：“…” after a verb  据S报道，…  “…”S说。  …，S说。"""
    reading = scene.reading
    if not verb_pattern().search(reading.folded, start, end):
        return
    edges = {m.start for m in mentions_in(reading, start, end)}
    for verb in said(reading.folded, start, end, edges):
        named = reading.named(verb.start, verb.start + 1, verb.start - FAR, verb.end + FAR)
        if named or scene.taken(verb.start, verb.end):
            continue
        if NO_VERB.match(reading.folded, verb.end) or reading.folded[verb.start - 1 : verb.start] in phrases().links:
            continue
        begin = break_before(reading, start, verb.start)
        quote_only = verb.verb.content == "quote" and not verb.suffixed
        content = content_after(reading, scene.quotes, verb.end, end, reading.folded[verb.start : verb.end], quote_only)
        if not may_say(scene, verb, begin, start, end, content):
            continue
        speaker = speaker_before(reading, start, verb.start)
        if is_unsaid(speaker, verb.verb.word):
            continue
        according = is_according(scene, begin, verb.start)
        told = teller(scene, verb, speaker, begin, start, end, content)
        if told is not None:
            scene.found.append(told)
        attribution = None
        if content is not None and (told is None or not content.quoted):
            attribution = forward(scene, verb, speaker, begin, start, end, content, according)
        if told is None and content is None:
            attribution = afterthought(scene, verb, speaker, begin, start, end)
        if attribution is not None:
            yield attribution


def may_say(scene: Scene, verb: Said, begin: int, floor: int, stop: int, content: Content | None) -> bool:
    """False where no frame can come of a verb, whoever speaks: most verbs, told before their speaker is looked for."""
    text = scene.reading.folded
    if quoted_before(scene, begin) is not None:
        return True
    if content is None:
        return may_end(text, verb, begin, floor, stop)
    takes = "any" if verb.suffixed else verb.verb.content
    if content.mark not in ("，", ",") and not opened(content, takes):
        return False
    return not is_bare(scene.reading, verb, content)


def is_bare(reading: Reading, verb: Said, content: Content) -> bool:
    """True where nothing opens what follows a verb, and it is no clause: 说了半天."""
    if content.mark or content.quoted:
        return False
    after = reading.folded[verb.end : verb.end + 1]
    return after in ("了", "过") or not is_clause(reading, content.start, content.end)


def forward(
    scene: Scene, verb: Said, speaker: Speaker, begin: int, floor: int, stop: int, content: Content, according: bool
) -> Attribution | None:
    """A frame whose content stands behind the verb."""
    reading = scene.reading
    takes = "any" if verb.suffixed else verb.verb.content
    if according:
        if content.mark not in ("，", ","):
            return None
    elif not opened(content, takes):
        return None
    if is_bare(reading, verb, content):
        return None
    if is_attitude(reading, content.start, content.end) or governs(verb, speaker, content):
        return None
    if is_figure(reading, verb, content) or is_own(reading, content):
        return None
    found = known(scene, verb, speaker, begin, floor)
    if found is None:
        return None
    speaker = found
    if is_unknown_name(reading, speaker, verb, content):
        speaker = replace(speaker, kind="agent")
    if speaker.kind == "noun" and (verb.verb.speaker == "sure" or content.mark not in ("：", ":") or according):
        return None
    if speaker.kind == "document" and verb.verb.word in word_set("silent"):
        return made(scene, "document", speaker.start, (verb.start, verb.end), speaker, content, stop, "reported")
    if speaker.kind == "document" and speaker.mention is not None and speaker.mention.label == "ORG":
        speaker = replace(speaker, kind="entity", name=speaker.mention.name)
    rule = "according" if according else "verb"
    verb_class = verb.verb.verb_class
    if any(unit.word in word_set("seeming") for unit in speaker.rest):
        verb_class = "hypothetical"
    return made(
        scene, rule, begin if according else speaker.start, (verb.start, verb.end), speaker, content, stop, verb_class
    )


def is_unknown_name(reading: Reading, speaker: Speaker, verb: Said, content: Content) -> bool:
    """True for a word that no dictionary holds, in front of a verb of speech and a comma: 佩拉尔塔称，…"""
    if speaker.kind != "noun" or content.mark not in ("，", ",") or verb.verb.speaker != "any":
        return False
    words = reading.tagged(speaker.start, speaker.start + len(speaker.name))
    return bool(words) and words[-1][3] == "x" and not words[-1][2].isascii() and len(speaker.name) <= LONGEST_NAME


def is_figure(reading: Reading, verb: Said, content: Content) -> bool:
    """True where 预期 or its like is a noun and its figure follows: 分析师预期111.5亿美元，…"""
    if content.mark or verb.suffixed or verb.verb.verb_class not in ("forecast", "estimated"):
        return False
    found = units(reading, content.start, min(content.end, content.start + FAR))
    return bool(found) and found[0].kind == "amount" and (len(found) < 2 or found[1].kind in ("mark", "de"))


def is_own(reading: Reading, content: Content) -> bool:
    """True where the author's own view follows the comma: 有人担心，我倒觉得…"""
    return content.mark in ("，", ",") and reading.folded.startswith(tuple(frames()["own_answer"]), content.start)


def is_according(scene: Scene, begin: int, at: int) -> bool:
    """True where 据, 根据 or their like opens the clause that begins at ``begin``."""
    opening = [u for u in units(scene.reading, begin, at) if u.kind not in ("conj", "adverb", "mark")]
    return bool(opening) and opening[0].word in word_set("openers")


def governs(verb: Said, speaker: Speaker, content: Content) -> bool:
    """True where the verb's word is the object of another verb: 包含采购承诺. 翻看价签说：“…” is no such case."""
    rest = chunks(without_setting(speaker.rest))
    last = ("np", "verb") if verb.verb.speaker == "sure" else ("np",)
    if not rest or rest[-1].kind not in last or content.quoted or content.mark in ("：", ":"):
        return False
    return any(chunk.kind == "verb" and chunk.word not in word_set("doing") for chunk in rest)


def without_setting(rest: Sequence[Unit]) -> list[Unit]:
    """Units without a phrase that says where or when: 在答记者问时, 在财报中."""
    closes = [i for i, unit in enumerate(rest) if unit.kind == "place" or unit.word in word_set("setting")]
    opens = [i for i, unit in enumerate(rest) if unit.kind == "prep"]
    if not opens or not closes or closes[-1] < opens[0]:
        return list(rest)
    return [*rest[: opens[0]], *rest[closes[-1] + 1 :]]


def opened(content: Content, takes: str) -> bool:
    """True where a content stands as its verb wants it."""
    if takes == "quote":
        return content.quoted or content.mark in ("：", ":")
    return takes == "any" or bool(content.mark) or content.quoted


def known(scene: Scene, verb: Said, speaker: Speaker, begin: int, floor: int) -> Speaker | None:
    """The speaker, where it is one: pronouns resolved, a dropped one looked for in front."""
    if speaker.kind == "hearer":
        return None
    if speaker.kind == "pronoun":
        return resolve(scene.reading, speaker, scene.earlier(verb.start), verb.start)
    if speaker.kind != "none":
        return speaker
    if any(unit.kind in ("verb", "noun", "prep") for unit in speaker.rest):
        return None
    return dropped(scene, verb, speaker, begin, floor)


def dropped(scene: Scene, verb: Said, speaker: Speaker, begin: int, floor: int) -> Speaker | None:
    """The speaker of a verb that names none: the clause before sets the scene (X在会上，指出…), or X spoke before."""
    reading = scene.reading
    if begin > floor and reading.folded[begin - 1] in "，,":
        earlier = break_before(reading, floor, begin - 1)
        before_comma = without_asides(units(reading, earlier, begin - 1))
        asks = not speaker.rest and any(unit.word in word_set("asking") for unit in before_comma)
        if asks and is_agent(before_comma[-1].word):
            return replace(speaker_of(reading, asked(before_comma)), inferred=True)
        phrase, rest = leading(before_comma)
        held = any(
            left <= earlier < right or earlier <= a.verb[0] < begin for a in scene.recent for left, right in a.contents
        )
        if phrase and not held:
            setting = speaker_of(reading, phrase, rest)
            sets = not any(unit.kind == "verb" and unit.word not in word_set("doing") for unit in rest)
            if setting.kind in SPOKEN and (sets or verb.verb.word in word_set("carried_on")):
                return replace(setting, inferred=False)
            if setting.kind == "pronoun":
                return resolve(reading, setting, scene.earlier(verb.start), verb.start)
    line = reading.folded.rfind("\n", 0, verb.start)
    for before in reversed(scene.earlier(verb.start)):
        if before.kind != "statement" or before.start <= line or not before.speaker:
            continue
        near = reading.sentence_at(verb.start) - reading.sentence_at(before.verb[0]) <= 1
        going_on = any(
            unit.word in word_set("going_on") for unit in (*speaker.rest, *units(reading, begin, verb.start))
        )
        if near and going_on:
            return Speaker("entity", before.speaker, before.mention, begin, True)
        return None
    return None


def asked(found: list[Unit]) -> list[Unit]:
    """The noun phrase at the end of a clause: 问了下[工行客服]."""
    at = len(found)
    while at > 0 and found[at - 1].kind in ("noun", "entity"):
        at -= 1
    return found[at:]


def quoted_before(scene: Scene, begin: int) -> Quotation | None:
    """The quotation that ends right in front of a clause."""
    return (
        scene.quotes.closing_at(trimmed(scene.reading.folded, max(0, begin - 4), begin)) if scene.quotes.ends else None
    )


def teller(
    scene: Scene, verb: Said, speaker: Speaker, begin: int, floor: int, stop: int, content: Content | None
) -> Attribution | None:
    """A frame behind its quotation: “…”S说。 — or between the two halves of one: “…，”S说，“…。”"""
    text = scene.reading.folded
    quote = quoted_before(scene, begin)
    if quote is None or scene.spoken(quote) or scene.quotes.around(verb.start) is not None:
        return None
    between = text[quote.end : begin].strip(" ")
    if between not in ("", "，", ",") or (not between and text[quote.end - 2] not in FULL_STOP + "，,~"):
        return None  # “一卡难求”现象 is a word in quotation marks, no speech
    told = past_addressee(text, verb.end, text[verb.start : verb.end])
    after = text[told : told + 1]
    second = content if content is not None and content.quoted else None
    if second is not None and not second.mark:
        return None  # “…”，有人直言“…”: each quotation has its own speaker
    if second is None and after.strip() and after not in FULL_STOP + "，,；;":
        return None
    teller_speaker = known(scene, verb, speaker, begin, floor)
    if teller_speaker is None or teller_speaker.kind in ("document", "self"):
        return None
    contents: tuple[Span, ...] = ((quote.start, quote.end),)
    if second is not None:
        contents = (*contents, (second.start, second.end))
    return Attribution(
        "statement", "quote", quote.start, (verb.start, verb.end), teller_speaker.name, teller_speaker.mention,
        contents, (quote.start, max(verb.end, contents[-1][1])), verb.verb.verb_class, teller_speaker.inferred, True,
    )  # fmt: skip


def may_end(text: str, verb: Said, begin: int, floor: int, stop: int) -> bool:
    """True for a verb whose clause, behind a comma, ends its sentence."""
    return begin > floor and text[begin - 1] in "，," and not text[verb.end : stop].strip("。 ")


def afterthought(scene: Scene, verb: Said, speaker: Speaker, begin: int, floor: int, stop: int) -> Attribution | None:
    """A frame that ends its sentence: …，S说。  …，据S报道。"""
    text = scene.reading.folded
    if speaker.kind not in SPOKEN or not may_end(text, verb, begin, floor, stop):
        return None
    behind = chunks(without_setting(speaker.rest))
    if behind and behind[-1].kind == "np":
        return None  # 泡泡玛特发布业绩公告: the word is the object of a verb
    floor = max(floor, text.rfind("】", floor, begin) + 1)
    end = trimmed(text, floor, begin)
    if not is_clause(scene.reading, floor, end) or any(floor <= a.verb[0] < begin for a in scene.recent):
        return None
    return Attribution(
        "statement", "afterthought", floor, (verb.start, verb.end), speaker.name, speaker.mention, ((floor, end),),
        (floor, verb.end), verb.verb.verb_class, speaker.inferred,
    )  # fmt: skip
