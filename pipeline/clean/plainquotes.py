"""Quotes, reply heads and notices in text without markup (archiver, dumps): told by their words and by the page.

A quote is a line "甲 发表于 2025-1-1 08:00" and the words that follow. Its end is known where the quoted post stands
on the same page; else it is one line, or more where it was cut (" ...").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.clean.markers import Markers
from pipeline.clean.render import Body
from pipeline.records import Quote

CUT = re.compile(r"(?:\.\.\.|…)$")
BULLET = re.compile(r"\[\*\]\s*")
LONGEST = 3
WITHIN = 1000
NEAREST = 300


@dataclass(slots=True)
class Written:
    """A post whose body is still as it stands on the page."""

    author: str
    posted_at: datetime | None
    body: Body


def settle(posts: Sequence[Written], marks: Markers) -> None:
    """Take quotes and reply heads out of all posts of a page, earlier posts first."""
    words: dict[str, list[tuple[int, str]]] = {}
    for at, post in enumerate(posts):
        words.setdefault(post.author, []).append((at, "".join(BULLET.sub("", post.body.text[:WITHIN]).split())))
    for at, post in enumerate(posts):
        lines = [BULLET.sub("", line) for line in post.body.text.split("\n") if line]
        kept: list[str] = []
        place = 0
        begun = False
        while place < len(lines):
            line = lines[place]
            head = marks.patterns["quote_head"].fullmatch(line)
            if head and len(kept) <= 1 and place + 1 < len(lines):  # below a subject, if any
                author = marks.patterns["quote_label"].sub("", head["author"])
                others = [text for other, text in words.get(author, ())[-NEAREST:] if other != at]
                count = quote_length(lines[place + 1 : place + 2 + LONGEST], others)
                told = "\n".join(lines[place + 1 : place + 1 + count])
                post.body.quoted.append(Quote(told, author))
                note(post.body, "quote", line + "\n" + told)
                place += 1 + count
                begun = True
                continue
            reply = marks.patterns["reply_head"].fullmatch(line)
            if reply and not begun:
                note(post.body, "reply_head", line)
                place += 1
                begun = True
                continue
            begun = True
            kept.append(line)
            place += 1
        post.body.text = "\n".join(kept)


def note(body: Body, marker: str, text: str) -> None:
    if body.removed is not None:
        body.removed.append((marker, text))


def quote_length(lines: list[str], others: list[str]) -> int:
    """How many lines after a quote's head are quoted; ``others`` are the words of its author's other posts."""
    known = max((common(lines, text) for text in others), default=0)
    if known:
        return min(known, len(lines))
    for count, line in enumerate(lines[:LONGEST], 1):
        if CUT.search(line):
            return count
    return 1 if len(lines) > 1 else 0


def common(lines: list[str], words: str) -> int:
    """How many of the lines are the words of a post, from their beginning or within, cut or whole."""
    best = 0
    joined = ""
    for count, line in enumerate(lines[: LONGEST + 1], 1):
        joined += "".join(CUT.sub("", line).split())
        if len(joined) < 2:
            continue
        if joined not in words:
            break
        best = count
        if CUT.search(line):
            break
    return best
