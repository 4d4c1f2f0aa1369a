"""The archiver: all posts in one element, heads as ``p.author``, bodies as loose text between them.

It marks neither the end of a quote nor an edit notice, so what can be known is used: the quoted post stands on the
same page, or the quote is one line.
"""

from collections.abc import Iterator

from lxml import etree

from pipeline.clean.draft import Draft, status_of
from pipeline.clean.facts import Facts
from pipeline.clean.index import Index
from pipeline.clean.markers import Markers
from pipeline.clean.plainquotes import Written, settle
from pipeline.clean.render import body
from pipeline.clean.times import absolute, when
from pipeline.clean.tree import Element, allowed, find, plain


def heads(index: Index) -> list[Element]:
    """The heads of the posts, or nothing where the page is no archiver page."""
    holders = index.by_id("content")
    return [one for node in holders for one in index.by_class("author", node) if find(one, "self::p[strong]")]


def drafts(found: list[Element], facts: Facts, marks: Markers, explain: bool) -> Iterator[Draft]:
    written = []
    drafts_ = []
    for at, head in enumerate(found):
        holder = gathered(head)
        titles = find(holder, "./h3")
        title = plain(titles[0]) if titles else ""
        for one in titles:
            tail = one.tail
            parent = one.getparent()
            if parent is not None:
                put_tail(one, tail)
                parent.remove(one)
        words = body(holder, marks, explain)
        words.text = marks.smiley.sub("", words.text)
        author = plain(next(head.iter("strong")))
        stamp = next((span.get("title") or "" for span in head.iter("span") if span.get("title")), "")
        notices = [line for line in plain(holder).split("\n") if marks.blocked.search(line)]
        draft = Draft(
            body=words,
            author=author,
            posted_at=absolute(stamp, facts.clock.zone) or when(plain(head), facts.clock, marks),
            is_first=at == 0 and bool(title),
            status="",
        )
        drafts_.append((draft, notices))
        written.append(Written(author, draft.posted_at, words))
    settle(written, marks)
    for draft, notices in drafts_:
        draft.status = status_of(draft.body, notices, marks) or (
            "" if draft.body.text or draft.body.quoted else "blocked"
        )
        yield draft


def gathered(head: Element) -> Element:
    """The loose nodes after a head, up to the next one, in an element of their own."""
    holder = etree.Element("div")
    holder.text = allowed(head.tail)
    node = head.getnext()
    while node is not None and not (node.tag == "p" and "author" in (node.get("class") or "")):
        if "page" in (node.get("class") or "").split():
            break
        following = node.getnext()
        holder.append(node)
        node = following
    return holder


def put_tail(node: Element, tail: str | None) -> None:
    """Give the text after an element that goes to what stands before it."""
    parent = node.getparent()
    if not tail or parent is None:
        return
    before = node.getprevious()
    if before is None:
        parent.text = allowed(parent.text) + allowed(tail)
    else:
        before.tail = allowed(before.tail) + allowed(tail)
