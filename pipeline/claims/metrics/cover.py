"""Which characters of a post are a mention or one of some words, for the gaps between things of a clause."""

from bisect import bisect_left
from itertools import accumulate

from pipeline.claims.reading import Reading
from pipeline.lexicons.matcher import Matcher


class Cover:
    """What mentions and ``words`` cover of a post.

    No word reaches over a character that none of them has (``breaks``), so that a gap is read anew only up to its first
    break and from its last one on; what lies between is counted once for all gaps.
    """

    def __init__(self, reading: Reading, words: Matcher[str]) -> None:
        self.words, self.text = words, reading.masked
        self.mentions = bytearray(len(self.text))
        for mention in reading.mentions:
            self.mentions[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
        self.breaks = [found.start() for found in words.outside.finditer(self.text)]
        self.heads: dict[int, int] = {}  # from a place to the first break behind it
        self.tails: dict[int, int] = {}  # from the last break in front of a place
        self.sums = [0, *accumulate(map((1).__sub__, self.covered(0, len(self.text))))]

    def covered(self, start: int, end: int) -> bytearray:
        """Of each character of a stretch whether it is covered."""
        found = self.mentions[start:end]
        for left, right, _ in self.words.find(self.text, start, end):
            found[left - start : right - start] = b"\1" * (right - left)
        return found

    def gaps(self, start: int, end: int) -> int:
        """How many characters of a stretch are not covered."""
        first, stop = bisect_left(self.breaks, start), bisect_left(self.breaks, end)
        if first == stop:
            return self.covered(start, end).count(0)
        # With the break, as the automaton has not the same to say of the end of a text.
        left, right = self.breaks[first] + 1, self.breaks[stop - 1] + 1
        try:
            before = self.heads[start]
        except KeyError:
            before = self.heads[start] = self.covered(start, left).count(0)
        try:
            behind = self.tails[end]
        except KeyError:
            behind = self.tails[end] = self.covered(right, end).count(0) if right < end else 0
        return before + self.sums[right] - self.sums[left] + behind
