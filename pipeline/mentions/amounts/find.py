"""Find the money, percent and quantity mentions of a post."""

from bisect import bisect_right
from decimal import localcontext
from operator import attrgetter
from sys import maxsize

from pipeline.mentions.amounts.bare import Bare
from pipeline.mentions.amounts.beside import moved, sibling
from pipeline.mentions.amounts.cues import BOUNDS, cue_before, cue_behind
from pipeline.mentions.amounts.currency import Purse
from pipeline.mentions.amounts.governed import is_governed
from pipeline.mentions.amounts.level import read_level
from pipeline.mentions.amounts.lexicon import Unit, counters, cue_table, suffixes, words
from pipeline.mentions.amounts.listing import SPACES, listed, summed
from pipeline.mentions.amounts.money import prefix, read_money
from pipeline.mentions.amounts.moves import share_per
from pipeline.mentions.amounts.percent import read_percent, read_words
from pipeline.mentions.amounts.qualify import Qualifier
from pipeline.mentions.amounts.quantity import ordinal, read_quantity, scale_as_unit
from pipeline.mentions.amounts.view import LOCAL, UNKNOWN, Amount, View
from pipeline.mentions.context import Context
from pipeline.mentions.numerals.combine import dash
from pipeline.mentions.numerals.piece import EXACT, Piece
from pipeline.mentions.numerals.symbols import symbols
from pipeline.records import Mention

STEPS = 4  # as much as a move at the least is where it came to: 上涨50元至1500元
PLUS = "+"  # behind a number: that and more
NOWHERE, NOTHING = (maxsize, maxsize), (None, 0)
UNSETTLED = (LOCAL, UNKNOWN)


def find_amounts(context: Context) -> list[Mention]:
    """The money, percent and quantity mentions of a post, in order; they do not overlap each other or ``taken``.

    Bounds are positive and in base units; ``direction`` tells of a sign. A currency that only the context gives is
    marked ``inferred``. Never raises.
    """
    with localcontext(EXACT):
        return Finder(context).mentions()


def capitals() -> frozenset[str]:
    """Financial capitals that alone are rather words (陆, 参)."""
    return symbols().ambiguous


def without_phrases(found: list[Amount]) -> list[Amount]:
    """The amounts without quantities that belong to a price beside them: 一个月 in 三千六一个月."""
    kept: list[Amount] = []
    for amount in found:
        if amount.kind == "quantity" and kept and amount.start < kept[-1].reach:
            continue
        while amount.per and kept and kept[-1].kind == "quantity" and kept[-1].start >= amount.phrase >= 0:
            kept.pop()
        kept.append(amount)
    return kept


def behind_spaces(text: str, end: int) -> int:
    """Where a unit may begin behind a number and a few blanks."""
    stop = end + SPACES
    while end < stop and text[end : end + 1] == " ":
        end += 1
    return end


class Finder:
    """One post's amounts."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.view = View(context)
        self.floor = 0  # the end of the last amount
        self.near, self.suffixes, self.counters = self.view.near, suffixes(), counters()

    def mentions(self) -> list[Mention]:
        view = self.view
        if not view.pieces and not view.text:
            return []
        amounts = self.amounts()
        purse = Purse(view, amounts)
        for amount in amounts:
            if amount.kind == "money" and amount.unit in UNSETTLED:
                purse.settle(amount)
        result, places = [], view.joined.places
        qualifier = Qualifier(view)
        for amount in amounts:
            qualifier.apply(amount)
            start, end = amount.start, amount.end
            if places:
                start, end = view.joined.start(start), view.joined.end(end)
            result.append(
                Mention(
                    amount.kind,
                    amount.label,
                    start,
                    end,
                    amount.rule,
                    amount.low,
                    amount.high,
                    f"{amount.unit}/{amount.per}" if amount.per else amount.unit,
                    amount.own,
                    amount.direction,
                    inferred=("unit",) if amount.inferred else (),
                )
            )
        return result

    def amounts(self) -> list[Amount]:
        """All amounts in order, ranges and lists put together."""
        view = self.view
        text, chars, pieces, dash = view.text, view.chars, view.pieces, self.near.dash
        spans = iter(view.taken)
        passed, (opens, closes) = 0, next(spans, NOWHERE)  # the last taken span behind, and the next one
        fixed = read_words(view)
        found: list[Amount] = []
        extra: list[Amount] = []
        index, count, unread = 0, len(pieces), []
        while index < count:
            piece = pieces[index]
            start = piece.start
            while closes <= start:
                passed, (opens, closes) = closes, next(spans, NOWHERE)
            if start < self.floor or opens < piece.end:
                index += 1
                continue
            amount, used = self.read(index) or NOTHING
            if amount is None or amount.start < self.floor or amount.start < passed or opens < amount.end:
                unread.append(index)
                index += 1
                continue
            index += used
            if chars[amount.end] in dash and index < count:
                amount, index = self.ranged(amount, index)
            if unread and amount.start - pieces[unread[-1]].end <= SPACES and not summed(view, amount, unread):
                members = listed(view, amount, unread)
                if members and ordinal(text, members[0].piece):  # 第1、2、3项
                    continue
                found.extend(members)
            found.append(amount)
            self.floor = amount.end if amount.reach < amount.end else amount.reach
        if unread:
            found += self.bare_ones(unread, found)
        found.sort(key=attrgetter("start"))
        if any(map(attrgetter("per"), found)):
            found = without_phrases(found)
            share_per(view, found)
        if fixed:
            ends = [amount.end for amount in found]
            for amount in fixed:
                at = bisect_right(ends, amount.start)
                if at == len(ends) or found[at].start >= amount.end:
                    extra.append(amount)
            found.extend(extra)
            found.sort(key=attrgetter("start"))
        return found

    def read(self, index: int) -> tuple[Amount, int] | None:
        """The amount that the numeral at ``index`` makes with what touches it, and how many numerals it took."""
        view = self.view
        text, piece = view.text, view.pieces[index]
        start, end, chars = piece.start, piece.end, view.chars
        if piece.bare and text.endswith(self.view.lists["table.titles"], 0, start):
            return None  # 单位：百万美元
        if piece.lone and piece.bare:
            return read_level(view, piece) or self.bare_count(piece)
        before = prefix(text, start) if chars[start - 1] in self.near.currency_before else None
        if before is None and piece.sign_start >= 0:
            before = prefix(text, piece.sign_start)
        if before is not None and before[1] < self.floor:
            before = None
        if chars[end] == " ":
            end = behind_spaces(text, end)
        unit = self.suffixes.at(text, end)
        if unit is None and text[end : end + 1] == PLUS and piece.qualifier == "exact" and not piece.lone:
            unit = self.suffixes.at(text, end + 1)
            if unit is not None:  # 200+元
                piece.qualifier, piece.high, end = "over", None, end + 1
        hidden = 0  # of the unit's characters, read with the number already
        if piece.measure:
            whole = (self.counters if unit is None else self.suffixes).inside(text, end, symbols().measure)
            if unit is None or (whole is not None and whole.kind == "percent"):  # 六个多点
                unit, hidden = whole, 1
        if unit is None:
            if before is None and piece.base is not None and (letter := scale_as_unit(view, piece)) is not None:
                return read_quantity(view, index, letter[0], letter[1])
        elif unit.kind == "money":
            read = read_money(view, index, unit, end + len(unit.surface), before)
            if read is not None:
                return read
            unit = self.counter(end) if unit.role == "local" else None
        if before is not None and self.is_money(piece, unit, before):
            return read_money(view, index, None, end, before)
        if unit is None:
            return read_percent(view, index, None, end)
        if unit.kind == "percent" and not (piece.lone and text[start] in capitals()):
            read = read_percent(view, index, unit, end + len(unit.surface) - hidden)
            if read is not None:
                return read
            unit = self.counter(end)
        if unit is None or (end > piece.end and not piece.scale and is_governed(text, start, "everyday")):
            return None  # 股价看15 散户
        return read_quantity(view, index, unit, end + len(unit.surface) - hidden)

    def bare_count(self, piece: Piece) -> tuple[Amount, int] | None:
        """过千宗, 万辆以上: a scale alone that a bound makes a count."""
        view, unit = self.view, self.counter(piece.end)
        if unit is None or unit.label not in ("count", "people"):
            return None
        end = piece.end + len(unit.surface)
        bound = cue_before(view.text, piece.start, "scale")[0] or view.cue_before(piece.start)[0]
        if (bound or cue_behind(view.text, end)) not in BOUNDS:
            return None
        low, high = piece.low, piece.high
        return Amount("quantity", "count", piece.start, end, low, high, "exact", unit.unit, "quantity.bare", piece), 1

    def is_money(self, piece: Piece, unit: Unit | None, before: tuple[str, int]) -> bool:
        """True where the currency before a numeral makes it money although no unit of money follows."""
        if piece.lone or piece.fraction or (piece.bare and unit is not None):
            return False
        if unit is None or unit.label == "count":
            return True
        return unit.kind == "quantity" and self.view.text[before[1] : piece.start].strip() in words("money.signs")

    def counter(self, end: int) -> Unit | None:
        return self.counters.at(self.view.text, end)

    def ranged(self, left: Amount, index: int) -> tuple[Amount, int]:
        """The range from ``left`` to the amount behind a dash (6.5元至7元/斤), or ``left``; and the next numeral."""
        view = self.view
        if left.low is None or left.low != left.high or left.direction == "up":
            return left, index
        link = dash().match(view.text, left.end)
        if link is None:
            return left, index
        opens = link.end()
        if left.direction:  # 亏损-1.2亿元至-1.6亿元
            opens += view.text[opens : opens + 1] in cue_table()["marks"]["minus"]
            if opens == link.end() or link[0].strip() in cue_table()["marks"]["minus"]:
                return left, index
        piece = view.pieces[index]
        if view.is_taken(piece.start, piece.end):
            return left, index
        self.floor = left.end  # 1亿美元-2亿美元: the first currency is none of the second number's
        read = self.read(index)
        if read is None:
            alone = piece.arabic and piece.start == opens and not view.text[piece.end : piece.end + 1].isalnum()
            return self.forward(left, piece, index) if alone and left.kind != "quantity" else (left, index)
        if read[0].start != opens or read[0].kind != left.kind or read[0].label not in (left.label, "price"):
            return left, index
        right, used = read
        if left.unit != right.unit and LOCAL not in (left.unit, right.unit):
            return left, index
        if right.low is None or left.low == right.low:
            return left, index
        if right.low >= STEPS * left.low and view.text.endswith(words("ranges.moved"), 0, left.start):
            return left, index  # 上涨50元至1500元: by so much, to so much
        low = left.low
        if low > right.low:  # 50%~10%
            if link[0].strip() not in cue_table()["marks"]["falling"] or right.low != right.high:
                return left, index
            low, right.high = right.low, low
        right.start, right.low = left.start, low
        right.unit = left.unit if right.unit == LOCAL else right.unit
        right.own = "range" if right.high is not None else right.own
        right.direction, right.cue_at, right.rule = left.direction, left.cue_at, right.rule + ".range"
        return right, index + used

    def forward(self, left: Amount, piece: Piece, index: int) -> tuple[Amount, int]:
        """$8000~9000 and 5%-10: the second number has no unit of its own."""
        if piece.low is None or left.low is None or piece.low <= left.low or piece.code or piece.high is None:
            return left, index
        left.high, left.own, left.end, left.rule = piece.high, "range", piece.end, left.rule + ".range"
        return left, index + 1

    def bare_ones(self, unread: list[int], found: list[Amount]) -> list[Amount]:
        """Bare numbers as money."""
        view, bare = self.view, Bare(self.view)
        result: list[Amount] = []
        passed, count = 0, len(found)  # amounts that end before the number
        pending: list[int] = []  # numbers that nothing around makes an amount
        for index in unread:
            piece = view.pieces[index]
            if piece.code or piece.lone or piece.fraction or piece.low is None:
                continue
            while passed < count and found[passed].end <= piece.start:
                passed += 1
            before = found[passed - 1] if passed else None
            behind = found[passed] if passed < count else None
            if behind is not None and behind.start < piece.end:
                continue
            last = before
            if result and (last is None or last.end < result[-1].end):
                last = result[-1]
            amount = bare.read(piece, last) or moved(bare, piece, last, behind) or sibling(bare, piece, last)
            if amount is None or view.is_taken(amount.start, amount.end):
                pending.append(index)
                continue
            if pending and piece.scale >= 4 and amount.start - view.pieces[pending[-1]].end <= SPACES:
                result += listed(view, amount, pending)  # 5.2/6.8/8.1亿
            pending.clear()
            result.append(amount)
        return result
