"""What governs a bare number: a metric, price or verb right before it that only money follows."""

from collections.abc import Iterable

from pipeline.lexicons import cached, lexicon_rows
from pipeline.mentions.amounts.lexicon import words

REACH = 4  # particles and bounds that may stand between: 工资只发了4800, 房租就要近2500
Edge = dict[str, tuple[str, ...]]


def by_last(listed: Iterable[str]) -> Edge:
    """Words by their last character, longest first."""
    index: dict[str, list[str]] = {}
    for word in sorted(set(listed), key=len, reverse=True):
        index.setdefault(word[-1], []).append(word)
    return {char: tuple(found) for char, found in index.items()}


@cached
def governors(kind: str) -> Edge:
    """``metrics``: nouns whose values are money alone; else a list of ``amounts.toml`` below ``governors``."""
    listed = list(words(f"governors.{kind}"))
    if kind == "metrics":
        for row in lexicon_rows("metrics"):
            if row["takes"] == "money" and row["role"] == "noun" and not row["of"]:
                listed += [surface for surface in row.items("surfaces") if len(surface) > 1]
    return by_last(listed)


@cached
def particles(kind: str) -> Edge:
    """What may stand between a governor and its number: particles, and words that bound the number.

    People are not behind a verb of paying (用户花了300万).
    """
    bounds = (row["cue"] for row in lexicon_rows("bounds") if row["side"] == "before" and row["qualifier"])
    own = (
        words("governors.reached") if kind == "people" else [*words("governors.between"), *words("qualifiers.between")]
    )
    return by_last([*own, *bounds])


def stands(text: str, end: int, word: str) -> bool:
    """True for a Latin word that ends there and is no other's tail: PS, not that of EPS."""
    start = end - len(word)
    before = text[start - 1 : start]
    return text.endswith(word, 0, end) and not (word[0].isascii() and before.isascii() and before.isalnum())


def is_governed(text: str, position: int, kind: str) -> bool:
    """True where a governor of a kind ends at ``position``, but for particles between."""
    index, between = governors(kind), particles(kind)
    for _ in range(REACH):
        while position and text[position - 1] == " ":
            position -= 1
        last = text[position - 1 : position]
        if text.endswith(index.get(last, ()), 0, position):
            return last > "\x7f" or any(stands(text, position, word) for word in index[last])
        for word in between.get(last, ()):
            if text.endswith(word, 0, position):
                position -= len(word)
                break
        else:
            break
    return False
