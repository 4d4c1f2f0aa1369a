"""People between their title or firm and a verb of saying: 分行经理|朱家安|表示, 某某地产|叶柏麟|指."""

from functools import cache

from pipeline.language.words import tag
from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.names import Names
from pipeline.mentions.entities.scene import Found, Scene, is_han

RULE = "entity.pattern.person"
SIZES = (3, 2)  # characters of a name
# jieba's parts of speech of words that no name holds: 董事长|曾多次|表示.
FUNCTION = ("p", "c", "u", "r", "f", "m", "q", "y", "t", "d")


@cache
def surnames(kb: KnowledgeBase) -> frozenset[str]:
    return frozenset(kb.patterns["surnames"]) - frozenset(kb.patterns["weak_surnames"])


@cache
def not_people(kb: KnowledgeBase) -> frozenset[str]:
    return frozenset(kb.patterns["not_people"])


def framed(scene: Scene, known: Names) -> list[Found]:
    """Names of two or three characters that fill the room between two words which tell what they are; both sides
    being sure, the words that jieba makes of the name need not be."""
    verbs = [cue.start for name in ("report", "told") for cue in scene.by_class.get(name, ())]
    if not verbs:
        return []
    titles = {cue.end for cue in scene.by_class.get("title", ())}
    found = []
    for end in verbs:
        for start in (end - size for size in SIZES):
            owner = known.ends.get(start)
            if (start in titles or (owner and owner.label == "ORG")) and is_name(scene, start, end):
                found.append(Found(start, end, "PERSON", scene.folded[start:end], "", RULE, 2))
    return found


def is_name(scene: Scene, start: int, end: int) -> bool:
    text = scene.low[start:end]
    if text[0] not in surnames(scene.kb) or not all(map(is_han, text)) or text in not_people(scene.kb):
        return False
    words = scene.tokens(start, end)
    if not words or words[0][0] != start or not tag(text).startswith(("x", "nr")):
        return False
    if words[-1][1] > end and tag(words[-1][2]) != "x":  # 陈家|豪称 is no word
        return False
    first = tag(words[0][2])
    named = first.startswith("nr") or (first == "x" and len(words[0][2]) > 1)
    return named and not any(tag(word).startswith(FUNCTION) for _, _, word in words[1:])
