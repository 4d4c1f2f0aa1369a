"""Trend claims: a metric that moves without a figure (亏损收窄, 由盈转亏, 收入归零)."""

from pipeline.claims.certainty import certainty, source_of
from pipeline.claims.metrics.against import comparison_of
from pipeline.claims.metrics.fitting import Link
from pipeline.claims.metrics.lexicon import directions
from pipeline.claims.metrics.period import usable
from pipeline.claims.metrics.spot import MetricSpan, spot
from pipeline.claims.metrics.subject import Discourse, resolve
from pipeline.claims.reading import Clause, Reading
from pipeline.records import Claim, Mention

NEAR = 6  # characters of adverbs between a metric and the verb that moves it
RULE = "claim.trend"


def find_trends(reading: Reading, discourse: Discourse, stated: list[Claim]) -> list[Claim]:
    """Trends of the clauses that state no figure of the same metric; ``stated`` are the metric claims."""
    found: list[Claim] = []
    taken: dict[int, list[Claim]] = {}
    for one in stated:
        taken.setdefault(reading.sentence_at(one.start), []).append(one)
    for index, (start, end) in enumerate(reading.sentences):
        if not directions().find(reading.masked[start:end]):
            continue
        for clause in reading.clauses(index):
            if any(c.start < clause.end and clause.start < c.end for c in taken.get(index, ())):
                continue
            moves = directions().every(reading.masked[clause.start : clause.end])
            if not any(right - left > 1 for left, right, _ in moves):
                continue
            spans = [s for s in spot(reading, clause.start, clause.end) if s.metric.role == "noun"]
            made = [claim for span in spans if (claim := trend(reading, discourse, clause, span)) is not None]
            # Of 资金消耗速度加快 only the head of the chain moves.
            found.extend({claim.end: claim for claim in made}.values())
    return found


def trend(reading: Reading, discourse: Discourse, clause: Clause, span: MetricSpan) -> Claim | None:
    behind = reading.masked[span.end : min(clause.end, span.end + NEAR + 6)]
    moves = [m for m in directions().find(behind) if m[0] <= NEAR and m[1] - m[0] > 1]
    if not moves or reading.amounts_in(span.end, clause.end) or "的" in behind[: moves[0][0]]:
        return None
    anchor = Mention("quantity", "", span.end, span.end, RULE)
    subject = resolve(discourse, anchor, clause, Link(span, (span.end, span.end), "left"))
    if not subject.name:
        return None
    comparison, base = comparison_of(reading, span.end, span.end + moves[0][0], anchor)
    dates = usable(reading, clause.start, clause.end, anchor, base)
    date = dates[-1] if dates else None
    end = span.end + moves[0][1]
    source, carried = source_of(reading, clause.start, end)
    inferred = [name for name, on in (("subject", subject.inferred), ("source", carried and bool(source))) if on]
    return Claim(
        label="trend",
        start=clause.start,
        end=end,
        rule=f"{RULE}.{moves[0][2].strength}",
        subject=subject.name,
        predicate=span.predicate,
        direction=moves[0][2].direction,
        period=date.period if date else "",
        period_start=date.period_start if date else "",
        period_end=date.period_end if date else "",
        comparison=comparison,
        certainty=certainty(reading, clause.start, end),
        source=source,
        parts=tuple(m for m in (subject.mention, date) if m is not None),
        inferred=tuple(inferred),
    )
