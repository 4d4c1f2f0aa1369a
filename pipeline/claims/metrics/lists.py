"""Lists under a heading: each line a name and its value, of the metric that the heading names."""

from pipeline.claims.metrics.link import Link, copula, fits
from pipeline.claims.metrics.spot import spot
from pipeline.claims.metrics.subject import noun_before
from pipeline.claims.reading import Clause, Reading
from pipeline.records import Mention

HEADING = 15  # lines above an item in which its heading is looked for


def listed(reading: Reading, amount: Mention, clause: Clause) -> Link | None:
    """The heading's metric for the value of a line such as 2. 小鹏 41581辆; None where the line is no item."""
    line = reading.line_of(amount.start)
    if clause.aside or not is_item(reading, line[0], amount):
        return None
    at = line[0]
    for _ in range(HEADING):
        if at == 0:
            break
        above = reading.line_of(at - 1)
        at = above[0]
        spans = [s for s in spot(reading, *above) if s.metric.role == "noun" and fits(s.metric, amount)]
        values = reading.amounts_in(*above)
        if spans and not values:
            return Link(spans[-1], (amount.start, amount.start), "listed")
        if not values or not is_item(reading, above[0], values[0]):
            break
    return None


def is_item(reading: Reading, start: int, amount: Mention) -> bool:
    """True where nothing but a mark and a name stands in its line before a value."""
    start = min(reading.first_letter(start), amount.start)
    at = copula(reading, start, amount.start)
    if at <= start:
        return False
    names = reading.ends_in(start, at)
    if names is not None:
        first, last = names
        return first.start == start and not reading.folded[last.end : at].strip(" :")
    if reading.has_amount(start, at):
        return False  # what is named stands behind it, and is not all that the line has
    return noun_before(reading, at, start) == reading.text[start:at].strip(" :：")
