"""What looks like a date and is none: the neighbours of a lone, weakly spelled piece decide."""

import re
from functools import cached_property

from pipeline.mentions.context import Context
from pipeline.mentions.dates.compose import Expression
from pipeline.mentions.dates.numerals import CHARS
from pipeline.mentions.dates.pieces import Piece
from pipeline.mentions.dates.tense import is_future
from pipeline.mentions.dates.words import Words

#: Kinds that names of works are full of (《明天之后》).
LOOSE = frozenset({"relative", "carried", "festival", "season", "weekday", "window", "days", "bound"})
#: Kinds that may come again (每年3月).
AGAIN = frozenset({"month", "day", "md", "weekday", "edge", "festival", "season", "quarter"})
SENTENCE = 60  #: characters behind a year that may hold others
QUOTES = ("”", "」", '"', "’")
TITLE = 30  #: characters that such a name may hold
CLOSE = 8  #: characters that a cue may stand away
EDGES = " \t\n\u3000,，.。;；:：!！?？、()（）[]【】<>《》“”\"'/|—-~…"


#: 11/3(一), as Taiwan writes a day.
BRACKETED_WEEKDAY = re.compile(r"\s?[(（](?:周|星期|礼拜)?[一二三四五六日][)）]")
OTHER_END = re.compile(r"\s?[-~—至到]\s?\d{1,2}\.\d{1,2}")
OTHER_START = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s?[-~—至到]\s?$")  # 2014/04/01-09/09
OTHER_REACH = 14
PRICE = re.compile(r"[0-9一二两三四五六七八九十百千几]{1,6}(?:[.,][0-9]{1,3})?\s?(?:[元块万百千kKwW]|美元|[，,。]|$)")
CLOCK = re.compile(r"\s?\d{1,2}:\d\d")
MOVED = re.compile(r"[:：]?\s?[涨跌增降升亏赚+-][了幅]?\s?\d[\d.]*%")  # 2021跌9.8%，2022涨3%
YEARS = re.compile(r"(?<![\d.])((?:19|20)\d\d|\d\d)年")


class Guard:
    """``allows(expression)`` says whether an expression of a text is a date."""

    def __init__(self, context: Context, words: Words) -> None:
        self.text, self.words, self.today = context.folded, words, context.today
        self.written = context.text
        self.recurring = words.firsts("recurring.words")

    @cached_property
    def is_traditional(self) -> bool:
        """Whether the text is written in Traditional characters."""
        return any(a != b and a > "\u3400" for a, b in zip(self.written, self.text, strict=False) if a < "\uf900")

    @cached_property
    def stated_years(self) -> frozenset[str]:
        """The years that the text writes with 年."""
        return frozenset(re.findall(r"(?<!\d)(\d{4})年", self.text))

    def before(self, start: int, key: str) -> bool:
        """Whether a word of a list ends right before ``start``."""
        return self.text[max(0, start - CLOSE) : start].rstrip(" ").endswith(self.words.ends(key))

    def after(self, end: int, key: str) -> bool:
        at = end + 1 if self.text[end : end + 1] == " " else end
        return self.text.startswith(self.words.ends(key), at)

    def near_code(self, start: int) -> bool:
        tail = self.text[max(0, start - CLOSE) : start].rstrip(" :：是为#")
        return tail.endswith(self.words.ends("days.codes"))

    def open_left(self, start: int) -> bool:
        return start == 0 or self.text[start - 1] in EDGES

    def open_right(self, end: int) -> bool:
        return end == len(self.text) or self.text[end] in EDGES

    def alone(self, start: int, end: int) -> bool:
        """Whether the expression is all of its sentence: a fragment."""
        left = self.text[max(0, start - CLOSE) : start]
        right = self.text[end : end + CLOSE]
        return not left.rsplit("\n")[-1].strip(EDGES) and not right.split("\n")[0].strip(EDGES)

    def comes_again(self, start: int) -> bool:
        """Whether 每年, 每周 or the like stands before ``start`` in its clause."""
        left = self.text[max(0, start - CLOSE) : start]
        if self.recurring.isdisjoint(left):
            return False
        found = max(left.rfind(word) for word in self.words["recurring.words"])
        return found >= 0 and not re.search(r"[,，。;；\n]", left[found:])

    def in_title(self, start: int) -> bool:
        """Whether a name in 《》 is open at ``start``."""
        left = self.text[max(0, start - TITLE) : start]
        return left.rfind("《") > left.rfind("》")

    def allows(self, expression: Expression) -> bool:
        root = expression.root
        if root.kind in LOOSE and self.in_title(expression.start):
            return False
        if root.kind in AGAIN and self.comes_again(expression.start):
            return False
        if "needs_year" in root.flag:
            return root.kind == "season" and self.alone(expression.start, expression.end)
        if len(expression.pieces) > 1:
            return root.kind != "same" and not (root.kind == "year" and not self.plausible(root, composed=True))
        check = getattr(self, root.kind, None)
        return (
            bool(check(root)) if check else root.kind not in ("none", "same", "third", "nth_weekday", "nth_day", "head")
        )

    # ---- one check a kind; each takes a lone piece ---------------------------------------------------------

    def plausible(self, piece: Piece, composed: bool = False) -> bool:
        if "strong" in piece.flag:
            return True
        if "roc" in piece.flag:
            near = self.today is None or piece.number <= self.today.year + 5
            return near and (composed or "term" in piece.flag or self.lone_republic(piece))
        return "short" in piece.flag or 1000 <= piece.number < 3000

    def lone_republic(self, piece: Piece) -> bool:
        """113年: a year of the Republic in a Traditional text; 100年 and what tells of a length is none."""
        if not self.is_traditional or piece.number <= 2011:
            return False
        lasts = self.after(piece.end, "years.duration_after") or self.before(piece.start, "years.duration_before")
        return not lasts or self.after(piece.end, "years.date_after")

    def year(self, piece: Piece) -> bool:
        if not self.plausible(piece):
            return False
        if "roc" in piece.flag:
            return True
        if "bare" in piece.flag:
            return self.bare_year(piece)
        if "term" in piece.flag:
            return True
        if "short" not in piece.flag:
            return not (piece.number % 100 == 0 and self.after(piece.end, "years.age_after"))
        if "strong" in piece.flag or self.alone(piece.start, piece.end):
            return True
        if "words" in piece.flag and (
            piece.number // 10 + 1 == piece.number % 10 or self.after(piece.start, "years.not_spelt")
        ):
            return False  # 三四年, 三五年: that many years
        if self.after(piece.end, "years.events"):
            return self.recent(piece.number)
        if self.after(piece.end, "years.date_after") and not self.before(piece.start, "years.duration_before"):
            return self.recent(piece.number)
        if self.after(piece.end, "years.duration_after") or self.before(piece.start, "years.duration_before"):
            return False
        if "listed" in piece.flag or self.among_years(piece):
            return self.recent(piece.number)
        if piece.number < 10 or "words" in piece.flag or self.before(piece.start, "years.date_before"):
            return True
        return self.open_left(piece.start) and piece.number % 5 != 0 and self.recent(piece.number)

    def among_years(self, piece: Piece) -> bool:
        """Whether its sentence tells of years: two others of two digits, or one that is sure."""
        near = max(0, piece.start - SENTENCE)
        start = max(self.text.rfind(stop, near, piece.start) + 1 for stop in "。！？!?\n") or near
        others = 0
        for found in YEARS.finditer(self.text, start, piece.end + SENTENCE):
            if found.start() == piece.start:
                continue
            if self.after(found.end(), "years.duration_after") or self.before(found.start(), "years.duration_before"):
                continue
            if len(found[1]) == 4 or found[1][0] == "0":
                return True
            others += self.recent(int(found[1]))
        return others > 1

    def recent(self, number: int) -> bool:
        now = (self.today.year if self.today else 2025) % 100
        return number >= 80 or now - 25 <= number <= now + 5

    def bare_year(self, piece: Piece) -> bool:
        if self.alone(piece.start, piece.end) or self.after(piece.end, "years.bare_before"):
            return True
        if self.open_left(piece.start) and MOVED.match(self.text, piece.end):
            return True
        year = self.text[piece.start : piece.end]
        return year in self.stated_years and not re.match(
            r"\s?[元块美万亿个家台只]", self.text[piece.end : piece.end + 2]
        )

    def years(self, piece: Piece) -> bool:
        if self.near_code(piece.start) or self.after(piece.end, "days.bare_not_after"):
            return False
        return 0 < piece.more - piece.number <= 60

    def quarter(self, piece: Piece) -> bool:
        if "latin" in piece.flag and not self.open_left(piece.start):
            left = self.text[piece.start - 1]
            if left.isascii():
                return self.after(piece.end, "quarters.report_nouns")
        if self.text[piece.end - 1] == "度" or not self.before(piece.start, "quarters.not_before"):
            return True
        return self.after(piece.end, "quarters.report_nouns")

    def day(self, piece: Piece) -> bool:
        if "strong" in piece.flag:
            return True
        if not 1 <= piece.number <= 31 or "bare" in piece.flag or "lunar" in piece.flag:
            return False
        if self.after(piece.end, "past.wired"):  # 中央社纽约5日综合外电
            return True
        if self.before(piece.start, "days.not_before"):
            return False
        if self.after(piece.end, "days.alone_not_after") and not self.after(piece.end, "days.cue_after_day"):
            return False
        if self.before(piece.start, "days.cue_before"):
            return True
        if piece.number == 1 and "words" in piece.flag and re.match(f"[{CHARS}]", self.text[piece.end : piece.end + 1]):
            return False  # 一日三次
        if self.text[piece.end - 1] != "日":
            told = self.open_left(piece.start) or self.before(piece.start, "days.persons")  # 我16号开会
            return told and self.after(piece.end, "days.cue_after_sign")
        if self.open_left(piece.start) or self.after(piece.end, "days.cue_after_day"):
            return True
        told = "words" not in piece.flag and "一" <= self.text[piece.end : piece.end + 1] <= "鿿"  # 台积电16日法说会
        return told and not self.before(piece.start, "days.lasting_before")

    def month(self, piece: Piece) -> bool:
        if self.text[piece.start : piece.end] in self.words["months.per_phrases"] and PRICE.match(self.text, piece.end):
            return False  # 房租一月三千
        return 1 <= piece.number <= 12 and not self.after(piece.end, "months.alone_not_after")

    def md(self, piece: Piece) -> bool:
        """11/3, 11-03 and 11.3 may be fractions, scores and versions: what is improper, padded or bound tells."""
        if self.near_code(piece.start) or self.after(piece.end, "days.fraction_after"):
            return False
        if "strong" in piece.flag or (self.after(piece.end, "days.cue_after") and "/" not in piece.flag):
            return True
        if "." in piece.flag:  # 5.1-5.5放假
            other = OTHER_END.match(self.text, piece.end)
            return other is not None and self.after(other.end(), "days.cue_after")
        if OTHER_START.search(self.text, max(0, piece.start - OTHER_REACH), piece.start):
            return True
        if "-" in piece.flag:
            clock = CLOCK.match(self.text, piece.end) is not None
            return "padded" in piece.flag and (clock or self.alone(piece.start, piece.end))
        if self.is_traditional and piece.more > 12:  # 还有1/29美股盘后, as Taiwan writes a day
            return True
        if not (self.open_left(piece.start) or self.before(piece.start, "days.cue_before")):
            return False
        if BRACKETED_WEEKDAY.match(self.text, piece.end) or (piece.number > 1 and piece.more > 12):
            return True
        return piece.number > piece.more and self.open_right(piece.end)

    def dated(self, piece: Piece) -> bool:
        """24H2 is the second half of 2024, but for a version (Windows 11 24H2)."""
        start = piece.start - (self.text[piece.start - 1 : piece.start] == " ")
        return piece.unit != "half" or not self.text.endswith(self.words.ends("versions.before"), 0, start)

    def date(self, piece: Piece) -> bool:
        return not self.near_code(piece.start)

    def week(self, piece: Piece) -> bool:
        return piece.number > 5

    def counted(self, piece: Piece) -> bool:
        """前三季度; 前10个月 where that leads up to the post, as it may also be the first months of anything."""
        if piece.unit == "month":
            return (
                self.today is not None and 2 <= piece.number <= 11 and (self.today.month - piece.number) % 12 in (1, 2)
            )
        return piece.number > 1 and piece.unit == "quarter"

    def edge(self, piece: Piece) -> bool:
        if piece.flag != "long":
            return False
        word = self.text[piece.start : piece.end]
        left = self.text[piece.start - 1 : piece.start]
        if left and (left in "每年月" or re.match(f"[{CHARS}]", left)):
            return False
        if word in self.words["edges.alone"]:
            return not self.text.startswith(tuple(self.words["edges.not_after"].get(word[-1], ())), piece.end)
        return self.before(piece.start, "edges.frame_before") or self.after(piece.end, "edges.frame_after")

    def festival(self, piece: Piece) -> bool:
        if "needs_bound" in piece.flag:
            end = piece.end + (self.text[piece.end : piece.end + 1] in QUOTES)
            return self.after(end, "festival.bound") or self.after(end, "days.cue_after")
        return not self.after(piece.end, "festival.not_after") and not self.before(piece.start, "festival.not_before")

    def season(self, piece: Piece) -> bool:
        return not self.after(piece.end, "season.not_after")

    def bound(self, piece: Piece) -> bool:
        return not self.before(piece.start, "festival.bound_not_before")

    def relative(self, piece: Piece) -> bool:
        if self.text[piece.start : piece.end] in self.words["weekend.generic"]:
            return self.after(piece.end, "weekend.told")
        return piece.unit != "sport" or piece.number != 0  # 上赛季, not 本赛季

    def carried(self, piece: Piece) -> bool:
        if piece.number == 1:
            return not self.before(piece.start, "rolling.running")  # 连续第二天
        if piece.number == -1 and self.text.startswith(self.words.ends("carried_before.words"), piece.start):
            return self.open_left(piece.start) or self.before(piece.start, "carried_before.right_before")
        return True

    def window(self, piece: Piece) -> bool:
        if self.before(piece.start, "rolling.not_before") or not piece.number:
            return False
        if piece.flag == "last" and self.before(piece.start, "rolling.gone_before"):
            return False
        if piece.flag == "within":  # 签约后三个月内, 两个月内涨了三成: a length of time, but for what is to come
            to_come = self.open_left(piece.start) and self.after(piece.end, "rolling.within_after")
            return to_come or self.alone(piece.start, piece.end)
        if piece.flag == "later" and not self.starts_from_now(piece):
            return False
        return piece.unit != "hour" or piece.flag == "last"

    def starts_from_now(self, piece: Piece) -> bool:
        """三年后 counts from the day of the post where it opens its clause; behind a verb, from what that tells of."""
        return (
            self.open_left(piece.start)
            or self.before(piece.start, "rolling.later_before")
            or is_future(self.words, self.text, piece.start, piece.end)
        )

    def several(self, piece: Piece) -> bool:
        return piece.unit == "year"
