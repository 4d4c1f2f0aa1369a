"""Weights of a decision: a lexicon of factors and how much each counts, fitted to annotated posts by ``taojin fit``."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from contextvars import ContextVar
from typing import Any, Generic, TypeVar

from pipeline.held import held
from pipeline.lexicons import cached, lexicon_rows

Factor = tuple[str, ...]
"""What speaks for or against a candidate: a family's name, then what it says; the key of a weight."""

HEADER = "factor,weight"
SEPARATOR = "|"

W = TypeVar("W", bound=Callable[..., int])


class Scale(Generic[W]):
    """One kind of decision: the lexicon of its weights, and who looks on.

    What looks on sees a decision's candidates with the place of the heaviest, and gives the place of the chosen.
    """

    def __init__(self, lexicon: str) -> None:
        self.lexicon = lexicon
        self._in_use: ContextVar[Mapping[Factor, float] | None] = ContextVar(lexicon, default=None)
        self._watch: ContextVar[W | None] = ContextVar(f"{lexicon}.watch", default=None)

    def weights(self) -> Mapping[Factor, float]:
        other = self._in_use.get()
        return shipped(self.lexicon) if other is None else other

    def weighing(self, other: Mapping[Factor, float]) -> AbstractContextManager[None]:
        """Use other weights inside the block."""
        return held(self._in_use, other)

    def watched(self, watch: W) -> AbstractContextManager[None]:
        """Show every decision inside the block to ``watch``, which may take another."""
        return held(self._watch, watch)

    def chosen(self, *seen: Any, best: int) -> int:
        """The place of the candidate that is taken: ``best``, unless who looks on takes another."""
        watch = self._watch.get()
        return best if watch is None else watch(*seen, best)

    def sums(self, candidates: Iterable[Iterable[Factor]]) -> list[float]:
        """The weight of each candidate."""
        weights = self.weights()
        return [sum([weights[factor] for factor in factors if factor in weights]) for factors in candidates]


@cached
def shipped(lexicon: str) -> dict[Factor, float]:
    """The weights of a lexicon; those of a user's own file replace ours."""
    found: dict[Factor, float] = {}
    for row in lexicon_rows(lexicon):
        try:
            found[tuple(row["factor"].split(SEPARATOR))] = float(row["weight"])
        except ValueError:
            raise row.error(f"the weight {row['weight']!r} is no number") from None
    return found
