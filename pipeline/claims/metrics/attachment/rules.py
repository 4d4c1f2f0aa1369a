"""The metric that a rule can tell for a value, the surest rule first."""

from pipeline.claims.metrics.asides import in_aside
from pipeline.claims.metrics.attachment.value import Value
from pipeline.claims.metrics.counts import breadth, counted, had, sized
from pipeline.claims.metrics.dealt import dealt
from pipeline.claims.metrics.done import done
from pipeline.claims.metrics.fitting import Link
from pipeline.claims.metrics.holdings import dealt_in
from pipeline.claims.metrics.link import link
from pipeline.claims.metrics.lists import itemized, labelled, listed, ranked
from pipeline.claims.metrics.rated import rated
from pipeline.claims.metrics.repeats import parallel, repeated
from pipeline.claims.metrics.series import dated_next, pointed
from pipeline.claims.metrics.shares import polled
from pipeline.claims.metrics.traded import traded
from pipeline.claims.metrics.unnamed import another, indexed, priced, quoted, within
from pipeline.claims.metrics.written import grown


def by_rule(value: Value) -> Link | None:
    """The answer of the first rule that has one."""
    reading, amount, clause, spans, linked, links = value
    return (
        indexed(reading, amount, clause, spans)
        or quoted(reading, amount)
        or dealt(reading, amount, clause, spans, linked)
        or rated(reading, amount, clause, spans, links)
        or another(reading, amount, clause, spans)
        or counted(reading, amount)
        or breadth(reading, amount, clause)
        or within(reading, amount)
        or traded(reading, amount, clause)
        or dealt_in(reading, amount, clause)
        or repeated(reading, amount, clause, linked)
        or (grown(reading, amount, clause) if linked and linked[-1][1].how == "grown" else None)
        or done(reading, amount, clause, spans)
        or had(reading, amount, clause)
        or sized(reading, amount, clause)
        or polled(reading, amount, clause)
        or (in_aside if clause.aside else link)(reading, amount, clause, spans, linked)
        or labelled(reading, amount, clause)
        or listed(reading, amount, clause)
        or itemized(reading, amount, clause)
        or priced(reading, amount, clause)
        or parallel(reading, amount, links)
        or dated_next(reading, amount, clause, links)
        or pointed(reading, amount, clause, spans, links)
        or ranked(reading, amount, clause)
    )
