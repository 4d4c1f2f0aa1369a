"""The printable page: all floors in the body itself, labels in bold, posts parted by rules."""

import re
from collections.abc import Iterator

from lxml import etree

from pipeline.clean.draft import Draft, status_of
from pipeline.clean.facts import Facts
from pipeline.clean.markers import Markers
from pipeline.clean.render import body
from pipeline.clean.times import when
from pipeline.clean.tree import Element, allowed, find, plain


def labels(root: Element, pattern: re.Pattern[str]) -> list[Element]:
    return [one for one in find(root, "//body//b") if pattern.match(plain(one))]


def heads(root: Element, marks: Markers) -> list[Element]:
    """The labels that begin a post, or nothing where the page is no printable page."""
    if not find(root, "//hr") or not labels(root, marks.patterns["time_label"]):
        return []
    return [one for one in labels(root, marks.patterns["author_label"]) if after_rule(one)]


def after_rule(label: Element) -> bool:
    """Whether a label stands first below a rule; the same words within a post do not."""
    before = label.getprevious()
    return before is not None and before.tag == "hr" and not (before.tail or "").strip()


def is_rule(node: Element) -> bool:
    """Whether an element parts two posts; an author's own rule has a class."""
    return node.tag == "hr" and not node.get("class")


def title(root: Element, marks: Markers) -> str:
    for one in labels(root, marks.patterns["title_label"]):
        return (one.tail or "").strip()
    return ""


def drafts(found: list[Element], facts: Facts, marks: Markers, explain: bool) -> Iterator[Draft]:
    for at, head in enumerate(found):
        author = (head.tail or "").replace("\u00a0", " ").strip()
        stamp = ""
        holder = etree.Element("div")
        node = head.getnext()
        before = True
        while node is not None and not is_rule(node):
            following = node.getnext()
            if node.tag == "b" and before and marks.patterns["time_label"].match(plain(node)):
                stamp = (node.tail or "") or next((span.get("title") or "" for span in node.itersiblings("span")), "")
            elif node.tag == "span" and before and not stamp.strip():
                stamp = node.get("title") or plain(node)
            elif (
                node.tag == "b"
                and before is False
                and len(holder) == 0
                and not (holder.text or "").strip()
                and marks.patterns["title_label"].match(plain(node))
            ):
                holder.text = ""  # the thread's title, said again
                if following is not None and following.tag == "br":
                    holder.text = allowed(following.tail)
                    following = following.getnext()
            elif node.tag == "br" and before:
                before = False
                holder.text = allowed(node.tail)
            elif not before:
                holder.append(node)
            node = following
        words = body(holder, marks, explain)
        whole = plain(holder)
        notices = [whole] if marks.blocked.search(whole) and not words.text else []
        if marks.blocked.match(words.text):
            notices, words.text = [words.text], ""
        yield Draft(
            body=words,
            author=author,
            posted_at=when(stamp, facts.clock, marks),
            is_first=at == 0,
            status=status_of(words, notices, marks),
        )
