"""Where each character of a cleaned post stands in its page, so that a finding can be shown in place."""

import html
import re
from bisect import bisect_left

from pipeline.clean.visible import SIGNS
from pipeline.records import Page, Post

TOKEN = re.compile(r"<[^<>]*>|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,31});|\S")
SHORTEST, LONG = 2, 8
NEAR, FAR = 100, 50_000


def offsets_of(page: Page, post: Post) -> list[int]:
    """For each character of ``post.text`` its offset in ``page.text``, or -1 where that is not known.

    White space, marks that cleaning added (``^``, list numbers) and JSON sources have none. An entity's place is
    that of its ``&``.
    """
    found = [-1] * len(post.text)
    if page.form in ("api", "post"):
        return found
    shown, offsets = projection(page.text, page.form != "dump")
    position = start_of(post, page, offsets)
    at = 0
    for line in post.text.split("\n"):
        kept = [number for number, char in enumerate(line) if not char.isspace()]
        words = "".join(line[number] for number in kept)
        begin = 0
        while begin < len(words):
            length, position_found = longest(words, begin, shown, position)
            if length:
                for step in range(length):
                    found[at + kept[begin + step]] = offsets[position_found + step]
                position = position_found + length
            begin += max(1, length)
        at += len(line) + 1
    return found


def projection(text: str, markup: bool) -> tuple[str, list[int]]:
    """A page's characters without white space and tags, and where each stands in it."""
    chars: list[str] = []
    offsets: list[int] = []
    for match in TOKEN.finditer(text) if markup else re.finditer(r"\S", text):
        token = match[0]
        if len(token) > 1:
            if token[0] == "<":
                continue
            token = html.unescape(token)
        for char in token:
            if not (char.isspace() or SIGNS.match(char)):
                chars.append(char)
                offsets.append(match.start())
    return "".join(chars), offsets


def start_of(post: Post, page: Page, offsets: list[int]) -> int:
    """Where a post's element begins in the projection; the page's beginning where it has none."""
    match = re.search(rf"\bid=[\"']?(?:pid|post_){post.pid}\b", page.text) if post.pid else None
    return bisect_left(offsets, match.start()) if match else 0


def longest(words: str, begin: int, shown: str, position: int) -> tuple[int, int]:
    """A long beginning of the words that stands in the page from a position on, and where; 0 for none."""
    size = len(words) - begin
    while size >= min(SHORTEST, len(words)):
        reach = FAR if size >= LONG or size == len(words) else NEAR  # a short piece found far away is another one
        where = shown.find(words[begin : begin + size], position, position + reach)
        if where >= 0:
            return size, where
        size //= 2
    return 0, -1
