"""Words and idioms that hold a numeral without being a number: 万一, 十分, 三星, 五花八门."""

from pipeline.lexicons import cached, lexicon_rows
from pipeline.mentions.numerals.section import ASCII_DIGITS
from pipeline.mentions.numerals.symbols import symbols

# Where the character stands in the word, the word, what may not follow it, what may not precede it.
Entry = tuple[int, str, tuple[str, ...], tuple[str, ...]]


@cached
def entries() -> tuple[dict[str, dict[str, tuple[Entry, ...]]], dict[str, dict[str, tuple[Entry, ...]]]]:
    """The words by each of their numeral characters and what touches it: few numerals stand in any.

    The first are by the character with the one behind it, and then by the third, empty where a word ends before; those
    that end with the character by the one before it, and then by itself.
    """
    table = symbols()
    numeric = set(table.kinds) | set(table.half) | ASCII_DIGITS
    inside: dict[str, list[Entry]] = {}
    last: dict[str, dict[str, list[Entry]]] = {}
    for row in lexicon_rows("not_numbers"):
        word = row["word"]
        for place, char in enumerate(word):
            if char in numeric:
                entry = place, word, row.items("unless"), row.items("not_after")
                if place + 1 < len(word):
                    inside.setdefault(word[place : place + 2], []).append(entry)
                else:
                    last.setdefault(word[place - 1 : place], {}).setdefault(char, []).append(entry)
    thirds = {
        pair: {
            third: [entry for entry in found if third_of(entry) in ("", third)] for third in set(map(third_of, found))
        }
        for pair, found in inside.items()
    }
    return longest_first(thirds), longest_first(last)


def third_of(entry: Entry) -> str:
    """The second character behind the numeral in a word; empty where it ends before."""
    place, word, *_ = entry
    return word[place + 2 : place + 3]


def longest_first(index: dict[str, dict[str, list[Entry]]]) -> dict[str, dict[str, tuple[Entry, ...]]]:
    return {
        key: {char: tuple(sorted(listed, key=lambda entry: -len(entry[1]))) for char, listed in found.items()}
        for key, found in index.items()
    }


def cuts(text: str, position: int) -> bool:
    """True where a run of Arabic digits goes on across ``position``: 7-11 is no word in 7-110."""
    return 0 < position < len(text) and text[position - 1] in ASCII_DIGITS and text[position] in ASCII_DIGITS


def word_at(text: str, position: int) -> tuple[int, int] | None:
    """The span of a word of the lexicon that covers the numeral character at ``position``; None for none."""
    inside, last = entries()
    thirds = inside.get(text[position : position + 2], {})
    behind = thirds.get(text[position + 2 : position + 3]) or thirds.get("")
    ends = last.get(text[position - 1 : position], {})
    for found in (behind, ends.get(text[position : position + 1])):
        for place, word, unless, not_after in found or ():
            start, end = position - place, position - place + len(word)
            if start < 0 or not text.startswith(word, start) or (unless and text.startswith(unless, end)):
                continue
            if (not_after and text.endswith(not_after, 0, start)) or cuts(text, start) or cuts(text, end):
                continue
            return start, end
    return None
