"""What is known of a post before it becomes a spaCy Doc: its folded text, sentences, words and mentions."""

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.language.fold import fold
from pipeline.language.sentences import Span, sentences
from pipeline.language.words import Words
from pipeline.records import Mention, Post


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

    @cached_property
    def folded(self) -> str:
        return fold(self.post.text)

    @cached_property
    def sentences(self) -> list[Span]:
        return sentences(self.post.text)

    @cached_property
    def words(self) -> Words:
        return Words(self.folded, self.sentences)

    def add(self, mentions: list[Mention]) -> None:
        """Keep mentions; one that overlaps an earlier one is dropped, so that spans stay whole words."""
        starts = [mention.start for mention in self.mentions]
        kept = []
        for mention in mentions:
            at = bisect_left(starts, mention.end)
            if at == 0 or self.mentions[at - 1].end <= mention.start:
                kept.append(mention)
        self.mentions = sorted([*self.mentions, *kept], key=lambda m: (m.start, m.end))
