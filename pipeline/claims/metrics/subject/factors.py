"""What speaks for or against each candidate: what it is, where it stands, of whom the values before were told.

A factor is a family and what it says; several facts in one factor count together. ``sort`` is a candidate in a word:
the label of a name, the kind of a noun, the kind of a candidate that is only a word.
"""

from collections.abc import Iterator, Sequence
from itertools import starmap

from pipeline.claims.metrics import roles, things
from pipeline.claims.metrics.lexicon import cues
from pipeline.claims.metrics.spot import core_within
from pipeline.claims.metrics.subject.before import RECENT, by_told, since
from pipeline.claims.metrics.subject.candidates import Candidate
from pipeline.claims.metrics.subject.places import here, where
from pipeline.claims.metrics.subject.question import Question
from pipeline.claims.metrics.subject.traits import of_word, standing, traits_of
from pipeline.claims.reading import Reading, once
from pipeline.claims.scales import Factor, Part, step
from pipeline.records import Mention

Rated = tuple[Candidate, list[Part]]

NEAR = ("gap", "0")
MORE = "2+"  # rank beyond those that count one by one
HERE = 2  # which of a candidate's parts is about its place


def rated(asked: Question, found: Sequence[Candidate]) -> list[Rated]:
    """Each candidate with its factors, in the order given."""
    made: list[Rated] = []
    places: list[str] = []
    scale = asked.discourse.scale
    for_kinds, singles = scale[for_kind], scale[single]
    kind, unit = asked.kind, asked.amount.unit
    recent = recency(asked, found)
    refers = any((asked.reference, asked.reference_before, asked.firm_word, asked.pronoun))
    told = {one.subject.name for one in asked.told[-RECENT:]} | {asked.told_of_metric}
    told.discard("")
    kept: dict[tuple[str, str], Part] = {}
    heading = last_heading(asked, found)
    for one in found:
        if one.spot is None:
            place, parts = "", [of_word(asked, one), for_kinds[(one.kind, one.sort, "", "", ()), kind]]
        else:
            place = where(asked, one.spot)
            itself, look = one.standing.get(place) or standing(asked, one, place)
            parts = [itself, for_kinds[look, kind], here(asked, one.spot, place)]
            if one.mention is not None:
                if one.end <= asked.anchor and one.name in recent:
                    parts.append(recent[one.name])
                if refers:
                    parts.append(by_reference(asked, one.mention, place))
            if one.start == heading:
                parts.append(singles["last heading", one.sort])
        if one.name in told:
            known = kept.get((one.name, one.sort))
            if known is None:
                known = kept[one.name, one.sort] = by_told(asked, one.name, one.sort, heading)
            parts.append(known)
        if unit:
            parts.append(singles["unit", unit, one.sort if one.phrase is not None else group_of(one)])
        places.append(place)
        made.append((one, parts))
    beside_own(asked, made, places)
    return made


def last_heading(asked: Question, found: Sequence[Candidate]) -> int:
    """Where the last heading above the value's line begins that is one of the candidates, -1 where none is."""
    start = asked.reading.line_of(asked.amount.start)[0]
    return max(
        (one.start for one in found if one.spot is not None and one.spot.heading and one.start < start), default=-1
    )


def group_of(one: Candidate) -> str:
    return "name" if one.mention is not None else "noun" if one.phrase is not None else "word"


def single(*factor: str) -> tuple[Factor]:
    """One factor, which counts by itself."""
    return (factor,)


def for_kind(look: tuple[str, str, str, str, tuple[str, ...]], value: tuple[str, str, str, bool]) -> Iterator[Factor]:
    """What speaks for a candidate of this look where a value of the question's kind is told."""
    kind, sort, place, phrase, classes = look
    of, how, form, verb = value
    yield "sort place of", sort, place, of
    yield "sort place value", sort, place, form
    if place:
        group = "name" if kind == "entity" else "noun"
        yield f"{group} how place", how, place
        if verb:
            yield f"{group} verb place", sort, place
    else:
        yield "word how", kind, how
        if verb:
            yield "word verb", kind
        if sort != kind:  # it has a mention
            yield "word sort of", kind, sort, of
    for trait in classes:
        yield "class of", trait, of
    if phrase:
        yield "phrase sort of", phrase, sort, of


def recency(asked: Question, found: Sequence[Candidate]) -> dict[str, Part]:
    """Of each name in front of the metric how many others of its label have been named since."""
    singles = asked.discourse.scale[single]
    parts: dict[str, Part] = {}
    counts: dict[str, int] = {}
    for one in reversed(found):
        if one.mention is None or one.spot is None or one.end > asked.anchor or one.name in parts:
            continue
        rank = counts.get(one.sort, 0)
        parts[one.name] = singles["recent", one.sort, step(rank, 0, 1, 2)]
        counts[one.sort] = rank + 1
    return parts


def by_reference(asked: Question, mention: Mention, place: str) -> Part:
    """What a word that stands for a name, or for the firm, says of a name."""
    label, name, means = mention.label, mention.name, ""
    if asked.reference is not None:
        means = "this" if name in asked.reference.names else "another"
    elif asked.reference_before is not None and name in asked.reference_before.names:
        means = "before"
    most = "most" if asked.discourse.most_said.get("ORG") == name else "less"
    return asked.discourse.scale[referred][means, asked.firm_word, most, asked.pronoun and place != "own", label]


def referred(means: str, firm_word: str, most: str, pronoun: bool, label: str) -> Iterator[Factor]:
    if means:
        yield "reference", means, label
    if firm_word:
        yield "firm word", firm_word, label, most
    if pronoun:
        yield "pronoun", label


def beside_own(asked: Question, made: list[Rated], places: list[str]) -> None:
    """Add what the clause has of its own to what speaks for those who stand elsewhere."""
    elsewhere, in_own = asked.discourse.scale[versus], asked.discourse.scale[ranked]
    own = [pair for pair, place in zip(made, places, strict=True) if place == "own"]
    ends = sorted({one.end for one, _ in own}, reverse=True)
    ranks = {end: step(rank, 0, 1, 2) for rank, end in enumerate(ends[:3])}
    best = best_of(asked, own)
    last = asked.told[-1].subject.name if asked.told else ""
    across = since(asked, asked.told[-1].start) if last else ""
    for (one, parts), place in zip(made, places, strict=True):
        after = across if one.name == last else ""
        if place != "own":
            parts.append(elsewhere[best, place or one.kind, after])
        else:
            rank = ranks.get(one.end, MORE)
            behind = () if one.mention is None else by_thing_behind(asked, one.mention, own)
            parts.append(in_own[best, one.kind, rank, behind, asked.of if is_near(one, parts) else "", after])


def versus(best: str, place: str, across: str) -> Iterator[Factor]:
    if across:
        yield "told across", across, best
    yield "versus place", best, place


def ranked(best: str, kind: str, rank: str, behind: tuple[str, ...], of: str, across: str) -> Iterator[Factor]:
    if across:
        yield "told across", across, best
    yield "own rank", rank
    yield "own rank", kind, rank
    yield "own best", best, kind
    if behind:
        yield "own behind", *behind
    if of:
        yield "own near of", kind, of


def by_thing_behind(asked: Question, mention: Mention, own: Sequence[Rated]) -> tuple[str, ...]:
    """Whether a name has a thing behind it that the clause can be about: 乘联会预估8月|乘用车厂商|批发销量."""
    reading = asked.reading
    behind = any(
        one.phrase is not None and one.start >= mention.end and is_thing(reading, one.start, one.end) for one, _ in own
    )
    speaks = roles.is_speaker(reading, mention)
    who = "institute" if traits_of(reading, mention).classes else "speaker" if speaks else mention.label
    return who, "noun" if behind else "nothing"


def is_near(one: Candidate, parts: Sequence[Part]) -> bool:
    """True where nothing but cues stands between a candidate and the metric."""
    return (*NEAR, one.sort) in parts[HERE].factors


def best_of(asked: Question, own: Sequence[Rated]) -> str:
    """The best that a clause has of its own: a name or a thing, right in front of the metric or farther away."""
    reading = asked.reading
    names = [pair for pair in own if pair[0].mention is not None and roles.can_lead(reading, pair[0].mention)]
    nouns = [pair for pair in own if pair[0].phrase is not None and is_thing(reading, pair[0].start, pair[0].end)]
    if any(starmap(is_near, names)):
        return "name near"
    if names:
        return "name"
    if any(starmap(is_near, nouns)):
        return "noun near"
    return "noun" if nouns else "nothing"


@once
def is_thing(reading: Reading, start: int, end: int) -> bool:
    """True for words that can be a subject: no metric, no word of rise and fall, none too general."""
    if reading.folded[start:end].strip() in cues()["general"] or not things.names_thing(reading, start, end):
        return False
    return core_within(reading, start, end) < 0
