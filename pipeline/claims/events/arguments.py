"""Who does it and what takes it: names for the phrases around a trigger."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.claims.attribution import attributions_near
from pipeline.claims.attribution.bylines import in_byline
from pipeline.claims.events.lexicon import EventType, near, words
from pipeline.claims.phrases import Unit, entities_of, head_entity, is_agent, is_document, is_office, phrases
from pipeline.claims.reading import Reading
from pipeline.records import Mention

FAR = 400  # characters before an event in which bylines are looked for
LONGEST = 18  # characters of a noun phrase that is taken as it is written


@dataclass(frozen=True, slots=True)
class Argument:
    """An agent or object: its name, the mention where it is one, where it stands, and whether context gave it."""

    name: str
    mention: Mention | None
    start: int
    end: int
    inferred: bool = False


def of_mention(mention: Mention, inferred: bool = False) -> Argument:
    return Argument(mention.name, mention, mention.start, mention.end, inferred)


def salient(reading: Reading, at: int, labels: frozenset[str]) -> Argument | None:
    """The one that the text before talks about, where it can be an agent.

    Inside reported speech it is the first that the content names, else the speaker; the source of a report
    (据央视新闻) is nobody's subject.
    """
    near = attributions_near(reading, at, at + 1)
    told = [a for a in near if any(start <= at < end for start, end in a.contents)]
    for said in reversed(told):
        named = [m for m in reading.entities_in(said.content_start, at) if m.label in labels]
        if named and reading.sentence_at(named[0].start) == reading.sentence_at(at):
            return of_mention(named[0], True)
        if said.kind == "statement" and said.rule != "according" and said.mention is not None:
            if said.mention.label in labels:
                return of_mention(said.mention, True)
            break
    framed = [a for a in near if a.rule in ("according", "wire", "account") and a.mention is not None]
    outside = {a.mention.start for a in framed if a.mention is not None}
    outside |= {m.start for m in reading.entities_in(max(0, at - FAR), at) if in_byline(reading, m.start)}
    name, mention = reading.subject_before(at)
    if mention is None or not name:
        return None
    if mention.label not in labels or mention.start in outside:
        index = reading.sentence_at(at)
        start = reading.sentences[max(0, index - 2)][0]
        fitting = [m for m in reading.entities_in(start, at) if m.label in labels and m.start not in outside]
        if not fitting:
            return None
        here = [m for m in fitting if reading.sentence_at(m.start) == index]
        mention = here[0] if here else fitting[-1] if len(fitting) == 1 else fitting[0]
    return of_mention(mention, True)


def pronoun(reading: Reading, phrase: Sequence[Unit], labels: frozenset[str]) -> Argument | None:
    """What 其, 该公司, 后者 or 这家初创公司 stand for."""
    known = phrases()
    body = "".join(unit.word for unit in phrase if unit.kind != "de")
    at = phrase[0].start
    if body in known.latter | known.former_of_two:
        index = reading.sentence_at(at)
        start = reading.sentences[max(0, index - 1)][0]
        named = [m for m in reading.entities_in(start, at) if m.label in labels]
        if not named:
            return None
        return of_mention(named[-1] if body in known.latter or len(named) < 2 else named[-2], True)
    pointing = body.startswith(known.pointers) and not entities_of(phrase) and is_agent(phrase[-1].word)
    if body in known.person:
        wanted = frozenset({"PERSON"}) & labels or labels
        return salient(reading, at, wanted)
    if body in known.body or body in known.self or pointing:
        return salient(reading, at, labels - {"PERSON"} or labels)
    return None


def agent(reading: Reading, kind: EventType, phrase: Sequence[Unit]) -> Argument | None:
    """The agent that a noun phrase names, None where it can be none."""
    phrase = list(phrase)
    while phrase and phrase[-1].kind in ("de", "place", "adverb", "time"):
        phrase = phrase[:-1]
    if not phrase:
        return None
    listed = any(unit.word in phrases().coordinators for unit in phrase)
    named = [unit.mention for unit in entities_of(phrase) if unit.mention is not None]
    mention = named[0] if listed and len(named) > 1 and phrase[0].kind == "entity" else head_entity(phrase)
    if mention is None and len(phrase) > 1 and phrase[0].kind == "entity" and owned(kind, phrase):
        mention = phrase[0].mention
    if mention is not None:
        firm = next((m for m in named if m.label in kind.subjects), None)  # 英特尔CEO陈立武宣布裁员: the firm does
        fitting = mention if mention.label in kind.subjects else firm if mention.label == "PERSON" else None
        return of_mention(fitting) if fitting is not None else None
    found = pronoun(reading, phrase, kind.subjects)
    if found is not None:
        return found
    if is_name(phrase[-1]) and "ORG" in kind.subjects and len(phrase) > 1 and phrase[0].kind != "amount":
        return Argument(reading.text[phrase[-1].start : phrase[-1].end], None, phrase[-1].start, phrase[-1].end)
    first = phrase[0]
    if "PERSON" in kind.subjects and phrase[-1].tag.startswith("nr") and kind.object == "optional":
        return Argument(reading.text[phrase[-1].start : phrase[-1].end], None, phrase[-1].start, phrase[-1].end)
    if first.kind == "pronoun" or any(unit.kind == "pronoun" for unit in phrase):
        return None
    name = reading.text[first.start : phrase[-1].end]
    word = phrase[-1].word
    allowed = kind.things or (kind.agents and (is_agent(word) or is_office(phrase)))
    if word in words("wishes") or (kind.things and not is_good(phrase[-1])):
        return None
    if allowed and not is_document(word) and len(name) <= LONGEST and phrase[-1].kind == "noun":
        return Argument(name, None, first.start, phrase[-1].end)
    return None


def is_good(unit: Unit) -> bool:
    """True for a noun that somebody sells; a price that falls by itself is none."""
    return unit.tag.startswith("n") and not unit.word.endswith(near("price"))


def owned(kind: EventType, phrase: Sequence[Unit]) -> bool:
    """True for a name and what it owns, where the owner acts: 人人网的ADR, 特斯拉全系车型."""
    rest = [unit for unit in phrase[1:] if unit.kind != "de"]
    if kind.listing and rest[-1].word.endswith(tuple(words("goods"))):
        return False
    placed = [u for u in rest if u.mention is not None and u.mention.label == "GPE"]
    return all(unit.kind == "noun" or unit in placed for unit in rest) and (
        kind.possessor or rest[-1].word in words("possessed")
    )


def object_of(reading: Reading, kind: EventType, phrase: Sequence[Unit]) -> Argument | None:
    """What a noun phrase says of the object: an entity of the right label, else the phrase as written."""
    phrase = list(phrase)
    per = next((at for at, unit in enumerate(phrase) if at and unit.word.startswith(tuple(words("per")))), len(phrase))
    phrase = phrase[:per]
    while phrase and phrase[-1].kind in ("de", "place", "and", "mark"):
        phrase.pop()
    while phrase and phrase[0].kind in ("de", "mark"):
        phrase.pop(0)
    if not phrase:
        return None
    mention = object_mention(kind, phrase)
    if mention is not None:
        return of_mention(mention)
    if phrase[-1].kind == "pronoun":
        found = pronoun(reading, phrase[-1:], kind.objects)
        return found if found is not None and kind.objects else None
    while phrase and (phrase[0].kind in ("amount", "de") or phrase[0].tag[:1] in ("m", "q")):
        phrase.pop(0)
    if not phrase or phrase[-1].kind not in ("noun", "entity") or phrase[-1].tag[:1] in ("m", "q", "t"):
        return None
    if len(phrase) == 1 and phrase[0].tag.startswith("v"):
        return None
    if kind.object == "person":
        named = phrase[-1].tag.startswith("nr")
        return (
            Argument(reading.text[phrase[-1].start : phrase[-1].end], None, phrase[-1].start, phrase[-1].end)
            if named
            else None
        )
    if not kind.nouns_as_objects and not is_name(phrase[-1]):
        if not phrase[-1].word.endswith(kind.object_heads or ("\0",)):
            return None
    elif is_name(phrase[-1]):
        return Argument(reading.text[phrase[-1].start : phrase[-1].end], None, phrase[-1].start, phrase[-1].end)
    start, end = phrase[0].start, phrase[-1].end
    if end - start > LONGEST:
        start = next(
            (u.end for u in reversed(phrase[:-1]) if u.kind == "de" and end - u.end <= LONGEST), phrase[-1].start
        )
    if is_paper(phrase[-1].word) or end - start < 2:
        return None
    return Argument(reading.text[start:end].strip(), None, start, end)


def is_name(unit: Unit) -> bool:
    """True for a Latin name that the knowledge base does not know: Wiz."""
    return (
        unit.kind == "noun"
        and unit.word[:1].isascii()
        and unit.word[:1].isupper()
        and len(unit.word) > 2
        and not is_agent(unit.word)
    )


def is_paper(word: str) -> bool:
    return word.endswith(tuple(words("papers")))


def object_mention(kind: EventType, phrase: Sequence[Unit]) -> Mention | None:
    """The entity of a noun phrase that is the object: its head, else what owns the head (OpenAI的股份)."""
    named = [unit for unit in entities_of(phrase) if unit.mention is not None and unit.mention.label in kind.objects]
    if not named:
        return None
    if phrase[-1].kind == "entity" and not any(unit.word in phrases().coordinators for unit in phrase):
        return phrase[-1].mention if phrase[-1] in named else None
    link = next((unit.start for unit in phrase if unit.kind == "de"), phrase[-1].end)
    before = [unit for unit in named if unit.end <= link]
    listed = any(unit.word in phrases().coordinators for unit in phrase)
    chosen = (before or named)[0 if listed else -1].mention
    if chosen is not None and chosen.label == "GPE" and not kind.places:
        return None  # 法国初创公司 is a firm, 美国市场 a market
    return chosen
