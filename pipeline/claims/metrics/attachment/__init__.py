"""Which metric a value has: what a rule can tell, else the weightiest of those that are offered, or none.

``rules`` are sure and come first. ``offers`` are all metrics that the value could have beyond that, ``factors`` what
speaks for or against each; how much that counts is data (``lexicons/attachment.csv``), fitted to annotated posts.
"""

from math import exp

from pipeline.claims.metrics.attachment.factors import factors
from pipeline.claims.metrics.attachment.offers import offers
from pipeline.claims.metrics.attachment.rules import by_rule
from pipeline.claims.metrics.attachment.value import Value
from pipeline.claims.metrics.fitting import Link
from pipeline.claims.scales import ATTACHMENT

LEAST = 0.45
"""Probability below which a metric is a guess, and the value has none."""


def metric_of(value: Value) -> Link | None:
    """The metric of a value outside tables."""
    return by_rule(value) or weightiest(value)


def weightiest(value: Value) -> Link | None:
    offered = offers(value)
    of_each = factors(value, offered)
    scale = ATTACHMENT.scale()
    scores = [scale.sum(one) for one in of_each]
    best = max(range(len(offered)), key=scores.__getitem__)
    chosen = ATTACHMENT.chosen(value, offered, of_each, best=best)
    share = 1 / sum(exp(score - scores[best]) for score in scores)
    return None if chosen == best and share < LEAST else offered[chosen].link
