"""Values of one metric at one time after the other, each with nothing but its time: 2023年为13.2%。2024年升至14.5%。"""

from pipeline.claims.metrics.fitting import Link, fits, unexplained
from pipeline.claims.metrics.link import TOLD, plain
from pipeline.claims.reading import Clause, Reading
from pipeline.records import Mention

BACK = 90  # characters between a value and the one whose metric it has
LOOSE = TOLD | {"aside", "price", "table", "listed", "moved"}  # patterns whose metric no later sentence goes on with


def dated_next(reading: Reading, amount: Mention, clause: Clause, links: dict[Mention, Link]) -> Link | None:
    """The metric of the last value of the sentence before, for one that stands behind its time alone."""
    if clause.aside or not links or not reading.dates_in(clause.start, amount.start):
        return None
    value = next(reversed(links))
    found = links[value]
    near = (
        0 < amount.start - value.end <= BACK
        and reading.sentence_at(amount.start) - reading.sentence_at(value.start) == 1
    )
    if not near or value.unit != amount.unit or found.how in LOOSE or not fits(found.metric.metric, amount):
        return None
    if unexplained(reading, clause.start, amount.start) or reading.subjects_in(clause.start, amount.start):
        return None
    return Link(plain(found.metric), (clause.start, amount.start), "series")
