"""All finders together, and which of them wins where they overlap."""

from collections.abc import Iterable, Sequence

from pipeline.mentions.context import Context
from pipeline.mentions.entities.companies import suffixed
from pipeline.mentions.entities.gazetteer import Gazetteer
from pipeline.mentions.entities.introduced import bracketed, repeated, tails, titled
from pipeline.mentions.entities.knowledge import KnowledgeBase, knowledge_base
from pipeline.mentions.entities.latin import branded, latin_names
from pipeline.mentions.entities.people import people
from pipeline.mentions.entities.places import places
from pipeline.mentions.entities.scene import Found, Scene, Words
from pipeline.mentions.entities.tags import exchange_codes, stock_tags
from pipeline.records import Mention


def find_entities(context: Context, words: Words | None = None, kb: KnowledgeBase | None = None) -> list[Mention]:
    """The entity mentions of a post, in order, none overlapping.

    ``words(start, end)`` gives jieba's words that overlap a span, as ``(start, end, word)``; it is asked only where
    a name is in doubt. Without it unknown names are found by Latin and punctuated patterns alone.
    """
    kb = kb or knowledge_base()
    scene = Scene(kb, context.text, context.folded, words)
    gazetteer = Gazetteer(scene)
    blocked = gazetteer.blocked
    known = settled([*stock_tags(scene), *gazetteer.clear, *gazetteer.guarded], blocked)
    known = settled([*known, *exchange_codes(scene, known), *titled(scene), *latin_names(scene, known)], blocked)
    known = branded(scene, known)
    known = settled([*known, *suffixed(scene, known), *places(scene, known)], blocked)
    known = settled([*known, *people(scene, known)], blocked)
    known = settled([*known, *bracketed(scene, known)], blocked)
    known = settled([*known, *tails(scene, known)], blocked)
    known = settled([*known, *repeated(scene, known)], blocked)
    return [mention(one) for one in known if not inside(one, context.taken)]


def settled(found: Iterable[Found], blocked: Sequence[tuple[int, int]]) -> list[Found]:
    """The longest of those that overlap, then the higher rank, in order."""
    kept: list[Found] = []
    found = sorted(found, key=lambda one: (-one.rank // 9, one.start - one.end, -one.rank, one.start))
    owned = bytearray(max([one.end for one in found] + [end for _, end in blocked], default=0))
    for start, end in blocked:
        owned[start:end] = b"\1" * (end - start)
    for one in found:
        if owned.find(1, one.start, one.end) < 0:
            owned[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(one)
    return sorted(kept)


def inside(one: Found, taken: Sequence[tuple[int, int]]) -> bool:
    return any(left <= one.start and one.end <= right for left, right in taken)


def mention(one: Found) -> Mention:
    return Mention("entity", one.label, one.start, one.end, one.rule, name=one.name, entity_id=one.entity_id)
