"""Names that no dictionary holds: in quotation marks (平台“快鹿到家”), or behind their kind (机器人公司库尔特)."""

import re
from collections.abc import Callable, Sequence

from pipeline.claims.phrases import Unit
from pipeline.claims.reading import Reading

# A name has no marks inside; what it is called never ends like a sentence.
QUOTED = re.compile(r"[“「『]([^“”「」『』，,。；;：:！？!?、…\s]{2,12})[”」』]")
LONGEST_QUOTED = 14  # characters, quotation marks included
LONGEST = 8  # characters of a name behind its kind
NAME = "name"  # the tag of a unit for a quoted name


def quoted_at(reading: Reading, start: int) -> Unit | None:
    """The quoted name that opens at ``start``, without its marks; None where no such name stands there."""
    match = QUOTED.match(reading.folded, start)
    if match is None:
        return None
    inner = match.span(1)
    known = next((m for m in reading.entities_in(*inner) if (m.start, m.end) == inner), None)
    return Unit(*inner, match[1], "noun" if known is None else "entity", NAME, known)


def quoted_before(reading: Reading, end: int) -> Unit | None:
    """The quoted name whose closing mark ends at ``end``."""
    opens = max(reading.folded.rfind(mark, max(0, end - LONGEST_QUOTED), end) for mark in "“「『")
    found = quoted_at(reading, opens) if opens >= 0 else None
    return found if found is not None and found.end + 1 == end else None


def behind_kind(phrase: Sequence[Unit], is_kind: Callable[[str], bool]) -> Sequence[Unit]:
    """The unknown name that ends a phrase behind the noun for what bears it; empty for none."""
    at = length = 0
    for index in range(len(phrase) - 1, 0, -1):
        unit = phrase[index]
        length += len(unit.word)
        unknown = unit.tag.startswith(("x", "nr", "ns")) or len(unit.word) == 1
        if unit.kind != "noun" or not unknown or length > LONGEST:
            break
        at = index
    tail = phrase[at:] if at and is_kind(phrase[at - 1].word) else ()
    return tail if sum(len(unit.word) for unit in tail) >= 2 else ()
