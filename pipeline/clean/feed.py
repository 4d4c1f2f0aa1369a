"""A feed of a board: the first post of each thread, cut at 255 characters."""

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo

from lxml import etree

from pipeline.clean.draft import Draft
from pipeline.clean.facts import TID
from pipeline.clean.markers import Markers
from pipeline.clean.render import Body, lines
from pipeline.clean.render import body as body_of
from pipeline.clean.tree import Element, parse

CODE = re.compile(
    r"\[/?(?:s|b|i|u|p|td|tr|table|list|\*|quote|color|size|font|align|url|img|code|hide|free|backcolor|indent|float)(?:=[^\]\n]{0,60})?\]",
    re.I,
)


def items(text: str) -> list[Element]:
    """The items of a feed, however broken its XML is."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return []
    if root is None:
        return []
    return [node for node in root.iter() if local(node) in ("item", "entry")]


def local(node: Element) -> str:
    """A tag's name without its namespace; empty for a comment."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def written(stamp: str, zone: tzinfo) -> datetime | None:
    """The time of an item, as mail (RSS) or ISO 8601 (Atom) writes it."""
    from email.utils import parsedate_to_datetime  # loaded for feeds alone

    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return read(stamp.strip()).astimezone(zone)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def value(item: Element, *names: str) -> str:
    for child in item:
        if local(child) in names:
            found = "".join(map(str, child.itertext())).strip()
            if found or not child.get("href"):
                return found
            return child.get("href") or ""
    return ""


def drafts(found: list[Element], zone: tzinfo, marks: Markers, explain: bool) -> Iterator[Draft]:
    for item in found:
        raw = value(item, "encoded", "description", "content", "summary")
        cut = raw.endswith("...")
        words = Body(removed=[] if explain else None)
        if "<" in raw and re.search(r"<(?:br|p|div|font|strong|img|table)\b", raw, re.I):
            root = parse(f"<div>{raw}</div>")
            words = body_of(root, marks, explain) if root is not None else words
        else:
            words.text = lines(marks.smiley.sub("", CODE.sub("", raw)), marks, words)
        words.text = words.text.removesuffix("...").rstrip()
        author = value(item, "author", "creator")
        link = value(item, "link")
        stamp = value(item, "pubDate", "date", "published", "updated")
        match = TID.search(link)
        yield Draft(
            body=words,
            author=marks.html["anonymous_names"].get(author, author),
            posted_at=written(stamp, zone),
            is_first=True,
            status="truncated" if cut else "" if raw else "blocked",  # a price, a right to read, a hidden post
            title=value(item, "title"),
            forum=value(item, "category"),
            url=link,
            thread_id=match[1] if match else "",
        )
