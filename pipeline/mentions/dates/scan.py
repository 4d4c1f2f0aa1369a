"""Find the pieces of dates in a text: one pass, the longest rule first.

A look at two characters tells which rules may match; most of a text is passed over at that. A rule is compiled when
a text first asks for it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from pipeline.mentions.dates.numerals import CHARS
from pipeline.mentions.dates.pieces import Piece, Rule
from pipeline.mentions.dates.rules_calendar import BOTH, DIGITS, HAN
from pipeline.mentions.dates.rules_latin import latin_rules
from pipeline.mentions.dates.rules_numbers import FIRST, number_rules
from pipeline.mentions.dates.rules_words import word_rules
from pipeline.mentions.dates.words import Words

#: What may follow the digits of a piece, perhaps behind a space.
AFTER = "年月日号季半周星礼天交小世财会QHMWEFA/–—~至到直、和及与-"
KNOWN = 10_000  #: shapes of numbers whose rules are kept
#: A number with its digits, and one or two characters behind it, blanks aside: what tells which rules may match.
SHAPE = re.compile(rf"(\d{{0,12}})[{CHARS}半]{{0,12}}\s{{0,2}}(年\s?.?|-.?|.?)", re.DOTALL)


def starting(rules: Sequence[Rule], numbered: frozenset[str], cues: str) -> re.Pattern[str]:
    """Where a piece may start: a number that a unit or sign follows, or a character that a word starts with.

    ``numbered`` are the first two characters of words that start with a numeral; ``cues`` hold the first characters
    of words that make 9.11 a date. One set of first characters lets the regex engine pass over everything else.
    """
    leads = {lead for rule in rules for lead in rule.leads if lead[0] not in DIGITS | HAN}
    seconds = "".join(sorted({lead[1] for lead in leads if len(lead) > 1}))
    short = "".join(sorted({lead for lead in leads if len(lead) == 1}))
    after: dict[str, set[str]] = {}
    for lead in numbered:
        after.setdefault(lead[0], set()).add(lead[1:])

    def words(chars: frozenset[str]) -> str:
        """Words that start with one of these numerals; the numeral is behind already."""
        found = ((char, re.escape("".join(sorted(after[char])))) for char in sorted(chars & after.keys()))
        return "".join(rf"|(?<={char})" + (f"(?=[{rest}])" if rest else "") for char, rest in found)

    point = rf"\.\d\d?(?:\.\d|\s?[{cues}日号]|[-~—至到]\d\d?\.)"  # 2025.11.1, 11.11大促, 5.1-5.5
    pair = r"[,，]\s?[2-9三四五六七八九]\s?[年天周个]"  # 6,7年前
    unit = rf"(?:\s?(?:['’{AFTER}]|个[半月季星礼周小交多余]|[多余][年个天周]|{point}|{pair})|\s[JFMASOND])"
    digits = rf"(?=\d{{0,3}}+{unit}|\d{{7}})|(?<=[12])(?=[09]\d\d)|(?<=月.)" + words(DIGITS)
    han = rf"(?=[{CHARS}半]{{0,3}}{unit})|(?<=月.)|(?<=十)(?=[一二三四五六七]?五)" + words(HAN)
    others = f"(?=[{re.escape(seconds)}])" + (f"|(?<=[{re.escape(short)}])" if short else "")
    numerals = "".join(sorted(DIGITS | HAN))
    firsts = re.escape("".join(sorted({lead[0] for lead in leads}))) + numerals
    return re.compile(
        rf"[{firsts}](?:(?<=[0-9])(?<!\d.)(?:{digits})|(?<=[{''.join(sorted(HAN))}])(?:{han})|(?<![{numerals}])(?:{others}))"
    )


class Matcher:
    """A rule with its pattern, which is compiled at the first call of ``match``."""

    __slots__ = ("match", "rule")

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.match: Callable[[str, int], re.Match[str] | None] = self.first_match

    def first_match(self, text: str, at: int) -> re.Match[str] | None:
        self.match = re.compile(self.rule.pattern).match
        return self.match(text, at)


class Scanner:
    def __init__(self, lexicon: Words) -> None:
        others = [*latin_rules(lexicon), *word_rules(lexicon)]
        self.numbers, self.others = (
            [Matcher(rule) for rule in number_rules(lexicon)],
            [Matcher(rule) for rule in others],
        )
        self.numbered = frozenset(word[:2] for word in lexicon.meanings if re.match(FIRST, word))
        cues = "".join(sorted({word[0] for word in lexicon["days.cue_after"]}))
        self.start = starting(others, self.numbered, cues)
        self.known_numbers: dict[tuple[str, int, str], list[Matcher]] = {}
        self.known_words: dict[str, list[Matcher]] = {}

    def matchers(self, text: str, at: int) -> list[Matcher]:
        """The rules that may match at ``at``, in order."""
        pair = text[at : at + 2]
        if pair[0] in BOTH:
            return self.number_matchers(pair, text, at)
        found = self.known_words.get(pair)
        if found is None:
            found = [m for m in self.others if pair[0] in m.rule.leads or pair in m.rule.leads]
            self.known_words[pair] = found
        return found

    def number_matchers(self, pair: str, text: str, at: int) -> list[Matcher]:
        shape = SHAPE.match(text, at)
        assert shape is not None  # it also matches nothing
        key = pair if pair in self.numbered else pair[0], shape.end(1) - at, shape[2]
        found = self.known_numbers.get(key)
        if found is None:
            if len(self.known_numbers) > KNOWN:
                self.known_numbers.clear()
            found = self.known_numbers[key] = [m for m in self.numbers if may_stand(m.rule, *key)]
        return found

    def pieces(self, text: str) -> Iterator[Piece]:
        """The pieces of a folded text, left to right."""
        end, known = 0, self.known_words
        for hit in self.start.finditer(text):
            at = hit.start()
            if at < end:
                continue
            matchers = known.get(text[at : at + 2])
            for matcher in self.matchers(text, at) if matchers is None else matchers:
                found = matcher.match(text, at)
                if found is None or found.end() == at:
                    continue
                end = found.end()
                groups = found.groupdict()
                groups["0"] = found.group()
                piece = matcher.rule.make(groups, at, end)
                if piece is not None:
                    yield piece
                break


def may_stand(rule: Rule, lead: str, digits: int, behind: str) -> bool:
    """Whether a rule may match at a number that begins so, has so many Arabic digits, and stands before these."""
    if not (lead in rule.leads or lead[0] in rule.leads) or (rule.digits and digits and digits not in rule.digits):
        return False
    return not rule.behind or behind[:1] in rule.behind or behind[:1] + behind[-1:] in rule.behind


@cache
def scanner(lexicon: Words) -> Scanner:
    return Scanner(lexicon)
