"""One post as the entity finders see it: text, words, cues, and what is no running text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from pipeline.lazy import lazy
from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.surfaces import lowered

Word = tuple[int, int, str]
Words = Callable[[int, int], Sequence[Word]]

# Addresses and user handles: no names in there.
MASKED = re.compile(
    r"(?:https?://|www\.)[a-z0-9_./?=&%#~:+@-]{1,2000}"
    r"|(?<![a-z0-9_.+-])[a-z0-9_.+-]{1,64}@[a-z0-9-]{1,64}\.[a-z0-9.-]{1,64}"
    r"|(?<![a-z0-9/])(?:/[a-z0-9_.-]{1,80}){2,20}"
    r"|(?<![a-z0-9])@[^\s@:：,，。!！?？;；()（）\[\]【】<>《》“”\"]{1,30}"
    r"|(?<![\w.])[a-z0-9-]{2,63}(?:\.[a-z0-9-]{2,63}){0,3}\.(?:com|cn|net|org|io|html?|php|jpg|png|gif|exe|zip|rar)(?![\w])"
)
# What one of them holds, whichever it is: of most posts nothing more is asked.
MASKING = re.compile(r"[/@]|www\.|\.(?:com|cn|net|org|io|htm|php|jpg|png|gif|exe|zip|rar)")
STOPS = re.compile(r"[。！？!?；;\n\r…]")
REACH = 70  # characters on either side in which a cue may stand


class Found(NamedTuple):
    """A name that a finder proposes. The higher ``rank`` wins between spans of equal length."""

    start: int
    end: int
    label: str
    name: str
    entity_id: str
    rule: str
    rank: int = 0


class Cue(NamedTuple):
    start: int
    end: int
    classes: tuple[str, ...]


class Scene:
    """A post's text with lazily made views of it."""

    def __init__(self, kb: KnowledgeBase, text: str, folded: str, words: Words | None) -> None:
        self.kb = kb
        self.text = text
        self.folded = folded
        self.low = lowered(folded)
        self.words = words

    @lazy
    def masked(self) -> list[tuple[int, int]]:
        if not MASKING.search(self.low):
            return []
        return [match.span() for match in MASKED.finditer(self.low)]

    def is_masked(self, start: int, end: int) -> bool:
        if not self.masked:
            return False
        at = bisect_right(self.masked, (start, len(self.low) + 1)) - 1
        return any(left < end and start < right for left, right in self.masked[max(0, at) : at + 2])

    @lazy
    def stops(self) -> list[int]:
        return [match.start() for match in STOPS.finditer(self.low)]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around a span, at most ``REACH`` characters on either side."""
        at = bisect_left(self.stops, start)
        left = self.stops[at - 1] + 1 if at else 0
        at = bisect_left(self.stops, end)
        right = self.stops[at] if at < len(self.stops) else len(self.low)
        return max(left, start - REACH), min(right, end + REACH)

    @lazy
    def cues(self) -> list[Cue]:
        classes = self.kb.cue_classes
        hits = self.kb.cue_hits(self.low)
        return sorted(Cue(start, end, classes[cue]) for start, end, cue in hits if self.is_free(start, end))

    @lazy
    def cue_starts(self) -> list[int]:
        return [cue.start for cue in self.cues]

    def cues_in(self, start: int, end: int) -> list[Cue]:
        at, stop = bisect_left(self.cue_starts, start), bisect_left(self.cue_starts, end)
        return [cue for cue in self.cues[at:stop] if cue.end <= end]

    @lazy
    def by_class(self) -> dict[str, list[Cue]]:
        """The cues of each class, in order."""
        found: dict[str, list[Cue]] = {}
        for cue in self.cues:
            for name in cue.classes:
                found.setdefault(name, []).append(cue)
        return found

    def is_free(self, start: int, end: int) -> bool:
        """True where no Latin letter or digit goes on over the span's edges."""
        return self.free_left(start) and self.free_right(end)

    def free_left(self, start: int) -> bool:
        if start == 0 or not is_latin(self.low[start]):
            return True
        before = self.low[start - 1]
        return not is_latin(before) if before.isalpha() or self.low[start].isdigit() else True

    def free_right(self, end: int, short: bool = True) -> bool:
        if end >= len(self.low) or not is_latin(self.low[end - 1]):
            return True
        after = self.low[end]
        if not is_latin(after):
            following = self.low[end + 1 : end + 2]
            # GPT-4 is not in GPT-4.5, nor Pro in Pro+
            return not (after == "." and self.low[end - 1].isdigit() and following.isdigit()) and after != "+"
        return after.isdigit() and self.low[end - 1].isalpha() and not short

    def tokens(self, start: int, end: int) -> list[Word]:
        """jieba's words that overlap a span; none where no tokenizer was given."""
        if self.words is None:
            return []
        return list(self.words(max(0, start), min(len(self.low), end)))

    def is_word(self, start: int, end: int) -> bool:
        """True where the span is one of jieba's words, or nobody cuts the text into words."""
        return self.words is None or any(word[:2] == (start, end) for word in self.words(start, end))

    def before(self, start: int) -> int:
        """The place behind the last character in front of ``start`` that is no space."""
        while start and self.low[start - 1] == " ":
            start -= 1
        return start

    def after(self, end: int) -> int:
        while end < len(self.low) and self.low[end] == " ":
            end += 1
        return end

    def follows(self, start: int, words: tuple[str, ...]) -> bool:
        """True where one of the words (lower case) stands right in front; a space may stand between."""
        return self.low.endswith(words, 0, self.before(start))

    def precedes(self, end: int, words: tuple[str, ...]) -> bool:
        return self.low.startswith(words, self.after(end))


def is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def is_han(char: str) -> bool:
    return "㐀" <= char <= "鿿" or char >= "\U00020000"  # rare characters of names are beyond the first plane


def lower(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.lower() for word in words)
