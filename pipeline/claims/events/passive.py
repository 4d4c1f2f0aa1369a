"""The passive: O被S收购, O获S投资, 由S领投."""

from collections.abc import Sequence

from pipeline.claims.chunks import Chunk, chunks
from pipeline.claims.events.arguments import agent, is_authority, object_of
from pipeline.claims.events.lexicon import embeds, owners, word_tuple, words
from pipeline.claims.events.piece import Found, Piece
from pipeline.claims.events.rounds import funded, investor, is_round
from pipeline.claims.events.topic import Argument, of_mention, salient
from pipeline.claims.phrases import Unit

REACH = 16  # characters behind a comma in which the next clause's subject stands


def passive(piece: Piece) -> Found | None:
    """O被S收购, O获S投资, 由S领投."""
    if piece.kind.object == "none" or piece.trigger.word in piece.kind.mutual:
        return None
    made = chunks(piece.left)
    for at in range(len(made) - 1, -1, -1):
        chunk = made[at]
        if chunk.kind == "pp" and chunk.units and chunk.units[0].word in words("rumored"):
            return None  # 被曝裁员
        plain = chunk.kind == "verb" and chunk.word not in words("passives") | words("light") | words("origins")
        if plain and not is_modifier(made, at):
            return None
        received = chunk.word not in words("origins") or any(c.word in words("passives") for c in made[:at])
        if chunk.word in words("passives") | words("origins") and received and chunk.kind in ("pp", "verb"):
            doer = chunk.units if chunk.kind == "pp" else next((c.units for c in made[at + 1 :] if c.kind == "np"), ())
            who = longest_agent(piece, doer) or (investor(piece, chunk.word) if piece.kind.funds else None)
            if who is None and not doer and piece.kind.office_drops:
                who = office_before(piece)
            elif who is None or who.inferred:
                return None
            if who is None:
                return None
            target = patient(piece, made[:at], who)
            return Found("passive", who, target) if target is not None or piece.kind.employer else None
    return None


def office_before(piece: Piece) -> Argument | None:
    """The one office that this sentence or the one before names: 证监局作出决定。某某被罚三千万元."""
    reading = piece.reading
    start, _ = reading.sentences[max(0, reading.sentence_at(piece.trigger.start) - 1)]
    offices = [m for m in reading.entities_in(start, piece.trigger.start) if m.label == "ORG" and is_authority(m)]
    return of_mention(offices[0], True) if len({m.name for m in offices}) == 1 else None


def longest_agent(piece: Piece, found: Sequence[Unit]) -> Argument | None:
    """The agent that a phrase begins with: 被[美国司法部]反垄断起诉."""
    for end in range(len(found), 0, -1):
        who = agent(piece.reading, piece.kind, found[:end])
        if who is not None:
            return who
    return None


def is_modifier(made: Sequence[Chunk], at: int) -> bool:
    return at + 1 < len(made) and made[at + 1].kind == "np" and made[at + 1].units[0].kind == "de"


def patient(piece: Piece, before: Sequence[Chunk], who: Argument) -> Argument | None:
    """The object of a passive: the phrase in front of it, behind its 的, or the one the text talks about."""
    if piece.right and piece.right[0].kind == "de":
        following = chunks(piece.right[1:])
        if following and following[0].kind == "np":
            if is_round(piece, following[0]):
                return funded(piece, who)
            return object_of(piece.reading, piece.kind, following[0].units)
    for at in range(len(before) - 1, -1, -1):
        chunk = before[at]
        if chunk.kind != "np" or (at and before[at - 1].kind == "verb" and not embeds(before[at - 1].word)):
            continue
        if is_round(piece, chunk):
            return funded(piece, who)
        if chunk.units[-1].word in owners():
            continue  # 裁员后又被起诉
        target = object_of(piece.reading, piece.kind, chunk.units)
        named = agent(piece.reading, piece.kind, chunk.units) if target is None or target.mention is None else None
        if named is not None and named.mention is not None and named.mention.label in piece.kind.objects:
            return named
        return target
    bodies = piece.kind.objects - ({"PERSON", "GPE"} if piece.kind.funds else frozenset())
    after = next_subject(piece, bodies) if not before else None
    if after is not None and after.name != who.name:
        return after
    if piece.kind.funds and not before:
        return funded(piece, who)
    made = founded(piece, bodies) if not before else None
    if made is not None:
        return made
    found = salient(piece.reading, piece.left[0].start if piece.left else piece.trigger.start, bodies)
    return found if found is not None and found.name != who.name else None


def founded(piece: Piece, labels: frozenset[str]) -> Argument | None:
    """What the clause in front of the comma tells somebody founded: 创立[Lepton AI]，被英伟达收购."""
    named = piece.reading.entities_in(max(0, piece.start - 1 - REACH), piece.start - 1)
    last = named[-1] if named and named[-1].end == piece.start - 1 else None
    if last is None or last.label not in labels:
        return None
    before = piece.reading.folded[max(0, last.start - REACH) : last.start]
    return of_mention(last, True) if before.rstrip("了 ").endswith(word_tuple("founding")) else None


def next_subject(piece: Piece, labels: frozenset[str]) -> Argument | None:
    """Whom the clause behind the comma is about: 被腾讯收购之后，搜狗…"""
    behind_comma = piece.stop + 1
    timed = piece.reading.folded.startswith(word_tuple("times"), piece.trigger.end)
    if not timed or not piece.reading.folded.startswith(("，", ","), piece.stop):
        return None
    first = next(iter(piece.reading.entities_in(behind_comma, behind_comma + REACH)), None)
    return of_mention(first) if first is not None and first.start == behind_comma and first.label in labels else None
