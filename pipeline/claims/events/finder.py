"""Events of a post: triggers, and their arguments by the pattern that the clause shows."""

from collections.abc import Iterator, Mapping, Sequence

from pipeline.claims.attribution.speakers import FAR
from pipeline.claims.certainty import certainty, source_of
from pipeline.claims.certainty.carried import covering
from pipeline.claims.certainty.lexicon import strongest
from pipeline.claims.certainty.scopes import holds, scopes
from pipeline.claims.events.again import points_back, resumed
from pipeline.claims.events.lexicon import EventType, Trigger, triggers, word_tuple, words
from pipeline.claims.events.mutual import together
from pipeline.claims.events.needs import may_tell, needed
from pipeline.claims.events.passive import passive
from pipeline.claims.events.piece import Found, Piece, behind_de, piece_of
from pipeline.claims.events.rounds import of_funder
from pipeline.claims.events.special import (
    arrival,
    both,
    clasped,
    cleft,
    commented,
    expelled,
    giver,
    repriced,
    sale,
    sold_to,
    takes_up,
)
from pipeline.claims.events.voices import active, relative, toward
from pipeline.claims.phrases import phrases
from pipeline.claims.reading import Reading
from pipeline.records import Claim

DOERS = ("ORG", "PERSON", "GPE")  # a mention of another label may be the trigger itself: 《行政处罚决定书》
UNMISTAKABLE = 4  # characters of a trigger that is no part of another word


def find_events(reading: Reading) -> list[Claim]:
    """One claim for each event and sentence whose agent is known.

    ``subject`` does it, ``object`` takes it, both by canonical names where they are entities. Negated, planned and
    rumoured events are told by ``certainty``.

    Example:
        微软向OpenAI投资130亿美元。 → 投资, 微软, OpenAI, ``asserted``.
    """
    claims: list[Claim] = []
    told: dict[str, Found] = {}  # the last of each kind
    for start, end in reading.sentences:
        here: list[tuple[Trigger, Found]] = []
        for trigger in triggers(reading.folded, start, end):
            if not may_tell(reading, trigger, start, end) or not is_word(reading, trigger, start, end):
                continue
            found = event(reading, trigger, start, end, told)
            if found is not None:
                here.append((trigger, found))
                told[trigger.type.name] = found
        claims.extend(claim(reading, trigger, found) for trigger, found in distinct(here))
    return claims


def is_word(reading: Reading, trigger: Trigger, start: int, end: int) -> bool:
    """True where a trigger is no part of a name or of a longer word (反收购, 发布会)."""
    near_by = reading.entities_in(max(start, trigger.start - FAR), min(end, trigger.end + FAR))
    touching = [m for m in near_by if m.start < trigger.end and trigger.start < m.end]
    touching = [m for m in touching if m.label in DOERS or (m.start, m.end) != (trigger.start, trigger.end)]
    if any(m.start <= trigger.start or m.end > trigger.end for m in touching):
        return False
    if reading.folded[trigger.start - 1 : trigger.start] == "#":
        return False
    if is_noun(reading, trigger) and not points_back(reading, trigger, start):
        return False
    long = trigger.end - trigger.start >= UNMISTAKABLE  # 合作开发|新功能, though 开发新 is a word
    reaching = [w for w in reading.words(trigger.start, trigger.end) if w[0] <= trigger.start or not long]
    covering = [w for w in reaching if w[0] < trigger.start or w[1] > trigger.end]
    covering = [w for w in covering if reading.folded[w[0] : trigger.start] not in phrases().particles]  # 拟|调涨
    return not any(w[2] in phrases().kinds or tag_known(reading, w) for w in covering)


def is_noun(reading: Reading, trigger: Trigger) -> bool:
    """True where the word behind a trigger makes another noun of it: 收购|价, 投资|机构, though not 收购|价值连城网."""
    following = next(iter(reading.words(trigger.end, trigger.end + 1)), None)
    if following is None or following[0] > trigger.end:
        return False
    word = following[2][trigger.end - following[0] :]
    return word in words("noun_tails")


def tag_known(reading: Reading, word: tuple[int, int, str]) -> bool:
    """True for a word of jieba's dictionary."""
    return any(tag != "x" for left, _, _, tag in reading.tagged(word[0], word[1]) if left == word[0])


def distinct(found: Sequence[tuple[Trigger, Found]]) -> Iterator[tuple[Trigger, Found]]:
    """The events without those that a fuller one of the same sentence repeats."""
    kept: dict[tuple[str, str, str], tuple[Trigger, Found]] = {}
    listed = {one.subject.name for trigger, one in found if trigger.type.listing}
    for trigger, one in found:
        if trigger.word in trigger.type.proceeds and one.subject.name in listed:
            continue  # 在科创板上市，募资80亿元
        target = one.object.name if one.object is not None else ""
        key = (trigger.type.name, one.subject.name, target)
        if key in kept or (trigger.word in trigger.type.mutual and (key[0], key[2], key[1]) in kept):
            continue
        if not target and any(k[:2] == key[:2] for k in kept):
            continue
        if target and (key[0], key[1], "") in kept:
            del kept[key[0], key[1], ""]
        kept[key] = (trigger, one)
    yield from kept.values()


def claim(reading: Reading, trigger: Trigger, found: Found) -> Claim:
    parts = [a for a in (found.subject, found.object) if a is not None]
    index = reading.sentence_at(trigger.start)
    floor, stop = reading.sentences[index]
    near_parts = [a for a in parts if floor <= a.start and a.end <= stop and not a.inferred]
    source, inferred = source_of(reading, trigger.start, trigger.end)
    marks = [*(["subject"] if found.subject.inferred else []), *(["source"] if inferred and source else [])]
    return Claim(
        label="event",
        start=min([trigger.start, *(a.start for a in near_parts)]),
        end=max([trigger.end, *(a.end for a in near_parts)]),
        rule=f"claim.event.{found.rule}",
        subject=found.subject.name,
        predicate=trigger.type.name,
        object=found.object.name if found.object is not None else "",
        certainty=sureness(reading, trigger, found),
        source=source,
        parts=tuple(a.mention for a in parts if a.mention is not None),
        inferred=tuple(marks),
    )


def sureness(reading: Reading, trigger: Trigger, found: Found) -> str:
    """The certainty of an event; 将 holds for the verbs that share its subject: 将关闭工厂，裁员万人."""
    sure = certainty(reading, trigger.start, trigger.end, claim="event")
    if sure == "planned" and is_disposed(reading, found):
        at = found.object.start - 1 if found.object is not None else -1
        sure = without_cue(reading, trigger, at, at + 1)
    elif any(trigger.start <= s.start < trigger.end for s in scopes(reading, reading.sentence_at(trigger.start))):
        sure = without_cue(reading, trigger, trigger.start, trigger.end)  # 禁止 is what happens
    if sure in ("asserted", "reported") and trigger.word in trigger.type.plans:
        return "planned"
    subject = found.subject
    index = reading.sentence_at(trigger.start)
    if sure not in ("asserted", "reported") or not subject.inferred or reading.sentence_at(subject.start) != index:
        return sure
    plans = [s for s in scopes(reading, index) if s.cue.certainty == "planned"]
    shared = [s for s in plans if not s.cue.claims or "event" in s.cue.claims]
    free = found.object.start - 1 if is_disposed(reading, found) and found.object is not None else -1
    here = [
        s for s in shared if s.cue.direction == "forward" and subject.end <= s.start < trigger.start and s.start != free
    ]
    between = reading.folded[here[-1].start : trigger.start] if here else ""
    return "planned" if here and not any(mark in between for mark in "；;。了") else sure


def is_disposed(reading: Reading, found: Found) -> bool:
    """True where 将 stands right in front of the object and is no future: 将部分商品降价."""
    return found.object is not None and reading.folded[found.object.start - 1 : found.object.start] == "将"


def without_cue(reading: Reading, trigger: Trigger, start: int, end: int) -> str:
    """The certainty of an event without the cues that begin in ``start:end``."""
    held = [s for s in scopes(reading, reading.sentence_at(trigger.start)) if not start <= s.start < end]
    cues = [s.cue.certainty for s in held if holds(reading, s, trigger.start, trigger.end, "event")]
    told = [a.verb_class for a in covering(reading, trigger.start, trigger.end) if a.kind != "self"]
    return strongest([*cues, *told, *(["reported"] if told else [])])


def event(reading: Reading, trigger: Trigger, start: int, end: int, told: Mapping[str, Found]) -> Found | None:
    piece = piece_of(reading, trigger, start, end)
    if trigger.type.funds:
        piece = of_funder(piece, told.get("融资"), start)
    again = resumed(piece, told)
    if again is not None:
        return again
    if not needed(piece) or talked_of(piece) or is_noun(reading, trigger):
        return None
    kind = trigger.type
    if kind.needs.get(trigger.word) == "clasped":
        return clasped(piece)
    if trigger.word in kind.expels or trigger.word in kind.lures:
        return expelled(piece)
    if trigger.word in kind.takes_up:
        found = takes_up(piece)
        named = any(u.mention is not None and u.mention.label == "ORG" for u in (*piece.left, *piece.right))
        return found if named or not is_time(piece) else None  # 库克上任之后
    if trigger.word in kind.givers:
        return giver(piece)
    if trigger.word in kind.sales:
        return sale(piece)
    if trigger.word in kind.sells:
        return sold_to(piece)
    patterns = (both, arrival, repriced, passive, relative, toward, together, active, cleft, commented)
    for pattern in patterns:
        found = pattern(piece)
        if found is not None:
            if kind.listing and found.subject.inferred and tells_goods(piece):
                return None  # 新车将由某某生产，年底在台上市
            timed = found.rule != "arrival" and found.subject.inferred and is_time(piece)
            return found if complete(kind, found) and not timed else None
    return None


def tells_goods(piece: Piece) -> bool:
    """True where a sentence has spoken of goods before the trigger: they come on the market, no firm does."""
    start, _ = piece.reading.sentences[piece.reading.sentence_at(piece.trigger.start)]
    named = piece.reading.entities_in(start, piece.trigger.start)
    if any(m.label == "PRODUCT" for m in named):
        return True
    return any(piece.reading.bare.find(word, start, piece.trigger.start) >= 0 for word in word_tuple("new_goods"))


def talked_of(piece: Piece) -> bool:
    """True where an event is only the topic (对于裁员…, 回应涨价), or counted (今年上市21只新股)."""
    topic = bool(piece.left) and piece.left[-1].word in words("topics")
    if not piece.kind.listing or not piece.right:
        return topic
    modified = behind_de(piece)
    wares = modified is not None and any(u.mention is not None and u.mention.label == "PRODUCT" for u in modified.units)
    return topic or wares or piece.right[0].kind == "amount"


def is_time(piece: Piece) -> bool:
    """True for an event that only dates another: 上市后, 离职前."""
    return piece.reading.folded.startswith(word_tuple("times"), piece.trigger.end)


def complete(kind: EventType, found: Found) -> bool:
    if kind.object in ("required", "person") and found.object is None:
        return kind.lone and found.subject.mention is not None and not found.subject.inferred
    return found.object is None or found.object.name != found.subject.name
