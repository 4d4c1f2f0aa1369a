"""Who a text is about: the topics that a clause without a subject of its own falls back on."""

from functools import cached_property

from pipeline.claims.metrics.lexicon import cue_matcher, cues
from pipeline.claims.metrics.roles import (
    by_setter,
    can_lead,
    is_institute,
    is_marketplace,
    is_medium,
    is_speaker,
    led_by,
    only_tells,
)
from pipeline.claims.reading import SUBJECTS, Reading
from pipeline.records import Mention

FAR = 12  # sentences over which a topic lasts
# A topic of this kind gives way to a company that was named not more than so many sentences before.
GIVES_WAY = {"GPE": 4, "PERSON": 5}
SPEAKER_GIVES_WAY = 3
GOODS_FIRST = 2  # sentences by which a product may be farther away than a company, for what goods have
SCOPES = 6  # sentences over which a whole such as 全国 is spoken of


class Topics:
    """Who each sentence is about, so that a clause without a subject can take the last one."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._before: dict[tuple[int, str], Mention | None] = {}

    def leads(self, index: int) -> list[Mention]:
        """Who a sentence is about."""
        return led_by(self.reading, *self.reading.sentences[index])

    @cached_property
    def only(self) -> Mention | None:
        """The one company of the post."""
        first: Mention | None = None
        for mention in self.reading.entities:
            other = mention.label == "ORG" and (first is None or mention.name != first.name)
            if other and can_lead(self.reading, mention):
                if first is not None:
                    return None
                first = mention
        return None if first is None or is_institute(first) or is_medium(first) else first

    def before(self, index: int, of: str = "") -> Mention | None:
        """The topic of the sentences before ``index``, the nearest first; an economy for a macro metric.

        A place or a person gives way to a company named not far before it, and so does who only speaks.
        """
        key = (index, of)
        if key not in self._before:
            self._before[key] = self._nearest(index, of)
        return self._before[key]

    def _nearest(self, index: int, of: str) -> Mention | None:
        best: tuple[int, Mention] | None = None
        for at in range(index - 1, max(-1, index - FAR), -1):
            if best is not None and index - at > best[0]:
                break
            leads = [m for m in self.leads(at) if not self.only_speaks(m)]
            for place, lead in enumerate(leads):
                far = index - at + self.weight(lead, of)
                if place and lead.label != "ORG":
                    continue
                if only_tells(self.reading, lead, of) or (of == "goods" and is_marketplace(lead)):
                    continue
                if lead.label == "PRODUCT" and not of and not self.same_line(lead, index):
                    continue  # what is told of a product in a line of its own is not the next line's
                if (best is None or far < best[0]) and self.fits(lead, of):
                    best = (far, lead)
        if best is not None and best[0] <= FAR:
            return best[1]
        # The one company of the post, where it has been named already or stands in a stock tag.
        known = self.only is not None and (
            self.only.start < self.reading.sentences[index][0] or self.reading.text[self.only.start - 1] == "$"
        )
        return self.only if known and of != "gpe" else None

    def only_speaks(self, lead: Mention) -> bool:
        return is_medium(lead) or (lead.label == "PERSON" and is_speaker(self.reading, lead))

    def same_line(self, lead: Mention, index: int) -> bool:
        return "\n" not in self.reading.text[lead.end : self.reading.sentences[index][0]].rstrip("\n")

    def company(self, amount: Mention) -> Mention | None:
        """The company that a sentence, or the ones before it, are about."""
        index = self.reading.sentence_at(amount.start)
        own = [m for m in self.leads(index) if m.label == "ORG" and m.end <= amount.start]
        if own:
            return own[0]
        topic = self.before(index)
        return topic if topic is not None and topic.label == "ORG" else None

    def weight(self, lead: Mention, of: str) -> int:
        """By how many sentences a topic may be farther away and still be preferred to this one."""
        if of == "gpe":
            return 0
        if of == "goods" and lead.label == "ORG":
            return GOODS_FIRST  # 定金 is the car's rather than its maker's
        spoken = SPEAKER_GIVES_WAY if is_speaker(self.reading, lead) else 0
        setter = SPEAKER_GIVES_WAY if by_setter(self.reading, lead) else 0
        return GIVES_WAY.get(lead.label, max(spoken, setter))

    def fits(self, lead: Mention, of: str) -> bool:
        """True where a topic can have the metric: a share has a price target of another's, an economy no price."""
        if of == "share":
            return lead.label == "ORG" and not by_setter(self.reading, lead)
        if lead.label == "PERSON" and is_speaker(self.reading, lead):
            return False
        return fits_topic(lead, of)

    def scope(self, index: int) -> str:
        """The whole country that the sentences before speak of (全国), where no name is."""
        for at in range(index, max(-1, index - SCOPES), -1):
            start, end = self.reading.sentences[at]
            found = [
                m for m in cue_matcher("scopes").find(self.reading.masked[start:end]) if m[2] in cues()["economies"]
            ]
            if found:
                return found[0][2]
        return ""

    def title(self, of: str = "") -> str:
        """The first subject that the post's title names; also of a reply, whose title is the thread's."""
        wanted = {"gpe": {"GPE"}, "goods": {"ORG", "PRODUCT"}}.get(of, SUBJECTS)
        return next((m.name for m in self.reading.draft.title_entities if m.label in wanted), "")


def fits_topic(mention: Mention, of: str) -> bool:
    """True where a topic can have a metric that belongs to economies, to goods, to companies."""
    if of == "gpe":
        return mention.label == "GPE"
    if of in ("person", "human"):
        return mention.label == "PERSON"
    if not of:
        return mention.label != "GPE"
    return of == "state" or mention.label != "PERSON"
