"""Does a clause tell of what was or of what is to come? Which of several dates does it mean then?"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache

from pipeline.lexicons.trie import trie
from pipeline.mentions.dates.periods import Period
from pipeline.mentions.dates.words import Words

REACH = 40  #: characters of a clause that are looked at on either side
BREAK = re.compile(r"[。！？!?；;\n，,]")
LAST_BREAK = re.compile(rf".*{BREAK.pattern}", re.DOTALL)
#: Days: a future so far away yields to a past so near, and a past so far away to a time so soon.
NEAR, FAR, SOON = 120, {"half": 120}, {"day": 62, "month": 62, "quarter": 95, "half": 125}
LONG = 240


@cache
def cues(lexicon: Words) -> re.Pattern[str]:
    return re.compile(f"(?:{lexicon.pattern('future.not_cues')})|(?P<cue>{trie(lexicon['future.cues'])})")


def clause(lexicon: Words, text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind a span in its clause; a cue that ends the clause before belongs to it."""
    first = max(0, start - REACH)
    left = text[first:start]
    found = LAST_BREAK.match(text, first, start)
    if found is not None:
        left = text[found.end() : start]
        said = text.endswith(lexicon.ends("future.cues"), first, found.end() - 1)  # 公司预计，12月开售
        if said and not text.endswith(lexicon.ends("future.not_cues"), first, found.end() - 1):
            left = text[max(first, found.end() - 3) : found.end() - 1] + left
    stop = BREAK.search(text, end, end + REACH)
    return left, text[end : stop.start() if stop else end + REACH]


def is_future(lexicon: Words, text: str, start: int, end: int) -> bool:
    """Whether a cue of the future stands in the clause around a span."""
    firsts = lexicon.firsts("future.cues")
    for part in clause(lexicon, text, start, end):
        if not firsts.isdisjoint(part) and any(found["cue"] for found in cues(lexicon).finditer(part)):
            return True
    return False


def is_past(lexicon: Words, text: str, start: int, end: int) -> bool:
    """Whether a cue of the past does."""
    left, right = clause(lexicon, text, start, end)
    if left.rstrip().endswith(lexicon.ends("past.before")) or right.lstrip().startswith(lexicon.ends("past.after")):
        return True
    return any(cue in left or cue in right for cue in lexicon["past.cues"])


def pick(
    candidates: Sequence[Period],
    today: date,
    future: bool,
    past_only: Callable[[], bool] = lambda: False,
    feast: bool = False,
) -> Period | None:
    """The latest that has begun, or the earliest that has not ended where the clause speaks of the future.

    A day of this year that is a few weeks ahead is meant rather than last year's, but for ``past_only``, which is
    asked only then; so is
    the month, quarter or half that comes next, and a ``feast`` that is three times nearer than the one that was.
    A forecast of the half that has just ended is one of its result.
    """
    past = to_come = None
    for candidate in candidates:
        start, end = candidate.start, candidate.end
        if start and start <= today and (past is None or start > (past.start or today)):
            past = candidate
        if end and end >= today and (to_come is None or (start or today) < (to_come.start or today)):
            to_come = candidate
    if past is None or to_come is None:
        return past or to_come
    ahead = (to_come.start - today).days if to_come.start else 0
    behind = (today - past.end).days if past.end else 0
    if not future:
        enough = ahead if to_come.unit in ("quarter", "half") else LONG
        if feast and not past_only():
            return to_come if 3 * ahead < behind else past
        soon = to_come.year == today.year and ahead <= SOON.get(to_come.unit, -1) and behind > enough
        return to_come if soon and not past_only() else past
    return past if ahead > FAR.get(to_come.unit, LONG) and behind < NEAR else to_come
