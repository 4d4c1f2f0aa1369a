"""Weights that make the right candidates likeliest: a conditional log-linear model with a quadratic penalty."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.claims.scales import Factor

PENALTY = 3.0
RAREST = 8  # candidates that a factor must have had to get a weight
STEPS = 150

Weights = dict[Factor, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """The factors of each candidate, which of them are right, and which was chosen."""

    post_id: str
    factors: list[list[Factor]]
    right: list[bool]
    chosen: int


def fitted(choices: Sequence[Choice]) -> Weights:
    """The weights that make the right candidates likeliest; none where there is nothing to choose."""
    if not choices:
        return {}
    counts = Counter(key for choice in choices for keys in choice.factors for key in set(keys))
    known = {key: at for at, key in enumerate(sorted(key for key, count in counts.items() if count >= RAREST))}
    rows = [sorted({known[key] for key in keys if key in known}) for c in choices for keys in c.factors]
    right = np.array([is_right for choice in choices for is_right in choice.right])
    starts = np.cumsum([0, *(len(choice.factors) for choice in choices)])[:-1]
    model = Model(rows, right, starts, len(known))
    return dict(zip(known, map(float, model.fit()), strict=True))


class Model:
    """A choice among candidates, each with some of ``width`` factors; ``starts`` are where the choices begin."""

    def __init__(self, rows: Sequence[Sequence[int]], right: Any, starts: Any, width: int) -> None:
        self.lengths = np.array([len(row) for row in rows])
        self.columns = np.concatenate([np.array(row, dtype=np.int64) for row in rows])
        self.row = np.repeat(np.arange(len(rows)), self.lengths)
        self.right, self.starts, self.width = right, starts, width
        self.choice = np.repeat(np.arange(len(starts)), np.diff([*starts, len(rows)]))

    def gradient(self, weights: Any) -> Any:
        """Of the penalized negative log-likelihood."""
        scores = np.bincount(self.row, weights[self.columns], minlength=len(self.lengths))
        scores = np.exp(scores - np.maximum.reduceat(scores, self.starts)[self.choice])
        every = scores / np.add.reduceat(scores, self.starts)[self.choice]
        good = scores * self.right
        good = good / np.add.reduceat(good, self.starts)[self.choice].clip(1e-300)
        pull = np.bincount(self.columns, (every - good)[self.row], minlength=self.width)
        return pull + PENALTY * weights

    def fit(self) -> Any:
        """Resilient propagation: steps grow where the gradient keeps its sign and shrink where it turns."""
        weights, last = np.zeros(self.width), np.zeros(self.width)
        steps = np.full(self.width, 0.05)
        for _ in range(STEPS):
            gradient = self.gradient(weights)
            turn = np.sign(gradient * last)
            steps = np.where(turn > 0, steps * 1.2, np.where(turn < 0, steps * 0.5, steps)).clip(1e-5, 1.0)
            gradient = np.where(turn < 0, 0.0, gradient)
            weights -= np.sign(gradient) * steps
            last = gradient
        return weights
