"""What a value is compared with: last year, the month before, a base as written."""

import re

from pipeline.claims.metrics.lexicon import cue_matcher, cue_tuple, cues, directions
from pipeline.claims.reading import Reading, Span
from pipeline.records import Mention

TIMES = ("yoy", "qoq", "mom", "previous")


def degree(reading: Reading, start: int, end: int) -> tuple[int, str] | None:
    """Where the adjective of 较发行价高逾一成 begins, right in front of a value, and which way it goes."""
    text = reading.masked[start:end].rstrip(" 了出逾超近约")
    for name, way in (("more", "up"), ("less", "down")):
        word = next((word for word in cue_tuple(name) if text.endswith(word)), "")
        if word:
            return start + len(text) - len(word), way
    return None


def comparison_of(reading: Reading, start: int, end: int, amount: Mention) -> tuple[str, Span | None]:
    """``yoy``, ``qoq``, ``mom`` or the base as written, with the base's span."""
    text = reading.masked[start:end]
    if found := cue_matcher("annualized").find(text):
        return found[-1][2], None
    if not (amount.unit == "pp" and against_rate(text)):  # 比上月的同比涨幅回落0.2个百分点
        for name in ("yoy", "qoq", "mom"):
            if cue_matcher(name).find(text):
                return name, None
        if found := cue_matcher("previous").find(text):
            return before_period(reading, start + found[-1][0]), None
    bases = [b for b in cue_matcher("bases").find(text) if not reading.entities_in(start + b[0], start + b[1])]
    for _left, right, word in bases:
        stop = base_end(reading, start + right, end)
        stop = without_adverbs(reading, start + right, stop)
        written = without_asides(reading.text[start + right : stop]).strip(" 的，,:：近约")
        if not written:
            # 高出预期 stands behind its verb; 比预期高出 before it
            continue
        if word in cues()["exceeding"] and not any(ch not in "0123456789" for ch in written):
            continue
        period = period_base(reading, start + right, stop)
        return (period or written), (start + right, stop)
    return of_base(reading, start, end, amount)


def against_rate(text: str) -> bool:
    """True where a word of comparison stands by itself, and is not the 比 of 同比."""
    times = [found for name in ("yoy", "previous") for found in cue_matcher(name).find(text)]
    return any(not any(left <= base[0] < right for left, right, _ in times) for base in cue_matcher("bases").find(text))


def of_base(reading: Reading, start: int, end: int, amount: Mention) -> tuple[str, Span | None]:
    """The base of 仅为英伟达同类的63%, 是2000年的3.25倍: between the copula and 的."""
    if amount.kind != "percent":
        return "", None
    stop = end
    while stop > start and reading.masked[stop - 1] in " 近约":
        stop -= 1
    if stop <= start or reading.masked[stop - 1] != "的":
        return "", None
    dates = reading.dates_in(start, stop)
    if (
        dates and dates[-1].end == stop - 1 and reading.behind(dates[-1].start, cue_tuple("restored"))
    ):  # 恢复至前年同期的九成
        written = reading.text[dates[-1].start : stop - 1]
        return period_base(reading, dates[-1].start, stop - 1) or written, (dates[-1].start, stop - 1)
    copulas = [right for _, right, word in cue_matcher("copulas").find(reading.masked[start : stop - 1])]
    if not copulas:
        return "", None
    left = start + copulas[-1]
    written = reading.text[left : stop - 1].strip()
    return (written, (left, stop - 1)) if written else ("", None)


def without_adverbs(reading: Reading, start: int, end: int) -> int:
    """Where a base ends in front of the adverbs of its verb: 比上年名义增长."""
    found = cue_matcher("connectors").find(reading.masked[start:end])
    while found and start + found[-1][1] == end and found[-1][2] != "的":
        end = start + found.pop()[0]
    return end


def without_asides(text: str) -> str:
    """The text without what stands in brackets."""
    return re.sub(r"[（(][^（()）]{0,40}[)）]", "", text)


def base_end(reading: Reading, start: int, end: int) -> int:
    """Where the base of a comparison stops: at the direction verb, 的, or the value."""
    stops = [start + left for left, _, _ in directions().find(reading.masked[start:end])]
    at = reading.masked.rfind("的", start, end)
    if at >= 0 and at >= end - 2:
        stops.append(at)
    adjective = degree(reading, start, end)
    if adjective is not None:
        stops.append(adjective[0])
    return min([*stops, end])


def period_base(reading: Reading, start: int, end: int) -> str:
    """``yoy`` where the base is the same period of last year."""
    written = re.split("[的之]", reading.folded[start:end].strip(" 的"))[0]  # 去年同期之21亿港元
    return next((name for name in ("yoy", "qoq", "mom") if written in cues()[name + "_bases"]), "")


def before_period(reading: Reading, offset: int) -> str:
    """环比: against the quarter before where the text speaks of quarters, else the month before."""
    for mention in reversed([m for m in reading.dates if m.start <= offset]):
        if "Q" in mention.period or "H" in mention.period:
            return "qoq"
        if mention.period.count("-") == 1:
            return "mom"
    return "qoq"
