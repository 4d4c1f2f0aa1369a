"""Markup → an lxml tree, whatever the markup: deep nesting is flattened rather than lost, nothing recurses."""

import re
from bisect import bisect_right
from collections import Counter
from functools import cache
from itertools import chain, islice
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


class Index:
    """The elements of a tree by class and id, in the page's order; one pass instead of a search for each."""

    def __init__(self, root: Element) -> None:
        self.root = root
        nodes = list(root.iter())
        self.place = dict(zip(nodes, range(len(nodes)), strict=True))
        self.spans: dict[Element, tuple[int, int]] = {}
        self.begun: dict[str, list[tuple[str, Element]]] = {}
        self.merged: dict[str, list[Element]] = {}
        self.numbered: dict[str, list[str]] = {}
        self.named: dict[str, Element] = {}
        self.again: dict[str, list[Element]] = {}  # the elements of an id that several have
        alike: dict[str, list[Element]] = {}
        named = self.named
        for node in nodes:
            get = node.get
            if value := get("class"):
                if value in alike:
                    alike[value].append(node)
                else:
                    alike[value] = [node]
            if label := get("id"):
                if label in named:
                    self.again.setdefault(label, [named[label]]).append(node)
                else:
                    named[label] = node
        self.classed: dict[str, list[list[Element]]] = {}
        for value, group in alike.items():  # far fewer than the elements, so each is split once
            for name in dict.fromkeys(value.split()):
                self.classed.setdefault(name, []).append(group)

    def below(self, found: list[Element] | None, within: Element | None) -> list[Element]:
        """Those of the elements, in the page's order, that stand below a node."""
        if not found or within is None:
            return found or []
        first, last = self.span(within)
        place = self.place
        if len(found) == 1:
            return found if first < place[found[0]] <= last else []
        low = bisect_right(found, first, key=place.__getitem__)
        return found[low : bisect_right(found, last, low, key=place.__getitem__)]

    def by_class(self, name: str, within: Element | None = None) -> list[Element]:
        """The elements with a class, below a node or anywhere."""
        found = self.merged.get(name)
        if found is None:
            groups = self.classed.get(name, [])
            found = groups[0] if len(groups) == 1 else sorted(chain(*groups), key=self.place.__getitem__)
            self.merged[name] = found
        return self.below(found, within)

    def by_id(self, name: str, within: Element | None = None) -> list[Element]:
        """The elements with an id (saved pages may repeat one)."""
        return self.below(self.labelled(name), within)

    def labelled(self, name: str) -> list[Element]:
        return self.again.get(name) or ([self.named[name]] if name in self.named else [])

    def ids(self, beginning: str, within: Element | None = None) -> list[tuple[str, Element]]:
        """The elements whose id begins so, with their ids."""
        found = self.begun.get(beginning)
        if found is None:
            labels = [label for stem in self.stems() if stem.startswith(beginning) for label in self.stems()[stem]]
            found = [(label, node) for label in labels for node in self.labelled(label)]
            found.sort(key=self.place_of)
            self.begun[beginning] = found
        if within is None or not found:
            return found
        first, last = self.span(within)
        low = bisect_right(found, first, key=self.place_of)
        return found[low : bisect_right(found, last, low, key=self.place_of)]

    def stems(self) -> dict[str, list[str]]:
        """The ids by what they are without their numbers."""
        if not self.numbered:
            for label in self.named:
                self.numbered.setdefault(label.rstrip(DIGITS), []).append(label)
        return self.numbered

    def place_of(self, pair: tuple[str, Element]) -> int:
        return self.place[pair[1]]

    def span(self, within: Element) -> tuple[int, int]:
        """The places of a node and of the last element below it."""
        found = self.spans.get(within)
        if found is None:
            last = within
            while len(last):
                last = last[-1]
            found = self.spans[within] = self.place[within], self.place[last]
        return found


def classes(node: Element) -> list[str]:
    return (node.get("class") or "").split()


def allowed(text: str | None) -> str:
    """Text that may be set in a tree, which takes no control characters."""
    return CONTROL.sub("", text) if text else ""


def small(node: Element, most: int = 12) -> bool:
    """Whether an element holds no more than a few others, as labels do; deep ones must not be read for each level."""
    return next(islice(node.iter(), most, None), None) is None


def plain(node: Element) -> str:
    """An element's text in one line, markup and hidden parts included."""
    text: str = etree.tostring(node, method="text", encoding="unicode", with_tail=False)
    return " ".join(text.split())
