"""Whose money an amount is where it does not say: by the sentence, the post, the script, the setting."""

import re
from bisect import bisect_left
from functools import cached_property

from pipeline.lexicons import cached
from pipeline.lexicons.trie import trie
from pipeline.mentions.amounts.lexicon import Unit, cue_table, currencies, holding, inside_word, words
from pipeline.mentions.amounts.money import prefix
from pipeline.mentions.amounts.paying import speaks_of
from pipeline.mentions.amounts.script import DEFAULT, is_traditional, region
from pipeline.mentions.amounts.view import LOCAL, SENTENCE_ENDS, UNKNOWN, Amount, View

OPENING, CLOSING = ("(", "（"), (")", "）")
HYPHENS = " ·‧・•,，、;；.:：("
MARK_REACH = 12  # characters between an amount and words behind it that tell the currency of all that follow
MARKET_REACH = 80
LARGE = 8  # the power of ten of 亿
OFTEN = 3  # times that a post names its only currency for it to be that of all its amounts


def currency_of(site: str, setting: str) -> str:
    """Whose money 块 is on a site: the setting where it is not the default, else that of the site's country.

    ``site`` is a host, perhaps with a port; empty for none.
    """
    if setting != DEFAULT or not site:
        return setting
    host = "." + site.partition(":")[0].casefold()
    return next((code for end, code in cue_table()["sites"].items() if host.endswith("." + end)), setting)


@cached
def markets() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The currencies of stock exchanges, each with what names one of these."""
    return tuple((code, re.compile(trie(cues))) for code, cues in cue_table()["markets"].items())


def exchange(text: str) -> str:
    """The currency of the first stock exchange of the lexicon that a text names; empty for none."""
    return next((code for code, cues in markets() if cues.search(text)), "")


@cached
def elsewhere() -> tuple[re.Pattern[str], dict[str, str]]:
    """What tells, in a post of one place, of another one's money, and which that is."""
    codes = {cue: code for code, cues in cue_table()["elsewhere"].items() for cue in cues}
    return re.compile(trie(codes)), codes


@cached
def named_units() -> dict[str, tuple[Unit, ...]]:
    """The currency words that name one without a number of their own, by their first character, longest first."""
    named = words("money.named")
    found = {
        char: tuple(unit for unit in units if unit.role == "code" or unit.surface in named)
        for char, units in currencies().by_first.items()
    }
    return {char: units for char, units in found.items() if units}


class Purse:
    """The currencies of one post."""

    def __init__(self, view: View, amounts: list[Amount]) -> None:
        self.view = view
        self.spoken = [amount for amount in amounts if amount.kind == "money" and amount.unit != UNKNOWN]

    @cached_property
    def starts(self) -> list[int]:
        return [amount.start for amount in self.spoken]

    @cached_property
    def local(self) -> str:
        """What 元 and 块 are in this post."""
        setting = self.view.context.currency
        if setting != DEFAULT:
            return setting
        if is_traditional(self.view):
            return region(self.view)
        return "HKD" if self.in_hong_kong() else DEFAULT

    def in_hong_kong(self) -> bool:
        """True for a Simplified post that reports in Hong Kong's words and, where it says so, in its money."""
        codes = [amount.unit for amount in self.spoken if amount.piece.scale >= LARGE]
        return codes.count("HKD") >= 2 and "CNY" not in codes and speaks_of(self.view.text, "regions.reporting")

    def settle(self, amount: Amount) -> None:
        """Fill the currency of an amount that names none, and mark it inferred."""
        if self.view.text[amount.end : amount.end + 1] in OPENING:
            code = self.bracketed(amount.end + 1)
            if code:
                amount.unit = code
                return
        if amount.unit == LOCAL and (code := self.ahead(amount)):
            amount.unit = code
        elif code := self.declared_at(amount):
            amount.unit, amount.inferred = code, True
        elif amount.unit == LOCAL:
            amount.unit = self.abroad(amount) or self.local
            if DEFAULT not in (amount.unit, self.local) or amount.unit != self.local:
                amount.inferred = True
        else:
            amount.unit = self.carried(amount)
            amount.inferred = True

    @cached_property
    def declared(self) -> list[tuple[int, str]]:
        """From where on the post says whose money its amounts are (人民币，下同; 价格均为港币), in order."""
        text, found = self.view.text, []
        if not speaks_of(text, "declared.cues"):
            return []
        for cue in holding("declared.cues").finditer(text):
            start, all_of_it = cue.start(), cue[0] not in words("declared.hence")
            if all_of_it:
                unit = currencies().at(text, cue.end())
            else:
                while text[start - 1 : start] and text[start - 1] in HYPHENS:
                    start -= 1
                unit = currencies().before(text, start)
            if unit is not None and unit.role in ("name", "code"):
                found.append((0 if all_of_it else start, unit.unit))
        return found

    def declared_at(self, amount: Amount) -> str:
        """What the post has declared before an amount whose clause names no other currency; empty for nothing."""
        reach = amount.start + MARK_REACH
        code = next((code for start, code in reversed(self.declared) if start <= reach), "")
        return code and (self.named(self.view.clause(amount.start, 24)) or code)

    def abroad(self, amount: Amount) -> str:
        """The money of another place that a sentence of a Traditional post tells of: the mainland's statistics."""
        if self.local not in words("regions.beside") or amount.piece.scale < LARGE:
            return ""
        sentence = self.view.sentence(amount.start, MARKET_REACH)
        cues, abroad = elsewhere()
        found = list(cues.finditer(sentence))
        if not found or speaks_of(sentence[found[-1].end() :], "regions.again"):
            return ""
        return abroad[found[-1][0]]

    def ahead(self, amount: Amount) -> str:
        """The currency that stands before the bound of an amount: 折合港币约8千元."""
        at = self.view.cue_before(amount.start)[1]
        named = prefix(self.view.text, at) if at < amount.start else None
        return named[0] if named else ""

    def carried(self, amount: Amount) -> str:
        """A currency named in the clause, else stated in its sentence, else that which the post keeps to."""
        clause = self.view.clause(amount.start, 24)
        named = self.named(clause)
        if named:
            return named
        quoted = amount.rule in words("price.rules")
        if not quoted and any(cue in clause for cue in words("regions.home")):
            return self.local
        if quoted and (traded := self.shares(amount)):
            return traded
        if market := exchange(clause):
            return market
        index = bisect_left(self.starts, amount.start)
        text = self.view.text
        for neighbour in (*self.spoken[max(0, index - 1) : index], *self.spoken[index : index + 1]):
            low, high = sorted((neighbour.start, amount.start))
            if not any(end in text[low:high] for end in SENTENCE_ENDS):
                return self.local if neighbour.unit == LOCAL else neighbour.unit
        market = self.market(amount) or self.reported(amount)
        if market:
            return market
        codes = {neighbour.unit for neighbour in self.spoken}
        if len(codes) == 1 and len(self.spoken) >= OFTEN:
            code = next(iter(codes))
            return self.local if code == LOCAL else code
        return self.local

    @cached_property
    def traded(self) -> list[tuple[int, str]]:
        """Where the post names companies whose shares trade in one currency, and which it is, in order."""
        context = self.view.context
        found = ((entity.start, context.shares_in(entity.entity_id)) for entity in context.entities)
        return [one for one in found if one[1]]

    def shares(self, amount: Amount) -> str:
        """The currency of a share's price: that of the company named last in the sentence, or of all in the post.

        Not the latter where the script tells whose money it is.
        """
        view = self.view
        at = view.joined.start(amount.start)
        index = bisect_left(self.traded, (at, ""))
        if index and view.in_one_sentence(self.traded[index - 1][0], amount.start):
            return self.traded[index - 1][1]
        codes = {code for _, code in self.traded}
        return codes.pop() if len(codes) == 1 and self.local == DEFAULT else ""

    def reported(self, amount: Amount) -> str:
        """The currency of hundreds of millions that a sentence tells of a company: what it reports in at home."""
        if amount.piece.scale < LARGE:
            return ""
        view, context = self.view, self.view.context
        at = view.joined.start(amount.start)
        index = bisect_left(context.entities, at, key=lambda entity: entity.start)
        for entity in reversed(context.entities[:index]):
            if not view.in_one_sentence(entity.start, amount.start):
                break
            if entity.label == "ORG":
                return context.reports_in(entity.entity_id)
        return ""

    def bracketed(self, position: int) -> str:
        """The currency that a bracket behind an amount names: 两千五（台币）, 800元(港币)."""
        text = self.view.text
        unit = currencies().at(text, position)
        if unit is None or unit.role not in ("name", "code"):
            return ""
        end = position + len(unit.surface)
        return unit.unit if text[end : end + 1] in CLOSING else ""

    def market(self, amount: Amount) -> str:
        """The currency of the stock exchange that the sentence speaks of: 恒指…成交2387亿."""
        return exchange(self.view.sentence(amount.start, MARKET_REACH))

    def named(self, clause: str) -> str:
        """The last currency word in a clause, with no number of its own: 换成RMB都将近一千五."""
        known = named_units()
        if known.keys().isdisjoint(clause):
            return ""
        for at in range(len(clause) - 1, -1, -1):
            for unit in known.get(clause[at], ()):
                surface = unit.surface
                if not clause.startswith(surface, at):
                    continue
                if not inside_word(clause, at) and not inside_word(clause, at + len(surface)):
                    return unit.unit
        return ""
