"""What the other names of a post say of a doubtful one: lists, tables, lines of one shape, scores."""

import re
from collections.abc import Mapping

from pipeline.mentions.entities.guards import SurfaceRule
from pipeline.mentions.entities.lookup import Hit
from pipeline.mentions.entities.scene import Found, Scene

LABELS = ("ORG", "PRODUCT", "PERSON")
FIGURE = re.compile(r"\d[\d.]{0,6}(?:万|亿|%)?[辆台元股]?[、,，]\Z")
FIGURED = re.compile(r"\d")
LONGEST_FIGURE = 12  # characters
LONGEST_JOINT = 4  # characters between two names of a list, and one
JOINED = ("、", "和", "与", "及", "/", ",", "，", "跟", "或")
SCORE = re.compile(r" ?\d{1,3} ?[-:比平] ?\d{1,3} ?")
SCORE_BEHIND = re.compile(rf"{SCORE.pattern}\Z")
# A name that opens its line, behind a rank or a mark at most, with a figure behind it.
OPENS = re.compile(r"(?:\A|\n)[^\w\n]{0,4}(?:\d{1,2}[^\w\n]{1,4})?\Z")
FIGURE_BEHIND = re.compile(r" ?[:：]? ?[-+~约超]?\d")
LONGEST_OPENING = 12  # characters


class Peers:
    """The names of a post that are sure so far, by where they begin and end; both grow while others are decided."""

    def __init__(self, scene: Scene, starts: Mapping[int, Found], ends: Mapping[int, Found]) -> None:
        self.scene = scene
        self.low = scene.low
        self.starts = starts
        self.ends = ends

    def beside(self, hit: Hit, label: str) -> bool:
        """True where one of the same label stands beside it, in one of the ways in which equals do."""
        return self.enumerated(hit, label) or self.lined(hit, label) or (label == "ORG" and self.scored(hit))

    def enumerated(self, hit: Hit, label: str) -> bool:
        """True in a list with a name that is sure: 微软、苹果."""
        low = self.low
        for gap in range(1, LONGEST_JOINT):
            before, behind = self.ends.get(hit.start - gap), self.starts.get(hit.end + gap)
            if before and before.label == label and low[before.end : hit.start].strip() in JOINED:
                return True
            if behind and behind.label == label and low[hit.end : behind.start].strip() in JOINED:
                return True
        return self.tabled(hit, label)

    def tabled(self, hit: Hit, label: str) -> bool:
        """True in a list with a figure behind each name: 比亚迪34万、吉利14万."""
        figure = FIGURE.search(self.low, max(0, hit.start - LONGEST_FIGURE), hit.start)
        before = self.ends.get(figure.start()) if figure else None
        return before is not None and before.label == label and FIGURED.match(self.low, hit.end) is not None

    def lined(self, hit: Hit, label: str) -> bool:
        """True where lines of one shape hold it and a name that is sure: 蔚来 3万辆 / 理想 2万辆."""
        return opens_row(self.low, hit.start, hit.end) and any(
            one.label == label and opens_row(self.low, one.start, one.end) for one in self.starts.values()
        )

    def scored(self, hit: Hit) -> bool:
        """True for a team with a score between it and another: 曼城2-1利物浦."""
        if before := SCORE_BEHIND.search(self.low, max(0, hit.start - LONGEST_FIGURE), hit.start):
            other = self.ends.get(before.start())
        elif behind := SCORE.match(self.low, hit.end):
            other = self.starts.get(behind.end())
        else:
            return False
        return other is not None and other.label == "ORG"

    def named(self, rule: SurfaceRule, least: int) -> bool:
        """True where so many words that the rule wants near are names of the post, anywhere: 蔚来 for 理想."""
        found = (self.starts.get(cue.start) for cue in self.scene.by_class.get(f"near.{rule.number}", ()))
        return len({one.name for one in found if one and one.label in LABELS}) >= least


def opens_row(low: str, start: int, end: int) -> bool:
    """True for a name at the beginning of a line that tells its figure."""
    return bool(FIGURE_BEHIND.match(low, end)) and bool(OPENS.search(low, max(0, start - LONGEST_OPENING), start))
