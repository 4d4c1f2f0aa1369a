"""Signatures in text dumps, where nothing but their place marks them: the last block of a post.

A block is a signature where the same author ends another post with it, where it stands far below the text (the
author's column is longer than the text), or where it is the second of just two blocks in a dump that puts no
blank lines between paragraphs.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.clean.dumplines import Line

LONGEST = 4
APART = 4


@dataclass(slots=True)
class Ended:
    """A post's lines, and how they end: at a cell's border (``cell``), at a button, or at another foot.

    ``below`` is the block between that foot and the buttons.
    """

    author: str
    lines: list[Line]
    foot: str = ""
    below: str = ""


def without_signatures(posts: Sequence[Ended], dense: bool) -> None:
    """Take the signatures off the ends of all posts of a dump, in place.

    ``dense`` tells that the dump puts no blank lines between paragraphs.
    """
    open_ended = [post for post in posts if post.foot in ("button", "")]
    ends = {id(post): last_block(post.lines) for post in open_ended}
    counts = Counter((post.author, ends[id(post)][0]) for post in open_ended if ends[id(post)][0])
    several = Counter(post.author for post in open_ended)
    known: dict[str, set[str]] = defaultdict(set)
    for post in posts:
        if post.below:
            known[post.author].add(post.below)
    for post in open_ended:
        text, gap = ends[id(post)]
        alone = several[post.author] == 1 and not known[post.author]
        if text and (counts[post.author, text] > 1 or gap >= APART or (dense and alone and two_blocks(post.lines))):
            known[post.author].add(text)
    for post in open_ended:
        for signature in known[post.author]:
            cut_off(post.lines, signature.split("\n"))


def last_block(lines: list[Line]) -> tuple[str, int]:
    """The last block of lines and how many blank lines stand above it; the last line where there is just one block."""
    start = len(lines)
    while start and lines[start - 1].text:
        start -= 1
    gap = 0
    while start - gap and not lines[start - gap - 1].text:
        gap += 1
    if start == gap or len(lines) - start > LONGEST:
        return (lines[-1].text, 0) if lines else ("", 0)
    return "\n".join(line.text for line in lines[start:]), gap


def two_blocks(lines: list[Line]) -> bool:
    """Whether lines end in a text and one block below it, both at the margin, what is above being indented."""
    margin = min((line.indent for line in lines if line.text), default=0)
    blocks: list[int] = []
    before = ""
    for line in lines:
        if line.text and not before:
            blocks.append(line.indent)
        before = line.text
    return blocks[-2:] == [margin, margin] and (len(blocks) == 2 or blocks[-3] > margin)


def cut_off(lines: list[Line], signature: list[str]) -> None:
    """Take a signature off the end, where the lines end with it and hold something more."""
    count = len(signature)
    if len(lines) > count and [line.text for line in lines[-count:]] == signature:
        del lines[-count:]
        while lines and not lines[-1].text:
            lines.pop()
