"""Counts, durations and measures: 330万张, 500万开发者, 2-3年, 半小时, 5GW."""

from dataclasses import fields
from decimal import Decimal

from pipeline.frozen import frozen
from pipeline.lexicons import cached
from pipeline.mentions.amounts.cues import unit_cue
from pipeline.mentions.amounts.lexicon import Unit, counters, cue_table, currencies, edges, words
from pipeline.mentions.amounts.per import NUMBER
from pipeline.mentions.amounts.points import POINTS, moved, points
from pipeline.mentions.amounts.view import CLAUSE_ENDS, Amount, View, one_of
from pipeline.mentions.numerals.piece import HALF, Piece, plain
from pipeline.mentions.numerals.symbols import symbols

TIMES = ("*", "×", "x", "X")
YEAR, YEARS = "年", (1900, 2100)
COSTS = 14  # characters behind a span of time that may tell what it costs


@frozen
class Counting:
    """The lists of ``[quantity]`` that every quantity asks for."""

    pointed: frozenset[str]
    formal: frozenset[str]
    newspaper: frozenset[str]
    from_only: frozenset[str]
    yearly: frozenset[str]
    ranked: frozenset[str]
    lexical: frozenset[str]
    tails: frozenset[str]
    uncounted: frozenset[str]
    few: frozenset[str]
    few_of: frozenset[str]
    terms: frozenset[str]
    lasting: frozenset[str]
    ranks: frozenset[str]
    numbered: dict[str, list[str]]  # by unit, what before the number makes it the number of one
    ordinal_ends: frozenset[str]  # what may stand right before one


@cached
def counting() -> Counting:
    table = cue_table()["quantity"]
    listed = (field.name for field in fields(Counting) if isinstance(table.get(field.name), list))
    lists = {name: frozenset(table[name]) for name in listed}
    return Counting(**lists, numbered=table["numbered"], ordinal_ends=edges("marks.ordinal", True) | {" "})


def read_quantity(view: View, index: int, unit: Unit, unit_end: int) -> tuple[Amount, int] | None:
    """The quantity that the numeral at ``index`` makes with its unit; None where it is none."""
    text, piece, known = view.text, view.pieces[index], counting()
    start, touching = piece.start, view.chars[piece.start - 1]
    label = "count" if unit.label == "people" else unit.label
    if piece.fraction and "/" in text[start : piece.end]:  # 7/24小时
        return None
    if touching in TIMES and label == "duration" and text[start - 2 : start - 1].isdigit():
        return None  # 7*24小时
    if (
        touching == "/"
        and currencies().before(text, start - 1) is not None
        and NUMBER.fullmatch(text, start, piece.end)
    ):
        return None  # 元/500千克 is a unit
    if (
        touching == "+" and text[start - 2 : start - 1].isupper() and not text[start - 3 : start - 2].isdigit()
    ):  # 赔N+1个月
        return None
    if piece.code or (touching in known.ordinal_ends and ordinal(text, piece)):
        return None
    if not countable(view, piece, unit, unit_end, label, known):
        return None
    if not piece.arabic and unit.surface in known.lexical and small(piece):
        return None
    low, high, own, end, used = piece.low, piece.high, piece.qualifier, unit_end, 1
    if piece.base is not None and unit_end == piece.own + 1:  # a letter that is no scale: 250m
        low, high = piece.base_low if piece.base_low is not None else piece.base, piece.base
    if own == "exact" and label != "count" and low is not None and is_half(text, end):  # 两年半
        low = high = plain(low + HALF)
        end, used = end + 1, used + (index + 1 < len(view.pieces) and view.pieces[index + 1].start == end)
    if label == "measure" and unit.surface in known.tails and low is not None and low == high:
        rest = view.pieces[index + 1] if index + 1 < len(view.pieces) else None
        if rest is not None and rest.start == end and (part := tail(view, rest)) is not None:
            low = high = plain(low + part)
            end, used, own = rest.end, used + 1, "exact"
    if view.chars[end] in view.near.more and own == "exact" and (more := unit_cue(text, end)):
        own, high, end = "over", None, end + more
    name = unit.unit
    if text[end : end + 1] == "/" and (rate := rate_at(text, end + 1)):  # 20名/天
        name, end = f"{name}/{rate}", end + 1 + len(rate)
    amount = Amount("quantity", label, piece.start, end, low, high, own, name, f"quantity.{label}", piece)
    if piece.sign < 0 and label == "measure":
        amount.direction, amount.cue_at = "down", piece.sign_start
    return amount, used


def rate_at(text: str, position: int) -> str:
    """What something is counted for behind a slash; empty for none."""
    found = next((word for word in words("quantity.rates") if text.startswith(word, position)), "")
    return found if not text[position + len(found) : position + len(found) + 1].isdigit() else ""


def is_half(text: str, position: int) -> bool:
    """True where 半 stands at ``position`` and is no part of another word."""
    char, table = text[position : position + 1], symbols()
    return char != "" and char in table.half and not table.guarded(text, position)


def tail(view: View, piece: Piece) -> Decimal | None:
    """The value of digits behind 米 without a unit of their own: 一米八, 1米75; None where they are none."""
    digits = view.text[piece.start : piece.end]
    if piece.low is None or piece.low != piece.high or piece.scale or len(digits) > 2 or "." in digits:
        return None
    if view.is_han(piece.end) and counters().at(view.text, piece.end) is not None:
        return None
    return piece.low / (10 if len(digits) == 1 else 100)


def small(piece: Piece) -> bool:
    """True for a numeral below ten, and for a financial capital, which alone is rather a name."""
    return piece.high is not None and piece.high < 10 and not piece.scale


def ordinal(text: str, piece: Piece) -> bool:
    """True for 第三, 前10, TOP 5."""
    at = piece.start - (text[piece.start - 1 : piece.start] == " ")
    return text.endswith(words("marks.ordinal"), 0, at) and not text.endswith(words("marks.no_ordinal"), 0, at)


def countable(view: View, piece: Piece, unit: Unit, end: int, label: str, known: Counting) -> bool:
    """False for what no quantity is by the contract: 一个, 几个, a calendar year, a bare half."""
    text = view.text
    surface = text[piece.start : piece.end]
    if piece.lone and surface in symbols().ambiguous:
        return False
    if text.endswith(view.lists["quantity.each"], 0, piece.start):  # 每百公里, 每百万token
        return False
    if label == "count":
        return is_count(text, piece, unit, end, surface, known)
    if surface == "一" and text.endswith(view.lists["quantity.priced"], 0, piece.start):
        return False
    if label == "duration":
        pointed = text.endswith(view.lists["quantity.anaphors"], 0, piece.start)
        if pointed and not text.endswith(words("quantity.no_length"), 0, piece.start):
            return False
        if not lasts(text, piece, unit, end, surface, known):
            return False
        if surface == "一" and text.endswith(words("quantity.anaphors_one"), 0, piece.start):
            return text.endswith(words("quantity.no_anaphors"), 0, piece.start)
        yearly = unit.unit == YEAR or (unit.unit.endswith(YEAR) and piece.low is not None and piece.low >= YEARS[0])
        return not (piece.arabic and surface == "0") and not (yearly and is_calendar_year(piece, surface))
    if piece.lone and surface in symbols().half:
        return unit.surface in cue_table()["quantity"]["halved"]
    if surface.startswith("00") or text.startswith(view.lists["quantity.versions"], end):  # 00631L, 128GB版本
        return False
    if len(unit.surface) == 1 and unit.surface.isascii():
        return latin(view, piece, unit)
    return True


def lasts(text: str, piece: Piece, unit: Unit, end: int, surface: str, known: Counting) -> bool:
    """False for what has a unit of time and tells no length: 好几年, 10年期国债, 最难的一天, the day 16日."""
    if surface in known.few and text.endswith(words("quantity.vague_before"), 0, piece.start):
        return False
    if surface == "一" and (text.endswith(words("quantity.defined"), 0, piece.start) or costs(text, end)):
        return False
    if text[end : end + 1] in known.terms and not text.startswith(words("quantity.no_terms"), end):
        return False
    if unit.surface not in known.lasting or piece.qualifier == "vague":
        return True
    around = text.startswith(words("quantity.lasting_behind"), end)
    return around or text.endswith(words("quantity.lasting_before"), 0, piece.start)


def costs(text: str, end: int) -> bool:
    """True where a number follows soon behind what a span of time costs or brings: 一年至少要12万."""
    if not text.startswith(words("quantity.costing"), end):
        return False
    stop = one_of(CLAUSE_ENDS).search(text, end, end + COSTS)
    behind = text[end : stop.start() if stop else end + COSTS]
    return any(char.isdigit() or char in symbols().kinds for char in behind)


def is_count(text: str, piece: Piece, unit: Unit, end: int, surface: str, known: Counting) -> bool:
    """False for one, a few or a half of things, for a year's model (2025款), a rank (前10名), a time (8点)."""
    if (
        surface == "一"
        and unit.surface in words("quantity.more_of")
        and text.endswith(words("quantity.more_by"), 0, piece.start)
    ):
        return True
    if surface in known.uncounted or surface in symbols().half or piece.measure:
        return False
    if len(piece.digits) > 2 and (
        unit.surface not in known.newspaper or text[piece.start - 1 : piece.start] in symbols().kinds
    ):
        return False
    if (surface in known.few and unit.surface in known.few_of) or (surface[0] == "0" and surface[1:2].isdigit()):
        return False
    if (surface == "二" and unit.unit not in known.formal) or (piece.lone and unit.label == "people"):
        return False
    if unit.surface in known.pointed and not points(piece, surface) and not moved(text, piece.start):
        return False
    if unit.surface in known.from_only and (piece.scale > 3 or from_on(text, piece, end)):
        return False
    if unit.surface in known.ranks and text.endswith(words("quantity.rank_moves"), 0, piece.start):
        return False
    if unit.surface in known.numbered and (
        not piece.high or piece.high >= 10 or text.endswith(tuple(known.numbered[unit.surface]), 0, piece.start)
    ):
        return False  # 502室, 低层8室
    if unit.surface in known.yearly and piece.low is not None and piece.low >= YEARS[0]:
        return False
    if unit.surface not in known.ranked or not text.endswith(words("quantity.rank_before"), 0, piece.start):
        return True
    return text.endswith(words("quantity.no_length"), 0, piece.start)  # 目前两家


def from_on(text: str, piece: Piece, end: int) -> bool:
    """True for 2999起 and a clause's end: prices from there on; 事故600起 counts accidents."""
    closes = not "一" <= text[end : end + 1] <= "鿿"
    return (
        closes
        and piece.low is not None
        and piece.low >= POINTS
        and not "一" <= text[piece.start - 1 : piece.start] <= "鿿"
    )


def is_calendar_year(piece: Piece, surface: str) -> bool:
    """True for 2024, 97 and 二〇二四 before 年, which no duration are."""
    if piece.qualifier == "range":
        return piece.arabic and piece.high is not None and piece.high >= YEARS[0]
    if piece.qualifier != "exact" or piece.low is None:
        return False
    if len(piece.digits) in (2, 4):
        return True
    if not piece.arabic or piece.scale:
        return False
    whole, _, part = surface.partition(".")
    if len(part) == 4 and len(whole) <= 2:  # 1.2024年 is the first item of a list
        return True
    return YEARS[0] <= piece.low <= YEARS[1] or (surface.startswith("0") and not part) or 50 <= piece.low < 100


def latin(view: View, piece: Piece, unit: Unit) -> bool:
    """True where a single letter is a unit rather than a part of a name: 5V, 65W, 250m."""
    text = view.text
    end = text.index(unit.surface, piece.own) + 1
    if unit.surface in words("quantity.stored"):
        return stored(text, piece.start, end)
    if unit.surface in words("quantity.generations"):
        before = text[max(0, piece.start - 2) : piece.start].rstrip()[-1:]
        if before.isascii() and before.isalnum():
            return False  # RTX 5070 12G
        if small(piece) and "." not in text[piece.start : piece.end]:  # 5G
            return stored(text, piece.start, end)
    return piece.arabic and not text[end : end + 1].isdigit()


def stored(text: str, start: int, end: int) -> bool:
    """True where a letter counts what is stored or sent: 2T硬盘, 宽带500M."""
    at = end + (text[end : end + 1] == " ")
    before = start - (text[start - 1 : start] == " ")
    return text.startswith(words("quantity.stores_behind"), at) or text.endswith(
        words("quantity.stores_before"), 0, before
    )


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
    elif unit.surface in words("quantity.stored"):
        if not stored(view.text, piece.start, piece.own + 1):
            return None
    elif unit.surface not in cue_table()["quantity"]["letters"]:
        return None
    return unit, piece.own + 1
