"""What speaks for or against each candidate: what it is, where it stands, of whom the values before were told.

A factor is a family and what it says; several facts in one factor count together. ``sort`` is a candidate in a word:
the label of a name, the kind of a noun, the kind of a candidate that is only a word.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.claims.attribution.lexicon import said
from pipeline.claims.metrics import roles, things
from pipeline.claims.metrics.lexicon import cues
from pipeline.claims.metrics.spot import core_within
from pipeline.claims.metrics.subject.before import REACH, RECENT, by_told, since
from pipeline.claims.metrics.subject.candidates import Candidate, Look
from pipeline.claims.metrics.subject.parts import Factor, Part, step
from pipeline.claims.metrics.subject.places import here, where
from pipeline.claims.metrics.subject.question import Question
from pipeline.claims.nominals import nominals
from pipeline.claims.reading import Reading, once
from pipeline.records import Mention

Rated = tuple[Candidate, list[Part]]

NEAR = ("gap", "0")
HERE = 2  # which of a candidate's parts is about its place
BY_ITSELF = ("is_medium", "is_house", "is_institute", "is_office", "is_marketplace")
SPEAK = ("people", "agent")  # sorts of nouns that do
SPOKEN = 4  # characters from people to the verb of speech


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
            parts.append(by_told(asked, one.name, one.sort, heading))
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


def standing(asked: Question, one: Candidate, place: str) -> tuple[Part, Look]:
    """What does not depend on the value about a candidate with a place."""
    scale, phrase, classes = asked.discourse.scale, "", tuple[str, ...]()
    if one.mention is not None:
        traits = traits_of(asked.reading, one.mention)
        phrase, classes = traits.phrase, traits.classes
        itself = scale[of_name][traits, *said_most(asked, one.mention), place]
    else:
        itself = scale[of_noun][*noun_traits(asked, one), place]
    found = one.standing[place] = itself, (one.kind, one.sort, place, phrase, classes)
    return found


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


class Traits(NamedTuple):
    """What a name is by itself and in its clause: its part there, its phrase, what is true of it."""

    label: str
    part: str
    phrase: str
    leads: bool
    true: tuple[str, ...]
    classes: tuple[str, ...]


@once
def traits_of(reading: Reading, mention: Mention) -> Traits:
    leads = roles.led_by(reading, *reading.sentences[reading.sentence_at(mention.start)])
    return Traits(
        mention.label,
        roles.part_of(reading, mention) or "none",
        in_phrase(reading, mention),
        bool(leads) and leads[0] is mention,
        (
            *(["can_lead"] if roles.can_lead(reading, mention) else []),
            *roles.bars(reading, mention),
            *(["is_speaker"] if roles.is_speaker(reading, mention) else []),
            *(["by_setter"] if roles.by_setter(reading, mention) else []),
        ),
        tuple(trait for trait in BY_ITSELF if getattr(roles, trait)(mention)),
    )


def in_phrase(reading: Reading, mention: Mention) -> str:
    """``modifies`` for a name in front of the noun that its phrase is about, ``heads`` for one behind others."""
    clause = reading.clause_at(mention.start)
    for one in nominals(reading, clause.start, clause.end):
        if one.start <= mention.start < one.end:
            return "modifies" if one.end > mention.end else "heads" if one.start < mention.start else ""
    return ""


def said_most(asked: Question, mention: Mention) -> tuple[bool, bool]:
    """Whether no name of a label is said more often, and whether it is the only firm."""
    discourse, only = asked.discourse, asked.discourse.only_firm
    is_only = mention.label == "ORG" and only is not None and only.name == mention.name
    return discourse.most_said.get(mention.label) == mention.name, is_only


def of_name(name: Traits, most: bool, only: bool, place: str) -> Iterator[Factor]:
    yield "part place", name.part, place
    for trait in name.true:
        yield "is place", trait, place
    for trait in name.classes:
        yield "class", trait
        yield "class place", trait, place
    if name.phrase:
        yield "phrase", name.phrase
    if most:
        yield "most said", name.label
    if only:
        yield ("only firm",)
    if name.leads:
        yield "leads", place


def noun_traits(asked: Question, one: Candidate) -> tuple[str, str, str, str, bool]:
    """The form of a noun, its part in the clause, how often it is said around, how long it is, whether it speaks."""
    assert one.phrase is not None  # one with a place is a name or a noun
    near = max(0, one.start - REACH), one.start + REACH
    said = step(asked.reading.text.count(one.name, *near), 1, 2, 4)
    speaking = one.sort in SPEAK and speaks(asked.reading, one.phrase.end)
    return one.form, one.phrase.part, said, step(len(one.name), 2, 3, 4, 6, 10), speaking


def of_noun(form: str, part: str, said: str, long: str, speaking: bool, place: str) -> Iterator[Factor]:
    yield "noun form place", form, place
    yield "noun part place", part, place
    yield "noun said", said
    yield "noun long", long
    if speaking:
        yield "noun speaks", place


@once
def speaks(reading: Reading, end: int) -> bool:
    """True for people in front of what they say: 分析师认为."""
    return any(True for _ in said(reading.folded, end, min(len(reading.folded), end + SPOKEN)))


def of_word(asked: Question, one: Candidate) -> Part:
    beside = ""
    if one.kind in ("nobody", "poster"):
        beside = "names" if asked.reading.subjects else "no names"
    elif one.kind in ("firm", "group", "people"):
        beside = "firms" if asked.discourse.firms else "no firms"
    return asked.discourse.scale[word_beside][one.kind, beside]


def word_beside(kind: str, beside: str) -> Iterator[Factor]:
    yield "word", kind
    if beside:
        yield kind, beside


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
    best = best_of(asked, own)
    last = asked.told[-1].subject.name if asked.told else ""
    across = since(asked, asked.told[-1].start) if last else ""
    for (one, parts), place in zip(made, places, strict=True):
        after = across if one.name == last else ""
        if place != "own":
            parts.append(elsewhere[best, place or one.kind, after])
        else:
            rank = step(ends.index(one.end), 0, 1, 2)
            behind = () if one.mention is None else by_thing_behind(asked, one.mention, own)
            parts.append(in_own[best, one.kind, rank, behind, asked.of if is_near(parts) else "", after])


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


def is_near(parts: Sequence[Part]) -> bool:
    """True where nothing but cues stands between a candidate and the metric."""
    return any(factor[:2] == NEAR for factor in parts[HERE].factors)


def best_of(asked: Question, own: Sequence[Rated]) -> str:
    """The best that a clause has of its own: a name or a thing, right in front of the metric or farther away."""
    reading = asked.reading
    names = [parts for one, parts in own if one.mention is not None and roles.can_lead(reading, one.mention)]
    nouns = [parts for one, parts in own if one.phrase is not None and is_thing(reading, one.start, one.end)]
    if any(map(is_near, names)):
        return "name near"
    if names:
        return "name"
    if any(map(is_near, nouns)):
        return "noun near"
    return "noun" if nouns else "nothing"


@once
def is_thing(reading: Reading, start: int, end: int) -> bool:
    """True for words that can be a subject: no metric, no word of rise and fall, none too general."""
    if reading.folded[start:end].strip() in cues()["general"] or not things.names_thing(reading, start, end):
        return False
    return core_within(reading, start, end) < 0
