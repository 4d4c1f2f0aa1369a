"""Rules for pieces that start with a numeral, Arabic or Chinese."""

import re

from pipeline.lexicons.trie import trie
from pipeline.mentions.dates.numerals import CHARS, SMALL
from pipeline.mentions.dates.pieces import (
    ALNUM,
    AND,
    JOIN,
    JOINS,
    LIST,
    YEAR4,
    Groups,
    Piece,
    Rule,
    maker,
    value,
)
from pipeline.mentions.dates.rules_calendar import (
    BOTH,
    COUNT,
    DIGITS,
    HAN,
    LEFT,
    MONTH,
    NO_LEFT,
    NUMBER,
    YEAR,
    D,
    M,
    calendar_days,
    initials,
    latin_units,
    rule,
    year_and,
)
from pipeline.mentions.dates.rules_words import counted_units, window_maker, word_maker
from pipeline.mentions.dates.words import Words

#: What starts a word that these rules find, not those of words.
FIRST = f"[{CHARS}半]"


def number_rules(words: Words) -> list[Rule]:
    return [
        *idioms(words),
        *calendar_days(words),
        *latin_units(words),
        *windows(words),
        *heads(words),
        *units(words),
        *bare(words),
    ]


def idioms(words: Words) -> list[Rule]:
    """Words that hold a number and a unit and are no date (一日三餐)."""
    found = [word for word, meaning in words.meanings.items() if re.match(FIRST, word) and meaning.kind == "none"]
    return [rule("idiom", {word[:2] for word in found}, rf"(?<![{CHARS}])(?:{trie(found)})", word_maker(words))]


def heads(words: Words) -> list[Rule]:
    """The number before a dash that shares the unit of the one behind it: 2021-2023年, 1-9月, 七八月."""
    fiscal = words.pattern("fiscal.year_words")
    unit = rf"年|月|[日号]|季度|季|世纪|{fiscal}"
    comma = r"(?<=\d{4})(?<![-—–~至到]\d{4})[,，](?=\s?\d{4})"  # 2021,2022,2023年
    more = rf"(?:{NUMBER}\s?(?:[{LIST}{AND}]|{comma}\s?)){{0,4}}"  # 3、5、8月

    def head(groups: Groups, start: int, end: int) -> Piece:
        flag = "list" if groups.get("l") else "and" if groups.get("a") else ""
        number = groups["n"]
        return Piece("head", start, end, value(number), flag=flag, more=start + len(number), unit=number)

    def neighbours(groups: Groups, start: int, end: int) -> Piece | None:
        low, high = value(groups["n"]), value(groups["n2"])
        unit = "quarter" if groups.get("q") else "month"
        return Piece("neighbours", start, end, low, high, unit) if high == low + 1 else None

    return [
        rule(
            "fiscal_span",  # 2023/24财年 and 2023-24财年 are one year
            DIGITS,
            rf"{LEFT}\d{{4}}(?:/(?:\d\d)?|-)(?P<y>\d\d)\s?年?度?\s?(?:{fiscal})",
            maker("fiscal", "y", unit="year", spelt="y"),
            "/-",
            (4,),
        ),
        rule(
            "head",
            BOTH,
            rf"{LEFT}(?P<n>{NUMBER})\s?(?:{JOIN}|(?P<l>{LIST}|{comma})|(?P<a>[{AND}]))\s?(?:第\s?)?(?={more}{NUMBER}\s?(?:{unit}))",
            head,
            JOINS + LIST + AND + ",，",
            (1, 2, 3, 4),
        ),
        rule(
            "pair",
            HAN,
            rf"{LEFT}(?P<n>[一二三四五六七八九])(?P<n2>[二三四五六七八九])(?:月份?|(?P<q>季度))",
            neighbours,
            "月季",
        ),
        rule(
            "years",
            DIGITS,
            rf"{NO_LEFT}(?P<a>{YEAR4})\s?{JOIN}\s?(?P<b>{YEAR4})(?![{ALNUM}.%])(?!\s?(?:年|{fiscal}|[元万亿]))",
            maker("years", "a", "b", flag="bare"),
            JOINS,
            (4,),
        ),
    ]


def windows(words: Words) -> list[Rule]:
    """三年内, 两年半前, 5天后, 10年来."""
    goes_on = {"s": rf"(?!(?<=[^以]来)[{CHARS}几])"}  # 一个星期来三四回
    sides = "|".join(
        f"(?P<{group}>{words.pattern('rolling.' + key)}{goes_on.get(group, '')})"
        for group, key in (("i", "within"), ("s", "since"), ("a", "ago"), ("l", "later"))
    )
    count = rf"(?P<n>{COUNT})(?:\s?{JOIN}\s?(?P<n2>{COUNT})|[、,，]\s?(?P<n3>[2-9]|[二三四五六七八九]))?"
    unit = rf"(?:(?<=[个半])|(?!季))(?P<u>{counted_units(words)})"  # 三季度以来 is since the third quarter
    span = rf"{count}\s?(?:个(?P<b>半)?)?\s?{unit}(?P<half>半)?"
    pattern = rf"(?<![{CHARS}.几数月])(?<!月 ){span}(?:{sides})(?!{words.pattern('rolling.not_after')})"
    names = [name for listed in words["units"].values() for name in listed]
    some = "[多余]?"
    more = r"(?=[^年月周天季小]{1,4}[多余]|[^年月周天季小]{1,3}.[多余])"  # 四个多月来, 一年多来
    length = rf"(?P<n>{COUNT}){some}个?{some}(?P<u>(?<=[个多余])月|[年周天]){some}"
    since = rf"{more}{length}(?P<s>{words.pattern('rolling.since')})"
    return [
        rule(
            "window_more",
            BOTH,
            rf"(?<![{CHARS}.几数月]){since}(?![{CHARS}])",
            window_maker(words),
            "个多余年周天",
            (1, 2, 3),
        ),
        rule("window", BOTH, pattern, window_maker(words), initials(names) | {*JOINS, *"个、,，"}, (1, 2, 3)),
    ]


def units(words: Words) -> list[Rule]:
    """2025年, 2025财年, 90年代, 19世纪, 十四五, 10月, 5日, 三季度."""
    fiscal, not_year = words.pattern("fiscal.year_words"), words.pattern("years.not_after")
    plan = words.pattern("plans.behind")
    not_day, not_sign = words.pattern("days.not_after"), words.pattern("days.sign_not_after")
    fiscal_quarter = words.pattern("fiscal.quarter_words")

    def republic(groups: Groups, start: int, end: int) -> Piece:
        return Piece("year", start, end, value(groups["y"]) + 1911, flag="roc term" if groups.get("t") else "roc")

    def decade(groups: Groups, start: int, end: int) -> Piece:
        if groups.get("n2"):  # 八九十年代
            return Piece("decade", start, end, value(groups["n"][0]) * 10, value(groups["n2"]) * 10)
        return Piece("decade", start, end, value(groups["n"]))

    def numbered_plan(groups: Groups, start: int, end: int) -> Piece:
        return Piece("plan", start, end, 10 + value(groups.get("n")))

    return [
        rule(
            "fy",
            BOTH,
            rf"{LEFT}(?P<y>{YEAR})\s?年?度?\s?(?:{fiscal})",
            maker("fiscal", "y", unit="year", spelt="y"),
            year_and(initials(words["fiscal.year_words"])) | {"年度", "度"},
            (2, 4),
        ),
        rule(
            "fq",
            BOTH,
            rf"{LEFT}(?P<q>[一二三四1-4])\s?(?:{fiscal_quarter})",
            maker("quarter", "q", unit="quarter", flag="fiscal"),
            initials(words["fiscal.quarter_words"]),
            (1,),
        ),
        rule(
            "decade",
            BOTH,
            rf"{LEFT}(?P<n>(?:19|20)?\d0|[一二三四五六七八九](?P<n2>[二三四五六七八九])?十)\s?年代",
            decade,
            ("年代",),
            (2, 4),
        ),
        rule("century", BOTH, rf"{LEFT}(?P<n>\d{{1,2}}|{SMALL})世纪", maker("century", "n"), "世", (1, 2)),
        rule(
            "plan",
            "十",
            rf"(?<![{CHARS}])十(?P<n>[一二三四五六七])五(?![{CHARS}年月日号个天])(?:[”\"」]?(?:{plan}))?",
            numbered_plan,
        ),
        rule("tenth_plan", "十", rf"(?<![{CHARS}])十五[”\"」]?(?:{plan})", numbered_plan),
        rule(
            "report_y",
            BOTH,
            rf"{LEFT}(?P<y>{YEAR})\s?年(?:{words.pattern('years.report')})(?!{words.pattern('years.report_not_after')})",
            maker("year", "y", flag="report", spelt="y"),
            ["年" + first for first in initials(words["years.report"])],
            (2, 4),
        ),
        rule(
            "y",
            BOTH,
            rf"{LEFT}(?P<y>{YEAR})\s?年(?!{not_year})(?:度(?!假)|份)?",
            maker("year", "y", spelt="y"),
            "年",
            (2, 4),
        ),
        rule("roc_y", DIGITS, rf"{LEFT}(?P<y>1[0-3]\d|[89]\d)\s?年(?P<t>度)?(?!{not_year})", republic, "年", (2, 3)),
        rule(
            "m",
            BOTH,
            rf"(?<![{CHARS}.第个数几每两半])(?P<m>{MONTH})\s?月(?:份)?(?!{words.pattern('months.not_after')})",
            maker("month", "m", unit="month", spelt="m"),
            "月",
            (1, 2),
        ),
        rule(
            "d",
            BOTH,
            rf"(?<![{CHARS}.])(?P<d>\d{{1,2}}|{SMALL})\s?(?:日(?:(?<=月.日)|(?<=月..日)|(?<=月...日)|(?!{not_day}))|号(?!{not_sign}))",
            maker("day", "d", unit="day", spelt="d"),
            "日号",
            (1, 2),
        ),
        rule(
            "q",
            BOTH,
            rf"{LEFT}(?P<q>[一二三四1-4])\s?季(?:度|(?={words.pattern('quarters.short_before')}))(?!{words.pattern('quarters.not_after')})",
            maker("quarter", "q", unit="quarter"),
            "季",
            (1,),
        ),
    ]


def bare(words: Words) -> list[Rule]:
    """Numbers whose neighbours must tell that they are dates (2000的, 10月22, 12/1), and words of the lexicon."""

    def month_day(groups: Groups, start: int, end: int) -> Piece:
        flag = "strong" if groups.get("u") else groups["s"]
        padded = "padded" if end - start == 5 else ""
        return Piece("md", start, end, value(groups["m"]), value(groups["d"]), "day", padded + flag)

    numbered = [word for word, meaning in words.meanings.items() if re.match(FIRST, word) and meaning.kind != "none"]
    not_day, not_sign = words.pattern("days.not_after"), words.pattern("days.sign_not_after")
    sign = rf"(?P<u>(?:(?<=\.\d)|(?<=\.\d\d))(?:日(?!{not_day})|号(?!{not_sign})))?"  # 7.20日
    slash = rf"(?:(?<![{ALNUM}./-])|(?<=[/.]\d-)|(?<=[/.]\d\d-))"  # 5/20-5/25
    return [
        rule(
            "bare_day",
            BOTH,
            rf"(?<=月)(?P<d>\d{{1,2}}|(?=[{CHARS}]{{2}}){SMALL})(?![{CHARS}.])(?!{words.pattern('days.bare_not_after')})",
            maker("day", "d", unit="day", flag="bare", spelt="d"),
            digits=(1, 2),
        ),
        rule(
            "md",
            DIGITS,
            rf"{slash}(?P<m>{M})(?P<s>[-/.])(?P<d>{D})(?![\d/]|\.\d|%|-(?!\d?\d[/.])){sign}",
            month_day,
            "-/.",
            (1, 2),
        ),
        rule(
            "bare_year",
            DIGITS,
            rf"(?<![{ALNUM}.,$¥￥€£第+-])(?P<y>{YEAR4})(?![{ALNUM}.,%第])",
            maker("year", "y", flag="bare"),
            digits=(4,),
        ),
        rule(
            "number_word",
            {word[:2] for word in numbered},
            rf"(?<![{CHARS}.点])(?:{trie(numbered)})(?!(?<=[{CHARS}])[〇零一二三四五六七八九十百千万亿点])"
            r"(?!(?<=[0-9])(?:[0-9百千万亿%]|\.[0-9]))",  # 2021年51.9万吨
            word_maker(words),
        ),
    ]
