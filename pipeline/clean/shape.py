"""Which part of a post holds its words, where no name tells: by its size, beside the time of the post."""

from itertools import islice

from pipeline.clean.facts import floor_of, own_text
from pipeline.clean.markers import Markers
from pipeline.clean.render import is_quote, removed
from pipeline.clean.times import Clock, when
from pipeline.clean.tree import Element, plain, small
from pipeline.clean.writing import BLOCKS, CELLS

CLIMB = 6
MANY = 300
LONGEST_LABEL = 8
PARTS = 4
LEAST = 2  # letters
LABEL = 6  # letters of a heading such as 引用:


def message(node: Element, clock: Clock, marks: Markers) -> Element | None:
    """The element of a post's words below the element that holds it; None where the post tells no time."""
    for one in islice(node.iter(), MANY):
        if when(own_text(one), clock, marks):
            return message_below(node, one, marks)
    return None


def message_below(node: Element, stamp: Element, marks: Markers) -> Element:
    """The part of a post that holds its words: below its time and nearest to it, else the largest one without the time;
    as deep as it holds most of them.
    """
    largest = following(node, stamp)
    if largest is None:
        largest = beside(node, stamp)
    for _ in range(CLIMB):
        inner = max(largest, key=lambda part: len(plain(part)), default=None)
        if (
            inner is None
            or inner.tag in ("p", "br", "li", "tr", "font", "strong", "b", "span", "a")
            or len(plain(inner)) * 10 < len(plain(largest)) * 8
            or removed(inner, marks)
            or quoted(inner, marks)
        ):
            break
        largest = inner
    return largest


def floor_above(node: Element, message: Element | None, marks: Markers) -> int | None:
    """The first floor anywhere above a post's words, for skins with heads of their own."""
    named = None
    for one in node.iter():
        if one is message:
            break
        label = plain(one) if small(one, PARTS) else own_text(one)  # <em>5</em><sup>#</sup>
        if 0 < len(label) <= LONGEST_LABEL and not label.isdigit() and (floor := floor_of(label, marks)) is not None:
            if floor > 1:
                return floor
            named = floor  # 楼主 may also say that the thread's author wrote a reply
    return named


def quoted(part: Element, marks: Markers) -> bool:
    """Whether a part is a quote, or holds one and hardly a word of its own."""
    if is_quote(part, marks):
        return True
    size = len(plain(part))
    return any(size - len(plain(one)) <= LABEL and is_quote(one, marks) for one in part.iter("blockquote"))


def following(node: Element, stamp: Element) -> Element | None:
    """The largest part below a post's time, of those nearest to it that hold words and not links alone."""
    one: Element | None = stamp
    while one is not None and one is not node:
        parts = [part for part in islice(one.itersiblings(), MANY) if part.tag in BLOCKS or part.tag in CELLS]
        parts = [part for part in parts if words(part) >= LEAST]
        if parts:
            return max(parts, key=words)
        one = one.getparent()
    return None


def beside(node: Element, stamp: Element) -> Element:
    """The largest part of a post without its time; the post itself where it has no parts."""
    above = {node}
    one: Element | None = stamp
    while one is not None and one is not node:
        above.add(one)
        one = one.getparent()
    parts = [child for holder in above for child in holder if child not in above and isinstance(child.tag, str)]
    return max(parts, key=lambda part: len(plain(part)), default=node)


def words(part: Element) -> int:
    """How many letters and digits an element holds outside of links."""
    linked = sum(letters(plain(link)) for link in part.iter("a"))
    return letters(plain(part)) - linked


def letters(text: str) -> int:
    return sum(map(str.isalnum, text))
