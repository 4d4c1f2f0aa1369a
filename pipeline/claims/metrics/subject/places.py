"""Where a candidate stands beside the value: in its clause, in another of the sentence, in a sentence before."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from pipeline.claims.metrics.fitting import unexplained
from pipeline.claims.metrics.subject.parts import Factor, step
from pipeline.claims.metrics.subject.question import START, Question
from pipeline.claims.reading import Reading, Span

MARKS = ' \n#*·-•"“「>'  # that a sentence can open with
BULLET = re.compile(r"[\W\d_]*")  # that a line can open with: 1. ★ 【
CLOSED = (":", "：", "】", "]", "|")  # behind what a line is about
HEADING = 20  # characters of a line that is a heading
NEXT = 3  # characters between a name and the bracket that tells of it
FAR = 5  # clauses from a candidate to the value beyond which it does not matter how many


def where(asked: Question, start: int, end: int) -> str:
    """``own`` in front of the metric in its clause, ``mid`` between metric and value, ``after`` behind the value;
    ``before`` and ``later`` in another clause of the sentence; ``back`` and ``next`` in another sentence."""
    if end <= asked.start:
        return "back"
    if start >= asked.end:
        return "next"
    own, clause = asked.reading.clause_at(start), asked.clause
    if own.start == clause.start and own.end == clause.end:
        return "own" if end <= asked.anchor else "mid" if end <= asked.amount.start else "after"
    return "before" if start < asked.amount.start else "later"


def placed(asked: Question, start: int, end: int, place: str, sort: str) -> Iterator[Factor]:
    """What counts about the place of ``start:end``; ``sort`` says in a word what stands there."""
    reading, folded = asked.reading, asked.reading.folded
    own = reading.clause_at(start)
    opens = not folded[own.start : start].strip(MARKS)
    if place == "back":
        sentence = reading.sentence_at(start)
        yield "back", step(asked.sentence - sentence, 1, 2, 3, 5, 8), sort
        yield "back", "line" if reading.text.find("\n", end, asked.start) < 0 else "other line", sort
        if opens:
            yield "back", "opens", sort
    elif place == "own":
        yield "own", "opens" if opens else "inside"
        yield from gap(asked, end, sort)
    elif place == "after":
        between = reading.masked[asked.amount.end : start]
        yield "after", step(len(between.strip()), 0, 1, 3, 6)
        if between.startswith("的"):
            yield "after", "的"
    elif place == "before":
        yield "before", str(clauses_to(asked, start)), sort
        if opens:
            yield "before", "opens", sort
        if asked.clause.aside and asked.clause.start - end <= NEXT:
            yield "before", "host", sort
        if own.aside:
            yield "before", "aside", sort
    elif place == "later" and opens:
        yield "later", "opens"
    if opens and not folded[reading.sentences[reading.sentence_at(start)][0] : start].strip(MARKS):
        yield "first", place, sort
    yield from line(asked, start, end, sort)


def clauses_to(asked: Question, start: int) -> int:
    """How many clauses begin between ``start`` and the value, brackets not counted, up to ``FAR``."""
    clauses, count = asked.reading.clauses(asked.sentence), 0
    for at in range(bisect_right(clauses, asked.amount.start, key=START) - 1, -1, -1):
        if clauses[at].start <= start or count == FAR:
            break
        count += not clauses[at].aside
    return count


def gap(asked: Question, end: int, sort: str) -> Iterator[Factor]:
    """What stands between a candidate of the clause and the metric."""
    yield "gap", step(unexplained(asked.reading, end, asked.front), 0, 1, 2, 4, 8), sort
    between = asked.reading.masked[end : asked.front].strip()
    if not between:
        yield "gap", "touches", sort
    elif "的" in between:
        yield "gap", "的" if between == "的" else "has 的", sort


def opened(reading: Reading, start: int) -> Span | None:
    """The line that a place opens, marks and numbers in front of it not counted; None for a place inside one."""
    left, right = reading.line_of(start)
    return (left, right) if start - left <= HEADING and BULLET.fullmatch(reading.folded, left, start) else None


def line(asked: Question, start: int, end: int, sort: str) -> Iterator[Factor]:
    """What a candidate that opens its line is: the head of the value's line, a heading above it."""
    reading = asked.reading
    found = opened(reading, start)
    if found is None:
        return
    left, right = found
    closed = reading.folded[end : end + 3].lstrip("*")[:1] in CLOSED
    if left <= asked.amount.start <= right:
        yield "line", "head" if closed and end <= asked.amount.start else "opens", sort
    elif right < asked.amount.start:
        yield "line", "heading" if right - left <= HEADING else "closed" if closed else "other", sort
