"""The metric lexicon, direction verbs and cues, compiled once."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.lexicons import lexicon_rows, lexicon_table
from pipeline.lexicons.matcher import Matcher


@dataclass(frozen=True, slots=True)
class Metric:
    """One line of ``metrics.csv``.

    ``takes`` are the kinds of value it has: ``money``, ``rate`` (a percentage as a level), ``multiple``,
    ``count`` (a quantity), ``change`` (given as the change in percent), ``change_up`` and ``change_down`` (the
    name says the direction), ``index``, ``forecast`` (a forecast of another metric). ``role`` is ``noun`` or
    ``verb``; ``good`` the direction that is good news; ``of`` what has the metric where that is no company:
    ``gpe`` (an economy), ``goods``.
    """

    name: str
    takes: frozenset[str]
    role: str
    good: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Direction:
    """``up``, ``down`` or ``flat``; ``strength`` is ``change``, ``level``, ``ratio``, ``compare`` or ``trend``."""

    direction: str
    strength: str


@cache
def metrics(user: str = "") -> Matcher[Metric]:
    """Every surface of every metric, case folded."""
    surfaces: dict[str, Metric] = {}
    for row in lexicon_rows("metrics", user):
        metric = Metric(row["metric"], frozenset(row.items("takes")), row["role"], row["good"], row["of"])
        for surface in (row["metric"], *row.items("surfaces")):
            if row["role"] == "noun" or surface != row["metric"]:
                surfaces.setdefault(surface.casefold(), metric)
    return Matcher(surfaces)


@cache
def directions(user: str = "") -> Matcher[Direction]:
    rows = lexicon_rows("directions", user)
    return Matcher({row["cue"]: Direction(row["direction"], row["strength"]) for row in rows})


@cache
def cues(user: str = "") -> dict[str, Any]:
    return {name: frozenset(words) for name, words in lexicon_table("metric_cues", user).items()}


@cache
def cue_matcher(name: str, user: str = "") -> Matcher[str]:
    """The words of one cue list, matched to themselves."""
    return Matcher({word: word for word in lexicon_table("metric_cues", user)[name]})


@cache
def gap_matcher(user: str = "") -> Matcher[str]:
    """What may stand between a metric and its value: connectors, directions, comparisons."""
    table = lexicon_table("metric_cues", user)
    words = {
        word: word
        for name in ("connectors", "targets", "yoy", "qoq", "mom", "previous", "bases", "pronouns")
        for word in table[name]
    }
    words |= {row["cue"]: row["cue"] for row in lexicon_rows("directions", user)}
    return Matcher(words)
