"""Counts, durations and measures: 330万张, 500万开发者, 2-3年, 半小时, 5GW."""

from pipeline.mentions.amounts.cues import unit_cue
from pipeline.mentions.amounts.lexicon import Unit, counters, cue_table, words
from pipeline.mentions.amounts.per import per_behind
from pipeline.mentions.amounts.view import Amount, View
from pipeline.mentions.numerals.piece import HALF, Piece, plain
from pipeline.mentions.numerals.symbols import symbols

YEARS = (1900, 2100)


def read_quantity(view: View, index: int, unit: Unit, unit_end: int) -> tuple[Amount, int] | None:
    """The quantity that the numeral at ``index`` makes with its unit; None where it is none."""
    text, piece = view.text, view.pieces[index]
    label = "count" if unit.label == "people" else unit.label
    if piece.code or ordinal(text, piece) or not countable(view, piece, unit, label):
        return None
    low, high, own, end, used = piece.low, piece.high, piece.qualifier, unit_end, 1
    if label != "count" and text[end : end + 1] and text[end] in symbols().half and own == "exact":
        if low is not None and not symbols().guarded(text, end):
            low = high = plain(low + HALF)
            end += 1
            used += index + 1 < len(view.pieces) and view.pieces[index + 1].start == end - 1
    more = unit_cue(text, end) if not symbols().guarded(text, end) else 0
    if more and own == "exact":
        own, high, end = "over", None, end + more
    name = unit.unit
    if (
        label == "count"
        and (people := counters().at(text, end)) is not None
        and people.label == "people"
        and unit.unit in cue_table()["quantity"]["person_units"]
    ):
        name = unit.unit
    amount = Amount("quantity", label, piece.start, end, low, high, own, name, f"quantity.{label}", piece)
    if piece.sign < 0 and label == "measure":
        amount.direction, amount.cue_at = "down", piece.sign_start
    return amount, used


def ordinal(text: str, piece: Piece) -> bool:
    """True for 第三, 前10, TOP 5."""
    at = piece.start - (text[piece.start - 1 : piece.start] == " ")
    return text.endswith(words("marks.ordinal"), 0, at) and not text.endswith(words("marks.no_ordinal"), 0, at)


def countable(view: View, piece: Piece, unit: Unit, label: str) -> bool:
    """False for what no quantity is by the contract: 一个, 几个, a calendar year, a bare half."""
    text = view.text
    surface = text[piece.start : piece.end]
    if label == "count":
        if surface in ("一", "几", "零") or surface in symbols().half or piece.measure:
            return False
        if piece.digits and len(piece.digits) > 2:
            return False
        if unit.label == "people" and piece.lone:
            return False
        return not (unit.surface in cue_table()["quantity"]["ranked"] and text[piece.start - 1 : piece.start] == "前")
    if label == "duration" and unit.unit == "年":
        if len(piece.digits) in (2, 4) and piece.qualifier == "exact":
            return False
        if piece.arabic and piece.low == piece.high and piece.low is not None and piece.qualifier == "exact":
            if piece.scale == 0 and (
                YEARS[0] <= piece.low <= YEARS[1] or surface.startswith("0") or 50 <= piece.low < 100
            ):
                return False
        if piece.arabic and piece.qualifier == "range" and piece.high is not None and piece.high >= YEARS[0]:
            return False
    if piece.lone and surface in symbols().half and label == "measure":
        return unit.surface in cue_table()["quantity"]["halved"]
    if label == "measure" and len(unit.surface) == 1 and unit.surface.isascii():
        return latin(view, piece, unit)
    if piece.arabic and surface == "0" and label == "duration":
        return False
    return True


def latin(view: View, piece: Piece, unit: Unit) -> bool:
    """True where a single letter is a unit rather than a part of a name: 5V, 65W, 250m."""
    text, end = view.text, piece.own + 1
    return piece.arabic and not text[end : end + 1].isdigit() and text[piece.own] == unit.surface


def scale_as_unit(view: View, piece: Piece) -> tuple[Unit, int] | None:
    """The unit that a Latin scale may rather be: 250m are metres, 65W watts where power is spoken of."""
    if piece.base is None or piece.end - piece.own != 1:
        return None
    unit = counters().at(view.text, piece.own)
    if unit is None or len(unit.surface) != 1:
        return None
    if unit.surface in cue_table()["quantity"]["powers"]:
        around = view.sentence(piece.start) + view.rest(piece.end)
        if not any(cue in around for cue in words("power.cues")):
            return None
    elif unit.surface not in cue_table()["quantity"]["letters"]:
        return None
    return unit, piece.own + 1


def is_per_phrase(view: View, piece: Piece, unit_end: int) -> bool:
    """True where 一晚 and the like belong to a price before them."""
    return per_behind(view.text, piece.start)[0] != "" and unit_end > piece.end
