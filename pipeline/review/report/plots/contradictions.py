"""Contradicting claims side by side: each key a line, its claims as points against the median."""

from decimal import Decimal
from typing import TYPE_CHECKING

from pipeline.review.report.data import Facts, median
from pipeline.review.report.plots.parts import dot, figure, short
from pipeline.review.report.style import CERTAINTY, LINE, MUTED
from pipeline.review.report.words import Words
from pipeline.run.compare import Group, span
from pipeline.table.schema import CERTAINTIES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

GROUPS = 14
ROOM = 1.12
TICKS, NEAR_TICKS, NEAR_SPAN = (
    (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50),
    (0.5, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2),
    4,
)
FURTHEST = 50
"""A value further from the median than this factor is drawn at the edge."""


def contradicted(facts: Facts, words: Words) -> "Figure | None":
    """The keys that the most posts contradict each other about."""
    found = [(group, ratios) for group in facts.contradicted if (ratios := _ratios(group))][:GROUPS]
    if not found:
        return None
    drawn = figure(1.5 + 0.42 * len(found))
    axes = drawn.add_subplot()
    seen: dict[str, None] = {}
    for place, (group, ratios) in enumerate(found):
        values = [ratio for _, ratio in ratios]
        axes.plot([min(values), max(values)], [place, place], color=LINE, lw=5, solid_capstyle="round", zorder=1)
        for certainty, ratio in ratios:
            seen[certainty] = None
            axes.scatter(
                [ratio], [place], s=34, color=CERTAINTY.get(certainty, MUTED), zorder=2, edgecolors="white", lw=0.7
            )
        least, most = (words.amount(value) for value in _ends(group))
        unit = short(group.key[4], 6)
        axes.annotate(
            f"{least} – {most} {unit}" if least != most else f"{least} {unit}",
            (1.0, place),
            xycoords=("axes fraction", "data"),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            size=9,
            color=MUTED,
            annotation_clip=False,
        )
    axes.set_xscale("log")
    axes.minorticks_off()
    everything = [ratio for _, ratios in found for _, ratio in ratios]
    low, high = min(0.9, *everything) / ROOM, max(1.1, *everything) * ROOM
    axes.set_xlim(low, high)
    ticks = [tick for tick in (NEAR_TICKS if high / low < NEAR_SPAN else TICKS) if low <= tick <= high]
    axes.set_xticks(ticks, [f"{tick:g}×" for tick in ticks])
    axes.axvline(1, color=MUTED, lw=0.8, ls=(0, (3, 3)), zorder=0)
    axes.set_yticks(range(len(found)), [label(group, words) for group, _ in found])
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    axes.set_xlabel(words("ratio_axis"))
    here = [name for name in CERTAINTIES if name in seen]
    handles = [dot(CERTAINTY[name]) for name in here]
    drawn.legend(
        handles,
        [words.name(name) for name in here],
        loc="outside upper left",
        ncols=max(1, len(here)),
        handletextpad=0.1,
    )
    return drawn


def label(group: Group, words: Words) -> str:
    """What the claims are about, in a line."""
    subject, predicate, measure, period, _, comparison = group.key
    kind = words.name(measure) if measure not in ("", "level") else ""
    parts = [short(subject, 8), short(predicate, 8), period, words.name(comparison) if comparison else "", kind]
    return " ".join(part for part in parts if part)


def _middle(low: Decimal, high: Decimal) -> Decimal:
    return low if not high.is_finite() else high if not low else (low + high) / 2


def _ends(group: Group) -> tuple[Decimal, Decimal]:
    values = [_middle(*span(row)) for row in group.rows]
    return min(values), max(values)


def _ratios(group: Group) -> list[tuple[str, float]]:
    """Certainty and value against the median of each claim; none where that is nought."""
    values = [(row["certainty"], _middle(*span(row))) for row in group.rows]
    centre = median(value for _, value in values)
    if not centre:
        return []
    return [(name, float(min(max(value / centre, Decimal(1) / FURTHEST), Decimal(FURTHEST)))) for name, value in values]
