"""The period of a claim: stated in its clause, else carried over inside the paragraph."""

from pipeline.claims.metrics.lexicon import cue_matcher
from pipeline.claims.reading import Reading, Span
from pipeline.records import Mention


def is_base(reading: Reading, date: Mention) -> bool:
    """True for a period that is only compared with: 较去年同期, 比2020年."""
    before = reading.folded[max(0, date.start - 4) : date.start]
    found = cue_matcher("bases").find(before)
    return bool(found) and found[-1][1] == len(before)


def based_period(reading: Reading, clause: Span, amount: Mention) -> Mention | None:
    """The period of a value that stands as a base: 低于去年同期的9% is last year's 9%."""
    dates = [m for m in reading.dates_in(clause[0], amount.start) if is_base(reading, m)]
    if not dates:
        return None
    between = reading.folded[dates[-1].end : amount.start].strip(" \n:>")
    return dates[-1] if between.strip("的(（ ") == "" and between != "" else None


def period_of(reading: Reading, clause: Span, amount: Mention) -> tuple[Mention | None, bool]:
    """The date mention that dates a value, and whether it was carried over from an earlier sentence."""
    start, end = clause
    own = [m for m in reading.dates_in(start, end) if not is_base(reading, m)]
    before = [m for m in own if m.end <= amount.start]
    if before:
        return before[-1], False
    if own and own[0].start - amount.end <= 2:
        return own[0], False
    index = reading.sentence_at(amount.start)
    sentence = reading.sentences[index]
    earlier = [m for m in reading.dates_in(sentence[0], start) if not is_base(reading, m)]
    if earlier:
        return earlier[-1], False
    line = reading.line_of(amount.start)
    carried = [m for m in reading.dates_in(line[0], sentence[0]) if not is_base(reading, m) and m.period]
    if carried and index - reading.sentence_at(carried[-1].start) <= 2:
        return carried[-1], True
    return None, False
