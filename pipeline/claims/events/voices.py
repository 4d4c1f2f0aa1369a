"""The patterns that put agent and object around a verb: active, relative, with prepositions, with a light verb."""

from collections.abc import Sequence

from pipeline.claims.attribution import attributions_near
from pipeline.claims.attribution.speakers import break_before
from pipeline.claims.chunks import Chunk, chunks
from pipeline.claims.events.arguments import agent, is_authority, object_of
from pipeline.claims.events.behind import behind, first_noun, relative_agent
from pipeline.claims.events.belonging import employer, sells
from pipeline.claims.events.lexicon import embeds, word_tuple, words
from pipeline.claims.events.names import house_name
from pipeline.claims.events.piece import Found, Piece, behind_de, hires
from pipeline.claims.events.rounds import funded, owner_of_round
from pipeline.claims.events.topic import Argument, announced, as_written, of_mention, salient
from pipeline.claims.phrases import is_person, leading, phrases, units

NEXT = 16  # characters behind a comma in which the next clause's subject stands
BACK = 2  # clauses before a trigger's own in which an unknown firm is looked for
SETTING_TAGS = ("t", "f", "m", "q", "s")  # jieba's: times, places, numbers, measures, localities


def relative(piece: Piece) -> Found | None:
    """刚刚裁员的S, 在O上市的S: who does it stands behind the clause that tells of him."""
    modified = behind_de(piece)
    made = chunks(piece.left)
    if modified is None or piece.kind.object not in ("none", "optional") or any(c.kind == "np" for c in made):
        return None
    who = agent(piece.reading, piece.kind, modified.units)
    if who is None or who.mention is None or who.inferred or who.mention.label == "PRODUCT":
        return None
    where = next((c for c in made if c.kind == "pp" and c.word in piece.kind.toward), None)
    return Found(
        "relative", who, object_of(piece.reading, piece.kind, first_noun(piece.kind, where.units)) if where else None
    )


def toward(piece: Piece) -> Found | None:
    """S对O的投资, S向O采购, S对O处以罚款, S从O离职: a preposition tells the object."""
    made = chunks(piece.left)
    for at in range(len(made) - 1, -1, -1):
        chunk = made[at]
        if chunk.kind != "pp" or chunk.word not in piece.kind.toward:
            continue
        target = object_of(piece.reading, piece.kind, first_noun(piece.kind, chunk.units))
        if hires(piece):
            return None  # 与西班牙门将某某签约
        if target is None or (target.mention is None and chunk.word in words("settings")):
            continue
        if piece.kind.funds and chunk.word in words("places") and not pays(piece):
            continue  # 在美国投资 is what some do
        tail = made[at + 1 :]
        if any(c.kind == "np" for c in tail) and piece.trigger.word not in piece.kind.nouns:
            continue
        if tail and chunk.word in words("causes"):
            continue
        who = doer(piece, made[:at])
        if who is None:
            return None
        bought = behind(piece) if piece.kind.takes_goods or chunk.word in phrases().concerning else None
        return Found("toward", who, bought or target)
    return None


def pays(piece: Piece) -> bool:
    """True where a sum of money stands in the clause."""
    return any(u.mention is not None and u.mention.kind == "money" for u in (*piece.left, *piece.right))


def doer(piece: Piece, before: Sequence[Chunk]) -> Argument | None:
    """The agent in front of the rest of the clause: the last noun phrase that no verb or preposition governs."""
    if any(c.kind == "verb" and c.word in words("wishes") for c in before):
        return None
    if before and before[-1].word in words("orders"):
        return None  # 特朗普禁止投资中国企业: others would
    if before and before[-1].kind == "pp" and (is_clausal(piece, before[-1].word) or is_inside(piece, before[-1].word)):
        return agent(piece.reading, piece.kind, before[-1].units)
    index = len(before) - 1
    skipped = False
    while index >= 0:
        chunk = before[index]
        if chunk.kind == "np":
            ahead = before[index - 1] if index else None
            if ahead is not None and ahead.kind == "verb" and not embeds(ahead.word):
                index -= 2
                skipped = skipped or ahead.word not in words("spending")  # 发行股份收购
                continue
            who = agent(piece.reading, piece.kind, chunk.units)
            if who is not None:
                return None if only_tells(who, before[index + 1 :]) else who
            alone = chunk.units[0].word if len(chunk.units) == 1 else ""
            alone = alone[:-1] if alone[-1:] in words("clinging") else alone  # 说拟
            tells = embeds(alone) or alone in words("light")  # 台积电|通知|调涨
            tells = tells or any(
                c.kind == "pp" and not c.units for c in before[max(0, index - 2) : index]
            )  # 以同样理由
            if any(u.kind == "entity" for u in chunk.units) or not (tells or is_setting(chunk)):
                return None  # somebody who can be no agent
        index -= 1
    passed = words("light") | words("abouts") | words("spending")
    begin = piece.left[0].start if piece.left else piece.trigger.start
    drops = piece.kind.dropped or piece.kind.office_drops or announced(piece.reading, begin, piece.kind.subjects)
    if skipped or not drops or any(c.kind == "verb" and c.word not in passed for c in before):
        return None
    if any(c.units and c.units[0].kind == "de" for c in before):
        return None
    actors = piece.kind.subjects - {"PRODUCT"} if piece.kind.maker else piece.kind.subjects
    topic = opening_firm(piece, begin) or salient(piece.reading, begin, actors)
    only_offices = piece.kind.authority or piece.kind.office_drops
    governs = topic is None or topic.mention is None or not only_offices or is_authority(topic.mention)
    return topic if governs else None


def only_tells(who: Argument, after: Sequence[Chunk]) -> bool:
    """True for people of no name who tell of what others do: 网友说会降价, though not 商家说会降价."""
    people = who.mention is None and is_person(who.name) and not who.name.endswith(word_tuple("sellers"))
    return people and any(c.kind == "verb" and embeds(c.word) for c in after)


def opening_firm(piece: Piece, begin: int) -> Argument | None:
    """The firm that no dictionary holds with which a clause before opens: [瑞锋科技]嗅到商机，也将推出…"""
    reading = piece.reading
    start, _ = reading.sentences[reading.sentence_at(begin)]
    for _ in range(BACK if "ORG" in piece.kind.subjects else 0):
        if begin <= start:
            break
        end, begin = begin - 1, break_before(reading, start, begin - 1)
        phrase, _ = leading(units(reading, begin, end))
        if any(unit.kind == "entity" for unit in phrase):
            break
        if phrase and (house := house_name(phrase)):
            return as_written(reading, house)
    return None


def is_inside(piece: Piece, word: str) -> bool:
    """True where the trigger only names in what something happens: 在[B轮融资]中."""
    return word in words("bracketing") and bool(piece.right) and piece.right[0].word in words("insides")


def is_clausal(piece: Piece, word: str) -> bool:
    """True for a preposition that governs the whole clause of the trigger: 在[小米上市]后, 随着[小米上市]."""
    if word in words("clausal"):
        return True
    if word in words("topics") and piece.right and piece.right[-1].word in words("shells") | words("matters"):
        return True  # 对于[小米起诉]一事
    return word in words("bracketing") and piece.reading.folded.endswith(
        word_tuple("bracket_ends"), piece.trigger.end, piece.stop
    )


def is_setting(chunk: Chunk) -> bool:
    """True for a noun phrase that only says when, where or which: 会上, 目前, A轮."""
    if chunk.units[-1].word.endswith(word_tuple("rounds")) or chunk.units[-1].word in words("organs"):
        return True
    return all(
        u.word in words("manners") or u.word.isascii() or u.tag[:1] in SETTING_TAGS or u.kind in ("time", "place", "de")
        for u in chunk.units
    )


def active(piece: Piece) -> Found | None:
    """S收购O, S完成对O的收购, S加强O监管, S推出的O."""
    kind = piece.kind
    made = chunks(piece.left)
    if determined(piece) or (piece.trigger.word in kind.intransitive and not carries(piece)):
        return None
    if spoiled(piece):
        raises = owner_of_round(piece)
        return Found("round", raises, None) if raises is not None else None
    target = behind(piece)
    points = bool(piece.right) and piece.right[0].kind == "pronoun"  # 购得|后者部分股权
    if target is None and kind.object in ("required", "optional") and made and not points:
        light = governed(piece, made)
        if light is not None:
            who = doer(piece, light[0])
            return Found("light", who, light[1]) if who is not None else None
    who = doer(piece, made)
    if who is None or who.inferred:
        who = told_after(piece, made) or who
    if target is None and who is not None and piece.trigger.word in words("funders"):
        target = funded(piece, who)
    if target is None and who is not None and not who.inferred and not piece.right:
        target = piece.raises  # 某某完成A轮融资，红杉投资
    suffers = any(c.word in words("passives") for c in made)  # 恒大被起诉了
    if target is None and kind.office_drops and not suffers:
        target = punished(piece)
    nominal = piece.trigger.word in kind.nouns and piece.trigger.word not in words("light")
    if target is None and kind.lone and nominal and governs(made):
        return None  # 同意支付15亿和解|诉讼
    if kind.object == "required" and target is None and (suffers or not kind.lone):
        return None
    if kind.object == "none":
        target = None
    if (who is None or who.inferred) and target is not None and relative_agent(piece):
        return None  # A轮注资的阿里巴巴
    if kind.employer and target is None and who is not None:
        return Found("active", who, employer(piece, who))
    if target is not None and target.name in words("stakes"):
        target = announcer(piece, who) or target
    if target is not None and hires(piece, target.mention):
        return None  # 皇马签约姆巴佩
    seller = sells(piece, who) if who is not None and target is None and kind.possessor else None
    if seller is not None:
        return Found("active", seller, who)
    return Found("active", who, target) if who is not None else None


def carries(piece: Piece) -> bool:
    """True where goods stand right behind a verb that mostly takes none: 开售|iPhone 16."""
    first = piece.right[0].mention if piece.right else None
    return first is not None and first.label == "PRODUCT"


def punished(piece: Piece) -> Argument | None:
    """Whom a clause before names as the one that is dealt with: 对[光大证券]责令改正，并处罚款523万元."""
    reading = piece.reading
    start, _ = reading.sentences[reading.sentence_at(piece.trigger.start)]
    start = max(start, reading.folded.rfind(";", start, piece.start), reading.folded.rfind("；", start, piece.start))
    for mention in reversed(reading.entities_in(start, piece.start)):
        dealt = reading.folded.endswith(tuple(piece.kind.toward), start, mention.start)
        if dealt and mention.label in piece.kind.objects:
            return of_mention(mention, True)
    return None


def told_after(piece: Piece, made: Sequence[Chunk]) -> Argument | None:
    """Who does it, named behind the comma that ends a clause of time: 继裁员之后，[亚马逊]…"""
    reading, at = piece.reading, piece.stop + 1
    timed = reading.folded.endswith(word_tuple("bracket_ends"), piece.trigger.end, piece.stop)
    if not timed or any(c.kind == "np" for c in made) or not reading.folded.startswith(("，", ","), piece.stop):
        return None
    first = next(iter(reading.entities_in(at, at + NEXT)), None)
    return of_mention(first) if first is not None and first.start == at and first.label in piece.kind.subjects else None


def announcer(piece: Piece, who: Argument | None) -> Argument | None:
    """Who tells of it, where he is not the one who does it: 某某公告，腾讯拟收购5%股份."""
    at = piece.trigger.start
    told = [a.mention for a in attributions_near(piece.reading, at, at + 1) if a.covers(at, at + 1)]
    firms = [m for m in told if m is not None and m.label == "ORG" and (who is None or m.name != who.name)]
    return of_mention(firms[-1], True) if firms else None


def governs(made: Sequence[Chunk]) -> bool:
    """True where a verb that does not bring an event about stands in front of its noun."""
    plain = words("light") | words("abouts") | {"是"}
    return any(c.kind == "verb" and c.word not in plain for c in made)


def spoiled(piece: Piece) -> bool:
    """True where a verb in front of the trigger gives its agent another part: 领投了某某的融资, not 领投的融资."""
    following = (*(unit.kind for unit in piece.left[1:]), "")
    return any(u.word in piece.kind.spoilers and f != "de" for u, f in zip(piece.left, following, strict=False))


def determined(piece: Piece) -> bool:
    """True where the trigger is a noun that was told of before: 本次IPO, 这笔投资."""
    alone = len(piece.left) < 2 or piece.left[-2].kind != "entity"  # 微软|本次|裁员
    return alone and bool(piece.left) and piece.left[-1].word in words("determiners")


def governed(piece: Piece, made: list[Chunk]) -> tuple[list[Chunk], Argument] | None:
    """The object between a light verb and the trigger: 加强AI监管, 公布家庭用电价格的上调."""
    made = [c for c in made if not (c.units and c.units[0].kind == "aux")]
    if len(made) < 2 or made[-1].kind != "np" or made[-2].word not in words("light"):
        return None
    joined = any(unit.word in phrases().coordinators for unit in made[-1].units)
    if joined and piece.trigger.word in piece.kind.mutual:
        return None  # 宣布安卓和鸿蒙系统的合并
    target = object_of(piece.reading, piece.kind, made[-1].units)
    return (made[:-2], target) if target is not None else None
