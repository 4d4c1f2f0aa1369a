"""The plots: each takes the facts and the words and gives a figure, or None where there is nothing to draw."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.review.report.data import Facts
from pipeline.review.report.plots.activity import activity
from pipeline.review.report.plots.bars import certainty, discussed, intake, kinds
from pipeline.review.report.plots.contradictions import contradicted
from pipeline.review.report.plots.course import course
from pipeline.review.report.words import Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PLOTS: dict[str, "Callable[[Facts, Words], Figure | None]"] = {
    "course": course,
    "contradicted": contradicted,
    "discussed": discussed,
    "certainty": certainty,
    "activity": activity,
    "kinds": kinds,
    "input": intake,
}
"""In the report's order; the names are those of the files."""
