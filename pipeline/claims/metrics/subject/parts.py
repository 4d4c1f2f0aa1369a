"""Factors that count together: made once, weighed once, used wherever the same speaks for a candidate."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVarTuple

Factor = tuple[str, ...]
"""What speaks for or against a candidate: a family's name, then what it says; the key of a weight."""

Key = TypeVarTuple("Key")

MOST = 50_000  # parts that are kept; those of a language's usual sentences are a tenth of it


class Part:
    """Some of the factors of a candidate, and the sum of their weights."""

    __slots__ = ("factors", "weight")

    def __init__(self, factors: tuple[Factor, ...], weight: float) -> None:
        self.factors, self.weight = factors, weight


class Scale:
    """Weights, and the parts that have been weighed with them, of whatever post."""

    def __init__(self, weights: Mapping[Factor, float]) -> None:
        self.weights = weights
        self.parts: dict[tuple[object, ...], Part] = {}

    def part(self, make: Callable[[*Key], Iterable[Factor]], *key: *Key) -> Part:
        """The factors that ``make`` gives for a key, weighed; it may look at nothing but its key."""
        found = self.parts.get((make, *key))
        return self.weighed(make, *key) if found is None else found

    def weighed(self, make: Callable[[*Key], Iterable[Factor]], *key: *Key) -> Part:
        if len(self.parts) >= MOST:
            self.parts.clear()
        factors, known = tuple(make(*key)), self.weights
        found = Part(factors, sum([known[factor] for factor in factors if factor in known]))
        self.parts[make, *key] = found
        return found


def step(count: int, *steps: int) -> str:
    """The first of the steps that a count does not exceed, with a plus beyond the last."""
    for one in steps:
        if count <= one:
            return str(one)
    return f"{steps[-1]}+"
