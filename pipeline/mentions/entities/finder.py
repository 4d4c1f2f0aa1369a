"""All finders together, and which of them wins where they overlap."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from pipeline.mentions.context import Context
from pipeline.mentions.entities.announced import announced
from pipeline.mentions.entities.branches import arms, branches
from pipeline.mentions.entities.clubs import clubs
from pipeline.mentions.entities.coded import coded, funds
from pipeline.mentions.entities.companies import suffixed
from pipeline.mentions.entities.estates import estates
from pipeline.mentions.entities.gazetteer import Gazetteer
from pipeline.mentions.entities.informal import informal
from pipeline.mentions.entities.introduced import bracketed, repeated, tails, titled
from pipeline.mentions.entities.knowledge import KnowledgeBase, knowledge_base
from pipeline.mentions.entities.latin import branded, latin_names
from pipeline.mentions.entities.lists import listed
from pipeline.mentions.entities.marks import marked
from pipeline.mentions.entities.names import Names, settled
from pipeline.mentions.entities.offices import office_branches, offices
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
    known = more(known, [*exchange_codes(scene, known), *titled(scene), *latin_names(scene, known)], blocked)
    known = more(branded(scene, known), marked(scene, known), blocked)
    known = more(known, [*coded(scene, known), *funds(scene, known)], blocked)
    known = more(
        known, [*suffixed(scene, known), *offices(scene, known), *arms(scene, known), *places(scene, known)], blocked
    )
    known = more(known, [*branches(scene, known), *office_branches(scene, known), *people(scene, known)], blocked)
    known = more(known, [*estates(scene, known), *clubs(scene, known)], blocked)
    known = more(known, [*informal(scene, known), *announced(scene, known), *listed(scene, known)], blocked)
    for finder in (bracketed, tails, repeated):
        known = more(known, finder(scene, known), blocked)
    taken = sorted(context.taken)
    written = as_written(scene, known)
    return [mention(one, written) for one in known if not inside(one, taken)]


def more(known: Names, found: Sequence[Found], blocked: Sequence[tuple[int, int]]) -> Names:
    """The names with what else was found."""
    return settled([*known, *found], blocked) if found else known


def as_written(scene: Scene, known: Iterable[Found]) -> dict[str, str]:
    """The names that the knowledge base does not hold, as the post writes them: 黎方國, where rules read 黎方国."""
    if scene.text == scene.folded:
        return {}
    written: dict[str, str] = {}
    for one in known:
        if not one.entity_id and scene.folded[one.start : one.end] == one.name:
            written.setdefault(one.name, scene.text[one.start : one.end])
    return written


def inside(one: Found, taken: Sequence[tuple[int, int]]) -> bool:
    """True for a name within one of the spans, which are in order."""
    at = bisect_right(taken, (one.start, one.end)) - 1
    return any(left <= one.start and one.end <= right for left, right in taken[max(0, at) : at + 2])


def mention(one: Found, written: Mapping[str, str]) -> Mention:
    name = one.name if one.entity_id else written.get(one.name, one.name)
    return Mention("entity", one.label, one.start, one.end, one.rule, name=name, entity_id=one.entity_id)
