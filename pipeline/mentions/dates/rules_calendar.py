"""Rules for days, months and quarters in digits: 2025-11-01, 114/11/03, 2025Q3, 9M25; what number rules share."""

from collections.abc import Collection, Iterable

from pipeline.mentions.dates.numerals import CHARS, DIGIT, SMALL
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
from pipeline.mentions.dates.rules_latin import english, english_maker
from pipeline.mentions.dates.words import Words

DIGITS = frozenset("0123456789")
HAN = frozenset("〇零○一二两俩三四五六七八九十廿卅百半")
BOTH = DIGITS | HAN

#: A year of four or two digits, or a thousand and some, before 年.
YEAR = rf"(?:\d{{4}}|\d\d|{DIGIT}{{4}}|{DIGIT}{{2}}|[一二两]千[〇零]?{SMALL}?)"
NUMBER = rf"(?:\d{{1,4}}|{DIGIT}{{4}}|{SMALL})"
MONTH = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
COUNT = rf"(?:\d{{1,3}}|半|{SMALL}|[一二三四五六七八九]?百)"
M2, D2 = "(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
M, D = "(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"

#: No digit, sign of a longer code or Latin letter may touch a date in digits.
NO_LEFT, NO_RIGHT = f"(?<![{ALNUM}.])", f"(?![{ALNUM}])"
#: Nor a numeral one with a unit.
LEFT = rf"(?<![{CHARS}.第])"


def rule(
    name: str,
    leads: Iterable[str],
    pattern: str,
    make: Maker,
    behind: Iterable[str] = "",
    digits: Collection[int] = (),
) -> Rule:
    return Rule(name, frozenset(leads), pattern, make, frozenset(behind), digits)


def initials(words: Iterable[str]) -> frozenset[str]:
    """The first characters of some words."""
    return frozenset(word[0] for word in words)


def year_and(after: Iterable[str]) -> frozenset[str]:
    """What stands behind a number before one of these characters: it alone, or behind 年."""
    return frozenset(after) | {"年" + char for char in after}


def calendar_days(words: Words) -> list[Rule]:
    day = maker("date", "m", "d", "y", spelt="y")
    month = english(words)

    def republic_day(groups: Groups, start: int, end: int) -> Piece:
        """114/11/03, as Taiwan writes it."""
        return Piece("date", start, end, value(groups["m"]), value(groups["d"]), year=value(groups["y"]) + 1911)

    iso_left = r"(?:(?<![\d./-])|(?<=-\d\d-)|(?<=-\d-))"  # 2025-11-01-2025-11-03
    return [
        rule("d8", DIGITS, rf"{NO_LEFT}(?P<y>{YEAR4})(?P<m>{M2})(?P<d>{D2}){NO_RIGHT}(?!\.\d)", day, digits=(8,)),
        rule(
            "ymd",
            DIGITS,
            rf"{iso_left}(?P<y>\d{{4}})-(?P<m>\d{{1,2}})-(?P<d>\d{{1,2}})(?!\d|-\d(?!\d{{3}}-\d))",
            day,
            "-",
            (4,),
        ),
        rule(
            "ymd2",
            DIGITS,
            r"(?<![\d./])(?P<y>\d{4})(?P<s>[/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d|[/.]\d)",
            day,
            "/.",
            (4,),
        ),
        rule(
            "yymd",
            DIGITS,
            rf"(?<![\d./-])(?P<y>\d\d)(?P<s>[-/.])(?P<m>{M2})(?P=s)(?P<d>{D2})(?!\d|[-/.]\d)",
            day,
            "-/.",
            (2,),
        ),
        rule(
            "roc_ymd", DIGITS, rf"(?<![\d./])(?P<y>1[01]\d)/(?P<m>{M2})/(?P<d>{D2})(?!\d|/\d)", republic_day, "/", (3,)
        ),
        rule("mdy", DIGITS, rf"(?<![\d./])(?P<m>{M})/(?P<d>{D})/(?P<y>\d{{4}})(?!\d|/\d)", day, "/", (1, 2)),
        rule("dmy", DIGITS, rf"(?<![\d./])(?P<d>1[3-9]|2\d|3[01])/(?P<m>{M})/(?P<y>\d{{4}})(?!\d|/\d)", day, "/", (2,)),
        rule(
            "day_month",
            DIGITS,
            rf"(?<!\d)(?P<d>\d{{1,2}})\s(?P<m>{month})\.?(?:,?\s(?P<y>{YEAR4}))?{NO_RIGHT}",
            english_maker(words),
            initials(words["english.abbreviations"]),
            (1, 2),
        ),
    ]


def latin_units(words: Words) -> list[Rule]:
    """2016-17赛季, 2024/25财年, 2025Q3, 3Q25, 1H25, 2025-W44, 2025E, 2025-10."""
    quarter = part_maker()

    def republic_quarter(groups: Groups, start: int, end: int) -> Piece:
        return Piece("dated", start, end, value(groups["q"]), year=value(groups["y"]) + 1911, unit="quarter")

    def season(groups: Groups, start: int, end: int) -> Piece | None:
        first = value(groups["y"])
        year = first if first >= 1000 else first + 2000
        return Piece("years", start, end, year, year + 1) if (year + 1) % 100 == value(groups["z"]) % 100 else None

    sport = words.pattern("sport.seasons")
    straddled = rf"年度|{words.pattern('fiscal.year_words')}"
    dated = maker("dated", "n", year="y", unit="month")
    return [
        rule(
            "yq",
            DIGITS,
            rf"{NO_LEFT}(?P<y>{YEAR4}|\d\d)\s?年?\s?-?(?:Q(?P<q>[1-4])|H(?P<h>[12])){NO_RIGHT}",
            quarter,
            year_and("QH-"),
            (2, 4),
        ),
        rule(
            "qy",
            DIGITS,
            rf"{NO_LEFT}(?:(?P<q>[1-4])Q|(?P<h>[12])H)\s?(?P<f>FY)?\s?['’]?(?P<y>{YEAR4}|\d\d){NO_RIGHT}",
            quarter,
            "QH",
            (1,),
        ),
        rule(
            "iq",
            DIGITS,
            rf"{NO_LEFT}(?P<q>[1-4])Q{NO_RIGHT}",
            maker("quarter", "q", unit="quarter", flag="latin"),
            "Q",
            (1,),
        ),
        rule("roc_q", DIGITS, rf"{NO_LEFT}(?P<y>1[01]\d)Q(?P<q>[1-4]){NO_RIGHT}", republic_quarter, "Q", (3,)),
        rule(
            "yw",
            DIGITS,
            rf"{NO_LEFT}(?P<y>{YEAR4})\s?年?\s?-?W(?P<w>[0-5]?\d){NO_RIGHT}",
            maker("dated", "w", year="y", unit="week"),
            year_and("W-"),
            (4,),
        ),
        rule(
            "my",  # 9M25: its first nine months
            DIGITS,
            rf"{NO_LEFT}(?P<n>[69])M(?P<y>{YEAR4}|\d\d){NO_RIGHT}",
            maker("months", "n", year="y", spelt="y"),
            "M",
            (1,),
        ),
        rule("ye", DIGITS, rf"{NO_LEFT}(?P<y>20\d\d)[EFA]{NO_RIGHT}", maker("year", "y"), "EFA", (4,)),
        rule(
            "season",
            DIGITS,
            rf"{NO_LEFT}(?P<y>{YEAR4}|\d\d)[-/—–](?P<z>{YEAR4}|\d\d)\s?(?:{sport})",
            season,
            "-/—–",
            (2, 4),
        ),
        rule(
            "fyy",  # 2024/25财年
            DIGITS,
            rf"{NO_LEFT}(?P<y>{YEAR4}|\d\d)/(?P<z>{YEAR4}|\d\d)\s?(?:{straddled})",
            straddling,
            "/",
            (2, 4),
        ),
        rule(
            "ym",
            DIGITS,
            rf"(?<![{ALNUM}./-])(?P<y>{YEAR4})[-/](?P<n>{M})(?![\d./-]|\s?[年%])(?:\s?月)?",
            dated,
            "-/",
            (4,),
        ),
    ]
