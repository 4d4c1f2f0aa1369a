"""All numerals of a folded text, in order, before ranges and fractions are put together."""

import re
from decimal import Decimal
from string import ascii_letters

from pipeline.lexicons import cached
from pipeline.mentions.numerals.combine import GAP, linking
from pipeline.mentions.numerals.piece import HALF, Piece, plain
from pipeline.mentions.numerals.plain_arabic import scaled, starts, value_of
from pipeline.mentions.numerals.reader import numeral_at
from pipeline.mentions.numerals.section import ASCII_DIGITS
from pipeline.mentions.numerals.symbols import DIGIT, TENS, Symbols, symbols
from pipeline.mentions.numerals.words import entries, word_at

LETTERS = re.compile(r"[0-9]([A-Za-z]{2,6})$")  # a unit behind a number
REACH = 8
KEYCAP = "\u20e3"
KEYCAPS = (KEYCAP, "\ufe0f" + KEYCAP)
CODED = frozenset(ascii_letters + "_-.")  # before an Arabic number, what may make it part of a code
DIGITS = tuple(map(Decimal, range(10)))
MINUS, PLUS = "-−", "+"


def scan(text: str) -> tuple[list[Piece], list[int]]:
    """The numerals of a folded text, which do not overlap, and which of them something may link to the one before."""
    pieces: list[Piece] = []
    linked: list[int] = []
    table, signs, joints, search = symbols(), before_number(), linking(), starts().search
    (inside, last), guards = entries(), table.guards
    keycaps = KEYCAP in text
    position, length, ended = 0, len(text), -GAP - 1
    piece: Piece | None
    while (found := search(text, position)) is not None:
        start, end = found.span()
        char = text[start]
        before = text[start - 1] if start else ""
        plain = found.lastindex is not None
        if plain:
            scale = found[1]
            if scale is None:
                low = value_of(text[start:end])
                piece = Piece(start, end, low, low, end, True)
            elif scale in guards and text.startswith(guards[scale], end):  # 3万科股票
                piece = numeral_at(text, start)
            else:
                power = table.kinds[scale][1]
                multiple, low = scaled(text[start : end - 1], power)
                piece = Piece(start, end, low, low, end, True, power, multiple)
        else:
            piece = piece_at(text, start, char, table)
        if piece is None:
            position = start + 1
            if char in ASCII_DIGITS:  # a run too long for a number
                while position < length and text[position] in ASCII_DIGITS:
                    position += 1
            continue
        thirds = inside.get(text[start : start + 2])
        if (thirds is not None and ("" in thirds or text[start + 2 : start + 3] in thirds)) or (
            before in last and char in last[before]
        ):
            covered = word_at(text, start)
            if covered is not None and (covered[0] < start or covered[1] >= piece.end):
                position = max(covered[1], start + 1)
                continue
        if char <= "9":  # Arabic, or a dot
            if before in CODED or (not plain and text[piece.end : piece.end + 1] == "."):
                piece = arabic(text, piece)
        elif piece.end == start + 1 and not alone(text, piece, table):
            piece.lone = True
        if before in signs:
            signed(text, piece)
        position = piece.end
        if keycaps and text.startswith(KEYCAPS, position):
            continue
        if start == ended or (start - ended <= GAP and text[ended] in joints):
            linked.append(len(pieces))
        ended = position
        pieces.append(piece)
    return pieces, linked


def piece_at(text: str, start: int, char: str, table: Symbols) -> Piece | None:
    """The numeral at a character that may begin one, by the kind of the character; None for none."""
    if char in ASCII_DIGITS:
        return numeral_at(text, start)
    if char in table.half:
        return half_at(text, start, table)
    if char in table.lower:
        return from_at(text, start, table)
    if char == ".":
        dotted = text[start + 1 : start + 2] in ASCII_DIGITS and not (start and text[start - 1].isalnum())
        return numeral_at(text, start) if dotted else None
    kind, value = table.kinds[char]
    if kind == DIGIT:
        return digit_at(text, start, value, table) or numeral_at(text, start)
    if kind != TENS and table.guarded(text, start):  # 数据, 千克
        return None
    return numeral_at(text, start)


@cached
def before_number() -> frozenset[str]:
    """What stands right before a number that has a sign."""
    return frozenset((*MINUS, *PLUS, " ", *(word[-1] for word in symbols().negative)))


def digit_at(text: str, start: int, value: int, table: Symbols) -> Piece | None:
    """One Chinese digit that nothing goes on behind, as most are; None where the grammar has to look."""
    follower = text[start + 1 : start + 2]
    if follower in table.goes_on:
        return None
    if follower == table.measure and text[start + 2 : start + 3] in table.behind_measure:
        return None
    number = DIGITS[value]
    return Piece(start, start + 1, number, number, start + 1)


def alone(text: str, piece: Piece, table: Symbols) -> bool:
    """False for a single character that is rather a word: a bare scale, or a financial capital beside others."""
    if piece.bare:
        return text.startswith(table.fraction, piece.end) or text.endswith(table.fraction, 0, piece.start)
    if text[piece.start] not in table.ambiguous:
        return True
    before, after = text[piece.start - 1 : piece.start], text[piece.end : piece.end + 1]
    joined = table.mixed + table.fraction[-1]
    return not ("一" <= before <= "鿿" and before not in joined) and not ("一" <= after <= "鿿" and after not in joined)


def half_at(text: str, start: int, table: Symbols) -> Piece | None:
    """半 before a unit (半年, 半个亿), or 半百."""
    if table.is_blocked(text, start):
        return None
    follower = text[start + 1 : start + 2]
    if follower == table.measure:
        piece = numeral_at(text, start + 2)
        if piece is not None and piece.bare:
            return halved(piece, start)
    elif follower in table.kinds and table.kinds[follower][0] in (1, 2):
        piece = numeral_at(text, start + 1)
        if piece is not None and piece.end == start + 2:
            return halved(piece, start)
    half = Piece(start, start + 1, HALF, HALF, start + 1)
    half.lone = True
    return half


def halved(piece: Piece, start: int) -> Piece:
    assert piece.low is not None
    piece.start, piece.bare, piece.measure = start, False, False
    piece.low = piece.high = plain(piece.low * HALF)
    piece.last = None
    return piece


def from_at(text: str, start: int, table: Symbols) -> Piece | None:
    """上百亿: from a bare scale upwards."""
    kind = table.kinds.get(text[start + 1 : start + 2])
    if kind is None or kind[1] < 2 or kind[0] not in (1, 2) or table.is_blocked(text, start):
        return None
    piece = numeral_at(text, start + 1)
    if piece is None or not piece.bare:
        return piece
    piece.start, piece.high, piece.qualifier, piece.bare = start, None, "vague", False
    return piece


def arabic(text: str, piece: Piece) -> Piece:
    """Mark what stands in a dotted chain (1.2.3) or behind a letter (H100)."""
    start, end = piece.start, piece.end
    before = text[start - 1 : start]
    if before == "-" and start > 1 and not (start > 2 and text[start - 3] in ASCII_DIGITS) and not same(text, piece):
        before = text[start - 2]  # GLM-4.5, but not 3k-5k or 3GW-5GW
    if (before.isascii() and before.isalpha()) or before == "_":
        piece.code = True
    after = text[end : end + 2]
    linked = before == "." and text[start - 2 : start - 1] in ASCII_DIGITS and start > 1
    if linked or (len(after) == 2 and after[0] == "." and after[1] in ASCII_DIGITS):
        dot = text.find(".", start, end)
        if dot > start:
            value = Decimal(text[start:dot].replace(",", ""))
            piece = Piece(start, dot, value, value, dot, True)
        piece.code = True
    return piece


def same(text: str, piece: Piece) -> bool:
    """True where the number before a dash has the same letters behind it as this one: 3GW-5GW."""
    found = LETTERS.search(text, max(0, piece.start - REACH), piece.start - 1)
    return found is not None and text.startswith(found[1], piece.end)


def signed(text: str, piece: Piece) -> None:
    """Find the sign before a numeral: -8, 负八, - 0.17; no sign is a dash behind a letter, digit or bracket."""
    at = piece.start - 1
    if at < 0:
        return
    while at > 0 and text[at] == " " and piece.start - at < 3:
        at -= 1
    char = text[at]
    if char in MINUS or char == PLUS:
        spaced = at < piece.start - 1
        before = text[at - 1] if at else "\n"
        if (before.isascii() and (before.isalnum() or before in "%)]-+")) or (spaced and before == "\n"):
            return
        if spaced and before == " ":  # 40 - 60
            left = text[max(0, at - 3) : at].rstrip()[-1:]
            if (left.isascii() and (left.isalnum() or left in "%)")) or left in symbols().kinds:
                return
        if before in symbols().kinds or (before in symbols().dashes and not before.isascii()):
            return
        piece.sign, piece.sign_start = (1 if char == PLUS else -1), at
        return
    for word in symbols().negative:
        start = at + 1 - len(word)
        if start >= 0 and text.startswith(word, start) and not text.endswith(symbols().tolerance, 0, start):
            piece.sign, piece.sign_start = -1, start
