"""Words and idioms that hold a numeral without being a number: 万一, 十分, 三星, 五花八门."""

from pipeline.lexicons import cached, lexicon_rows
from pipeline.mentions.numerals.section import ASCII_DIGITS
from pipeline.mentions.numerals.symbols import symbols

BEFORE = "<"  # marks a key of a character and the one before it
# Where the character stands in the word, the word, what may not follow it, what may not precede it.
Entry = tuple[int, str, tuple[str, ...], tuple[str, ...]]


@cached
def entries() -> dict[str, tuple[Entry, ...]]:
    """The words by each of their numeral characters and the one behind it (or, at the end, before it)."""
    table = symbols()
    numeric = set(table.kinds) | set(table.half) | ASCII_DIGITS
    index: dict[str, list[Entry]] = {}
    for row in lexicon_rows("not_numbers"):
        word = row["word"]
        for place, char in enumerate(word):
            if char in numeric:
                key = word[place : place + 2] if place + 1 < len(word) else BEFORE + word[place - 1 : place + 1]
                index.setdefault(key, []).append((place, word, row.items("unless"), row.items("not_after")))
    return {key: tuple(sorted(found, key=lambda e: -len(e[1]))) for key, found in index.items()}


def cuts(text: str, position: int) -> bool:
    """True where a run of Arabic digits goes on across ``position``: 7-11 is no word in 7-110."""
    return 0 < position < len(text) and text[position - 1] in ASCII_DIGITS and text[position] in ASCII_DIGITS


def word_at(text: str, position: int) -> tuple[int, int] | None:
    """The span of a word of the lexicon that covers the numeral character at ``position``; None for none."""
    index = entries()
    for key in (text[position : position + 2], BEFORE + text[position - 1 : position + 1] if position else ""):
        if key not in index:
            continue
        for place, word, unless, not_after in index[key]:
            start, end = position - place, position - place + len(word)
            if start < 0 or not text.startswith(word, start) or (unless and text.startswith(unless, end)):
                continue
            if (not_after and text.endswith(not_after, 0, start)) or cuts(text, start) or cuts(text, end):
                continue
            return start, end
    return None
