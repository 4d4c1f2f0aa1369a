"""What two do together: S与O合作, 由S和O合作开发."""

from collections.abc import Sequence

from pipeline.claims.chunks import chunks
from pipeline.claims.events.arguments import object_of
from pipeline.claims.events.lexicon import words
from pipeline.claims.events.piece import Found, Piece, hires
from pipeline.claims.events.topic import of_mention
from pipeline.claims.events.voices import doer
from pipeline.claims.phrases import Unit, entities_of, head_entity, is_agent, phrases
from pipeline.records import Mention


def together(piece: Piece) -> Found | None:
    """S与O合作, S和O达成合作, 与O的合作."""
    if piece.trigger.word not in piece.kind.mutual or hires(piece, *(u.mention for u in (*piece.left, *piece.right))):
        return None
    made = chunks(piece.left)
    for at in range(len(made) - 1, -1, -1):
        chunk = made[at]
        names = [u for u in entities_of(chunk.units) if u.mention is not None and u.mention.label in piece.kind.objects]
        if chunk.kind == "pp" and chunk.word in words("mutual_words") and names and is_partner(chunk.units):
            who = doer(piece, made[:at])
            target = object_of(piece.reading, piece.kind, chunk.units) or of_mention(names[0].mention)  # type: ignore[arg-type]
            return Found("together", who, target) if who is not None else None
        coordinated = [u for u in chunk.units if u.kind == "and" and u.word in phrases().coordinators]
        listed = chunk.kind == "np" or chunk.word in words("by")  # 由甲和乙合作开发
        if listed and len(names) >= 2 and coordinated and is_partner(chunk.units):
            first, second = partner_before(names, coordinated[0]), names[-1].mention
            if first is not None and second is not None:
                return Found("together", of_mention(first), of_mention(second))
    return None


def partner_before(names: Sequence[Unit], link: Unit) -> Mention | None:
    """Who stands in front of 与: 美国初创公司[Figurine]与宝马."""
    before = [unit.mention for unit in names if unit.end <= link.start]
    placed = len(before) > 1 and before[0] is not None and before[0].label == "GPE"
    return before[-1] if placed else names[0].mention


def is_partner(phrase: Sequence[Unit]) -> bool:
    """True for a phrase that names who takes part, not what is put together: 与苹果公司的, but 和安卓系统的."""
    heads = [unit for unit in phrase if unit.kind != "de"]
    return bool(heads) and (head_entity(heads) is not None or is_agent(heads[-1].word))
