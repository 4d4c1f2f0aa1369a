"""jieba's words of a text, cut when a rule asks for them, around spans that must stay whole."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path

from pipeline.language.segment import cutter
from pipeline.lazy import lazy

Span = tuple[int, int]
Word = tuple[int, int, str]
Tagged = tuple[int, int, str, str]


class Words:
    """The words of one post.

    ``folded`` is what is cut (jieba's dictionary is Simplified); words are given as ``(start, end, word)`` with
    ``word`` folded. ``protect`` makes spans (mentions) words of their own, so that no jieba word runs across
    their edges.
    """

    def __init__(self, folded: str, sentences: Sequence[Span]) -> None:
        self.folded = folded
        self.sentences = sentences
        self.starts = [start for start, _ in sentences]
        self.protected: list[Span] = []
        self.cache: dict[int, Cut] = {}
        self.cut = cutter()

    def protect(self, spans: Sequence[Span]) -> None:
        """Set the spans that stay whole; of two that overlap the earlier and longer one does."""
        before = self.protected
        self.protected = []
        for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
            if not self.protected or self.protected[-1][1] <= start:
                self.protected.append((start, end))
        for start, end in (*before, *self.protected):  # what holds no span is cut as it was
            for index in range(self.sentence_at(start), self.sentence_at(end - 1) + 1):
                self.cache.pop(index, None)

    def sentence_at(self, offset: int) -> int:
        """The index of the sentence that holds an offset, or of the last one before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def cut_of(self, index: int) -> "Cut":
        """The words of a sentence, cut once."""
        found = self.cache.get(index)
        if found is None:
            found = self.cache[index] = self.segment(*self.sentences[index])
        return found

    def in_sentence(self, index: int) -> list[Word]:
        return self.cut_of(index).words

    def segment(self, start: int, end: int) -> "Cut":
        found: list[str] = []
        folded, cut, at = self.folded, self.cut, start
        first, last = bisect_left(self.protected, (start, start)), bisect_left(self.protected, (end, end))
        for left, right in self.protected[first:last]:
            if right > end:
                continue
            if at < left:
                found += cut(folded[at:left])
            found.append(folded[left:right])
            at = right
        if at < end:
            found += cut(folded[at:end])
        return Cut(start, found)

    def cuts(self, start: int, end: int) -> "list[tuple[Cut, int, int]]":
        """The sentences that ``start:end`` touches, each with the range of its words that overlap it."""
        if not self.sentences or start >= end:
            return []
        first, last = self.sentence_at(start), self.sentence_at(end - 1)
        cuts = [self.cut_of(index) for index in range(first, last + 1)]
        return [(cut, bisect_right(cut.ends, start), bisect_left(cut.starts, end)) for cut in cuts]

    def edges(self, index: int) -> set[int]:
        """Where the words of a sentence begin and end."""
        cut = self.cut_of(index)
        return {*cut.starts, *cut.ends}

    def between(self, start: int, end: int) -> list[Word]:
        """The words that overlap ``start:end``."""
        if 0 <= start < end and (cut := self.around(start, end)) is not None:
            return cut.words[bisect_right(cut.ends, start) : bisect_left(cut.starts, end)]
        return [word for cut, first, last in self.cuts(start, end) for word in cut.words[first:last]]

    def tagged(self, start: int, end: int) -> list[Tagged]:
        """The words that overlap ``start:end`` with jieba's part of speech; ``x`` where its dictionary has none."""
        if 0 <= start < end and (cut := self.around(start, end)) is not None:
            return cut.tagged[bisect_right(cut.ends, start) : bisect_left(cut.starts, end)]
        return [word for cut, first, last in self.cuts(start, end) for word in cut.tagged[first:last]]

    def around(self, start: int, end: int) -> "Cut | None":
        """The words of the one sentence that holds ``start:end``, as one nearly always does."""
        index = bisect_right(self.starts, start) - 1
        return self.cut_of(index) if index >= 0 and end <= self.sentences[index][1] else None


class Cut:
    """The words of one sentence that begins at ``start``; their parts of speech are looked up when a rule asks."""

    def __init__(self, start: int, texts: list[str]) -> None:
        self.texts = texts
        self.starts = list(accumulate(map(len, texts), initial=start))
        self.ends = self.starts[1:]
        self.starts.pop()
        self.words: list[Word] = list(zip(self.starts, self.ends, texts, strict=True))

    @lazy
    def tagged(self) -> list[Tagged]:
        return list(zip(self.starts, self.ends, self.texts, map(tag, self.texts), strict=True))


@cache
def dictionary() -> bytes:
    return dictionary_file().read_bytes()


def dictionary_file() -> Path:
    """Where jieba keeps its dictionary."""
    jieba = find_spec("jieba")  # found, not imported, which takes longer
    if jieba is None or jieba.origin is None:
        raise ModuleNotFoundError("jieba")
    return Path(jieba.origin).with_name("dict.txt")


@lru_cache(maxsize=65536)
def tag(word: str) -> str:
    """The part of speech that jieba's dictionary gives a word, ``x`` for none.

    Looked up by bisection in the dictionary's text (sorted but for a few Latin lines): ``jieba.posseg`` would
    load 350,000 tags into a dict first.
    """
    lines = dictionary()
    key = word.encode()
    low, high = 0, len(lines)
    while low < high:
        middle = lines.rfind(b"\n", 0, (low + high) // 2) + 1
        if middle <= low:
            middle = low
        stop = lines.find(b"\n", middle)
        entry = lines[middle : stop if stop >= 0 else len(lines)].split(b" ")
        if entry[0] == key:
            return entry[2].decode().strip()
        if entry[0] < key:
            low = (stop if stop >= 0 else len(lines)) + 1
        else:
            high = middle
    return "x"
