"""A name, a colon and its words: S：…"""

import re
from collections.abc import Iterator

from pipeline.claims.attribution.content import Content, content_after, is_clause
from pipeline.claims.attribution.lexicon import word_set, word_tuple
from pipeline.claims.attribution.record import Attribution
from pipeline.claims.attribution.scene import Scene, made
from pipeline.claims.attribution.speakers import Speaker, speaker_of
from pipeline.claims.phrases import units, without_asides
from pipeline.claims.reading import Reading
from pipeline.lexicons import cached

PLAN = 16  # characters behind a colon in which a plan is told
LONGEST_FIGURES = 40  # characters behind a colon that tell whether it is words
LONGEST_HEAD = 40  # characters of a sentence in front of a colon that opens somebody's words
FIRST_MARK = re.compile("[：:\n，,。！？]")


@cached
def colon_pattern() -> re.Pattern[str]:
    return re.compile("[：:]")


def colon(scene: Scene, start: int, end: int) -> Iterator[Attribution]:
    """S：… at the start of a sentence, for people, quoted firms, and bodies that publish views."""
    reading = scene.reading
    text = reading.folded
    mark = FIRST_MARK.search(text, start, min(end, start + LONGEST_HEAD))
    if mark is None or mark[0] not in "：:":
        return
    at = mark.start()
    blank = text.rfind(" ", start, at)
    if blank > start and not (text[blank - 1].isascii() or text[blank + 1].isascii()):
        start = blank + 1  # 老员工喊冤 某公司：…
    found = without_asides(units(reading, start, at))
    while found and found[0].kind == "mark":
        found.pop(0)
    if not found or any(u.kind not in ("entity", "noun", "and", "de", "pronoun", "mark", "place") for u in found):
        return
    content = content_after(reading, scene.quotes, at, end)
    if content is None or any(at < a.content_start <= content.start for a in scene.recent):
        return
    speaker = speaker_of(reading, found)
    written_name = "".join(u.word for u in found)
    labelled = written_name in word_set("labels") or written_name.endswith(word_tuple("roles"))
    labelled = labelled and not written_name.endswith(word_tuple("spoken_labels"))
    if not may_head(reading, speaker, content, text[at - 1], labelled):
        return
    yield made(scene, "colon", found[0].start, (at, at + 1), speaker, content, end, "reported")


def may_head(reading: Reading, speaker: Speaker, content: Content, last: str, labelled: bool) -> bool:
    """True where a name and a colon open somebody's words rather than a list's item."""
    if last in ")）」”" or is_figures(reading, content):
        return False
    if speaker.kind == "entity" and speaker.mention is not None:
        label = speaker.mention.label
        office = speaker.name.endswith(word_tuple("publishers"))
        if label == "ORG" and not office and reading.folded.startswith(word_tuple("own_acts"), content.start):
            return False  # 渣打集团：回购20万股 is an item of news
        body = label == "ORG" and (speaker.name.endswith(word_tuple("speaking_bodies")) or denies(reading, content))
        body = body or (label == "ORG" and reading.folded.startswith(word_tuple("firm_self"), content.start))
        clause = is_clause(reading, content.start, content.end)
        return ((label == "PERSON" or body) and clause) or (label == "ORG" and content.quoted)
    if speaker.kind == "agent" and not labelled:
        return content.quoted or is_clause(reading, content.start, content.end)
    return False


def is_figures(reading: Reading, content: Content) -> bool:
    """True where nothing but figures stands behind a colon: 李四：200元."""
    found = units(reading, content.start, min(content.end, content.start + LONGEST_FIGURES))
    return all(unit.kind in ("amount", "time", "mark", "and") for unit in found)


def denies(reading: Reading, content: Content) -> bool:
    """True in a headline where a firm's name and a colon open an answer or a plan: 万科：将按期兑付."""
    start, end = reading.line_of(content.start)
    headline = not any(mark in reading.folded[start:end] for mark in "。；;")
    if not headline:
        return False
    plans = any(word in reading.folded[content.start : content.start + PLAN] for word in word_tuple("heralds"))
    return plans or reading.folded.startswith(word_tuple("answers"), content.start)
