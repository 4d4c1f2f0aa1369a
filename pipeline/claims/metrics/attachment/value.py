"""A value whose metric is looked for."""

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import NamedTuple

from pipeline.claims.metrics.fitting import Link
from pipeline.claims.metrics.spot import MetricSpan
from pipeline.claims.reading import Clause, Reading
from pipeline.records import Mention

REACH = 150  # characters from a value to its metric
CORE = attrgetter("core")


class Value(NamedTuple):
    """A value in its clause; ``spans`` are the metrics of its sentence, ``linked`` the values of the sentence that have
    theirs already, ``links`` those of the post."""

    reading: Reading
    amount: Mention
    clause: Clause
    spans: list[MetricSpan]
    linked: list[tuple[Mention, Link]]
    links: dict[Mention, Link]

    @property
    def near(self) -> list[MetricSpan]:
        """The metrics of the sentence that stand near the value."""
        left = bisect_left(self.spans, self.amount.start - REACH, key=CORE)
        return self.spans[left : bisect_right(self.spans, self.amount.end + REACH, key=CORE)]
