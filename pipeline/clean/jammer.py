"""Discuz's anti-copy junk in text: pairs of an ASCII sign and a letter-like one at the ends of lines.

The forum writes at least five times a character of U+0020–003B, a space, a character of U+003F–007E; where the
first is a space, copying may have folded the two.
"""

import re

UNIT = r"(?: ?[!-;] [?-~]| {1,2}[?-~])"
RUN = re.compile(rf"{UNIT}{{5,}}+")
LEAST = 5


def without_jammer(line: str) -> str:
    """A line without the junk at its beginning and end."""
    if line.count(" ") < LEAST:
        return line
    kept = []
    place = 0
    for match in RUN.finditer(line):
        start, end = match.span()
        if (start == 0 or end == len(line)) and unlike_words(match[0]):
            kept.append(line[place:start])
            place = end
    kept.append(line[place:])
    return "".join(kept)


def unlike_words(run: str) -> bool:
    """Whether a run has the signs and digits between its letters that spelled-out letters do not have."""
    return sum("!" <= char <= ";" for char in run) >= 3
