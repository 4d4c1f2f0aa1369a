"""A value whose metric is looked for."""

from typing import NamedTuple

from pipeline.claims.metrics.fitting import Link
from pipeline.claims.metrics.spot import MetricSpan
from pipeline.claims.reading import Clause, Reading
from pipeline.records import Mention


class Value(NamedTuple):
    """A value in its clause; ``spans`` are the metrics of its sentence, ``linked`` the values of the sentence that have
    theirs already, ``links`` those of the post."""

    reading: Reading
    amount: Mention
    clause: Clause
    spans: list[MetricSpan]
    linked: list[tuple[Mention, Link]]
    links: dict[Mention, Link]
