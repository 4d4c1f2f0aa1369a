"""What a registered name is called by behind its first place: 甲乙, 甲乙贸易 and 海城甲乙 of 甲乙(海城)贸易有限公司,
中种集团 of 中国种子集团有限公司."""

import re

from pipeline.language.words import tag
from pipeline.mentions.entities import naming
from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.naming import is_generic_text
from pipeline.mentions.entities.scene import Scene, is_han

BRACKETED = re.compile(r"\(([^()]{2,6})\)")
SHORTEST, LONGEST_PLACE = 2, 5  # characters
# jieba's parts of speech of words that a core of one word is not called by alone.
COMMON = ("v", "a", "d", "r", "m", "t", "f", "n", "b", "i", "l")
PROPER = ("nz", "nr", "nt")


def short_forms(scene: Scene, text: str, suffixes: tuple[str, ...]) -> list[str]:
    """The short forms of a name that ends in one of ``suffixes``, those that the post holds at most."""
    suffix = next((one for one in suffixes if text.endswith(one)), "")
    if not suffix:
        return []
    patterns = scene.kb.patterns["registered"]
    body = text[: -len(suffix)]
    bracket = BRACKETED.search(body)
    inner = bracket[1] if bracket and is_place(scene.kb, bracket[1]) else ""
    body = BRACKETED.sub("", body)
    places, rest = leading_places(scene.kb, body)
    core, lines = without_lines(scene.kb, rest)
    if not all(map(is_han, core)) or is_generic_text(scene.kb, core):
        return []
    named = [core + line for line in lines]
    whole = [place + one for place in (*places, inner) if place for one in (core, *named)]
    forms = [*named, *whole, *(core + end for end in patterns["ends"])]
    forms += [form + "公司" for form in (core, *named)]
    if places and places[0] == "中国" and rest:  # 中种集团
        forms += ["中" + rest[0] + end for end in patterns["clipped"]]
    if is_alone(core):
        forms.append(core)
    low = scene.folded
    return [form for form in forms if len(form) > SHORTEST - 1 and form != text and form in low]


def is_place(kb: KnowledgeBase, text: str) -> bool:
    entity = kb.named(text.lower())
    return entity is not None and entity.label == "GPE"


def leading_places(kb: KnowledgeBase, text: str) -> tuple[list[str], str]:
    """The places that a name begins with, as written, and the rest: 广东|深圳市|甲乙科技."""
    places: list[str] = []
    while size := next((n for n in range(LONGEST_PLACE, 1, -1) if len(text) > n and is_place(kb, text[:n])), 0):
        places.append(text[:size])
        text = text[size:]
        if text[0] in kb.patterns["registered"]["seats"] and len(text) > SHORTEST:
            text = text[1:]
    return places, text


def without_lines(kb: KnowledgeBase, text: str) -> tuple[str, list[str]]:
    """A name without the words for its business, and what may stay of them: 甲乙|科技|集团."""
    lines = naming.tables(kb).middle
    cuts = [len(text)]
    while size := next(
        (n for n in (4, 3, 2) if cuts[-1] - n >= SHORTEST and text[cuts[-1] - n : cuts[-1]] in lines), 0
    ):
        cuts.append(cuts[-1] - size)
    core = cuts[-1]
    return text[:core], [text[core:cut] for cut in cuts[:-1]]


def is_alone(core: str) -> bool:
    """True for a core that is said alone: no word that a dictionary has, but for proper names."""
    kind = tag(core)
    return len(core) >= SHORTEST and (kind.startswith(PROPER) or not kind.startswith((*COMMON, "ns")))
