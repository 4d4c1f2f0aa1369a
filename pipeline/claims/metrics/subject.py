"""Whose metric it is: an entity of the clause, else the one the text has been talking about."""

from dataclasses import dataclass

from pipeline.claims.metrics.lexicon import cue_matcher, cues, directions, metrics
from pipeline.claims.metrics.spot import MetricSpan, lower, noun_chain
from pipeline.claims.reading import SUBJECTS, Reading, Span
from pipeline.records import Mention

LATTER = "后者"
OWNER = 6  # characters of a clause before 的 that can name what has the metric
SCOPE = 8  # characters between a word such as 全球 and the metric


@dataclass(frozen=True, slots=True)
class Subject:
    """``name`` is canonical for an entity, else as written; ``mention`` is None for the latter."""

    name: str
    mention: Mention | None = None
    inferred: bool = False


def is_object(reading: Reading, mention: Mention) -> bool:
    """True for an entity behind a preposition or a verb that takes it: 对OpenAI, 在美国, 收购Jukedeck."""
    before = reading.masked[max(0, mention.start - 4) : mention.start].rstrip()
    found = cue_matcher("object_prepositions").find(before)
    return bool(found) and found[-1][1] == len(before)


def is_source(reading: Reading, mention: Mention) -> bool:
    """True for an entity whose data or report is cited: 新发地市场的数据显示."""
    behind = reading.masked[mention.end : mention.end + 12]
    nouns = cue_matcher("source_nouns").find(behind)
    if not nouns or nouns[0][0] > 2:
        return False
    verbs = cue_matcher("source_verbs").find(behind[nouns[0][1] :])
    return bool(verbs) and verbs[0][0] <= 2


def subjects_in(reading: Reading, start: int, end: int) -> list[Mention]:
    """The entities of ``start:end`` that can be subjects, in order."""
    found = [m for m in reading.entities_in(start, end) if m.label in SUBJECTS]
    return [m for m in found if not is_object(reading, m) and not is_source(reading, m)]


class Topics:
    """Who each sentence is about, so that a clause without a subject can take the last one."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.leads: list[Mention | None] = []
        for start, end in reading.sentences:
            found = subjects_in(reading, start, end)
            self.leads.append(found[0] if found else None)
        orgs = [
            m for m in reading.entities if m.label == "ORG" and not (is_object(reading, m) or is_source(reading, m))
        ]
        self.only = orgs[0] if orgs and len({m.name for m in orgs}) == 1 else None

    def before(self, index: int, of: str = "") -> Mention | None:
        """The topic of the nearest sentence before ``index`` that has one; an economy for a macro metric."""
        for at in range(index - 1, max(-1, index - 12), -1):
            lead = self.leads[at]
            if lead is not None and (of != "gpe" or lead.label == "GPE"):
                return lead
        # The one company of the post, where it has been named already or stands in a stock tag.
        known = self.only is not None and (
            self.only.start < self.reading.sentences[index][0] or self.reading.text[self.only.start - 1] == "$"
        )
        return self.only if known and of != "gpe" else None

    def title(self, of: str = "") -> str:
        """The first subject that the post's title names; also of a reply, whose title is the thread's."""
        wanted = {"": SUBJECTS, "gpe": {"GPE"}, "goods": {"ORG", "PRODUCT"}}[of]
        return next((m.name for m in self.reading.draft.title_entities if m.label in wanted), "")


def subject_of(
    reading: Reading, topics: Topics, clause: Span, anchor: int, metric: MetricSpan | None, amount: Mention
) -> Subject:
    """The subject of a claim; ``anchor`` is where its metric (or, without one, its value) begins.

    In this order: the entity nearest before the metric in its clause; the noun whose metric it is (猪肉的价格);
    the first subject of the clause before; the topic of the sentences before; the nouns in front of the metric.
    """
    start = clause[0]
    index = reading.sentence_at(amount.start)
    of = metric.metric.of if metric else ""
    nearest = [m for m in subjects_in(reading, start, anchor) if of != "gpe" or m.label in ("GPE", "PRODUCT")]
    if nearest:
        return Subject(nearest[-1].name, nearest[-1])
    named = pronoun_in(reading, start, anchor)
    written = owner(reading, metric)
    topic = topics.before(index, of)
    if not written and of in ("goods", "gpe") and metric is not None and metric.modifier:
        written = reading.text[slice(*metric.modifier)].strip()
    if written and of == "goods" and not named and (topic is None or topic.label != "GPE"):
        return Subject(written)
    whole = scope(reading, start, metric)
    if whole:
        return Subject(whole)
    lead = latter(reading, index, start, anchor) or lead_before(reading, index, start, of)
    if lead is not None and lead.label == "PERSON" and written:
        return Subject(written)
    if lead is not None:
        return Subject(lead.name, lead, inferred=True)
    if topic is not None:
        return Subject(topic.name, topic, inferred=True)
    title = topics.title(of)
    if title:
        return Subject(title, inferred=True)
    if written:
        return Subject(written)
    if metric is not None and metric.modifier:
        return Subject(reading.text[slice(*metric.modifier)].strip())
    noun = first_noun(reading, index, anchor) if of == "goods" else ""
    if noun:
        return Subject(noun)
    own = subjects_in(reading, start, anchor)
    if own:  # 日本央行维持利率: nobody else has it
        return Subject(own[-1].name, own[-1])
    later = subjects_in(reading, *reading.sentences[index])
    if later and of != "gpe":
        return Subject(later[0].name, later[0], inferred=True)
    return Subject(reading.text[metric.start : metric.end] if of == "gpe" and metric else "")


def scope(reading: Reading, start: int, metric: MetricSpan | None) -> str:
    """The whole that a metric is about: 全球智能手机 of 全球智能手机出货量."""
    if metric is None:
        return ""
    found = cue_matcher("scopes").find(reading.masked[start : metric.core])
    near = [m for m in found if metric.core - (start + m[1]) <= SCOPE and reading.masked[start + m[0] - 1] != "在"]
    return reading.text[start + near[0][0] : metric.core].strip(" 的") if near else ""


def latter(reading: Reading, index: int, start: int, anchor: int) -> Mention | None:
    """后者: the last of those that were named before it in the sentence."""
    begin = reading.sentences[index][0]
    at = reading.masked.rfind(LATTER, begin, anchor)
    named = reading.entities_in(begin, at) if at >= 0 else []
    orgs = [m for m in named if m.label in SUBJECTS]
    return orgs[-1] if orgs else None


def lead_before(reading: Reading, index: int, start: int, of: str) -> Mention | None:
    """The first subject of the nearest clause before, within the sentence."""
    for clause in reversed([c for c in reading.clauses(index) if c.end <= start and not c.aside]):
        found = [m for m in subjects_in(reading, clause.start, clause.end) if of != "gpe" or m.label == "GPE"]
        if found:
            return found[0]
    return None


def first_noun(reading: Reading, index: int, end: int) -> str:
    """The first noun phrase of a sentence, where nothing in it has a name: 钯金料将…保持在2000美元."""
    words = reading.tagged(reading.sentences[index][0], end)
    table = cues()
    for at, (_, _, word, part) in enumerate(words):
        if part in ("n", "nz", "nr", "nrt", "nt") and len(word) > 1 and word not in table["general"]:
            stop = at
            while stop + 1 < len(words) and words[stop + 1][3] in ("n", "nz") and len(words[stop + 1][2]) > 1:
                stop += 1
            name = reading.text[words[at][0] : words[stop][1]]
            named = metrics().find(lower(name))
            return name[: named[0][0]] if named else name
    return ""


def owner(reading: Reading, metric: MetricSpan | None) -> str:
    """What has the metric by its grammar: 猪肉 of 猪肉的价格, 这批货 of 这批货的成本."""
    if metric is None:
        return ""
    if metric.owner is not None:
        return reading.text[slice(*metric.owner)].strip()
    start = reading.clause_at(metric.core).start
    before = reading.masked[start : metric.start]
    whole = before.removesuffix("的")
    short = 2 <= len(whole) <= OWNER and whole != before and "\0" not in whole
    return whole.strip() if short and whole not in cues()["pronouns"] else ""


def pronoun_in(reading: Reading, start: int, end: int) -> bool:
    return bool(cue_matcher("pronouns").find(reading.masked[start:end]))


def noun_before(reading: Reading, end: int, start: int) -> str:
    """The noun phrase right before a copula: 五花肉是16.5元/斤."""
    words = reading.tagged(start, end)
    table = cues()
    whole = reading.text[start:end].strip(" :>\n")
    inside = [w for w in words if start <= w[0] and w[1] <= end and w[2].strip()]
    if (
        2 <= len(whole) <= 8
        and all(part[0] in "nfbjsx" for _, _, _, part in inside)
        and whole not in table["general"]
        and not moves(whole)
    ):
        return whole  # 前臀尖, whatever the dictionary makes of it
    name = reading.text[noun_chain(reading, end, words) : end].strip()
    return "" if name in table["general"] or moves(name) or metrics().find(lower(name)) else name


def moves(text: str) -> bool:
    """True where a text holds a verb of rise or fall: 年增 names nobody."""
    return bool(directions().find(text))
