"""The firm that somebody or something belongs to: an officer's, the seller of goods."""

from pipeline.claims.chunks import chunks
from pipeline.claims.events.piece import Piece
from pipeline.claims.events.topic import Argument, of_mention
from pipeline.claims.phrases import entities_of
from pipeline.language.fold import fold
from pipeline.mentions.entities.knowledge import knowledge_base

BRAND = 2  # characters of a maker's name in front of its goods' own: 宝马X3


def employer(piece: Piece, who: Argument) -> Argument | None:
    """Whose officer it is that leaves: [小鹏汽车]副总裁李鹏程离职."""
    phrase = next((c.units for c in chunks(piece.left) if any(u.start == who.start for u in c.units)), ())
    firms = [u.mention for u in entities_of(phrase) if u.mention is not None and u.mention.label == "ORG"]
    return of_mention(firms[-1]) if firms and firms[-1].end <= who.start else None


def sells(piece: Piece, goods: Argument) -> Argument | None:
    """The firm whose goods change their price by themselves, where the sentence names it: 索尼PS5涨价."""
    if goods.mention is None or goods.mention.label != "PRODUCT":
        return None
    maker = knowledge_base().parent(goods.mention.entity_id)
    start, _ = piece.reading.sentences[piece.reading.sentence_at(goods.start)]
    firms = [m for m in piece.reading.entities_in(start, goods.start) if m.label == "ORG"]
    theirs = [m for m in firms if m.end == goods.start or (maker is not None and m.entity_id == maker.id)]
    if theirs:
        return of_mention(theirs[-1])
    surface = piece.reading.folded[goods.start : goods.end]
    model = any(char.isascii() for char in surface)  # 宝马X3, but 腾讯视频 sells itself
    said = next((m for m in piece.reading.entities if maker is not None and m.name.startswith(maker.name)), None)
    if said is not None and maker is not None and model:
        return Argument(maker.name, said if said.name == maker.name else None, said.start, said.end, True)
    branded = maker is not None and model and surface.startswith(fold(maker.name[:BRAND]))
    return Argument(maker.name, None, goods.start, goods.end) if maker is not None and branded else None
