"""What an ambiguous trigger needs near it to tell of its event: 拿下 of shares, 砍 of people, 上市 of goods."""

from pipeline.claims.attribution.speakers import FAR
from pipeline.claims.chunks import chunks
from pipeline.claims.events.lexicon import Trigger, near, plain_needs, word_tuple, words
from pipeline.claims.events.piece import Piece
from pipeline.claims.events.special import goods, repriced
from pipeline.claims.named import NAME
from pipeline.claims.phrases import Unit, phrases
from pipeline.claims.reading import Reading

LAUNCHED = 7  # units behind a trigger in which what is launched must stand
BEHIND = 40  # … and behind one, past a name in Latin letters
AROUND = 16  # characters around a trigger in which what it needs must stand


def may_tell(reading: Reading, trigger: Trigger, start: int, end: int) -> bool:
    """False where what an ambiguous trigger needs near it stands nowhere near, told without reading its clause."""
    need = trigger.type.needs.get(trigger.word)
    if need == "clasped":
        sides = (trigger.start - 1, trigger.end)
        return all(reading.named(at, at + 1, at - FAR, at + FAR) for at in sides)
    if need is None or need not in plain_needs():
        return True
    begin, stop = max(start, trigger.start - AROUND), min(end, trigger.end + AROUND)
    if need in words("needed_behind"):
        begin, stop = trigger.end, min(end, trigger.end + BEHIND)
    return any(reading.folded.find(word, begin, stop) >= 0 for word in near(need))


def needed(piece: Piece) -> bool:
    """True where what an ambiguous trigger needs stands near it."""
    need = piece.kind.needs.get(piece.trigger.word)
    if need is None:
        return True
    start, end = max(piece.start, piece.trigger.start - AROUND), min(piece.stop, piece.trigger.end + AROUND)
    if need == "put":
        paid = bool(piece.right) and piece.right[0].mention is not None and piece.right[0].mention.kind == "money"
        toward = piece.kind.toward - words("settings")
        return paid or any(c.kind == "pp" and c.word in toward for c in chunks(piece.left))
    if need == "goods":
        return goods(piece) is not None
    if need == "product":
        named = any(u.mention is not None and u.mention.label == "PRODUCT" for u in piece.right[:4])
        return named or any(u.tag == NAME or u.word.endswith(word_tuple("goods")) for u in piece.right[:LAUNCHED])
    if need == "hardware":
        return any(u.mention is not None and u.mention.label == "PRODUCT" for u in piece.right[:3])
    if need == "clasped":
        sides = (*piece.left[-1:], *piece.right[:1])
        return len(sides) == 2 and all(is_firm(u) for u in sides)
    if need == "whole":
        return not piece.right or piece.right[0].mention is None or piece.right[0].mention.kind != "quantity"
    if need == "partner":
        return bool(piece.right) and is_firm(piece.right[0])
    if need == "priced":
        first = next(iter(chunks(piece.right)), None)
        return first is not None and first.kind == "np" and first.units[-1].word.endswith(near("price"))
    if need == "in_round":
        head = next((c for c in chunks(piece.right) if c.kind == "np"), None)
        heads = (*word_tuple("round_heads"), *word_tuple("issued_shares"))
        final = piece.right[-1].word if piece.right else ""  # 参与某某|增资
        return head is not None and (head.units[-1].word.endswith(heads) or final.endswith(word_tuple("round_heads")))
    if need == "body":
        return any(u.mention is not None and u.mention.label in ("ORG", "PRODUCT") for u in (*piece.left, *piece.right))
    amounts = [u.mention.kind for u in piece.right[:3] if u.mention is not None and u.kind == "amount"]
    if need == "fined":
        return "money" in amounts
    if need == "cut" and not amounts:
        return False
    if need == "disposed" and repriced(piece) is not None:
        return True
    if need == "disposed" and not (amounts and any(c.word in phrases().disposals for c in chunks(piece.left))):
        return False
    behind_it = need in words("needed_behind")
    begin, stop = (piece.trigger.end, min(piece.stop, piece.trigger.end + BEHIND)) if behind_it else (start, end)
    text = piece.reading.folded[begin:stop]
    if need in ("price", "disposed") and any(word in text for word in near("views")):
        return False
    wanted = near(need)
    if "$body" in wanted and any(u.mention is not None and u.mention.label == "ORG" for u in piece.left):
        return True
    if "$partner" in wanted and bool(piece.right) and is_firm(piece.right[0]):
        return True
    if "$money" in wanted and any(m.kind == "money" for m in piece.reading.amounts_in(start, end)):
        return True
    return any(word in text for word in wanted if not word.startswith("$"))


def is_firm(unit: Unit) -> bool:
    return unit.mention is not None and unit.mention.label == "ORG"
