"""Clubs that a post of sport calls by their city: 转投|巴黎, 那不勒斯|效力."""

from pipeline.mentions.entities.companies import is_country
from pipeline.mentions.entities.foreign import SPORT
from pipeline.mentions.entities.names import Names
from pipeline.mentions.entities.scene import Found, Scene

RULE = "entity.pattern.club"
TEAM = "队"  # behind a city's name it makes the club's


def clubs(scene: Scene, known: Names) -> list[Found]:
    """The places among the names that are clubs: in a post of sport, beside what players and clubs do, where the
    knowledge base has a club that is called so with 队."""
    if len(scene.by_class.get("sport", ())) < SPORT:
        return []
    before = {scene.after(cue.end) for cue in scene.by_class.get("joins", ())}
    behind = {scene.before(cue.start) for cue in scene.by_class.get("plays", ())}
    found = []
    for one in known:
        if one.label != "GPE" or not (one.start in before or one.end in behind) or is_country(scene.kb, one):
            continue  # 签下|比利时|前锋
        club = scene.kb.named(scene.low[one.start : one.end] + TEAM)
        if club is not None and club.label == "ORG":
            found.append(Found(one.start, one.end, "ORG", club.name, club.id, RULE, 4))
    return found
