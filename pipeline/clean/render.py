"""A post's element → its author's words: paragraphs, list items and table rows as lines; the forum's parts removed.

The walk is lxml's own iteration, so its depth does not matter. Cells of a row are separated by a tab,
superscripts marked with ``^``, ordered items keep their numbers.
"""

import re
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from pipeline.clean.index import CLASS, ID
from pipeline.clean.markers import Markers
from pipeline.clean.tree import DIGITS, Element, classes, plain
from pipeline.clean.visible import SIGNS, hidden
from pipeline.clean.writing import BLOCKS, SPACE, STRIP, STRUCK, Writing, last_character
from pipeline.records import Quote

FIND_POST = re.compile(r"(?:[?&;]|^)pid=(\d+)")
LONGEST_HEAD = 200
PARTS = 60
WITHHELD = ("hidden", "price")  # markers of lines that stand for words the viewer may not see


@dataclass(slots=True)
class Body:
    """What one element holds: text, the quotes in it, whom it answers, and the removed pieces if asked for."""

    text: str = ""
    quoted: list[Quote] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)  # the numbers of the quoted posts, empty where not linked
    reply_to: str = ""
    notices: list[str] = field(default_factory=list)
    removed: list[tuple[str, str]] | None = None


def body(node: Element, marks: Markers, explain: bool = False) -> Body:
    """The words of the post that an element holds."""
    found = Body(removed=[] if explain else None)
    found.text = lines(walk(node, marks, found), marks, found)
    if paid := marks.patterns["paid"].match(found.text):
        found.text = found.text[paid.end() :].lstrip()
        if found.removed is not None:
            found.removed.append(("price", paid[0]))
    return found


def text(node: Element, marks: Markers) -> str:
    """The words of any element, quotes and reply headers left where they stand."""
    found = Body()
    return lines(walk(node, marks, found, quotes=False), marks, found)


def walk(node: Element, marks: Markers, found: Body, quotes: bool = True) -> str:
    """The raw text of an element, breaks as newlines, cells as tabs."""
    page = Writing()
    out = page.out
    page.begin(node)
    opened = [(node, iter(node))]
    while opened:
        above, children = opened[-1]
        one = next(children, None)
        if one is None:
            opened.pop()
            page.end(above)
            if not opened:
                break
            one = above
        elif one.tag == "br":
            out.append("\n")
        elif marker := removed(one, marks) or (taken(one, marks, found) if quotes else ""):
            if marker == "notice":
                found.notices.append(plain(one))
            if found.removed is not None:
                found.removed.append((marker, plain(one)[:2000]))
            if one.tag in BLOCKS:
                out.append("\n")
        else:
            page.begin(one)
            if len(one):
                opened.append((one, iter(one)))
                continue
            page.end(one)
        if tail := one.tail:
            if one.tag in STRUCK and tail[0].isdigit() and last_character(out).isdigit():
                out.append(" ")
            out.append(tail if page.kept else SPACE.sub(" ", tail))
    return "".join(out)


def removed(one: Element, marks: Markers) -> str:
    """The marker of an element that is not the author's, or nothing."""
    tag = one.tag
    if not isinstance(tag, str):
        return "markup"
    if marker := marks.tags.get(tag, ""):
        return marker
    if tag in marks.within and (parent := one.getparent()) is not None:
        for name in classes(parent):
            if (name, tag) in marks.inside:
                return marks.inside[name, tag]
    if not one.attrib:
        return ""
    if value := one.get(CLASS):
        for name in value.split():
            if name in marks.classes:
                return marks.classes[name]
    if (label := one.get(ID)) and (marker := marks.ids.get(label) or marks.ids.get(label.rstrip(DIGITS), "")):
        return marker
    return hidden(one)


def taken(one: Element, marks: Markers, found: Body) -> str:
    """The marker of the head of a reply or of a quote, which are kept apart from the text; else nothing."""
    if one.tag in ("strong", "b"):
        return answered(one, marks, found)
    return quote(one, marks, found) if is_quote(one, marks) else ""


def answered(one: Element, marks: Markers, found: Body) -> str:
    """Take the head of a reply ("回复 5# 甲", a link to the post) and keep whom it answers."""
    link = next((a for a in one.iter("a") if "findpost" in (a.get("href") or "")), None)
    if link is None or not marks.patterns["reply"].match(plain(one)):
        return ""
    found.reply_to = found.reply_to or pid_of(link)
    return "reply_head"


def quote(one: Element, marks: Markers, found: Body) -> str:
    """Take a quote of somebody else out of the text and keep it."""
    names = classes(one)
    block = next(one.iter("blockquote"), one if "reply_wrap" in names else None)
    if block is None:
        return "notice"
    link = next((a for a in block.iter("a") if "findpost" in (a.get("href") or "")), None)
    inner = text(block, marks).split("\n")
    if len(inner) > 1 and marks.patterns["quote_label"].fullmatch(inner[0]):
        del inner[0]  # mobile=1 writes it in a line of its own
    author, floor = "", 0
    if head := headed(inner[0], marks):
        author = head[1].strip()
        inner = inner[1:]
    elif link is not None and (match := marks.patterns["reply"].match(inner[0])):
        floor = int(match[1] or 0)
    source = pid_of(link) if link is not None else ""
    found.reply_to = found.reply_to or source
    words = marks.patterns["quote_label"].sub("", "\n".join(inner).strip(), count=1)
    if words or author:
        found.quoted.append(Quote(words, author, floor))
        found.sources.append(source)
    return "quote"


def is_quote(one: Element, marks: Markers) -> bool:
    """Whether an element holds somebody else's words: by its class, or by a first line that says whose and when."""
    value = one.get(CLASS)
    if value is not None and not marks.quotes.isdisjoint(value.split()):
        return True
    if one.tag != "blockquote":
        return False
    return headed(opening(one), marks) is not None


def opening(node: Element) -> str:
    """The first line of an element, of which no more than a head's parts is read: quotes may nest."""
    parts: list[str] = []
    for event, one in islice(etree.iterwalk(node, events=("start", "end")), PARTS):
        if event == "start":
            if (one.tag == "br" or one.tag in BLOCKS) and "".join(parts).strip():
                break
            parts.append(one.text or "")
        elif one is not node:
            parts.append(one.tail or "")
    return " ".join("".join(parts).split())


def headed(line: str, marks: Markers) -> re.Match[str] | None:
    """The first line of a quote that says whose it is and when it was written."""
    return marks.patterns["quoted"].fullmatch(line) if len(line) <= LONGEST_HEAD else None


def pid_of(link: Element) -> str:
    match = FIND_POST.search((link.get("href") or "").replace("&amp;", "&"))
    return match[1] if match else ""


def lines(raw: str, marks: Markers, found: Body) -> str:
    """The lines that an author wrote, without blank ones."""
    if "[/attach" in raw:
        left = marks.patterns["left_code"]
        if found.removed is not None:
            found.removed.extend(("attachment", code) for code in left.findall(raw))
        raw = left.sub("", raw)
    kept = []
    for line in SIGNS.sub("", raw).split("\n"):
        line = line.replace("\u00a0", " ").strip(STRIP + "\r\v\f")
        if not line or not line.strip(STRIP + "\t"):
            continue
        marker = marks.of_line(line) if len(line) < 400 else ""
        if marker:
            if marker in WITHHELD:
                found.notices.append(line)
            if found.removed is not None:
                found.removed.append((marker, line))
            continue
        kept.append(line)
    return "\n".join(kept)
