"""What is attributed to others: the attributions that reach a proposition, and those that go on into its sentence."""

from pipeline.claims.attribution import Attribution, attributions_near
from pipeline.claims.phrases import phrases, units
from pipeline.claims.reading import Reading, once


@once
def covering(reading: Reading, start: int, end: int) -> list[Attribution]:
    """The attributions that reach a proposition, outermost first."""
    return [
        a for a in attributions_near(reading, start, end) if a.covers(start, end) and not a.verb[0] <= start < a.verb[1]
    ]


def carried(reading: Reading, start: int) -> Attribution | None:
    """The attribution that goes on into this sentence, whose subject is a pronoun for the speaker (他, 该行)."""
    index = reading.sentence_at(start)
    if not index or reading.folded.find("\n", reading.sentences[index - 1][0], start) >= 0:
        return None
    known = carried_by_sentence(reading)
    first = index
    while first not in known and not ends_line(reading, first - 1):
        first -= 1
    for at in range(first, index + 1):  # from the first of the line: it may hold thousands
        if at not in known:
            known[at] = going_on(reading, at, known.get(at - 1))
    return known[index]


@once
def carried_by_sentence(reading: Reading) -> dict[int, Attribution | None]:
    """What ``carried`` has found so far, by sentence."""
    return {0: None}


def ends_line(reading: Reading, index: int) -> bool:
    """True where a line ends between the sentence before and this one, or nothing is before."""
    return not index or reading.folded.find("\n", reading.sentences[index - 1][0], reading.sentences[index][0]) >= 0


def going_on(reading: Reading, index: int, last: Attribution | None) -> Attribution | None:
    """The attribution that goes on into a sentence; ``last`` went on into the one before."""
    left, right = reading.sentences[index - 1]
    if ends_line(reading, index - 1):
        last = None
    before = [a for a in attributions_near(reading, left, right) if a.kind == "statement" and left <= a.verb[0] < right]
    last = before[-1] if before else last
    if last is None:
        return None
    begin = reading.sentences[index][0]
    opening = [
        u
        for u in units(reading, begin, min(begin + 16, reading.sentences[index][1]))
        if u.kind not in ("conj", "adverb", "time", "mark")
    ]
    if not opening:
        return None
    person = last.mention is None or last.mention.label == "PERSON"
    pronouns = phrases().person if person else phrases().body - {"其"}
    return last if opening[0].word in pronouns else None
