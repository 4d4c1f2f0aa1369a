"""The font of the page: Noto Sans SC, cut down to the characters that the page shows."""

import base64
import io
import logging
from collections.abc import Iterable

from pipeline.review.report.style import font_file


def woff(texts: Iterable[str]) -> str:
    """A WOFF file in base64 with the characters of the texts; empty where the font has none of them.

    The reader's own fonts come first; this one is there for machines without Chinese ones.
    """
    from fontTools import subset
    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    wanted = {ord(character) for text in texts for character in text if character > "\u024f"}
    options = subset.Options(
        flavor="woff",
        hinting=False,
        layout_features=[],
        name_IDs=[1, 2, 13, 14],
        notdef_outline=True,
    )
    options.drop_tables += ["vmtx", "vhea", "VORG", "BASE"]
    with TTFont(font_file(), lazy=True, recalcTimestamp=False, recalcBBoxes=False) as font:
        known = wanted & set(font.getBestCmap())
        if not known:
            return ""
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=known)
        cutter.subset(font)
        out = io.BytesIO()
        subset.save_font(font, out, options)
    return base64.b64encode(out.getvalue()).decode()
