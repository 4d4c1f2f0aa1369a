"""What a frame of reported speech gives."""

from pipeline.frozen import frozen
from pipeline.records import Mention

Span = tuple[int, int]


@frozen
class Attribution:
    """Somebody's words in a post; spans are into its text.

    ``kind`` is ``statement`` (somebody speaks), ``report`` (a document or data shows; no row) or ``self`` (the
    author; neither row nor source). ``start`` is where the frame begins, ``verb`` the predicate as written,
    ``contents`` the content clause, in two pieces where the frame stands inside a quotation. ``reach`` is what is
    attributed: the content and on to the end of its sentence. ``verb_class`` is the certainty that the verb itself
    gives its content. ``inferred`` is True for a speaker that the text before gives.
    """

    kind: str
    rule: str
    start: int
    verb: Span
    speaker: str
    mention: Mention | None
    contents: tuple[Span, ...]
    reach: Span
    verb_class: str = "reported"
    inferred: bool = False
    quoted: bool = False

    @property
    def content_start(self) -> int:
        return self.contents[0][0]

    @property
    def end(self) -> int:
        return max(self.verb[1], *(end for _, end in self.contents))

    def covers(self, start: int, end: int) -> bool:
        return start < self.reach[1] and end > self.reach[0] and end > self.content_start
