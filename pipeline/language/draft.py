"""What is known of a post before it becomes a spaCy Doc: its folded text, sentences, words and mentions."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from pipeline.language.fold import fold
from pipeline.language.sentences import Span, sentences
from pipeline.language.words import Words
from pipeline.lazy import lazy
from pipeline.records import Mention, Post

SHARED = ("EVENT", "LAW")
PLACE = attrgetter("start", "end")


@dataclass
class Draft:
    """One post on its way to a Doc; each part is made when it is first asked for.

    ``title_entities`` stand in the title: their offsets are the title's.
    """

    post: Post
    mentions: list[Mention] = field(default_factory=list)
    title_entities: list[Mention] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.post.text

    @lazy
    def folded(self) -> str:
        return fold(self.post.text)

    @lazy
    def sentences(self) -> list[Span]:
        return sentences(self.post.text)

    @lazy
    def words(self) -> Words:
        return Words(self.folded, self.sentences)

    def scan(self, scanners: "Iterable[Callable[[Draft], list[Mention]]]") -> None:
        """Run the scanners; what they find stays whole when the text is cut into words."""
        for scanner in scanners:
            self.add(scanner(self))
        self.words.protect([(m.start, m.end) for m in self.mentions])

    def add(self, mentions: list[Mention]) -> None:
        """Keep mentions that overlap none found earlier; a date may share its words with a named event (双十一)."""
        firm = [m for m in self.mentions if m.label not in SHARED]
        starts = [m.start for m in firm]
        every = [m.start for m in self.mentions]
        kept = []
        for mention in mentions:
            held, edges = (firm, starts) if mention.kind == "date" else (self.mentions, every)
            at = bisect_left(edges, mention.end)
            if at == 0 or held[at - 1].end <= mention.start:
                kept.append(mention)
        self.mentions = sorted([*self.mentions, *kept], key=PLACE)
