"""What is asked of a value: everything about it that speaks for one subject or another."""

from bisect import bisect_left
from operator import attrgetter

from pipeline.claims.metrics.fitting import Link, value_kind
from pipeline.claims.metrics.lexicon import cue_matcher, cues
from pipeline.claims.metrics.subject.discourse import Discourse, Told
from pipeline.claims.reading import Clause, Reading
from pipeline.lazy import lazy
from pipeline.mentions.entities.coreference import Reference
from pipeline.records import Mention

SAME = 40  # values back to which one of the same metric is looked for
START = attrgetter("start")
FIRM = "firm"  # whose a metric is that the lexicon gives to nobody else


class Question:
    """A value whose subject is looked for. ``anchor`` is where its metric, or else it, begins in its clause;
    ``front`` the same with the metric's modifiers."""

    def __init__(self, discourse: Discourse, amount: Mention, clause: Clause, found: Link) -> None:
        self.discourse, self.reading = discourse, discourse.reading
        self.amount, self.clause, self.found = amount, clause, found
        span = found.metric
        self.metric = span.metric
        self.of = self.metric.of or FIRM
        self.how = found.how
        self.verb = self.metric.role == "verb"
        self.own = clause.start <= span.core < clause.end  # the metric stands in the value's clause
        ahead = self.own and span.core < amount.start
        self.anchor = span.core if ahead else amount.start
        self.front = span.start if ahead else amount.start
        self.sentence = self.reading.sentence_at(amount.start)
        self.start, self.end = self.reading.sentences[self.sentence]
        self.kind = (self.of, self.how, self.value, self.verb)

    @lazy
    def value(self) -> str:
        """The kind of the value, as far as it tells who can have it."""
        if self.metric.name in cues()["positions"]:
            return "position"  # what people have of their own when they trade
        return value_kind(self.amount)

    @lazy
    def reference(self) -> Reference | None:
        """The word of the clause that stands for a name: 该公司."""
        return self.reading.reference_in(self.clause.start, self.anchor)

    @lazy
    def reference_before(self) -> Reference | None:
        """The last such word of the sentence's clauses before, where the clause has none."""
        if self.reference is not None:
            return None
        return self.reading.reference_in(self.start, self.clause.start)

    @lazy
    def pronoun(self) -> bool:
        return pronoun_in(self.reading, self.clause.start, self.anchor)

    @lazy
    def firm_word(self) -> str:
        """Where a word such as 公司 or 集团 stands for a firm: ``own`` clause, ``before`` it, or nowhere."""
        masked = self.reading.masked
        if cue_matcher("firm_words").find(masked[self.clause.start : self.anchor]):
            return "own"
        return "before" if cue_matcher("firm_words").find(masked[self.start : self.clause.start]) else ""

    @lazy
    def told(self) -> list[Told]:
        """The last values before, in order."""
        told = self.discourse.told
        stop = bisect_left(told, self.amount.start, key=START)
        return told[max(0, stop - SAME) : stop]

    @lazy
    def told_of_metric(self) -> str:
        """Whom the last value of the same metric was told of."""
        predicate = self.found.metric.predicate
        return next((t.subject.name for t in reversed(self.told) if t.metric == predicate), "")


def pronoun_in(reading: Reading, start: int, end: int) -> bool:
    """True where a pronoun stands in ``start:end``, and no word that only begins as one (其他)."""
    text = reading.masked[start:end]
    found = cue_matcher("pronouns").find(text)
    others = cue_matcher("no_pronouns").find(text) if found else []
    return any(not any(left <= one[0] < right for left, right, _ in others) for one in found)
