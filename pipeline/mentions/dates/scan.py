"""Find the pieces of dates in a text: one pass, the longest rule first.

A look at two characters tells which rules may match; most of a text is passed over at that.
"""

import re
from collections.abc import Iterator
from functools import cache

from pipeline.mentions.dates.numerals import CHARS
from pipeline.mentions.dates.pieces import YEAR4, Piece, Rule
from pipeline.mentions.dates.rules_latin import latin_rules
from pipeline.mentions.dates.rules_numbers import DIGITS, FIRST, HAN, number_rules
from pipeline.mentions.dates.rules_words import word_rules
from pipeline.mentions.dates.words import Words, trie, words


class Group:
    """Rules that may start alike, as one pattern. ``quick`` is a cheap test that most misses fail."""

    def __init__(self, rules: list[Rule], quick: str = "") -> None:
        self.rules = {rule.name: rule for rule in rules}
        self.quick = re.compile(quick)
        self.pattern = re.compile("|".join(f"(?P<{rule.name}>{renamed(rule)})" for rule in rules))
        self.groups: dict[str, list[tuple[str, int]]] = {rule.name: [] for rule in rules}
        for key, index in self.pattern.groupindex.items():
            name, _, short = key.partition("__")
            if short:
                self.groups[name].append((short, index))

    def match(self, text: str, at: int) -> tuple[int, Piece | None]:
        """Where the piece at ``at`` ends (``at`` itself if there is none), and the piece unless it is no date."""
        if not self.quick.match(text, at):
            return at, None
        found = self.pattern.match(text, at)
        if found is None or found.lastgroup is None:
            return at, None
        name = found.lastgroup
        groups = {key: part for key, index in self.groups[name] if (part := found[index]) is not None}
        groups["0"] = found.group()
        return found.end(), self.rules[name].make(groups, at, found.end())


def renamed(rule: Rule) -> str:
    """A rule's pattern with its group names made its own."""
    pattern = re.sub(r"\(\?P<(\w+)>", rf"(?P<{rule.name}__\1>", rule.pattern)
    return re.sub(r"\(\?P=(\w+)\)", rf"(?P={rule.name}__\1)", pattern)


class Scanner:
    def __init__(self, lexicon: Words) -> None:
        numbers, others = number_rules(lexicon), [*latin_rules(lexicon), *word_rules(lexicon)]
        numbered = trie(word for word in lexicon.meanings if re.match(FIRST, word))
        after = "年月日号季个半周星礼天交小世财会QHWEFAJMSOND/.–—~至到直、和及与十百千五-"
        digits = rf"\d{{1,4}}\s?['’{after}]|{YEAR4}|\d{{8}}|(?<=月)|{numbered}"
        han = rf"[{CHARS}半]{{1,4}}\s?[{after}]|(?<=月)|{numbered}"
        self.digits = Group([rule for rule in numbers if rule.leads & DIGITS], digits)
        self.han = Group([rule for rule in numbers if rule.leads & HAN], han)
        self.words = Group(others)
        self.leads = frozenset(lead for rule in others for lead in rule.leads)
        firsts = {lead[0] for lead in self.leads} | DIGITS | HAN
        self.first = re.compile(f"[{re.escape(''.join(sorted(firsts)))}]")

    def pieces(self, text: str) -> Iterator[Piece]:
        """The pieces of a folded text, left to right."""
        end = 0
        leads, digits, han = self.leads, self.digits, self.han
        for hit in self.first.finditer(text):
            at = hit.start()
            if at < end:
                continue
            char = hit.group()
            if char in DIGITS:
                if at and text[at - 1] in DIGITS:
                    continue
                end, piece = digits.match(text, at)
            elif char in HAN:
                end, piece = han.match(text, at)
            elif text[at : at + 2] in leads or char in leads:
                end, piece = self.words.match(text, at)
            else:
                continue
            if piece is not None:
                yield piece


@cache
def scanner() -> Scanner:
    return Scanner(words())
