"""What a post has told so far, and of whom: the memory that a value without a subject of its own is resolved in."""

from bisect import bisect_right
from collections import Counter
from typing import NamedTuple

from pipeline.claims.metrics.cover import Cover
from pipeline.claims.metrics.fitting import Link, cover
from pipeline.claims.metrics.lexicon import gap_matcher
from pipeline.claims.metrics.roles import is_medium, led_by
from pipeline.claims.reading import Reading
from pipeline.claims.scales import SALIENCE, step
from pipeline.frozen import frozen
from pipeline.lazy import lazy
from pipeline.records import Mention


@frozen
class Subject:
    """``name`` is canonical for an entity, else as written; ``mention`` is None for the latter.

    ``inferred`` is True where the clause of the value does not say it, ``titled`` where only the post's title does.
    """

    name: str
    mention: Mention | None = None
    inferred: bool = False
    titled: bool = False


NOBODY = Subject("")


@frozen
class Told:
    """A value that has its subject: of which metric, whose kind of metric that is, and where it stands."""

    subject: Subject
    metric: str
    of: str
    start: int
    sentence: int


class Topicality(NamedTuple):
    """How much a post is about a name: how many are said more often, how often it is said, how many sentences it leads,
    whether it stands in the first one and in the title."""

    rank: str
    said: str
    led: str
    opens: bool
    titled: bool


class Discourse:
    """A post's names by how often and where it says them, and what has been told of whom."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.told: list[Told] = []
        self.scale = SALIENCE.scale()

    def last_in(self, sentence: int) -> Subject:
        """Whom the last value of a sentence was told of."""
        return self.told[-1].subject if self.told and self.told[-1].sentence == sentence else NOBODY

    def tell(self, subject: Subject, amount: Mention, found: Link) -> None:
        """Keep of whom a value has been told."""
        metric = found.metric
        sentence = self.reading.sentence_at(amount.start)
        self.told.append(Told(subject, metric.predicate, metric.metric.of, amount.start, sentence))

    def firm(self) -> Mention | None:
        """The company that values were told of last, else the one that the post says most often."""
        for told in reversed(self.told):
            if told.subject.mention is not None and told.subject.mention.label == "ORG":
                return told.subject.mention
        name = self.most_said.get("ORG")
        return next((m for m in self.reading.subjects if m.name == name), None)

    @lazy
    def cover(self) -> Cover:
        """What is no noise between a name and what is told of it."""
        return cover(self.reading, gap_matcher())

    @lazy
    def firms(self) -> dict[str, Mention]:
        """The companies of the post with their first mention, in order, but for those that only report."""
        found: dict[str, Mention] = {}
        for mention in self.reading.subjects:
            if mention.label == "ORG" and not is_medium(mention):
                found.setdefault(mention.name, mention)
        return found

    @lazy
    def only_firm(self) -> Mention | None:
        """The one company of the post."""
        return next(iter(self.firms.values())) if len(self.firms) == 1 else None

    @lazy
    def most_said(self) -> dict[str, str]:
        """The name of each label that the post says most often."""
        counts: dict[str, Counter[str]] = {}
        for mention in self.reading.entities:
            counts.setdefault(mention.label, Counter())[mention.name] += 1
        return {label: names.most_common(1)[0][0] for label, names in counts.items()}

    def topicality(self, name: str) -> Topicality:
        said = self.counts[name]
        return Topicality(
            step(len(self.in_order) - bisect_right(self.in_order, said), 0, 1, 2, 4),
            step(said, 1, 2, 4, 8),
            step(self.leading[name], 0, 1, 2, 4),
            name in self.opening,
            name in self.in_title,
        )

    def titled(self, noun: str) -> bool:
        return noun in self.reading.draft.post.title

    @lazy
    def counts(self) -> Counter[str]:
        """How often each name is said."""
        return Counter(mention.name for mention in self.reading.subjects)

    @lazy
    def in_order(self) -> list[int]:
        return sorted(self.counts.values())

    @lazy
    def leading(self) -> Counter[str]:
        """How many sentences each name leads."""
        first = (led_by(self.reading, *sentence)[:1] for sentence in self.reading.sentences)
        return Counter(mention.name for leads in first for mention in leads)

    @lazy
    def opening(self) -> frozenset[str]:
        """The names of the first sentence."""
        return frozenset(
            m.name for start, end in self.reading.sentences[:1] for m in self.reading.subjects_in(start, end)
        )

    @lazy
    def in_title(self) -> frozenset[str]:
        return frozenset(mention.name for mention in self.reading.draft.title_entities)
