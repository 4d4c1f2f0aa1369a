"""One post as the claim rules read it: sentences, clauses, words, mentions, and who is being talked about."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import wraps
from operator import attrgetter
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from pipeline.frozen import frozen
from pipeline.language.draft import Draft
from pipeline.language.words import Word
from pipeline.lazy import lazy
from pipeline.mentions.entities.coreference import Reference, references
from pipeline.records import Mention, Post

Span = tuple[int, int]
P = ParamSpec("P")
T = TypeVar("T")

# A line break inside a sentence is a forced one, and the colon behind it the prefix of a quotation: neither breaks.
BREAK = re.compile(
    r"(?=[，,；;。！？!?…\t：:—– ])"
    r"(?:[，,；;。！？!?…\t]|(?<![\n>])[：:]|[—–]{2,}|(?<=\S) {2,}(?=\S)"
    r"|(?<=[^\s\d]) [-·•] (?=[^\s\d])|(?<=[\])]) [-·•] )"
)
# Where a sentence has no comma, a blank between Chinese words is one.
BLANK = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
OPEN, CLOSE = "（(【[《「『“", "）)】]》」』”"
BRACKETS = "（(【["
PLACE = attrgetter("start", "end")
LINE_END = re.compile("\n")
BRACKET = re.compile(r"[（(【\[）)】\]》」』”]")

SUBJECTS = frozenset({"ORG", "PERSON", "PRODUCT", "GPE"})
AMOUNTS = frozenset({"money", "percent", "quantity"})


@frozen
class Clause:
    """A stretch of a sentence between clause marks.

    ``aside`` is True for what stands in brackets; ``before`` is the mark in front of it (empty at the start of a
    sentence), so that a rule can tell a comma from a colon.
    """

    start: int
    end: int
    aside: bool = False
    before: str = ""

    def __hash__(self) -> int:
        return self.start


def inside(group: list[Mention], starts: list[int], start: int, end: int) -> list[Mention]:
    """Those of a group, in order and none overlapping another, that lie wholly inside ``start:end``."""
    first = bisect_left(starts, start)
    last = bisect_left(starts, end, first)
    if first == last:
        return []
    return group[first:last] if group[last - 1].end <= end else [m for m in group[first:last] if m.end <= end]


def once(find: "Callable[Concatenate[Reading, P], T]") -> "Callable[Concatenate[Reading, P], T]":
    """Keep what a question finds in a post, by what it asks about: several rules ask the same. Nobody may change it."""

    work_out: Callable[..., T] = find

    @wraps(find)
    def ask(reading: "Reading", /, *args: Any, **kwargs: Any) -> T:
        if kwargs:  # the arguments in their order are the key
            return work_out(reading, *args, **kwargs)
        kept: dict[tuple[Any, ...], T] = reading.kept[find]
        try:
            return kept[args]
        except KeyError:
            pass
        found = kept[args] = work_out(reading, *args)
        return found

    return cast("Callable[Concatenate[Reading, P], T]", ask)


class Reading:
    """A post and what has been found in it. All offsets are into ``text``; rules match on ``folded``."""

    def __init__(self, draft: Draft, mentions: Sequence[Mention]) -> None:
        self.draft = draft
        self.post: Post = draft.post
        self.text = draft.text
        self.folded = draft.folded
        self.sentences: list[Span] = draft.sentences
        self.mentions = sorted(mentions, key=PLACE)
        self.entities = [m for m in self.mentions if m.kind == "entity"]
        self.subjects = [m for m in self.entities if m.label in SUBJECTS]
        self.dates = [m for m in self.mentions if m.kind == "date"]
        self.amounts = [m for m in self.mentions if m.kind in AMOUNTS]
        self._sentence_starts = [start for start, _ in self.sentences]
        self._starts = [m.start for m in self.mentions]
        self._entity_starts = [m.start for m in self.entities]
        self._subject_starts = [m.start for m in self.subjects]
        self._date_starts = [m.start for m in self.dates]
        self._amount_starts = [m.start for m in self.amounts]
        self._clauses: dict[int, list[Clause]] = {}
        self._clause_at: dict[int, Clause] = {}
        self._letters: dict[int, int] = {}
        self.cells: dict[int, list[Span]] = {}  # of a table's line, by its start: see tables.cells
        self.units: dict[int, tuple[list[Any], list[int], set[int]]] = {}  # of a sentence: see phrases.units
        self.dated: list[tuple[int, Mention]] = []  # sentences with the date they went on with: see period.period_of
        self.kept: defaultdict[Callable[..., Any], dict[tuple[Any, ...], Any]] = defaultdict(dict)  # see once

    @lazy
    def masked(self) -> str:
        """``folded`` with names and dates blanked, for cues: the 比 of 比亚迪 compares nothing."""
        return self._blank([m for m in self.mentions if m.kind in ("entity", "date")])

    def behind(self, at: int, words: tuple[str, ...]) -> bool:
        """True where one of ``words`` stands in front of ``at``, blanks between them or none."""
        while at and self.masked[at - 1].isspace():
            at -= 1
        return self.masked.endswith(words, 0, at)

    @lazy
    def bare(self) -> str:
        """``folded`` with every mention blanked, for words that no mention may hold."""
        return self._blank(self.mentions)

    def _blank(self, mentions: list[Mention]) -> str:
        parts, at = [], 0
        for mention in mentions:
            if mention.start >= at:
                parts += [self.folded[at : mention.start], "\0" * (mention.end - mention.start)]
                at = mention.end
        return "".join([*parts, self.folded[at:]])

    @lazy
    def references(self) -> list[Reference]:
        """Words that stand for a name (其, 该公司, 后者), in order, each with the names they stand for."""
        return references(self.folded, self.mentions, self.sentences)

    def reference_in(self, start: int, end: int) -> Reference | None:
        """The last word of ``start:end`` that stands for a name."""
        first, last = bisect_left(self._reference_starts, start), bisect_left(self._reference_starts, end)
        return next((one for one in reversed(self.references[first:last]) if one.end <= end), None)

    @lazy
    def _reference_starts(self) -> list[int]:
        return [one.start for one in self.references]

    def entities_in(self, start: int, end: int) -> list[Mention]:
        """Entities wholly inside ``start:end``."""
        return inside(self.entities, self._entity_starts, start, end)

    def subjects_in(self, start: int, end: int) -> list[Mention]:
        """Those of ``entities_in`` whose kind can be a subject."""
        return inside(self.subjects, self._subject_starts, start, end)

    def dates_in(self, start: int, end: int) -> list[Mention]:
        """Dates wholly inside ``start:end``."""
        return inside(self.dates, self._date_starts, start, end)

    def amounts_in(self, start: int, end: int) -> list[Mention]:
        """Money, percent and quantity mentions wholly inside ``start:end``."""
        return inside(self.amounts, self._amount_starts, start, end)

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """Mentions of every kind wholly inside ``start:end``."""
        first = bisect_left(self._starts, start)
        return [m for m in self.mentions[first : bisect_left(self._starts, end, first)] if m.end <= end]

    def named(self, start: int, end: int, floor: int, stop: int) -> bool:
        """True where one of ``entities_in(floor, stop)`` shares a character with ``start:end``."""
        for at in range(bisect_left(self._entity_starts, end) - 1, -1, -1):
            mention = self.entities[at]
            if mention.end <= start:  # they do not overlap, so that none before it reaches farther
                return False
            if floor <= mention.start and mention.end <= stop:
                return True
        return False

    def ends_in(self, start: int, end: int) -> tuple[Mention, Mention] | None:
        """The first and the last of ``entities_in``, without the others; None where there is none."""
        first = bisect_left(self._entity_starts, start)
        last = bisect_left(self._entity_starts, end, first) - 1
        if last >= first and self.entities[last].end > end:
            last -= 1
        return (self.entities[first], self.entities[last]) if last >= first else None

    def has_amount(self, start: int, end: int) -> bool:
        """True where ``amounts_in`` would give any."""
        first = bisect_left(self._amount_starts, start)
        return first < len(self.amounts) and self.amounts[first].end <= end

    def behind_amounts(self, start: int, end: int) -> int:
        """Where the last of ``amounts_in`` ends; ``start`` where there is none."""
        last = bisect_left(self._amount_starts, end) - 1
        if last >= 0 and self.amounts[last].end > end:
            last -= 1
        return self.amounts[last].end if last >= 0 and self._amount_starts[last] >= start else start

    def starts_amount(self, at: int) -> bool:
        """True where a value begins at ``at``."""
        first = bisect_left(self._amount_starts, at)
        return first < len(self.amounts) and self._amount_starts[first] == at

    def ends_amount(self, at: int) -> bool:
        """True where a value ends at ``at``."""
        first = bisect_left(self._amount_starts, at)
        return first > 0 and self.amounts[first - 1].end == at

    def overlapping(self, start: int, end: int) -> list[Mention]:
        """Mentions of every kind that share a character with ``start:end``."""
        starts = self._starts
        first = max(0, bisect_left(starts, start) - 1)  # mentions do not overlap, so only one can reach in from before
        return [m for m in self.mentions[first : bisect_left(starts, end)] if m.end > start]

    @lazy
    def spans(self) -> frozenset[Span]:
        """Where mentions stand."""
        return frozenset((m.start, m.end) for m in self.mentions)

    def words(self, start: int, end: int) -> list[Word]:
        """jieba's words that overlap ``start:end``; a mention is one word."""
        return self.draft.words.between(start, end)

    def tagged(self, start: int, end: int) -> list[tuple[int, int, str, str]]:
        """``words`` with jieba's part of speech."""
        return self.draft.words.tagged(start, end)

    def sentence_at(self, offset: int) -> int:
        """The index of the sentence that holds an offset."""
        at = bisect_right(self._sentence_starts, offset)
        return at - 1 if at else 0

    def line_of(self, offset: int) -> Span:
        """The line (paragraph) that holds an offset."""
        at = bisect_left(self._line_ends, offset)
        return self._line_ends[at - 1] + 1 if at else 0, self._line_ends[at]

    @lazy
    def _line_ends(self) -> list[int]:
        return [*(found.start() for found in LINE_END.finditer(self.text)), len(self.text)]

    def first_letter(self, start: int) -> int:
        """The place of the first letter from ``start`` on in its line; the line's end where there is none."""
        found = self._letters.get(start)
        if found is None:
            end = self.line_of(start)[1]
            found = next((at for at in range(start, end) if self.folded[at].isalpha()), end)
            self._letters[start] = found
        return found

    def clauses(self, index: int) -> list[Clause]:
        """The clauses of a sentence in the order of their starts, asides after what they interrupt."""
        found = self._clauses.get(index)
        if found is None:
            found = self._clauses[index] = self._split(*self.sentences[index])
        return found

    def clause_at(self, offset: int) -> Clause:
        """The innermost clause that holds an offset."""
        found = self._clause_at.get(offset)
        if found is None:
            index = self.sentence_at(offset)
            for clause in self.clauses(index):
                if clause.start > offset:
                    break
                if offset < clause.end and (found is None or clause.end - clause.start < found.end - found.start):
                    found = clause
            if found is None:
                found = Clause(*self.sentences[index])
            self._clause_at[offset] = found
        return found

    def _split(self, start: int, end: int) -> list[Clause]:
        asides = self._asides(start, end)
        found = [clause for left, right in asides for clause in self._pieces(left + 1, right - 1, [], True)]
        found.extend(self._pieces(start, end, asides, False))
        return sorted(found, key=lambda c: (c.start, c.end)) if asides else found

    def _asides(self, start: int, end: int) -> list[Span]:
        """Outermost bracketed spans, brackets included."""
        found: list[Span] = []
        stack: list[int] = []
        for match in BRACKET.finditer(self.folded, start, end):
            at, char = match.start(), match.group()
            if char in BRACKETS:
                stack.append(at)
            elif stack and OPEN.index(self.folded[stack[-1]]) == CLOSE.index(char):
                opened = stack.pop()
                if not stack and at - opened > 1:
                    found.append((opened, at + 1))
        return found

    def _pieces(self, start: int, end: int, covered: list[Span], aside: bool) -> list[Clause]:
        found: list[Clause] = []
        begin, before = start, "(" if aside else ""
        marks = list(BREAK.finditer(self.folded, start, end))
        for match in marks or BLANK.finditer(self.folded, start, end):
            at = match.start()
            if (covered and any(left <= at < right for left, right in covered)) or self._cuts(at, match.end()):
                continue
            if begin < at:
                found.append(Clause(begin, at, aside, before))
            begin, before = match.end(), match.group()
        if begin < end:
            found.append(Clause(begin, end, aside, before))
        return found

    def _cuts(self, start: int, end: int) -> bool:
        """True where a mark stands inside a mention (1,234) or a Latin word (http://)."""
        if start > 0 and end < len(self.folded) and self.folded[start] in ",:":
            left, right = self.folded[start - 1], self.folded[end]
            if (left.isdigit() and right.isdigit()) or right == "/":
                return True
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and self.mentions[at].end > start

    def subject_before(self, offset: int) -> tuple[str, Mention | None]:
        """Whom the text talks about where a clause names no subject of its own.

        The first subject-like entity of the present sentence before ``offset``, else of the sentences before it
        within the paragraph, nearest first, else of the line before (a heading), else of the title's. Gives its
        canonical name and the mention, ("", None) where nobody has been named.
        """
        index = self.sentence_at(offset)
        for at in range(index, max(-1, index - 8), -1):
            start, end = self.sentences[at]
            found = self.subjects_in(start, min(end, offset))
            if found:
                lead = next((m for m in found if self._leads(m, start)), found[0])
                return lead.name, lead
        return "", None

    def _leads(self, mention: Mention, start: int) -> bool:
        """True where an entity opens its sentence or clause, the place of subjects."""
        before = self.folded[start : mention.start].rstrip()
        return not before or before[-1] in "，,；;：:。！？!?"
