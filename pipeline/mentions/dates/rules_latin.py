"""Rules for pieces that start with a Latin capital: FY25Q3, Q3 2025, Q2, W44, Nov 5, 2025."""

from pipeline.lexicons.trie import trie
from pipeline.mentions.dates.pieces import (
    ALNUM,
    YEAR4,
    Groups,
    Maker,
    Piece,
    Rule,
    maker,
    part_maker,
    straddling,
    value,
)
from pipeline.mentions.dates.words import Words

LEFT, RIGHT = f"(?<![{ALNUM}])", f"(?![{ALNUM}])"
YEAR = rf"(?:{YEAR4}|\d\d)"


def english(words: Words) -> str:
    return trie([*words["english.months"], *words["english.abbreviations"]])


def english_maker(words: Words) -> Maker:
    """Makes a month of a year, a day of a year, or a month and day, from the groups ``m``, ``d`` and ``y``."""
    names = words["english.abbreviations"]

    def make(groups: Groups, start: int, end: int) -> Piece:
        month, year = names.index(groups["m"][:3]) + 1, value(groups.get("y"))
        if not groups.get("d"):
            return Piece("dated", start, end, month, year=year, unit="month")
        if year:
            return Piece("date", start, end, month, value(groups["d"]), year=year)
        return Piece("md", start, end, month, value(groups["d"]), unit="day", flag="strong")

    return make


def latin_rules(words: Words) -> list[Rule]:
    month = english(words)
    months = frozenset(name[:2] for name in words["english.abbreviations"])
    of_year = english_maker(words)
    fiscal = part_maker("fiscal")
    q, h = "Q(?P<q>[1-4])", "H(?P<h>[12])"
    fq = frozenset({"Q1", "Q2", "Q3", "Q4"})
    fh = frozenset({"H1", "H2"})
    return [
        Rule("fyy", frozenset({"FY"}), rf"{LEFT}FY\s?['’]?(?P<y>{YEAR})/(?P<z>{YEAR}){RIGHT}", straddling),
        Rule("fyq", frozenset({"FY"}), rf"{LEFT}FY\s?['’]?(?P<y>{YEAR})(?:\s?-?\s?(?:{q}|{h}))?[EAF]?{RIGHT}", fiscal),
        Rule("qfy", fq, rf"{LEFT}{q}\s?-?\s?FY\s?['’]?(?P<y>{YEAR}){RIGHT}", fiscal),
        Rule(
            "cy",
            frozenset({"CY"}),
            rf"{LEFT}CY\s?['’]?(?P<y>{YEAR}){RIGHT}",
            maker("year", "y", flag="strong", spelt="y"),
        ),
        Rule("qyear", fq | fh, rf"{LEFT}(?:{q}|{h})(?:\s?[-/]?\s?(?P<y>{YEAR4})|['’](?P<z>\d\d)){RIGHT}", part_maker()),
        Rule("lq", fq, rf"{q}(?![{ALNUM}]|-(?!Q))", maker("quarter", "q", unit="quarter", flag="latin")),
        Rule("lh", fh, rf"{LEFT}{h}{RIGHT}", maker("half", "h", unit="half", flag="needs_year")),
        Rule(
            "lw",
            frozenset(f"W{digit}" for digit in range(6)),
            rf"(?<![{ALNUM}-])W(?P<w>[1-5]\d|0[1-9]){RIGHT}",
            maker("week", "w", unit="week"),
        ),
        Rule(
            "lm",
            months,
            rf"{LEFT}(?P<m>{month})\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?,?\s(?P<y>{YEAR4}))?{RIGHT}",
            of_year,
        ),
        Rule("lmy", months, rf"{LEFT}(?P<m>{month})\.?,?\s(?P<y>{YEAR4}){RIGHT}", of_year),
    ]
