"""What an exchange puts in front of a company's short name: *ST康美, ST东易, XD贵州茅.

The mark belongs to the mention and not to the name. Behind it the name is often cut to its first characters.
"""

import re

from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.names import Names
from pipeline.mentions.entities.rows import Entity
from pipeline.mentions.entities.scene import Found, Scene, is_han

RULE = "entity.marked"
# Special treatment, unreformed shares, and the days on which a right or a dividend goes.
MARK = re.compile(r"(?<![A-Za-z0-9*])(?:\*ST|S\*ST|SST|ST|XD|XR|DR)(?=[㐀-鿿])")
EXCHANGES = ("SH", "SZ", "BJ")  # that mark names so
TAGGED = 9  # the rank of stock tags, which come before all other names
SHORTEST, LONGEST = 2, 4  # characters behind a mark


def marked(scene: Scene, known: Names) -> list[Found]:
    """The names behind marks, with them: known ones, and those of which a mark shows that they are cut."""
    found = []
    for match in MARK.finditer(scene.folded):
        one = known.at(match.end())
        if one is not None:
            if one.label == "ORG" and one.start > match.start():
                found.append(one._replace(start=match.start(), rank=TAGGED))
            continue
        cut = shortened(scene, known, match.end())
        if cut:
            end, entity = cut
            found.append(Found(match.start(), end, entity.label, entity.name, entity.id, RULE, TAGGED))
    return found


def shortened(scene: Scene, known: Names, start: int) -> tuple[int, Entity] | None:
    """The one listed company whose name begins so, or the one of them that the post names; and the span's end."""
    stop = start
    while stop < min(len(scene.low), start + LONGEST) and is_han(scene.low[stop]):
        stop += 1
    ids = {one.entity_id for one in known}
    for end in range(stop, start + SHORTEST - 1, -1):
        entities = beginning(scene.kb, scene.low[start:end])
        here = [entity for entity in entities if entity.id in ids]
        if len(here) == 1 or len(entities) == 1:
            return end, (here or entities)[0]
    return None


def beginning(kb: KnowledgeBase, text: str) -> list[Entity]:
    """The companies on the mainland's exchanges that have a name that begins with a text."""
    names = kb.lookup.texts
    found: dict[str, Entity] = {}
    at = names.find("\n" + text)
    while at >= 0:
        entity = kb.named(names[at + 1 : names.find("\n", at + 1)])
        if entity and any(ticker.endswith(EXCHANGES) for ticker in entity.tickers):
            found[entity.id] = entity
        at = names.find("\n" + text, at + 1)
    return list(found.values())
