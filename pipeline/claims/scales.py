"""Decisions by weight: the factors that speak for each candidate, and the lexicons that say how much each counts.

A lexicon of weights (``salience.csv``, ``attachment.csv``) is fitted to annotated posts by ``taojin fit``.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from contextvars import ContextVar
from typing import Any

from pipeline.held import held
from pipeline.lexicons import cached, lexicon_rows

Factor = tuple[str, ...]
"""What speaks for or against a candidate: a family's name, then what it says; the key of a weight."""

Maker = Callable[..., Iterable[Factor]]
Watch = Callable[..., int]
"""Sees a decision's candidates and the place of the heaviest; gives the place of the chosen."""

HEADER = "factor,weight"
SEPARATOR = "|"
MOST = 10_000  # parts of a family that are kept; what people usually write needs a third of it


class Part:
    """Some of the factors of a candidate, and the sum of their weights: made once, used wherever the same speaks."""

    __slots__ = ("factors", "weight")

    def __init__(self, factors: tuple[Factor, ...], weight: float) -> None:
        self.factors, self.weight = factors, weight


class Parts(dict[tuple[Any, ...], Part]):
    """The parts of a family by what they depend on: ``make`` gives the factors of a key, and looks at nothing else."""

    def __init__(self, make: Maker, scale: "Scale") -> None:
        self.make, self.scale = make, scale

    def __missing__(self, key: tuple[Any, ...]) -> Part:
        if len(self) >= MOST:
            self.clear()
        factors = tuple(self.make(*key))
        found = self[key] = Part(factors, self.scale.sum(factors))
        return found


class Scale(dict[Maker, Parts]):
    """Weights, and the parts that have been weighed with them, of whatever post."""

    def __init__(self, weights: Mapping[Factor, float]) -> None:
        self.weights = weights

    def __missing__(self, make: Maker) -> Parts:
        found = self[make] = Parts(make, self)
        return found

    def sum(self, factors: Iterable[Factor]) -> float:
        known = self.weights
        return sum([known[factor] for factor in factors if factor in known])


class Weighing:
    """One kind of decision: its lexicon of weights, and who looks on."""

    def __init__(self, lexicon: str) -> None:
        self.lexicon = lexicon
        self._in_use: ContextVar[Scale | None] = ContextVar(lexicon, default=None)
        self._watch: ContextVar[Watch | None] = ContextVar(f"{lexicon}.watch", default=None)

    def scale(self) -> Scale:
        """The weights in force."""
        other = self._in_use.get()
        return shipped(self.lexicon) if other is None else other

    def weighing(self, other: Mapping[Factor, float]) -> AbstractContextManager[None]:
        """Use other weights inside the block."""
        return held(self._in_use, Scale(other))

    def watched(self, watch: Watch) -> AbstractContextManager[None]:
        """Show every decision inside the block to ``watch``, which may take another."""
        return held(self._watch, watch)

    def chosen(self, *seen: Any, best: int) -> int:
        """The place of the candidate that is taken: ``best``, unless who looks on takes another."""
        watch = self._watch.get()
        return best if watch is None else watch(*seen, best)


@cached
def shipped(lexicon: str) -> Scale:
    """The weights of a lexicon; those of a user's own file replace ours."""
    found: dict[Factor, float] = {}
    for row in lexicon_rows(lexicon):
        try:
            found[tuple(row["factor"].split(SEPARATOR))] = float(row["weight"])
        except ValueError:
            raise row.error(f"the weight {row['weight']!r} is no number") from None
    return Scale(found)


def step(count: int, *steps: int) -> str:
    """The first of the steps that a count does not exceed, with a plus beyond the last."""
    for one in steps:
        if count <= one:
            return str(one)
    return f"{steps[-1]}+"


ATTACHMENT = Weighing("attachment")
"""Which metric a value has. Its watch sees the ``Value``, its ``Offer``s with their factors, the place of the best."""
SALIENCE = Weighing("salience")
"""Whose a value is. Its watch sees the ``Question``, its candidates with their parts, the place of the best."""
