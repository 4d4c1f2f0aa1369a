"""Words and idioms that hold a numeral without being a number: 万一, 十分, 三星, 五花八门."""

from functools import cache

from pipeline.lexicons import lexicon_rows
from pipeline.mentions.numerals.piece import Piece
from pipeline.mentions.numerals.section import ASCII_DIGITS
from pipeline.mentions.numerals.symbols import symbols

# Where the character stands in the word, the word, what may not follow it, what may not precede it.
Entry = tuple[int, str, tuple[str, ...], tuple[str, ...]]


@cache
def entries() -> dict[str, tuple[Entry, ...]]:
    """The words by each of their numeral characters, the longest first."""
    table = symbols()
    numeric = set(table.kinds) | set(table.half) | ASCII_DIGITS
    index: dict[str, list[Entry]] = {}
    for row in lexicon_rows("not_numbers"):
        word = row["word"]
        for place, char in enumerate(word):
            if char in numeric:
                index.setdefault(char, []).append((place, word, row.items("unless"), row.items("not_after")))
    return {char: tuple(sorted(found, key=lambda e: -len(e[1]))) for char, found in index.items()}


def word_at(text: str, position: int) -> tuple[int, int] | None:
    """The span of a word of the lexicon that covers the numeral character at ``position``; None for none."""
    for place, word, unless, not_after in entries().get(text[position], ()):
        start, end = position - place, position - place + len(word)
        if start < 0 or not text.startswith(word, start) or (unless and text.startswith(unless, end)):
            continue
        if not (not_after and text.endswith(not_after, 0, start)):
            return start, end
    return None


def spoken(text: str, pieces: list[Piece]) -> list[Piece]:
    """The pieces that are numerals, without those that belong to a word."""
    table = symbols()
    result = []
    for piece in pieces:
        if piece.arabic and text[piece.start] in ASCII_DIGITS and piece.end - piece.start != 1 and not piece.scale:
            if text[piece.start] not in entries() or word_at(text, piece.start) is None:
                result.append(piece)
            continue
        covered = word_at(text, piece.start)
        if covered is not None and (covered[0] < piece.start or covered[1] >= piece.end):
            continue
        if piece.end - piece.start == 1 and not alone(text, piece, table.ambiguous):
            if piece.bare:
                continue
            piece.lone = True
        result.append(piece)
    return result


def alone(text: str, piece: Piece, ambiguous: frozenset[str]) -> bool:
    """False for a single character that is rather a word: a bare scale, or a financial capital beside others."""
    if piece.bare:
        fraction = symbols().fraction
        return text.startswith(fraction, piece.end) or text.endswith(fraction, 0, piece.start)
    if text[piece.start] not in ambiguous:
        return True
    before, after = text[piece.start - 1 : piece.start], text[piece.end : piece.end + 1]
    return not ("一" <= before <= "鿿" and before not in "之") and not "一" <= after <= "鿿"
