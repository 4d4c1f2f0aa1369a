"""Frames without a reporting verb: 正如S所言，…  在S看来，…  根据S的数据，…  财报显示，…"""

import re
from collections.abc import Iterator

from pipeline.claims.attribution.content import content_after, is_clause
from pipeline.claims.attribution.lexicon import frames, word_set, word_tuple
from pipeline.claims.attribution.pronouns import resolve
from pipeline.claims.attribution.record import Attribution
from pipeline.claims.attribution.scene import SPOKEN, Scene, made
from pipeline.claims.attribution.speakers import (
    Speaker,
    break_before,
    is_unsaid,
    speaker_before,
    speaker_of,
)
from pipeline.claims.phrases import is_document, leading, units, without_asides
from pipeline.claims.reading import Reading
from pipeline.frozen import replace
from pipeline.lexicons import cached
from pipeline.lexicons.trie import trie

CLOSING = '”」』"'  # marks behind a quoted name


@cached
def likened_pattern() -> re.Pattern[str]:
    table = frames()["likened"]
    return re.compile(
        f"(?:{trie(table['open'])})(?P<who>[^，。；！？\n“”：]{{1,30}}?)"
        f"(?P<verb>{trie(table['close'])})(?=[，,：: “「])"
    )


@cached
def viewpoint_pattern() -> re.Pattern[str]:
    table = frames()["viewpoint"]
    return re.compile(
        f"(?:{trie(table['open'])})(?P<who>[^，。；！？\n“”：]{{1,30}}?)(?P<verb>{trie(table['close'])})(?=[，,：:])"
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


@cached
def rumor_nouns() -> re.Pattern[str]:
    return re.compile(trie([*frames()["rumors"], *frames()["hearsay"], *frames()["accounts_said"]]))


@cached
def rumor_pattern() -> re.Pattern[str]:
    nouns, verbs = trie(frames()["rumors"]), trie(frames()["rumor_verbs"])
    words, tells = trie(frames()["hearsay"]), trie(frames()["hearsay_verbs"])
    return re.compile(
        f"(?P<verb>据?(?P<who>{nouns})(?:{verbs})?)(?=[，,：:])"
        f"|(?P<verb2>据?(?P<who2>{nouns})(?:{verbs})|有?(?P<who3>{words})(?P<tells>{tells}))"
        f"|有?(?P<who4>{trie(frames()['accounts_said'])})(?P<tells4>{tells})"
    )


def rumor(scene: Scene, start: int, end: int) -> Iterator[Attribution]:
    """据小道消息，…  传闻称…"""
    reading = scene.reading
    for match in rumor_pattern().finditer(reading.folded, start, end):
        verb, who = ("verb", "who") if match["verb"] else ("verb2", "who2")
        if reading.folded.startswith(word_tuple("not_telling"), match.end()):
            continue
        content = content_after(reading, scene.quotes, match.end(), end)
        begin = break_before(reading, start, match.start())
        if content is None or not is_clause(reading, content.start, content.end):
            continue
        if any(u.kind not in ("conj", "adverb", "time", "mark") for u in units(reading, begin, match.start())):
            continue
        verb, who = ("tells", "who3") if match["tells"] else (verb, who)
        verb, who = ("tells4", "who4") if match["tells4"] else (verb, who)
        if content.mark in ("，", ",") and reading.folded.startswith(word_tuple("answered"), content.start):
            continue  # 去年就有传闻，当时公司回应…
        if match["tells4"] and reading.folded.startswith(word_tuple("openers"), content.start):
            continue  # 报道称，据…
        left, right = match.span(who)
        speaker = Speaker("agent", reading.text[left:right], None, match.start())
        sure = "reported" if match["tells4"] else "rumored"
        yield made(scene, "rumor", match.start(), match.span(verb), speaker, content, end, sure)


@cached
def account_pattern() -> re.Pattern[str]:
    nouns = trie(word for words in frames()["accounts"].values() for word in words)
    return re.compile(
        f"(?:{trie(frames()['according'])})(?P<who>[^，。；！？\n“”：,]{{0,40}})"
        f"(?P<noun>{nouns})(?:[^，。；！？\n“”：,]{{0,6}}?)[，,：:]"
    )


@cached
def account_classes() -> dict[str, str]:
    """The class of certainty that each noun gives."""
    return {word: name for name, words in frames()["accounts"].items() for word in words}


def account(scene: Scene, start: int, end: int) -> Iterator[Attribution]:
    """根据S的预测，…: the source is named, nobody speaks."""
    reading = scene.reading
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
        if speaker.kind in ("self", "hearer") or (mention is None and match.group().startswith(word_tuple("means"))):
            continue
        name = mention.name if mention else speaker.name if speaker.kind == "agent" else ""
        yield Attribution(
            "report", "account", match.start(), match.span("noun"), name, mention, ((content.start, content.end),),
            (match.start(), end), account_classes()[match["noun"]],
        )  # fmt: skip


@cached
def wire_pattern() -> re.Pattern[str]:
    return re.compile(f"(?:{trie(frames()['openers'])})(?P<who>[^，。；！？\n“”：,]{{2,20}})(?=[，,])")


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


@cached
def showing_pattern() -> re.Pattern[str]:
    return re.compile(trie(frames()["showing"]))


@cached
def no_showing_pattern() -> re.Pattern[str]:
    return re.compile(trie(frames()["no_showing"]))


def shown(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The words of showing that begin no other word: 显示, but not 显示器."""
    while (match := showing_pattern().search(text, start, end)) is not None:
        if no_showing_pattern().match(text, match.start(), end):
            start = match.start() + 1
        else:
            yield match
            start = match.end()


def showing(scene: Scene, start: int, end: int) -> Iterator[Attribution]:
    """财报显示，…  CME显示…: data show; the institution is the source, nobody speaks."""
    reading = scene.reading
    for match in shown(reading.folded, start, end):
        content = content_after(reading, scene.quotes, match.end(), end)
        if content is None:
            continue
        quoted = reading.folded[match.start() - 1] in CLOSING if match.start() else False  # “置业意向调查”显示
        speaker = speaker_before(reading, start, match.start() - quoted)
        silent = match.group() in word_set("silent")
        if speaker.kind != "document" and not (speaker.kind == "entity" and match.group() in word_set("showing_names")):
            continue
        if not silent and speaker.mention is not None:
            continue  # 微软公告称: the firm speaks, a frame of speech
        if is_unsaid(speaker, match.group()) or not is_clause(reading, content.start, content.end):
            continue
        document = replace(speaker, kind="document")
        yield made(scene, "document", speaker.start, match.span(), document, content, end, "reported")


@cached
def words_of_pattern() -> re.Pattern[str]:
    table = frames()["words_of"]
    return re.compile(
        f"(?P<noun>{trie(table['nouns'])})(?:{trie(table['tails'])})?(?:{trie(table['copulas'])})"
        "(?P<mark>[ \t]*[：:]|(?=[“「『]))"
    )


def words_of(scene: Scene, start: int, end: int) -> Iterator[Attribution]:
    """S的留言是：…, the speaker named here or with the same noun just before."""
    reading = scene.reading
    for match in words_of_pattern().finditer(reading.folded, start, end):
        content = content_after(reading, scene.quotes, match.end() - bool(match["mark"]), end)
        if content is None or any(a.content_start == content.start for a in scene.recent):
            continue
        owner = speaker_before(reading, start, match.start())
        if owner.kind not in SPOKEN:
            owner = owner_before(reading, match["noun"], match.start())
        if owner.kind not in SPOKEN:
            owner = clause_before(reading, start, match.start())
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


def clause_before(reading: Reading, floor: int, at: int) -> Speaker:
    """Whom the clause before the comma is about: 董事王立新有异议，|理由是“…”."""
    begin = break_before(reading, floor, at)
    if begin <= floor or reading.folded[begin - 1] not in "，,":
        return Speaker("none")
    phrase, _ = leading(without_asides(units(reading, break_before(reading, floor, begin - 1), begin - 1)))
    return speaker_of(reading, phrase) if phrase else Speaker("none")
