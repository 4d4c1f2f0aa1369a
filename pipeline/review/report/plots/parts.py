"""What several plots need: figures without a window, short labels, axes of amounts."""

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from pipeline.review.report.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

WIDTH = 9.6
"""Inches; all plots are as wide as the page's column."""


def figure(height: float) -> "Figure":
    """An empty figure of the common width, laid out so that nothing is cut off."""
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    return Figure(figsize=(WIDTH, height), layout=ConstrainedLayoutEngine(h_pad=0.1, w_pad=0.06))


def short(text: str, most: int = 14) -> str:
    """A label of at most so many full-width characters, on one line and drawable."""
    kept: list[str] = []
    width = 0.0
    for character in " ".join(text.split()):
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn"):
            continue
        width += 1 if unicodedata.east_asian_width(character) in "WF" else 0.55
        if width > most:
            return "".join(kept).rstrip() + "…"
        kept.append(character)
    return "".join(kept)


def amounts(axes: "Axes", words: Words, which: str = "y") -> None:
    """Write the axis' numbers with the language's scales."""
    axis = axes.yaxis if which == "y" else axes.xaxis
    axis.set_major_formatter(lambda value, _: words.amount(round(value, 9)))


def whole_numbers(axes: "Axes", which: str = "x") -> None:
    """Only whole numbers on an axis of counts, from zero."""
    from matplotlib.ticker import MaxNLocator

    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    axis.set_major_formatter(lambda value, _: f"{value:,.0f}")


def number_of(day: date) -> float:
    """A day as matplotlib counts them."""
    from matplotlib.dates import date2num

    return float(date2num(day))  # type: ignore[no-untyped-call]


def times(axes: "Axes", most: int) -> None:
    """Years, months or days on the horizontal axis, as few as tell where one is."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=2, maxticks=most)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(
        ConciseDateFormatter(  # type: ignore[no-untyped-call]
            locator,
            formats=["%Y", "%Y-%m", "%m-%d", "%H", "%H", "%H"],
            zero_formats=["", "%Y", "%Y-%m", "%m-%d", "%H", "%H"],
            show_offset=False,
        )
    )


def patch(colour: str) -> "Patch":
    """A coloured square for a legend."""
    from matplotlib.patches import Patch

    return Patch(color=colour)


def dot(colour: str) -> "Line2D":
    """A coloured dot for a legend."""
    from matplotlib.lines import Line2D

    return Line2D([], [], color=colour, marker="o", ls="", ms=6)
