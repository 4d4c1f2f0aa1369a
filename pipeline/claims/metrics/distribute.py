"""分别: as many values as things in a row before them, paired in order."""

from collections.abc import Sequence
from typing import TypeVar

from pipeline.claims.metrics.lexicon import cue_matcher, cues
from pipeline.claims.metrics.spot import MetricSpan
from pipeline.claims.metrics.topics import subjects_in
from pipeline.claims.reading import Clause, Reading
from pipeline.records import Mention

T = TypeVar("T", bound=Mention | MetricSpan)
Pair = Mention | MetricSpan


def distributed(
    reading: Reading, clause: Clause, amounts: Sequence[Mention], spans: Sequence[MetricSpan]
) -> dict[Mention, Pair]:
    """Each value of a 分别 clause with its own metric, subject or period; empty where the counts differ."""
    cue = cue_matcher("distributives").find(reading.masked[clause.start : clause.end])
    if not cue:
        return {}
    at = clause.start + cue[-1][0]
    values = [m for m in amounts if at <= m.start and m.end <= clause.end]
    if len(values) < 2:
        return {}
    metrics = coordinated(reading, [s for s in spans if clause.start <= s.start and s.end <= at])
    start = reading.sentences[reading.sentence_at(clause.start)][0]  # the names may stand a clause before
    subjects = coordinated(reading, subjects_in(reading, start, at))
    dates = coordinated(reading, reading.dates_in(clause.start, at))
    for items in (metrics, subjects, dates):
        if len(items) == len(values):
            return dict(zip(values, items, strict=True))
    return {}


def coordinated(reading: Reading, items: Sequence[T]) -> list[T]:
    """The longest run of items that only conjunctions (or a shared word such as 营收) separate."""
    best: list[T] = []
    run: list[T] = []
    for item in items:
        between = reading.masked[run[-1].end : item.start].strip() if run else ""
        if run and not (between[:1] in cues()["conjunctions"] or between[-1:] in cues()["conjunctions"]):
            run = []
        run = [*run, item]
        if len(run) > len(best):
            best = run
    return best
