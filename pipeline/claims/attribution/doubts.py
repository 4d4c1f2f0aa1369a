"""Where the word of a reporting verb reports nothing: a noun of expectation, the author's answer, a question."""

from pipeline.claims.attribution.content import Content
from pipeline.claims.attribution.lexicon import Said, word_set, word_tuple
from pipeline.claims.attribution.speakers import FAR, Speaker
from pipeline.claims.phrases import units
from pipeline.claims.reading import Reading


def is_noun_alone(verb: Said, content: Content) -> bool:
    """True for 预期 and its like before a comma, where nobody is named: 营收不及预期，股价大跌."""
    return content.mark in ("，", ",") and not verb.suffixed and verb.verb.verb_class in ("forecast", "estimated")


def is_asked(reading: Reading, verb: Said, speaker: Speaker, content: Content) -> bool:
    """True where a reader is asked what he thinks: 老铁觉得贵吗？"""
    bare = not content.mark and not content.quoted and speaker.kind == "agent" and speaker.mention is None
    return bare and verb.verb.word in word_set("thoughts") and reading.folded[content.end - 1] in "？?吗呢"


def is_figure(reading: Reading, verb: Said, content: Content) -> bool:
    """True where 预期 or its like is a noun and its figure follows: 分析师预期111.5亿美元，…"""
    if content.mark or verb.suffixed or verb.verb.verb_class not in ("forecast", "estimated"):
        return False
    found = units(reading, content.start, min(content.end, content.start + FAR))
    return bool(found) and found[0].kind == "amount" and (len(found) < 2 or found[1].kind in ("mark", "de"))


def is_object(reading: Reading, verb: Said, speaker: Speaker, content: Content) -> bool:
    """True where a noun of expectation or price is had, met or given out: 已有预期，… 大超市场预期，… 发布报价：…"""
    return not content.quoted and is_met(reading, verb, speaker)


def is_met(reading: Reading, verb: Said, speaker: Speaker) -> bool:
    """True where the noun that a verb may be is the object of what stands in front of it."""
    if verb.suffixed or verb.verb.word not in word_set("expectations"):
        return False
    if any(unit.word in word_set("met") for unit in speaker.rest):
        return True
    if reading.folded.startswith(word_tuple("revised"), verb.end):
        return True
    ahead = reading.folded[max(0, speaker.start - 3) : verb.start]
    return any(word in ahead for word in word_tuple("meeting"))


def is_own(reading: Reading, content: Content) -> bool:
    """True where the author's own view follows the comma: 有人担心，我倒觉得…"""
    return content.mark in ("，", ",") and reading.folded.startswith(word_tuple("own_answer"), content.start)
