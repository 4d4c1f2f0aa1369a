"""What a candidate is, whatever the value: a name in its clause, a noun, a word."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.claims.attribution.lexicon import said
from pipeline.claims.metrics import roles
from pipeline.claims.metrics.subject.before import REACH
from pipeline.claims.metrics.subject.candidates import Candidate, Look
from pipeline.claims.metrics.subject.discourse import Topicality
from pipeline.claims.metrics.subject.question import Question
from pipeline.claims.nominals import nominals
from pipeline.claims.reading import Reading, once
from pipeline.claims.scales import Factor, Part, step
from pipeline.records import Mention

BY_ITSELF = ("is_medium", "is_house", "is_institute", "is_office", "is_marketplace")
SPEAK = ("people", "agent")  # sorts of nouns that do
SPOKEN = 4  # characters from people to the verb of speech


def standing(asked: Question, one: Candidate, place: str) -> tuple[Part, Look]:
    """What does not depend on the value about a candidate with a place."""
    scale, phrase, classes = asked.discourse.scale, "", tuple[str, ...]()
    if one.mention is not None:
        traits = traits_of(asked.reading, one.mention)
        phrase, classes = traits.phrase, traits.classes
        itself = scale[of_name][traits, *said_most(asked, one.mention), asked.discourse.topicality(one.name), place]
    else:
        itself = scale[of_noun][*noun_traits(asked, one), asked.discourse.titled(one.name), place]
    found = one.standing[place] = itself, (one.kind, one.sort, place, phrase, classes)
    return found


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


def of_name(name: Traits, most: bool, only: bool, topic: Topicality, place: str) -> Iterator[Factor]:
    near = "own" if place == "own" else "away"
    yield "rank", topic.rank, name.label
    yield "rank", topic.rank, name.label, near
    yield "said", topic.said, near
    yield "led", topic.led, near
    yield "led", topic.led, name.label
    if topic.opens:
        yield "opens post", name.label, near
    if topic.titled:
        yield "titled", name.label, near
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


def of_noun(form: str, part: str, said: str, long: str, speaking: bool, titled: bool, place: str) -> Iterator[Factor]:
    if titled:
        yield "noun titled", "own" if place == "own" else "away"
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
