"""A maker's name and its model's in one: 宝马X1 is 宝马 and X1, where the model is called so alone as well."""

import re
from collections.abc import Iterable, Iterator

from pipeline.language.fold import fold
from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.rows import Entity
from pipeline.mentions.entities.scene import Found, Scene
from pipeline.mentions.entities.surfaces import lowered

GAZETTEER = "entity.gazetteer"
# What stands alone behind its maker: X1, CS95, 飞度, 畅享20. Longer models are one with theirs: 奔驰AMG S65.
MODEL = re.compile(r"[A-Z]{1,3}-?\d{1,3}[A-Za-z]{0,2}|[㐀-鿿]{2,4}\d{0,3}")


def parted(scene: Scene, known: Iterable[Found]) -> Iterator[Found]:
    """The names, those of a maker's product as two."""
    for one in known:
        product = scene.kb.entity(one.entity_id) if one.label == "PRODUCT" and one.entity_id else None
        start = model_start(scene, one, product) if product else 0
        maker = maker_of(scene.kb, scene.low[one.start : start].strip(), product) if product and start else None
        if maker is None:
            yield one
            continue
        end = scene.before(start)
        yield Found(one.start, end, "ORG", maker.name, maker.id, GAZETTEER, one.rank)
        yield one._replace(start=start)


def model_start(scene: Scene, one: Found, product: Entity) -> int:
    """Where a shorter name of the product begins that ends the one found; 0 for none."""
    text = scene.low[one.start : one.end]
    sizes = (len(name) for name in map(lowered, map(fold, product.names)) if name != text and text.endswith(name))
    size = max(sizes, default=0)
    return one.end - size if size and MODEL.fullmatch(scene.folded, one.end - size, one.end) else 0


def maker_of(kb: KnowledgeBase, text: str, product: Entity) -> Entity | None:
    """The company that is called so and makes the product, or whose brand does."""
    maker = kb.named(text)
    if maker is None or maker.label != "ORG":
        return None
    return maker if product.parent in ("", maker.id, maker.parent) else None
