"""Which part of a post holds its words, where no name tells: by its size, beside the time of the post."""

from itertools import islice

from pipeline.clean.facts import own_text
from pipeline.clean.markers import Markers
from pipeline.clean.render import is_quote, removed
from pipeline.clean.times import Clock, when
from pipeline.clean.tree import Element, plain

CLIMB = 6
MANY = 300


def message(node: Element, clock: Clock, marks: Markers) -> Element | None:
    """The element of a post's words below the element that holds it; None where the post tells no time."""
    for one in islice(node.iter(), MANY):
        if when(own_text(one), clock, marks):
            return message_below(node, one, marks)
    return None


def message_below(node: Element, stamp: Element, marks: Markers) -> Element:
    """The part of a post that holds its words: the largest one without the time, as deep as it holds most of them."""
    above = {node}
    one: Element | None = stamp
    while one is not None and one is not node:
        above.add(one)
        one = one.getparent()
    parts = [child for holder in above for child in holder if child not in above and isinstance(child.tag, str)]
    largest = max(parts, key=lambda part: len(plain(part)), default=node)
    for _ in range(CLIMB):
        inner = max(largest, key=lambda part: len(plain(part)), default=None)
        if (
            inner is None
            or inner.tag in ("p", "br", "li", "tr", "font", "strong", "b", "span", "a")
            or len(plain(inner)) * 10 < len(plain(largest)) * 8
            or removed(inner, marks)
            or is_quote(inner, marks)
        ):
            break
        largest = inner
    return largest
