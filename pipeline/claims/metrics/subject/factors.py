"""What speaks for or against each candidate: what it is, where it stands, of whom the values before were told.

A factor is a family and what it says; several facts in one factor count together. ``sort`` is a candidate in a word:
the label of a name, the kind of a noun, the kind of a candidate that is only a word.
"""

from collections.abc import Iterator, Sequence

from pipeline.claims.attribution.lexicon import said
from pipeline.claims.metrics import roles, things
from pipeline.claims.metrics.lexicon import cues
from pipeline.claims.metrics.spot import core_within
from pipeline.claims.metrics.subject.before import REACH, RECENT, by_told, since
from pipeline.claims.metrics.subject.candidates import Candidate
from pipeline.claims.metrics.subject.discourse import NOBODY
from pipeline.claims.metrics.subject.parts import Factor, Part, step
from pipeline.claims.metrics.subject.places import HEADING, opened, placed, where
from pipeline.claims.metrics.subject.question import Question
from pipeline.claims.nominals import Nominal, nominals
from pipeline.claims.reading import Reading, once
from pipeline.records import Mention

Rated = tuple[Candidate, list[Part]]

NEAR = ("gap", "0")
HERE = 2  # which of a candidate's parts is about its place
IN_CLAUSE = ("can_lead", "is_object", "is_source", "in_byline", "owns_next", "is_venue", "is_speaker", "by_setter")
BY_ITSELF = ("is_medium", "is_house", "is_institute", "is_office", "is_marketplace")
SPEAK = ("people", "agent")  # sorts of nouns that do
SPOKEN = 4  # characters from people to the verb of speech


def rated(asked: Question, found: Sequence[Candidate]) -> list[Rated]:
    """Each candidate with its factors, in the order given."""
    made: list[Rated] = []
    places: list[str] = []
    recent = recency(asked, found)
    told = {one.subject.name for one in asked.told[-RECENT:]}
    heading = last_heading(asked, found)
    for one in found:
        place = where(asked, one.start, one.end) if one.start >= 0 else ""
        places.append(place)
        sort = sort_of(asked, one)
        parts = what(asked, one, place, sort)
        if place:
            parts.append(here(asked, one, place, sort))
        if one.mention is not None and place:
            parts.append(asked.discourse.part(*by_recency(asked, one.mention, recent)))
            parts.append(asked.discourse.part(*by_reference(asked, one.mention, place)))
        if heading >= 0 and one.start == heading:
            parts.append(asked.discourse.part(("last heading", sort)))
        if one.name and (one.name in told or one.name == asked.told_of_metric):
            parts.append(Part(by_told(asked, one.name, sort, heading)))
        if asked.amount.unit:
            group = sort if one.phrase is not None else group_of(one)
            parts.append(asked.discourse.part(("unit", asked.amount.unit, group)))
        made.append((one, parts))
    beside_own(asked, made, places)
    return made


def last_heading(asked: Question, found: Sequence[Candidate]) -> int:
    """Where the last heading above the value's line begins that is one of the candidates, -1 where none is."""
    reading = asked.reading
    start = reading.line_of(asked.amount.start)[0]
    near = [one.start for one in found if 0 <= one.start < start and is_heading(reading, one.start)]
    return max(near, default=-1)


@once
def is_heading(reading: Reading, start: int) -> bool:
    """True for what opens a line so short that it only says what the next ones are about."""
    line = opened(reading, start)
    return line is not None and line[1] - line[0] <= HEADING and not reading.has_amount(*line)


def sort_of(asked: Question, one: Candidate) -> str:
    if one.mention is not None:
        return one.mention.label
    return one.sort or one.kind


def group_of(one: Candidate) -> str:
    return "name" if one.mention is not None else "noun" if one.phrase is not None else "word"


def what(asked: Question, one: Candidate, place: str, sort: str) -> list[Part]:
    """What a candidate is: by itself, and for values of this kind. Each is made once a post."""
    phrase = ""
    classes: tuple[str, ...] = ()
    if one.mention is not None and place:
        phrase, classes = in_phrase(asked.reading, one.mention), classes_of(asked.reading, one.mention)
    kept = asked.discourse.kept
    return [
        kept((one.kind, one.name, one.start, one.form, place), itself, asked, one, place),
        kept((one.kind, sort, place, phrase, classes, asked.kind), for_kind, asked, one, place, sort, phrase, classes),
    ]


def itself(asked: Question, one: Candidate, place: str) -> Iterator[Factor]:
    if one.mention is not None and place:
        return of_name(asked, one.mention, place)
    if one.phrase is not None:
        return of_noun(asked, one, one.phrase, place)
    return of_word(asked, one)


def for_kind(
    asked: Question, one: Candidate, place: str, sort: str, phrase: str, classes: tuple[str, ...]
) -> Iterator[Factor]:
    """What speaks for a candidate of this sort and place where a value of the question's kind is told."""
    group = group_of(one)
    yield "sort place of", sort, place, asked.of
    yield "sort place value", sort, place, asked.value
    if place:
        yield f"{group} how place", asked.how, place
        if asked.verb:
            yield f"{group} verb place", sort, place
    else:
        yield "word how", one.kind, asked.how
        if asked.verb:
            yield "word verb", one.kind
        if one.mention is not None:
            yield "word sort of", one.kind, sort, asked.of
    for trait in classes:
        yield "class of", trait, asked.of
    if phrase:
        yield "phrase sort of", phrase, sort, asked.of


@once
def classes_of(reading: Reading, mention: Mention) -> tuple[str, ...]:
    """What a name is by itself."""
    return tuple(trait for trait in BY_ITSELF if getattr(roles, trait)(mention))


def of_name(asked: Question, mention: Mention, place: str) -> Iterator[Factor]:
    reading, discourse, label = asked.reading, asked.discourse, mention.label
    yield "part place", roles.part_of(reading, mention) or "none", place
    for trait in IN_CLAUSE:
        if getattr(roles, trait)(reading, mention):
            yield "is place", trait, place
    for trait in classes_of(reading, mention):
        yield "class", trait
        yield "class place", trait, place
    phrase = in_phrase(reading, mention)
    if phrase:
        yield "phrase", phrase
    if discourse.most_said.get(label) == mention.name:
        yield "most said", label
    if label == "ORG" and discourse.only_firm is not None and discourse.only_firm.name == mention.name:
        yield ("only firm",)
    leads = roles.led_by(reading, *reading.sentences[reading.sentence_at(mention.start)])
    if leads and leads[0] is mention:
        yield "leads", place


@once
def in_phrase(reading: Reading, mention: Mention) -> str:
    """``modifies`` for a name in front of the noun that its phrase is about, ``heads`` for one behind others."""
    clause = reading.clause_at(mention.start)
    for one in nominals(reading, clause.start, clause.end):
        if one.start <= mention.start < one.end:
            return "modifies" if one.end > mention.end else "heads" if one.start < mention.start else ""
    return ""


def of_noun(asked: Question, one: Candidate, phrase: Nominal, place: str) -> Iterator[Factor]:
    yield "noun form place", one.form, place
    yield "noun part place", phrase.part, place
    near = max(0, one.start - REACH), one.start + REACH
    yield "noun said", step(asked.reading.text.count(one.name, *near), 1, 2, 4)
    yield "noun long", step(len(one.name), 2, 3, 4, 6, 10)
    if one.sort in SPEAK and speaks(asked.reading, phrase.end):
        yield "noun speaks", place


@once
def speaks(reading: Reading, end: int) -> bool:
    """True for people in front of what they say: 分析师认为."""
    return any(True for _ in said(reading.folded, end, min(len(reading.folded), end + SPOKEN)))


def of_word(asked: Question, one: Candidate) -> Iterator[Factor]:
    yield "word", one.kind
    if one.kind in ("nobody", "poster"):
        yield one.kind, "names" if asked.reading.subjects else "no names"
    if one.kind in ("firm", "group", "people"):
        yield one.kind, "firms" if asked.discourse.firms else "no firms"


def here(asked: Question, one: Candidate, place: str, sort: str) -> Part:
    """What counts about a candidate's place; in another sentence the same for all values of this one."""
    if place not in ("back", "next"):
        return Part(placed(asked, one.start, one.end, place, sort))
    key = ("place", one.start, one.end, asked.sentence, sort)
    return asked.discourse.kept(key, placed, asked, one.start, one.end, place, sort)


def recency(asked: Question, found: Sequence[Candidate]) -> dict[str, int]:
    """Of each name in front of the metric how many others of its label have been named since."""
    rank: dict[str, int] = {}
    counts: dict[str, int] = {}
    for one in reversed(found):
        mention = one.mention
        if mention is None or one.start < 0 or one.end > asked.anchor or one.name in rank:
            continue
        rank[one.name] = counts.get(mention.label, 0)
        counts[mention.label] = rank[one.name] + 1
    return rank


def by_recency(asked: Question, mention: Mention, recent: dict[str, int]) -> Iterator[Factor]:
    rank = recent.get(mention.name)
    if mention.end <= asked.anchor and rank is not None:
        yield "recent", mention.label, step(rank, 0, 1, 2)


def by_reference(asked: Question, mention: Mention, place: str) -> Iterator[Factor]:
    """What a word that stands for a name, or for the firm, says of a name."""
    label, name = mention.label, mention.name
    if asked.reference is not None:
        yield "reference", "this" if name in asked.reference.names else "another", label
    elif asked.reference_before is not None and name in asked.reference_before.names:
        yield "reference", "before", label
    if asked.firm_word:
        most = "most" if asked.discourse.most_said.get("ORG") == name else "less"
        yield "firm word", asked.firm_word, label, most
    if asked.pronoun and place != "own":
        yield "pronoun", label


def beside_own(asked: Question, made: list[Rated], places: list[str]) -> None:
    """Add what the clause has of its own to what speaks for those who stand elsewhere."""
    own = [pair for pair, place in zip(made, places, strict=True) if place == "own"]
    ends = sorted({one.end for one, _ in own}, reverse=True)
    best = best_of(asked, own)
    last = asked.told[-1].subject if asked.told else NOBODY
    across = since(asked, asked.told[-1].start) if last.name else ""
    for (one, parts), place in zip(made, places, strict=True):
        factors: list[Factor] = []
        if one.name and one.name == last.name:
            factors.append(("told across", across, best))
        if place != "own":
            factors.append(("versus place", best, place or one.kind))
        else:
            rank = step(ends.index(one.end), 0, 1, 2)
            factors += [("own rank", rank), ("own rank", one.kind, rank), ("own best", best, one.kind)]
            if one.mention is not None:
                factors.append(by_thing_behind(asked, one.mention, own))
            if is_near(parts):
                factors.append(("own near of", one.kind, asked.of))
        parts.append(Part(factors) if place == "own" else asked.discourse.part(*factors))  # these are few


def by_thing_behind(asked: Question, mention: Mention, own: Sequence[Rated]) -> Factor:
    """Whether a name has a thing behind it that the clause can be about: 乘联会预估8月|乘用车厂商|批发销量."""
    reading = asked.reading
    behind = any(
        one.phrase is not None and one.start >= mention.end and is_thing(reading, one.start, one.end) for one, _ in own
    )
    speaks = roles.is_speaker(reading, mention)
    who = "institute" if classes_of(reading, mention) else "speaker" if speaks else mention.label
    return "own behind", who, "noun" if behind else "nothing"


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
