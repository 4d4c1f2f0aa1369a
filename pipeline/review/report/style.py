"""How the plots look: the font that ships as a package, calm colours, few lines."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from pipeline.errors import OutputError
from pipeline.extras import need

NEEDED = ("matplotlib", "pylopdf_fonts_zh_cn")
INK, MUTED, LINE, PAPER = "#1f2933", "#6b7785", "#dfe4ea", "#ffffff"
KINDS = {
    "money": "#c98a2b",
    "percent": "#5d9b6b",
    "quantity": "#5b88bd",
    "date": "#8f74b0",
    "entity": "#c4655d",
    "claim": "#3f9292",
}
SERIES = ("#3f6f9f", "#c98a2b", "#4f9274", "#b4564e", "#7d68a6", "#8a8f98", "#b98aa5", "#6d9aa3")
"""Colours of series, told apart by the colour-blind too; the last ones for what is together `other`."""
REST = "#c9cfd6"
CERTAINTY = {
    "asserted": "#2f5d7c",
    "reported": "#5f8fb0",
    "estimated": "#97b8cc",
    "forecast": "#5d9b6b",
    "planned": "#9cc5a1",
    "hypothetical": "#e3c27a",
    "rumored": "#d5995a",
    "denied": "#b4564e",
    "question": "#b9a7cc",
}
LABELS = {
    "ORG": "#3f6f9f",
    "PERSON": "#c98a2b",
    "PRODUCT": "#4f9274",
    "GPE": "#7d68a6",
    "LOC": "#6d9aa3",
    "EVENT": "#b4564e",
    "LAW": "#8a8f98",
}


def needed() -> None:
    """Say what is missing.

    Raises:
        OutputError: a package of the extra is not installed.
    """
    need(NEEDED, "the report", "make report", "report", OutputError)


def font_file() -> Path:
    """Noto Sans SC: all of GB 18030's common characters and Big5's; SIL Open Font License."""
    path: Path = import_module("pylopdf_fonts_zh_cn").sans_path()
    return path


@cache
def family() -> str:
    """The font's name, once matplotlib knows it."""
    from matplotlib import font_manager

    font_manager.fontManager.addfont(str(font_file()))
    return str(font_manager.FontProperties(fname=str(font_file())).get_name())


@contextmanager
def styled() -> Iterator[None]:
    """matplotlib with our style, and the same bytes for the same input."""
    import matplotlib

    matplotlib.use("Agg")
    settings: dict[str, Any] = {
        "font.family": [family(), "DejaVu Sans"],
        "font.size": 10,
        "svg.fonttype": "path",  # letters are drawn: no font is needed where the picture is shown
        "svg.hashsalt": "taojin",
        "axes.unicode_minus": False,
        "axes.edgecolor": LINE,
        "axes.labelcolor": MUTED,
        "axes.titlecolor": INK,
        "axes.titlesize": 11,
        "axes.titlelocation": "left",
        "axes.titlepad": 10,
        "axes.grid": True,
        "axes.axisbelow": True,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "grid.color": LINE,
        "grid.linewidth": 0.8,
        "xtick.color": MUTED,
        "ytick.color": MUTED,
        "xtick.labelcolor": MUTED,
        "ytick.labelcolor": INK,
        "xtick.major.size": 0,
        "ytick.major.size": 0,
        "text.color": INK,
        "text.parse_math": False,  # a post's $ is no formula
        "legend.frameon": False,
        "legend.fontsize": 9,
        "figure.facecolor": PAPER,
        "savefig.facecolor": PAPER,
        "figure.dpi": 100,
    }
    with matplotlib.rc_context(rc=settings):  # type: ignore[arg-type]  # its keys are many
        yield
