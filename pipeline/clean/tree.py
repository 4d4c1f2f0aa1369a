"""Markup → an lxml tree, whatever the markup: deep nesting is flattened rather than lost, nothing recurses."""

import re
from functools import cache
from typing import TypeAlias, cast

from lxml import etree

Element: TypeAlias = etree._Element
DEEPEST = 200
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>")
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)


def parse(text: str) -> Element | None:
    """The tree of a page, or None where there is not one element in it."""
    data = text.encode("utf-8", "replace")
    for huge in (False, True):
        root, complete = attempt(data, huge)
        if complete:
            return root
    root, _ = attempt(flattened(text).encode("utf-8", "replace"), True)
    return root


def attempt(data: bytes, huge: bool) -> tuple[Element | None, bool]:
    """A tree, and whether all of the markup is in it (the parser gives up below a depth)."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=huge)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None, True
    return root, not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def flattened(text: str) -> str:
    """The markup without the tags that open deeper than ``DEEPEST``."""
    depth = 0

    def shallow(match: re.Match[str]) -> str:
        nonlocal depth
        if match[2].lower() in VOID:
            return match[0]
        depth = max(0, depth - 1) if match[1] else depth + 1
        return match[0] if depth + bool(match[1]) <= DEEPEST else ""

    return TAG.sub(shallow, text)


@cache
def xpath(path: str) -> etree.XPath:
    """A compiled path; a smart string would keep the tree alive."""
    return etree.XPath(path, smart_strings=False)


def find(node: Element, path: str) -> list[Element]:
    """The elements at a path below a node."""
    found = xpath(path)(node)
    return cast("list[Element]", found) if isinstance(found, list) else []


def classes(node: Element) -> list[str]:
    return (node.get("class") or "").split()


def plain(node: Element) -> str:
    """An element's text in one line, markup and hidden parts included."""
    return " ".join("".join(map(str, node.itertext())).split())
