"""Factors that count together: made once, weighed once, used wherever the same speaks for a candidate."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Factor = tuple[str, ...]
"""What speaks for or against a candidate: a family's name, then what it says; the key of a weight."""

Maker = Callable[..., Iterable[Factor]]

MOST = 10_000  # parts of a family that are kept; what people usually write needs a third of it


class Part:
    """Some of the factors of a candidate, and the sum of their weights."""

    __slots__ = ("factors", "weight")

    def __init__(self, factors: tuple[Factor, ...], weight: float) -> None:
        self.factors, self.weight = factors, weight


class Parts(dict[tuple[Any, ...], Part]):
    """The parts of a family by what they depend on: ``make`` gives the factors of a key, and looks at nothing else."""

    def __init__(self, make: Maker, weights: Mapping[Factor, float]) -> None:
        self.make, self.weights = make, weights

    def __missing__(self, key: tuple[Any, ...]) -> Part:
        if len(self) >= MOST:
            self.clear()
        factors, known = tuple(self.make(*key)), self.weights
        found = self[key] = Part(factors, sum([known[factor] for factor in factors if factor in known]))
        return found


class Scale(dict[Maker, Parts]):
    """Weights, and the parts that have been weighed with them, of whatever post."""

    def __init__(self, weights: Mapping[Factor, float]) -> None:
        self.weights = weights

    def __missing__(self, make: Maker) -> Parts:
        found = self[make] = Parts(make, self.weights)
        return found


def step(count: int, *steps: int) -> str:
    """The first of the steps that a count does not exceed, with a plus beyond the last."""
    for one in steps:
        if count <= one:
            return str(one)
    return f"{steps[-1]}+"
