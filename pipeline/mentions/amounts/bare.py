"""Numbers whose unit only the words around give: 落地30万, EPS 2.31, 跌到5.14, 市盈率18.6, cells of a table in 亿元."""

import re
from decimal import Decimal

from pipeline.lexicons import cached
from pipeline.mentions.amounts.apart import apart
from pipeline.mentions.amounts.governed import is_governed
from pipeline.mentions.amounts.lexicon import by_edge, holding, suffixes, words
from pipeline.mentions.amounts.paying import Around, pays, speaks_of
from pipeline.mentions.amounts.per import modifies, per_before, per_behind
from pipeline.mentions.amounts.places import on_its_way
from pipeline.mentions.amounts.tables import Table
from pipeline.mentions.amounts.view import CLAUSE_ENDS, UNKNOWN, Amount, View
from pipeline.mentions.numerals.piece import EXACT, TEN, Piece, plain
from pipeline.mentions.numerals.words import word_at

WIDGET = re.compile(r"[ ]?[,，][ ]?[-+−][0-9]")  # behind the price of a quote widget: 5.210,-0.07,-1.33%
LEAST = 2  # the smallest bare number that is a price
UNPRICED = tuple("%‰:∶：/-~.+*xX")  # behind a number that is a part of something
COPULAS = 4  # words that may stand between a metric and its price: 每股收益预计升至1.35
PEOPLE = "人"
RATIO, HEADS = "percent.bare_multiple", "quantity.bare_people"
YEARS = (1990, 2040)  # what a whole number is rather than a price
HUNDRED, MANY = Decimal(100), Decimal(10000)


class Bare:
    """The bare numbers of one post."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.lists, self.suffixes, self.openers = view.lists, suffixes(), openers()
        self.table = Table(view)
        self.shares: bool | None = None
        self.around = Around(view)
        self.before: Amount | None = None

    def read(self, piece: Piece, before: Amount | None = None) -> Amount | None:
        """The money that a numeral without any unit is; ``before`` is the amount before it."""
        self.before = before
        in_table = self.table.headings and self.cell(piece)
        if (
            not piece.arabic and piece.scale < 2 and piece.low is not None and piece.low < HUNDRED
        ):  # 一, 三, 十五: rarely a sum of money
            return in_table or self.ratio(piece) or (self.everyday(piece) if self.tens(piece) else None)
        return (
            in_table
            or self.ratio(piece)
            or self.people(piece)
            or self.price(piece)
            or self.scaled(piece)
            or self.everyday(piece)
        )

    def ratio(self, piece: Piece) -> Amount | None:
        """市盈率18.6: the multiple that a number without 倍 is, behind a name that can only be one."""
        if piece.scale or piece.bare or piece.sign or piece.low is None or not self.follows(piece.end, chinese=True):
            return None
        text = self.view.text
        if text.startswith(UNPRICED, piece.end) or not is_governed(text, piece.start, "ratios"):
            return None
        amount = self.amount(piece, RATIO)
        amount.kind, amount.label, amount.unit, amount.inferred = "percent", "multiple", "x", True
        return amount

    def people(self, piece: Piece) -> Amount | None:
        """月活13.8亿: the people that a large number is, behind a name that only people are counted by."""
        if piece.scale < 4 or piece.bare or piece.sign or not self.follows(piece.end, chinese=False):
            return None
        if piece.own < piece.end or not is_governed(self.view.text, piece.start, "people"):
            return None  # 用户300W
        amount = self.amount(piece, HEADS)
        amount.kind, amount.label, amount.unit, amount.inferred = "quantity", "count", PEOPLE, True
        return amount

    def amount(self, piece: Piece, rule: str, end: int | None = None) -> Amount:
        own = "about" if piece.bare else piece.qualifier
        amount = Amount(
            "money", "amount", piece.start, end or piece.end, piece.low, piece.high, own, UNKNOWN, rule, piece
        )
        if piece.sign:
            amount.direction, amount.cue_at = ("up" if piece.sign > 0 else "down"), piece.sign_start
        return amount

    def scaled(self, piece: Piece) -> Amount | None:
        """落地30万, 还差20W: a scale and no noun behind it, where the words around speak of money."""
        text = self.view.text
        if (piece.scale <= 3 and piece.own == piece.end) and not self.spoken_price(piece):
            return None
        if text.endswith(self.lists["marks.ordinal"], 0, piece.start) or word_at(text, piece.start):
            return None
        letter = text[piece.own : piece.end].strip().casefold()
        if letter not in ("", *words("money.letters")) and not self.around.strong(piece):
            return None
        end = piece.end
        for level in words("money.levels"):
            if text.startswith(level, end):
                end += len(level)
                break
        else:
            thing, span_end, reach = per_behind(self.view, end)
            if thing:  # 二十万一瓶, 2.8万/平
                return self.priced(self.amount(piece, "money.bare_per", span_end), thing, reach=reach)
            if is_governed(text, piece.start, "metrics"):
                return self.amount(piece, "money.bare_scaled", end)
            if self.around.continues_money(piece, self.before):
                return self.amount(piece, "money.bare_scaled", end)
            thing, phrase = per_before(self.view, piece.start)
            if thing in words("per.priced") and not piece.bare and self.follows(end, chinese=False):
                return self.priced(self.amount(piece, "money.bare_scaled", end), thing, phrase=phrase)
            if not self.follows(end, not letter) and not (text[end].isdigit() and not letter):  # 贷1200万30年
                return None
        if not is_governed(text, piece.start, "verbs") and not self.around.speaks_of_money(piece, end, self.before):
            return None
        amount = self.amount(piece, "money.bare_scaled", end)
        thing, phrase = per_before(self.view, piece.start)
        if not thing or piece.bare or modifies(self.view, phrase, end):  # 一套千万的房子 names a class
            return amount
        return self.priced(amount, thing, phrase=phrase)

    def priced(self, amount: Amount, thing: str, phrase: int = -1, reach: int = -1) -> Amount:
        """The amount as a price for each thing; ``phrase`` and ``reach`` bound the words that say so."""
        amount.phrase, amount.reach = phrase, reach
        amount.per, amount.label, amount.rule = thing, "price", "money.bare_per"
        return amount

    def spoken_price(self, piece: Piece) -> bool:
        """一千五, 八千, 三百五: below ten thousand it takes words, and a cue of money in their own clause."""
        if piece.bare or piece.digits or piece.low is None or piece.low < HUNDRED or (piece.arabic and piece.scale < 3):
            return False
        if self.view.text.startswith(words("money.behind"), piece.end):  # 三千预算
            return True
        clause = self.view.clause(piece.start)
        if piece.short or apart(self.view, piece) or pays(clause) or is_governed(clause, len(clause), "verbs"):
            return True
        ends = self.view.text[piece.end : piece.end + 1] in CLAUSE_ENDS
        return ends and piece.scale == 3 and pays(self.view.sentence(piece.start)) is True

    def cell(self, piece: Piece) -> Amount | None:
        """A number in a table whose heading names its unit: 单位：亿元."""
        found = self.table.unit_at(piece)
        if found is None:
            return None
        power, code = found
        amount = self.amount(piece, "money.table")
        factor = TEN[power]
        amount.low = None if piece.low is None else plain(EXACT.multiply(piece.low, factor))
        amount.high = None if piece.high is None else plain(EXACT.multiply(piece.high, factor))
        amount.unit = code
        amount.inferred = True
        return amount

    def everyday(self, piece: Piece) -> Amount | None:
        """到手5500, 560多一克: a small number that a word of everyday money governs, or a price for each."""
        text = self.view.text
        if piece.scale > 3 or piece.bare or piece.measure or piece.lone:
            return None
        if not piece.arabic and piece.scale < 2 and not self.tens(piece):
            return None
        low = piece.low if piece.low is not None else piece.high
        if low is None or low < LEAST or low >= MANY * 100 or text.startswith(UNPRICED, piece.end):
            return None
        if piece.sign or text.endswith(self.lists["marks.ordinal"], 0, piece.start) or word_at(text, piece.start):
            return None
        if self.suffixes.at(text, piece.end) is not None or WIDGET.match(text, piece.end):
            return None
        thing, end, reach = per_behind(self.view, piece.end)
        if thing and text[piece.end : piece.end + 1] != "/" and not YEARS[0] <= low <= YEARS[1]:
            return self.priced(self.amount(piece, "money.bare_per", end), thing, reach=reach)
        amount = self.spoken_of(piece, low)
        return None if amount is None or speaks_of(self.view.clause(piece.start, 12), "price.index") else amount

    def tens(self, piece: Piece) -> bool:
        """打车花了三十多: spoken tens, the last word of their clause."""
        return (
            piece.low is not None
            and piece.low >= TEN[1]
            and self.closes(piece.end)
            and is_governed(self.view.text, piece.start, "everyday")
        )

    def spoken_of(self, piece: Piece, low: Decimal) -> Amount | None:
        """The money that a small number is by the words before or behind it."""
        text, end = self.view.text, piece.end
        if is_governed(text, piece.start, "everyday"):
            return self.amount(piece, "money.bare_everyday") if self.follows(end, chinese=True) else None
        if apart(self.view, piece):  # 买了双鞋，399，
            return self.amount(piece, "money.bare_apart")
        if YEARS[0] <= low <= YEARS[1]:
            return None
        if text.startswith(self.lists["governors.behind"], end + (text[end : end + 1] == " ")):  # 2600包邮
            small = low < TEN[1] and "." not in text[piece.start : end]
            return None if small else self.amount(piece, "money.bare_everyday")
        if low < TEN[1] or not self.closes(end):
            return None
        paid = pays(self.view.sentence(piece.start)) or self.around.beside_money(piece, low, self.before)
        if paid and is_governed(text, piece.start, "hinted"):  # 还剩200
            return self.amount(piece, "money.bare_everyday")
        thing, phrase = per_before(self.view, piece.start)
        if not thing or not (paid or thing in words("per.priced")):
            return None
        if thing in words("per.not_bare") and text.endswith(self.lists["per.not_bare_behind"], 0, phrase):
            return None
        return self.priced(self.amount(piece, "money.bare_everyday"), thing, phrase=phrase)  # 酒店一晚450

    def closes(self, end: int) -> bool:
        """True where a number that ends there is the last word of its clause."""
        text = self.view.text
        return text[end : end + 1] in CLAUSE_ENDS or text.startswith(self.lists["governors.closing"], end)

    def follows(self, end: int, chinese: bool) -> bool:
        """True where what stands at ``end`` lets a bare number be money, or a noun behind a blank."""
        text = self.view.text
        at = end + (text[end : end + 1] == " ")
        char = text[at : at + 1]
        if not char or not (char.isalnum() or char in "%‰°"):
            return True
        if holding("money.followers").match(text, at) or holding("money.behind").match(text, at):
            return True
        return chinese and at > end and self.view.is_han(at)

    def price(self, piece: Piece) -> Amount | None:
        """EPS 2.31, 目标价100, 跌到5.14: a number that can only be a price."""
        view, text = self.view, self.view.text
        if not piece.arabic or piece.scale or piece.qualifier not in ("exact", "range") or piece.low is None:
            return None
        follower = text[piece.end : piece.end + 1]
        if follower in ("%", "‰", ":", "∶", "：", "/", "-", "*", "×") or (follower.isalnum() and follower.isascii()):
            return None
        at = piece.start if piece.sign_start < 0 else piece.sign_start
        if on_its_way(view, piece, self.before, self.closes(piece.end), self.about_shares):
            return self.amount(piece, "money.bare_price")
        ahead = text.startswith(self.lists["price.steps"], piece.end)
        running = ahead and text.endswith(self.lists["price.running"], 0, piece.start)
        if running or text.startswith(self.lists["price.streaks"], piece.end):  # 连19买, 油价3连涨
            return None
        if not ahead and text[at - 1 : at] not in self.openers:
            return None
        if self.suffixes.at(text, piece.end) is not None or piece.low >= MANY * 100 or piece.low == 0:
            return None
        if WIDGET.match(text, piece.end):
            return None
        clause = view.clause(piece.start, 30)
        whole = piece.low == piece.low.to_integral_value()
        year = whole and YEARS[0] <= piece.low <= YEARS[1]
        metric = governed(text, at)
        if metric and not (year and not self.closes(piece.end)):
            around = view.sentence(piece.start) if metric in words("price.weak") else clause
            if speaks_of(around, "price.index") and not speaks_of(clause, "price.certain"):
                return None  # 大盘支撑3850，压力3920
            thing, _, reach = per_behind(view, piece.end)
            amount = self.amount(piece, "money.bare_metric")
            return self.priced(amount, thing, reach=reach) if thing else amount  # 均价450一晚
        at = piece.start - (text[piece.start - 1 : piece.start] == " ")
        moves = self.lists["price.moves"]
        moved = next((m for m in moves if text.endswith(m, 0, at)), None) if text.endswith(moves, 0, at) else None
        if (moved is None and not (ahead and self.about_shares())) or year:
            return None
        if speaks_of(clause, "price.index"):
            return None
        if moved is not None and moved in words("price.weak") and not ahead and (whole or not self.about_shares()):
            return None
        if not (self.about_shares() or not whole):
            return None
        if view.is_han(piece.end) and not (ahead or text.startswith(words("price.followers"), piece.end)):
            return None
        return self.amount(piece, "money.bare_price")

    def about_shares(self) -> bool:
        if self.shares is None:
            self.shares = speaks_of(self.view.text, "price.shares")
        return self.shares


def governed(text: str, position: int) -> str:
    """The metric that is money and ends at ``position``, but for a few words such as 为 and 约; empty for none."""
    metrics, copulas = by_edge("price.metrics", True), by_edge("price.copulas", True)
    for _ in range(COPULAS):
        last = text[position - 1 : position]
        for metric in metrics.get(last, ()):
            if text.endswith(metric, 0, position):
                return metric
        copula = next((word for word in copulas.get(last, ()) if text.endswith(word, 0, position)), "")
        if not copula:
            break
        position -= len(copula)
    return ""


@cached
def openers() -> frozenset[str]:
    """The characters that may stand right before a bare price."""
    return frozenset(word[-1] for key in ("metrics", "moves", "copulas") for word in words(f"price.{key}"))
