"""Patterns of single predicates: launches of goods, appointments, funders, 双方."""

from itertools import pairwise

from pipeline.claims.attribution.bylines import in_byline
from pipeline.claims.chunks import chunks
from pipeline.claims.events.arguments import agent, object_of
from pipeline.claims.events.behind import behind
from pipeline.claims.events.lexicon import embeds, near, word_tuple, words
from pipeline.claims.events.piece import Found, Piece, behind_de, hires
from pipeline.claims.events.topic import Argument, as_written, of_mention, salient
from pipeline.claims.events.voices import doer
from pipeline.claims.phrases import entities_of, phrases, units
from pipeline.claims.reading import Reading
from pipeline.mentions.entities.knowledge import knowledge_base
from pipeline.records import Mention


def both(piece: Piece) -> Found | None:
    """双方合作: the last two that the text spoke of."""
    if piece.trigger.word not in piece.kind.mutual or not any(u.word in phrases().both for u in piece.left):
        return None
    at = next(u.start for u in piece.left if u.word in phrases().both)
    index = piece.reading.sentence_at(at)
    start = piece.reading.sentences[max(0, index - 2)][0]
    names: dict[str, Argument] = {}
    for mention in reversed(piece.reading.entities_in(start, at)):
        if mention.label in ("ORG", "GPE", "PERSON"):
            names.setdefault(mention.name, of_mention(mention, True))
    order = ("ORG", "PERSON", "GPE")
    sides = sorted(names.values(), key=lambda one: order.index(one.mention.label) if one.mention is not None else 0)
    first, second, *_ = [*sides, None, None]
    if first is None or second is None or first.mention is None or second.mention is None:
        return None
    if first.mention.label != "PERSON" and second.mention.label == "PERSON":
        return None  # an officer and his firm
    if hires(piece, *(one.mention for one in sides)):
        return None
    return Found("both", *sorted((first, second), key=lambda one: one.start))


def goods(piece: Piece) -> Argument | None:
    """The goods whose launch an intransitive trigger tells: 比亚迪e6正式上市, 新车亮相, 去年上市的比亚迪e6."""
    modified = behind_de(piece)
    if modified is not None:
        heads = [
            u.mention for u in entities_of(modified.units) if u.mention is not None and u.mention.label == "PRODUCT"
        ]
        if heads and not any(chunk.kind == "np" for chunk in chunks(piece.left)):
            return of_mention(heads[0])
    for chunk in reversed(chunks(piece.left)):
        if chunk.kind != "np" or all(unit.word in words("manners") for unit in chunk.units):
            continue
        products = [u for u in entities_of(chunk.units) if u.mention is not None and u.mention.label == "PRODUCT"]
        if products and products[-1].mention is not None:
            return of_mention(products[-1].mention)
        model = next((i for i in range(len(chunk.units), 0, -1) if not chunk.units[i - 1].word.isascii()), 0)
        if (
            model
            and chunk.units[model - 1].kind == "noun"
            and chunk.units[model - 1].word.endswith(word_tuple("goods"))
        ):
            named = chunk.units[model:] or chunk.units  # 休旅车e VITARA
            return object_of(piece.reading, piece.kind, named) or as_written(piece.reading, named)
        return None
    return None


def arrival(piece: Piece) -> Found | None:
    """A product that comes out: its maker does it."""
    kind = piece.kind
    if not kind.maker or piece.trigger.word.removesuffix("了") not in kind.arrivals:
        return None
    product = goods(piece)
    told = next(iter(chunks(piece.right)), None)
    if product is None or (told is not None and told.units and told.units[-1].word in words("papers")):
        return None  # 抖音发布说明称
    launched = None if piece.trigger.word in kind.intransitive else behind(piece)
    if launched is None and told is not None and told.kind == "np" and told.units[0].kind == "noun":
        return None  # 小红书上线商城
    target = launched or product  # 豆包上线视频通话
    made = chunks(piece.left)
    owned = next(
        (c for c in made if c.kind == "np" and c.units[0].end <= product.end and c.units[-1].end >= product.end), None
    )
    own = owned.units[0].mention if owned is not None else None
    if own is not None and own.label == "ORG":
        return Found("arrival", of_mention(own), target)
    permits = [c.start for c in made if c.kind == "verb" and embeds(c.word)]
    before = [c for c in made if c.kind == "np" and c.start < product.start]
    for chunk in before:
        if any(chunk.start < at < product.start for at in permits):
            continue  # 药监局批准新药上市
        who = agent(piece.reading, kind, chunk.units)
        if who is not None and who.mention is not None and who.mention.label == "ORG":
            return Found("arrival", who, target)
    who = maker(piece.reading, product)
    if launched is not None and who is not None and who.mention is None and product.mention is not None:
        who = product  # 火山引擎发布豆包: whose it is nobody says
    return Found("arrival", who, target) if who is not None else None


def maker(reading: Reading, target: Argument) -> Argument | None:
    """Who makes a product: the firm in front of it, its maker by the knowledge base, or whom the text is about."""
    firms = [m for m in reading.entities if m.label == "ORG"]
    touching = next((m for m in firms if 0 <= target.start - m.end <= 1), None)
    if touching is not None:
        return of_mention(touching)
    line = reading.folded.rfind("\n", 0, target.start) + 1
    ahead = units(reading, max(line, target.start - 8), target.start)
    if ahead and ahead[0].kind == "entity" and all(u.kind in ("noun", "de", "entity") for u in ahead):
        owner = next((u.mention for u in ahead if u.mention is not None and u.mention.label == "ORG"), None)
        if owner is not None:
            return of_mention(owner)
    known_maker = knowledge_base().parent(target.mention.entity_id) if target.mention is not None else None
    if known_maker is not None:
        said = next((m for m in firms if m.entity_id == known_maker.id), None)
        return (
            of_mention(said, True)
            if said is not None
            else Argument(known_maker.name, None, target.start, target.end, True)
        )
    surface = reading.folded[target.start : target.end]
    named = next((m for m in firms if surface.startswith(reading.folded[m.start : m.end])), None)
    if named is not None:
        return of_mention(named, True)
    known = salient(reading, target.start, frozenset({"ORG"}))
    if known is not None:
        return known
    earlier = [
        m for m in reading.entities_in(line, target.start) if m.label == "ORG" and not in_byline(reading, m.start)
    ]
    return of_mention(earlier[-1], True) if earlier else None


def giver(piece: Piece) -> Found | None:
    """资金主要来自S: who gives, to the one whose funding the sentence tells of."""
    reading = piece.reading
    start, _ = reading.sentences[reading.sentence_at(piece.trigger.start)]
    if not any(word in reading.folded[start : piece.trigger.start] for word in near("funds")):
        return None
    following = chunks(piece.right)
    who = agent(reading, piece.kind, following[0].units) if following and following[0].kind == "np" else None
    if who is None or who.mention is None or who.mention.label != "ORG":
        return None
    target = salient(reading, start + 1, frozenset({"ORG", "PRODUCT"})) if not entities_before(piece, start) else None
    target = target or salient(reading, piece.trigger.start, frozenset({"ORG", "PRODUCT"}))
    return Found("giver", who, target) if target is not None and target.name != who.name else None


def repriced(piece: Piece) -> Found | None:
    """标准版从9元上调至11元: whose price somebody sets from one sum to another; who sells it does."""
    word = piece.trigger.word
    if piece.kind.needs.get(word) != "disposed" or not word.startswith(word_tuple("set_prices")):
        return None
    sums = [u for u in (*piece.left, *piece.right[:3]) if u.mention is not None and u.mention.kind == "money"]
    made = chunks(piece.left)
    if any(u.word.endswith(tuple(near("views"))) for u in piece.left):
        return None  # 高盛将目标价由700港元上调至770港元
    if len(sums) < 2 or not made or made[0].kind != "np" or any(c.kind == "verb" and c.word != "是" for c in made):
        return None
    first = made[0].units
    who = agent(piece.reading, piece.kind, first[:1]) if first[0].kind == "entity" else None
    target = object_of(piece.reading, piece.kind, first[1:] if who is not None else first)
    if who is None and target is not None:
        who = maker(piece.reading, target)
    return Found("repriced", who, target) if who is not None else None


def expelled(piece: Piece) -> Found | None:
    """P被S解雇, S解雇P: who is dismissed leaves; P被B挖走: he leaves the firm whose officer he is."""
    made = chunks(piece.left)
    suffers = next((c for c in made if c.word in words("passives")), None)
    ahead = [u for c in made if suffers is None or c.start < suffers.start for u in entities_of(c.units)]
    pool = ahead if suffers is not None else entities_of(piece.right)
    person = next((u.mention for u in pool if u.mention is not None and u.mention.label == "PERSON"), None)
    if person is None:
        return None
    firms = [u.mention for u in ahead if u.mention is not None and u.mention.label == "ORG"]
    if suffers is not None and piece.trigger.word not in piece.kind.lures:
        by = [u.mention for u in (*piece.left, *piece.right) if u.mention is not None and u.start > person.start]
        firms = [*firms, *(m for m in by if m.label == "ORG")]
    if suffers is None and not firms:
        topic = doer(piece, made)
        return Found("expelled", of_mention(person), topic) if topic is not None else None
    firm = of_mention(firms[-1]) if firms else None
    return Found("expelled", of_mention(person), firm)


def clasped(piece: Piece) -> Found | None:
    """S并O, one letter between two firms."""
    left, right = piece.left[-1].mention, piece.right[0].mention
    return Found("clasped", of_mention(left), of_mention(right)) if left is not None and right is not None else None


def sale(piece: Piece) -> Found | None:
    """S把O卖给B: the buyer takes over what is sold."""
    following = chunks(piece.right)
    who = agent(piece.reading, piece.kind, following[0].units) if following and following[0].kind == "np" else None
    made = chunks(piece.left)
    nouns = [c for c in made if c.kind == "np"]
    sold = [c for c in made if c.kind == "pp" and c.word in phrases().disposals] or nouns[-1:]
    if who is None or not sold or not sold[0].units:
        return None
    target = object_of(piece.reading, piece.kind, sold[0].units)
    return Found("sale", who, target) if target is not None and target.name != who.name else None


def sold_to(piece: Piece) -> Found | None:
    """S出售O予B: the buyer takes over what is sold."""
    at = next((i for i, unit in enumerate(piece.right) if i and unit.word in words("to_whom")), 0)
    following = chunks(piece.right[at + 1 :]) if at else []
    if not following or following[0].kind != "np":
        return None
    who = agent(piece.reading, piece.kind, following[0].units)
    sold = next((c for c in chunks(piece.right[:at]) if c.kind == "np"), None)
    target = object_of(piece.reading, piece.kind, sold.units) if sold is not None else None
    return Found("sale", who, target) if who is not None and target is not None and target.name != who.name else None


def was_once(reading: Reading, firm: Mention) -> bool:
    """True for the firm that somebody has left: 前|迈凯伦CEO莱特斯."""
    return reading.folded[firm.start - 1 : firm.start] in phrases().former


def entities_before(piece: Piece, start: int) -> bool:
    return any(m.label in ("ORG", "PRODUCT") for m in piece.reading.entities_in(start, piece.trigger.start))


def takes_up(piece: Piece) -> Found | None:
    """P出任S的CEO: the firm appoints, the person is appointed."""
    reading = piece.reading
    made = chunks(piece.left)
    governed = {c.start for before, c in pairwise(made) if before.word in piece.kind.takes_up}
    free = [u for c in made if c.start not in governed for u in entities_of(c.units)]  # 李四接替[张三]出任
    persons = [u for u in free if u.mention is not None and u.mention.label == "PERSON"]
    if not persons or persons[-1].mention is None:
        return None
    person = of_mention(persons[-1].mention)
    firms = [u for u in (*entities_of(piece.right), *entities_of(piece.left)) if u.mention is not None]
    held = [u.mention for u in firms if u.mention is not None and u.mention.label in ("ORG", "GPE")]
    firm = next((m for m in held if not was_once(reading, m)), None)
    if firm is None:
        start, _ = reading.sentences[reading.sentence_at(piece.trigger.start)]  # 甲辞去某某董事长，乙接任
        before = [m for m in reading.entities_in(start, piece.trigger.start) if m.label == "ORG"]
        firm = next((m for m in reversed(before) if not was_once(reading, m)), None)
    who = of_mention(firm) if firm is not None else salient(reading, piece.trigger.start, frozenset({"ORG"}))
    return Found("takes_up", who, person) if who is not None else None


def cleft(piece: Piece) -> Found | None:
    """收购O的是S: who does it stands behind the copula."""
    made = chunks(piece.right)
    if piece.left or len(made) < 3 or made[0].kind != "np" or made[1].word not in words("copulas"):
        return None
    if made[0].units[-1].kind != "de" or made[2].kind != "np":
        return None
    who = agent(piece.reading, piece.kind, made[2].units)
    target = object_of(piece.reading, piece.kind, list(made[0].units))
    return Found("cleft", who, target) if who is not None and target is not None else None


def commented(piece: Piece) -> Found | None:
    """S宣布旗舰机涨价, S明年起先进制程调涨: what is priced stands between who does it and the verb."""
    made = chunks(piece.left)
    if not piece.kind.possessor or piece.kind.listing or not made or made[-1].kind != "np":
        return None
    priced = [unit for unit in made[-1].units if unit.kind != "amount"]
    if not priced or priced[-1].word.endswith(word_tuple("drifting")) or made[-1].units[0].kind == "pronoun":
        return None
    target = object_of(piece.reading, piece.kind, priced)
    who = doer(piece, made[:-1]) if target is not None and target.mention is None else None
    firm = who is not None and not who.inferred and who.mention is not None and who.mention.label == "ORG"
    return Found("commented", who, target) if firm and who is not None else None
