"""A page of no known skin, read by its shape.

Posts are elements that look alike, hold a time each, and words that are not mostly links.
"""

from collections import defaultdict

from pipeline.clean import shape
from pipeline.clean.containers import grown, own_number
from pipeline.clean.draft import Draft
from pipeline.clean.facts import Facts, author_of, floor_of, own_text
from pipeline.clean.index import Index
from pipeline.clean.markers import Markers
from pipeline.clean.render import body
from pipeline.clean.times import absolute, when
from pipeline.clean.tree import Element, classes, plain, small

CLIMB = 6
STAMPS = 2000
SHORTEST = 2
LONGEST_NAME = 20
LONGEST_LABEL = 8
LABELS = 4
LEAST, FEWEST = 40, 12  # letters of a post, its head included, and of one that names its floor
SKIPPED = ("script", "style", "head", "noscript", "title")


def drafts(index: Index, facts: Facts, marks: Markers, explain: bool) -> list[Draft]:
    """The posts of a page, or none."""
    found = alike(index, facts, marks)
    around = grown([node for node, _ in found])
    return [
        draft(node, stamp, whole, facts, marks, explain) for (node, stamp), whole in zip(found, around, strict=True)
    ]


def stamps(index: Index, facts: Facts, marks: Markers) -> list[Element]:
    """The elements that give a time in few words."""
    found = []
    for node in index.root.iter():
        words = node.text or ""
        if not words.strip() and 0 < len(node) <= LABELS:
            words = own_text(node)  # a time that stands behind counts or a button
        if node.tag not in SKIPPED and 4 <= len(words) <= 80 and when(words, facts.clock, marks):
            found.append(node)
            if len(found) == STAMPS:
                break
    return found


def alike(index: Index, facts: Facts, marks: Markers) -> list[tuple[Element, Element]]:
    """The elements that hold a post each, with the element that gives its time."""
    groups: dict[tuple[int, str, str], dict[Element, Element]] = defaultdict(dict)
    levels: dict[tuple[int, str], dict[Element, Element]] = defaultdict(dict)
    for stamp in stamps(index, facts, marks):
        node: Element | None = stamp.getparent()
        for level in range(CLIMB):
            if node is None or node.tag in ("body", "html"):
                break
            levels[level, str(node.tag)].setdefault(node, stamp)
            groups[level, str(node.tag), " ".join(sorted(classes(node))[:3])].setdefault(node, stamp)
            node = node.getparent()
    best: list[tuple[Element, Element]] = []
    most = 0
    for (level, tag, names), members in groups.items():
        if len(members) < SHORTEST or not names:
            continue
        words = [own_words(node) for node in members]
        total, linked = (sum(lengths) for lengths in zip(*words, strict=True))
        own = total - linked
        if own <= max(most, FEWEST * len(members)) or linked * 2 >= total:
            continue
        if own > LEAST * len(members) or all(floor_label(node, marks) is not None for node in members):
            most, best = own, kindred(members, levels[level, tag], set(names.split()))
    return best


def kindred(
    members: dict[Element, Element], others: dict[Element, Element], names: set[str]
) -> list[tuple[Element, Element]]:
    """The members and those beside them that have a class of theirs: a first post often has one more."""
    holders = {node.getparent() for node in members}
    return [
        (node, stamp)
        for node, stamp in others.items()
        if node in members or (node.getparent() in holders and not names.isdisjoint(classes(node)))
    ]


def own_words(node: Element) -> tuple[int, int]:
    """How much text an element holds, and how much of it is links."""
    return len(plain(node)), sum(len(plain(link)) for link in node.iter("a"))


def draft(node: Element, stamp: Element, whole: Element, facts: Facts, marks: Markers, explain: bool) -> Draft:
    """The post that an element holds; its author may stand beside it, in the ``whole``."""
    message = shape.message_below(node, stamp, marks)
    words = body(message, marks, explain)
    return Draft(
        body=words,
        pid=own_number(node, marks),
        author=author_of(node, marks) or author_of(whole, marks) or named_above(node, stamp, marks),
        posted_at=absolute((stamp.get("title") or "")[:100], facts.clock.zone)
        or when(own_text(stamp), facts.clock, marks),
        floor=shape.floor_above(node, message, marks) or floor_label(node, marks),
    )


def floor_label(node: Element, marks: Markers) -> int | None:
    """The floor that the first short label in a post names."""
    for one in node.iter("span", "em", "strong", "a", "b", "sup", "i"):
        if small(one):
            label = plain(one)
            if 0 < len(label) <= LONGEST_LABEL and not label.isdigit():
                floor = floor_of(label, marks)
                if floor is not None:
                    return floor
    return None


def named_above(node: Element, stamp: Element, marks: Markers) -> str:
    """The first short words above a post's time that are neither a floor nor a number: its author, as heads go."""
    for one in node.iter("a", "h2", "h3", "h4", "h5", "strong", "b", "span", "div", "p"):
        if one is stamp:
            break
        label = own_text(one)
        if 0 < len(label) <= LONGEST_NAME and not label.isdigit() and floor_of(label, marks) is None:
            return label
    return ""
