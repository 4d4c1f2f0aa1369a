"""What needs no weighing: the index of points, the money of a rate, the people of a share, a bond, a match."""

from pipeline.claims.metrics.lexicon import INDEX, cue_matcher, cue_tuple, cues
from pipeline.claims.metrics.roles import is_index, subjects_in
from pipeline.claims.metrics.shares import people_behind
from pipeline.claims.metrics.subject.discourse import NOBODY, Subject
from pipeline.claims.metrics.subject.question import Question
from pipeline.claims.phrases import units
from pipeline.claims.reading import SUBJECTS, Reading
from pipeline.records import Mention

NAME = 24  # characters of an index's name
LABEL = 4  # characters of a label's colon and what may stand behind it


def stated(asked: Question) -> Subject | None:
    """The subject that the value's own form gives, None where it gives none."""
    reading, amount, span = asked.reading, asked.amount, asked.found.metric
    if amount.unit in cues()["index_units"]:
        return which_index(reading, amount)
    if asked.how in ("rate", "dealt") and span.owner is not None:
        return Subject(reading.text[slice(*span.owner)])
    if asked.own and span.metric.name == INDEX.name and span.modifier and not reading.entities_in(span.start, span.end):
        return Subject(reading.text[span.start : span.end])  # 白酒指数
    if asked.how in ("left", "carried") and (name := label(reading, amount)) is not None and span.core < name.start:
        return Subject(name.name, name)  # 毛利率：格力：30%美的：25%
    if asked.how == "polled" and (people := people_behind(reading, amount, asked.clause)) is not None:
        return Subject(reading.text[slice(*people)])
    written = bond(asked) or match(asked)
    return Subject(written) if written else None


def bond(asked: Question) -> str:
    """The bond whose yield it is: 美债 of 美债收益率."""
    span, reading = asked.found.metric, asked.reading
    if not asked.own or not reading.masked.endswith(cue_tuple("yields"), span.start, span.end):
        return ""
    years = [m for m in reading.overlapping(max(0, span.start - 1), span.start) if m.label == "duration"]
    name = reading.text[years[0].start if years else span.start : span.end].strip()
    short = next((rest for tail in cues()["yields"] if (rest := name.removesuffix(tail)) != name), "")
    return short if len(short) > 1 and short.endswith(cue_tuple("bonds")) else ""


def match(asked: Question) -> str:
    """Both teams of a match: 盐城VS泰州."""
    if "vs" not in asked.reading.folded[asked.clause.start : asked.anchor].lower():
        return ""
    named = subjects_in(asked.reading, asked.clause.start, asked.anchor)
    other = rival(asked.reading, asked.clause.start, named[-1]) if len(named) > 1 else None
    return asked.reading.text[other.start : named[-1].end] if other is not None else ""


def label(reading: Reading, amount: Mention) -> Mention | None:
    """The name that labels a value, with nothing but a colon between them, whatever the list is of."""
    start = max(0, amount.start - LABEL)
    before = reading.masked[start : amount.start].rstrip(" 约近")
    if not before.endswith((":", "：")):
        return None
    end = start + len(before) - 1
    named = [m for m in reading.entities_in(max(0, end - NAME), end) if m.label in SUBJECTS]
    return named[-1] if named and not reading.masked[named[-1].end : end].strip() else None


def which_index(reading: Reading, amount: Mention) -> Subject:
    """The index that was named last, else the market that the sentence speaks of as written: 台股收31961点."""
    known = [m for m in reading.entities_in(0, amount.start) if m.label == "PRODUCT" and is_index(m)]
    start = reading.sentences[reading.sentence_at(amount.start)][0]
    markets = cue_matcher("markets").find(reading.masked[start : amount.start])
    named = [m for m in markets if m[2] not in cues()["the_market"]]  # 大市 is the index that was named
    if known and (known[-1].start >= start or not named):
        return Subject(known[-1].name, known[-1], inferred=known[-1].start < start)
    if not markets:
        return NOBODY
    at = start + markets[-1][0], start + markets[-1][1]
    longer = named_index(reading, *at) if markets[-1][2] in cues()["boards"] else ""
    return Subject(longer or reading.text[slice(*at)])


def named_index(reading: Reading, start: int, end: int) -> str:
    """The name that ends in 指数 and no gazetteer has: 中原城市领先指数; empty for the word alone."""
    found = units(reading, reading.clause_at(start).start, end)
    while found and (found[0].kind not in ("noun", "entity", "verb") or found[0].word in cues()["connectors"]):
        found = found[1:]
    known = found and all(unit.kind in ("noun", "entity", "verb") for unit in found)
    name = reading.text[found[0].start : end] if known else ""
    return name if end - start < len(name) <= NAME else ""


def rival(reading: Reading, start: int, mention: Mention) -> Mention | None:
    """The other team of a match, in front of VS and the name."""
    before = reading.entities_in(start, mention.start)
    known = bool(before) and reading.folded[before[-1].end : mention.start].strip(" .").lower() == "vs"
    return before[-1] if known else None
