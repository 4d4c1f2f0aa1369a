"""The plots as SVG and PNG, the same bytes for the same tables."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.review.report.data import Facts
from pipeline.review.report.style import styled
from pipeline.review.report.words import Words

DOTS = 160
"""Per inch, of the PNG."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A plot: its name, and its content in both formats."""

    name: str
    svg: bytes
    png: bytes


def pictures(facts: Facts, words: Words) -> Iterator[Picture]:
    """All plots that there is something to draw of."""
    with styled():
        from pipeline.review.report.plots import PLOTS

        for name, draw in PLOTS.items():
            figure = draw(facts, words)
            if figure is not None:
                svg, png = io.BytesIO(), io.BytesIO()
                figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
                figure.savefig(png, format="png", dpi=DOTS, metadata={"Software": None})
                yield Picture(name, svg.getvalue(), png.getvalue())
