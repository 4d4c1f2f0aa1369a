"""Who speaks where a verb names nobody: who the clauses before are about (X在会上，指出…), or who spoke before."""

from pipeline.claims.attribution.lexicon import Said, word_set, word_tuple
from pipeline.claims.attribution.pronouns import resolve
from pipeline.claims.attribution.scene import SPOKEN, Scene
from pipeline.claims.attribution.speakers import FAR, Speaker, break_before, speaker_of
from pipeline.claims.phrases import Unit, is_agent, leading, phrases, units, without_asides
from pipeline.claims.reading import Reading
from pipeline.frozen import replace
from pipeline.records import Mention

BACK = 3  # clauses without a subject of their own that may stand between a speaker and the verb


def known(scene: Scene, verb: Said, speaker: Speaker, begin: int, floor: int, quoted: bool) -> Speaker | None:
    """The speaker, where it is one: pronouns resolved, a dropped one looked for in front.

    ``quoted`` is True where the words stand in quotation marks.
    """
    if speaker.kind == "hearer":
        return None
    if speaker.kind == "pronoun":
        who = asked_before(scene.reading, begin, floor)
        return who or resolve(scene.reading, speaker, scene.earlier(verb.start), verb.start)
    if speaker.kind != "none":
        return speaker
    studied = bool(speaker.rest) and all(unit.word in word_set("studying") for unit in speaker.rest)
    if not studied and any(unit.kind in ("verb", "noun", "prep") for unit in speaker.rest):
        return None
    joined = any(unit.word in word_set("joining") for unit in units(scene.reading, begin, verb.start))
    goes_on = studied or quoted or joined or verb.verb.word in word_set("carried_on")
    return dropped(scene, verb, speaker, begin, floor, goes_on)


def dropped(scene: Scene, verb: Said, speaker: Speaker, begin: int, floor: int, goes_on: bool) -> Speaker | None:
    """The speaker of a verb that names none: the clauses before are about him, or he spoke before.

    ``goes_on`` is True where the verb takes the subject of the clause before whatever that one tells.
    """
    reading = scene.reading
    if any(unit.word in word_set("unsaid") for unit in units(reading, begin, verb.start)):
        return None
    if begin > floor and reading.folded[begin - 1] in "，,":
        earlier = clause_start(reading, floor, begin - 1)
        before_comma = without_asides(units(reading, earlier, begin - 1))
        asks = not speaker.rest and any(unit.word in word_set("asking") for unit in before_comma)
        if asks and is_agent(before_comma[-1].word):
            return replace(speaker_of(reading, asked(before_comma)), inferred=True)
        phrase, rest = leading(before_comma)
        for _ in range(BACK):
            somebody = bool(phrase) and speaker_of(reading, phrase, rest).kind != "noun"
            if somebody or not goes_on or earlier <= floor or reading.folded[earlier - 1] not in "，,":
                break
            end, earlier = earlier - 1, clause_start(reading, floor, earlier - 1)
            phrase, rest = leading(without_asides(units(reading, earlier, end)))
        if phrase and not held(scene, earlier, begin):
            setting = speaker_of(reading, phrase, rest)
            sets = not any(unit.kind == "verb" and unit.word not in word_set("doing") for unit in rest)
            sets = sets or guides(reading, verb, earlier, begin)
            if setting.kind in SPOKEN and (sets or goes_on):
                return replace(setting, inferred=False)
            if setting.kind == "pronoun":
                return resolve(reading, setting, scene.earlier(verb.start), verb.start)
        if phrase and goes_on and phrase[-1].word in phrases().person:
            told = told_of(scene, phrase[-1].start)  # 分析师说，鲍威尔很鹰派，他赞成加息，并认为…
            if told is not None:
                return Speaker("entity", told.name, told, begin, True)
    return spoke_before(scene, verb, speaker, begin)


def clause_start(reading: Reading, floor: int, at: int) -> int:
    """Where the clause that ends at ``at`` begins, however long it is."""
    start = break_before(reading, floor, at)
    while start == at - FAR and start > floor:
        at, start = start, break_before(reading, floor, start)
    return start


def guides(reading: Reading, verb: Said, start: int, end: int) -> bool:
    """True where the clause before a forecast tells of a forecast that is given: 诺基亚下调全年指引，预计…"""
    told = any(word in reading.folded[start:end] for word in word_tuple("guidance"))
    return told and verb.verb.verb_class == "forecast"


def asked_before(reading: Reading, begin: int, floor: int) -> Speaker | None:
    """Who is asked in the clause before: 记者致电该店店长，其表示…"""
    if begin <= floor or reading.folded[begin - 1] not in "，,":
        return None
    before = without_asides(units(reading, clause_start(reading, floor, begin - 1), begin - 1))
    asks = any(unit.word in word_set("asking") for unit in before) and is_agent(before[-1].word)
    return replace(speaker_of(reading, asked(before)), inferred=True) if asks else None


def told_of(scene: Scene, at: int) -> Mention | None:
    """The one person whom the content that holds ``at`` names before."""
    around = next((a for a in reversed(scene.recent) if any(left <= at < right for left, right in a.contents)), None)
    if around is None:
        return None
    people = {m.name: m for m in scene.reading.entities_in(around.content_start, at) if m.label == "PERSON"}
    return next(iter(people.values())) if len(people) == 1 else None


def held(scene: Scene, start: int, end: int) -> bool:
    """True where a clause belongs to what another says."""
    return any(left <= start < right or start <= a.verb[0] < end for a in scene.recent for left, right in a.contents)


def spoke_before(scene: Scene, verb: Said, speaker: Speaker, begin: int) -> Speaker | None:
    """Who spoke in the sentence before, where this verb goes on: 并称…, or a house that gives its figures: 预计…"""
    reading = scene.reading
    line = reading.folded.rfind("\n", 0, verb.start)
    before = next((a for a in reversed(scene.earlier(verb.start)) if a.kind == "statement" and a.speaker), None)
    if before is None or before.start <= line:
        return None
    apart = reading.sentence_at(verb.start) - reading.sentence_at(before.verb[0])
    words = (*speaker.rest, *units(reading, begin, verb.start))
    going_on = any(unit.word in word_set("going_on") for unit in words)
    opens = apart == 1 and begin == verb.start == reading.sentences[reading.sentence_at(verb.start)][0]
    house = before.mention is not None and before.mention.name.endswith(word_tuple("speaking_bodies"))
    if apart <= 1 and (going_on or (opens and house and verb.verb.verb_class == "forecast")):
        return Speaker("entity", before.speaker, before.mention, begin, True)
    return None


def asked(found: list[Unit]) -> list[Unit]:
    """The noun phrase at the end of a clause: 问了下[工行客服]."""
    at = len(found)
    while at > 0 and found[at - 1].kind in ("noun", "entity"):
        at -= 1
    return found[at:]
