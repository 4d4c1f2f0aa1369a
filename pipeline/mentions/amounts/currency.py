"""Whose money an amount is where it does not say: by the sentence, the post, the script, the setting."""

import re
from bisect import bisect_left
from functools import cached_property
from itertools import compress
from operator import ne

from pipeline.language.fold import narrowed
from pipeline.lexicons import cached
from pipeline.mentions.amounts.lexicon import cue_table, currencies, inside_word, words
from pipeline.mentions.amounts.view import LOCAL, SENTENCE_ENDS, UNKNOWN, Amount, View
from pipeline.mentions.numerals.symbols import symbols

DEFAULT = "CNY"
MARKET_REACH = 80
HAN = re.compile("[㐀-鿿]+")
EVIDENCE = 2  # Traditional characters besides numerals that tell a script


def currency_of(site: str, setting: str) -> str:
    """Whose money 块 is on a site: the setting where it is not the default, else that of the site's country.

    ``site`` is a host, perhaps with a port; empty for none.
    """
    if setting != DEFAULT or not site:
        return setting
    host = "." + site.partition(":")[0].casefold()
    return next((code for end, code in cue_table()["sites"].items() if host.endswith("." + end)), setting)


@cached
def neutral() -> frozenset[str]:
    """What a Traditional text and one that only counts in Traditional characters have in common."""
    return frozenset((*symbols().kinds, *cue_table()["regions"]["neutral"]))


class Purse:
    """The currencies of one post."""

    def __init__(self, view: View, amounts: list[Amount]) -> None:
        self.view = view
        self.stated = [amount for amount in amounts if amount.kind == "money" and amount.unit not in (LOCAL, UNKNOWN)]
        self.spoken = [amount for amount in amounts if amount.kind == "money" and amount.unit != UNKNOWN]
        self.starts = [amount.start for amount in self.spoken]

    @cached_property
    def local(self) -> str:
        """What 元 and 块 are in this post."""
        setting = self.view.context.currency
        if setting != DEFAULT:
            return setting
        if not self.is_traditional():
            return DEFAULT
        regions = cue_table()["regions"]
        for code, cues in regions["cues"].items():
            if any(cue in self.view.text for cue in cues):
                return str(code)
        return str(regions["script"])

    def is_traditional(self) -> bool:
        """True where the post is written in Traditional characters, numerals and money words aside."""
        text, folded = self.view.context.text, self.view.context.folded
        if text == folded or narrowed(text) == folded:
            return False
        pairs = compress(zip(text, folded, strict=True), map(ne, text, folded))
        changed = [(a, b) for a, b in pairs if "㐀" <= a <= "鿿"]
        if all(a in folded for a, _ in changed):
            return False
        plain = neutral()
        different = sum(b not in plain for _, b in changed)
        enough = different >= EVIDENCE or (different and len(changed) - different >= EVIDENCE)  # 租屋處1萬2
        return bool(enough) and len(changed) * 12 > sum(map(len, HAN.findall(text)))

    def settle(self, amount: Amount) -> None:
        """Fill the currency of an amount that names none, and mark it inferred."""
        if amount.unit == LOCAL:
            amount.unit = self.local
            if self.local != DEFAULT:
                amount.inferred = True
        elif amount.unit == UNKNOWN:
            amount.unit = self.carried(amount)
            amount.inferred = True

    def carried(self, amount: Amount) -> str:
        """A currency named in the clause, else stated in the sentence before or behind, else the post's only one."""
        named = self.named(self.view.clause(amount.start, 24))
        if named:
            return named
        index = bisect_left(self.starts, amount.start)
        text = self.view.text
        for neighbour in (*self.spoken[max(0, index - 1) : index], *self.spoken[index : index + 1]):
            low, high = sorted((neighbour.start, amount.start))
            if not any(end in text[low:high] for end in SENTENCE_ENDS):
                return self.local if neighbour.unit == LOCAL else neighbour.unit
        market = self.market(amount)
        if market:
            return market
        codes = {neighbour.unit for neighbour in self.spoken}
        if len(codes) == 1:
            code = next(iter(codes))
            return self.local if code == LOCAL else code
        return self.local

    def market(self, amount: Amount) -> str:
        """The currency of the stock exchange that the sentence speaks of: 恒指…成交2387亿."""
        sentence = self.view.sentence(amount.start, MARKET_REACH)
        for code, cues in cue_table()["markets"].items():
            if any(cue in sentence for cue in cues):
                return str(code)
        return ""

    def named(self, clause: str) -> str:
        """The last currency word in a clause, with no number of its own: 换成RMB都将近一千五."""
        by_first = currencies().by_first
        for at in range(len(clause) - 1, -1, -1):
            for unit in by_first.get(clause[at], ()):
                surface = unit.surface
                known = unit.role == "code" or surface in words("money.named")
                if not known or not clause.startswith(surface, at):
                    continue
                if not inside_word(clause, at) and not inside_word(clause, at + len(surface)):
                    return unit.unit
        return ""
