"""Where what somebody says gives way to the author's own words, or to another's doings."""

from collections.abc import Iterator

from pipeline.claims.attribution.content import mark_before, trimmed
from pipeline.claims.attribution.lexicon import frames, word_set, word_tuple
from pipeline.claims.attribution.pronouns import views_others
from pipeline.claims.attribution.record import Attribution
from pipeline.claims.attribution.scene import Scene
from pipeline.claims.phrases import head_entity, is_agent, leading, phrases, units
from pipeline.claims.reading import Reading
from pipeline.frozen import replace

ACTING = frozenset({"ORG", "PERSON", "GPE"})
NEAR = 10  # characters in which a share stands at the head of a clause
LONGEST_BOUND = 2  # characters in front of a share: 仅, 另有
CLAUSE = 40  # characters of a clause in which its subject is looked for


def until_turn(scene: Scene, one: Attribution) -> Attribution:
    """An attribution whose content ends where the words turn: 官方说能跑200公里，|实际150."""
    text = scene.reading.folded
    mark = mark_before(text, one.content_start)
    if one.quoted or one.kind != "statement" or mark in ("：", ":") or len(one.contents) > 1:
        return one
    left, right = one.contents[0]
    bare = mark not in ("，", ",") and text[left - 1] != " "
    for at in turns(scene, one, left, right, bare):
        stop = trimmed(text, left, at)
        if stop - left > 2:
            return replace(one, contents=((left, stop),), reach=(one.reach[0], at))
    return one


def turns(scene: Scene, one: Attribution, left: int, right: int, bare: bool) -> Iterator[int]:
    """Where a clause of a content begins that is not the speaker's; ``bare`` where no mark opened the content."""
    reading = scene.reading
    text = reading.folded
    own = (*frames()["own_voice"], *(frames()["own_names"] if bare else ()))
    if bare and text[slice(*one.verb)] in word_set("announcing"):
        own = (*own, *frames()["narrators"])
    views = views_others(one.mention)
    unnamed = bare and one.mention is not None and not views and not has_subject(reading, left, right)
    heard = bare and text.endswith(word_tuple("hearing"), 0, one.start)
    polled = bare and is_share(reading, one.start, one.verb[0])
    for at in clause_starts(text, left, right, bare):
        around = scene.quotes.around(at)
        if around is not None and around.start >= left:
            continue
        if (
            text.startswith(own, at)
            or (text[at - 1] == " " and not text.startswith(phrases().links_on, at))
            or (unnamed and is_other(reading, one, at, right))
            or (polled and is_share(reading, at, right))
            or (bare and follows(reading, at, right))
            or (views and is_view(reading, one, at, right))
            or is_move(reading, at, right)
            or (one.rule == "rumor" and refutes(reading, at, right))
            or (heard and not text.startswith(word_tuple("going_on"), at))
        ):
            yield at


def clause_starts(text: str, left: int, right: int, bare: bool) -> Iterator[int]:
    """Where clauses begin behind commas outside brackets; in a bare content behind the blanks that stand for commas."""
    depth = 0
    for at in range(left, right - 1):
        char = text[at]
        depth += (char in "(（") - (char in ")）")
        blank = char == " " and bare and at > left and is_han(text[at - 1]) and is_han(text[at + 1])
        if depth <= 0 and (char in "，,；;" or blank):
            yield at + 1


def is_share(reading: Reading, start: int, end: int) -> bool:
    """True where a share of those who were asked opens a clause: 七成用户, 仅两成."""
    amounts = reading.amounts_in(start, min(end, start + NEAR))
    return bool(amounts) and amounts[0].kind == "percent" and amounts[0].start - start <= LONGEST_BOUND


def is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def has_subject(reading: Reading, left: int, right: int) -> bool:
    """True where the first clause of a content names whom it is about; else it may be about the speaker."""
    phrase, _ = leading(units(reading, left, next(clause_starts(reading.folded, left, right, True), right)))
    return any(u.kind in ("entity", "pronoun") or is_agent(u.word) for u in phrase)


def follows(reading: Reading, at: int, right: int) -> bool:
    """True where what others do about it is told: 美团预警三季度不乐观，因此市场已有准备."""
    if not reading.folded.startswith(word_tuple("consequences"), at):
        return False
    phrase, rest = leading(units(reading, at, min(right, at + CLAUSE)))
    return bool(phrase and rest) and is_agent(phrase[-1].word) and not any(u.kind == "entity" for u in phrase)


def refutes(reading: Reading, at: int, right: int) -> bool:
    """True where somebody contradicts the hearsay: 有传言称…，|但经纪人予以否认."""
    if not reading.folded.startswith(word_tuple("contrasts"), at):
        return False
    stop = next(clause_starts(reading.folded, at, right, True), right)
    return any(word in reading.folded[at:stop] for word in word_tuple("refusals"))


def is_view(reading: Reading, one: Attribution, at: int, right: int) -> bool:
    """True where another house's view begins: 美银看到305元；|小摩保守，只给260."""
    phrase, _ = leading(units(reading, at, min(right, at + CLAUSE)))
    mention = head_entity(phrase)
    return views_others(mention) and mention is not None and mention.name != one.speaker


def is_move(reading: Reading, at: int, right: int) -> bool:
    """True where the narrator tells how the share moved: 领展忧心租金下降，|股价挫7%."""
    if not reading.folded.startswith(word_tuple("shares"), at):
        return False
    stop = next(clause_starts(reading.folded, at, right, True), right)
    told = any(m.kind == "percent" for m in reading.amounts_in(at, stop))
    return told and not any(word in reading.folded[at:stop] for word in word_tuple("awaited"))


def is_other(reading: Reading, one: Attribution, at: int, right: int) -> bool:
    """True for a clause whose subject is somebody of whom neither frame nor content spoke before."""
    stop = next(clause_starts(reading.folded, at, right, True), right)
    phrase, rest = leading(units(reading, at, min(stop, at + CLAUSE)))
    mention = head_entity(phrase)
    if mention is None or mention.label not in ACTING or not any(u.kind in ("verb", "adverb", "amount") for u in rest):
        return False
    named = {m.name for m in reading.entities_in(one.start, at)} | {one.speaker}
    return mention.name not in named
