"""The claim rules by name, in the order in which they run."""

from collections.abc import Callable, Iterable

from pipeline.claims.events import find_events
from pipeline.claims.metrics import find_metrics
from pipeline.claims.reading import Reading
from pipeline.claims.statements import find_statements
from pipeline.records import Claim

FINDERS: dict[str, Callable[[Reading], list[Claim]]] = {
    "metrics": find_metrics,
    "statements": find_statements,
    "events": find_events,
}


def in_order(claims: Iterable[Claim]) -> list[Claim]:
    """Claims in the order of their places."""
    return sorted(claims, key=lambda c: (c.start, c.end, c.label, c.rule))


def find_claims(reading: Reading) -> list[Claim]:
    """All claims of a post, in the order of their places."""
    return in_order(claim for find in FINDERS.values() for claim in find(reading))
