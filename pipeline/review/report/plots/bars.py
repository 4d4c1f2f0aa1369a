"""Horizontal bars: the most discussed entities, shares of certainty, kinds, cleaning and rejections."""

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.review.report.data import Facts
from pipeline.review.report.plots.parts import figure, patch, short, whole_numbers
from pipeline.review.report.style import CERTAINTY, INK, KINDS, LABELS, MUTED, SERIES
from pipeline.review.report.words import Words
from pipeline.table.schema import CERTAINTIES
from pipeline.table.schema import KINDS as KIND_ORDER
from pipeline.table.schema import LABELS as KIND_LABELS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ENTITIES = 20
NARROWEST = 0.055
"""Share of a bar that still has room for its number."""


def bars(axes: "Axes", labels: list[str], counts: list[int], colours: list[str]) -> None:
    """Bars from above to below with their counts at the end."""
    places = range(len(labels))
    axes.barh(places, counts, color=colours, height=0.68)
    axes.set_yticks(places, labels)
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    whole_numbers(axes)
    for place, count in zip(places, counts, strict=True):
        axes.annotate(
            f"{count:,}", (count, place), xytext=(4, 0), textcoords="offset points", va="center", color=MUTED, size=9
        )
    axes.margins(x=0.1, y=0.02)
    axes.set_xlim(left=0)


def discussed(facts: Facts, words: Words) -> "Figure | None":
    """Entities by the number of posts that mention them, coloured by label."""
    found = sorted(facts.entities.items(), key=lambda pair: (-pair[1], pair[0]))[:ENTITIES]
    if not found:
        return None
    drawn = figure(1.1 + 0.27 * len(found))
    axes = drawn.add_subplot()
    bars(
        axes,
        [short(name) for (name, _), _ in found],
        [count for _, count in found],
        [LABELS[label] for (_, label), _ in found],
    )
    axes.set_xlabel(words("mentions_axis"))
    here = [label for label in LABELS if any(found_label == label for (_, found_label), _ in found)]
    handles = [patch(LABELS[label]) for label in here]
    axes.legend(handles, [words.name(label) for label in here], loc="lower right")
    return drawn


def certainty(facts: Facts, words: Words) -> "Figure | None":
    """For each label of claim one bar of a whole, divided by certainty."""
    labels = [label for label in KIND_LABELS["claim"] if facts.certainty.get(label)]
    if not labels:
        return None
    drawn = figure(1.7 + 0.5 * len(labels))
    axes = drawn.add_subplot()
    used = [name for name in CERTAINTIES if any(facts.certainty[label][name] for label in labels)]
    totals = [facts.certainty[label].total() for label in labels]
    lefts = [0.0] * len(labels)
    for name in used:
        shares = [facts.certainty[label][name] / total for label, total in zip(labels, totals, strict=True)]
        axes.barh(range(len(labels)), shares, left=lefts, color=CERTAINTY[name], height=0.62, label=words.name(name))
        for place, (share, left) in enumerate(zip(shares, lefts, strict=True)):
            if share >= NARROWEST:
                colour = "white" if name in ("asserted", "reported", "forecast", "denied") else INK
                axes.text(left + share / 2, place, f"{share:.0%}", ha="center", va="center", color=colour, size=9)
        lefts = [left + share for left, share in zip(lefts, shares, strict=True)]
    names = [f"{words.name(label)} ({total:,})" for label, total in zip(labels, totals, strict=True)]
    axes.set_yticks(range(len(labels)), names)
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    axes.grid(visible=False, axis="y")
    axes.set_xlabel(words("claim_axis"))
    drawn.legend(loc="outside upper left", ncols=len(used), columnspacing=1.1, handlelength=1, handletextpad=0.4)
    return drawn


def kinds(facts: Facts, words: Words) -> "Figure | None":
    """Counts of each kind and label."""
    found = [
        (kind, label, facts.kinds[kind, label])
        for kind in KIND_ORDER
        for label in KIND_LABELS[kind]
        if facts.kinds[kind, label]
    ]
    if not found:
        return None
    drawn = figure(1.0 + 0.26 * len(found))
    axes = drawn.add_subplot()
    names = [
        words.name(kind)
        if kind == label or words.name(kind) == words.name(label)
        else f"{words.name(kind)} · {words.name(label)}"
        for kind, label, _ in found
    ]
    bars(axes, names, [count for _, _, count in found], [KINDS[kind] for kind, _, _ in found])
    axes.set_xlabel(words("rows_axis"))
    return drawn


def intake(facts: Facts, words: Words) -> "Figure | None":
    """Posts by the template that cleaned them, by state, and rejected input by stage."""
    states = Counter(facts.states)
    if facts.copies:
        states["copies"] = facts.copies
    stages: Counter[str] = Counter()
    for (stage, _), count in facts.rejected.items():
        stages[words.name(stage)] += count
    cleaners = Counter({words.name(name) if name else words("none"): n for name, n in facts.cleaners.items()})
    named_states = Counter({words("copies") if name == "copies" else words.name(name): n for name, n in states.items()})
    panels = [
        (words("cleaned_by"), cleaners, SERIES[0]),
        (words("state"), named_states, SERIES[1]),
        (words("rejections"), stages, SERIES[3]),
    ]
    panels = [panel for panel in panels if panel[1]]
    if not panels:
        return None
    drawn = figure(1.0 * len(panels) + 0.27 * sum(len(counts) for _, counts, _ in panels))
    grid = drawn.subplots(
        len(panels), 1, squeeze=False, gridspec_kw={"height_ratios": [len(c) + 0.4 for _, c, _ in panels]}
    )
    for axes, (title, counts, colour) in zip(grid[:, 0], panels, strict=True):
        found = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        bars(axes, [short(name) for name, _ in found], [count for _, count in found], [colour] * len(found))
        axes.set_title(title)
    return drawn
