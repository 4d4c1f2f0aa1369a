"""Which elements of a thread page hold a post each: by their ids, else by their class, and what heads they have."""

from collections import Counter
from itertools import islice

from pipeline.clean.index import Index
from pipeline.clean.markers import Markers
from pipeline.clean.tree import Element

KINDS = ("pid", "post_")  # ids of posts with their heads, the surest first
MESSAGE = "postmessage_"
LEVELS = 12
HEADS = 8


def containers(index: Index, marks: Markers) -> list[tuple[str, Element]]:
    """The elements that hold a post each, with its number, in the page's order."""
    found = {kind: numbered(index, kind) for kind in KINDS}
    if found["post_"] and not any(spoken(index, node, marks) for _, node in found["pid"]):
        return found["post_"]  # a mobile=1 page of X3: the number is the head's
    if found["pid"]:
        return found["pid"]
    messages = numbered(index, MESSAGE)
    for name in marks.html["post_classes"]:
        nodes = [node for node in index.by_class(name) if not node.get("id") and header(index, node, marks)]
        if len(nodes) > len(messages):  # touch pages have messages of polls, rewards and prices alone
            return [(own_number(node, marks), around) for node, around in zip(nodes, grown(nodes), strict=True)]
    return [(pid, node) for (pid, _), node in zip(messages, grown([one for _, one in messages]), strict=True)]


def spoken(index: Index, node: Element, marks: Markers) -> bool:
    """Whether an element holds a post's words, and not its head alone."""
    if index.by_stem(MESSAGE, node):
        return True
    return next(index.by_classes(marks.html["message_classes"], node), None) is not None


def numbered(index: Index, kind: str) -> list[tuple[str, Element]]:
    """The elements whose id is of a kind, with their numbers, each number once."""
    found: dict[str, Element] = {}
    for label, node in index.by_stem(kind):
        number = label[len(kind) :]
        if kind == "pid":
            found.pop(number, None)  # a recommended reply stands above the thread and in its place
        if number.isdecimal():
            found.setdefault(number, node)
    return list(found.items())


def own_number(node: Element, marks: Markers) -> str:
    """The number of a post whose element has no id, from its button or its link for replies; empty without one."""
    own = marks.patterns["own_number"]
    for one in node.iter("div", "a"):
        for value in (one.get("id"), one.get("href")):
            if value and (match := own.search(value)):
                return match[1]
    return ""


def grown(nodes: list[Element]) -> list[Element]:
    """The largest element around each node that holds none of the others: their heads may stand beside them."""
    lines = []
    for node in nodes:
        line = [node]
        above = node.getparent()
        while above is not None and above.tag not in ("body", "html") and len(line) <= LEVELS:
            line.append(above)
            above = above.getparent()
        lines.append(line)
    held = Counter(one for line in lines for one in line)
    return [[one for one in line if held[one] == 1 or one is line[0]][-1] for line in lines]


def header(index: Index, node: Element, marks: Markers) -> list[Element]:
    """The elements at the head of a post that may name author, floor and time, the likeliest first."""
    return list(islice(index.by_classes(marks.html["author_classes"], node), HEADS))
