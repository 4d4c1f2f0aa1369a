"""Find the pieces of dates in a text: one pass, the longest rule first.

A look at two characters tells which rules may match; most of a text is passed over at that.
"""

import re
from collections.abc import Iterator
from functools import cache, cached_property

from pipeline.mentions.dates.numerals import CHARS
from pipeline.mentions.dates.pieces import Piece, Rule
from pipeline.mentions.dates.rules_latin import latin_rules
from pipeline.mentions.dates.rules_numbers import DIGITS, FIRST, HAN, number_rules
from pipeline.mentions.dates.rules_words import word_rules
from pipeline.mentions.dates.words import Words

#: What may follow the digits of a piece, perhaps behind a space.
AFTER = "年月日号季半周星礼天交小世财会QHMWEFA/–—~至到直、和及与-"


class Group:
    """Rules that may start alike, as one pattern; compiled when a text first asks for it."""

    def __init__(self, rules: list[Rule]) -> None:
        self.rules = {rule.name: rule for rule in rules}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?P<{name}>{renamed(rule)})" for name, rule in self.rules.items()))

    @cached_property
    def groups(self) -> dict[str, list[tuple[str, int]]]:
        """The named parts of each rule's pattern, with their indices in the whole one."""
        found: dict[str, list[tuple[str, int]]] = {name: [] for name in self.rules}
        for key, index in self.pattern.groupindex.items():
            name, _, short = key.partition("__")
            if short:
                found[name].append((short, index))
        return found

    def match(self, text: str, at: int) -> tuple[int, Piece | None]:
        """Where the piece at ``at`` ends (``at`` itself if there is none), and the piece unless it is no date."""
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


def starting(leads: frozenset[str], numbered: frozenset[str], cues: str) -> re.Pattern[str]:
    """Where a piece may start: a number that a unit or sign follows, or two characters that a word starts with.

    ``leads`` are the first characters of words, ``numbered`` of those that start with a numeral; ``cues`` hold the
    first characters of words that make 9.11 a date. Alternatives that start with a literal let the regex engine pass
    over everything else at once.
    """
    seconds: dict[str, set[str]] = {}
    for lead in leads | numbered:
        seconds.setdefault(lead[0], set()).add(lead[1:])

    def second(char: str) -> str:
        after = seconds.get(char, set())
        return "" if "" in after else f"(?=[{re.escape(''.join(sorted(after)))}])" if after else "(?!)"

    # the character is behind already, so what may stand here is looked up one place back
    point = rf"\.\d\d?(?:\.\d|\s?[{cues}])"  # 2025.11.1, 11.11大促
    after = rf"(?:\s?(?:['’{AFTER}]|个[半月季星礼周小交]|{point})|\s[JFMASOND])"
    digits = rf"(?=\d{{0,3}}{after}|\d{{7}})|(?<=[12])(?=[09]\d\d)|(?<=月.)"
    han = rf"(?=[{CHARS}半]{{0,3}}{after})|(?<=月.)|(?<=十)(?=[一二三四五六七]?五)"
    starts = [f"{re.escape(char)}{second(char)}" for char in seconds if char not in DIGITS | HAN]
    starts += [rf"{char}(?<!\d.)(?:{second(char)}|{digits})" for char in sorted(DIGITS)]
    starts += [f"{char}(?:{second(char)}|{han})" for char in sorted(HAN)]
    return re.compile("|".join(starts))


class Scanner:
    def __init__(self, lexicon: Words) -> None:
        numbers, others = number_rules(lexicon), [*latin_rules(lexicon), *word_rules(lexicon)]
        self.digits = Group([rule for rule in numbers if rule.leads & DIGITS])
        self.han = Group([rule for rule in numbers if rule.leads & HAN])
        self.words = Group(others)
        numbered = frozenset(word[:2] for word in lexicon.meanings if re.match(FIRST, word))
        cues = "".join({word[0] for word in lexicon["days.cue_after"]})
        self.start = starting(frozenset(lead for rule in others for lead in rule.leads), numbered, cues)

    def pieces(self, text: str) -> Iterator[Piece]:
        """The pieces of a folded text, left to right."""
        end = 0
        for hit in self.start.finditer(text):
            at = hit.start()
            if at < end:
                continue
            char = hit.group()
            group = self.digits if char in DIGITS else self.han if char in HAN else self.words
            end, piece = group.match(text, at)
            if piece is not None:
                yield piece


@cache
def scanner(lexicon: Words) -> Scanner:
    return Scanner(lexicon)
