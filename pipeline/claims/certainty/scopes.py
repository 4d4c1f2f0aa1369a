"""Where each cue of a sentence holds.

A cue opens a scope that runs forward or backward to a terminator or the end of its clause or sentence.
"""

import re

from pipeline.claims.attribution.content import ROUND
from pipeline.claims.certainty.lexicon import (
    Cue,
    continuing,
    cue_pattern,
    cues,
    deeds,
    lexicon,
    part_words,
    past_pattern,
    terminator_pattern,
    views,
)
from pipeline.claims.phrases import units
from pipeline.claims.reading import Reading, once
from pipeline.frozen import frozen

STOP = re.compile("[；;。！？!?\n]")
COMMAS = "，,：:"
AFTER = 2  # characters by which a proposition may reach over a cue that looks back
LONGEST_NAME = 40  # characters
WINDOW = 400  # characters that a scope may run on, either way
PHRASE = 24  # characters that a noun phrase in front of its cue may take
AHEAD = frozenset({"forecast", "planned"})  # end where a clause tells of the past
NOT_YET = AHEAD | {"hypothetical"}  # do not hold for what something comes from: 将从目前的30%升至35%
CLOSES = "，,。；;、）)”》」』"  # a plan in front of one of these is a noun
COMPARED = 10  # characters between a word of comparison and what it compares with: 高于市场预期
FIGURE = 16  # characters in front of a cue in which a figure stands that tells what it is
REACH = 12  # characters within which a negation stands before what it denies


@frozen
class Scope:
    """Where a cue holds: ``start:end`` of the text, except brackets that it stands outside of."""

    cue: Cue
    word: str
    start: int
    end: int


@once
def scopes(reading: Reading, index: int) -> list[Scope]:
    """The scopes of all cues of a sentence, read once."""
    return read_scopes(reading, *reading.sentences[index])


def read_scopes(reading: Reading, start: int, end: int) -> list[Scope]:
    text = reading.folded
    found: list[Scope] = []
    for match in cue_pattern().finditer(text, start, end):
        left, right = match.span()
        if match.group() not in cues() or match.group() in lexicon()["pseudo"]:
            continue
        if reading.named(left, right, left - LONGEST_NAME, right + LONGEST_NAME):
            continue
        for cue in cues()[match.group()]:
            if not allowed(reading, cue, left, right, end):
                continue
            begin, stop = reach(reading, cue, left, right, start, end)
            if cue.direction == "backward" or reading.folded[right:stop].strip():  # a cue at its end holds for nothing
                found.append(Scope(cue, match.group(), begin, stop))
    return found


def allowed(reading: Reading, cue: Cue, left: int, right: int, end: int) -> bool:
    """True where a short cue is a word of its own, and what must follow it does."""
    if right - left == 1 and cue.direction == "forward":
        words = reading.words(left, right)
        if not words or words[0][:2] != (left, right):
            return bool(words) and reading.tagged(left, right)[0][3] == "x"  # 会涨, 称将: no words of the dictionary
    if cue.certainty == "hypothetical" and cue.direction == "forward" and is_view(reading, right, end):
        return False
    if cue.not_after:
        ahead = reading.folded[clause_start(reading, left, max(0, left - COMPARED)) : left]
        if any(word in ahead for word in cue.not_after):
            return False
    if cue.certainty == "planned" and cue.scope == "subject" and reading.folded[right : right + 1] in CLOSES:
        return False  # 未完成增持计划，…
    if cue.apart and any(m.end == left for m in reading.amounts_in(max(0, left - FIGURE), left)):
        return False
    if cue.certainty == "planned" and is_polled(reading, left):
        return False
    if cue.deeds is not None and decides(reading, right, end) is not cue.deeds:
        return False
    if not cue.before and not cue.not_before:
        return True
    following = units(reading, right, min(end, right + 12))
    if following and following[0].kind in cue.not_before:
        return False
    if not cue.before:
        return True
    return bool(following) and (following[0].tag[:1] in cue.before or following[0].kind in cue.before)


def is_view(reading: Reading, right: int, end: int) -> bool:
    """True for a condition that only says how it is looked at: 若|与去年相比，…"""
    return reading.folded[right : clause_end(reading, right, end)].rstrip().endswith(views())


def is_polled(reading: Reading, left: int) -> bool:
    """True where a share of those who were asked plans something: 三成受访者计划购房."""
    begin = max(clause_start(reading, left, 0), left - FIGURE)
    shares = [m for m in reading.amounts_in(begin, left) if m.kind == "percent"]
    if not shares:
        return False
    start, _ = reading.sentences[reading.sentence_at(left)]
    return any(word in reading.folded[start:left] for word in lexicon()["polled"])


def decides(reading: Reading, start: int, end: int) -> bool:
    """True where the first verb of a clause from ``start`` on is one that somebody decides on: 将在3月裁员."""
    following = units(reading, start, clause_end(reading, start, end))
    return next((unit.word in deeds() for unit in following if unit.tag.startswith("v") or unit.word in deeds()), False)


def reach(reading: Reading, cue: Cue, left: int, right: int, start: int, end: int) -> tuple[int, int]:
    """The stretch that a cue holds for."""
    begin, stop = sentence_part(reading.folded, left, right, max(start, left - WINDOW), min(end, right + WINDOW))
    if cue.direction == "forward":
        if cue.scope == "subject":
            return left, past_start(reading, right, subject_end(reading, right, stop))
        if cue.scope != "sentence":
            end = clause_end(reading, right, stop)
            return left, going_end(reading, end, stop) if cue.certainty in NOT_YET and not cue.near else end
        return left, past_start(reading, right, stop) if cue.certainty in AHEAD else stop
    if cue.scope == "sentence":
        return begin, right
    clause = clause_start(reading, left, begin)
    return (max(clause, left - PHRASE, last_verb(reading, clause, left)) if cue.scope == "phrase" else clause), right


def sentence_part(text: str, left: int, right: int, start: int, end: int) -> tuple[int, int]:
    """The part of a sentence around a cue, between semicolons, full stops and words of contrast; a bracket ends it."""
    begin, stop = start, end
    for mark in STOP.finditer(text, start, end):
        if mark.end() <= left:
            begin = mark.end()
        elif mark.start() >= right:
            stop = mark.start()
            break
    for match in terminator_pattern().finditer(text, start, end):
        if match.end() <= left:
            begin = max(begin, match.end())
        elif match.start() >= right and text[match.start() - 1] in COMMAS + " ":
            stop = min(stop, match.start())
    depth = 0
    for sign in ROUND.finditer(text, right, stop):
        depth += 1 if sign.group() in "(（" else -1
        if depth < 0:
            return max(begin, max(text.rfind("(", begin, left), text.rfind("（", begin, left)) + 1), sign.start()
    return begin, stop


def clause_start(reading: Reading, at: int, floor: int) -> int:
    return max([floor, *(reading.folded.rfind(mark, floor, at) + 1 for mark in COMMAS)])


def clause_end(reading: Reading, at: int, stop: int) -> int:
    return min([stop, *(found for mark in COMMAS if (found := reading.folded.find(mark, at, stop)) >= 0)])


def subject_end(reading: Reading, at: int, stop: int) -> int:
    """The end of the last clause that goes on without a name of its own: 拟裁员1300人，占员工的3%，腾讯则…"""
    end = clause_end(reading, at, stop)
    while end < stop:
        after = clause_end(reading, end + 1, stop)
        if names_another(reading, end + 1, after):
            break
        end = after
    return end


def names_another(reading: Reading, start: int, end: int) -> bool:
    """True for a clause that names somebody in front of its verb; behind it stands what is bid for (收购海螺水泥).

    A clause on a part names none: 其中香港公开发售300万股.
    """
    names = reading.entities_in(start, end)
    if not names or reading.folded.startswith(part_words(), start):
        return False
    return all(unit.kind != "verb" for unit in units(reading, start, names[0].start))


def going_end(reading: Reading, end: int, stop: int) -> int:
    """The end of the last clause that only goes on with the one that ends at ``end``: 将增长一成，|达到300亿元."""
    while end < stop and reading.folded.startswith(continuing(), end + 1):
        end = clause_end(reading, end + 1, stop)
    return end


def past_start(reading: Reading, at: int, stop: int) -> int:
    """Where the first clause from ``at`` on that tells of the past or the present begins: …，|比亚迪目前市值8000亿."""
    for match in past_pattern().finditer(reading.folded, at, stop):
        start = clause_start(reading, match.start(), at - 1)
        if start <= at:
            continue
        names = reading.entities_in(start, match.start())
        if match.start() == start or (len(names) == 1 and (names[0].start, names[0].end) == (start, match.start())):
            return start - 1
    return stop


def last_verb(reading: Reading, start: int, at: int) -> int:
    """The end of the last verb before a nominal cue and its amount; the cue governs the phrase behind it."""
    amounts = reading.amounts_in(start, at)
    before = amounts[-1].start if amounts else at
    return max((u.end for u in units(reading, start, before) if u.kind in ("verb", "prep", "aux")), default=start)


def holds(reading: Reading, scope: Scope, start: int, end: int, claim: str) -> bool:
    """True where a scope holds a proposition of that label."""
    cue = scope.cue
    if (cue.claims and claim not in cue.claims) or claim in cue.without:
        return False
    if not (scope.start < end and start < scope.end):
        return False
    if cue.direction == "backward" and end > scope.end + AFTER:
        return False
    if cue.near and not 0 <= start - scope.start <= REACH:
        return False
    return cue.direction == "backward" or not in_brackets(reading, scope.start, start)


def in_brackets(reading: Reading, at: int, start: int) -> bool:
    """True where brackets that open behind ``at`` hold ``start``."""
    depth = 0
    for sign in ROUND.finditer(reading.folded, at, start):
        depth = depth + 1 if sign.group() in "(（" else max(0, depth - 1)
    return depth > 0
