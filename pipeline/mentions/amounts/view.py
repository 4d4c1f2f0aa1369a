"""A post as the amount rules see it, and the amounts they make."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from operator import itemgetter

from pipeline.mentions.amounts.cues import cue_before
from pipeline.mentions.amounts.lexicon import lists
from pipeline.mentions.amounts.touching import touching
from pipeline.mentions.context import Context, Span
from pipeline.mentions.numerals import find_pieces
from pipeline.mentions.numerals.piece import Piece
from pipeline.mentions.numerals.wrap import Joined, join
from pipeline.records import Kind

LOCAL = "LOCAL"  # money of the writer's own country, until its currency is known
UNKNOWN = ""  # money whose currency only the context gives
first = itemgetter(0)
END = "\0"
CLAUSE_ENDS = "，。；！？,;!?\n：:、()（）~"
SENTENCE_ENDS = "。！？!?\n"


@dataclass(slots=True)
class Amount:
    """A mention in the making: ``start`` and ``end`` in the joined text.

    ``own`` is the qualifier that the numeral itself gives. ``unit`` of money is a code, LOCAL or UNKNOWN; ``per`` what
    it is a price for. ``piece`` is the numeral (the last of a range), ``cue_at`` where its
    sign or negation begins; ``phrase`` and ``reach`` where a per phrase before it begins and one behind it ends.
    ``inferred`` says that only the context gives the unit.
    """

    kind: Kind
    label: str
    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    own: str
    unit: str
    rule: str
    piece: Piece
    per: str = ""
    direction: str = ""
    cue_at: int = -1
    reach: int = -1
    phrase: int = -1
    inferred: bool = False


WEB = re.compile(r"(?:[A-Za-z]{3,6}://|www\.)[!-~]+|[A-Za-z0-9_.%-]{1,60}@[A-Za-z0-9.-]{3,60}")


def addresses(text: str) -> list[tuple[int, int]]:
    """Web and mail addresses: what they hold is no amount."""
    if "://" not in text and "www." not in text and "@" not in text:
        return []
    return [found.span() for found in WEB.finditer(text)]


class View:
    """The mended text of a post, its numerals, and what others have taken of it."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.joined: Joined = join(context.text, context.folded)
        self.text = self.joined.text
        self.chars = self.text + END  # what touches a place is one look-up in it, at either end of the text as well
        self.pieces: list[Piece] = find_pieces(self.joined)
        self.taken = merged([*self.joined.spans(context.taken), *addresses(self.text)])
        self.lists, self.near = lists(), touching()
        self.dollar = ""  # whose money a bare $ is, when it is asked for
        self.cued: dict[int, tuple[str, int]] = {}  # what cues say before places, when it is asked for

    def is_taken(self, start: int, end: int) -> bool:
        """True where another finder owns a part of the span."""
        index = bisect_right(self.taken, start, key=first)
        if index and self.taken[index - 1][1] > start:
            return True
        return index < len(self.taken) and self.taken[index][0] < end

    def clause(self, position: int, reach: int = 40) -> str:
        """What stands before ``position`` in its clause, at most ``reach`` characters."""
        return self.back(position, reach, CLAUSE_ENDS)

    def sentence(self, position: int, reach: int = 60) -> str:
        """What stands before ``position`` in its sentence, at most ``reach`` characters."""
        return self.back(position, reach, SENTENCE_ENDS)

    def back(self, position: int, reach: int, ends: str) -> str:
        start = max(0, position - reach)
        found = last_of(ends).match(self.text, start, position)
        return self.text[found.end() if found else start : position]

    def rest(self, position: int, reach: int = 40, ends: str = SENTENCE_ENDS) -> str:
        """What follows ``position`` in its sentence."""
        found = one_of(ends).search(self.text, position, position + reach)
        return self.text[position : found.start() if found else position + reach]

    def in_one_sentence(self, start: int, end: int) -> bool:
        """True where no sentence ends between two places."""
        return bisect_left(self.sentence_ends, start) == bisect_left(self.sentence_ends, end)

    @cached_property
    def sentence_ends(self) -> list[int]:
        return [match.start() for match in one_of(SENTENCE_ENDS).finditer(self.text)]

    def cue_before(self, position: int) -> tuple[str, int]:
        """The qualifier of the cue that ends at ``position``, and where it begins; ("", position) for none."""
        found = self.cued.get(position)
        if found is None:
            found = self.cued[position] = cue_before(self.text, position)
        return found

    def is_han(self, position: int) -> bool:
        return 0 <= position < len(self.text) and "一" <= self.text[position] <= "鿿"


@cache
def one_of(chars: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(chars)}]")


@cache
def last_of(chars: str) -> re.Pattern[str]:
    """All up to the last of some characters, in a stretch that is short."""
    return re.compile(f".*[{re.escape(chars)}]", re.DOTALL)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, overlapping ones as one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result
