"""Fit the weights of ``attachment.csv`` and ``salience.csv`` to gold posts: ``taojin fit``.

Each value whose metric, or whose subject, the gold knows is a choice among candidates (``model``). What has been told
before is a factor, too, and is taken from the gold. How good the weights are on posts that they have not seen is told
by reading each post again with weights that were fitted to the others, and with what these decide of the values before.
"""

import csv
import io
import zlib
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.claims.metrics.attachment.offers import Offer
from pipeline.claims.metrics.attachment.value import Value
from pipeline.claims.metrics.subject import Question
from pipeline.claims.metrics.subject.factors import Rated
from pipeline.claims.scales import ATTACHMENT, HEADER, SALIENCE, SEPARATOR, Factor
from pipeline.evaluate.gold import GoldPost, Item
from pipeline.evaluate.matching import Names, accepts, same_value
from pipeline.evaluate.model import Choice, Weights, fitted
from pipeline.extractor import Extractor
from pipeline.records import Mention
from pipeline.run.files import put, writing
from pipeline.run.library import records
from pipeline.settings import Settings
from pipeline.table.check import plain

FOLDS = 8
METRICS, SUBJECTS = ATTACHMENT.lexicon, SALIENCE.lexicon
"""The lexicons that are fitted: which metric a value has, and whose it is."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The weights; ``choices`` values, of which ``right`` were decided right by weights of other posts."""

    weights: Weights
    choices: int
    right: int


def fit(posts: Sequence[GoldPost], settings: Settings) -> dict[str, Fit]:
    """The weights of each lexicon. Those of subjects are fitted to what has really been decided before: a subject that
    is wrong is told of again, and a metric that is often wrong is no reason to name a subject."""
    extractor = Extractor(settings)
    told = read(extractor, settings, posts, {})
    metrics = folds(told[METRICS])
    found = read(extractor, settings, posts, {METRICS: metrics})
    found = read(extractor, settings, posts, {METRICS: metrics, SUBJECTS: folds(found[SUBJECTS])})
    unseen = read(extractor, settings, posts, {METRICS: metrics, SUBJECTS: folds(found[SUBJECTS])})
    choices = {METRICS: told[METRICS], SUBJECTS: found[SUBJECTS]}
    return {
        name: Fit(fitted(choices[name]), len(made), sum(choice.right[choice.chosen] for choice in made))
        for name, made in unseen.items()
    }


def folds(choices: Sequence[Choice]) -> list[Weights]:
    """For each fold weights that are fitted to the choices of the others."""
    return [fitted([choice for choice in choices if fold(choice.post_id) != at]) for at in range(FOLDS)]


def fold(post_id: str) -> int:
    return zlib.crc32(post_id.encode()) % FOLDS


def read(
    extractor: Extractor, settings: Settings, posts: Sequence[GoldPost], weights: Mapping[str, Sequence[Weights]]
) -> dict[str, list[Choice]]:
    """The choices of posts: decided with the weights of a post's fold, where a lexicon has none by the gold."""
    names = Names(posts)
    made: dict[str, list[Choice]] = {METRICS: [], SUBJECTS: []}
    for post in posts:
        own = {name: of_folds[fold(post.post_id)] for name, of_folds in weights.items()}
        watcher = Watcher(post, names, own, made)
        with ExitStack() as stack:
            stack.enter_context(ATTACHMENT.weighing(own.get(METRICS, {})))
            stack.enter_context(ATTACHMENT.watched(watcher.metric))
            stack.enter_context(SALIENCE.weighing(own.get(SUBJECTS, {})))
            stack.enter_context(SALIENCE.watched(watcher.subject))
            for record in records([dict(post.fields)], settings):
                extractor.extract(record)
    return made


@dataclass
class Watcher:
    """Keeps the decisions about a post's values; the gold makes those of lexicons without weights where it knows."""

    post: GoldPost
    names: Names
    weights: Mapping[str, Weights]
    made: dict[str, list[Choice]]
    wanted: list[Item] = field(init=False)

    def __post_init__(self) -> None:
        self.wanted = [item for item in self.post.items if item.kind == "claim" and item.label == "metric"]

    def metric(self, value: Value, offered: list[Offer], factors: list[list[Factor]], best: int) -> int:
        same = self.same(value.amount, value.reading.text)
        right = [one.link is None for one in offered]
        if same:
            right = [one.link is not None and of_metric(same, one.link.metric.predicate) != [] for one in offered]
        return self.keep(METRICS, factors, right, best)

    def subject(self, asked: Question, pairs: list[Rated], best: int) -> int:
        if asked.amount.start == asked.amount.end:
            return best  # a trend
        same = self.same(asked.amount, asked.reading.text)
        right = [one.kind == "nobody" for one, _ in pairs]
        if same:
            same = of_metric(same, asked.found.metric.predicate) or same
            subjects = [self.names.with_others(item.wanted.get("subject", ())) for item in same]
            right = [
                bool(one.name) and any(accepts(known, one.name) for known in subjects if known) for one, _ in pairs
            ]
        return self.keep(SUBJECTS, [[f for part in parts for f in part.factors] for _, parts in pairs], right, best)

    def same(self, amount: Mention, text: str) -> list[Item]:
        """The gold's claims of a value: of those the ones whose sentence has it as written."""
        row = {"value_min": plain(amount.value_min), "value_max": plain(amount.value_max), "unit": amount.unit}
        found = [item for item in self.wanted if same_value(item, row)]
        return [item for item in found if text[amount.start : amount.end] in item.one("sentence")] or found

    def keep(self, name: str, factors: list[list[Factor]], right: list[bool], best: int) -> int:
        if not any(right):
            return best
        self.made[name].append(Choice(self.post.post_id, factors, right, best))
        return right.index(True) if name not in self.weights else best


def of_metric(items: Sequence[Item], predicate: str) -> list[Item]:
    return [item for item in items if accepts(item.wanted.get("predicate", ()), predicate, loose=True)]


def write(weights: Mapping[Factor, float], path: Path) -> None:
    """Write a lexicon of weights, without the factors that count nothing."""
    rows = [(SEPARATOR.join(key), f"{weights[key]:.2f}") for key in sorted(weights)]
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(HEADER.split(","))
    out.writerows((factor, weight) for factor, weight in rows if float(weight))
    with writing(path):
        put(path, text.getvalue().encode())
