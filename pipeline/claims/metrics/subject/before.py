"""What the values before say of a candidate: of whom they were told, and what has ended since."""

from collections.abc import Iterator

from pipeline.claims.metrics import things
from pipeline.claims.metrics.subject.question import Question
from pipeline.claims.scales import Factor, Part

REACH = 2000  # characters beyond which a post's words do not matter any more
RECENT = 4  # values before within which a subject still counts as told of


def by_told(asked: Question, name: str, sort: str, heading: int) -> Part:
    """What the values before say of a candidate; ``heading`` is where the value's last heading stands."""
    last, scale = asked.told[-1], asked.discourse.scale
    of_metric = asked.told_of_metric == name
    if last.subject.name != name:
        return scale[earlier][any(one.subject.name == name for one in asked.told[-RECENT:]), of_metric]
    back = asked.sentence - last.sentence
    near = "clause" if last.start >= asked.clause.start else "sentence" if not back else "before"
    near = "section" if last.start < heading else near if back < 2 else "far"
    same = last.metric == asked.found.metric.predicate
    return scale[of_last][near, same, last.of == asked.metric.of, of_metric, asked.of, sort]


def of_last(near: str, same: bool, alike: bool, of_metric: bool, of: str, sort: str) -> Iterator[Factor]:
    """Whom the last value was told of, which may have been of the ``same`` metric, or of one ``alike``."""
    yield "told", near, sort
    yield "told metric", near, str(same), sort
    yield "told of", of
    yield "told sort of", sort, of
    yield "told kind", str(alike)
    if of_metric:
        yield ("told of metric",)


def earlier(recent: bool, of_metric: bool) -> Iterator[Factor]:
    if recent:
        yield ("told earlier",)
    if of_metric:
        yield ("told of metric",)


def since(asked: Question, start: int) -> str:
    """What the text has ended between a value before and this one: a paragraph, a line, an item, a sentence."""
    between = asked.reading.folded[max(start, asked.amount.start - REACH) : asked.amount.start]
    if "\n" in between:
        return "paragraph" if "\n\n" in between else "line"
    return "item" if not things.SEMICOLONS.isdisjoint(between) else "sentence" if "。" in between else "nothing"
