"""What a text is, told by its content and never by its file's name."""

import json
import re
from typing import Any, Literal

from pipeline.records import Form

HEAD = 65_536
CONTROLS = bytes((*range(1, 9), *range(14, 27), 127))
MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title|div|table|td|span|font|br|p)\b", re.I)
COMMENTS = r"(?:<!--(?:(?!-->).)*+-->\s*+)*+"
FEED = re.compile(
    rf"\s*+(?:<\?xml[^>]*+>\s*+)?{COMMENTS}(?:<\?xml-stylesheet[^>]*+>\s*+)?<(?:rss|feed|rdf:RDF)\b", re.S
)


def is_binary(data: bytes) -> bool:
    """Whether bytes are no text in any charset: NULs, or many control characters, in their head."""
    head = data[:HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    if b"\0" in head:
        return True
    return (len(head) - len(head.translate(None, CONTROLS))) * 50 > len(head)


def is_archive(data: bytes) -> bool:
    """Whether bytes are MHTML, a page with its parts as one mail message."""
    head = data[:4096].lstrip()
    return bool(re.match(rb"[A-Za-z][A-Za-z-]*: ", head)) and bool(
        re.search(rb"(?im)^content-type:\s*(?:multipart/related|text/html)", head)
    )


def form_of(text: str) -> Form:
    """How to read a page's text."""
    head = text[:HEAD].lstrip()
    if head.startswith("{") and api_page(text) is not None:
        return "api"
    if FEED.match(head):
        return "rss"
    return "html" if MARKUP.search(head) else "dump"


def api_page(text: str) -> dict[str, Any] | None:
    """The object of Discuz's mobile API, or None."""
    try:
        page = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(page, dict) and ("Variables" in page or "Message" in page):
        return page
    return None


def post_line(line: str) -> Literal["post", "other", "broken"]:
    """What one line of a JSON Lines file holds; ``broken`` where it is no JSON at all."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return "broken"
    return "post" if isinstance(value, dict) and isinstance(value.get("text"), str) else "other"
