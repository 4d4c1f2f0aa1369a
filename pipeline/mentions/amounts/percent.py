"""Percentages, points and multiples: 75%, 百分之三, 七成半, 三分之二, 25bp, 3倍, 翻两番, 腰斩."""

import re
from decimal import Decimal
from typing import Any

from pipeline.lexicons import cached
from pipeline.mentions.amounts.cues import unit_cue
from pipeline.mentions.amounts.lexicon import Unit, inside_word, minus_before, percent_unit, percents, suffixes
from pipeline.mentions.amounts.view import Amount, View
from pipeline.mentions.numerals import parse
from pipeline.mentions.numerals.piece import EXACT, HALF, Piece, plain, scaled
from pipeline.mentions.numerals.symbols import symbols
from pipeline.mentions.numerals.words import word_at

HUNDRED = Decimal(100)


@cached
def rules() -> dict[str, Any]:
    """The rules of ``percent.toml``, the last characters of its prefixes, and the signs that need a closer look."""
    table: dict[str, Any] = percents()["rules"]
    marked = {table[name] for name in ("discount", "tenths", "doublings", "points")}
    marked |= {*table["cued"], *table["cued_far"], *table["changing"], *table["halved"]}
    return table | {"prefix_ends": frozenset(word[-1] for word in table["prefix"]), "marked": frozenset(marked)}


def read_percent(view: View, index: int, unit: Unit | None, unit_end: int) -> tuple[Amount, int] | None:
    """The percentage that the numeral at ``index`` makes; None for none."""
    text, piece, table = view.text, view.pieces[index], rules()
    start, touching = piece.start, view.chars[piece.start - 1]
    ahead = start if piece.sign >= 0 else piece.sign_start  # 百分之负五
    if touching in table["prefix_ends"] or (ahead != start and text[ahead - 1 : ahead] in table["prefix_ends"]):
        for before in table["prefix"]:
            for place in (start, ahead):
                if text.endswith(before, 0, place):
                    return spelled(view, piece, place - len(before)), 1
    if unit is None:
        if piece.fraction:
            return share(view, piece)
        return rate(view, index) if text[start] in table["rates"] or touching in table["rates"] else None
    if unit.surface in table["marked"]:
        found = read_marked(view, index, unit, unit_end)
        if found is None:
            return None
        amount, used = found
    else:
        low, high = piece.low, piece.high
        if unit.multiple:
            low, high = scaled(low, unit.factor), scaled(high, unit.factor)
        rule = f"percent.{unit.label}"
        amount = Amount("percent", unit.label, start, unit_end, low, high, piece.qualifier, unit.unit, rule, piece)
        used = 1
    if piece.bare and amount.unit != "x":
        return None
    if view.chars[amount.end] in view.near.more and amount.own == "exact" and (more := unit_cue(text, amount.end)):
        amount.own, amount.high, amount.end = "over", None, amount.end + more
    if piece.sign:
        sign(amount, piece)
    return amount, used


def read_marked(view: View, index: int, unit: Unit, end: int) -> tuple[Amount, int] | None:
    """The percentage with a sign that may mean several things: 折, 成, 番, 个点, 倍, x, pct."""
    text, piece, table = view.text, view.pieces[index], rules()
    low, high, start, used = piece.low, piece.high, piece.start, 1
    if unit.surface == table["discount"] or (unit.surface == table["tenths"] and len(piece.digits) == 2):
        bounds = discount(piece)
        if bounds is None:
            return None
        low, high = bounds
        rule = "percent.discount"
    elif unit.surface == table["doublings"]:
        verb = next(
            (v for v in sorted(table["doubling_verbs"], key=len, reverse=True) if text.endswith(v, 0, start)), ""
        )
        if not verb or low is None or low > 20:
            return None
        start -= len(verb)
        low = Decimal(2) ** int(low)
        high = None if high is None else Decimal(2) ** int(high)
        rule = "percent.doublings"
    elif unit.surface == table["points"]:
        clause = view.clause(start, 20)
        if "." not in text[start : piece.end] and not any(cue in clause for cue in table["point_cues"]):
            return None
        rule = "percent.points_of_price"
    else:
        if unit.surface in table["cued"] and not cued(view, piece, end, table["cued"][unit.surface]):
            return None
        if unit.surface in table["cued_far"] and not cued(view, piece, end, table["cued_far"][unit.surface], far=True):
            return None
        if unit.surface in table["changing"] and changes(view, piece):
            unit = percent_unit(table["changing"][unit.surface])
        rule = f"percent.{unit.label}"
        if unit.surface == table["tenths"]:
            if (
                text[start : piece.end] in ("一", "1")
                and not text.startswith(tuple(table["tenths_alone"]), end)
                and view.is_han(end)
                and text[end] not in symbols().kinds
            ):
                return None
            rule = "percent.tenths"
        if unit.multiple:
            low, high = scaled(low, unit.factor), scaled(high, unit.factor)
        if piece.qualifier == "exact" and unit.surface in table["halved"]:
            extra, end, used = addition(view, index, unit, end)
            if extra and low is not None:
                low = high = plain(low + extra)
    return Amount("percent", unit.label, start, end, low, high, piece.qualifier, unit.unit, rule, piece), used


def cued(view: View, piece: Piece, end: int, cues: list[str], far: bool = False) -> bool:
    """True where one of these stands before the number in its clause, or right behind its sign: PE 15x, 5x杠杆."""
    clause = view.sentence(piece.start, 40) if far else view.clause(piece.start, 12)
    return any(cue in clause for cue in cues) or view.text.startswith(
        tuple(cues), end + (view.text[end : end + 1] == " ")
    )


def changes(view: View, piece: Piece) -> bool:
    """True where the figure is one of a change: signed, or behind a word such as 提升."""
    clause = view.clause(piece.start, 12)
    return bool(piece.sign) or any(cue in clause for cue in rules()["change_cues"])


def sign(amount: Amount, piece: Piece) -> None:
    amount.direction = "up" if piece.sign > 0 else "down"
    amount.cue_at = piece.sign_start


def spelled(view: View, piece: Piece, start: int) -> Amount:
    """百分之三点五, 负百分之六十."""
    text = view.text
    end = piece.end + (text[piece.end : piece.end + 1] in rules()["prefix_suffixed"])
    amount = Amount(
        "percent", "percent", start, end, piece.low, piece.high, piece.qualifier, "%", "percent.spelled", piece
    )
    if piece.bare:
        amount.own = "exact"
    if piece.sign < 0:
        amount.direction = "down"
    for word in symbols().negative:
        if text.endswith(word, 0, start):
            amount.direction, amount.cue_at = "down", start - len(word)
    if minus_before(text, start):
        amount.direction, amount.cue_at = "down", start - 1
    return amount


def rate(view: View, index: int) -> tuple[Amount, int] | None:
    """万2.5, 千三: so many of ten thousand or a thousand, where a commission is spoken of."""
    text, piece, start = view.text, view.pieces[index], view.pieces[index].start
    low, high = piece.low, piece.high
    if piece.end == start + 2 and text[start] in rules()["rates"]:  # 千三, read as 1,300
        low = high = parse(text[start + 1])
    else:
        before = view.pieces[index - 1] if index else None
        if before is None or not before.bare or before.start != start - 1 or before.end != start:
            return None
        start -= 1
    factor = rules()["rates"].get(text[start])
    if factor is None or low is None or low >= 100:
        return None
    around = view.sentence(start, 30) + view.rest(piece.end, 8)
    if not any(cue in around for cue in rules()["rate_cues"]):
        return None
    low, high = scaled(low, Decimal(factor)), scaled(high, Decimal(factor))
    return Amount("percent", "percent", start, piece.end, low, high, piece.qualifier, "%", "percent.rate", piece), 1


def share(view: View, piece: Piece) -> tuple[Amount, int] | None:
    """三分之二, 1/3."""
    text = view.text
    if not piece.fraction or piece.low is None:
        return None
    lower, _, upper = text[piece.start : piece.end].partition(symbols().fraction)
    decimal = symbols().point in lower or "." in lower
    if decimal or ((symbols().point in upper or "." in upper) and lower not in rules()["rates"]):
        return None
    if "/" in text[piece.start : piece.end]:
        upper, _, lower = text[piece.start : piece.end].partition("/")
        if not (upper.strip().isdigit() and lower.strip().isdigit()) or int(upper) >= int(lower) or int(lower) > 20:
            return None
        touched = text.endswith(tuple(rules()["fraction_before"]), 0, piece.start)
        if int(upper) != 1 and not touched and not text.startswith(tuple(rules()["fraction_after"]), piece.end):
            return None
        if text.startswith(tuple(rules()["fraction_not_before"]), piece.end):
            return None
    low, high = (None if value is None else plain(value * HUNDRED) for value in (piece.low, piece.high))
    amount = Amount(
        "percent",
        "percent",
        piece.start,
        piece.end,
        rounded(low),
        rounded(high),
        piece.qualifier,
        "%",
        "percent.fraction",
        piece,
    )
    if piece.sign:
        sign(amount, piece)
    return amount, 1


def rounded(value: Decimal | None) -> Decimal | None:
    """At most four decimals where there are whole percents (66.6667); small shares keep their digits."""
    if value is None or value < 1:
        return value
    return plain(value.quantize(Decimal("0.0001"), context=EXACT))


def discount(piece: Piece) -> tuple[Decimal | None, Decimal | None] | None:
    """What is paid: 8折 80, 59折 59, 九五折 95, 七八折 70 to 80."""
    if piece.low is None or piece.scale or piece.bare:
        return None
    if piece.digits and len(piece.digits) == 2:
        first, second = (symbols().kinds[char][1] for char in piece.digits)
        if second != first + 1:
            return Decimal(first * 10 + second), Decimal(first * 10 + second)
    if piece.low > 100 or (piece.high is not None and piece.high > 100):
        return None
    low = plain(piece.low * 10) if piece.low < 10 else piece.low
    high = piece.high if piece.high is None or piece.high >= 10 else plain(piece.high * 10)
    return low, high


def addition(view: View, index: int, unit: Unit, end: int) -> tuple[Decimal, int, int]:
    """What 半 or a digit behind 成 and 倍 adds (七成半, 七成六), where it ends, and the numerals taken."""
    text, pieces = view.text, view.pieces
    if text[end : end + 1] and text[end] in symbols().half and not symbols().guarded(text, end):
        return unit.factor * HALF, end + 1, 1 + (index + 1 < len(pieces) and pieces[index + 1].start == end)
    if unit.surface != rules()["tenths"] or index + 1 >= len(pieces):
        return Decimal(0), end, 1
    piece = pieces[index + 1]
    single = piece.start == end and piece.end == end + 1 and piece.low is not None and 0 < piece.low < 10
    ends = not view.is_han(piece.end) or text.startswith(tuple(rules()["tenths_before"]), piece.end)
    if single and piece.low is not None and ends and suffixes().at(text, piece.end) is None:
        return piece.low, piece.end, 2
    return Decimal(0), end, 1


@cached
def word_pattern() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(percents()["words"], key=len, reverse=True)))


def read_words(view: View) -> list[Amount]:
    """Words that are a percentage or a multiple by themselves: 一半, 翻番, 腰斩."""
    text, found = view.text, []
    for match in word_pattern().finditer(text):
        word, (start, end) = match[0], match.span()
        entry = percents()["words"][word]
        if text.startswith(tuple(entry.get("unless", ())), end) or inside_word(text, start) or inside_word(text, end):
            continue
        if text.endswith(tuple(entry.get("not_after", ())), 0, start):
            continue
        if "after" in entry and not text.endswith(tuple(entry["after"]), 0, start):
            continue
        if entry.get("adverb") and (view.is_han(end) and text[end] not in "的，"):
            continue
        if view.is_taken(start, end) or ((covered := word_at(text, start)) and covered[1] - covered[0] > len(word)):
            continue
        low, high = (Decimal(entry[key]) if key in entry else None for key in ("min", "max"))
        if "value" in entry:
            low = high = Decimal(entry["value"])
        piece = Piece(start, end, low, high)
        own = entry.get("qualifier", "exact")
        if own == "exact" and (more := unit_cue(text, end)):  # 一半多
            own, high, end = "over", None, end + more
        found.append(
            Amount("percent", entry["label"], start, end, low, high, own, entry["unit"], "percent.word", piece)
        )
    return found
