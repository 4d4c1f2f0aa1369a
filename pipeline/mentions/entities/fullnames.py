"""Chinese full names: a surname and a given name that jieba's words allow."""

import re
from functools import cache
from typing import NamedTuple

from pipeline.language.words import tag
from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.scene import Scene, is_han

FULL_NAME = 3  # characters of a Chinese name with a surname of one
LONGEST_VERB = 4  # characters of a verb of saying
# jieba's parts of speech of a character of given names that is none: 罗伟|新|对, but 罗伟|来|了.
NOT_REST = ("v", "d", "p", "c", "u", "r", "f", "m", "q", "y", "t")
LAST_REST = ("a", "d", "n", "b", "ng", "ag")  # and of one at the end of its clause


class PersonTables(NamedTuple):
    surnames: frozenset[str]
    weak: frozenset[str]
    compound: tuple[str, ...]
    not_given: frozenset[str]
    not_people: frozenset[str]
    openers: frozenset[str]
    joints: frozenset[str]
    copulas: frozenset[str]
    swallowing: frozenset[str]
    bare: re.Pattern[str]
    given: frozenset[str]
    standing: frozenset[str]
    middle: frozenset[str]
    stopping: frozenset[str]


@cache
def tables(kb: KnowledgeBase) -> PersonTables:
    table = kb.patterns
    return PersonTables(
        frozenset(table["surnames"]),
        frozenset(table["weak_surnames"]),
        tuple(table["compound_surnames"]),
        frozenset(table["not_given"]),
        frozenset(table["not_people"]),
        frozenset(table["name_openers"]),
        frozenset(table["name_joints"]),
        frozenset(table["name_copulas"]),
        frozenset(table["swallowing"]),
        re.compile(f"[{''.join(sorted({*table['surnames']} - {*table['weak_surnames']}))}][{table['given']}]{{2}}"),
        frozenset(table["given"]),
        frozenset(table["not_swallowing"]),
        frozenset(table["middle_given"]),
        frozenset(table["not_given"]) - frozenset(table["given"]),
    )


def chinese_name(scene: Scene, start: int) -> int:
    """Where a Chinese full name that begins here ends; 0 for none."""
    low, words = scene.low, tables(scene.kb)
    if not low[start : start + 1] or not is_han(low[start]):
        return 0
    family = 2 if low.startswith(words.compound, start) else 1 if low[start] in words.surnames else 0
    if not family:
        return 0
    tokens = scene.tokens(start, start + family + 2)
    if not tokens or tokens[0][0] != start:
        return 0
    first = tokens[0]
    size = first[1] - start
    kind = tag(first[2])
    if size > family:
        if size > family + 2 or not (kind.startswith("nr") or kind == "x"):
            return 0
        end = first[1]
        if size == family + 2 and kind == "x" and is_verbal(scene, end):
            end -= 1  # 李健|称
        # jieba's HMM cuts 郭|明錤 as well as 郭明|錤
        if size == family + 1 and (is_rest(scene, end) or (kind == "x" and is_swallowed_rest(scene, end))):
            end += 1
    elif size == family and low[start] not in words.weak:
        end = start + family
        for left, right, word in tokens[1:]:
            if left != end or right - start > family + 2 or not is_given(scene, left, right, word):
                break
            end = right
    else:
        return 0
    given = low[start + family : end]
    if (
        low[start:end] in words.not_people
        or not given
        or is_verbal(scene, end)
        or not all(map(is_han, given))
        or words.stopping.intersection(given[1:] if len(given) > 1 and given[0] in words.middle else given)
    ):
        return 0
    return end


def told_name(scene: Scene, start: int) -> int:
    """Where a full name ends whose pieces are words of other kinds, right behind a title and in front of a verb of
    saying or a stop: 分析师|沈庆|洪|表示, 经济学家|花|长春|指出; 0 for none."""
    words = tables(scene.kb)
    if scene.low[start : start + 1] not in words.surnames - words.weak:
        return 0
    end = start + FULL_NAME
    pieces = [word for _, _, word in scene.tokens(start, end)]
    text = scene.low[start:end]
    if "".join(pieces) != text or not all(map(is_han, text)) or not ends(scene, end) or text in words.not_people:
        return 0
    match list(map(len, pieces)):
        case [2, 1]:
            return end if pieces[1] in words.given or is_rest(scene, end - 1) else 0
        case [1, 2]:
            return end if not tag(pieces[1]).startswith(NOT_REST) and not words.not_given & {*pieces[1]} else 0
    return 0


def ends(scene: Scene, end: int) -> bool:
    """True where a verb of saying, a stop or a function word is behind a name."""
    after = scene.low[end : end + 1]
    return (
        not after.isalnum()
        or after in tables(scene.kb).openers
        or any(cue.start == end and "report" in cue.classes for cue in scene.cues_in(end, end + LONGEST_VERB))
    )


def is_full_name(scene: Scene, text: str) -> bool:
    """True for a surname and one or two characters that are no word of the dictionary but a person's."""
    words = tables(scene.kb)
    family = 2 if text.startswith(words.compound) else 1 if text[0] in words.surnames else 0
    return bool(family) and 1 <= len(text) - family <= 2 and tag(text).startswith(("nr", "x"))


def is_verbal(scene: Scene, end: int) -> bool:
    """True where the last character of a name is a function word or begins a verb: 李健|称, 刘强|调."""
    words, last = tables(scene.kb), scene.low[end - 1]
    if last not in words.not_given:
        return False
    return last not in words.given or tag(scene.low[end - 1 : end + 1]) != "x"


def is_given(scene: Scene, left: int, right: int, word: str) -> bool:
    """True for a word that may be a given name, or a part of one."""
    kind = tag(word)
    if right - left == 1:
        return is_han(word[0]) and word not in tables(scene.kb).not_given and not kind.startswith(("p", "u", "c", "r"))
    return kind.startswith("nr") or kind == "x"


def is_rest(scene: Scene, at: int) -> bool:
    """True where one character stands alone that can only be the rest of a given name."""
    tokens = scene.tokens(at, at + 1)
    if not tokens or tokens[0][1] - tokens[0][0] != 1 or not is_han(tokens[0][2]):
        return False
    kind = tag(tokens[0][2])
    if kind in ("x", "nr"):
        return True
    last = not scene.low[at + 1 : at + 2].isalnum()  # 林昀|真|/: no adverb stands there
    if last and kind in LAST_REST:
        return True
    return tokens[0][2] in tables(scene.kb).given and not kind.startswith(NOT_REST)


def is_swallowed_rest(scene: Scene, at: int) -> bool:
    """True where the rest of a given name and a preposition look like a rare verb: 葛培|健在|发布会."""
    tokens = scene.tokens(at, at + 1)
    word = tokens[0][2] if tokens else ""
    words = tables(scene.kb)
    return len(word) == 2 and word[1] in words.swallowing and word not in words.standing and tag(word) == "v"
