"""The patterns that put agent and object around a verb: active, passive, with prepositions, with a light verb."""

from collections.abc import Sequence

from pipeline.claims.attribution.lexicon import verbs as reporting_verbs
from pipeline.claims.chunks import Chunk, chunks
from pipeline.claims.events.arguments import Argument, agent, is_name, object_of, of_mention, salient
from pipeline.claims.events.lexicon import words
from pipeline.claims.events.piece import Found, Piece
from pipeline.claims.phrases import Unit, entities_of, phrases

SETTING_TAGS = ("t", "f", "m", "q", "s")  # jieba's: times, places, numbers, measures, localities


def passive(piece: Piece) -> Found | None:
    """O被S收购, O获S投资, 由S领投."""
    made = chunks(piece.left)
    for at in range(len(made) - 1, -1, -1):
        chunk = made[at]
        plain = chunk.kind == "verb" and chunk.word not in words("passives") | words("light")
        if plain and not is_modifier(made, at):
            return None
        if chunk.word in words("passives") and chunk.kind in ("pp", "verb"):
            doer = chunk.units if chunk.kind == "pp" else next((c.units for c in made[at + 1 :] if c.kind == "np"), ())
            who = longest_agent(piece, doer)
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
            return object_of(piece.reading, piece.kind, following[0].units)
    for at in range(len(before) - 1, -1, -1):
        chunk = before[at]
        if chunk.kind != "np" or (at and before[at - 1].kind == "verb" and not embeds(before[at - 1].word)):
            continue
        target = object_of(piece.reading, piece.kind, chunk.units)
        named = agent(piece.reading, piece.kind, chunk.units) if target is None or target.mention is None else None
        if named is not None and named.mention is not None and named.mention.label in piece.kind.objects:
            return named
        return target
    found = salient(piece.reading, piece.left[0].start if piece.left else piece.trigger.start, piece.kind.objects)
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
    if skipped or not piece.kind.dropped or any(c.kind == "verb" and c.word not in words("light") for c in before):
        return None
    if any(c.units and c.units[0].kind == "de" for c in before):
        return None
    return salient(piece.reading, piece.left[0].start if piece.left else piece.trigger.start, piece.kind.subjects)


def is_setting(chunk: Chunk) -> bool:
    """True for a noun phrase that only says when, where or which: 会上, 目前, A轮."""
    if chunk.units[-1].word.endswith(tuple(words("rounds"))):
        return True
    return all(u.word.isascii() or u.tag[:1] in SETTING_TAGS or u.kind in ("time", "place", "de") for u in chunk.units)


def embeds(word: str) -> bool:
    return word in reporting_verbs() or word in words("embedding")


def together(piece: Piece) -> Found | None:
    """S与O合作, S和O达成合作, 与O的合作."""
    if piece.trigger.word not in piece.kind.mutual:
        return None
    made = chunks(piece.left)
    for at in range(len(made) - 1, -1, -1):
        chunk = made[at]
        names = [u for u in entities_of(chunk.units) if u.mention is not None and u.mention.label in piece.kind.objects]
        if chunk.kind == "pp" and chunk.word in words("mutual_words") and names:
            who = doer(piece, made[:at])
            target = object_of(piece.reading, piece.kind, chunk.units) or of_mention(names[0].mention)  # type: ignore[arg-type]
            return Found("together", who, target) if who is not None else None
        coordinated = [u for u in chunk.units if u.kind == "and" and u.word in phrases().coordinators]
        if chunk.kind == "np" and len(names) >= 2 and coordinated:
            first, second = names[0].mention, names[-1].mention
            if first is not None and second is not None:
                return Found("together", of_mention(first), of_mention(second))
    return None


def active(piece: Piece) -> Found | None:
    """S收购O, S完成对O的收购, S加强O监管, S推出的O."""
    kind = piece.kind
    made = chunks(piece.left)
    if determined(piece):
        return None
    target = behind(piece)
    if target is None and kind.object in ("required", "optional") and made:
        light = governed(piece, made)
        if light is not None:
            who = doer(piece, light[0])
            return Found("light", who, light[1]) if who is not None else None
    if target is None and piece.trigger.word in words("funders"):
        target = funded(piece)
    if kind.object == "required" and target is None:
        return None
    if kind.object == "none":
        target = None
    who = doer(piece, made)
    if who is None and target is not None and relative_agent(piece):
        return None
    return Found("active", who, target) if who is not None else None


def funded(piece: Piece) -> Argument | None:
    """Whose round it is that somebody leads: the first firm of the sentence, 蔚来完成融资，腾讯领投."""
    reading = piece.reading
    start, _ = reading.sentences[reading.sentence_at(piece.trigger.start)]
    begin = piece.left[0].start if piece.left else piece.trigger.start
    firms = [m for m in reading.entities_in(start, begin) if m.label in piece.kind.objects]
    receives = [m for m in firms if reading.folded[start : m.start].endswith(tuple(piece.kind.toward))]
    return of_mention((receives or firms)[0], True) if firms else None


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
    first = made[0]
    if first.word in words("building") and len(made) > 1 and len(rest) < len(piece.right):
        return object_of(piece.reading, kind, made[1].units) if made[1].kind == "np" else None
    if first.kind == "pp" and first.word in kind.behind:
        return object_of(piece.reading, kind, first_noun(first.units))
    if first.kind == "other" and len(made) > 1 and first.units[0].kind == "adverb":
        return None
    if first.kind != "np":
        return None
    return object_of(piece.reading, kind, first.units)
