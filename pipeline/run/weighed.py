"""What was weighed as the metric and as the subject of a value, and what spoke for each; for ``taojin explain``."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack

from pipeline.claims.metrics.attachment.offers import Offer
from pipeline.claims.metrics.attachment.value import Value
from pipeline.claims.metrics.subject import Question, heaviest, saliences, shares
from pipeline.claims.metrics.subject.factors import Rated
from pipeline.claims.scales import ATTACHMENT, SALIENCE, SEPARATOR, Factor, Scale
from pipeline.records import Mention
from pipeline.table.schema import Row

NAMES = 4
"""Names that are shown."""
FACTORS = 4
"""Factors of each that are shown, the heaviest."""


class Weighed:
    """What was decided of the value among ``parts``: of its ``metric``, where no rule told it, of its ``subject``."""

    def __init__(self, parts: Iterable[Row]) -> None:
        self.values = {(part["start"], part["end"]) for part in parts if part["value_min"] or part["value_max"]}
        self.metric: list[str] = []
        self.subject: list[str] = []

    def watching(self) -> AbstractContextManager[object]:
        stack = ExitStack()
        stack.enter_context(ATTACHMENT.watched(self.watch_metric))
        stack.enter_context(SALIENCE.watched(self.watch_subject))
        return stack

    def watch_metric(self, value: Value, offered: list[Offer], factors: list[list[Factor]], best: int) -> int:
        if self.is_of(value.amount):
            names = [one.link.metric.predicate if one.link is not None else "" for one in offered]
            scale = ATTACHMENT.scale()
            self.metric = list(lines(names, factors, [scale.sum(one) for one in factors], scale))
        return best

    def watch_subject(self, asked: Question, pairs: list[Rated], best: int) -> int:
        if self.is_of(asked.amount):
            factors = [[factor for part in parts for factor in part.factors] for _, parts in pairs]
            names = [one.name for one, _ in pairs]
            self.subject = list(lines(names, factors, saliences(pairs), SALIENCE.scale()))
        return best

    def is_of(self, amount: Mention) -> bool:
        return (str(amount.start), str(amount.end)) in self.values


def lines(
    names: Sequence[str],
    factors: Sequence[Sequence[Factor]],
    scores: Sequence[float],
    scale: Scale,
) -> Iterator[str]:
    """The likeliest names in a line each: how likely, and the factors of its heaviest candidate that count most."""
    likely = shares(names, scores)
    for name in sorted(likely, key=lambda name: -likely[name])[:NAMES]:
        known = {factor: scale.weights.get(factor, 0.0) for factor in factors[heaviest(names, scores, name)]}
        most = sorted(known.items(), key=lambda item: -abs(item[1]))[:FACTORS]
        said = ", ".join(f"{count:+.2f} {SEPARATOR.join(factor)}" for factor, count in most)
        yield f"{likely[name]:4.0%}  {name or '(none)'}  ({said})"
