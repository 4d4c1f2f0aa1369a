"""What a known firm has at a place: a branch, an arm in a country."""

from pipeline.language.words import tag
from pipeline.mentions.entities.companies import COMPANY, FUNCTION, LONGEST_REGISTERED, tables
from pipeline.mentions.entities.names import Names
from pipeline.mentions.entities.naming import PLACES, by_cue, is_generic
from pipeline.mentions.entities.scene import Found, Scene, is_han


def branches(scene: Scene, known: Names) -> list[Found]:
    return by_cue(scene, known, {"suffix.branch": branch})


def branch(scene: Scene, start: int, end: int, known: Names) -> Found | None:
    """招商银行南京分行, 国泰君安南京太平南路营业部: a firm, the place, and what it has there."""
    owners = [one for one in known.within(start - LONGEST_REGISTERED, start) if one.label == "ORG"]
    if not owners or owners[-1].end == start or not all(map(is_han, scene.low[owners[-1].end : start])):
        return None
    owner = owners[-1]
    words = [word for word in scene.tokens(owner.end, start) if word[0] >= owner.end]
    place = known.starts.get(owner.end)
    told = (place is not None and place.label in PLACES) or tag(words[0][2] if words else "").startswith("ns")
    if not told or any(
        tag(word).startswith((*FUNCTION, "v", "d")) or is_generic(scene, left, right) for left, right, word in words
    ):
        return None
    return Found(owner.start, end, "ORG", scene.folded[owner.start : end], "", COMPANY, 1)


def arms(scene: Scene, known: Names) -> list[Found]:
    """微软中国: a foreign company's arm in a country, where what is behind it is a company's."""
    found = []
    for one in known:
        owner = known.ends.get(one.start) if one.label == "GPE" else None
        if owner is None or owner.label != "ORG" or not scene.precedes(one.end, tables(scene.kb).arms):
            continue
        entity, country = scene.kb.entity(owner.entity_id), scene.kb.entity(one.entity_id)
        if entity and country and entity.country not in ("", country.country):
            found.append(owner._replace(end=one.end, rule=COMPANY, rank=3))
    return found
