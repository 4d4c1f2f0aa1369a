"""Who was weighed as the subject of a value, and what spoke for each; for ``taojin explain``."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager

from pipeline.claims.metrics.subject import Question, heaviest, saliences, shares, watched
from pipeline.claims.metrics.subject.factors import Rated
from pipeline.claims.metrics.subject.weights import SEPARATOR, scale
from pipeline.table.schema import Row

NAMES = 4
"""Names that are shown."""
FACTORS = 4
"""Factors of each that are shown, the heaviest."""


class Weighed:
    """Sees the decision about the value that is one of ``parts``."""

    def __init__(self, parts: Iterable[Row]) -> None:
        self.values = {(part["start"], part["end"]) for part in parts if part["value_min"] or part["value_max"]}
        self.lines: list[str] = []

    def watching(self) -> AbstractContextManager[None]:
        return watched(self.watch)

    def watch(self, asked: Question, pairs: list[Rated], best: int) -> int:
        if (str(asked.amount.start), str(asked.amount.end)) in self.values:
            self.lines = list(lines(pairs))
        return best


def lines(pairs: list[Rated]) -> Iterator[str]:
    """The likeliest names in a line each: how likely, and the factors of its heaviest candidate that count most."""
    weight, scores = scale().weights, saliences(pairs)
    likely = shares([one.name for one, _ in pairs], scores)
    for name in sorted(likely, key=lambda name: -likely[name])[:NAMES]:
        parts = pairs[heaviest(pairs, scores, name)][1]
        known = {factor: weight.get(factor, 0.0) for part in parts for factor in part.factors}
        most = sorted(known.items(), key=lambda item: -abs(item[1]))[:FACTORS]
        said = ", ".join(f"{count:+.2f} {SEPARATOR.join(factor)}" for factor, count in most)
        yield f"{likely[name]:4.0%}  {name or '(nobody)'}  ({said})"
