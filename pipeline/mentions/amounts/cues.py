"""How exact an amount is: cues before it (超 近 约 不到) and behind it (以上 左右), outside the span."""

import re
from decimal import Decimal

from pipeline.lexicons import cached, lexicon_rows
from pipeline.mentions.amounts.lexicon import by_edge, words
from pipeline.mentions.numerals.symbols import symbols

Cue = tuple[str, str, tuple[str, ...]]  # its words, the qualifier, what may not follow (before a number: stand around)
Cues = dict[str, tuple[Cue, ...]]  # by the character next to the amount, longest first
ADVERB_REACH = 11
TILDE = "~"
PLUS = "+"
OPENING = ("(", "（")
QUOTE = 24  # characters on either side that tell a quotation
REACH = 3  # words that may stand between a cue and the number
BOUNDS = ("over", "at_least", "nearly", "under", "at_most", "about")
FIXED = ("range", "vague", "over")


@cached
def cues(side: str) -> Cues:
    """The cues of a side by the character next to the amount, longest first."""
    index: dict[str, list[Cue]] = {}
    for row in lexicon_rows("bounds"):
        if row["side"] == side:
            cue = row["cue"]
            index.setdefault(cue[0 if side in ("behind", "unit") else -1], []).append(
                (cue, row["qualifier"], row.items("unless"))
            )
    return {char: tuple(sorted(found, key=lambda c: -len(c[0]))) for char, found in index.items()}


@cached
def before_number(side: str) -> dict[str, tuple[tuple[str, ...], tuple[Cue, ...], tuple[str, ...]]]:
    """By their last character: all words that a cue of a side may end in before a number, its cues, its joints.

    Joints are words that may stand between a cue and the number.
    """
    table, joints = cues(side), by_edge("qualifiers.between", True)
    return {
        char: (
            (*(cue for cue, *_ in table.get(char, ())), *joints.get(char, ())),
            table.get(char, ()),
            joints.get(char, ()),
        )
        for char in (*table, *joints)
    }


def is_chat(text: str, position: int) -> bool:
    """True for a tilde that closes a phrase, as forums use it (好的~), rather than one that says about."""
    before = text[position - 2 : position - 1]
    return before == TILDE or "一" <= before <= "鿿"


def cue_before(text: str, position: int, side: str = "before") -> tuple[str, int]:
    """The qualifier of the cue that ends at ``position``, and where the cue begins; ("", position) for none."""
    table = before_number(side)
    for _ in range(REACH):
        while position and text[position - 1] == " ":
            position -= 1
        found = table.get(text[position - 1 : position])
        if found is None or not text.endswith(found[0], 0, position):
            break
        for cue, qualifier, unless in found[1]:
            if text.endswith(cue, 0, position) and not (cue == TILDE and is_chat(text, position)):
                return "" if unless and quoted(text, position, unless) else qualifier, position - len(cue)
        for word in found[2]:
            if text.endswith(word, 0, position):
                position -= len(word)
                break
        else:
            break
    return "", position


def quoted(text: str, position: int, words: tuple[str, ...]) -> bool:
    """True where one of these stands around: the highest price of a day (最高28元，最低25元) is no limit."""
    around = text[max(0, position - QUOTE) : position + QUOTE]
    return any(word in around for word in words)


def adverb_before(text: str, position: int) -> str:
    """The qualifier of an adverb with a verb between it and the amount: 至少要花3万; empty for none.

    No other number, and no mark that ends a clause, may stand between.
    """
    found = list(adverbs().finditer(text, max(0, position - ADVERB_REACH), position))
    if not found:
        return ""
    if any(not char.isalpha() or char in symbols().kinds for char in text[found[-1].end() : position].strip()):
        return ""
    word = found[-1][0]
    return next(qualifier for cue, qualifier, _ in cues("adverb")[word[-1]] if cue == word)


@cached
def adverbs() -> re.Pattern[str]:
    listed = [cue for entries in cues("adverb").values() for cue, _, _ in entries]
    return re.compile("|".join(map(re.escape, sorted(listed, key=len, reverse=True))))


@cached
def behind() -> Cues:
    return cues("behind")


def cue_behind(text: str, position: int) -> str:
    """The qualifier of the cue that begins at ``position``; empty for none."""
    table = behind()
    for _ in range(2):
        start = position
        if text[position : position + 1] == " ":
            position += 1
        if text[position : position + 1] in OPENING:
            for included in words("qualifiers.included"):
                if text.startswith(included, position):
                    position += len(included)
        for cue, qualifier, unless in table.get(text[position : position + 1], ()):
            if text.startswith(cue, position) and not (unless and text.startswith(unless, position + len(cue))):
                return qualifier
        if position == start:
            break
    spaced = text[position - 1 : position] == text[position + 1 : position + 2] == " "  # 5万 + 3万: a sum
    if text[position : position + 1] == PLUS and not spaced and not text[position + 1 : position + 2].isalnum():
        return "over"  # 年薪50w+
    return ""


@cached
def behind_unit() -> Cues:
    return cues("unit")


def unit_cue(text: str, position: int) -> int:
    """The length of 多 or 有余 behind a unit (3年多, 5块多); 0 for none, and where it belongs to another word."""
    found = behind_unit().get(text[position : position + 1])
    if found is None or symbols().guarded(text, position):
        return 0
    return next((len(cue) for cue, _, _ in found if text.startswith(cue, position)), 0)


def bounded(
    low: Decimal | None, high: Decimal | None, own: str, cue: str
) -> tuple[Decimal | None, Decimal | None, str]:
    """Bounds and qualifier of an amount, from what the numeral says itself (``own``) and the cue outside it."""
    if own in FIXED or not cue or cue == "exact":
        return low, high, own
    if cue in ("over", "at_least"):
        return low, None, cue
    if cue in ("under", "at_most"):
        return None, high, cue
    return low, high, cue
