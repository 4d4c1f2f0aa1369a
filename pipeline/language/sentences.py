"""Sentences of forum posts: headings with emoji, lists, quotes, hard-wrapped lines, Latin full stops."""

import re
import unicodedata
from functools import cache
from itertools import zip_longest

Span = tuple[int, int]

# A terminator with what closes behind it. A Latin full stop counts only between Han characters or at a line's end.
# So do the tildes that chat puts for one, and the colon of a quotation whose lines were joined.
TERMINATOR = re.compile(
    r"(?=[。！？!?….~:])(?:[。！？!?…]++"
    r"|(?<=[一-鿿])\.++(?=\s*+(?:[一-鿿]|$))"
    r"|(?<=[a-z]{4})\.(?=\s+[A-Z一-鿿])"
    r"|(?:(?<![\d\s~])~++(?=[\s:]|$)|~{2,}+)(?: :(?= ))?"
    r"|(?<=[^\s:>] ):(?= )"
    r")[”’」』》）)\]】\"]*+",
    re.MULTILINE,
)
GOES_ON = re.compile(r"[,，、;；的]")
UNFINISHED = re.compile(r"[^。！？!?…：:；;”」』）)】>\s]\s*$")
QUOTE_PREFIX = re.compile(r"(?:[:>]+ ?)+")
LIST_ITEM = re.compile(r"[-•·*#【\[（(「『“\"]|\d{1,2}[.、)）]|[一二三四五六七八九十]{1,3}[、.]|[①-⑳]")
LABELLED = re.compile(r"[^\s：:，,。]{2,12}：")  # 百胜中国：0.99万股 begins a line of its own
LONGEST = 1000  # characters; what is longer has no sentences, and is cut at a clause mark
MARKS = "，,；;、 "
TELLER = 30  # characters within which a quotation tells who spoke, behind it
WRAP_WIDTHS = range(68, 84)  # columns at which terminals and BBS editors break a line by force


@cache
def char_width(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def width(text: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(map(char_width, text))


def lines(text: str) -> list[Span]:
    """Lines without the breaks that an editor's hard wrap put inside a sentence.

    A break is a wrap where the line ends unfinished at a terminal's width. What a second wrap left over stands
    on a line of its own: a few characters, without the quotation's prefix that its neighbours have.
    """
    spans: list[Span] = []
    start = 0
    joined = False
    pieces = text.splitlines(keepends=True)
    for piece, following in zip_longest(pieces, pieces[1:], fillvalue=""):
        end = start + len(piece)
        if joined:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        joined = wraps(piece, following) or (joined and bool(following) and is_rest(piece))
        start = end
    return spans


def is_rest(line: str) -> bool:
    body = line.strip()
    return len(body) <= 4 and not QUOTE_PREFIX.match(body) and bool(UNFINISHED.search(body))


def wraps(line: str, following: str) -> bool:
    """True where the break between two lines stands inside a sentence."""
    body = line.rstrip("\r\n")
    if not WRAP_WIDTHS.start <= 2 * len(body) < 2 * WRAP_WIDTHS.stop:
        return False  # a character takes one column or two
    rest = QUOTE_PREFIX.sub("", following.strip(), count=1)
    if not rest or LIST_ITEM.match(rest) or LABELLED.match(rest) or width(body) not in WRAP_WIDTHS:
        return False
    return bool(UNFINISHED.search(body)) or (bool(QUOTE_PREFIX.match(body)) and is_rest(following))


def sentences(text: str) -> list[Span]:
    """Sentence spans, in order, without surrounding white space; every other character is in one.

    Example:
        >>> [text[s:e] for s, e in sentences(text := "涨了。他说：“不买！”就走了")]
        ['涨了。', '他说：“不买！”就走了']
    """
    found: list[Span] = []
    for start, end in lines(text):
        begin = start
        for match in TERMINATOR.finditer(text, start, end):
            stop = match.end()
            if inside_quote(text, begin, match.start(), stop, end):
                continue
            add(found, text, begin, stop)
            begin = stop
        add(found, text, begin, end)
    return found


OPENING, CLOSING = "“「『", "”」』"


def inside_quote(text: str, begin: int, mark: int, stop: int, end: int) -> bool:
    """True where a terminator ends no sentence: the quotation it closes is only a part of one."""
    if text[stop - 1] not in CLOSING:
        return False
    following = text[stop : stop + 1]
    if not following or following in "\r\n":
        return False
    opened = max(text.rfind(sign, begin, mark) for sign in OPENING)
    if opened < 0:
        return False
    if GOES_ON.match(following):  # “…！”的…
        return True
    before = text[begin:opened].strip()
    if before:  # 喊着“…！”就走 goes on; 他说：“…。” ends
        return before[-1] not in ":：,，"
    # “…。”某某说。 is one sentence with the few words that tell who spoke.
    teller = TERMINATOR.search(text, stop, min(end, stop + TELLER))
    return teller is not None and not any(sign in text[stop : teller.start()] for sign in OPENING)


def add(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = max(text.rfind(mark, start + 1, start + LONGEST) for mark in MARKS)
        cut = cut + 1 if cut > 0 else start + LONGEST
        found.append((start, cut))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        found.append((start, end))
