"""Whose metric it is: who or what a clause names, else who or what the text has been telling of."""

from collections.abc import Callable

from pipeline.claims.chunks import phrase_end
from pipeline.claims.metrics import things
from pipeline.claims.metrics.candidates import (
    clauses_before,
    lead_before,
    own_subject,
    owner,
    pronoun_in,
    rival,
    scope,
    stood_for,
)
from pipeline.claims.metrics.dropped import (
    acting,
    board,
    collective,
    country_told,
    employer,
    firm_word,
    firms,
    first_person,
    name_ahead,
    person_told,
    pointed,
    poster_before,
)
from pipeline.claims.metrics.fitting import unexplained
from pipeline.claims.metrics.lexicon import cue_matcher, cue_tuple, cues, metrics
from pipeline.claims.metrics.roles import (
    is_house,
    is_marketplace,
    is_medium,
    is_office,
    is_speaker,
    part_of,
    subjects_in,
)
from pipeline.claims.metrics.spot import MetricSpan, lower
from pipeline.claims.metrics.topics import Topics
from pipeline.claims.nominals import OBJECT, TOPIC
from pipeline.claims.phrases import head_entity, is_person, units, without_asides, written
from pipeline.claims.reading import SUBJECTS, Reading, Span
from pipeline.frozen import frozen
from pipeline.lazy import lazy
from pipeline.records import Mention

NEAR = 1  # characters between a person and what they have


@frozen
class Subject:
    """``name`` is canonical for an entity, else as written; ``mention`` is None for the latter.

    ``until`` is where the value ends that was told of it, -1 where none was; ``thing`` is True for a common noun.
    """

    name: str
    mention: Mention | None = None
    inferred: bool = False
    titled: bool = False
    until: int = -1
    thing: bool = False


class Question:
    """What is known of a value whose subject is looked for; ``anchor`` is where its metric, or it, begins."""

    def __init__(
        self, reading: Reading, topics: Topics, clause: Span, anchor: int, metric: MetricSpan | None, amount: Mention
    ) -> None:
        self.reading, self.topics, self.metric, self.amount, self.anchor = reading, topics, metric, amount, anchor
        self.start, self.end = clause
        self.index = reading.sentence_at(amount.start)
        self.of = metric.metric.of if metric else ""
        self.verb = metric is not None and metric.metric.role == "verb"
        self.front = metric.start if metric is not None else anchor  # modifiers of the metric included

    @lazy
    def pronoun(self) -> bool:
        return pronoun_in(self.reading, self.start, self.anchor)

    @lazy
    def possessor(self) -> str:
        """What has the metric by its grammar: 猪肉 of 猪肉的价格, 铜 of 铜报价."""
        found = owner(self.reading, self.metric)
        if found or self.metric is None or self.of not in ("goods", "gpe"):
            return found
        found = things.without_tail(self.reading, self.metric) if self.metric.modifier else ""
        if not found and self.of == "goods":
            found = things.noun_of(self.reading, self.start, self.metric)
        if not found and self.metric.modifier and not things.ends_in_deed(self.reading, *self.metric.modifier):
            found = self.reading.text[slice(*self.metric.modifier)]
        return found.strip()

    @lazy
    def holder_end(self) -> int:
        """Up to where a clause can say who has the metric: into its own name where that names who deals (外资买超).

        Of shares it tells how many of a company's were dealt in, of money how much who deals has moved.
        """
        if self.metric is None:
            return self.anchor
        deals = self.amount.kind == "money" and self.metric.metric.name.endswith(cue_tuple("dealings"))
        return self.metric.end if deals else self.metric.core

    @lazy
    def lead(self) -> Mention | None:
        """Who or what the clauses before, in the same sentence, are about."""
        named = stood_for(self.reading, self.start, self.anchor, self.of)
        return named or lead_before(self.reading, self.index, self.start, self.of)

    @lazy
    def poster(self) -> str:
        return poster_before(self.reading, self.index, self.anchor)

    def deals(self, lead: Mention) -> bool:
        """True where a poster who speaks of themself dealt in ``lead``, and has what the verb tells: 赚了, 花了."""
        acted = (self.verb or self.own) and self.of in ("", "person") and part_of(self.reading, lead) == OBJECT
        return acted and bool(first_person(self.reading, self.anchor))

    @lazy
    def own(self) -> bool:
        """True for what people have of their own when they trade, and for what they earn and spend."""
        if self.metric is None or self.of not in ("", "person"):
            return False
        return self.metric.metric.name in cues()["positions"]

    @lazy
    def of_things(self) -> bool:
        """True where common nouns can have it: prices, moves, what is made and sold."""
        price = self.metric is not None and not self.of and things.is_price(self.metric)
        return (self.metric is None or self.of in ("goods", "share") or self.verb or price) and not self.pronoun


def subject_of(
    reading: Reading, topics: Topics, clause: Span, anchor: int, metric: MetricSpan | None, amount: Mention
) -> Subject:
    """The subject of a claim: the answer of the first step that has one; ``anchor`` as in ``Question``."""
    asked = Question(reading, topics, clause, anchor, metric, amount)
    return next((found for step in STEPS if (found := step(asked)) is not None), Subject(""))


def named(asked: Question) -> Subject | None:
    """The name in front of the metric in its clause; a match is both of its teams (盐城VS泰州)."""
    found = own_subject(asked.reading, asked.start, asked.anchor, asked.metric, asked.pronoun)
    other = rival(asked.reading, asked.start, found) if found is not None else None
    if found is not None and other is not None:
        return Subject(asked.reading.text[other.start : found.end])
    return Subject(found.name, found) if found is not None else None


def player(asked: Question) -> Subject | None:
    """The person whose age, goals or fee it is, also one who is acted on: 水晶宫签下迈尔，转会费…; 给迈尔开出…周薪."""
    if asked.of not in ("human", "person"):
        return None
    index = asked.index if asked.of == "human" else -1  # pay is that of others, too, who are named before
    known = person_told(asked.reading, index, asked.start, asked.anchor)
    return Subject(known.name, known, inferred=known.start < asked.start) if known is not None else None


def described(asked: Question) -> Subject | None:
    """What the value only describes: 现年21岁的哈兰德."""
    metric, end = asked.metric, asked.amount.end
    if metric is not None and metric.start >= end + 2:
        return None
    before = asked.reading.masked[asked.start : asked.anchor].rstrip()
    if before.endswith(cue_tuple("becoming")):
        return None  # 成为持股近4%的股东: told of who became one
    return relative_head(asked.reading, max(end, metric.end if metric else 0), asked.end)


def people(asked: Question) -> Subject | None:
    """The people that the clause begins with."""
    if asked.of not in ("", "person", "human"):
        return None
    found = acting(asked.reading, asked.start, asked.front)
    return Subject(found) if found else None


def holder(asked: Question) -> Subject | None:
    """The poster, or whom the poster tells of, right in front of what they have: 我|成本15块, 朋友|亏了30%."""
    if not asked.own or not asked.poster or asked.pronoun:
        return None
    found = cue_matcher("persons").find(asked.reading.masked[asked.start : asked.front])
    if not found or found[-1][2] in cues()["no_persons"]:
        return None
    left, right = asked.start + found[-1][0], asked.start + found[-1][1]
    near = unexplained(asked.reading, right, asked.front) <= NEAR
    return Subject(asked.reading.text[left:right]) if near else None


def firm(asked: Question) -> Subject | None:
    """The companies without a name that the clause begins with: 五大上市险企合计实现营收."""
    found = ""
    if asked.of in ("", "share", "goods"):
        found = firms(asked.reading, asked.start, asked.front)
    if not found and not asked.pronoun:
        found = collective(asked.reading, asked.start, asked.holder_end)
        found = found or board(asked.reading, asked.start, asked.holder_end)
    return Subject(found) if found else None


def opener(asked: Question) -> Subject | None:
    """The name that the dictionary has and the gazetteers lack, alone at the head of the clause: 恒生这个股息率."""
    if asked.of in ("gpe", "goods"):
        return None
    found = name_ahead(asked.reading, asked.start, asked.anchor)
    return Subject(found) if found else None


def maker(asked: Question) -> Subject | None:
    """Who makes what is counted: 特斯拉公布，汽车产量达到36.5万辆."""
    if asked.metric is None or "count" not in asked.metric.metric.takes:
        return None
    found = lead_before(asked.reading, asked.index, asked.start, asked.of)
    return Subject(found.name, found, inferred=True) if found is not None and found.label == "ORG" else None


def priced(asked: Question) -> Subject | None:
    """The thing whose price or amount it is."""
    told = asked.possessor and asked.of == "goods" and not asked.pronoun
    return Subject(asked.possessor, thing=True) if told else None


def whole(asked: Question) -> Subject | None:
    found = scope(asked.reading, asked.start, asked.metric)
    return Subject(found) if found else None


def thing(asked: Question) -> Subject | None:
    """The common noun that the clause is about."""
    if not asked.of_things:
        return None
    found = things.topic_noun(asked.reading, asked.start, asked.anchor, rare=asked.of == "share")
    if not found and asked.of == "goods":
        found = things.opening_noun(asked.reading, asked.start, asked.anchor)
    return Subject(found, thing=True) if found else None


def opening_thing(asked: Question) -> Subject | None:
    """The thing without a name that the clause opens with, and points at: 该桥, 这家店."""
    found = things.pointed_at(asked.reading, asked.start, asked.anchor) if asked.of != "person" else ""
    return Subject(found) if found else None


def told_before(asked: Question) -> Subject | None:
    """Who or what the clause before is about; the poster for what people have and do (我…亏了三千)."""
    lead = asked.lead
    if lead is None and asked.of_things:
        found = things.thing_before(asked.reading, asked.index, asked.start, rare=asked.of == "share")
        if found:
            return Subject(found, inferred=True, thing=True)
    if lead is None and asked.of in ("", "share"):
        for clause in clauses_before(asked.reading, asked.index, asked.start):
            found = firms(asked.reading, clause.start, clause.end) or board(asked.reading, clause.start, clause.end)
            if found:
                return Subject(found, inferred=True)
    if lead is not None and lead.label == "PERSON" and asked.possessor:
        return Subject(asked.possessor)
    if lead is not None and asked.deals(lead):
        return None  # 买了中国建筑，赚了5000元: who dealt in it
    if asked.poster and (asked.of in ("person", "human") or (asked.verb and asked.of != "goods")):
        return Subject(asked.poster)
    return Subject(lead.name, lead, inferred=True) if lead is not None else None


def topic(asked: Question) -> Subject | None:
    """Who or what the sentences before are about."""
    found = asked.topics.before(asked.index, asked.of)
    if found is None and asked.of == "human":
        found = asked.topics.before(asked.index)  # a club, where no player has been named
    if found is not None and asked.deals(found):
        return None
    return Subject(found.name, found, inferred=True) if found is not None else None


def title(asked: Question) -> Subject | None:
    found = asked.topics.title(asked.of)
    return Subject(found, inferred=True, titled=True) if found else None


def country(asked: Question) -> Subject | None:
    found = asked.topics.scope(asked.index) if asked.of == "gpe" else ""
    return Subject(found, inferred=True) if found else None


def modifying(asked: Question) -> Subject | None:
    """The nouns in front of the metric."""
    if asked.possessor:
        return Subject(asked.possessor, thing=True)
    metric, reading = asked.metric, asked.reading
    if metric is None or not metric.modifier or metrics().find(lower(reading.folded[slice(*metric.modifier)])):
        return None
    name = reading.text[slice(*metric.modifier)].strip()
    return Subject(name, thing=True) if len(name) > 1 and things.names_thing(reading, *metric.modifier) else None


def poster(asked: Question) -> Subject | None:
    known = asked.poster and asked.metric is not None and asked.of in ("", "person", "human")
    return Subject(asked.poster) if known else None


def first_thing(asked: Question) -> Subject | None:
    found = things.first_thing(asked.reading, asked.index, asked.anchor) if asked.of == "goods" else ""
    return Subject(found, thing=True) if found else None


def office(asked: Question) -> Subject | None:
    """The country whose office publishes, for what countries and things have."""
    return any_office(asked) if asked.of in ("gpe", "goods") else None


def any_office(asked: Question) -> Subject | None:
    found = country_told(asked.reading, asked.index, asked.start, asked.anchor)
    return Subject(found, inferred=True) if found else None


def any_name(asked: Question) -> Subject | None:
    """Whoever is named in the clause, where nobody else has it: 日本央行维持利率."""
    own = [m for m in subjects_in(asked.reading, asked.start, asked.anchor) if not is_speaker(asked.reading, m)]
    if asked.metric is not None and "view" in asked.metric.metric.takes:
        own = [m for m in own if not is_house(m)]
    return Subject(own[-1].name, own[-1]) if own else None


def speakers_firm(asked: Question) -> Subject | None:
    found = employer(asked.reading, asked.index, asked.anchor) if asked.of in ("", "goods", "share") else None
    return Subject(found, inferred=True) if found else None


def dropped_poster(asked: Question) -> Subject | None:
    found = first_person(asked.reading, asked.anchor) if asked.of in ("", "person", "human", "goods") else ""
    return Subject(found, inferred=True) if found else None


def buyers(asked: Question) -> Subject | None:
    """The people of the clause, where what they deal in has not been named: 股民以23元买入."""
    found = acting(asked.reading, asked.start, asked.anchor)
    return Subject(found) if found else None


def own_name(asked: Question) -> Subject | None:
    """What has its price for a name: 德意志银行认为，金价将到6000美元 tells of nobody else."""
    goods = asked.metric is not None and asked.metric.metric.name.endswith(cue_tuple("priced_words"))
    return by_name(asked) if goods else None


def by_name(asked: Question) -> Subject | None:
    """What the metric's own name says is priced: 金价."""
    found = things.priced_thing(asked.reading, asked.metric) if asked.metric is not None else ""
    return Subject(found) if found else None


def trader(asked: Question) -> Subject | None:
    """The poster, for what only who holds shares has, where nobody at all has it."""
    if asked.metric is None:
        return None
    metric = asked.metric.metric
    held = metric.name in cues()["holders"] and (asked.of == "person" or asked.verb)
    held = held or ("held" in metric.takes and metric.name in cues()["own_deeds"])
    return Subject(next(iter(cues()["the_author"])), inferred=True) if held else None


def acted_on(asked: Question) -> Subject | None:
    """What the sentence has named before, though it does nothing there: 把手机锁在80%，一年355次循环."""
    if asked.of == "gpe":
        return None
    found = subjects_in(asked.reading, asked.reading.sentences[asked.index][0], asked.anchor)
    found = [m for m in found if m.label in ("ORG", "PRODUCT") and not is_medium(m)]
    known = next((m for m in found if not is_office(m) and not is_marketplace(m)), None)
    return Subject(known.name, known, inferred=True) if known is not None else None


def pointed_at(asked: Question) -> Subject | None:
    """The thing that is pointed at and nowhere named: 这辆车跑了6万公里，油耗7.8L."""
    if asked.of not in ("", "goods"):
        return None
    return next((Subject(name, inferred=far) for name, far in pointed(asked.reading, asked.index, asked.anchor)), None)


def place(asked: Question) -> Subject | None:
    """The place or the event that the clause, or one before, opens with: 黄山接待游客18.6万人次."""
    start = asked.reading.sentences[asked.index][0]
    found = [m for m in asked.reading.entities_in(start, asked.front) if m.label in ("LOC", "EVENT")]
    topics = [m for m in found if part_of(asked.reading, m) == TOPIC]
    return Subject(topics[-1].name, topics[-1], inferred=topics[-1].start < asked.start) if topics else None


def named_later(asked: Question) -> Subject | None:
    """The company that a clause behind opens with: 去年亏损3亿元，今年盈利，零跑终于熬出头了."""
    if asked.of == "gpe":
        return None
    found = subjects_in(asked.reading, asked.end, asked.reading.sentences[asked.index][1])
    later = next((m for m in found if m.label == "ORG" and not is_medium(m)), None)
    if later is None or later.start != asked.reading.clause_at(later.start).start or is_speaker(asked.reading, later):
        return None
    return Subject(later.name, later, inferred=True)


def last_thing(asked: Question) -> Subject | None:
    """The common noun that the clause opens with, else what it describes: 毛利率60%的游戏业务."""
    found = things.opening_noun(asked.reading, asked.start, asked.front) if asked.of != "gpe" else ""
    if found or asked.verb:
        return Subject(found, thing=True) if found else None
    return relative_head(asked.reading, asked.amount.end, asked.end, people=False)


def nameless_firm(asked: Question) -> Subject | None:
    """The company that calls itself nothing else: the only one of the post, be it named later, else as written where
    the post names none or the sentence says so (集团营业额上升4%)."""
    if asked.of not in ("", "share", "goods"):
        return None
    reading, start = asked.reading, asked.reading.sentences[asked.index][0]
    found = firm_word(reading, asked.anchor)
    if found and (only := asked.topics.only) is not None:
        return Subject(only.name, only, inferred=True)
    if found and any(m.label == "ORG" for m in reading.subjects):
        found = firm_word(reading, asked.anchor, start)
    return Subject(found, inferred=True) if found else None


def author(asked: Question) -> Subject | None:
    """Who writes, for what people have and do, in a post that names nobody: 那天打牌输了5块钱."""
    personal = asked.of in ("person", "human") or (asked.verb and not asked.of)
    if (
        not personal
        or asked.pronoun
        or asked.amount.kind != "money"
        or any(m.label != "GPE" for m in asked.reading.entities if m.label in SUBJECTS)
    ):
        return None
    if any(is_person(unit.word) for unit in units(asked.reading, asked.start, asked.anchor)):
        return None
    return Subject(next(iter(cues()["the_author"])), inferred=True)


# From what stands nearest to the value to what is only likely.
STEPS: tuple[Callable[[Question], Subject | None], ...] = (
    *(player, named, described, holder, people, firm, opener, maker, priced, whole, opening_thing, thing),
    *(own_name, told_before, topic, title, country, modifying, poster, first_thing, office),
    *(any_name, speakers_firm, by_name, dropped_poster),
    *(buyers, acted_on, pointed_at, named_later, nameless_firm, place, last_thing, any_office, author, trader),
)


def relative_head(reading: Reading, stop: int, end: int, people: bool = True) -> Subject | None:
    """What a clause that ends in 的 tells of: 哈兰德 of 现年21岁的哈兰德, 云业务 of 占营收六成的云业务.

    ``stop`` is where the metric and its value end; ``people`` False takes any common noun, not people alone.
    """
    found = without_asides(units(reading, stop, end))
    at = next((i for i, unit in enumerate(found) if unit.kind == "de"), -1)
    if at < 0 or any(unit.kind not in ("noun", "aux", "place") for unit in found[:at]):
        return None
    head = found[at + 1 : phrase_end(found, at + 1)]
    if not head:
        return None
    named = head_entity(head)
    if named is not None:
        return Subject(named.name, named) if named.label in SUBJECTS else None
    anyone = not people and not metrics().find(head[-1].word.lower())
    return Subject(written(reading, head)) if is_person(head[-1].word) or anyone else None
