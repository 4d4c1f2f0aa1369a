"""What a post has told so far, and of whom: the memory that a value without a subject of its own is resolved in."""

from collections import Counter

from pipeline.claims.metrics.cover import Cover
from pipeline.claims.metrics.fitting import Link, cover
from pipeline.claims.metrics.lexicon import gap_matcher
from pipeline.claims.metrics.roles import is_medium
from pipeline.claims.metrics.subject.weights import scale
from pipeline.claims.reading import Reading
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


class Discourse:
    """A post's names by how often and where it says them, and what has been told of whom."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.told: list[Told] = []
        self.scale = scale()

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
