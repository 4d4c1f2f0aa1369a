"""What 该公司, 其, 他, 后者, 双方 stand for: names said before, by label and by what the sentences are about.

Rules only: the nearest sentence that has a fitting name gives the antecedent, its topic before its other names.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.frozen import frozen, replace
from pipeline.mentions.context import Span
from pipeline.mentions.entities.anaphors import Kind, tables
from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.records import Mention

DATED = re.compile(r"(?:\d{1,2}月)?\d{1,2}日(?=[讯电])")  # between a news wire and 讯
JUDGE = "该行"  # the word whose class has the names of those who judge others
MOST = 24  # names of a sentence that are weighed, the last ones
TOPIC, OPENS, OBLIQUE, BYLINE, MADE, FITS, OWNED, SAME, FAR = 3.0, 2.0, -2.0, -6.0, -0.5, 8.0, 2.0, 3.0, -2.5
OFTEN = 0.2  # for each time that the post says a name, up to five
NEAREST = 20  # times as much where the nearest name is meant
LONGEST_CLAUSE = 200  # characters
LONGEST_NOUN = 10  # characters of what 一款 brings in
LATE = 0.1  # for each place among the names of its sentence


@frozen
class Reference:
    """A word that stands for names: its place, its class in ``coreference.toml``, the names in order.

    Where a product or a person stands for its company the antecedent has the company's name and id and the
    place of the product or person.
    """

    start: int
    end: int
    kind: str
    antecedents: tuple[Mention, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.antecedents)


def references(
    folded: str, mentions: Sequence[Mention], sentences: Sequence[Span], kb: KnowledgeBase | None = None
) -> list[Reference]:
    """The words of a post that stand for a name, each with its antecedents; those without one are left out.

    ``folded`` is the text in Simplified characters, ``mentions`` are the post's (only entities count),
    ``sentences`` its spans in order. ``kb`` knows makers and employers; without it no name stands for another.

    Example:
        >>> name = Mention("entity", "ORG", 0, 2, "", name="微软")
        >>> [one.names for one in references("微软发了财报。该公司营收大增。", [name], [(0, 7), (7, 15)])]
        [('微软',)]
    """
    story = Story(folded, mentions, sentences, kb)
    return [found for match in tables().words.finditer(folded) if (found := story.reference(*match.span()))]


class Story:
    """A post's names by sentence."""

    def __init__(
        self, folded: str, mentions: Sequence[Mention], sentences: Sequence[Span], kb: KnowledgeBase | None
    ) -> None:
        self.text, self.sentences, self.kb = folded, sentences, kb
        self.names = sorted((one for one in mentions if one.kind == "entity"), key=lambda one: one.start)
        self.starts = [one.start for one in self.names]
        self.counts = Counter(one.name for one in self.names)
        self.borders = [start for start, _ in sentences]
        self.origins: dict[int, Mention] = {}  # the antecedents of words that count as names now
        self.last: Reference | None = None
        self.pair: tuple[Span, list[Mention]] | None = None  # what 前者 and 后者 of a sentence are told from

    def reference(self, start: int, end: int) -> Reference | None:
        word, table = self.text[start:end], tables()
        kind = table.kinds[word]
        if self.covered(start, end) or not self.stands(kind, start, end):
            return None
        labels = kind.only.get(word, kind.labels)
        if kind.position or kind.needed > 1:
            found = self.several(kind, labels, start)
        else:
            found = self.one(kind, labels, start, end)
        if not found:
            return None
        origins = tuple(self.origin(one) for one in found)
        self.last = Reference(start, end, kind.name, origins)
        if len(found) == 1:  # from here on the word is a name itself
            said = replace(found[0], start=start, end=end)
            place = bisect_left(self.starts, start)
            self.names.insert(place, said)
            self.starts.insert(place, start)
            self.origins[start] = origins[0]
        return self.last

    def origin(self, one: Mention) -> Mention:
        """The antecedent at the name's own place, not at a word that stood for it."""
        first = self.origins.get(one.start)
        return replace(one, start=first.start, end=first.end) if first else one

    def covered(self, start: int, end: int) -> bool:
        at = bisect_right(self.starts, start) - 1
        return (at >= 0 and self.names[at].end > start) or (at + 1 < len(self.names) and self.starts[at + 1] < end)

    def stands(self, kind: Kind, start: int, end: int) -> bool:
        """False for a piece of a longer word: 其他, 子公司."""
        table, text = tables(), self.text
        if text.endswith(kind.not_before, 0, start) or text.startswith(kind.not_after, end):
            return False
        if kind.alone and start and text[start - 1] not in table.marks + ' （(“"':
            return text.endswith(table.openers, 0, start)
        return True

    def windows(self, start: int, reach: int) -> Iterator[list[Mention]]:
        """The names before a place: those of its sentence, then of the sentences before, nearest first."""
        index = max(0, bisect_right(self.borders, start) - 1)
        for at in range(index, max(-1, index - reach - 1), -1):
            left, right = self.sentences[at] if self.sentences else (0, len(self.text))
            first, stop = bisect_left(self.starts, left), bisect_left(self.starts, min(right, start))
            yield self.names[max(first, stop - MOST) : stop]

    def one(self, kind: Kind, labels: Sequence[str], start: int, end: int) -> list[Mention]:
        expected = next((label for label, words in tables().possessed.items() if self.text.startswith(words, end)), "")
        if kind.subject and (maker := self.maker_behind(start, end, kind.reach)):
            return [maker]
        if kind.nearest and self.introduced(start, end):
            return []
        judge = self.judge(start) if kind.subject else ""
        choices: list[tuple[float, int, Mention]] = []
        for far, names in enumerate(self.windows(start, kind.reach)):
            choices += [
                (
                    self.weight(kind, one, names, start, expected) + (MADE if other is not one else 0) + FAR * far,
                    one.start,
                    other,
                )
                for one in names
                for other in self.candidates(kind, labels, one, expected)
                if self.free(kind, one, start)
            ]
        others = [choice for choice in choices if choice[2].name != judge]
        best = max(others or choices, key=lambda choice: choice[:2], default=None)
        return [best[2]] if best else []

    def maker_behind(self, start: int, end: int, reach: int) -> Mention | None:
        """Who makes the product that is said to be theirs, where the name was said: 其Copilot."""
        place = bisect_left(self.starts, end)
        one = self.names[place] if place < len(self.names) and self.starts[place] - end <= 1 else None
        maker = self.kb.parent(one.entity_id) if self.kb and one and one.label == "PRODUCT" else None
        if maker is None:
            return None
        said = (name for names in self.windows(start, reach) for name in reversed(names))
        return next((name for name in said if name.entity_id == maker.id), None)

    def introduced(self, start: int, end: int) -> bool:
        """True where the noun of 该软件 was brought in without a name: 开发了一款软件，该软件…"""
        left = self.sentences[max(0, bisect_right(self.borders, start) - 1)][0] if self.sentences else 0
        said = self.text[max(left, start - LONGEST_CLAUSE) : start]
        for match in tables().indefinite.finditer(said):
            noun = next((self.text[at:end] for at in (start + 1, start + 2) if self.text[at:end]), "")
            if noun and noun in said[match.end() : match.end() + LONGEST_NOUN]:
                return not said.endswith(tables().copulas, 0, match.start())
        return False

    def candidates(self, kind: Kind, labels: Sequence[str], one: Mention, expected: str) -> Iterator[Mention]:
        """The name itself where its label fits, or the company that it stands for."""
        if kind.speaker and not self.speaks(one):
            return
        wanted = [expected] if kind.subject and expected in labels else labels
        if one.label in wanted:
            yield one
        elif (kind.makers or wanted == ["ORG"]) and self.kb and one.label in ("PRODUCT", "PERSON"):
            owner = self.kb.parent(one.entity_id)
            if owner and owner.label == "ORG":
                yield replace(one, label=owner.label, name=owner.name, entity_id=owner.id)

    def speaks(self, one: Mention) -> bool:
        table = tables()
        return self.text.startswith(table.saying, one.end) or one.name.endswith(table.full_names)

    def free(self, kind: Kind, one: Mention, start: int) -> bool:
        """False where the name is in the clause of the word: 微软收购该公司 is about two."""
        if kind.subject:
            return True
        return self.apart(one, start) or any(word in self.text[one.end : start] for word in tables().saying)

    def apart(self, one: Mention, start: int) -> bool:
        """True where the name is in another clause."""
        if start - one.end > LONGEST_CLAUSE:
            return True
        between = self.text[one.end : start]
        return any(mark in between for mark in tables().marks)

    def weight(self, kind: Kind, one: Mention, names: Sequence[Mention], start: int, expected: str) -> float:
        """How much speaks for a name of a sentence."""
        table, text = tables(), self.text
        place = names.index(one)
        weight = LATE * place * (NEAREST if kind.nearest else 1) + OFTEN * min(5, self.counts[one.name])
        reports = self.reports(one)
        if reports:
            weight += BYLINE
        elif one.start in self.origins:
            weight += TOPIC  # what is spoken of goes on
        elif (
            not kind.nearest
            and self.about(one)
            and not any(self.about(other) for other in names[:place] if other.label == one.label)
        ):
            weight += TOPIC
        if text.endswith(table.oblique, 0, one.start):
            weight += OBLIQUE
        elif one.start == 0 or text[one.start - 1] in table.marks:
            weight += OPENS
        if kind.fits(one):
            weight += FITS
        if expected == one.label:
            weight += OWNED
        if kind.subject and not self.apart(one, start):
            weight += SAME
        return weight

    def judge(self, start: int) -> str:
        """The bank or the person who speaks right in front of the word, of somebody else: 瑞银称其…"""
        verb = next((word for word in tables().saying if self.text.endswith(word, 0, start)), "")
        if not verb:
            return ""
        at = start - len(verb)
        place = bisect_left(self.starts, at) - 1
        one = self.names[place] if place >= 0 and self.names[place].end == at else None
        if self.last and self.last.end == at:
            one = self.last.antecedents[0]
        speaks = one is not None and (one.label == "PERSON" or tables().kinds[JUDGE].fits(one))
        return one.name if one and speaks else ""

    def about(self, one: Mention) -> bool:
        """True for a name that its sentence may be about."""
        table, text = tables(), self.text
        return not self.reports(one) and not text.endswith(table.oblique, 0, one.start)

    def reports(self, one: Mention) -> bool:
        """True for a name that only reports: 据路透社报道, 财联社10月20日讯."""
        table, text = tables(), self.text
        end = one.end
        if (dated := DATED.match(text, end)) is not None:
            end = dated.end()
        return text.endswith(table.byline_before, 0, one.start) or text.startswith(table.byline_after, end)

    def several(self, kind: Kind, labels: Sequence[str], start: int) -> list[Mention]:
        """前者, 后者, 双方: names of one label, of the nearest place that has enough of them."""
        sentence = self.sentences[max(0, bisect_right(self.borders, start) - 1)] if self.sentences else (0, 0)
        if kind.position and self.pair and self.pair[0] == sentence:
            pair = self.pair[1]
        else:
            pair = self.group(labels, start, max(2, kind.needed), kind.reach)
        if not pair:
            return []
        if not kind.position:
            return pair if len(pair) == kind.needed else []
        if len(pair) < 2:
            return pair if kind.position == "last" else []
        self.pair = (sentence, pair)
        return [pair[0 if kind.position == "first" else -1]]

    def group(self, labels: Sequence[str], start: int, size: int, reach: int) -> list[Mention]:
        """The last names of one label, in order: joined ones first, then any of a sentence, then of all."""
        seen: list[Mention] = []
        for names in self.windows(start, reach):
            fitting = [one for one in names if one.label in labels and self.told(one)]
            for group in (self.joined(fitting), fitting, [*fitting, *seen]):
                for label in dict.fromkeys(one.label for one in reversed(group)):
                    last = distinct([one for one in group if one.label == label])
                    if len(last) >= size:
                        return last[-size:]
            seen = [*fitting, *seen]
        return distinct(seen)[-1:]

    def told(self, one: Mention) -> bool:
        table = tables()
        return not self.text.endswith(table.byline_before, 0, one.start) and not self.text.startswith(
            table.byline_after, one.end
        )

    def joined(self, names: Sequence[Mention]) -> list[Mention]:
        """The last names where nothing but a joint is between them."""
        run = list(names[-1:])
        for one in reversed(names[:-1]):
            between = self.text[one.end : run[0].start].strip()
            if between not in tables().joints or one.label != run[0].label:
                break
            run.insert(0, one)
        return run if len(run) > 1 else []


def distinct(names: Sequence[Mention]) -> list[Mention]:
    """Without earlier mentions of the same name."""
    last = {one.name: one for one in names}
    return sorted(last.values(), key=lambda one: one.start)
