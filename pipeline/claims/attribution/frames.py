"""All attributions of a post, and where each ends."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter

from pipeline.claims.attribution.colons import colon, colon_pattern
from pipeline.claims.attribution.content import Quotations, mark_before, trimmed
from pipeline.claims.attribution.fixed import (
    account,
    account_pattern,
    likened,
    likened_pattern,
    rumor,
    rumor_nouns,
    showing,
    showing_pattern,
    viewpoint,
    viewpoint_pattern,
    wire,
    wire_pattern,
    words_of,
    words_of_pattern,
)
from pipeline.claims.attribution.gestures import gesture_pattern, gestures
from pipeline.claims.attribution.handles import handle_pattern, handles
from pipeline.claims.attribution.lexicon import frames, overlapping, verb_pattern, word_tuple
from pipeline.claims.attribution.record import Attribution
from pipeline.claims.attribution.scene import Scene
from pipeline.claims.attribution.speakers import break_before
from pipeline.claims.attribution.speech import speech
from pipeline.claims.attribution.turns import until_turn
from pipeline.claims.phrases import phrases
from pipeline.claims.reading import Reading, once
from pipeline.frozen import replace

START = attrgetter("start")
LONGEST = 2500  # characters that an attribution may reach
# What a sentence must hold for a frame to be in it.
CUES: dict[Callable[..., Iterator[Attribution]], Callable[[], re.Pattern[str]]] = {
    handles: handle_pattern,
    likened: likened_pattern,
    viewpoint: viewpoint_pattern,
    rumor: rumor_nouns,
    words_of: words_of_pattern,
    speech: verb_pattern,
    colon: colon_pattern,
    account: account_pattern,
    wire: wire_pattern,
    showing: showing_pattern,
    gestures: gesture_pattern,
}


@once
def attributions(reading: Reading) -> list[Attribution]:
    """All attributions of a post in the order of their places, read once."""
    scene = Scene(reading, Quotations(reading))
    for index, frames_here in sorted(cued(reading).items()):
        start, end = reading.sentences[index]
        scene.since = len(scene.found)
        for frame in frames_here:
            for attribution in frame(scene, start, min(end, start + LONGEST)):
                if frame is speech or not scene.taken(*attribution.verb):
                    scene.found.append(attribution)
        if len(scene.found) > scene.since:
            bound(scene)
            scene.found[scene.since :] = [until_turn(scene, one) for one in scene.found[scene.since :]]
    return sorted(scene.found, key=lambda a: (a.start, a.verb))


def cued(reading: Reading) -> dict[int, list[Callable[..., Iterator[Attribution]]]]:
    """The sentences in which a frame may be, each with those frames in their order: most hold the cue of none."""
    found: dict[int, list[Callable[..., Iterator[Attribution]]]] = {}
    for frame, pattern in CUES.items():
        last = -1
        for at, _ in overlapping(pattern(), reading.folded, 0, len(reading.folded)):
            index = reading.sentence_at(at)
            if index != last:
                found.setdefault(index, []).append(frame)
                last = index
    return found


@once
def starts(reading: Reading) -> list[int]:
    return [one.start for one in attributions(reading)]


def attributions_near(reading: Reading, start: int, end: int) -> list[Attribution]:
    """The attributions that may reach ``start:end``, in the order of their places."""
    edges = starts(reading)
    left = bisect_left(edges, start - LONGEST)
    return attributions(reading)[left : bisect_left(edges, end, left)]


def bound(scene: Scene) -> None:
    """End each content of a sentence where the next speaker's frame begins."""
    here = sorted(scene.found[scene.since :], key=START)
    for at, one in enumerate(scene.found[scene.since :], scene.since):
        if one.quoted or one.kind == "self":
            continue
        left, right = one.contents[-1]
        inside = here[bisect_left(here, left, key=START) : bisect_left(here, right, key=START)]
        after = next((a.start for a in outermost(scene, one, inside) if begins_anew(scene, one, a)), None)
        if after is None:
            continue
        piece = break_before(scene.reading, left, after)
        stop = trimmed(scene.reading.folded, left, piece)
        link = next((word for word in phrases().links_on if scene.reading.folded.endswith(word, left, stop)), "")
        before = trimmed(scene.reading.folded, left, stop - len(link))
        stop = before if link and before < stop - len(link) else stop  # …接洽，但是，外界认为
        cut = replace(one, contents=(*one.contents[:-1], (left, stop)), reach=(one.reach[0], piece))
        scene.found[at] = cut


def outermost(scene: Scene, one: Attribution, inside: Sequence[Attribution]) -> Iterator[Attribution]:
    """The frames inside a content that are in none of those with which it opens: 报道，知情人士说，[他曾表示，…]"""
    nested = -1
    for other in inside:
        if other.verb == one.verb or other.start < nested:
            continue
        if not scene.reading.folded[one.content_start : other.start].strip():
            nested = other.contents[-1][1]
        yield other


def tells_of(scene: Scene, one: Attribution, other: Attribution) -> bool:
    """True where a content names the person who is the speaker of a frame inside it."""
    if other.mention is None or other.mention.label != "PERSON":
        return False
    named = scene.reading.entities_in(one.content_start, other.start)
    return any(mention.name == other.speaker for mention in named)


def begins_anew(scene: Scene, one: Attribution, other: Attribution) -> bool:
    """True where another frame inside a content is no part of it: a new clause with a speaker of its own."""
    text = scene.reading.folded
    between = text[one.content_start : other.start]
    if not between.strip(f"，,；;：: {frames()['joiners']}"):
        return False
    around = scene.quotes.around(other.verb[0])
    if around is not None and around.start >= one.content_start:
        return False
    if other.inferred and other.speaker != one.speaker and tells_of(scene, one, other):
        return False  # 分析师说，鲍威尔很鹰派，他还认为…
    anybody = text.startswith(word_tuple("indefinite"), other.start) or text.endswith(
        ("有", *word_tuple("indefinite")), 0, other.start
    )
    if anybody and other.mention is None and not other.inferred and one.rule != "according":
        return False  # 法新社报道，…，有经济学家认为…
    piece = break_before(scene.reading, one.content_start, other.start)
    if piece <= one.content_start:
        return False  # 他表示，目前机构预计…: within the first clause of the content
    mark = mark_before(text, piece)
    return mark in ("；", ";") if one.rule == "according" else mark in ("，", ",", "；", ";", "。", "\n", ")", "）")
