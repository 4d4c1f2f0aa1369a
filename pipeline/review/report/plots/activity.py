"""Posts by time and forum: columns by day, week, month or year, and the forums' totals beside them."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pipeline.review.report.data import Facts, top
from pipeline.review.report.plots.bars import bars
from pipeline.review.report.plots.parts import figure, number_of, short, times, whole_numbers
from pipeline.review.report.style import REST, SERIES
from pipeline.review.report.words import Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORUMS, LISTED = 5, 12
BINS: tuple[tuple[str, int, Callable[[date], date]], ...] = (
    ("day", 62, lambda day: day),
    ("week", 62 * 7, lambda day: day - timedelta(days=day.weekday())),
    ("month", 62 * 31, lambda day: day.replace(day=1)),
    ("year", 10**9, lambda day: day.replace(month=1, day=1)),
)
"""Name, days up to which it is used, and the first day of the bin of a day."""
CORE, STRETCH = 0.9, 3
"""The days that hold this part of the posts decide the bin; where all days reach further than ``STRETCH`` times as far,
those far away are not drawn but counted in the note."""


@dataclass(frozen=True, slots=True)
class Window:
    """What of the days is drawn, by which bin, and how many posts lie outside."""

    first: date
    last: date
    bin: str
    start: Callable[[date], date]
    outside: int


def window(facts: Facts) -> Window:
    """The window and bin that give a readable number of columns."""
    days = sorted(day for (day, _), count in facts.days.items() for _ in range(count))
    cut = int(len(days) * (1 - CORE) / 2)
    first, last = days[cut], days[-1 - cut]
    core = max(last - first, timedelta(days=14))
    if days[-1] - days[0] <= STRETCH * core:
        first, last = days[0], days[-1]
    else:
        first, last = max(days[0], first - core / 4), min(days[-1], last + core / 4)
    name, start = next((name, start) for name, most, start in BINS if (last - first).days <= most)
    return Window(first, last, name, start, sum(not first <= day <= last for day in days))


def activity(facts: Facts, words: Words) -> "Figure | None":
    """Posts over time by forum, and the forums."""
    if not facts.days:
        return None
    view = window(facts)
    leading = [forum for forum, _ in top(facts.forums, FORUMS)[0]]
    counts: dict[str, Counter[date]] = defaultdict(Counter)
    for (day, forum), count in facts.days.items():
        if view.first <= day <= view.last:
            counts[forum if forum in leading else "\0"][view.start(day)] += count
    bins = sorted({at for found in counts.values() for at in found})
    drawn = figure(3.9)
    left, right = drawn.subplots(1, 2, gridspec_kw={"width_ratios": [2.1, 1]})
    width = {"day": 0.8, "week": 5.6, "month": 24.0, "year": 290.0}[view.bin]
    places = list(map(number_of, bins))
    bottoms = [0] * len(bins)
    colours = dict(zip(leading, SERIES, strict=False)) | {"\0": REST}
    for forum in [*leading, "\0"]:
        if forum not in counts:
            continue
        heights = [counts[forum][at] for at in bins]
        label = words("other") if forum == "\0" else short(forum, 12) or words("none")
        left.bar(
            places,
            heights,
            width=width,
            bottom=bottoms,
            color=colours[forum],
            label=label,
            align="edge",
        )
        bottoms = [bottom + height for bottom, height in zip(bottoms, heights, strict=True)]
    times(left, 8)
    whole_numbers(left, "y")
    left.grid(visible=False, axis="x")
    left.set_ylabel(words("posts_axis"))
    left.legend(loc="best", labelspacing=0.25, handlelength=1, fontsize=8)
    found, others = top(facts.forums, LISTED)
    if others:
        found.append(("\0", others))
    names = [words("other") if forum == "\0" else short(forum, 9) or words("none") for forum, _ in found]
    bars(right, names, [count for _, count in found], [colours.get(forum, REST) for forum, _ in found])
    return drawn
