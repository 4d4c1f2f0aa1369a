"""How much each factor counts: ``lexicons/salience.csv``, fitted to annotated posts by ``taojin fit``."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from contextvars import ContextVar

from pipeline.claims.metrics.subject.parts import Factor, Scale
from pipeline.held import held
from pipeline.lexicons import cached, lexicon_rows

HEADER = "factor,weight"
SEPARATOR = "|"

_in_use: ContextVar[Scale | None] = ContextVar("scale", default=None)


@cached
def shipped() -> Scale:
    """The weights of the lexicon; those of a user's own file replace ours."""
    found: dict[Factor, float] = {}
    for row in lexicon_rows("salience"):
        try:
            found[tuple(row["factor"].split(SEPARATOR))] = float(row["weight"])
        except ValueError:
            raise row.error(f"the weight {row['weight']!r} is no number") from None
    return Scale(found)


def scale() -> Scale:
    """The weights in force."""
    other = _in_use.get()
    return shipped() if other is None else other


def weighing(other: Mapping[Factor, float]) -> AbstractContextManager[None]:
    """Use other weights inside the block."""
    return held(_in_use, Scale(other))
