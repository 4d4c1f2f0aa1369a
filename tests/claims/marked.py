"""Cases whose text marks propositions with square brackets: 预计营收[100亿元]。"""

import re

from pipeline.claims.factory import reading_of
from pipeline.claims.reading import Reading
from pipeline.records import Post

MARK = re.compile(r"\[([^\]]*)\]")
REACH = 12  # characters of its clause that a proposition takes in front of its figure


def read(extractor, marked: str) -> tuple[Reading, list[tuple[int, int]]]:
    """The reading of the text without its brackets, and the propositions they mark."""
    spans: list[tuple[int, int]] = []
    for match in MARK.finditer(marked):
        start = match.start() - 2 * len(spans)
        spans.append((start, start + len(match[1])))
    reading = reading_of(extractor.doc(Post("case", "", MARK.sub(r"\1", marked))))
    return reading, [(max(reading.clause_at(start).start, start - REACH), end) for start, end in spans]
