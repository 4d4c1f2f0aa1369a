"""Funding rounds: who leads one, unknown as the name may be, and the firm that is funded."""

from pipeline.claims.chunks import Chunk
from pipeline.claims.events.lexicon import word_tuple, words
from pipeline.claims.events.piece import Found, Piece
from pipeline.claims.events.topic import Argument, as_written, leads, of_mention, salient
from pipeline.claims.named import NAME
from pipeline.claims.phrases import Unit, phrases
from pipeline.frozen import replace

FAR = 120  # characters in front of the sentence of a funder in which the round was told of
NEAR = 16  # characters behind a firm in which its round is named
LONGEST_NAME = 12  # characters of an investor that no dictionary holds


def of_funder(piece: Piece, told: Found | None, start: int) -> Piece:
    """The clause of one funder, behind the others of his list, with the firm whose round its sentence has told of."""
    left, made = piece.left, 0
    for index, unit in enumerate(left[:-1]):
        if unit.word in words("funders") and left[index + 1].kind == "and":
            made = index + 2  # 腾讯领投、|红杉
    floor = start if piece.trigger.word not in words("funders") else max(0, start - FAR)
    raises = told.subject if told is not None and floor <= told.subject.start < piece.trigger.start else None
    if not made and raises is None:
        return piece
    return replace(piece, left=left[made:], raises=None if raises is None else replace(raises, inferred=True))


def is_round(piece: Piece, chunk: Chunk) -> bool:
    """True for a funding round, which stands for the firm that is funded: 本轮融资, B轮, 新一轮."""
    return piece.kind.funds and chunk.units[-1].word.endswith(word_tuple("round_heads"))


def owner_of_round(piece: Piece) -> Argument | None:
    """Whose funding it is that somebody takes part in: 领投了[某某]的A轮融资."""
    behind = max((i for i, unit in enumerate(piece.left) if unit.word in piece.kind.spoilers), default=-1) + 1
    named = [u.mention for u in piece.left[behind:] if u.mention is not None and u.kind == "entity"]
    fitting = [m for m in named if m.label in piece.kind.subjects]
    rounds = piece.left[-1].word.endswith(word_tuple("round_heads")) or piece.left[-1].kind in ("de", "amount")
    return of_mention(fitting[-1]) if behind and rounds and len(fitting) == len(named) and fitting else None


def investor(piece: Piece, word: str) -> Argument | None:
    """Whoever stands between 获 or 由 and the sum, the round or the verb, known or not: 获[某某资产]五百万元."""
    named: list[Unit] = []
    behind_word = max(index for index, unit in enumerate(piece.left) if unit.word == word) + 1
    for unit in piece.left[behind_word:]:
        if unit.kind in ("amount", "time", "prep", "aux", "de", "mark") or unit.word in phrases().kinds:
            break
        if unit.word.endswith(word_tuple("round_heads")):
            break
        named.append(unit)
    length = sum(len(unit.word) for unit in named)
    unknown = any(unit.tag.startswith(("x", "nr", "ns", "nz")) for unit in named)
    house = bool(named) and named[-1].word.endswith(piece.kind.agent_heads)
    return as_written(piece.reading, named) if (unknown or house) and 3 <= length <= LONGEST_NAME else None


def funded(piece: Piece, who: Argument) -> Argument | None:
    """Whose round it is that somebody leads: the first firm before him, 蔚来完成融资，腾讯领投; else the topic.

    A firm that funds as well (由腾讯领投，红杉跟投) is governed by its 由, and is none.
    """
    if piece.raises is not None and piece.raises.name != who.name:
        return piece.raises
    reading = piece.reading
    start, _ = reading.sentences[reading.sentence_at(piece.trigger.start)]
    quoted = next((unit for unit in piece.left if unit.tag == NAME and unit.end <= who.start), None)
    if quoted is not None and quoted.mention is None:
        return as_written(reading, [quoted])
    firms = [m for m in reading.entities_in(start, who.start) if m.label in ("ORG", "PRODUCT")]
    receives = [m for m in firms if reading.folded[start : m.start].endswith(tuple(piece.kind.toward))]
    told = next((m for m in (*receives, *firms) if m in receives or leads(reading, m)), None)
    if told is None:
        _, end = reading.sentences[reading.sentence_at(piece.trigger.start)]
        behind = [m for m in reading.entities_in(piece.stop, end) if m.label == "ORG"]
        raises = [m for m in behind[:1] if leads(reading, m) and "融资" in reading.folded[m.end : m.end + NEAR]]
        told = next(iter(raises), None)  # 由腾讯领投，蔚来完成融资
    return of_mention(told, True) if told is not None else salient(reading, start, piece.kind.objects)
