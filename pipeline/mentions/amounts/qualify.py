"""The qualifiers of a post's amounts: the cues before and behind each, what a list shares, where prices set out."""

from pipeline.mentions.amounts.cues import adverb_before, adverbs, bounded, cue_before, cue_behind
from pipeline.mentions.amounts.lexicon import words
from pipeline.mentions.amounts.paying import speaks_of
from pipeline.mentions.amounts.view import Amount, View


class Qualifier:
    """Applies the cues of one post to its amounts, in order."""

    def __init__(self, view: View) -> None:
        self.view, self.near = view, view.near
        self.adverbs = adverbs().search(view.text) is not None  # any that may stand further before an amount
        self.previous: Amount | None = None
        self.carried = ""  # the cue that 分别 hands on to the next amount

    def apply(self, amount: Amount) -> None:
        """Apply the cues around an amount."""
        text, chars = self.view.text, self.view.chars
        position = amount.cue_at if amount.cue_at >= 0 else amount.start
        cue, at, shared = "", position, ""
        if chars[position - 1] in self.near.bound_before:
            cue, at = self.view.cue_before(position)
        if not cue and amount.per and 0 <= amount.phrase < position:  # 突破每坪30万元
            cue, at = self.view.cue_before(amount.phrase)
        if not cue and amount.piece.bare:
            cue, at = cue_before(text, position, "scale")
        if cue:
            shared = cue if text[max(0, at - 8) : at].rstrip().endswith(words("qualifiers.shared")) else ""
        elif self.carried and self.previous is not None and self.goes_on(self.previous, amount):
            cue = shared = self.carried
        if cue in ("", "exact", "about") and chars[amount.end] in self.near.bound_behind:
            cue = self.bound_behind(amount) or cue  # 达500万元以上, 大概300出头
        if not cue and self.adverbs:
            cue = adverb_before(text, position)
        if cue:
            amount.low, amount.high, amount.own = bounded(amount.low, amount.high, amount.own, cue)
        self.previous, self.carried = amount, shared

    def bound_behind(self, amount: Amount) -> str:
        """The qualifier of the cue behind an amount; none where a price only sets out from there (从5元起涨到8元)."""
        text, end = self.view.text, amount.end
        cue = cue_behind(text, end)
        if not cue and amount.kind == "money" and text.startswith(words("qualifiers.upwards"), end):
            cue = "" if self.view.is_han(end + 1) else "at_least"  # 9599元起
        departed = cue == "at_least" and text.startswith(words("qualifiers.departed"), end)
        return "" if departed and speaks_of(self.view.clause(amount.start), "qualifiers.departing") else cue

    def goes_on(self, previous: Amount, amount: Amount) -> bool:
        """True where an amount is the next of a list that one cue stands before (分别超过3亿元和5亿元)."""
        between = self.view.text[previous.end : amount.start].strip()
        return previous.kind == amount.kind and between in words("qualifiers.joined_by")
