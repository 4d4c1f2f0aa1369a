"""Prices per something: 元/吨, 每股3.5元, 3000美元一张, 一晚六百块钱."""

import re

from pipeline.mentions.amounts.lexicon import counters, cue_table, holding, words
from pipeline.mentions.amounts.view import View
from pipeline.mentions.numerals.words import word_at

NUMBER = re.compile(r"([125]0{0,4}|[十百千万亿]{1,2})[ ]?")  # a round lot: 元/500千克, 元/百万token
SLASH = re.compile(r"/| / ?")
NOT_BEFORE = ("第", "年", "月", *"0123456789.")  # before a per phrase these make it a date or a part of a number


def per_behind(view: View, position: int) -> tuple[str, int, int]:
    """What a price ending at ``position`` is for, where its span ends, and where the phrase does; "" for none.

    Behind a slash it belongs to the span; a phrase (一张, 每吨) stays outside.
    """
    text = view.text
    if view.chars[position] not in view.near.price_behind:
        return "", position, position
    found, end = "", position
    while slash := SLASH.match(text, end):
        number = NUMBER.match(text, slash.end())
        start = number.end() if number else slash.end()
        unit = thing_at(text, start, fixed=True)
        if not unit:
            break
        thing = f"{number[1]}{unit[0]}" if number else unit[0]
        found, end = f"{found}/{thing}" if found else thing, start + unit[1]
    if found:
        return found, end, end
    at = position + (text[position : position + 1] == " ")
    for rounded in words("per.rounded"):
        if text.startswith(rounded, at):
            at += len(rounded)
            break
    for word in words("per.behind"):
        if text.startswith(word, at) and (word_at(text, at) is None or text.startswith(words("per.measured"), at)):
            unit = thing_at(text, at + len(word))
            if unit:
                return unit[0], position, at + len(word) + unit[1]
    return "", position, position


def modifies(view: View, phrase: int, end: int) -> bool:
    """True where a price of one thing describes it: 一套160万的房子 says what it cost, not what one costs."""
    single = phrase >= 0 and view.text.startswith(words("per.single"), phrase)
    return single and view.text.startswith(words("per.modifying"), end)


def thing_at(text: str, position: int, fixed: bool = False) -> tuple[str, int] | None:
    """The thing at ``position`` that a price may be for, in its normal form, and its length.

    ``fixed`` where it is one whatever stands behind it, as behind a slash (元/股价格).
    """
    extra: dict[str, str] = cue_table()["per"]["things"]
    unit = counters().spelled(text, position) if fixed else counters().at(text, position)
    for length in range(3, 0 if unit is None else len(unit.surface) - 1, -1):
        word = text[position : position + length]
        if len(word) == length and word in extra:
            unless = cue_table()["per"]["things_unless"].get(word)
            return None if unless and text.startswith(tuple(unless), position + length) else (extra[word], length)
    return None if unit is None else (unit.unit, len(unit.surface))


def per_before(view: View, position: int) -> tuple[str, int]:
    """What a price that begins at ``position`` is for (每股, 一晚), and where the phrase that touches it begins."""
    text, near = view.text, view.near
    if view.chars[position - 1] not in near.price_before:
        return "", position
    _, at = view.cue_before(position)
    places = [position] if at == position else [position, at]
    if text[at - 1 : at] in near.sharing:
        places += [at - len(word) for word in words("qualifiers.shared") if text.endswith(word, 0, at)][:1]
    if at < position and holding("per.not_between").search(text, at, position):
        places.remove(at)
    for place in places:
        while place and text[place - 1] == " ":
            place -= 1
        if text[place - 1 : place] in near.thing and (found := phrase_before(text, place)):
            return found
    return "", position


def phrase_before(text: str, place: int) -> tuple[str, int] | None:
    """What a phrase that ends at ``place`` says that a price is for (每股, 一晚), and where it begins."""
    extra: dict[str, str] = cue_table()["per"]["things"]
    candidates = [
        (extra[text[place - n : place]], text[place - n : place])
        for n in (4, 3, 2, 1)
        if place >= n and text[place - n : place] in extra
    ]
    unit = counters().before(text, place)
    if unit is not None:
        candidates.append((unit.unit, unit.surface))
    for thing, surface in candidates:
        for word in words("per.before"):
            start = place - len(surface) - len(word)
            if start < 0 or not text.startswith(word, start) or text.endswith(NOT_BEFORE, 0, start):
                continue
            if word_at(text, start) is not None or text.startswith(words("per.no_phrases"), start):  # 一度, 单位
                continue
            if word not in words("per.single") or surface not in words("per.not_single"):
                return thing, start
    return None
