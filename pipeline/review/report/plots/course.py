"""Metrics over time: for the metrics with the longest story a panel each, a line for each subject."""

from collections import defaultdict
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING

from pipeline.review.report.data import Facts, Point
from pipeline.review.report.plots.parts import amounts, figure, number_of, short, times
from pipeline.review.report.style import PAPER, SERIES
from pipeline.review.report.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PANELS, SUBJECTS, COLUMNS = 6, 5, 2
OPEN = ("forecast", "planned", "hypothetical", "estimated", "rumored")
WIDEST = 20
"""Values further apart than this factor get a logarithmic axis."""

Metric = tuple[str, str]


def course(facts: Facts, words: Words) -> "Figure | None":
    """Levels of metrics over the periods that they belong to."""
    chosen = sorted(facts.levels, key=lambda metric: (-worth(facts.levels[metric]), metric))[:PANELS]
    chosen = [metric for metric in chosen if len(facts.levels[metric]) > 1] or chosen[:1]
    if not chosen:
        return None
    rows = -(-len(chosen) // COLUMNS)
    drawn = figure(0.4 + 2.9 * rows)
    grid = drawn.subplots(rows, COLUMNS, squeeze=False)
    for place, axes in enumerate(grid.flat):
        if place < len(chosen):
            _panel(axes, chosen[place], facts.levels[chosen[place]], words)
        else:
            axes.set_axis_off()
    return drawn


def worth(points: list[Point]) -> int:
    """How much there is to see: times of each subject beyond its first count most."""
    times: dict[str, set[date]] = defaultdict(set)
    for point in points:
        times[point.subject].add(middle(point))
    return sum(1 + 4 * (len(found) - 1) for found in times.values())


def middle(point: Point) -> date:
    return point.start + (point.end - point.start) / 2


def _panel(axes: "Axes", metric: Metric, points: list[Point], words: Words) -> None:
    by_subject: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        by_subject[point.subject].append(point)
    subjects = sorted(by_subject, key=lambda subject: (-worth(by_subject[subject]), -len(by_subject[subject]), subject))
    shown: list[Point] = []
    for subject, colour in zip(subjects[:SUBJECTS], SERIES, strict=False):
        own = sorted(by_subject[subject], key=lambda point: (middle(point), point.low, point.high))
        shown += own
        _line(axes, own, colour, short(subject, 9) if subject else words("none"))
    predicate, unit = metric
    axes.set_title(f"{short(predicate, 12)}  [{short(unit, 6)}]")
    values = [float(value) for point in shown for value in (point.low, point.high) if value > 0]
    if values and max(values) / min(values) > WIDEST:
        axes.set_yscale("log")
        axes.minorticks_off()
    else:
        axes.margins(y=0.18)
    amounts(axes, words)
    _times(axes, shown)
    axes.legend(loc="best", handlelength=1.2, labelspacing=0.25, fontsize=8)


def _line(axes: "Axes", points: list[Point], colour: str, label: str) -> None:
    """A subject's points, joined through the values of each time; ranges as bars."""
    values: dict[date, list[float]] = defaultdict(list)
    for point in points:
        values[middle(point)].append(float((point.low + point.high) / 2))
    moments = sorted(values)
    axes.plot(
        list(map(number_of, moments)),
        [median(values[at]) for at in moments],
        color=colour,
        lw=1.2,
        alpha=0.45,
        zorder=1,
    )
    for hollow in (False, True):
        some = [point for point in points if (point.certainty in OPEN) is hollow]
        axes.scatter(
            [number_of(middle(point)) for point in some],
            [float((point.low + point.high) / 2) for point in some],
            s=26,
            facecolors=PAPER if hollow else colour,
            edgecolors=colour,
            linewidths=1.3,
            zorder=3,
        )
    for point in points:
        if point.low != point.high:
            axes.plot(
                [number_of(middle(point))] * 2, [float(point.low), float(point.high)], color=colour, lw=2, zorder=2
            )
    axes.plot([], [], color=colour, marker="o", ms=5, lw=1.2, label=label)


def _times(axes: "Axes", points: list[Point]) -> None:
    times(axes, 6)
    first, last = min(map(middle, points)), max(map(middle, points))
    room = max(timedelta(days=20), (last - first) / 12)
    axes.set_xlim(number_of(first - room), number_of(last + room))
