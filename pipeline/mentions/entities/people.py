"""People whom the knowledge base does not hold: by title, by reporting verb, by the dot in a foreign name."""

import re
from collections.abc import Iterator

from pipeline.language.words import tag
from pipeline.mentions.entities.foreign import LONGEST_FOREIGN, RULE, foreign_name, japanese, joined, players
from pipeline.mentions.entities.framed import framed
from pipeline.mentions.entities.fullnames import FULL_NAME, chinese_name, tables, told_name
from pipeline.mentions.entities.gazetteer import GUARDED_RULE
from pipeline.mentions.entities.names import Names
from pipeline.mentions.entities.scene import Found, Scene, is_han

SHORTEST_FOREIGN = 3  # characters of one that only a verb of saying tells
LONGEST_LIST = 12  # people behind one title
GOING_ON = ("v", "d", "p", "c")  # jieba's parts of speech behind a person's name, not within a longer one
BESIDE_NAMES = ("v", "d", "p", "c", "u", "r", "t", "m", "y", "nr")  # jieba's parts of speech that touch a person's name
LATIN_PERSON = re.compile(r"[A-Z][a-z]{1,15}(?: [A-Z]\.?)?(?: [A-Z][a-z]{1,15}(?:-[A-Z][a-z]{1,15})?){1,2}")


def people(scene: Scene, known: Names) -> list[Found]:
    """Names of people; ``known`` are the names found so far."""
    found = list(joined(scene, known))
    marked = [one for cue in scene.by_class.get("title", ()) for one in behind_title(scene, cue.end, known)]
    marked += [
        one
        for name in ("report", "title.behind")
        for cue in scene.by_class.get(name, ())
        if (one := before_verb(scene, cue.start))
    ]
    marked += [one for name in known if (one := beside(scene, name))]
    marked += [*bare(scene), *japanese(scene), *polite(scene), *players(scene), *framed(scene, known)]
    lasts = {scene.folded[one.start : one.end].rpartition("·")[2].rpartition("-")[2]: one for one in found}
    for one in marked:
        whole = lasts.get(one.name)  # 卡瓦略, where 若昂·卡瓦略 is in the post
        if all(inside_name(one, other) for other in known.over(one.start, one.end)):
            found.append(one._replace(name=whole.name, entity_id=whole.entity_id) if whole else one)
    return found


def bare(scene: Scene) -> Iterator[Found]:
    """Full names that nothing around them tells: a word of three characters that no dictionary has, a surname and two
    characters of given names, with no Han word of its own on either side that it could belong to."""
    for match in tables(scene.kb).bare.finditer(scene.low):
        start, end = match.span()
        tokens = scene.tokens(start, end)
        if (
            len(tokens) == 1
            and tokens[0][:2] == (start, end)
            and tag(match[0]).startswith(("x", "nr"))
            and stands_alone(scene, *match.span())
        ):
            yield person(scene, start, end)


def polite(scene: Scene) -> Iterator[Found]:
    """王先生, 张女士: a surname as a word of its own and what people are called."""
    words = tables(scene.kb)
    for cue in scene.by_class.get("polite", ()):
        family = 2 if scene.low.endswith(words.compound, 0, cue.start) else 1
        start = cue.start - family
        if start < 0 or (family == 1 and (scene.low[start] not in words.surnames or scene.low[start] in words.weak)):
            continue
        tokens = scene.tokens(start, cue.start)
        if tokens and tokens[0][0] == start:
            yield person(scene, start, cue.end)


def stands_alone(scene: Scene, start: int, end: int) -> bool:
    """True where no noun touches the span that makes a longer name with it: 建国|饭店."""
    before, after = scene.tokens(max(0, start - 1), start), scene.tokens(end, end + 1)
    return all(not is_han(word[0]) or tag(word).startswith(BESIDE_NAMES) for _, _, word in (*before[-1:], *after[:1]))


def inside_name(one: Found, other: Found) -> bool:
    """True for a place or a person that is only a piece of a name: 林|恩平, 莫雷|托."""
    held = one.start <= other.start and other.end <= one.end and one.end - one.start > other.end - other.start
    if held and other.label == "PERSON":  # 穆赫|贝尔: whom only the words around it told
        return one.start == other.start or (one.end == other.end and other.rule == GUARDED_RULE)
    return held and other.label in ("GPE", "LOC")


def person(scene: Scene, start: int, end: int) -> Found:
    return Found(start, end, "PERSON", scene.folded[start:end], "", RULE, 1)


def behind_title(scene: Scene, start: int, known: Names) -> Iterator[Found]:
    """分析师郭明錤, CEO所罗门, CEO Sam Altman; and those who follow in a list: 主演张三、李四."""
    start = scene.after(start)
    if scene.low[start : start + 1] in tables(scene.kb).copulas:  # 实际控制人由|张三
        start += 1
    for _ in range(LONGEST_LIST):
        start = scene.after(start)
        one = known.at(start)
        if one:
            end = one.end if one.label == "PERSON" else 0
            longer = foreign_name(scene, start) if end and not one.rule.startswith("entity.pattern") else 0
            if longer > end > 0 and one.start == start:  # 专家莫雷|托
                end = longer
                yield person(scene, start, end)
        else:
            latin = LATIN_PERSON.match(scene.folded, start)
            chinese = chinese_name(scene, start) or told_name(scene, start)
            end = latin.end() if latin else max(chinese, foreign_name(scene, start))
            if end:
                yield person(scene, start, end)
        if not end or scene.low[end : end + 1] != "、":
            return
        start = end + 1


def before_verb(scene: Scene, end: int) -> Found | None:
    """张三表示, 张三院士: a whole name between a stop or a function word and a verb of saying or a title."""
    surnames, compound = tables(scene.kb).surnames, tables(scene.kb).compound
    for size in (FULL_NAME, 2, 4):
        start = end - size
        if start < 0 or (scene.low[start] not in surnames and not scene.low.startswith(compound, start)):
            continue
        before = scene.low[start - 1 : start]
        if (opens(scene, before) or (size == FULL_NAME and behind_noun(scene, start))) and chinese_name(
            scene, start
        ) == end:
            return person(scene, start, end)
    for size in range(LONGEST_FOREIGN, SHORTEST_FOREIGN - 1, -1):
        start = end - size
        before = scene.low[start - 1 : start] if start > 0 else ""
        if start >= 0 and opens(scene, before) and foreign_name(scene, start) == end:
            return person(scene, start, end)
    return None


def behind_noun(scene: Scene, start: int) -> bool:
    """True for one word of three characters right behind a noun: 派出所|林文庆."""
    if scene.low[start] not in tables(scene.kb).surnames:
        return False
    tokens = scene.tokens(start - 1, start + 1)
    return (
        len(tokens) == 2
        and tokens[0][1] == tokens[1][0] == start
        and tokens[1][1] == start + FULL_NAME
        and tag(tokens[0][2]).startswith("n")
        and len(tokens[0][2]) > 1
    )


def opens(scene: Scene, before: str) -> bool:
    """True where a name may begin behind this character."""
    return not before.isalnum() or before in tables(scene.kb).openers


def beside(scene: Scene, name: Found) -> Found | None:
    """A full name right behind a company (百度李彦宏), or joined to a person's (张三和李四)."""
    start = name.end
    if name.label == "PERSON" and scene.low[start : start + 1] in tables(scene.kb).joints:
        start += 1
    elif name.label != "ORG":
        return None
    end = chinese_name(scene, start)
    tokens = scene.tokens(start, end) if end - start == FULL_NAME else []
    if len(tokens) != 1:
        return None
    after = scene.low[end : end + 1]
    sure = tag(tokens[0][2]).startswith("nr") or not after.isalnum() or after in tables(scene.kb).openers
    return person(scene, start, end) if sure or goes_on(scene, end) else None


def goes_on(scene: Scene, end: int) -> bool:
    """True where a verb, an adverb or a preposition follows: 百度李彦宏|辞去…"""
    tokens = scene.tokens(end, end + 1)
    return bool(tokens) and tokens[0][0] == end and tag(tokens[0][2]) in GOING_ON
