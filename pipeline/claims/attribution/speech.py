"""Frames with a reporting verb: S表示，…  S：“…”  据S报道，…  “…”S说。  …，S说。"""

import re
from collections.abc import Iterator, Sequence

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
from pipeline.claims.attribution.doubts import is_asked, is_figure, is_met, is_noun_alone, is_object, is_own
from pipeline.claims.attribution.dropped import known
from pipeline.claims.attribution.lexicon import Said, said, verb_pattern, verbs, word_set, word_tuple
from pipeline.claims.attribution.openings import is_bare, opened, taken_content
from pipeline.claims.attribution.record import Attribution, Span
from pipeline.claims.attribution.scene import SPOKEN, Scene, made
from pipeline.claims.attribution.speakers import (
    FAR,
    Speaker,
    break_before,
    is_unsaid,
    speaker_before,
)
from pipeline.claims.chunks import chunks
from pipeline.claims.phrases import Unit, phrases, units
from pipeline.claims.reading import Reading
from pipeline.frozen import replace

LONGEST_NAME = 8  # characters of an unknown name
NO_VERB = re.compile(r"[的者时之]|[后前][，,]")  # 表示的, 警告者, 表示后，: the verb of a modifier


def speech(scene: Scene, start: int, end: int) -> Iterator[Attribution]:
    """S表示，…  S：“…” after a verb  据S报道，…  “…”S说。  …，S说。"""
    reading = scene.reading
    mentions = reading.mentions_in(start, end)
    edges, closes = {m.start for m in mentions}, {m.end for m in mentions}
    for verb in said(reading.folded, start, end, edges, closes):
        verb = within_word(reading, verb)
        named = reading.named(verb.start, verb.start + 1, verb.start - FAR, verb.end + FAR)
        if named or scene.taken(verb.start, verb.end):
            continue
        if (
            is_act(reading.folded, verb)
            or is_label(reading.folded, verb)
            or NO_VERB.match(reading.folded, verb.end)
            or reading.folded[verb.start - 1 : verb.start] in phrases().links
            or is_noun(reading.folded, verb)
        ):
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


def is_act(text: str, verb: Said) -> bool:
    """True for what one does to speak, where the verb that tells what he says follows: 发帖|抱怨."""
    return text[verb.start : verb.end] in word_set("acts") and verb_pattern().match(text, verb.end) is not None


def is_noun(text: str, verb: Said) -> bool:
    """True where a verb of two letters is a noun that was spoken of: 该|裁决会损害用户."""
    if not verb.suffixed and text.endswith(word_tuple("noun_counts"), 0, verb.start):
        return True  # 发布了一份|声明，…
    openers = not verb.suffixed and text.endswith(word_tuple("noun_openers"), 0, verb.start)
    return openers and verb.end - verb.start > 1 and text[verb.end : verb.end + 1] not in "，,：:"


def is_label(text: str, verb: Said) -> bool:
    """True for a heading behind a blank, with its colon: 分类：多 分析：…"""
    before = text[verb.start - 1 : verb.start]
    alone = (before.isspace() or before == "/") and text[verb.end : verb.end + 1] in ("：", ":")
    return alone and text[verb.start : verb.end] in word_set("labels")


def within_word(reading: Reading, verb: Said) -> Said:
    """The verb without the character that begins the next word: 说|到手."""
    shorter = reading.folded[verb.start : verb.end - 1]
    if shorter not in verbs() or reading.folded[verb.end - 1] not in word_set("verb_ends"):
        return verb
    left, right, _ = next(iter(reading.words(verb.end - 1, verb.end)), (0, 0, ""))
    return (
        Said(verb.start, verb.end - 1, verbs()[shorter], False) if left == verb.end - 1 and right > verb.end else verb
    )


def may_say(scene: Scene, verb: Said, begin: int, floor: int, stop: int, content: Content | None) -> bool:
    """False where no frame can come of a verb, whoever speaks: most verbs, told before their speaker is looked for."""
    text = scene.reading.folded
    if quoted_before(scene, begin) is not None:
        return True
    if content is None:
        return may_end(text, verb, begin, floor, stop)
    takes = taken_content(scene.reading, verb, content)
    if content.mark not in ("，", ",") and not opened(text, verb, content, takes):
        return False
    return not is_bare(scene.reading, verb, content)


def forward(
    scene: Scene, verb: Said, speaker: Speaker, begin: int, floor: int, stop: int, content: Content, according: bool
) -> Attribution | None:
    """A frame whose content stands behind the verb."""
    reading = scene.reading
    takes = taken_content(reading, verb, content)
    if according:
        if content.mark not in ("，", ","):
            return None
    elif not opened(reading.folded, verb, content, takes):
        return None
    if is_bare(reading, verb, content):
        return None
    if is_attitude(reading, content.start, content.end) or governs(verb, speaker, content):
        return None
    if is_figure(reading, verb, content) or is_own(reading, content) or is_asked(reading, verb, speaker, content):
        return None
    if is_object(reading, verb, speaker, content):
        return None
    named = speaker.kind != "none"
    found = known(scene, verb, speaker, begin, floor, content.quoted)
    if found is None or (not named and is_noun_alone(verb, content)):
        return None
    speaker = found
    unnamed = is_unknown_name(reading, speaker, verb, content) or there_is(reading, speaker, verb)
    if unnamed or is_medium(speaker, verb) or told_before(scene, speaker):
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


def is_medium(speaker: Speaker, verb: Said) -> bool:
    """True for a paper that the knowledge base does not know: 江南新闻报道，…"""
    reports = verb.verb.word in word_set("reporting") and speaker.kind in ("document", "noun")
    return reports and speaker.mention is None and speaker.name.endswith(word_tuple("speaking_bodies"))


def there_is(reading: Reading, speaker: Speaker, verb: Said) -> bool:
    """True for whoever 有 brings in: 有商户反映…, but not 有理由相信."""
    brought = speaker.kind == "noun" and reading.folded[speaker.start - 1 : speaker.start] == "有"
    speech = verb.verb.speaker == "any" and verb.end - verb.start > 1 and verb.verb.word not in word_set("thoughts")
    return brought and speech and not speaker.name.endswith(word_tuple("no_speakers"))


def told_before(scene: Scene, speaker: Speaker) -> bool:
    """True for a name that has spoken before, unknown as it is."""
    return speaker.kind == "noun" and any(a.speaker == speaker.name for a in scene.recent)


def is_according(scene: Scene, begin: int, at: int) -> bool:
    """True where 据, 根据 or their like opens the clause that begins at ``begin``."""
    opening = [u for u in units(scene.reading, begin, at) if u.kind not in ("conj", "adverb", "mark")]
    return bool(opening) and opening[0].word in word_set("openers")


def governs(verb: Said, speaker: Speaker, content: Content) -> bool:
    """True where the verb's word is the object of another verb: 包含采购承诺. 翻看价签说：“…” is no such case."""
    if content.quoted or content.mark in ("：", ":") or all(unit.kind != "verb" for unit in speaker.rest):
        return False
    rest = chunks(without_setting(speaker.rest))
    last = ("np", "verb") if verb.verb.speaker == "sure" else ("np",)
    if not rest or rest[-1].kind not in last:
        return False
    return any(chunk.kind == "verb" and chunk.word not in word_set("doing") for chunk in rest)


def without_setting(rest: Sequence[Unit]) -> list[Unit]:
    """Units without a phrase that says where or when: 在答记者问时, 在财报中, 出庭作证时."""
    closes = [i for i, unit in enumerate(rest) if unit.kind == "place" or unit.word in word_set("setting")]
    opens = [i for i, unit in enumerate(rest) if unit.kind == "prep"]
    if not opens and closes:
        return list(rest[closes[-1] + 1 :])  # 出庭作证时|表示
    if not opens or not closes or closes[-1] < opens[0]:
        return list(rest)
    return [*rest[: opens[0]], *rest[closes[-1] + 1 :]]


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
    if text[quote.start - 1 : quote.start].isalnum():
        return None  # 下调至“劣于大盘”，主因张三认为… is a word in quotation marks
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
    teller_speaker = known(scene, verb, speaker, begin, floor, True)
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
    ends = may_end(text, verb, begin, floor, stop) and not is_met(scene.reading, verb, speaker)
    if speaker.kind not in SPOKEN or not ends:
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
