"""How surely a proposition is stated: cues, their scopes, and what is attributed to others.

After ConText and NegEx (Chapman et al.), adapted to Chinese: the strongest cue whose scope holds the proposition
decides. Cues stand in ``certainty.toml``; attributions come from the frames of reported speech.
"""

from pipeline.claims.certainty.carried import carried, covering
from pipeline.claims.certainty.lexicon import strongest
from pipeline.claims.certainty.scopes import NOT_YET, holds, in_brackets, scopes
from pipeline.claims.reading import Reading

SPEAKS = frozenset({"reported", "rumored", "denied"})  # of a verb: they hold for brackets in what it reports, too


def certainty(reading: Reading, start: int, end: int, *, claim: str = "metric", known: bool = False) -> str:
    """The certainty of the proposition at ``start:end``, by the contract's order.

    ``known`` is True for what is so already, whatever is expected of it.

    ``claim`` is its label: some cues say something of events only (未收购 is denied, 尚未产生回报 is a metric of its
    own). For an event, ``start:end`` is best its trigger.
    """
    index = reading.sentence_at(start)
    found = [s.cue.certainty for s in scopes(reading, index) if holds(reading, s, start, end, claim)]
    for attribution in covering(reading, start, end):
        if attribution.kind == "self":
            continue
        if attribution.verb_class in SPEAKS or not in_brackets(reading, attribution.verb[1], start):
            found.append(attribution.verb_class)
        if attribution.kind == "statement" or attribution.verb_class == "reported":
            found.append("reported")
    if not any(name != "asserted" for name in found) and carried(reading, start) is not None:
        found.append("reported")
    return strongest([name for name in found if not known or name not in NOT_YET])


def source_of(reading: Reading, start: int, end: int) -> tuple[str, bool]:
    """Who a proposition is attributed to (canonical name where it is an entity), and whether it is carried over."""
    for attribution in reversed(covering(reading, start, end)):
        if attribution.kind == "self":
            return "", False
        if attribution.speaker:
            return attribution.speaker, attribution.inferred
    last = carried(reading, start)
    return (last.speaker, True) if last is not None else ("", False)
