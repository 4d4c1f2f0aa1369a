"""The frames of reported speech: each reads one pattern of the language and gives attributions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from weakref import WeakKeyDictionary

from pipeline.claims.attribution.content import (
    FULL_STOP,
    Content,
    Quotation,
    content_after,
    is_attitude,
    is_clause,
    past_addressee,
    quotation_around,
    quotations,
    trimmed,
)
from pipeline.claims.attribution.lexicon import Said, any_of, frames, said, word_set
from pipeline.claims.attribution.record import Attribution, Span
from pipeline.claims.attribution.speakers import (
    Speaker,
    break_before,
    is_unsaid,
    resolve,
    speaker_before,
    speaker_of,
)
from pipeline.claims.chunks import chunks
from pipeline.claims.phrases import Unit, is_document, leading, units, without_asides
from pipeline.claims.reading import Reading

KNOWN: "WeakKeyDictionary[Reading, list[Attribution]]" = WeakKeyDictionary()
NO_VERB = re.compile(r"[的者时之]|[后前][，,]")  # 表示的, 警告者, 表示后，: the verb of a modifier
SPOKEN = ("entity", "agent")


@dataclass
class Scene:
    """A post while its frames are being read: its quotations, and what has been found so far."""

    reading: Reading
    quotes: list[Quotation]
    found: list[Attribution] = field(default_factory=list)

    def taken(self, start: int, end: int) -> bool:
        """True where a frame has its verb there already."""
        return any(a.verb[0] < end and start < a.verb[1] for a in self.found)

    def spoken(self, quote: Quotation) -> bool:
        """True where a quotation has its speaker already."""
        return any(a.content_start == quote.start for a in self.found)

    def earlier(self, at: int) -> list[Attribution]:
        return sorted((a for a in self.found if a.verb[0] < at), key=lambda a: a.verb)


def attributions(reading: Reading) -> list[Attribution]:
    """All attributions of a post in the order of their places, read once."""
    known = KNOWN.get(reading)
    if known is None:
        scene = Scene(reading, quotations(reading))
        for index, (start, end) in enumerate(reading.sentences):
            for frame in FRAMES:
                for attribution in frame(scene, start, end):
                    if frame is speech or not scene.taken(*attribution.verb):
                        scene.found.append(attribution)
            bound(scene, index)
        known = KNOWN[reading] = sorted(scene.found, key=lambda a: (a.start, a.verb))
    return known


def bound(scene: Scene, index: int) -> None:
    """End each content of a sentence where the next speaker's frame begins."""
    start, end = scene.reading.sentences[index]
    here = sorted((a for a in scene.found if start <= a.verb[0] < end), key=lambda a: a.start)
    for one in here:
        if one.quoted or one.kind == "self":
            continue
        left, right = one.contents[-1]
        after = [a.start for a in here if left < a.start < right and a.verb != one.verb and begins_anew(scene, one, a)]
        if not after:
            continue
        piece = break_before(scene.reading, left, min(after))
        stop = trimmed(scene.reading.folded, left, piece)
        cut = replace(one, contents=(*one.contents[:-1], (left, stop)), reach=(one.reach[0], piece))
        scene.found[scene.found.index(one)] = cut


def begins_anew(scene: Scene, one: Attribution, other: Attribution) -> bool:
    """True where another frame inside a content is no part of it: a new clause with a speaker of its own."""
    text = scene.reading.folded
    between = text[one.content_start : other.start]
    if not between.strip("，,；;：: 而但且并"):
        return False
    around = quotation_around(scene.quotes, other.verb[0])
    if around is not None and around.start >= one.content_start:
        return False
    piece = break_before(scene.reading, one.content_start, other.start)
    mark = text[:piece].rstrip()[-1:]
    return mark in ("；", ";") if one.rule == "according" else mark in ("，", ",", "；", ";", "。", "\n", ")", "）")


def made(
    scene: Scene, rule: str, start: int, verb: Span, speaker: Speaker, content: Content, stop: int, verb_class: str
) -> Attribution:
    """An attribution whose content stands behind its verb."""
    kind = {"self": "self", "document": "report"}.get(speaker.kind, "statement")
    reach = (start, content.end if content.quoted else max(content.end, min(stop, bracketed(scene, verb[1], stop))))
    name = speaker.name
    if speaker.kind == "document":
        name = speaker.mention.name if speaker.mention is not None else ""
    return Attribution(
        kind, rule, start, verb, name, speaker.mention, ((content.start, content.end),), reach, verb_class,
        speaker.inferred, content.quoted,
    )  # fmt: skip


def bracketed(scene: Scene, at: int, stop: int) -> int:
    around = quotation_around(scene.quotes, at)
    return min(stop, around.end) if around is not None else stop


def is_according(scene: Scene, begin: int, at: int) -> bool:
    """True where 据, 根据 or their like opens the clause that begins at ``begin``."""
    return scene.reading.folded[begin:at].lstrip(" 而但且不过另外此外").startswith(tuple(frames()["openers"]))


def speech(scene: Scene, start: int, end: int) -> Iterator[Attribution]:
    """S表示，…  S：“…” after a verb  据S报道，…  “…”S说。  …，S说。"""
    reading = scene.reading
    edges = [m.start for m in reading.mentions if start <= m.start < end]
    for verb in said(reading.folded, start, end, edges):
        if any(m.start <= verb.start < m.end for m in reading.entities_in(start, end)) or scene.taken(
            verb.start, verb.end
        ):
            continue
        if NO_VERB.match(reading.folded, verb.end):
            continue
        begin = break_before(reading, start, verb.start)
        speaker = speaker_before(reading, start, verb.start)
        if is_unsaid(speaker, verb.verb.word):
            continue
        according = is_according(scene, begin, verb.start)
        content = content_after(reading, scene.quotes, verb.end, end, reading.folded[verb.start : verb.end])
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
    if not content.mark and (
        reading.folded[verb.end : verb.end + 1] in ("了", "过") or not is_clause(reading, content.start, content.end)
    ):
        return None
    if is_attitude(reading, content.start, content.end) or governs(verb, speaker, content):
        return None
    speaker = known(scene, verb, speaker, begin, floor)
    if speaker is None:
        return None
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
        phrase, rest = leading(without_asides(units(reading, earlier, begin - 1)))
        held = any(
            left <= earlier < right or earlier <= a.verb[0] < begin for a in scene.found for left, right in a.contents
        )
        if phrase and not held:
            setting = speaker_of(reading, phrase, rest)
            if setting.kind in SPOKEN and (not rest or rest[0].kind in ("prep", "and", "time", "adverb")):
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


def teller(
    scene: Scene, verb: Said, speaker: Speaker, begin: int, floor: int, stop: int, content: Content | None
) -> Attribution | None:
    """A frame behind its quotation: “…”S说。 — or between the two halves of one: “…，”S说，“…。”"""
    text = scene.reading.folded
    before = trimmed(text, max(0, begin - 4), begin)
    quote = next((q for q in scene.quotes if q.end == before), None)
    if quote is None or scene.spoken(quote) or quotation_around(scene.quotes, verb.start) is not None:
        return None
    between = text[before:begin].strip(" ")
    if between not in ("", "，", ",") or not between and text[quote.end - 2] not in FULL_STOP + "，,~":
        return None  # “一卡难求”现象 is a word in quotation marks, no speech
    told = past_addressee(text, verb.end, text[verb.start : verb.end])
    after = text[told : told + 1]
    second = content if content is not None and content.quoted else None
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


def afterthought(scene: Scene, verb: Said, speaker: Speaker, begin: int, floor: int, stop: int) -> Attribution | None:
    """A frame that ends its sentence: …，S说。  …，据S报道。"""
    text = scene.reading.folded
    if (
        speaker.kind not in SPOKEN
        or begin <= floor
        or text[begin - 1] not in "，,"
        or text[verb.end : stop].strip("。 ")
    ):
        return None
    end = trimmed(text, floor, begin)
    if not is_clause(scene.reading, floor, end) or any(floor <= a.verb[0] < begin for a in scene.found):
        return None
    return Attribution(
        "statement", "afterthought", floor, (verb.start, verb.end), speaker.name, speaker.mention, ((floor, end),),
        (floor, verb.end), verb.verb.verb_class, speaker.inferred,
    )  # fmt: skip


@cache
def likened_pattern() -> re.Pattern[str]:
    table = frames()["likened"]
    return re.compile(
        f"(?:{any_of(table['open'])})(?P<who>[^，。；！？\n“”：]{{1,30}}?)(?P<verb>{any_of(table['close'])})(?=[，,：: “「])"
    )


@cache
def viewpoint_pattern() -> re.Pattern[str]:
    table = frames()["viewpoint"]
    return re.compile(
        f"(?:{any_of(table['open'])})(?P<who>[^，。；！？\n“”：]{{1,30}}?)(?P<verb>{any_of(table['close'])})(?=[，,：:])"
    )


def likened(scene: Scene, start: int, end: int) -> Iterator[Attribution]:
    """正如S所言：“…”  用S的话说，…"""
    yield from bracketing(scene, likened_pattern(), "likened", start, end)


def viewpoint(scene: Scene, start: int, end: int) -> Iterator[Attribution]:
    """在S看来，…"""
    yield from bracketing(scene, viewpoint_pattern(), "viewpoint", start, end)


def bracketing(scene: Scene, pattern: re.Pattern[str], rule: str, start: int, end: int) -> Iterator[Attribution]:
    """Frames that stand on both sides of their speaker."""
    reading = scene.reading
    for match in pattern.finditer(reading.folded, start, end):
        phrase, rest = leading(without_asides(units(reading, *match.span("who"))))
        content = content_after(reading, scene.quotes, match.end(), end)
        if not phrase or content is None:
            continue
        speaker: Speaker | None = speaker_of(reading, phrase, rest)
        if speaker is not None and speaker.kind == "pronoun":
            speaker = resolve(reading, speaker, scene.earlier(match.start()), match.start())
        if speaker is not None and speaker.kind in (*SPOKEN, "self"):
            yield made(scene, rule, match.start(), match.span("verb"), speaker, content, end, "reported")


@cache
def rumor_pattern() -> re.Pattern[str]:
    nouns, verbs = any_of(frames()["rumors"]), any_of(frames()["rumor_verbs"])
    return re.compile(
        f"(?P<verb>据?(?P<who>{nouns})(?:{verbs})?)(?=[，,：:])|(?P<verb2>据?(?P<who2>{nouns})(?:{verbs}))"
    )


def rumor(scene: Scene, start: int, end: int) -> Iterator[Attribution]:
    """据小道消息，…  传闻称…"""
    reading = scene.reading
    for match in rumor_pattern().finditer(reading.folded, start, end):
        verb, who = ("verb", "who") if match["verb"] else ("verb2", "who2")
        content = content_after(reading, scene.quotes, match.end(), end)
        begin = break_before(reading, start, match.start())
        if content is None or not is_clause(reading, content.start, content.end):
            continue
        if any(u.kind not in ("conj", "adverb", "time", "mark") for u in units(reading, begin, match.start())):
            continue
        left, right = match.span(who)
        speaker = Speaker("agent", reading.text[left:right], None, match.start())
        yield made(scene, "rumor", match.start(), match.span(verb), speaker, content, end, "rumored")


@cache
def account_pattern() -> re.Pattern[str]:
    nouns = any_of(word for words in frames()["accounts"].values() for word in words)
    return re.compile(
        f"(?:{any_of(frames()['according'])})(?P<who>[^，。；！？\n“”：,]{{0,40}})"
        f"(?P<noun>{nouns})(?:[^，。；！？\n“”：,]{{0,6}}?)[，,：:]"
    )


@cache
def wire_pattern() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(frames()['openers'])})(?P<who>[^，。；！？\n“”：,]{{2,20}})(?=[，,])")


def wire(scene: Scene, start: int, end: int) -> Iterator[Attribution]:
    """据央视新闻，…: a medium's name stands for its report."""
    reading = scene.reading
    for match in wire_pattern().finditer(reading.folded, start, end):
        names = reading.entities_in(*match.span("who"))
        content = content_after(reading, scene.quotes, match.end(), end)
        if content is None or len(names) != 1 or (names[0].start, names[0].end) != match.span("who"):
            continue
        if names[0].label == "ORG" and not scene.taken(*match.span()):
            yield Attribution(
                "report", "wire", match.start(), match.span("who"), names[0].name, names[0],
                ((content.start, content.end),), (match.start(), end),
            )  # fmt: skip


@cache
def means() -> tuple[str, ...]:
    return tuple(frames()["means"])


def account(scene: Scene, start: int, end: int) -> Iterator[Attribution]:
    """根据S的预测，…: the source is named, nobody speaks."""
    reading = scene.reading
    classes = {word: name for name, words in frames()["accounts"].items() for word in words}
    for match in account_pattern().finditer(reading.folded, start, end):
        begin = break_before(reading, start, match.start() + 1)
        if leading(units(reading, begin, match.start()))[0] or scene.taken(*match.span()):
            continue
        content = content_after(reading, scene.quotes, match.end() - 1, end)
        phrase = [u for u in units(reading, *match.span("who")) if u.kind != "mark"]
        if content is None:
            continue
        speaker = speaker_of(reading, [*phrase], ()) if phrase else Speaker("document")
        owned = phrase and (phrase[-1].kind in ("entity", "de") or is_document(match["noun"]))
        mention = next((u.mention for u in reversed(phrase) if u.kind == "entity"), None) if owned else None
        if speaker.kind in ("self", "hearer") or (mention is None and match.group().startswith(means())):
            continue
        name = mention.name if mention else speaker.name if speaker.kind == "agent" else ""
        yield Attribution(
            "report", "account", match.start(), match.span("noun"), name, mention, ((content.start, content.end),),
            (match.start(), end), classes[match["noun"]],
        )  # fmt: skip


@cache
def showing_pattern() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(frames()['showing'])})")


def showing(scene: Scene, start: int, end: int) -> Iterator[Attribution]:
    """财报显示，…  CME显示…: data show; the institution is the source, nobody speaks."""
    reading = scene.reading
    for match in showing_pattern().finditer(reading.folded, start, end):
        speaker = speaker_before(reading, start, match.start())
        silent = match.group() in word_set("silent")
        if speaker.kind != "document" and not (speaker.kind == "entity" and match.group() in word_set("showing_names")):
            continue
        if not silent and speaker.mention is not None:
            continue  # 微软公告称: the firm speaks, a frame of speech
        content = content_after(reading, scene.quotes, match.end(), end)
        if content is None or is_unsaid(speaker, match.group()) or not is_clause(reading, content.start, content.end):
            continue
        shown = replace(speaker, kind="document")
        yield made(scene, "document", speaker.start, match.span(), shown, content, end, "reported")


@cache
def words_of_pattern() -> re.Pattern[str]:
    table = frames()["words_of"]
    return re.compile(
        f"(?P<noun>{any_of(table['nouns'])})(?:{any_of(table['tails'])})?(?:{any_of(table['copulas'])})[ \t]*[：:]"
    )


def words_of(scene: Scene, start: int, end: int) -> Iterator[Attribution]:
    """S的留言是：…, the speaker named here or with the same noun just before."""
    reading = scene.reading
    for match in words_of_pattern().finditer(reading.folded, start, end):
        content = content_after(reading, scene.quotes, match.end() - 1, end)
        if content is None:
            continue
        owner = speaker_before(reading, start, match.start())
        if owner.kind not in SPOKEN:
            owner = owner_before(reading, match["noun"], match.start())
        if owner.kind in SPOKEN:
            yield made(
                scene,
                "words",
                owner.start if not owner.inferred else match.start(),
                match.span("noun"),
                owner,
                content,
                end,
                "reported",
            )


def owner_before(reading: Reading, noun: str, at: int) -> Speaker:
    """Whose words the sentences just before speak of: 一个来自网友的留言。留言内容是：…"""
    place = reading.folded.rfind(f"的{noun}", max(0, at - 80), at)
    begin = break_before(reading, max(0, place - 20), place) if place >= 0 else 0
    phrase = units(reading, begin, place)[-1:] if place >= 0 else []
    return replace(speaker_of(reading, phrase), inferred=True) if phrase else Speaker("none")


def colon(scene: Scene, start: int, end: int) -> Iterator[Attribution]:
    """S：… at the start of a sentence, for people, quoted firms, and bodies that publish views."""
    reading = scene.reading
    text = reading.folded
    at = next((i for i in range(start, min(end, start + 40)) if text[i] in "：:\n，,。！？"), -1)
    if at < 0 or text[at] not in "：:":
        return
    found = without_asides(units(reading, start, at))
    while found and found[0].kind == "mark":
        found.pop(0)
    if not found or any(u.kind not in ("entity", "noun", "and", "de", "pronoun", "mark", "place") for u in found):
        return
    content = content_after(reading, scene.quotes, at, end)
    if content is None or any(at < a.content_start <= content.start for a in scene.found):
        return
    speaker = speaker_of(reading, found)
    written_name = "".join(u.word for u in found)
    labelled = written_name in word_set("labels") or written_name.endswith(tuple(frames()["roles"]))
    if not may_head(reading, speaker, content, text[at - 1], labelled):
        return
    yield made(scene, "colon", found[0].start, (at, at + 1), speaker, content, end, "reported")


def may_head(reading: Reading, speaker: Speaker, content: Content, last: str, labelled: bool) -> bool:
    """True where a name and a colon open somebody's words rather than a list's item."""
    if last in ")）」”":
        return False
    if speaker.kind == "entity" and speaker.mention is not None:
        label = speaker.mention.label
        body = label == "ORG" and speaker.name.endswith(tuple(frames()["speaking_bodies"]))
        clause = is_clause(reading, content.start, content.end)
        return (label == "PERSON" or body) and clause or label == "ORG" and content.quoted
    if speaker.kind == "agent" and not labelled:
        return content.quoted or is_clause(reading, content.start, content.end)
    return False


FRAMES = (likened, viewpoint, rumor, words_of, speech, colon, account, wire, showing)
