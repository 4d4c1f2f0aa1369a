"""The patterns that put agent and object around a verb: active, passive, with prepositions, with a light verb."""

from collections.abc import Sequence

from pipeline.claims.attribution.lexicon import verbs as reporting_verbs
from pipeline.claims.chunks import Chunk, chunks
from pipeline.claims.events.arguments import agent, is_authority, is_name, object_of
from pipeline.claims.events.belonging import employer, sells
from pipeline.claims.events.lexicon import owners, word_tuple, words
from pipeline.claims.events.piece import Found, Piece, hires
from pipeline.claims.events.rounds import funded, investor, is_round
from pipeline.claims.events.topic import Argument, announced, as_written, of_mention, salient
from pipeline.claims.named import NAME
from pipeline.claims.phrases import Unit, entities_of, head_entity, is_agent, phrases

LONGEST_COMPOUND = 8  # characters of a noun that holds a verb
REACH = 6  # units behind a trigger within which a quoted name is its object
SETTING_TAGS = ("t", "f", "m", "q", "s")  # jieba's: times, places, numbers, measures, localities


def passive(piece: Piece) -> Found | None:
    """O被S收购, O获S投资, 由S领投."""
    if piece.kind.object == "none":
        return None
    made = chunks(piece.left)
    for at in range(len(made) - 1, -1, -1):
        chunk = made[at]
        plain = chunk.kind == "verb" and chunk.word not in words("passives") | words("light") | words("origins")
        if plain and not is_modifier(made, at):
            return None
        received = chunk.word not in words("origins") or any(c.word in words("passives") for c in made[:at])
        if chunk.word in words("passives") | words("origins") and received and chunk.kind in ("pp", "verb"):
            doer = chunk.units if chunk.kind == "pp" else next((c.units for c in made[at + 1 :] if c.kind == "np"), ())
            who = longest_agent(piece, doer) or (investor(piece, chunk.word) if piece.kind.funds else None)
            if who is None or who.inferred:
                return None
            target = patient(piece, made[:at], who)
            return Found("passive", who, target) if target is not None else None
    return None


def longest_agent(piece: Piece, found: Sequence[Unit]) -> Argument | None:
    """The agent that a phrase begins with: 被[美国司法部]反垄断起诉."""
    for end in range(len(found), 0, -1):
        who = agent(piece.reading, piece.kind, found[:end])
        if who is not None:
            return who
    return None


def is_modifier(made: Sequence[Chunk], at: int) -> bool:
    return at + 1 < len(made) and made[at + 1].kind == "np" and made[at + 1].units[0].kind == "de"


def patient(piece: Piece, before: Sequence[Chunk], who: Argument) -> Argument | None:
    """The object of a passive: the phrase in front of it, behind its 的, or the one the text talks about."""
    if piece.right and piece.right[0].kind == "de":
        following = chunks(piece.right[1:])
        if following and following[0].kind == "np":
            if is_round(piece, following[0]):
                return funded(piece, who)
            return object_of(piece.reading, piece.kind, following[0].units)
    for at in range(len(before) - 1, -1, -1):
        chunk = before[at]
        if chunk.kind != "np" or (at and before[at - 1].kind == "verb" and not embeds(before[at - 1].word)):
            continue
        if is_round(piece, chunk):
            return funded(piece, who)
        if chunk.units[-1].word in owners():
            continue  # 裁员后又被起诉
        target = object_of(piece.reading, piece.kind, chunk.units)
        named = agent(piece.reading, piece.kind, chunk.units) if target is None or target.mention is None else None
        if named is not None and named.mention is not None and named.mention.label in piece.kind.objects:
            return named
        return target
    bodies = piece.kind.objects - ({"PERSON", "GPE"} if piece.kind.funds else frozenset())
    found = salient(piece.reading, piece.left[0].start if piece.left else piece.trigger.start, bodies)
    return found if found is not None and found.name != who.name else None


def toward(piece: Piece) -> Found | None:
    """S对O的投资, S向O采购, S对O处以罚款, S从O离职: a preposition tells the object."""
    made = chunks(piece.left)
    for at in range(len(made) - 1, -1, -1):
        chunk = made[at]
        if chunk.kind != "pp" or chunk.word not in piece.kind.toward:
            continue
        target = object_of(piece.reading, piece.kind, first_noun(chunk.units))
        if target is None or (target.mention is None and chunk.word in words("settings")):
            continue
        tail = made[at + 1 :]
        if any(c.kind == "np" for c in tail) and piece.trigger.word not in piece.kind.nouns:
            continue
        if tail and chunk.word in words("causes"):
            continue
        who = doer(piece, made[:at])
        if who is None:
            return None
        bought = behind(piece) if piece.kind.takes_goods else None
        return Found("toward", who, bought or target)
    return None


def first_noun(found: Sequence[Unit]) -> list[Unit]:
    """A governed phrase up to the name that comes first: 对[华]芯片, 对[OpenAI]的, 把英国[Argos]."""
    for index, unit in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        named = following is not None and (following.kind == "entity" or is_name(following))
        if unit.mention is not None and unit.mention.label == "GPE" and named:
            continue
        if unit.kind == "entity" or (index and is_name(unit)):
            return list(found[: index + 1]) if not index else list(found[index : index + 1])
    return list(found)


def doer(piece: Piece, before: Sequence[Chunk]) -> Argument | None:
    """The agent in front of the rest of the clause: the last noun phrase that no verb or preposition governs."""
    if any(c.kind == "verb" and c.word in words("wishes") for c in before):
        return None
    if before and before[-1].word in words("orders"):
        return None  # 特朗普禁止投资中国企业: others would
    if before and before[-1].kind == "pp" and is_clausal(piece, before[-1].word):
        return agent(piece.reading, piece.kind, before[-1].units)
    index = len(before) - 1
    skipped = False
    while index >= 0:
        chunk = before[index]
        if chunk.kind == "np":
            ahead = before[index - 1] if index else None
            if ahead is not None and ahead.kind == "verb" and not embeds(ahead.word):
                index -= 2
                skipped = True
                continue
            who = agent(piece.reading, piece.kind, chunk.units)
            if who is not None:
                return who
            if any(u.kind == "entity" for u in chunk.units) or not is_setting(chunk):
                return None
        index -= 1
    passed = words("light") | words("abouts")
    begin = piece.left[0].start if piece.left else piece.trigger.start
    drops = piece.kind.dropped or announced(piece.reading, begin, piece.kind.subjects)
    if skipped or not drops or any(c.kind == "verb" and c.word not in passed for c in before):
        return None
    if any(c.units and c.units[0].kind == "de" for c in before):
        return None
    topic = salient(piece.reading, begin, piece.kind.subjects)
    governs = topic is None or topic.mention is None or not piece.kind.authority or is_authority(topic.mention)
    return topic if governs else None


def is_clausal(piece: Piece, word: str) -> bool:
    """True for a preposition that governs the whole clause of the trigger: 在[小米上市]后, 随着[小米上市]."""
    if word in words("clausal"):
        return True
    return word in words("bracketing") and piece.reading.folded.endswith(
        word_tuple("bracket_ends"), piece.trigger.end, piece.stop
    )


def is_setting(chunk: Chunk) -> bool:
    """True for a noun phrase that only says when, where or which: 会上, 目前, A轮."""
    if chunk.units[-1].word.endswith(word_tuple("rounds")):
        return True
    return all(u.word.isascii() or u.tag[:1] in SETTING_TAGS or u.kind in ("time", "place", "de") for u in chunk.units)


def embeds(word: str) -> bool:
    return word in reporting_verbs() or word in words("embedding")


def together(piece: Piece) -> Found | None:
    """S与O合作, S和O达成合作, 与O的合作."""
    if piece.trigger.word not in piece.kind.mutual or hires(piece, *(u.mention for u in (*piece.left, *piece.right))):
        return None
    made = chunks(piece.left)
    for at in range(len(made) - 1, -1, -1):
        chunk = made[at]
        names = [u for u in entities_of(chunk.units) if u.mention is not None and u.mention.label in piece.kind.objects]
        if chunk.kind == "pp" and chunk.word in words("mutual_words") and names and is_partner(chunk.units):
            who = doer(piece, made[:at])
            target = object_of(piece.reading, piece.kind, chunk.units) or of_mention(names[0].mention)  # type: ignore[arg-type]
            return Found("together", who, target) if who is not None else None
        coordinated = [u for u in chunk.units if u.kind == "and" and u.word in phrases().coordinators]
        if chunk.kind == "np" and len(names) >= 2 and coordinated and is_partner(chunk.units):
            first, second = names[0].mention, names[-1].mention
            if first is not None and second is not None:
                return Found("together", of_mention(first), of_mention(second))
    return None


def is_partner(phrase: Sequence[Unit]) -> bool:
    """True for a phrase that names who takes part, not what is put together: 与苹果公司的, but 和安卓系统的."""
    heads = [unit for unit in phrase if unit.kind != "de"]
    return bool(heads) and (head_entity(heads) is not None or is_agent(heads[-1].word))


def active(piece: Piece) -> Found | None:
    """S收购O, S完成对O的收购, S加强O监管, S推出的O."""
    kind = piece.kind
    made = chunks(piece.left)
    if determined(piece) or piece.trigger.word in kind.intransitive or any(c.word in kind.spoilers for c in made):
        return None
    target = behind(piece)
    if target is None and kind.object in ("required", "optional") and made:
        light = governed(piece, made)
        if light is not None:
            who = doer(piece, light[0])
            return Found("light", who, light[1]) if who is not None else None
    who = doer(piece, made)
    if target is None and who is not None and piece.trigger.word in words("funders"):
        target = funded(piece, who)
    suffers = any(c.word in words("passives") for c in made)  # 恒大被起诉了
    if kind.object == "required" and target is None and (suffers or not kind.lone):
        return None
    if kind.object == "none":
        target = None
    if who is None and target is not None and relative_agent(piece):
        return None
    if kind.employer and target is None and who is not None:
        return Found("active", who, employer(piece, who))
    seller = sells(piece, who) if who is not None and target is None and kind.possessor else None
    if seller is not None:
        return Found("active", seller, who)
    return Found("active", who, target) if who is not None else None


def relative_agent(piece: Piece) -> bool:
    return bool(piece.right) and piece.right[0].kind == "de"


def determined(piece: Piece) -> bool:
    """True where the trigger is a noun that was told of before: 本次IPO, 这笔投资."""
    return bool(piece.left) and piece.left[-1].word in words("determiners")


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


def behind(piece: Piece) -> Argument | None:
    """The object behind the trigger, past 了, amounts and a 的 that makes the clause a modifier."""
    kind = piece.kind
    rest = list(piece.right)
    while rest and (rest[0].kind in ("aux", "amount", "time", "de") or rest[0].word in words("abouts")):
        rest.pop(0)
    made = chunks(rest)
    if not made:
        return None
    name = next((unit for unit in rest[:REACH] if unit.tag == NAME), None)
    if (
        name is not None
        and kind.object == "required"
        and not any(unit.kind in ("mark", "prep", "adverb") for unit in rest[: rest.index(name)])
    ):
        return object_of(piece.reading, kind, [name])
    first = made[0]
    if relative_agent(piece) and first.units and first.units[-1].word.endswith(word_tuple("reports")):
        return None  # 央行公布的数据
    if first.word in words("building") and len(made) > 1 and len(rest) < len(piece.right):
        return object_of(piece.reading, kind, made[1].units) if made[1].kind == "np" else None
    if first.kind == "pp" and first.word in kind.behind:
        return object_of(piece.reading, kind, first_noun(first.units))
    if first.kind == "other" and len(made) > 1 and first.units[0].kind == "adverb":
        return None
    found = first.units if first.kind == "np" else ()
    if found and found[0].word in words("building") and len(rest) < len(piece.right):
        return object_of(piece.reading, kind, found[1:])
    if kind.nouns_as_objects and not any(unit.kind in ("entity", "pronoun") for unit in rest) and is_compound(rest):
        return as_written(piece.reading, rest)
    return object_of(piece.reading, kind, found) if found else None


def is_compound(rest: Sequence[Unit]) -> bool:
    """True for nouns and verbs that are one noun to the clause's end: 充电桩, 半托管业务."""
    verbs = [unit for unit in rest[:-1] if unit.kind == "verb"]
    plain = all(unit.kind in ("noun", "verb") for unit in rest) and rest[-1].kind == "noun"
    return bool(verbs) and plain and sum(len(unit.word) for unit in rest) <= LONGEST_COMPOUND
