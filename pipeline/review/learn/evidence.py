"""The decisions that stand, each with its row as found, as it should be, and its post's text."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.language.fold import fold
from pipeline.table.schema import Row
from pipeline.table.verdicts import Event


@dataclass(frozen=True, slots=True)
class Verdict:
    """One decision: ``found`` is the machine's row (of an added row the reviewer's), ``right`` what it should be."""

    event: Event
    found: Row
    right: Row
    text: str

    @property
    def review(self) -> str:
        return "added" if self.event.adds and self.event.review != "wrong" else self.event.review

    @property
    def surface(self) -> str:
        return self.found["text"]

    @property
    def place(self) -> tuple[int, int]:
        return int(self.found["start"]), int(self.found["end"])

    @property
    def line(self) -> tuple[str, int]:
        """The line of the text that holds the row, folded, and where the row begins in it."""
        start, end = self.place
        left = self.text.rfind("\n", 0, start) + 1
        right = self.text.find("\n", end)
        return fold(self.text[left : len(self.text) if right < 0 else right]), start - left


def verdicts(out: Path) -> list[Verdict]:
    """All decisions whose row still stands in its post's text, in the order of the rows.

    Raises:
        InputError: the tables cannot be read.
        OutputError: the log of reviews cannot be read.
    """
    from pipeline.review.store import Store
    from pipeline.table.formats import read_table

    events = [event for event in Store(out).standing() if event.review]
    wanted = {event.row.get("post_id", "") for event in events}
    posts = read_table(out, "posts") if events else ()
    texts = {row["post_id"]: row["text"] for row in posts if row["post_id"] in wanted}
    found = []
    for event in events:
        row = event.cells
        text = texts.get(row["post_id"], "")
        if row["start"] and row["text"] and text[int(row["start"]) : int(row["end"])] == row["text"]:
            found.append(Verdict(event, row, {**row, **(event.corrected or {})}, text))
    return sorted(found, key=lambda verdict: (verdict.found["post_id"], verdict.place, verdict.event.row_id))


def grouped(found: Iterable[Verdict], kinds: Sequence[str]) -> dict[str, list[Verdict]]:
    """The verdicts on rows of some kinds by surface, in order."""
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in found:
        if verdict.found["kind"] in kinds:
            groups[verdict.surface].append(verdict)
    return dict(groups)
