"""Whose a value is: every name and noun around it is weighed by its salience, and the heaviest is the subject.

``candidates`` says who it can be, ``factors`` what speaks for or against each (its place, its part in the clause, what
kind of thing has such a metric, of whom the values before were told), ``weights`` how much that counts. The weights are
data (``lexicons/salience.csv``), fitted to annotated posts. What a rule can tell for sure stands in ``stated``.
"""

from collections.abc import Sequence
from math import exp

from pipeline.claims.metrics.fitting import Link
from pipeline.claims.metrics.subject.candidates import Candidate, candidates
from pipeline.claims.metrics.subject.discourse import NOBODY, Discourse, Subject
from pipeline.claims.metrics.subject.factors import Rated, rated
from pipeline.claims.metrics.subject.question import Question
from pipeline.claims.metrics.subject.stated import stated
from pipeline.claims.metrics.subject.words import SAID
from pipeline.claims.reading import Clause
from pipeline.claims.scales import SALIENCE
from pipeline.records import Mention

__all__ = ["Discourse", "Question", "Subject", "heaviest", "resolve", "saliences", "shares"]

LEAST = 0.42
"""Probability below which a subject is a guess, and the value has none."""


def resolve(discourse: Discourse, amount: Mention, clause: Clause, found: Link) -> Subject:
    """Whose the value is; empty where it is nobody's."""
    asked = Question(discourse, amount, clause, found)
    certain = stated(asked)
    if certain is not None:
        return certain
    pairs = rated(asked, candidates(asked))
    best, share = likeliest(pairs)
    chosen = SALIENCE.chosen(asked, pairs, best=best)
    return NOBODY if chosen == best and share < LEAST else subject(asked, pairs[chosen][0])


def likeliest(pairs: Sequence[Rated]) -> tuple[int, float]:
    """The place of the heaviest candidate of the likeliest name, and how likely that is."""
    scores = saliences(pairs)
    names = [one.name for one, _ in pairs]
    found = shares(names, scores)
    name = max(found, key=found.__getitem__)
    return heaviest(names, scores, name), found[name]


def saliences(pairs: Sequence[Rated]) -> list[float]:
    """The sum of the weights of each candidate."""
    return [sum([part.weight for part in parts]) for _, parts in pairs]


def heaviest(names: Sequence[str], scores: Sequence[float], name: str) -> int:
    """The place of a name's candidate of most weight."""
    return max((at for at, one in enumerate(names) if one == name), key=scores.__getitem__)


def shares(names: Sequence[str], scores: Sequence[float]) -> dict[str, float]:
    """How likely each name is, by the scores of its candidates: all places of a name count."""
    most = max(scores)
    masses: dict[str, float] = {}
    for name, each in zip(names, scores, strict=True):
        masses[name] = masses.get(name, 0.0) + exp(each - most)
    whole = sum(masses.values())
    return {name: mass / whole for name, mass in masses.items()}


def subject(asked: Question, chosen: Candidate) -> Subject:
    inside = asked.clause.start <= chosen.start < asked.clause.end or chosen.kind in SAID
    if chosen.kind in ("poster", "firm", "person"):
        inside = chosen.name in asked.reading.text[asked.clause.start : asked.anchor]
    return Subject(chosen.name, chosen.mention, bool(chosen.name) and not inside, chosen.kind == "title")
