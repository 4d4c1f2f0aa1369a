"""Factors that count together: made once, weighed once, used for every value that asks the same."""

from collections.abc import Iterable, Mapping

Factor = tuple[str, ...]
"""What speaks for or against a candidate: a family's name, then what it says; the key of a weight."""


class Part:
    """Some of the factors of a candidate."""

    __slots__ = ("factors", "weight")

    def __init__(self, factors: Iterable[Factor]) -> None:
        self.factors = tuple(factors)
        self.weight: float | None = None

    def weigh(self, weights: Mapping[Factor, float]) -> float:
        """The sum of the factors' weights; the first weights that are asked for stay, which are those of the post."""
        if self.weight is None:
            self.weight = sum([weights[factor] for factor in self.factors if factor in weights])
        return self.weight


def step(count: int, *steps: int) -> str:
    """The first of the steps that a count does not exceed, with a plus beyond the last."""
    for one in steps:
        if count <= one:
            return str(one)
    return f"{steps[-1]}+"
