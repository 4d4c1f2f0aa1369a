"""Where a candidate stands beside the value: in its clause, in another of the sentence, in a sentence before."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from pipeline.claims.metrics.subject.question import START, Question
from pipeline.claims.reading import Clause, Reading, Span, once
from pipeline.claims.scales import Factor, Part, step
from pipeline.frozen import frozen

MARKS = ' \n#*·-•"“「>'  # that a sentence can open with
BULLET = re.compile(r"[\W\d_]*")  # that a line can open with: 1. ★ 【
CLOSED = (":", "：", "】", "]", "|")  # behind what a line is about
HEADING = 20  # characters of a line that is a heading
NEXT = 3  # characters between a name and the bracket that tells of it
FAR = 5  # clauses from a candidate to the value beyond which it does not matter how many


@frozen
class Spot:
    """Where a candidate of a ``sort`` stands, whatever the value. It ``opens`` its clause, or even its sentence
    (``first``), or a ``line``, which may be a ``heading``; ``closed`` is True where a colon or the like stands behind
    it. ``away`` keeps what that counts in other sentences."""

    start: int
    end: int
    sort: str
    sentence: int
    clause: Clause
    opens: bool
    first: bool
    line: Span | None
    heading: bool
    closed: bool
    away: dict[int, Part]


@once
def spot(reading: Reading, start: int, end: int, sort: str) -> Spot:
    folded, clause, sentence = reading.folded, reading.clause_at(start), reading.sentence_at(start)
    opens = not folded[clause.start : start].strip(MARKS)
    first = opens and not folded[reading.sentences[sentence][0] : start].strip(MARKS)
    left, right = reading.line_of(start)
    opened = start - left <= HEADING and BULLET.fullmatch(folded, left, start) is not None
    line = (left, right) if opened else None
    heading = opened and right - left <= HEADING and not reading.has_amount(left, right)
    closed = folded[end : end + 3].lstrip("*")[:1] in CLOSED
    return Spot(start, end, sort, sentence, clause, opens, first, line, heading, closed, {})


def where(asked: Question, at: Spot) -> str:
    """``own`` in front of the metric in its clause, ``mid`` between metric and value, ``after`` behind the value;
    ``before`` and ``later`` in another clause of the sentence; ``back`` and ``next`` in another sentence."""
    if at.end <= asked.start:
        return "back"
    if at.start >= asked.end:
        return "next"
    if at.clause.start == asked.clause.start and at.clause.end == asked.clause.end:
        return "own" if at.end <= asked.anchor else "mid" if at.end <= asked.amount.start else "after"
    return "before" if at.start < asked.amount.start else "later"


def here(asked: Question, at: Spot, place: str) -> Part:
    """What counts about a place; in another sentence the same for all values of this one."""
    if place not in ("back", "next"):
        return placed(asked, at, place)
    found = at.away.get(asked.sentence)
    if found is None:
        found = at.away[asked.sentence] = placed(asked, at, place)
    return found


def placed(asked: Question, at: Spot, place: str) -> Part:
    scale, lined = asked.discourse.scale, line(asked, at)
    if place == "own":
        return scale[in_own][*gap(asked, at.end), at.opens, at.first, lined, at.sort]
    if place == "back":
        back = step(asked.sentence - at.sentence, 1, 2, 3, 5, 8)
        other = asked.reading.text.find("\n", at.end, asked.start) >= 0
        return scale[in_back][back, other, at.opens, at.first, lined, at.sort]
    if place == "before":
        host = asked.clause.aside and asked.clause.start - at.end <= NEXT
        count = clauses_to(asked, at.start)
        return scale[in_before][count, host, at.clause.aside, at.opens, at.first, lined, at.sort]
    if place == "after":
        between = asked.reading.masked[asked.amount.end : at.start]
        behind = step(len(between.strip()), 0, 1, 3, 6)
        return scale[in_after][behind, between.startswith("的"), at.first, lined, at.sort]
    return scale[elsewhere][place, at.opens, at.first, lined, at.sort]


def in_own(gap: str, between: str, opens: bool, first: bool, line: str, sort: str) -> Iterator[Factor]:
    yield "own", "opens" if opens else "inside"
    yield "gap", gap, sort
    if between:
        yield "gap", between, sort
    yield from opening("own", first, line, sort)


def in_back(back: str, other: bool, opens: bool, first: bool, line: str, sort: str) -> Iterator[Factor]:
    yield "back", back, sort
    yield "back", "other line" if other else "line", sort
    if opens:
        yield "back", "opens", sort
    yield from opening("back", first, line, sort)


def in_before(count: int, host: bool, aside: bool, opens: bool, first: bool, line: str, sort: str) -> Iterator[Factor]:
    yield "before", str(count), sort
    if opens:
        yield "before", "opens", sort
    if host:
        yield "before", "host", sort
    if aside:
        yield "before", "aside", sort
    yield from opening("before", first, line, sort)


def in_after(count: str, linked: bool, first: bool, line: str, sort: str) -> Iterator[Factor]:
    yield "after", count
    if linked:
        yield "after", "的"
    yield from opening("after", first, line, sort)


def elsewhere(place: str, opens: bool, first: bool, line: str, sort: str) -> Iterator[Factor]:
    if place == "later" and opens:
        yield "later", "opens"
    yield from opening(place, first, line, sort)


def opening(place: str, first: bool, line: str, sort: str) -> Iterator[Factor]:
    """What a candidate opens: its sentence, its line."""
    if first:
        yield "first", place, sort
    if line:
        yield "line", line, sort


def clauses_to(asked: Question, start: int) -> int:
    """How many clauses begin between ``start`` and the value, brackets not counted, up to ``FAR``."""
    clauses, count = asked.reading.clauses(asked.sentence), 0
    for at in range(bisect_right(clauses, asked.amount.start, key=START) - 1, -1, -1):
        if clauses[at].start <= start or count == FAR:
            break
        count += not clauses[at].aside
    return count


def gap(asked: Question, end: int) -> tuple[str, str]:
    """What stands between a candidate of the clause and the metric: how many characters that say nothing, a 的."""
    front, noise = asked.front, asked.discourse.cover.gaps
    between = asked.reading.masked[end:front].strip()
    linked = "touches" if not between else "的" if between == "的" else "has 的" if "的" in between else ""
    return step(noise(end, front) if end < front else 0, 0, 1, 2, 4, 8), linked


def line(asked: Question, at: Spot) -> str:
    """What a candidate that opens its line is: the head of the value's line, a heading above it."""
    if at.line is None:
        return ""
    left, right = at.line
    if left <= asked.amount.start <= right:
        return "head" if at.closed and at.end <= asked.amount.start else "opens"
    if right < asked.amount.start:
        return "heading" if right - left <= HEADING else "closed" if at.closed else "other"
    return ""
