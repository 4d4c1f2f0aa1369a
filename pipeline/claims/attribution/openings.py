"""How a verb opens what is said: a mark, a quotation, or a bare clause."""

from pipeline.claims.attribution.content import PIECE_END, Content, is_clause
from pipeline.claims.attribution.lexicon import Said, word_set, word_tuple
from pipeline.claims.attribution.speakers import FAR
from pipeline.claims.phrases import units
from pipeline.claims.reading import Reading


def taken_content(reading: Reading, verb: Said, content: Content) -> str:
    """What content a verb takes; behind 并 or the one who is told it takes any: 并指|油价将跌, 跟我抱怨|太贵."""
    opens = (*word_tuple("joining"), *word_tuple("told_to"))
    bare = verb.verb.word in word_set("joined_verbs") and reading.folded.endswith(opens, 0, verb.start)
    bare = bare or (
        verb.verb.word in word_set("joined_verbs")
        and verb.end - verb.start > 1
        and not content.mark
        and has_parts(reading, content)
    )
    bare = bare or (
        verb.verb.word in word_set("clause_openers") and reading.folded[verb.start - 1] in "，,"
    )  # …，|指需求强劲
    if verb.verb.word in word_set("deeds_told") and not content.mark:
        first = next(iter(units(reading, content.start, min(content.end, content.start + FAR))), None)
        acts = first is not None and first.kind in ("verb", "adverb", "entity")  # 公告|拟回购, not 公告|6月营收
        bare = acts and not reading.folded.startswith(word_tuple("not_telling"), content.start)
    plans = verb.verb.verb_class == "planned" and reading.folded.startswith(
        word_tuple("planned_openers"), content.start
    )
    return "any" if verb.suffixed or bare or plans else verb.verb.content


def has_parts(reading: Reading, content: Content) -> bool:
    """True for a clause with a subject in front of its verb: 吐槽|车机太卡, not 吐槽|苹果 nor 分析|增长原因."""
    mark = PIECE_END.search(reading.folded, content.start, content.end)
    stop = mark.start() if mark is not None else content.end
    found = units(reading, content.start, min(stop, content.start + FAR))
    if not found or found[0].kind not in ("noun", "entity", "pronoun") or found[0].tag.startswith("v"):
        return False
    degrees = word_set("degrees")
    return any(
        u.kind in ("verb", "adverb") or (u.tag[:1] in ("v", "a") and u.tag != "vn") or u.word[:1] in degrees
        for u in found[1:]
    )


def opened(text: str, verb: Said, content: Content, takes: str) -> bool:
    """True where a content stands as its verb wants it; a question needs no mark: 朋友问要不要买."""
    if (
        takes == "mark"
        and verb.verb.verb_class == "question"
        and text.startswith(word_tuple("asked_for"), content.start)
    ):
        return True
    if takes == "quote":
        return content.quoted or content.mark in ("：", ":")
    return takes == "any" or bool(content.mark) or content.quoted


def is_bare(reading: Reading, verb: Said, content: Content) -> bool:
    """True where nothing opens what follows a verb, and it is no clause: 说了半天."""
    if content.mark or content.quoted:
        return False
    if is_refuted(reading, verb, content):
        return False
    after = reading.folded[verb.end : verb.end + 1]
    return after in ("了", "过") or not is_clause(reading, content.start, content.end)


def is_refuted(reading: Reading, verb: Said, content: Content) -> bool:
    """True where hearsay is named that somebody denies: 否认了裁员的|传闻."""
    if verb.verb.verb_class != "denied":
        return False
    mark = PIECE_END.search(reading.folded, content.start, content.end)
    return reading.folded.endswith(
        word_tuple("refuted"), content.start, mark.start() if mark is not None else content.end
    )
