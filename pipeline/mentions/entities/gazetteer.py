"""Names that the knowledge base holds, where the text around them agrees."""

from functools import cached_property
from typing import NamedTuple

from pipeline.language.fold import is_traditional
from pipeline.language.words import tag
from pipeline.mentions.entities.compile import GUARDED, NOTHING, SHORT, SINGLE, TICKER, WORD
from pipeline.mentions.entities.guards import SurfaceRule, guards
from pipeline.mentions.entities.hits import (
    crosses,
    followed_by,
    hits,
    in_full_name,
    longest,
    runs_in,
    runs_on,
    swallowed,
)
from pipeline.mentions.entities.lookup import Hit
from pipeline.mentions.entities.peers import Peers
from pipeline.mentions.entities.rows import Entity
from pipeline.mentions.entities.scene import Found, Scene, is_han, is_latin
from pipeline.mentions.entities.tags import has_code

RULE = "entity.gazetteer"
GUARDED_RULE = "entity.gazetteer.guarded"
TICKER_RULE = "entity.ticker"
# jieba's parts of speech of words that are names more often than not, and of those that nearly always are.
PROPER_TAGS = ("nz", "nr", "ns", "nt", "x", "eng")
SURE_TAGS = ("nz", "nt")
SURE_LENGTH = 3  # characters of a word outside jieba's dictionary that is hardly chance
SHORT_LATIN = 3  # letters up to which small ones need a cue that touches
SURE_LATIN = 4  # letters of a capitalized word between Han characters
SEVERAL = 2  # names near an everyday word that make it one
SHORTEST = 2  # characters of a name that jieba's words are always asked about
RELATED, TOUCHING, NEAR, SENTENCE, DEFAULT = 5, 4, 3, 2, 1


class Choice(NamedTuple):
    """An entity with the strength of what speaks for it."""

    strength: int
    entity: Entity


class Gazetteer:
    """One post's hits, decided."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.kb = scene.kb
        self.guards = guards(scene.kb)
        self.blocked: list[tuple[int, int]] = []
        self.clear: list[Found] = []
        doubtful = []
        for hit in longest(self.cut_left(self.cut_right(hits(scene))), lambda hit: self.is_open(hit)):
            flags = self.kb.flags[hit.surface]
            if flags & NOTHING:
                if not flags & WORD:
                    self.blocked.append((hit.start, hit.end))
            elif self.is_open(hit):
                doubtful.append(hit)
            elif not self.cut_through(hit, flags):
                self.clear.append(self.found(hit, self.kb.at(self.kb.owners(hit.surface)[0]), RULE))
        self.clear = [part for one in self.clear for part in self.split(one)]
        self.guarded: list[Found] = []
        self.starts = {one.start: one for one in self.clear}
        self.ends = {one.end: one for one in self.clear}
        self.peers = Peers(self.scene, self.starts, self.ends)
        self.known = {found.entity_id for found in self.clear}
        self.families = self.related(self.known)
        self.proved: set[str] = set()  # surfaces with their own code beside them
        waiting = [hit for hit in doubtful if not self.decide(hit, SENTENCE)]
        self.families = self.related(self.known | {found.entity_id for found in self.guarded})
        for hit in waiting:
            self.decide(hit, DEFAULT)

    def cut_right(self, found: list[Hit]) -> list[Hit]:
        """Without hits that run into the next word where a shorter name begins at the same place: 东方财富网|友."""
        longest_at: dict[int, Hit] = {}
        double = set()
        for hit in found:
            other = longest_at.get(hit.start)
            if other:
                double.add(hit.start)
            if other is None or hit.end > other.end:
                longest_at[hit.start] = hit
        drop = {
            longest_at[start]
            for start in double
            if not self.kb.flags[longest_at[start].surface] & NOTHING
            and is_han(self.scene.low[longest_at[start].end - 1])
            and crosses(self.scene, *longest_at[start][:2])
        }
        return [hit for hit in found if hit not in drop] if drop else found

    def cut_left(self, found: list[Hit]) -> list[Hit]:
        """Without hits that begin within another name and in a word that takes what is left of them: 中|国新能源."""
        begun: dict[int, int] = {}
        for hit in found:
            begun[hit.end] = min(hit.start, begun.get(hit.end, hit.start))
        return [
            hit
            for hit in found
            if hit.end - hit.start <= SHORTEST
            or not any(begun.get(at, hit.start) < hit.start for at in range(hit.start + 1, hit.end))
            or not runs_in(self.scene, hit.start, hit.end)
        ]

    def cut_through(self, hit: Hit, flags: int) -> bool:
        """True where jieba's words run across an edge of a name: 高通|胀, 张颖|婷."""
        if not flags & SHORT and not is_han(self.scene.low[hit.end - 1]):
            return False
        if flags & SHORT and hit.end - hit.start <= SHORTEST:
            person = self.kb.at(self.kb.owners(hit.surface)[0]).label == "PERSON"
            if person and swallowed(self.scene, hit.start, hit.end):
                return True
            return crosses(self.scene, hit.start, hit.end) or in_full_name(self.scene, hit.start, hit.end)
        return runs_on(self.scene, hit.start, hit.end) or runs_in(self.scene, hit.start, hit.end)

    def accept(self, one: Found) -> None:
        self.guarded.append(one)
        self.starts[one.start] = one
        self.ends[one.end] = one

    def is_open(self, hit: Hit) -> bool:
        """True for a hit that needs evidence."""
        return bool(self.kb.flags[hit.surface] & (GUARDED | TICKER))

    def found(self, hit: Hit, entity: Entity, rule: str) -> Found:
        end = self.with_unit(hit.end) if entity.label == "GPE" else hit.end
        return Found(hit.start, end, entity.label, entity.name, entity.id, rule, 2)

    def split(self, one: Found) -> list[Found]:
        """A product behind its maker is a name of its own where a space is between them or it stands alone
        elsewhere in the post: 宝马 X1."""
        entity = self.kb.entity(one.entity_id)
        maker = self.kb.entity(entity.parent) if entity and entity.label == "PRODUCT" else None
        if entity is None or maker is None:
            return [one]
        low = self.scene.low
        for at in range(one.start + 2, one.end - 1):
            brand, model = low[one.start : at].rstrip(), low[at : one.end]
            if model[0] == " " or not is_latin(model[0]):
                continue
            first, second = self.kb.surfaces.get(brand), self.kb.surfaces.get(model)
            if first is None or second is None or not self.names(first, maker) or not self.names(second, entity):
                continue
            apart = low[at - 1] == " " or low.count(model) > low.count(low[one.start : one.end])
            if apart:
                org = Found(one.start, one.start + len(brand), maker.label, maker.name, maker.id, one.rule, one.rank)
                return [org, one._replace(start=at)]
        return [one]

    def names(self, surface: int, entity: Entity) -> bool:
        return any(self.kb.at(number).id == entity.id for number in self.kb.owners(surface))

    def with_unit(self, end: int) -> int:
        """The end of a place's name with 市 or 县, unless that begins another word: 惠州|市民."""
        if self.scene.low[end : end + 1] not in self.guards.units or not self.scene.low[end:]:
            return end
        return end + 1 if all(right == end + 1 for _, right, _ in self.scene.tokens(end, end + 1)) else end

    def related(self, ids: set[str]) -> set[str]:
        """The entities of the post, their makers and owners, and what they make and own."""
        parents = {entity.parent for one in ids if (entity := self.kb.entity(one)) and entity.parent}
        return ids | parents

    def decide(self, hit: Hit, least: int) -> bool:
        """Accept a doubtful hit with evidence of at least this strength."""
        flags, entities = self.kb.flags[hit.surface], self.kb.owners(hit.surface)
        scene = self.scene
        if flags & SINGLE:
            last = hit._replace(start=hit.end - 1)
            if not self.in_word(last):
                self.accept(self.found(last, self.kb.at(entities[0]), GUARDED_RULE))
            return True
        if scene.low[hit.start] > "ÿ" and (crosses(scene, hit.start, hit.end) or swallowed(scene, hit.start, hit.end)):
            return True
        if flags & TICKER and not flags & GUARDED:
            self.accept(self.found(hit, self.kb.at(entities[0]), TICKER_RULE))
            return True
        rule = self.guards.rules.get(scene.low[hit.start : hit.end])
        if flags & TICKER:
            least = max(least, NEAR)
        written = scene.folded[hit.start : hit.end]
        small = written.isascii() and written.islower()
        if small and (len(written) <= SHORT_LATIN or (rule and rule.capital)):
            least = max(least, NEAR)
        best: Choice | None = None
        for number in entities:
            entity = self.kb.at(number)
            strength = self.strength(hit, entity, rule)
            if rule and rule.prefer not in ("", entity.id) and strength < RELATED:
                continue
            if strength >= least and (best is None or strength > best.strength):
                best = Choice(strength, entity)
        if best:
            self.accept(self.found(hit, best.entity, TICKER_RULE if flags & TICKER else GUARDED_RULE))
        return best is not None

    def in_word(self, hit: Hit) -> bool:
        """True where a single character is a piece of a word, other than one with the character in front (对华)."""
        words = self.scene.tokens(*hit[:2])
        return not words or any(right > hit.end or left < hit.start - 1 for left, right, _ in words)

    def strength(self, hit: Hit, entity: Entity, rule: SurfaceRule | None) -> int:
        scene, label = self.scene, entity.label
        if has_code(scene, hit.start, hit.end, entity):
            self.proved.add(scene.low[hit.start : hit.end])
            return RELATED
        if entity.tickers and hit.end - hit.start <= SHORTEST and entity.country in self.away:
            return 0
        if rule and rule.coded and scene.low[hit.start : hit.end] in self.proved:
            return RELATED
        against = False
        classes: set[str] = set()
        for cue in scene.cues_in(*scene.sentence(hit.start, hit.end)):
            if cue.end <= hit.start or cue.start >= hit.end:
                classes.update(cue.classes)
        if rule and rule.coded:
            return NEAR if f"near.{rule.number}" in classes or self.peers.enumerated(hit, label) else 0
        touching = self.guards.touching.get(scene.low[hit.start : hit.end])
        if touching and (scene.follows(hit.start, touching.before) or scene.precedes(hit.end, touching.after)):
            return TOUCHING
        if rule:
            if rule.not_before and scene.follows(hit.start, rule.not_before):
                return 0
            if rule.not_after and followed_by(scene, hit.end, rule.not_after):
                return 0
            against = f"not_near.{rule.number}" in classes
        if scene.precedes(hit.end, self.guards.after.get(label, ())) and self.guards.after.get(label):
            return TOUCHING
        if rule and f"near.{rule.number}" in classes:
            return NEAR
        if against:
            return 0
        if entity.id in self.families or entity.parent in self.families:
            return RELATED
        if scene.follows(hit.start, self.guards.before.get(label, ())) and self.guards.before.get(label):
            return TOUCHING
        if self.peers.beside(hit, label):
            return NEAR
        if rule and self.peers.named(rule, 1 if self.is_proper(hit, label) else SEVERAL):
            return SENTENCE
        proper = not rule.strict if rule else self.is_proper(hit, label)
        if proper and f"guard.{label}" in classes:
            return SENTENCE
        return DEFAULT if (rule.default if rule else self.is_sure(hit, label)) else 0

    @cached_property
    def away(self) -> frozenset[str]:
        """The markets of which the post does not speak: two characters name no company of theirs (联发, 1459)."""
        if is_traditional(self.scene.text):
            return frozenset()
        markets = self.guards.markets.items()
        return frozenset(country for country, words in markets if not any(word in self.scene.low for word in words))

    def is_sure(self, hit: Hit, label: str) -> bool:
        """True for a surface that is hardly anything else, though its row calls it ambiguous."""
        text = self.scene.low[hit.start : hit.end]
        written = self.scene.folded[hit.start : hit.end]
        if is_latin(text[0]):
            capital = written[0].isupper() and text.isalpha() and len(text) >= SURE_LATIN
            coded = written.isupper() and any(map(str.isdigit, written)) and sum(map(str.isalpha, written)) > 1  # GL8
            return (capital or coded) and not self.in_latin(hit)
        if label == "PERSON":
            return False
        kind = tag(text)
        if label in ("GPE", "LOC") and kind == "ns":
            return True
        return kind.startswith(SURE_TAGS) or (kind == "x" and len(text) >= SURE_LENGTH)

    def in_latin(self, hit: Hit) -> bool:
        """True inside a Latin phrase, where a capital may only begin a word."""
        low = self.scene.low
        left, right = self.scene.before(hit.start), self.scene.after(hit.end)
        return (left > 0 and is_latin(low[left - 1]) and left < hit.start) or (
            right < len(low) and is_latin(low[right]) and right > hit.end
        )

    def is_proper(self, hit: Hit, label: str) -> bool:
        """False for a word that jieba's dictionary has as a common one: 浪潮 needs more than its sentence. So does
        a short company's name that it does not have at all."""
        text = self.scene.low[hit.start : hit.end]
        if label == "PRODUCT" and len(text) <= SHORT_LATIN and text.isascii() and not text.isalpha():
            return False  # M5 is a car, a chip, a screw
        kind = tag(text)
        return kind.startswith(PROPER_TAGS) and not (kind == "x" and label == "ORG" and len(text) < SURE_LENGTH)
