"""Money of which only the scale is told: 逾亿元, 上看千元, 千元级, 票房破亿, 过亿融资."""

from pipeline.mentions.amounts.cues import BOUNDS, cue_before, cue_behind
from pipeline.mentions.amounts.governed import is_governed
from pipeline.mentions.amounts.lexicon import currencies, holding, words
from pipeline.mentions.amounts.view import UNKNOWN, Amount, View
from pipeline.mentions.numerals.piece import Piece

UNITS = ("name", "code", "local")  # the roles of what a scale alone may count
RULE = "money.level"
LARGE = 8  # the power of ten of 亿


def read_level(view: View, piece: Piece) -> tuple[Amount, int] | None:
    """The money that a scale alone is: a class of it (千元级), or where a bound or a way there is told (逾亿元)."""
    text, start, end = view.text, piece.start, piece.end
    unit = currencies().at(text, end)
    if unit is None or unit.role not in UNITS:
        return bounded_scale(view, piece)
    stop = end + len(unit.surface)
    if text.startswith(words("money.level_unit"), end) or holding("money.classes").match(text, stop):
        own = "about"
    elif bound(view, piece)[0] or cue_behind(text, stop) in BOUNDS or text.endswith(view.lists["money.ways"], 0, start):
        own = "exact"
    else:
        return None
    return Amount("money", "amount", start, stop, piece.low, piece.high, own, unit.unit, RULE, piece), 1


def bound(view: View, piece: Piece) -> tuple[str, int]:
    """The cue that bounds a scale alone, and where it begins; ("", …) for none."""
    for cue, at in (view.cue_before(piece.start), cue_before(view.text, piece.start, "scale")):
        if cue in BOUNDS:
            return cue, at
    return "", piece.start


def bounded_scale(view: View, piece: Piece) -> tuple[Amount, int] | None:
    """票房破亿, 过亿融资: a scale without a unit, bounded, that a name of money governs or follows."""
    text, end = view.text, piece.end
    cue, at = bound(view, piece) if piece.scale >= LARGE else ("", end)  # 月入过万 is a way of speaking
    if not cue:
        return None
    closes = not view.is_han(end) or text.startswith(view.lists["governors.closing"], end)
    named = closes and (is_governed(text, at, "metrics") or is_governed(text, at, "verbs"))
    if not named and not text.startswith(view.lists["money.sums"], end):
        return None
    return Amount("money", "amount", piece.start, end, piece.low, piece.high, "exact", UNKNOWN, RULE, piece), 1
