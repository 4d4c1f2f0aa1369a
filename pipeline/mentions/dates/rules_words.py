"""Rules for pieces that start with a word: 去年, 上上周五, 第三季度, 前五个月, 近三年, 年底, 双十一."""

import re
from collections.abc import Iterable

from pipeline.lexicons.trie import trie
from pipeline.mentions.dates.numerals import CHARS, DIGIT, SMALL
from pipeline.mentions.dates.pieces import AND, JOIN, LIST, Groups, Maker, Piece, Rule, maker, value
from pipeline.mentions.dates.words import Words

NUMERALS = "0123456789〇零○一二两俩三四五六七八九十廿卅百半"
NUMBER = rf"(?:\d{{1,3}}|{SMALL}|半|[一二三四五六七八九]?百)"


def word_rules(words: Words) -> list[Rule]:
    return [
        *idioms(words),
        *eras(words),
        *steps(words),
        *ordinals(words),
        *windows(words),
        *weekdays(words),
        *others(words),
    ]


def leads(starts: Iterable[str], seconds: Iterable[str] = ()) -> frozenset[str]:
    """The first two characters that a rule may start with: of words, or of short words and what may follow."""
    after = list(seconds)
    found = set()
    for word in starts:
        found |= {word[:2]} if len(word) > 1 or not after else {word + char for char in after}
    return frozenset(found)


def units(words: Words) -> dict[str, str]:
    """A unit's names, each with its unit."""
    return {name: unit for unit, names in words["units"].items() for name in names}


def counted_units(words: Words) -> str:
    """Units behind a number; 3月 is March, so a month needs its 个."""
    kinds = ("year", "quarter", "week", "day", "trading_day", "hour", "fiscal_year", "fiscal_quarter", "sport")
    names = [name for unit in kinds for name in words["units"][unit]]
    return rf"(?:{trie(names)}|(?<=[个半])月)"


def word_maker(words: Words) -> Maker:
    """Makes what the lexicon says that a word is."""

    def make(groups: Groups, start: int, end: int) -> Piece:
        meaning = words.meanings[groups["0"]]
        return Piece(meaning.kind, start, end, meaning.number, unit=meaning.unit, flag=meaning.flag, meaning=meaning)

    return make


def window_maker(words: Words, side: str = "") -> Maker:
    """Makes a window of ``number`` to ``more`` half units; ``flag`` says on which side (last, next, within, ago,
    later)."""
    names = units(words)
    sides = {"i": "within", "s": "last", "a": "ago", "l": "later"}

    def make(groups: Groups, start: int, end: int) -> Piece | None:
        near = not groups.get("n3") or value(groups["n3"]) == value(groups["n"]) + 1
        if not near and groups["n"] + groups["n3"] not in words["pairs_apart"]:
            return None
        if groups.get("n2") and groups.get("i"):
            return None  # 2-3年内 is a length; 未来2-3年 is a stretch of the calendar
        odd = 1 if groups.get("half") or groups.get("b") else 0
        low = halves(groups["n"]) + odd
        flag = side or next(flag for group, flag in sides.items() if groups.get(group))
        last = groups.get("n2") or groups.get("n3")  # 两到三年前, 6、7年前
        high = halves(last) + odd if last else low
        return Piece("window", start, end, low, max(low, high), names[groups["u"]], flag)

    return make


def halves(text: str) -> int:
    return 1 if text == "半" else 2 * value(text)


def idioms(words: Words) -> list[Rule]:
    """Words of more than two characters that hold a date word and are none (今日头条, 周一到周日)."""
    found = [
        word
        for word, meaning in words.meanings.items()
        if len(word) > 2 and meaning.kind == "none" and not re.match(f"[{CHARS}半]", word)
    ]
    return [Rule("phrase", leads(found), trie(found, words["unless"]["not_dates.words"]), word_maker(words))]


def eras(words: Words) -> list[Rule]:
    gregorian, republic = words["eras.gregorian"], words["eras.republic"]

    def roc(groups: Groups, start: int, end: int) -> Piece:
        return Piece("year", start, end, value(groups["y"]) + 1911, flag="strong")

    reigns = words["reigns"]

    def reign(groups: Groups, start: int, end: int) -> Piece:
        return Piece("year", start, end, reigns[groups["r"]] + value(groups["y"]) - 1, flag="strong")

    hundreds = rf"(?:[一二两]千)?[一二三四五六七八九]百(?:[〇零]?{SMALL})?"
    year = rf"(?P<y>\d{{1,4}}|{DIGIT}{{2,4}}|{hundreds}|[一二两]千[〇零]?{SMALL}?)\s?年"
    short = rf"(?P<y>\d{{1,3}}|{DIGIT}{{2,3}}|{SMALL}|一百[〇零]?{SMALL}?|元)\s?年度?"
    return [
        Rule("era", leads(gregorian), rf"(?:{trie(gregorian)})\s?{year}", maker("year", "y", flag="strong")),
        Rule("reign", leads(reigns), rf"(?P<r>{trie(reigns)})\s?(?P<y>\d{{1,2}}|{SMALL}|元)\s?年", reign),
        Rule("roc", leads(republic), rf"(?:{trie(republic)})\s?{short}", roc),
    ]


def steps(words: Words) -> list[Rule]:
    """A step and a unit: 上上周五, 这个月, 下一季度; 大前天; 明后天."""
    table, week, far, pairs = words["steps"], words["weekdays"], words["far"], words["pairs"]
    years, names, clipped = words["year_pairs"], units(words), words["clipped"]
    step_units = [name for unit in words["step_units.units"] for name in words["units"][unit]]
    cut = words["steps_not_after"]
    repeated = "|".join(
        (f"(?<![{cut[word]}])" if word in cut else "") + (f"{word}{{1,4}}" if table[word] else word)
        for word in sorted(table, key=len, reverse=True)
    )
    step = rf"(?P<w>{repeated})(?:一个|个|一)?"
    days = "".join(key for key in week if len(key) == 1)
    moving = [word for word in table if table[word]]
    whole = [name for unit in ("year", "quarter", "month", "week") for name in words["units"][unit]]
    unless = words["unless"]["step_units.not_after"]
    stops = "|".join(f"(?<={unit}){trie(after, unless)}" for unit, after in words["step_units.not_after"].items())
    several = rf"(?P<n>[两二三四五六七八九2-9])(?:个|(?!月))(?P<u>{trie(whole)})(?!{stops})"  # 上7月1日 is in July
    seconds = {name[0] for name in [*step_units, *week["names"], *table]} | {"一", "个"}
    starts = leads(table, seconds)

    def count(word: str) -> int:
        return int(table[word]) if word in table else int(table[word[0]]) * len(word)

    def weekday(groups: Groups, start: int, end: int) -> Piece:
        return Piece("weekday", start, end, week[groups["d"]], count(groups["w"]), "week", "step")

    def relative(groups: Groups, start: int, end: int) -> Piece:
        number = count(groups["w"])
        return Piece("relative", start, end, number, unit=names[groups["u"]], flag="back" if number == -1 else "")

    def many(groups: Groups, start: int, end: int) -> Piece:
        return Piece("stepped", start, end, table[groups["w"]] * value(groups["n"]), unit=names[groups["u"]])

    def far_day(groups: Groups, start: int, end: int) -> Piece:
        return Piece("relative", start, end, far["words"][groups["w"]] * (2 + len(groups["p"])), unit="day")

    def numbered(groups: Groups, start: int, end: int) -> Piece | None:
        """今(14)日, 上(10)月, 去(2024)年: the number says it all."""
        number, unit = value(groups["n"]), {"日": "day", "月": "month", "年": "year"}[groups["u"]]
        if unit == "year":
            return Piece("year", start, end, number, flag="strong") if number >= 1000 else None
        return Piece(unit, start, end, number, unit=unit, flag="strong") if number <= 31 else None

    def clipped_day(groups: Groups, start: int, end: int) -> Piece:
        return Piece("relative", start, end, clipped["words"][groups["w"]], unit="day")

    def both(groups: Groups, start: int, end: int) -> Piece:
        word = groups["0"]
        first, last = pairs[word] if word in pairs else years[word]
        return Piece("days", start, end, first, last, "day" if word in pairs else "year")

    return [
        Rule(
            "step_weekday",
            starts,
            rf"{step}(?:{trie(week['names'])})(?P<d>[{days}])(?!{words.pattern('weekdays.not_after')})",
            weekday,
        ),
        Rule("step", starts, rf"{step}(?P<u>{trie(step_units)})(?!{stops})", relative),
        Rule("stepped", leads(moving, "两二三四五六七八九23456789"), rf"(?P<w>{trie(moving)}){several}", many),
        Rule(
            "far",
            leads([far["prefix"]], "大前后"),
            rf"(?P<p>{far['prefix']}{{1,4}})(?P<w>{trie(far['words'])})",
            far_day,
        ),
        Rule("both", leads([*pairs, *years]), trie([*pairs, *years]), both),
        Rule(
            "numbered",
            leads("今昨明前去上本当", "(（ "),
            r"[今昨明前去上本当][ ]?[(（](?P<n>\d{1,4})[)）][ ]?(?P<u>[日月年])",
            numbered,
        ),
        Rule(
            "clipped",
            leads(clipped["words"], [word[0] for word in clipped["before"]]),
            rf"(?<![{clipped['not_before']}])(?P<w>{trie(clipped['words'])})(?={trie(clipped['before'])})",
            clipped_day,
        ),
    ]


def ordinals(words: Words) -> list[Rule]:
    """第三季度, 第44周, 第一个星期一; 前三季度, 最后四个月."""
    names, week = units(words), words["weekdays"]
    days = "".join(key for key in week if len(key) == 1)
    weeks = words.pattern("weeks.word")
    number = rf"第\s?(?P<n>\d{{1,2}}|{SMALL})\s?个?"
    nth = leads(["第"], NUMERALS + " ")

    def quarter(groups: Groups, start: int, end: int) -> Piece:
        flag = "fiscal" if groups.get("f") else ""
        return Piece("quarter", start, end, value(groups["n"]), unit="quarter", flag=flag)

    def nth_weekday(groups: Groups, start: int, end: int) -> Piece:
        return Piece("nth_weekday", start, end, value(groups["n"]), week[groups["d"]], "day")

    def head(groups: Groups, start: int, end: int) -> Piece:
        flag = "list" if groups.get("l") else "and" if groups.get("a") else ""
        return Piece("head", start, end, value(groups["n"]), end - len(groups["j"]), groups["n"], flag)

    rules = [
        Rule(
            "nth_head",
            nth,
            rf"第(?P<n>[一二三四1-4])(?P<j>{JOIN}|(?P<l>{LIST})|(?P<a>[{AND}]))(?=第?[一二三四1-4](?:季|{LIST}))",
            head,
        ),
        Rule(
            "nth_quarter",
            nth,
            rf"{number}(?:(?P<f>{words.pattern('fiscal.quarter_words')})|季度?)(?!{words.pattern('quarters.not_after')})",
            quarter,
        ),
        Rule(
            "last_weekday",
            leads(["最后"]),
            rf"最[后後]一?个?(?:{weeks})(?P<d>[{days}])",
            lambda groups, start, end: Piece("nth_weekday", start, end, -1, week[groups["d"]], "day"),
        ),
        Rule("nth_weekday", nth, rf"{number}(?:{weeks})(?P<d>[{days}])", nth_weekday),
        Rule("nth_week", nth, rf"{number}(?:{weeks})(?!末)", maker("week", "n", unit="week")),
        Rule("nth_day", nth, rf"(?<=[年月的]){number}[天日]", maker("nth_day", "n", unit="day")),
        Rule("nth_month", nth, rf"{number}(?<=个)月", maker("month", "n", unit="month", flag="needs_year")),
    ]
    for name, sign in (("first", 1), ("last", -1)):
        cues = words["counted"][name]

        def counted(groups: Groups, start: int, end: int, sign: int = sign) -> Piece:
            return Piece("counted", start, end, sign * value(groups["n"]), unit=names[groups["u"]])

        months = "|月份?" if sign > 0 else ""  # 后3月 is March, after something
        one = r"(?!(?:一|1)个?[天日周月季年交])" if sign > 0 else ""  # 前一天 is the day before
        pattern = rf"(?:{trie(cues)})\s?{one}(?P<n>\d{{1,3}}|{SMALL})\s?个?(?P<u>{counted_units(words)}{months})"
        rules.append(Rule(f"counted_{name}", leads(cues, NUMERALS + " "), pattern, counted))
    return rules


def windows(words: Words) -> list[Rule]:
    """近三年, 过去10年, 未来2-3年, 这两年."""
    rolling, names = words["rolling"], units(words)
    more = rf"(?:\s?{JOIN}\s?(?P<n2>{NUMBER})|(?P<n3>[三四五六七八九]))?"  # 2-3年, 两三年
    span = rf"(?P<n>{NUMBER}){more}\s?(?:个(?P<b>半)?)?\s?(?P<u>{counted_units(words)})"
    after = trie([*rolling["within"], *rolling["since"], *rolling["between"]])
    rules = []
    for name, side in (("past", "last"), ("future", "next")):
        pattern = rf"(?:{trie(rolling[name])})(?:{trie(rolling['optional'])})?\s?{span}(?P<half>半)?(?:{after})?"
        starts = leads(rolling[name], NUMERALS + " " + "".join(rolling["optional"]))
        rules.append(Rule(f"rolling_{name}", starts, pattern, window_maker(words, side)))

    near = rolling["months"]
    rules.append(
        Rule(
            "rolling_months",  # 近三月 of a fund
            leads(near, NUMERALS),
            rf"(?:{trie(near)})(?P<n>{NUMBER})(?P<u>月)(?![份末底初中\s\d{CHARS}])",
            window_maker(words, "last"),
        )
    )

    def several(groups: Groups, start: int, end: int) -> Piece:
        return Piece("several", start, end, value(groups["n"]), unit=names[groups["u"]])

    vague = rf"(?:{trie(rolling['vague'])})[数几](?:个?月|个?季度|[年周天])(?![{CHARS}初中末底])"
    rules.append(
        Rule(
            "vague_window",
            leads(rolling["vague"], "数几"),
            vague,
            lambda groups, start, end: Piece("bound", start, end, flag="vague"),
        )
    )
    pattern = rf"(?:{trie(rolling['several'])})(?P<n>[两二三四五]|\d)个?(?P<u>年|季度|月)"
    rules.append(Rule("several", leads(rolling["several"], NUMERALS), pattern, several))
    return rules


def weekdays(words: Words) -> list[Rule]:
    """周五, 星期天; 正月, 农历八月, 初五."""
    week, months = words["weekdays"], words["months"]
    days = "".join(key for key in week if len(key) == 1)
    before = "".join(week["not_before"])
    lunar = "".join(months["lunar_names"])

    def weekday(groups: Groups, start: int, end: int) -> Piece:
        return Piece("weekday", start, end, week[groups["d"]], unit="week")

    def lunar_month(groups: Groups, start: int, end: int) -> Piece:
        name = groups.get("m") or groups["m2"]
        number = months[name] if name in months else value(name)
        return Piece("month", start, end, number, unit="month", flag="words lunar")

    calendar = words.pattern("months.lunar_words")
    return [
        Rule(
            "weekday",
            leads(week["names"], days),
            rf"(?<![{before}])(?:{trie(week['names'])})(?P<d>[{days}])(?!{words.pattern('weekdays.not_after')})",
            weekday,
        ),
        Rule(
            "lunar_month",
            leads(words["months.lunar_words"]) | leads(months["lunar_names"], "月"),
            rf"(?:(?:{calendar})\s?(?P<m>{SMALL}|[{lunar}])月|(?P<m2>[{lunar}])月)份?",
            lunar_month,
        ),
        Rule(
            "first_month",
            leads(months["first_names"], "月"),
            rf"(?<![0-9百千万亿])(?P<m>{trie(months['first_names'])})月份?",  # 19元月租
            maker("month", "m", unit="month", flag="first"),
        ),
        Rule(
            "lunar_day",
            leads(["初"], "一二三四五六七八九十"),
            r"初(?P<d>[一二三四五六七八九十])(?![中级步])",
            maker("day", "d", unit="day", flag="bare words lunar"),
        ),
    ]


def others(words: Words) -> list[Rule]:
    """上世纪, 财年2025, 年底, the edge of a unit (底, 初), and every word of the lexicon."""
    plain = [
        word
        for word, meaning in words.meanings.items()
        if not re.match(f"[{CHARS}半]", word) and (meaning.kind != "none" or len(word) == 2)
    ]
    seasons = [word for word in plain if words.meanings[word].kind == "season"]
    plain = [word for word in plain if word not in seasons]
    not_season = words.pattern("season.not_after")
    edges, fiscal = words["edges"], words["fiscal.year_words"]
    all_edges = {word: n for n, where in enumerate(("start", "middle", "end", "interim")) for word in edges[where]}
    long = {**edges["alone"], **edges["framed"]}
    short = sorted(all_edges, key=len, reverse=True)
    stops = edges["not_after"]
    guarded = "|".join(f"{word}(?!{trie(stops[word])})" if word in stops else word for word in short)

    def century(groups: Groups, start: int, end: int) -> Piece:
        return Piece("century", start, end, words["steps"][groups["w"]], flag="relative")

    def edge(groups: Groups, start: int, end: int) -> Piece:
        return Piece("edge", start, end, all_edges[groups["0"]])

    def long_edge(groups: Groups, start: int, end: int) -> Piece:
        word = groups["0"]
        return Piece("edge", start, end, long[word], unit=word[0], flag="long")

    return [
        Rule("last_century", leads("上本", "世个"), r"(?P<w>上|本)个?世纪", century),
        Rule(
            "fiscal_back",
            leads(fiscal),
            rf"(?:{trie(fiscal)})(?P<y>(?:19|20)\d\d)(?!\d)年?",
            maker("fiscal", "y", unit="year"),
        ),
        Rule("long_edge", leads(long), trie(long), long_edge),
        Rule("season", leads(seasons), rf"(?:{trie(seasons)})(?!{not_season})", word_maker(words)),
        Rule("word", leads(plain), trie(plain), word_maker(words)),
        Rule(
            "edge",
            frozenset(word[0] for word in short),
            rf"(?<=[年月季度纪代份])(?:{guarded})",
            edge,
        ),
    ]
