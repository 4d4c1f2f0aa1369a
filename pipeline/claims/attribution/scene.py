"""What the frames of reported speech share while a post is being read."""

from dataclasses import dataclass, field

from pipeline.claims.attribution.content import Content, Quotation, Quotations
from pipeline.claims.attribution.record import Attribution, Span
from pipeline.claims.attribution.speakers import Speaker
from pipeline.claims.reading import Reading

SPOKEN = ("entity", "agent")
RECENT = 20  # attributions before a sentence in which an antecedent is looked for


@dataclass
class Scene:
    """A post while its frames are being read: its quotations, and what has been found so far."""

    reading: Reading
    quotes: Quotations
    found: list[Attribution] = field(default_factory=list)
    since: int = 0  # of ``found``, where the sentence that is being read begins

    @property
    def recent(self) -> list[Attribution]:
        """What this sentence and those just before it gave."""
        return self.found[max(0, self.since - RECENT) :]

    def taken(self, start: int, end: int) -> bool:
        """True where a frame has its verb there already."""
        return any(a.verb[0] < end and start < a.verb[1] for a in self.recent)

    def spoken(self, quote: Quotation) -> bool:
        """True where a quotation has its speaker already."""
        return any(a.content_start == quote.start for a in self.recent)

    def earlier(self, at: int) -> list[Attribution]:
        return sorted((a for a in self.recent if a.verb[0] < at), key=lambda a: a.verb)


def made(
    scene: Scene, rule: str, start: int, verb: Span, speaker: Speaker, content: Content, stop: int, verb_class: str
) -> Attribution:
    """An attribution whose content stands behind its verb."""
    kind = {"self": "self", "document": "report"}.get(speaker.kind, "statement")
    reach = (start, content.end if content.quoted else max(content.end, min(stop, bracketed(scene, verb[1], stop))))
    name = speaker.name
    if speaker.kind == "document":
        name = speaker.mention.name if speaker.mention is not None else ""
    return Attribution(
        kind, rule, start, verb, name, speaker.mention, ((content.start, content.end),), reach, verb_class,
        speaker.inferred, content.quoted,
    )  # fmt: skip


def bracketed(scene: Scene, at: int, stop: int) -> int:
    around = scene.quotes.around(at)
    return min(stop, around.end) if around is not None else stop
