"""Fit the weights of ``salience.csv`` to gold posts: ``taojin fit``.

Each value whose subject the gold knows is a choice among candidates; the weights maximize the likelihood of the right
ones (a conditional log-linear model with a quadratic penalty). Of whom the values before were told is a factor, too,
and is taken from the gold. How good the weights are on posts that they have not seen is told by reading each post
again with weights that were fitted to the others, and with what these decide of the values before.
"""

import csv
import io
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.claims.metrics.subject import Question, watched
from pipeline.claims.metrics.subject.factors import Rated
from pipeline.claims.metrics.subject.parts import Factor
from pipeline.claims.metrics.subject.weights import HEADER, SEPARATOR, weighing
from pipeline.evaluate.gold import GoldPost, Item
from pipeline.evaluate.matching import Names, accepts, same_value
from pipeline.extractor import Extractor
from pipeline.run.files import put, writing
from pipeline.run.library import records
from pipeline.settings import Settings
from pipeline.table.check import plain

FOLDS = 8
PENALTY = 3.0
RAREST = 4  # candidates that a factor must have had to get a weight
STEPS = 150

Weights = dict[Factor, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """The factors of each candidate of a value, and which of them are right."""

    post_id: str
    factors: list[list[Factor]]
    right: list[bool]
    chosen: int


@dataclass(frozen=True, slots=True)
class Fit:
    """The weights; ``choices`` values, of which ``right`` were resolved right by weights of other posts."""

    weights: Weights
    choices: int
    right: int


def fit(posts: Sequence[GoldPost], settings: Settings) -> Fit:
    extractor = Extractor(settings)
    choices = read(extractor, settings, posts, None)
    others = [fitted([c for c in choices if fold(c.post_id) != at]) for at in range(FOLDS)]
    unseen = read(extractor, settings, posts, others)
    right = sum(choice.right[choice.chosen] for choice in unseen)
    return Fit(fitted(choices), len(unseen), right)


def fold(post_id: str) -> int:
    return zlib.crc32(post_id.encode()) % FOLDS


def read(
    extractor: Extractor, settings: Settings, posts: Sequence[GoldPost], others: Sequence[Weights] | None
) -> list[Choice]:
    """The choices of posts, read with the weights of their fold, or where there are none with what the gold says."""
    names, made = Names(posts), list[Choice]()
    for post in posts:
        wanted = [item for item in post.items if item.kind == "claim" and item.label == "metric"]

        def watch(
            asked: Question, pairs: list[Rated], best: int, post: GoldPost = post, wanted: list[Item] = wanted
        ) -> int:
            right = answers(asked, pairs, wanted, names)
            if right is None or not any(right):
                return best
            factors = [[factor for part in parts for factor in part.factors] for _, parts in pairs]
            made.append(Choice(post.post_id, factors, right, best))
            return best if others is not None else right.index(True)

        weights: Weights = others[fold(post.post_id)] if others is not None else {}
        with weighing(weights), watched(watch):
            for record in records([dict(post.fields)], settings):
                extractor.extract(record)
    return made


def answers(asked: Question, pairs: list[Rated], wanted: list[Item], names: Names) -> list[bool] | None:
    """Which candidates the gold has as subject of a value, nobody where it has no claim of it; None for trends."""
    amount, text = asked.amount, asked.reading.text
    if amount.start == amount.end:
        return None
    row = {"value_min": plain(amount.value_min), "value_max": plain(amount.value_max), "unit": amount.unit}
    same = [item for item in wanted if same_value(item, row)]
    if not same:
        return [one.kind == "nobody" for one, _ in pairs]
    written = text[amount.start : amount.end]
    same = [item for item in same if written in item.one("sentence")] or same
    predicate = asked.found.metric.predicate
    same = [item for item in same if accepts(item.wanted.get("predicate", ()), predicate, loose=True)] or same
    subjects = [names.with_others(item.wanted.get("subject", ())) for item in same]
    return [bool(one.name) and any(accepts(known, one.name) for known in subjects if known) for one, _ in pairs]


def fitted(choices: Sequence[Choice]) -> Weights:
    """The weights that make the right candidates likeliest."""
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


def write(weights: Mapping[Factor, float], path: Path) -> None:
    """Write a lexicon of weights, without the factors that count nothing."""
    rows = [(SEPARATOR.join(key), f"{weights[key]:.2f}") for key in sorted(weights)]
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(HEADER.split(","))
    out.writerows((factor, weight) for factor, weight in rows if float(weight))
    with writing(path):
        put(path, text.getvalue().encode())
