"""Who or what a value can be told of: the names and nouns around it, the poster, nobody."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import field

from pipeline.claims.metrics import things
from pipeline.claims.metrics.fitting import unexplained
from pipeline.claims.metrics.lexicon import cue_tuple, cues, directions
from pipeline.claims.metrics.spot import core_within
from pipeline.claims.metrics.subject.places import Spot, spot
from pipeline.claims.metrics.subject.question import START, Question
from pipeline.claims.metrics.subject.words import words
from pipeline.claims.nominals import CAUSE, TOPIC, Nominal, nominals
from pipeline.claims.phrases import Unit, is_agent, is_document, is_person, written
from pipeline.claims.reading import Reading, once
from pipeline.claims.scales import Part
from pipeline.frozen import frozen
from pipeline.records import Mention

BULLET = re.compile(r"^(?:\W|[\d一二三四五六七八九十]{1,2}[.、)）])+")  # that a line's first noun can have taken along
LABELS = frozenset({"ORG", "PERSON", "PRODUCT", "GPE", "LOC", "EVENT"})
CUE = 3  # characters of the longest noun that is only a cue
BACK = 8  # sentences before the value's in which names are looked for
REACH = 2000  # characters to either side of the sentence beyond which nobody looks for a name
NOUNS_BACK = 1  # the same for nouns without a name
OPENING = frozenset({"time", "adverb", "mark", "conj", "aux"})  # units that a noun phrase can have taken along
NOUNS = frozenset({"noun", "entity", "amount", "pronoun"})
NO_NOUNS = frozenset("abdhkz")  # parts of speech, by their first letter
TOLD = 3  # subjects of values before that are candidates wherever they stand


Look = tuple[str, str, str, str, tuple[str, ...]]
"""What of a candidate counts with the kind of a value: its kind, sort and place, a name's phrase and classes."""


@frozen
class Candidate:
    """``kind`` is ``entity``, ``noun``, one of ``words``, ``only firm``, ``title``, ``told`` (of a value before) or
    ``nobody``; ``sort`` is the label of a name, the kind of a noun, else the kind. ``form`` says how much of its phrase
    a noun is. Names have a ``mention``, nouns their ``phrase``; ``spot`` is None and ``start`` -1 for one without a
    place in the text. ``standing`` keeps by place what does not depend on the value."""

    name: str
    kind: str
    sort: str
    start: int = -1
    end: int = -1
    mention: Mention | None = None
    phrase: Nominal | None = None
    form: str = ""
    spot: Spot | None = None
    standing: dict[str, tuple[Part, Look]] = field(default_factory=dict, compare=False, repr=False)


def candidates(asked: Question) -> list[Candidate]:
    found = [*names(asked), *nouns(asked), *(Candidate(name, kind, kind) for kind, name in words(asked))]
    known = {one.name for one in found}
    only = asked.discourse.only_firm
    if only is not None and only.name not in known:
        found.append(Candidate(only.name, "only firm", only.label, mention=only))
    for name, mention in {told.subject.name: told.subject.mention for told in asked.told[-TOLD:]}.items():
        if name and name not in known:
            found.append(Candidate(name, "told", "told" if mention is None else mention.label, mention=mention))
    titled = asked.reading.draft.title_entities
    found.extend(Candidate(m.name, "title", "title") for m in titled if m.label in LABELS and m.name not in known)
    found.append(Candidate("", "nobody", "nobody"))
    return found


def names(asked: Question) -> Iterator[Candidate]:
    amount = asked.amount
    return (one for one in names_near(asked.reading, asked.sentence) if not one.start <= amount.start < one.end)


@once
def names_near(reading: Reading, sentence: int) -> list[Candidate]:
    """The names of a sentence, of those before it and of the next; of a sentence before the last of each name."""
    sentences = reading.sentences
    first = sentences[max(0, sentence - BACK)][0]
    stop = sentences[min(len(sentences) - 1, sentence + 1)][1]
    start, end = sentences[sentence]
    inside = reading.entities_in(max(first, start - REACH), min(stop, end + REACH))
    near = [named(reading, m) for m in inside if m.label in LABELS]
    last = {(one.name, sentence_of(one)): one for one in near}
    return [one for one in near if one.end > start or last[one.name, sentence_of(one)] is one]


def sentence_of(one: Candidate) -> int:
    return one.spot.sentence if one.spot is not None else -1


@once
def named(reading: Reading, mention: Mention) -> Candidate:
    start, end, label = mention.start, mention.end, mention.label
    return Candidate(mention.name, "entity", label, start, end, mention, spot=spot(reading, start, end, label))


def nouns(asked: Question) -> Iterator[Candidate]:
    """The noun phrases of the sentence up to the value's clause, and what the clauses before it were about."""
    amount = asked.amount
    for sentence in range(max(0, asked.sentence - NOUNS_BACK), asked.sentence):
        yield from topics_of(asked.reading, sentence)
    every = nouns_of(asked.reading, asked.sentence)
    first = bisect_left(every, amount.start - REACH, key=START)
    for at in range(first, len(every)):
        one = every[at]
        if one.start > amount.end and one.start >= asked.clause.end:
            break
        if one.phrase is not None and not one.start <= amount.start < one.phrase.end:
            yield one


def trimmed(phrase: Nominal) -> Nominal | None:
    """A noun phrase from its first noun to its last, without the adverbs and adjectives taken along: 先行者|主要."""
    units = phrase.units
    stop = len(units)
    while stop and not is_noun(units[stop - 1]):
        stop -= 1
    start = next((at for at in range(stop) if units[at].kind not in OPENING), stop)
    if start == stop:
        return None
    return phrase if stop - start == len(units) else Nominal(units[start:stop], phrase.part)


def is_noun(unit: Unit) -> bool:
    """True for a unit that can be the last of a subject; a word of jieba's making has no preposition for its end."""
    if unit.kind not in NOUNS or unit.tag == "v" or unit.tag[:1] in NO_NOUNS:
        return False
    known = unit.tag != "x" or unit.word.endswith(cue_tuple("materials"))  # 硅料
    return known or unit.word[-1:] not in cues()["connectors"]  # 收市前於


def stands_for_name(reading: Reading, phrase: Nominal) -> bool:
    """True for 该公司 where the text has a name for it, which is a candidate itself."""
    found = reading.reference_in(phrase.start, phrase.end)
    return found is not None and found.end == phrase.end and bool(found.names)


@once
def nouns_of(reading: Reading, sentence: int) -> list[Candidate]:
    """The noun phrases of a sentence that are no names, in order."""
    phrases = range(len(phrases_of(reading, sentence)))
    return sorted((one for at in phrases for one in named_by(reading, sentence, at)), key=START)


@once
def topics_of(reading: Reading, sentence: int) -> list[Candidate]:
    """Those of ``nouns_of`` that the clauses are about."""
    found = enumerate(phrases_of(reading, sentence))
    return [one for at, phrase in found if phrase.part in (TOPIC, CAUSE) for one in named_by(reading, sentence, at)]


@once
def phrases_of(reading: Reading, sentence: int) -> list[Nominal]:
    """The noun phrases of a sentence's clauses that neither are a name nor stand for one."""
    clauses = reading.clauses(sentence)
    found = filter(None, (trimmed(one) for clause in clauses for one in nominals(reading, clause.start, clause.end)))
    return [one for one in found if not (is_name(one) or stands_for_name(reading, one) or is_cue(reading, one))]


def is_name(phrase: Nominal) -> bool:
    """True for a pronoun, too."""
    entity = phrase.entity
    named = entity is not None and (entity.start, entity.end) == (phrase.start, phrase.end)
    return named or phrase.units[-1].kind == "pronoun"


def is_cue(reading: Reading, phrase: Nominal) -> bool:
    """True for a noun that only says what a value is compared with, or where it went: 同比, 快速增长."""
    if directions().whole(phrase.units[-1].word):
        return True
    return phrase.end - phrase.start <= CUE and not unexplained(reading, phrase.start, phrase.end)


@once
def named_by(reading: Reading, sentence: int, at: int) -> list[Candidate]:
    """The candidates that a phrase of a sentence can be read as."""
    phrase = phrases_of(reading, sentence)[at]
    metric = core_within(reading, phrase.start + 1, phrase.end)
    end = metric if metric >= 0 else phrase.end
    sort = noun_kind(phrase)
    place = spot(reading, phrase.start, end, sort)
    found = forms(reading, phrase, metric).items()
    return [Candidate(name, "noun", sort, phrase.start, end, None, phrase, form, place) for name, form in found]


def noun_kind(phrase: Nominal) -> str:
    word = phrase.units[-1].word
    if any(is_document(unit.word) for unit in phrase.units):
        return "document"
    return "people" if is_person(word) else "agent" if is_agent(word) else "noun"


def forms(reading: Reading, phrase: Nominal, stop: int) -> dict[str, str]:
    """The names that a noun phrase can give, with their form; ``stop`` is where a metric in it begins, else -1."""
    head = phrase.units[-1]
    whole = things.brought_in(BULLET.sub("", written(reading, phrase.units)))
    if len(whole) < 2 or (whole.isascii() and not any(map(str.isalpha, whole))):
        return {}
    found: dict[str, str] = {}
    if thing := things.thing(reading, phrase):
        found[thing] = "thing"
    found.setdefault(whole, "whole")
    if len(phrase.units) > 1 and head.kind == "noun" and len(head.word) > 1:
        found.setdefault(reading.text[head.start : head.end], "head")
    if stop >= 0 and len(modifier := BULLET.sub("", reading.text[phrase.start : stop]).strip(" 的")) > 1:
        found.setdefault(modifier, "modifier")
    return found
