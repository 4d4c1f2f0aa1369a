"""Metrics and their synonyms, from verdicts on metric claims."""

from collections.abc import Iterator, Sequence

from pipeline.language.fold import fold
from pipeline.lexicons import Row, lexicon_rows
from pipeline.review.learn.entities import csv_line
from pipeline.review.learn.evidence import Verdict
from pipeline.review.learn.proposal import METRICS, Proposal, because

COLUMNS = ("metric", "surfaces", "takes", "role", "good", "of")
TAKES = {"%": "rate", "pp": "rate", "x": "multiple"}
EACH = "*"


def proposals(found: Sequence[Verdict], folder: str) -> Iterator[Proposal]:
    """A synonym where a reviewer gave the metric another name, a metric of its own where nobody knows it."""
    rows = lexicon_rows("metrics", folder)
    canonical = {
        name: row for row in rows for name in (row.items("surfaces") if row["metric"] == EACH else [row["metric"]])
    }
    surfaces = {surface: row for row in rows for surface in (*row.items("surfaces"), row["metric"])}
    wanted: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in found:
        name = verdict.right["predicate"]
        if verdict.found["label"] != "metric" or verdict.right["label"] != "metric" or not name:
            continue
        if verdict.review == "added" or (verdict.review == "fixed" and name != verdict.found["predicate"]):
            surface = spoken(verdict, surfaces)
            if surface and not _says(surfaces.get(surface), name):
                wanted.setdefault((name, surface), []).append(verdict)
    for (name, surface), verdicts in wanted.items():
        events = [verdict.event for verdict in verdicts]
        known = canonical.get(name)
        if known:
            cells = [name, surface, *(known[column] for column in COLUMNS[2:])]
            yield Proposal(METRICS, csv_line(cells), because(f"{surface} is another word for {name}", events))
        else:
            cells = [name, name if surface == name else f"{name}|{surface}", takes(verdicts[0].right), "noun", "", ""]
            yield Proposal(METRICS, csv_line(cells), because(f"{name} is a metric that is not known yet", events))


def spoken(verdict: Verdict, known: dict[str, Row]) -> str:
    """The word of the clause that means the metric: the reviewer's, if it stands there, else the machine's.

    Empty where neither does, or where a machine's word is one that the lexicon has for good reason.
    """
    clause = fold(verdict.surface)
    if verdict.right["predicate"] in clause:
        return verdict.right["predicate"]
    word = verdict.found["predicate"] if verdict.review == "fixed" else ""
    return word if word and word in clause and word not in known else ""


def _says(row: Row | None, name: str) -> bool:
    """Whether the lexicon calls a surface by this name already."""
    return row is not None and (row["metric"] == name or (row["metric"] == EACH and name in row.items("surfaces")))


def takes(row: dict[str, str]) -> str:
    """The kind of value that a new metric has, by the unit of its first one."""
    unit = row["unit"]
    if unit in TAKES:
        return "change" if row["measure"] == "change" and unit == "%" else TAKES[unit]
    return "money" if unit[:3].isascii() and unit[:3].isupper() and len(unit[:3]) == 3 else "count"
