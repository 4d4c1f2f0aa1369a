"""Events of a post: triggers, and their arguments by the pattern that the clause shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.claims.attribution.lexicon import verbs as reporting_verbs
from pipeline.claims.attribution.speakers import break_before
from pipeline.claims.certainty import certainty, source_of
from pipeline.claims.events.arguments import Argument, agent, object_of, of_mention, salient
from pipeline.claims.chunks import Chunk, chunks
from pipeline.claims.events.lexicon import EventType, Trigger, near, triggers, words
from pipeline.claims.phrases import Unit, entities_of, phrases, units, without_asides
from pipeline.claims.reading import Reading
from pipeline.records import Claim

BREAKS = "，,；;：:。！？!?…\n“”「」『』（）()【】[]~—"
AROUND = 14  # characters around a trigger in which what it needs must stand


@dataclass(frozen=True, slots=True)
class Piece:
    """A trigger in its stretch of clause: the units and chunks on both sides."""

    reading: Reading
    trigger: Trigger
    left: list[Unit]
    right: list[Unit]

    @property
    def kind(self) -> EventType:
        return self.trigger.type


@dataclass(frozen=True, slots=True)
class Found:
    """An event's arguments, and the pattern that told them."""

    rule: str
    subject: Argument
    object: Argument | None


def find_events(reading: Reading) -> list[Claim]:
    """One claim for each event and sentence whose agent is known.

    ``subject`` does it, ``object`` takes it, both by canonical names where they are entities. Negated, planned and
    rumoured events are told by ``certainty``.

    Example:
        微软向OpenAI投资130亿美元。 → 投资, 微软, OpenAI, ``asserted``.
    """
    claims: list[Claim] = []
    for index, (start, end) in enumerate(reading.sentences):
        here: list[tuple[Trigger, Found]] = []
        for trigger in triggers(reading.folded, start, end):
            if not is_word(reading, trigger, start, end):
                continue
            found = event(reading, trigger, start, end)
            if found is not None:
                here.append((trigger, found))
        claims.extend(claim(reading, trigger, found) for trigger, found in distinct(here))
    return claims


def is_word(reading: Reading, trigger: Trigger, start: int, end: int) -> bool:
    """True where a trigger is no part of a name or of a longer word (反收购, 发布会)."""
    if any(m.start < trigger.end and trigger.start < m.end for m in reading.entities_in(start, end)):
        return False
    rest = reading.folded[trigger.end : trigger.end + 4]
    if rest.startswith(tuple(words("noun_tails"))) and not rest.startswith(KEPT_TAILS):
        return False
    covering = [w for w in reading.words(trigger.start, trigger.end) if w[0] < trigger.start or w[1] > trigger.end]
    return not any(w[2] in phrases().kinds or tag_known(reading, w) for w in covering)


KEPT_TAILS = ("时间", "后", "前", "时")


def tag_known(reading: Reading, word: tuple[int, int, str]) -> bool:
    """True for a word of jieba's dictionary."""
    return any(tag != "x" for left, _, _, tag in reading.tagged(word[0], word[1]) if left == word[0])


def distinct(found: Sequence[tuple[Trigger, Found]]) -> Iterator[tuple[Trigger, Found]]:
    """The events without those that a fuller one of the same sentence repeats."""
    kept: dict[tuple[str, str, str], tuple[Trigger, Found]] = {}
    for trigger, one in found:
        target = one.object.name if one.object is not None else ""
        key = (trigger.type.name, one.subject.name, target)
        if key in kept or (trigger.word in trigger.type.mutual and (key[0], key[2], key[1]) in kept):
            continue
        if not target and any(k[:2] == key[:2] for k in kept):
            continue
        if target and (key[0], key[1], "") in kept:
            del kept[key[0], key[1], ""]
        kept[key] = (trigger, one)
    yield from kept.values()


def claim(reading: Reading, trigger: Trigger, found: Found) -> Claim:
    parts = [a for a in (found.subject, found.object) if a is not None]
    index = reading.sentence_at(trigger.start)
    floor, stop = reading.sentences[index]
    near_parts = [a for a in parts if floor <= a.start and a.end <= stop and not a.inferred]
    source, inferred = source_of(reading, trigger.start, trigger.end)
    marks = [*(["subject"] if found.subject.inferred else []), *(["source"] if inferred and source else [])]
    return Claim(
        label="event",
        start=min([trigger.start, *(a.start for a in near_parts)]),
        end=max([trigger.end, *(a.end for a in near_parts)]),
        rule=f"claim.event.{found.rule}",
        subject=found.subject.name,
        predicate=trigger.type.name,
        object=found.object.name if found.object is not None else "",
        certainty=certainty(reading, trigger.start, trigger.end, claim="event"),
        source=source,
        parts=tuple(a.mention for a in parts if a.mention is not None),
        inferred=tuple(marks),
    )


def event(reading: Reading, trigger: Trigger, start: int, end: int) -> Found | None:
    begin = break_before_trigger(reading, start, trigger.start)
    stop = next((i for i in range(trigger.end, end) if reading.folded[i] in BREAKS), end)
    piece = Piece(
        reading,
        trigger,
        without_asides(units(reading, begin, trigger.start)),
        object_units(reading, trigger.end, stop, end),
    )
    if not needed(piece, begin, stop):
        return None
    kind = trigger.type
    if trigger.word in kind.takes_up:
        return takes_up(piece)
    if trigger.word in kind.givers:
        return giver(piece)
    patterns = (both, arrival, passive, toward, together, active)
    for pattern in patterns:
        found = pattern(piece)
        if found is not None:
            return found if complete(kind, found) else None
    return None


def break_before_trigger(reading: Reading, start: int, at: int) -> int:
    begin = break_before(reading, start, at)
    opened = max(reading.folded.rfind(mark, begin, at) + 1 for mark in "—…")
    return max(begin, opened)


def object_units(reading: Reading, start: int, stop: int, end: int) -> list[Unit]:
    """The units behind a trigger; brackets inside a name's phrase are passed over: 人工智能（AI）公司X."""
    folded = reading.folded
    if stop < end and folded[stop] in "（(":
        close = next((i for i in range(stop, min(end, stop + 40)) if folded[i] in "）)"), -1)
        if close > 0:
            stop = next((i for i in range(close + 1, end) if folded[i] in BREAKS), end)
    return without_asides(units(reading, start, stop))


def needed(piece: Piece, begin: int, stop: int) -> bool:
    """True where what an ambiguous trigger needs stands near it."""
    need = piece.kind.needs.get(piece.trigger.word)
    if need is None:
        return True
    start, end = max(begin, piece.trigger.start - AROUND), min(stop, piece.trigger.end + AROUND)
    if need == "toward":
        return any(c.kind == "pp" and c.word in piece.kind.toward for c in chunks(piece.left))
    if need == "goods":
        return goods(piece) is not None
    if need == "product":
        return any(u.mention is not None and u.mention.label == "PRODUCT" for u in piece.right[:4])
    if need == "body":
        return any(u.mention is not None and u.mention.label in ("ORG", "PRODUCT") for u in (*piece.left, *piece.right))
    text = piece.reading.folded[start:end]
    if need == "price" and any(word in text for word in near("views")):
        return False
    wanted = near(need)
    if "$money" in wanted and any(m.kind == "money" for m in piece.reading.amounts_in(start, end)):
        return True
    return any(word in text for word in wanted if not word.startswith("$"))


def complete(kind: EventType, found: Found) -> bool:
    if kind.object in ("required", "person") and found.object is None:
        return False
    return found.object is None or found.object.name != found.subject.name


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
    if len(names) < 2:
        return None
    first, second = list(names.values())[:2]
    return Found("both", first, second)


def goods(piece: Piece) -> Argument | None:
    """The goods whose launch an intransitive trigger tells: 比亚迪e6正式上市, 新车亮相."""
    for chunk in reversed(chunks(piece.left)):
        if chunk.kind != "np":
            continue
        products = [u for u in entities_of(chunk.units) if u.mention is not None and u.mention.label == "PRODUCT"]
        if products and products[-1].mention is not None:
            return of_mention(products[-1].mention)
        if chunk.units[-1].word.endswith(tuple(words("goods"))):
            return object_of(piece.reading, piece.kind, chunk.units)
        return None
    return None


def arrival(piece: Piece) -> Found | None:
    """A product that comes out: its maker does it."""
    kind = piece.kind
    if not kind.maker or piece.trigger.word not in kind.arrivals:
        return None
    target = goods(piece)
    if target is None:
        return None
    before = [c for c in chunks(piece.left) if c.kind == "np" and c.start < target.start]
    for chunk in before:
        who = agent(piece.reading, kind, chunk.units)
        if who is not None and who.mention is not None and who.mention.label == "ORG":
            return Found("arrival", who, target)
    who = maker(piece.reading, target)
    return Found("arrival", who, target) if who is not None else None


def maker(reading: Reading, target: Argument) -> Argument | None:
    """Who makes a product: the firm in front of it, or whose name its own begins with, or that the text is about."""
    firms = [m for m in reading.entities if m.label == "ORG"]
    touching = next((m for m in firms if 0 <= target.start - m.end <= 1), None)
    if touching is not None:
        return of_mention(touching)
    line = reading.folded.rfind("\n", 0, target.start) + 1
    ahead = [u for u in units(reading, max(line, target.start - 8), target.start)]
    if ahead and ahead[0].kind == "entity" and all(u.kind in ("noun", "de", "entity") for u in ahead):
        owner = next((u.mention for u in ahead if u.mention is not None and u.mention.label == "ORG"), None)
        if owner is not None:
            return of_mention(owner)
    surface = reading.folded[target.start : target.end]
    named = next((m for m in firms if surface.startswith(reading.folded[m.start : m.end])), None)
    if named is not None:
        return of_mention(named, True)
    return salient(reading, target.start, frozenset({"ORG"}))


def passive(piece: Piece) -> Found | None:
    """O被S收购, O获S投资, 由S领投."""
    made = chunks(piece.left)
    for at in range(len(made) - 1, -1, -1):
        chunk = made[at]
        if chunk.kind == "verb" and chunk.word not in words("passives") and chunk.word not in words("light"):
            if not is_modifier(made, at):
                return None
        if chunk.word in words("passives") and chunk.kind in ("pp", "verb"):
            doer = chunk.units if chunk.kind == "pp" else next((c.units for c in made[at + 1 :] if c.kind == "np"), ())
            who = agent(piece.reading, piece.kind, doer) if doer else None
            if who is None or who.inferred:
                return None
            target = patient(piece, made[:at], who)
            return Found("passive", who, target) if target is not None else None
    return None


def is_modifier(made: Sequence[Chunk], at: int) -> bool:
    return at + 1 < len(made) and made[at + 1].kind == "np" and made[at + 1].units[0].kind == "de"


def patient(piece: Piece, before: Sequence[Chunk], who: Argument) -> Argument | None:
    """The object of a passive: the phrase in front of it, behind its 的, or the one the text talks about."""
    if piece.right and piece.right[0].kind == "de":
        following = chunks(piece.right[1:])
        if following and following[0].kind == "np":
            return object_of(piece.reading, piece.kind, following[0].units)
    for chunk in reversed(before):
        if chunk.kind == "np":
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
        if chunk.kind != "pp" or chunk.word not in piece.kind.toward or chunk.word in words("mutual_words"):
            continue
        target = object_of(piece.reading, piece.kind, first_noun(chunk.units))
        if target is None or (
            target.mention is None and chunk.word in ("在", "于", "通过", "以", "因", "因为", "由于", "从")
        ):
            continue
        tail = made[at + 1 :]
        if any(c.kind == "np" for c in tail) and piece.trigger.word not in piece.kind.nouns:
            continue
        if chunk.word in ("因", "因为", "由于", "通过") and tail:
            continue
        own = (
            behind(piece)
            if piece.kind.object == "required" and chunk.word in ("在", "于", "从", "通过", "向")
            else None
        )
        who = doer(piece, made[:at])
        if who is None:
            return None
        if own is not None and chunk.word in ("在", "从", "通过", "于", "向") and piece.kind.name == "采购":
            target = own
        return Found("toward", who, target)
    return None


def first_noun(found: Sequence[Unit]) -> list[Unit]:
    """A governed phrase up to the entity that it names first: 对[华]芯片, 对[OpenAI]的."""
    for index, unit in enumerate(found):
        if unit.kind == "entity":
            return list(found[: index + 1]) if not index else list(found[index : index + 1])
    return list(found)


def doer(piece: Piece, before: Sequence[Chunk]) -> Argument | None:
    """The agent in front of the rest of the clause: the last noun phrase that no verb or preposition governs."""
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
    """True for a noun phrase that only says when or where: 会上, 目前, 三轮."""
    return all(u.tag[:1] in ("t", "f", "m", "q", "s") or u.kind in ("time", "place", "de") for u in chunk.units)


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
    if kind.object == "required" and target is None:
        return None
    if kind.object == "none":
        target = None
    who = doer(piece, made)
    if who is None and target is not None and relative_agent(piece):
        return None
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
    target = object_of(piece.reading, piece.kind, made[-1].units)
    return (made[:-2], target) if target is not None else None


def behind(piece: Piece) -> Argument | None:
    """The object behind the trigger, past 了, amounts and a 的 that makes the clause a modifier."""
    kind = piece.kind
    rest = list(piece.right)
    while (
        rest
        and rest[0].kind in ("aux", "amount", "time", "de")
        or rest
        and rest[0].word in ("约", "近", "超", "总计", "共")
    ):
        rest.pop(0)
    made = chunks(rest)
    if not made:
        return None
    first = made[0]
    if first.kind == "pp" and first.word in kind.behind | (
        kind.toward & {"在", "于"} if kind.name == "上市" else frozenset()
    ):
        return object_of(piece.reading, kind, first_noun(first.units))
    if first.kind == "other" and len(made) > 1 and first.units[0].kind == "adverb":
        return None
    if first.kind != "np":
        return None
    if kind.object == "optional" and kind.name == "上市" and not entities_of(first.units):
        return None
    return object_of(piece.reading, kind, first.units)


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


def entities_before(piece: Piece, start: int) -> bool:
    return any(m.label in ("ORG", "PRODUCT") for m in piece.reading.entities_in(start, piece.trigger.start))


def takes_up(piece: Piece) -> Found | None:
    """P出任S的CEO: the firm appoints, the person is appointed."""
    reading = piece.reading
    persons = [u for u in entities_of(piece.left) if u.mention is not None and u.mention.label == "PERSON"]
    if not persons or persons[-1].mention is None:
        return None
    person = of_mention(persons[-1].mention)
    firms = [u for u in (*entities_of(piece.right), *entities_of(piece.left)) if u.mention is not None]
    firm = next((u.mention for u in firms if u.mention is not None and u.mention.label in ("ORG", "GPE")), None)
    who = of_mention(firm) if firm is not None else salient(reading, piece.trigger.start, frozenset({"ORG"}))
    return Found("takes_up", who, person) if who is not None else None
