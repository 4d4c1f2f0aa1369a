"""Names in a list with others: 由甲资本、乙丙、丁戊投资等机构, 张三、李四和王五. What one item is the others are."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.language.words import tag
from pipeline.mentions.entities.foreign import SPORT, foreign_name
from pipeline.mentions.entities.fullnames import is_full_name
from pipeline.mentions.entities.hits import crosses
from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.names import Names
from pipeline.mentions.entities.naming import ENDING_TAGS, NAME_TAGS, is_generic
from pipeline.mentions.entities.people import person
from pipeline.mentions.entities.scene import Found, Scene, is_latin, lower

RULE = "entity.pattern.listed"
LONGEST_ITEM = 24  # characters
CHARS, ASIDE = "[㐀-鿿A-Za-z0-9·&]", r"(?:\([^()\n]{1,8}\))?"
ITEM = rf"{CHARS}{{1,{LONGEST_ITEM}}}{ASIDE}"
RUN = re.compile(rf"{ITEM}(?:、{ITEM}){{1,40}}")
FRONT = re.compile(rf"(?:\)[^()\n]{{1,8}}\()?{CHARS}+")  # an item, backwards
NOTE = re.compile(r"\([^()]*\)\Z")
SHORTEST, LONGEST = 2, 8  # characters of a company's name
LEAST_PEOPLE = 3  # names of a list that nothing but its shape tells
FULL = 3  # characters of most Chinese names
LONGEST_COUNT = 5  # characters between 等 and what its list is of


class ListTables(NamedTuple):
    ends: re.Pattern[str]
    companies: tuple[str, ...]
    people: tuple[str, ...]
    joints: re.Pattern[str]
    surnames: frozenset[str]


@cache
def tables(kb: KnowledgeBase) -> ListTables:
    table = kb.patterns["listed"]
    return ListTables(
        re.compile("|".join(map(re.escape, table["ends"]))),
        lower(table["companies"]),
        lower(table["people"]),
        re.compile("|".join(map(re.escape, table["joints"]))),
        frozenset(kb.patterns["surnames"]),
    )


class Row(NamedTuple):
    """A list: its items as spans, and what stands behind it and says of what they are."""

    items: list[tuple[int, int]]
    kind: str


def rows(scene: Scene, known: Names) -> Iterator[Row]:
    """The lists of a text that may hold names, the first item without the words in front of it, the last without those
    behind."""
    for match in runs(scene.low):
        items, at = [], match.start()
        for piece in match[0].split("、"):
            note = NOTE.search(piece) if piece[-1] == ")" else None
            items.append((at, at + (note.start() if note else len(piece))))
            at += len(piece) + 1
        if not is_told(scene, items, known):
            continue
        end, kind = closed(scene, *items[-1])
        last = items.pop()[0]
        items[0] = opened(scene, *items[0])
        items += joined(scene, last, end)
        yield Row([(start, end) for start, end in items if start < end], kind)


def runs(low: str) -> Iterator[re.Match[str]]:
    """Items joined by 、, found from the first 、 of each."""
    at = low.find("、")
    while at >= 0:
        front = FRONT.match(low[max(0, at - LONGEST_ITEM) : at][::-1])
        match = RUN.match(low, at - front.end()) if front else None
        if match:
            yield match
        at = low.find("、", max(match.end() if match else 0, at + 1))


def is_told(scene: Scene, items: list[tuple[int, int]], known: Names) -> bool:
    """True where an item is a name, the list says what it is of, or most items look like people's names."""
    words = tables(scene.kb)
    if any(start in known.starts for start, _ in items) or items[0][1] in known.ends:
        return True
    if is_sport(scene) and any(foreign_name(scene, start) == end for start, end in items):
        return True
    if words.ends.search(scene.low, *items[-1]) and closed(scene, *items[-1])[1]:
        return True
    low = scene.low
    return 2 * sum(low[start] in words.surnames and 2 <= end - start <= FULL for start, end in items) >= len(items) - 1


def opened(scene: Scene, start: int, end: int) -> tuple[int, int]:
    """The first item from the last word in front of it that no name runs over: 由|甲乙."""
    left = end
    for begin, right, word in reversed(scene.tokens(start, end)):
        if right > end or right != left or tag(word).startswith(ENDING_TAGS):
            break
        left = begin
    return max(left, start), end


def closed(scene: Scene, start: int, end: int) -> tuple[int, str]:
    """Where the last item ends, and ``companies`` or ``people`` where a word behind it says what the list is of."""
    words = tables(scene.kb)
    stop = words.ends.search(scene.low, start + 1, end)
    if stop:
        rest = scene.low[stop.end() : stop.end() + LONGEST_COUNT + max(map(len, words.companies))]
        for kind, names in (("companies", words.companies), ("people", words.people)):
            if any(0 <= rest.find(name) <= LONGEST_COUNT for name in names):
                return stop.start(), kind
        return stop.start(), ""
    at = start
    for left, right, word in scene.tokens(start, end):
        if left != at or (left > start and tag(word).startswith(ENDING_TAGS)):
            break
        at = right
    return min(at, end), ""


def joined(scene: Scene, start: int, end: int) -> list[tuple[int, int]]:
    """The last items: 丙|和|丁."""
    found = []
    for left, right, word in scene.tokens(start, end):
        if start < left and right < end and tables(scene.kb).joints.fullmatch(word):
            found.append((start, left))
            start = right
    return [*found, (start, end)]


def listed(scene: Scene, known: Names) -> list[Found]:
    """Names in lists; ``known`` are the names found so far."""
    found: list[Found] = []
    for row in rows(scene, known) if "、" in scene.low else ():
        labels = [one.label for start, end in row.items if (one := known.starts.get(start)) and one.end == end]
        if row.kind != "people" and 2 * labels.count("ORG") >= max(len(labels), 1):
            sure = row.kind == "companies" or 2 * labels.count("ORG") >= len(row.items)
            found += [
                company(scene, start, end) for start, end in row.items if sure and is_company(scene, start, end, known)
            ]
        if row.kind != "companies" and labels.count("PERSON") == len(labels):
            found += people_of(scene, row, len(labels))
    return found


def company(scene: Scene, start: int, end: int) -> Found:
    return Found(start, end, "ORG", scene.folded[start:end], "", RULE, 1)


def is_company(scene: Scene, start: int, end: int, known: Names) -> bool:
    """True for an item that is no common word and holds a word that names do."""
    text = scene.low[start:end]
    if not SHORTEST <= len(text) <= LONGEST or not text.isalpha() or tag(text) != "x" or is_generic(scene, start, end):
        return False
    if scene.low[start - 1 : start].isspace() and is_latin(
        scene.low[scene.before(start) - 1 : scene.before(start)] or " "
    ):
        return False  # Model Y 焕新
    if any(one.label != "GPE" or one.start < start or end <= one.end for one in known.over(start, end)):
        return False
    words = scene.tokens(start, end)
    if any(tag(word).startswith(ENDING_TAGS) and len(word) == 1 for _, _, word in words) or crosses(scene, start, end):
        return False
    return any(tag(word) == "x" or tag(word).startswith(NAME_TAGS) for _, _, word in words)


def is_sport(scene: Scene) -> bool:
    return len(scene.by_class.get("sport", ())) >= SPORT


def people_of(scene: Scene, row: Row, known: int) -> list[Found]:
    """The people of a list: where one is known or the list is called so, and most items look like names."""
    fitting = [(start, end) for start, end in row.items if is_full_name(scene, scene.low[start:end])]
    told = bool(known) or row.kind == "people"
    if is_sport(scene):
        team = [(start, end) for start, end in row.items if foreign_name(scene, start) == end]
        if len(team) > len(fitting) and 3 * (len(team) + known) >= 2 * len(row.items):
            return [person(scene, *span) for span in team] if told or len(team) >= LEAST_PEOPLE else []
    if 3 * len(fitting) < 2 * len(row.items) or len(fitting) < (2 if told else LEAST_PEOPLE):
        return []
    if 2 * len({scene.low[start] for start, _ in fitting}) < len(fitting):  # 高储蓄、高外债、高出口
        return []
    if not told and 2 * sum(end - start == FULL for start, end in fitting) < len(fitting):
        return []
    return [person(scene, *span) for span in fitting]
