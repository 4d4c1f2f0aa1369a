"""Markup → an lxml tree, whatever the markup: deep nesting is flattened rather than lost, nothing recurses."""

import re
from collections import Counter
from functools import cache
from itertools import islice
from typing import TypeAlias, cast

from lxml import etree

Element: TypeAlias = etree._Element
DEEP, DEEPEST = 150, 1000  # open elements, the parser takes 2048
DIGITS = "0123456789"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*+)[^<>]*+>")
NAMED = re.compile(r"\s(?:id|class)\s*=", re.I)
# elements without content, or whose end the next one tells: they do not nest
CLOSED_BY_NEXT = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dd",
        "dt",
        "option",
        "tbody",
    ]
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
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=huge, collect_ids=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None, True
    return root, not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def flattened(text: str) -> str:
    """The markup without the tags that nest too deep, those with an id or a class the last to go."""
    depth = 0
    dropped: Counter[str] = Counter()

    def shallow(match: re.Match[str]) -> str:
        nonlocal depth
        name = match[2].lower()
        if name in CLOSED_BY_NEXT:
            return match[0]
        if not match[1]:
            if depth >= (DEEPEST if NAMED.search(match[0]) else DEEP):
                dropped[name] += 1
                return ""
            depth += 1
        elif dropped[name]:
            dropped[name] -= 1
            return ""
        else:
            depth = max(0, depth - 1)
        return match[0]

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


def allowed(text: str | None) -> str:
    """Text that may be set in a tree, which takes no control characters."""
    return CONTROL.sub("", text) if text else ""


def small(node: Element, most: int = 12) -> bool:
    """Whether an element holds no more than a few others, as labels do; deep ones must not be read for each level."""
    return not len(node) or next(islice(node.iter(), most, None), None) is None


def plain(node: Element) -> str:
    """An element's text in one line, markup and hidden parts included."""
    if not len(node):
        return " ".join((node.text or "").split())
    text: str = etree.tostring(node, method="text", encoding="unicode", with_tail=False)
    return " ".join(text.split())
