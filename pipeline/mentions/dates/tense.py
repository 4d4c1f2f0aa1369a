"""Does a clause tell of what was or of what is to come? Which of several dates does it mean then?"""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from pipeline.mentions.dates.periods import Period
from pipeline.mentions.dates.words import Words, trie

REACH = 40  #: characters of a clause that are looked at on either side
BREAK = re.compile(r"[。！？!?；;\n，,]")
#: Days: a future so far away yields to a past so near, and a past so far away to a time so soon.
NEAR, FAR, SOON = 120, {"half": 120}, {"day": 62, "month": 62, "quarter": 95, "half": 125}
LONG = 240


@cache
def cues(lexicon: Words) -> re.Pattern[str]:
    return re.compile(f"(?:{lexicon.pattern('future.not_cues')})|(?P<cue>{trie(lexicon['future.cues'])})")


def clause(lexicon: Words, text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind a span in its clause; a cue that ends the clause before belongs to it."""
    left = text[max(0, start - REACH) : start]
    right = text[end : end + REACH]
    breaks = [m.start() for m in BREAK.finditer(left)]
    if breaks:
        said = left[: breaks[-1]]  # 公司预计，12月开售
        left = left[breaks[-1] + 1 :]
        if said.endswith(lexicon.ends("future.cues")):
            left = said[-2:] + left
    stop = BREAK.search(right)
    return left, right[: stop.start()] if stop else right


def is_future(lexicon: Words, text: str, start: int, end: int) -> bool:
    """Whether a cue of the future stands in the clause around a span."""
    return any(m["cue"] for part in clause(lexicon, text, start, end) for m in cues(lexicon).finditer(part))


def is_past(lexicon: Words, text: str, start: int, end: int) -> bool:
    """Whether a cue of the past does."""
    left, right = clause(lexicon, text, start, end)
    if left.rstrip().endswith(lexicon.ends("past.before")) or right.lstrip().startswith(lexicon.ends("past.after")):
        return True
    return any(cue in left or cue in right for cue in lexicon["past.cues"])


def pick(
    candidates: Sequence[Period], today: date, future: bool, past_only: bool = False, feast: bool = False
) -> Period | None:
    """The latest that has begun, or the earliest that has not ended where the clause speaks of the future.

    A day of this year that is a few weeks ahead is meant rather than last year's, but for ``past_only``; so is
    the month, quarter or half that comes next, and a ``feast`` that is three times nearer than the one that was.
    A forecast of the half that has just ended is one of its result.
    """
    begun = [p for p in candidates if p.start and p.start <= today]
    coming = [p for p in candidates if p.end and p.end >= today]
    past = max(begun, key=lambda p: p.start or today) if begun else None
    to_come = min(coming, key=lambda p: p.start or today) if coming else None
    if past is None or to_come is None:
        return past or to_come
    ahead = (to_come.start - today).days if to_come.start else 0
    behind = (today - past.end).days if past.end else 0
    if not future:
        enough = ahead if to_come.unit in ("quarter", "half") else LONG
        if feast and not past_only:
            return to_come if 3 * ahead < behind else past
        soon = to_come.year == today.year and ahead <= SOON.get(to_come.unit, -1) and behind > enough
        return to_come if soon and not past_only else past
    return past if ahead > FAR.get(to_come.unit, LONG) and behind < NEAR else to_come
