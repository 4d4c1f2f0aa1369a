"""What the values before say of a candidate: of whom they were told, and what has ended since."""

from collections.abc import Iterator

from pipeline.claims.metrics import things
from pipeline.claims.metrics.subject.parts import Factor
from pipeline.claims.metrics.subject.question import Question

REACH = 2000  # characters beyond which a post's words do not matter any more
RECENT = 4  # values before within which a subject still counts as told of


def by_told(asked: Question, name: str, sort: str, heading: int) -> Iterator[Factor]:
    """What the values before say of a candidate; ``heading`` is where the value's last heading stands."""
    last = asked.told[-1]
    if last.subject.name == name:
        back = asked.sentence - last.sentence
        near = "clause" if last.start >= asked.clause.start else "sentence" if not back else "before"
        near = "section" if last.start < heading else near if back < 2 else "far"
        yield "told", near, sort
        yield "told metric", near, str(last.metric == asked.found.metric.predicate), sort
        yield "told of", asked.of
        yield "told sort of", sort, asked.of
        yield "told kind", str(last.of == asked.metric.of)
    elif any(one.subject.name == name for one in asked.told[-RECENT:]):
        yield ("told earlier",)
    if asked.told_of_metric == name:
        yield ("told of metric",)


def since(asked: Question, start: int) -> str:
    """What the text has ended between a value before and this one: a paragraph, a line, an item, a sentence."""
    between = asked.reading.folded[max(start, asked.amount.start - REACH) : asked.amount.start]
    if "\n" in between:
        return "paragraph" if "\n\n" in between else "line"
    return "item" if not things.SEMICOLONS.isdisjoint(between) else "sentence" if "。" in between else "nothing"
