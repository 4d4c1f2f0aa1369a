"""A Discuz thread page, desktop or touch: one element for each post, keyed on its ``pidN``.

Not on ``postmessage_N``: a thread with a price gives its body another post's number, and touch pages have none but
for polls, rewards and prices.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain, islice

from pipeline.clean import shape
from pipeline.clean.containers import header
from pipeline.clean.draft import Draft, once, status_of
from pipeline.clean.facts import TID, Facts, author_of, floor_of, own_text
from pipeline.clean.index import CLASS, ID, TITLE, Index
from pipeline.clean.markers import Markers
from pipeline.clean.render import Body, body, text
from pipeline.clean.times import absolute, when
from pipeline.clean.tree import Element, classes, find, plain, small
from pipeline.records import Quote

LONGEST_LABEL = 12
WHOLE = ("pcb", "pbody", "mes")  # classes of what holds a post's words or the notice that stands for them
LABELS = frozenset(("span", "em", "strong", "li", "sup"))  # tags of what may name a floor
STAMPED = frozenset(("li", "em", "span", "font"))  # … and of what may tell a time
MANY = 300  # parts of a head that are looked at; heads have a score of them


def opens(index: Index, draft: Draft) -> bool:
    """Whether a post opens its thread: its number links to the thread itself; a reply's to where it is found."""
    links = [one.get("href") or "" for one in index.by_id(f"postnum{draft.pid}")]
    if any(TID.search(link) for link in links):
        return not any("findpost" in link for link in links)
    return draft.floor == 1


def last_floor(index: Index, made: list[Draft]) -> int | None:
    """The highest floor, where this is the last page of a thread in its own order; it tells the replies."""
    floors = [draft.floor for draft in made]
    pages = index.by_class("pg")
    if not pages or any(index.by_class("nxt", page) for page in pages) or not all(floors):
        return None
    known = [floor for floor in floors if floor]
    return known[-1] if known == sorted(known) else None


def one_author(text: str, marks: Markers) -> bool:
    """Whether a page shows one author's posts alone, whose numbers are then no floors."""
    every, only = marks.html["show_all"], marks.html["show_author"]
    return not any(word in text for word in only) and any(word in text for word in every)


def drafts(
    index: Index, nodes: list[tuple[str, Element]], facts: Facts, marks: Markers, explain: bool
) -> Iterator[Draft]:
    """The post of each container."""
    for pid, node in nodes:
        yield draft(index, pid, node, facts, marks, explain)


def draft(index: Index, pid: str, node: Element, facts: Facts, marks: Markers, explain: bool) -> Draft:
    message = message_of(index, pid, node, marks)
    head = header(index, node, marks)
    holder = node
    if message is None and (beside := body_beside(node)) is not None:
        message, holder = message_of(index, pid, beside, marks), beside
    notices = [plain(one) for one in index.by_class("locked", holder) if belongs(one, holder)]
    withheld = "blocked" if message is None and notices else ""
    if message is None and not notices and not marks.blocked.search(plain(holder)):
        message = shape.message(node, facts.clock, marks)
    told = plain(message) if message is not None else plain(holder)[:2000]
    if message is None or (marks.blocked.match(told) and not marks.shown.search(told)):
        notices.append(told)
        found = Body(removed=[("blocked", told)] if explain else None)
    else:
        found = body(message, marks, explain)
    options = poll_options(index, holder, marks)
    if options:
        found.text = "\n".join(filter(None, (found.text, *options)))
    return Draft(
        body=found,
        pid=pid,
        author=author_in(node, head, marks),
        posted_at=time_in(index, pid, node, head, message, facts, marks) or time_above(node, message, facts, marks),
        floor=floor_in(index, pid, node, head, message, marks) or shape.floor_above(node, message, marks),
        comments=list(comments(index, pid, node, marks)),
        status=status_of(found, notices, marks) or withheld,
    )


def body_beside(node: Element) -> Element | None:
    """The element after a post's head, where mobile=1 keeps its body."""
    follower = node.getnext() if (node.get("id") or "").startswith("post_") else None
    return follower if follower is not None and not follower.get("id") else None


def message_of(index: Index, pid: str, node: Element, marks: Markers) -> Element | None:
    """The element of a post's own words."""
    for one in index.by_id(f"postmessage_{pid}", node):
        if belongs(one, node):
            return one
    if (node.get("id") or "").startswith("postmessage_"):
        return node
    for _, one in index.by_stem("postmessage_", node):
        if belongs(one, node):
            return one
    for name in marks.html["message_classes"]:
        for one in index.by_class(name, node):
            if name in WHOLE and index.by_class("locked", node):
                return None
            if belongs(one, node):
                return one
    return None


def belongs(one: Element, container: Element) -> bool:
    """Whether an element is a post's own: in no comment, and in no other post within (markup left open)."""
    for above in one.iterancestors():
        if above is container:
            break
        label = above.get(ID)
        if label and (label.startswith("comment") or (label.startswith("pid") and label[3:].isdigit())):
            return False
        names = above.get(CLASS)
        if names and "cm" in names and "cm" in names.split():
            return False
    return True


def author_in(node: Element, head: list[Element], marks: Markers) -> str:
    for one in head:
        if name := author_of(one, marks):
            return name
    linked = frozenset(marks.html["author_link_classes"])
    for one in head:
        for link in one.iter("a"):
            if not linked.isdisjoint(classes(link)) and (name := plain(link)):
                return name
    for one in head:
        label = unnumbered(own_text(one).lstrip("# "), marks)
        if label and len(label) <= 40 and not any(char.isdigit() for char in label[:4]):
            return once(label)
    return author_of(node, marks)


def unnumbered(label: str, marks: Markers) -> str:
    """An author's name without the floor that mobile=1 writes before it."""
    floor, _, name = label.partition(" ")
    return name if name and floor in marks.html["floor_names"] else label


def floor_in(
    index: Index, pid: str, node: Element, head: list[Element], message: Element | None, marks: Markers
) -> int | None:
    for one in index.by_id(f"postnum{pid}", node):
        if (floor := floor_of(plain(one), marks)) is not None:
            return floor
    named = None
    for one in head:
        for label in labels(index, one, message):
            if 0 < len(label) <= LONGEST_LABEL and not label.isdigit():
                floor = floor_of(label, marks)
                if floor is not None and (floor > 1 or any(char.isdigit() for char in label)):
                    return floor
                named = named or floor  # 楼主 may also say that the thread's author wrote a reply
    return named


def labels(index: Index, head: Element, message: Element | None) -> Iterator[str]:
    """The short texts in a post's head, up to the post's words, and its own words last."""
    tagged = (part for part in index.parts(head, message) if part.tag in LABELS)
    for part in islice(tagged, MANY):
        if not part.get(TITLE) and small(part):
            yield plain(part)
    yield own_text(head)


def time_in(
    index: Index, pid: str, node: Element, head: list[Element], message: Element | None, facts: Facts, marks: Markers
) -> datetime | None:
    own = index.by_id(f"authorposton{pid}", node) or [one for _, one in index.by_stem("authorposton", node)]
    for one in own + head:
        parts = index.parts(one, message)
        for part in parts[:MANY]:
            stamp = part.get(TITLE)
            if stamp and (found := absolute(stamp[:100], facts.clock.zone)):
                return found
        for part in chain((one,), islice((part for part in parts if part.tag in STAMPED), MANY)):
            if found := when(own_text(part), facts.clock, marks):
                return found
    return None


def time_above(node: Element, message: Element | None, facts: Facts, marks: Markers) -> datetime | None:
    """The first time anywhere above a post's words, for skins with heads of their own."""
    for one in node.iter():
        if one is message:
            break
        if found := when(own_text(one), facts.clock, marks):
            return found
    return None


def poll_options(index: Index, node: Element, marks: Markers) -> list[str]:
    """A poll's options as lines, with the numbers that the forum gives them."""
    polls = index.by_id("poll", node) or index.by_class("poll", node)
    if not polls:
        return []
    labels = index.by_class("pvt", node) or find(polls[0], ".//label[starts-with(@for,'option_')]")
    found = [option for label in labels if (option := " ".join(text(label, marks).split()))]
    if all(option.startswith(f"{number}.") for number, option in enumerate(found, 1)):
        return [f"{number}. {option.partition('.')[2].lstrip()}" for number, option in enumerate(found, 1)]
    return found


def comments(index: Index, pid: str, node: Element, marks: Markers) -> Iterator[Quote]:
    """What others said of a post in its margin (点评)."""
    for box in index.by_id(f"comment_{pid}", node):
        if not len(box):
            continue
        for one in index.by_class("pstl", box):
            words = next(iter(index.by_class("psti", one)), None)
            if words is not None:
                author = next((plain(a) for a in one.iter("a") if plain(a)), "")
                yield Quote(own_text(words), author)
        for _, one in index.by_stem("commentdetail_", box):
            words = next(iter(index.by_class("mtxt", one)), None)
            if words is not None:
                yield Quote(plain(words), author_of(one, marks))
