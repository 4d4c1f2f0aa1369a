"""Foreign people by the sound of their names, or by a Japanese surname: 若昂·卡瓦略, 马库斯-比约克, 科尔曼."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.language.words import tag
from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.names import Names
from pipeline.mentions.entities.scene import Found, Scene
from pipeline.mentions.entities.surfaces import TABLE

RULE = "entity.pattern.person"
FOREIGN_TAGS = ("x", "nrt", "nrfg", "nr")
LONGEST_FOREIGN = 8
HYPHENED = re.compile("[㐀-鿿]-[㐀-鿿]")
SURE_SOUNDS = 3  # characters of a foreign name that no common word sounds like
SURE_TAGS = ("x", "nrt")  # jieba's parts of speech of words that it made up, or knows as foreign people
SPORT = 2  # words that make a post one of sport
GIVEN = 2  # characters of a Japanese given name, mostly
# jieba's parts of speech of one character that is no part of a name, at either end of it.
FUNCTION = ("p", "c", "u", "r", "d", "v", "t", "f", "m", "y")


class SoundTables(NamedTuple):
    """``sounds`` are the characters of foreign names; ``dotted`` and ``hyphened`` the patterns of joined ones."""

    sounds: frozenset[str]
    ends: frozenset[str]
    not_given: frozenset[str]
    not_people: frozenset[str]
    endings: frozenset[str]
    clubs: tuple[str, ...]
    dotted: re.Pattern[str]
    hyphened: re.Pattern[str]


@cache
def tables(kb: KnowledgeBase) -> SoundTables:
    sounds = kb.patterns["transliteration"]
    wide = re.escape(sounds + kb.patterns["transliteration_dotted"])
    part, whole = f"[{wide}]{{1,8}}", f"[{re.escape(sounds)}]{{2,8}}"
    return SoundTables(
        frozenset(sounds),
        frozenset(kb.patterns["japanese_ends"]),
        frozenset(kb.patterns["not_given"]),
        frozenset(kb.patterns["not_people"]),
        frozenset(kb.patterns["transliteration_ends"]),
        tuple(kb.patterns["club_ends"]),
        re.compile(rf"(?:[A-Z]\.?|{part})(?:·(?:[A-Z]\.?|{part}(?:-{part})?)){{1,3}}"),
        re.compile(rf"{whole}(?:-{whole}){{1,2}}"),
    )


def joined(scene: Scene, known: Names) -> Iterator[Found]:
    """Names of more than one part; a dot or a hyphen makes one name of them, written with dots."""
    words = tables(scene.kb)
    hyphened = "-" in scene.low and HYPHENED.search(scene.low) is not None
    text = scene.folded.translate(TABLE) if hyphened or "·" in scene.low else ""
    for match in words.dotted.finditer(text) if "·" in text else ():
        start = first_edge(scene, match.start(), text.index("·", match.start()), known)
        yield person(scene, start, last_edge(scene, text.rindex("·", start, match.end()) + 1, match.end()))
    for match in words.hyphened.finditer(text) if hyphened else ():
        start = first_edge(scene, match.start(), text.index("-", match.start()), known)
        end = last_edge(scene, text.rindex("-", start, match.end()) + 1, match.end())
        if all(one.label == "PERSON" for one in known.over(start, end)) and all(
            tag(word) in FOREIGN_TAGS or word == "-" for _, _, word in scene.tokens(start, end)
        ):
            yield person(scene, start, end)


def person(scene: Scene, start: int, end: int) -> Found:
    """A joined name, as written but for its hyphen; linked where the knowledge base has its last part, and the first
    begins alike: 卡尔洛, 卡洛."""
    dotted, written = (text[start:end].translate(TABLE) for text in (scene.folded, scene.text))
    if "·" not in dotted:
        dotted, written = dotted.replace("-", "·"), written.replace("-", "·")
    entity = scene.kb.named(dotted.rpartition("·")[2].lower())
    if entity and entity.label == "PERSON" and "·" in entity.name and entity.name[0] == dotted[0]:
        return Found(start, end, "PERSON", entity.name, entity.id, RULE, 1)
    return Found(start, end, "PERSON", written, "", RULE, 1)


def first_edge(scene: Scene, start: int, joint: int, known: Names) -> int:
    """Where the first part begins: behind a place, or the word in front of it (总理|纳瓦兹·…)."""
    inside = [one.end for one in known.within(start, joint) if one.label in ("GPE", "ORG") and one.end < joint]
    start = max([start, *inside])
    at = joint
    for left, _, word in reversed(scene.tokens(start, joint)):
        kind = tag(word)
        if at < joint and not (kind in FOREIGN_TAGS or (len(word) == 1 and not kind.startswith(FUNCTION))):
            break
        at = max(left, start)
    return at


def last_edge(scene: Scene, start: int, end: int) -> int:
    """Where the last part ends: before a word that is no part of it (卡瓦略|本|赛季)."""
    at = start
    for left, right, word in scene.tokens(start, end):
        kind = tag(word)
        whole = kind in FOREIGN_TAGS or (len(word) == 1 and not kind.startswith(FUNCTION))
        if left > start and not (whole and right <= end and word not in tables(scene.kb).not_people):
            break
        at = min(right, end)
    return at


def foreign_name(scene: Scene, start: int) -> int:
    """Where a foreign name without a dot ends that begins here (所罗门); 0 for none."""
    words = tables(scene.kb)
    if scene.low[start : start + 1] not in words.sounds or scene.low[start + 1 : start + 2] not in words.sounds:
        return 0
    tokens = scene.tokens(start, start + LONGEST_FOREIGN)
    if not tokens or tokens[0][0] != start:
        return 0
    end, told = start, tokens[0][1] - start > 1 or tag(tokens[0][2]) in FOREIGN_TAGS
    for left, right, word in tokens:
        kind = tag(word)
        fits = (
            kind in FOREIGN_TAGS
            or (kind == "ns" and right - left > 2)
            or (right - left == 1 and not kind.startswith(FUNCTION))
            or (left - start >= SURE_SOUNDS and word in words.endings)  # 埃切维|里
        )
        if left != end or not fits or word in words.not_people:
            break
        clipped = word[-1] in words.not_given and word[-1] not in words.sounds
        if clipped and kind == "x" and right - start > 2 and right - left > 1:  # 贾利利|称
            right, word = right - 1, word[:-1]
        if not all(char in words.sounds for char in word):
            break
        end, told = right, told or right - left > 1
    return end if told and GIVEN <= end - start <= LONGEST_FOREIGN else 0


def japanese(scene: Scene) -> Iterator[Found]:
    """渡边隆史, 佐藤健也: a Japanese surname and two characters that make no word, or end as given names do."""
    for cue in scene.by_class.get("japanese", ()):
        end = given_end(scene, cue.start, cue.end)
        if end:
            yield Found(cue.start, end, "PERSON", scene.folded[cue.start : end], "", RULE, 1)


def players(scene: Scene) -> Iterator[Found]:
    """Foreign players of a post of sport, whom what happens to players tells: 签下马杜埃凯, 马杜埃凯加盟; and whose
    name is long enough to tell itself, or that of a club: 圣吉罗斯联合."""
    if len(scene.by_class.get("sport", ())) < SPORT:
        return
    yield from runs(scene)
    spans = [(start := scene.after(cue.end), foreign_name(scene, start)) for cue in scene.by_class.get("sign", ())]
    for cue in scene.by_class.get("signed", ()):
        tokens = scene.tokens(max(0, cue.start - 1), cue.start)
        start = tokens[-1][0] if tokens and tokens[-1][1] == cue.start else cue.start
        spans.append((start, foreign_name(scene, start) if cue.start - start > 1 else 0))
    for start, end in spans:
        one = scene.kb.named(scene.low[start:end]) if end else None
        if end and (one is None or one.label == "PERSON"):
            yield Found(start, end, "PERSON", scene.folded[start:end], "", RULE, 1)


def runs(scene: Scene) -> Iterator[Found]:
    """The runs of words that no dictionary has and that sound foreign throughout."""
    clubs = tables(scene.kb).clubs
    start = end = 0
    for left, _, word in scene.tokens(0, len(scene.low)):
        if left < end or tag(word) not in SURE_TAGS or len(word) < GIVEN:
            continue
        start, end = left, foreign_name(scene, left)
        if end - start < SURE_SOUNDS or scene.kb.named(scene.low[start:end]):
            continue
        club = next((part for part in clubs if scene.low.startswith(part, end)), "")
        label = "ORG" if club else "PERSON"
        yield Found(start, end + len(club), label, scene.folded[start : end + len(club)], "", RULE, 1)


def given_end(scene: Scene, start: int, family: int) -> int:
    """Where the given name ends behind a surname; 0 for none."""
    words, end = tables(scene.kb), family + GIVEN
    given = scene.low[family:end]
    tokens = scene.tokens(start, end)
    if len(given) < GIVEN or not given.isalpha() or given.isascii() or not tokens:
        return 0
    if tokens[0][0] != start or tokens[-1][1] != end or not tag(given).startswith(("x", "nr")):
        return 0
    if given[-1] in words.ends:
        return end if given[0] not in words.not_given else 0
    return (
        0 if words.not_given & set(given) or any(tag(word).startswith(FUNCTION) for _, _, word in tokens[1:]) else end
    )
