"""What is asked of a value, and how its subject is told: what the steps of ``subject.py`` and ``likely.py`` share."""

from pipeline.claims.chunks import phrase_end
from pipeline.claims.metrics import things
from pipeline.claims.metrics.candidates import (
    lead_before,
    owner,
    pronoun_in,
    rated_before,
    stood_for,
)
from pipeline.claims.metrics.dropped import (
    first_person,
    poster_before,
)
from pipeline.claims.metrics.lexicon import cue_tuple, cues, metrics
from pipeline.claims.metrics.roles import (
    part_of,
)
from pipeline.claims.metrics.spot import MetricSpan, lower
from pipeline.claims.metrics.topics import Topics
from pipeline.claims.nominals import OBJECT
from pipeline.claims.phrases import head_entity, is_person, units, without_asides, written
from pipeline.claims.reading import SUBJECTS, Reading, Span
from pipeline.frozen import frozen
from pipeline.lazy import lazy
from pipeline.records import Mention


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


def is_metric(text: str) -> bool:
    """True for a text that is the name of a metric, and nothing else."""
    return any(left == 0 and right == len(text) for left, right, _ in metrics().find(lower(text)))


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
        # 产量 of 产量增速 is the metric's own, 平 of 平均价 a part of a word
        part = len(found) < 2 or (self.of == "goods" and is_metric(found))
        return "" if part else found.strip()

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
        if named is None and self.metric is not None and "view" in self.metric.metric.takes:
            named = rated_before(self.reading, self.index, self.start)
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
