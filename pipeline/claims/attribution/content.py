"""What is said: the content clause behind a frame, with its right end."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from pipeline.claims.attribution.lexicon import frames, word_set, word_tuple
from pipeline.claims.attribution.record import Span
from pipeline.claims.phrases import is_agent, units
from pipeline.claims.reading import Reading, once
from pipeline.frozen import frozen
from pipeline.lexicons import cached
from pipeline.lexicons.trie import trie

LONGEST_REFERENCE = 20  # characters of what a point of a summary refers to
SPOKEN = 8  # characters of quoted words that may be a sentence
LONGEST_QUOTE = 2000  # characters
EDGE = "，,；;：:。、~ \t\n\r>"
FULL_STOP = "。！？!?…"
# 曾说过这样一句话：“…”: a few words between the verb and the colon of a quotation.
BEFORE_QUOTE = re.compile(r"[^，。；！？,;!?\n“”：:]{1,15}(?=[：:]\s*[“「『\"])")
# 回应“卖车”：…: the topic in quotation marks, and the content behind the colon.
TOPIC = re.compile(r"[“「『][^“”「」『』\n]{1,30}[”」』](?=[：:])")
PIECE_END = re.compile(r"[，,。！？!?；;\n]")
JOINT = re.compile("[和与及、]")
ROUND = re.compile(r"[()（）]")
# 又爆料新手机了：…: what a verb of telling is about, and its colon.
TOLD_OF = re.compile(r"[^，。；！？,;!?\n“”：:]{1,15}(?=[：:])")
LEAD_IN = re.compile(r"(?:了|过)?[ \t]*+([，,：:]?)\s*+(?:[:>]+ )?")
# …占八成[11] - 下一条…: what joins the points of a summary on one line.
ITEM_BREAK = re.compile(r"(?:[ \t]*\[\d{1,3}\])*[ \t]+-[ \t]+(?=[^\s\d-])")
REFERENCE = re.compile(r"(?:[ \t]*\[\d{1,3}\])+\Z")  # … and what it refers to
ITEM_END = re.compile(r"[。！？!?]\s*$|[：:]\s*$")
LIST_OPENS = re.compile(r"(?<=[^\s~])[：:]\s*\Z")
CONTINUES = re.compile(r"[，,]?[^，,。\n]")
PREDICATES = frozenset({"verb", "adverb", "amount"})
PREDICATE_TAGS = frozenset({"v", "a", "l", "i"})
DONE = frozenset({"ul", "ug"})  # jieba's: 了, 过, behind a verb that the dictionary may not have
WAITED_FOR = frozenset({"pronoun", "time", "entity"})
NO_CONTENT = re.compile(r"[的者着过之与和及等]")


@frozen
class Content:
    """The content span, the mark that opened it (``，`` ``：`` or nothing), and whether it is a whole quotation."""

    start: int
    end: int
    mark: str
    quoted: bool = False


@frozen
class Quotation:
    """Quotation marks at ``start`` and before ``end``."""

    start: int
    end: int


class Quotations:
    """The outermost quotations of a post, in order; they do not cross an empty line."""

    def __init__(self, reading: Reading) -> None:
        self.found = list(quotations(reading.folded))
        self.starts = [quote.start for quote in self.found]
        self.ends = {quote.end: quote for quote in self.found}

    def opening_at(self, at: int) -> Quotation | None:
        """The quotation that opens at ``at``."""
        index = bisect_right(self.starts, at) - 1
        return self.found[index] if index >= 0 and self.starts[index] == at else None

    def around(self, at: int) -> Quotation | None:
        """The quotation that holds ``at``."""
        index = bisect_right(self.starts, at) - 1
        return self.found[index] if index >= 0 and self.starts[index] < at < self.found[index].end else None

    def row_from(self, text: str, quote: Quotation) -> Quotation:
        """A quotation with those that are joined to it: “太贵”、“买不起”."""
        end = quote.end
        while (following := self.opening_at(end + (text[end : end + 1] == "、"))) is not None:
            end = following.end
        return quote if end == quote.end else Quotation(quote.start, end)

    def closing_at(self, end: int) -> Quotation | None:
        """The quotation whose closing mark stands before ``end``."""
        return self.ends.get(end)


def quotations(text: str) -> Iterator[Quotation]:
    pairs = {pair[0]: pair[1] for pair in frames()["quotes"]}
    pattern = re.compile("[" + "".join(pairs) + "]")
    at = 0
    while (match := pattern.search(text, at)) is not None:
        start = match.start()
        stop = text.find(pairs[match.group()], start + 1, start + LONGEST_QUOTE)
        limit = "\n" if match.group() == '"' else "\n\n"
        if stop < 0 or limit in text[start + 1 : stop]:
            at = start + 1
            continue
        yield Quotation(start, stop + 1)
        at = stop + 1


@cached
def addressee() -> re.Pattern[str]:
    """告诉记者，…: the one spoken to, between the verb and the comma."""
    return re.compile(f"(?P<verb>{trie(frames()['addressing'])})[^，。；！？,;!?\n“”：:]{{1,8}}(?=[，,：:])")


def past_addressee(text: str, at: int, verb: str) -> int:
    """Where a verb ends with the one spoken to (告诉记者) or the words before a quotation's colon (说过一句话)."""
    between = BEFORE_QUOTE.match(text, at) or TOPIC.match(text, at)
    if between is None and verb in word_set("topical"):
        between = TOLD_OF.match(text, at)
    if between is not None:
        return between.end()
    spoken_to = addressee().match(text, at - len(verb)) if verb else None
    if spoken_to is not None and (is_agent(spoken_to.group()) or spoken_to.group().endswith(word_tuple("told"))):
        return spoken_to.end()
    if verb in word_set("telling"):
        told = next((w for w in word_tuple("told") if text.startswith(w, at)), "")
        return at if text.startswith("的", at + len(told)) else at + len(told)
    return at


def past_medium(reading: Reading, at: int, verb: str) -> int:
    """Where the name ends of the paper or the person who is told, a comma behind it: 告诉|第一财经，…"""
    spoken_to = addressee().match(reading.folded, at - len(verb)) if verb else None
    if spoken_to is None:
        return at
    end = spoken_to.end()
    return end if any((m.start, m.end) == (at, end) for m in reading.entities_in(at, end)) else at


def content_after(
    reading: Reading, quotes: Quotations, at: int, stop: int, verb: str = "", quote_only: bool = False
) -> Content | None:
    """The content that begins behind a verb which ends at ``at``; ``stop`` is the end of its sentence.

    ``quote_only`` is for verbs whose content is a quotation and nothing behind it.
    """
    text = reading.folded
    at = past_medium(reading, past_addressee(text, at, verb), verb)
    inside = quotes.around(at)
    if inside is not None:
        stop = min(stop, inside.end - 1)
    stop = min(stop, bracket_end(text, at, stop))
    headline = text.find("】", at, stop)
    stop = headline if headline >= 0 and text.find("【", at, headline) < 0 else stop
    item = ITEM_BREAK.search(text, at, stop)
    stop = item.start() if item is not None else stop
    lead = LEAD_IN.match(text, at)
    assert lead is not None  # it matches the empty text
    mark, start = lead.group(1), lead.end()
    if mark:  # 爆料，称…
        start += len(next((word for word in word_tuple("again") if text.startswith(word, start)), ""))
        start += said_again(text, start)
    if start >= stop and (not mark or start >= len(text) or "\n\n" in text[at:start]):
        return None
    quote = quotes.opening_at(start)
    if quote is not None and (start < stop or mark):
        quote = quotes.row_from(text, quote)
        whole = text[quote.end - 2] in FULL_STOP or text[quote.end : quote.end + 1].strip() == ""
        whole = whole or text[quote.end] in FULL_STOP + "；;" or (mark in ("：", ":") and text[quote.end] in "，,")
        whole = whole or (
            bool(CONTINUES.match(text, quote.end))
            and text.startswith(
                (*word_tuple("going_on"), *word_tuple("narrates")), quote.end + (text[quote.end] in "，,")
            )
        )
        if whole or quote_only or is_speech(text[quote.start + 1 : quote.end - 1]):
            return Content(quote.start, quote.end, mark, True)
    if start >= stop:
        end = lines_end(text, start)
        return Content(start, end, mark) if end > start else None
    end = trimmed(text, start, stop)
    reference = REFERENCE.search(text, max(start, end - LONGEST_REFERENCE), end)
    end = reference.start() if reference is not None else end
    if inside is None and LIST_OPENS.search(text, max(start, stop - 4), stop):
        end = list_end(text, stop) or end
    return Content(start, end, mark) if end > start else None


def said_again(text: str, at: int) -> int:
    """The length of a verb that only opens quoted words once more, with its colon: 发文，直呼：“…”"""
    word = next((w for w in word_tuple("again_quoted") if text.startswith(w, at)), "")
    behind = at + len(word)
    behind += text[behind : behind + 1] in ("：", ":")
    return behind - at if word and text.startswith(word_tuple("opening_quotes"), behind) else 0


def is_speech(words: str) -> bool:
    """True for quoted words that are a sentence of their own, not a part of one."""
    return len(words) >= SPOKEN and any(mark in words for mark in "，,。！？!?；;")


def bracket_end(text: str, at: int, stop: int) -> int:
    """The end of the brackets that hold ``at``, within its sentence; ``stop`` where it stands in none."""
    depth = 0
    for sign in ROUND.finditer(text, at, max(at, min(stop, at + LONGEST_QUOTE))):
        depth += 1 if sign.group() in "(（" else -1
        if depth < 0:
            return sign.start()
    return stop


def mark_before(text: str, at: int) -> str:
    """The last character in front of a place that is no white space; empty where there is none."""
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return text[at - 1 : at] if at else ""


def trimmed(text: str, start: int, end: int) -> int:
    """The end without the marks that close the sentence; a question mark stays, it belongs to the words."""
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return end


def lines_end(text: str, start: int) -> int:
    """The end of the line that begins at ``start``."""
    end = text.find("\n", start)
    return trimmed(text, start, end if end >= 0 else len(text))


def list_end(text: str, start: int) -> int:
    """The end of the list items on the lines from ``start`` on; 0 where no list follows."""
    end = 0
    at = start
    while at < len(text):
        if text[at] == "\n":
            at += 1
        stop = text.find("\n", at)
        stop = stop if stop >= 0 else len(text)
        line = text[at:stop]
        if not line.strip(" :>") or ITEM_END.search(line):
            break
        end, at = trimmed(text, at, stop), stop
    return end


@once
def is_clause(reading: Reading, start: int, end: int) -> bool:
    """True for a stretch that can be a clause of its own: long enough, with a verb or an adjective in it."""
    body = reading.folded[start:end]
    if len(body.strip()) < 3:
        return False
    found = units(reading, start, min(end, start + 60))
    partner = found[0].kind in ("and", "prep") and len(found) > 1 and found[1].kind == "entity"  # 宣布|与博裕资本成立…
    joint = found[0].kind in ("and", "prep") and len(found) > 1 and found[1].kind == "noun"  # 宣布|与中场某某续约
    partner = partner or (joint and any(u.kind == "verb" for u in found[2:]))
    partner = partner or (found[0].word == "等" and len(found) > 1 and found[1].kind in WAITED_FOR)  # 说|等他回来…
    if NO_CONTENT.match(body) and not partner:
        return False
    degrees = word_set("degrees")  # 很差, a word that no dictionary has
    return any(
        u.kind in PREDICATES or u.tag[:1] in PREDICATE_TAGS or u.tag in DONE or u.word[:1] in degrees for u in found
    )


def is_attitude(reading: Reading, start: int, end: int) -> bool:
    """True for 感谢, 遗憾 and their like as the whole of what is 表示."""
    mark = PIECE_END.search(reading.folded, start, end)
    piece = reading.folded[start : mark.start() if mark is not None else end]
    if not piece.endswith(word_tuple("attitudes")):
        return False
    attitudes = word_set("attitudes")
    return all(without_degree(part) in attitudes for part in JOINT.split(piece.lstrip("的地")))


def without_degree(word: str) -> str:
    for degree in word_tuple("intensifiers"):
        word = word.removeprefix(degree)
    return word.lstrip("的地")


def within(spans: Sequence[Span], at: int) -> bool:
    return any(start <= at < end for start, end in spans)
