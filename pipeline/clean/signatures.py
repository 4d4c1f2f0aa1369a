"""Signatures in text dumps, where nothing but their place marks them: the last block of a post.

A block is a signature where the same author ends another post with it, or, in a dump whose posts hold no blank
lines of their own, where it stands apart below the only block of text.
"""

from collections import Counter

from pipeline.clean.dumplines import Line

LONGEST = 4
APART = 4


def without_signatures(blocks: list[list[Line]], authors: list[str]) -> None:
    """Take the signatures off the ends of all posts of a dump, in place."""
    ends = [last_block(block) for block in blocks]
    known = Counter((author, text) for author, (_, text, _) in zip(authors, ends, strict=True) if text)
    several = Counter(authors)
    for block, author, (start, text, gap) in zip(blocks, authors, ends, strict=True):
        if start <= 0 or not text:
            continue
        again = known[author, text] > 1
        if again or (several[author] == 1 and gap >= APART) or gap >= APART + 1:
            del block[start:]
            while block and not block[-1].text:
                block.pop()


def last_block(block: list[Line]) -> tuple[int, str, int]:
    """Where the last block of lines begins, its text, and how many blank lines stand above it."""
    start = len(block)
    while start and block[start - 1].text:
        start -= 1
    gap = 0
    while start - gap and not block[start - gap - 1].text:
        gap += 1
    lines = block[start:]
    if not start or start == gap or len(lines) > LONGEST:
        return 0, "", gap
    return start, "\n".join(line.text for line in lines), gap
