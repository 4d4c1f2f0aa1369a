"""What a change is compared with where a clause before says it: 与去年同期相比，营收增长20%, 从同比看，价格上涨3%."""

import re

from pipeline.claims.metrics.against import before_period, period_base
from pipeline.claims.metrics.bases import is_phrase
from pipeline.claims.metrics.lexicon import cue_matcher, cue_tuple, table
from pipeline.claims.reading import Clause, Reading
from pipeline.lexicons import cached
from pipeline.lexicons.trie import trie

TIMES = ("yoy", "qoq", "mom")


@cached
def view_pattern() -> re.Pattern[str]:
    """从同比情况看: seen so, all changes of the sentence are."""
    lists = table()
    times = trie([word for name in (*TIMES, "previous") for word in lists[name]])
    return re.compile(f"(?P<time>{times})(?:{trie(lists['view_nouns'])})?(?:{trie(lists['views'])})")


def framed(reading: Reading, clause: Clause) -> str:
    """``yoy``, ``qoq``, ``mom`` or the base as written in a clause before, within the sentence; empty for none."""
    start, _ = reading.sentences[reading.sentence_at(clause.start)]
    before = reading.masked[start : clause.start]
    if not before or not (cue_matcher("framing").find(before)):
        return ""
    seen = list(view_pattern().finditer(reading.folded, start, clause.start))
    if seen:
        time = seen[-1].group("time")
        return next((name for name in TIMES if time in table()[name]), "") or before_period(reading, start)
    earlier = [c for c in reading.clauses(reading.sentence_at(clause.start)) if not c.aside and c.end <= clause.start]
    return next((base for c in reversed(earlier) if (base := base_clause(reading, c))), "")


def base_clause(reading: Reading, clause: Clause) -> str:
    """The base that a whole clause is (与去年同期相比), or that it ends with (…较去年同期的54亿元，减少3亿元)."""
    values = reading.amounts_in(clause.start, clause.end)
    whole = reading.masked[clause.start : clause.end].rstrip()
    if values and not whole.endswith(cue_tuple("value_closes")):  # 与4月27日236元的股价相比 is one
        last = values[-1]
        found = cue_matcher("bases").find(reading.masked[clause.start : last.start])
        left = clause.start + found[-1][1] if found else last.start
        written = reading.text[left : last.start].rstrip()
        dates = reading.dates_in(left, last.start)
        if dates and dates[0].start == left and is_phrase(reading, dates[0], last):  # 对比去年同期营收106亿元
            return period_base(reading, left, dates[0].end) or written
        if reading.masked[last.end : clause.end].strip() or not written.endswith(("的", "之")):
            return ""
        return period_base(reading, left, last.start) or written.rstrip("的之")
    text = reading.masked[clause.start : clause.end]
    left = clause.start + len(text) - len(text.lstrip())
    left += max((len(word) for word in cue_tuple("frame_links") if reading.masked.startswith(word, left)), default=0)
    opened = max(
        (word for word in cue_tuple("frame_opens") if reading.masked.startswith(word, left)), key=len, default=""
    )
    closed = max((word for word in cue_tuple("frame_closes") if text.rstrip().endswith(word)), key=len, default="")
    if not opened or not (closed or opened in table()["frame_alone"]):
        return ""
    left, right = left + len(opened), clause.start + len(text.rstrip()) - len(closed)
    return period_base(reading, left, right) or reading.text[left:right].strip(" 的之")
