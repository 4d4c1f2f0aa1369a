"""Whether a post is written in Traditional characters, and whose money it then counts in."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import compress
from operator import ne

from pipeline.language.fold import narrowed
from pipeline.lexicons import cached
from pipeline.lexicons.trie import trie
from pipeline.mentions.amounts.lexicon import cue_table, words
from pipeline.mentions.amounts.view import View
from pipeline.mentions.numerals.symbols import symbols

DEFAULT, AMERICAN = "CNY", "USD"
HAN = re.compile("[㐀-鿿]+")
PART = 12  # one Han character in so many is Traditional
EVIDENCE = 2  # Traditional characters besides numerals that tell a script
ECHOES = 2  # times that one word tells of a place, however often it stands in a post


@cached
def neutral() -> frozenset[str]:
    """What a Traditional text and one that only counts in Traditional characters have in common."""
    return frozenset((*symbols().kinds, *cue_table()["regions"]["neutral"]))


def differing(text: str, folded: str) -> Iterator[tuple[str, str]]:
    """The characters of a text that folding has changed, each with what became of it."""
    for written, read in zip(text.split("\n"), folded.split("\n"), strict=True):
        if written != read:
            yield from compress(zip(written, read, strict=True), map(ne, written, read))


def is_traditional(view: View) -> bool:
    """True where the post is written in Traditional characters, numerals and money words aside."""
    text, folded = view.context.text, view.context.folded
    if text == folded or narrowed(text) == folded:
        return False
    plain, size = neutral(), len(text)
    changed = different = 0
    unseen = False
    for written, read in differing(text, folded):
        if "㐀" <= written <= "鿿":
            changed += 1
            different += read not in plain
            unseen = unseen or written not in folded
            if unseen and different >= EVIDENCE and changed * PART > size:  # soon clear where it is so
                return True
    if not unseen or not different or max(different, changed - different) < EVIDENCE:  # 租屋處1萬2 is enough
        return False
    return changed * PART > sum(map(len, HAN.findall(text)))


def region(view: View) -> str:
    """Whose money a Traditional post counts in: that of the place that most of its words name, else the script's."""
    named, codes = places()
    found: Counter[str] = Counter()
    for word, times in Counter(named.findall(view.text)).items():
        found[codes[word]] += min(times, ECHOES)
    regions = cue_table()["regions"]
    if found:
        return str(max(regions["cues"], key=found.__getitem__))
    converted = any(char in view.context.text for char in words("regions.converted"))
    return DEFAULT if converted else str(regions["script"])


@cached
def places() -> tuple[re.Pattern[str], dict[str, str]]:
    """The words that a place has of its own, and whose money each of them tells of."""
    codes = {cue: str(code) for code, cues in cue_table()["regions"]["cues"].items() for cue in cues}
    return re.compile(trie(codes)), codes


def dollar(view: View) -> str:
    """Whose money a bare $ is: that of a Traditional post's place, where nothing speaks of America's; else USD."""
    if not view.dollar:
        local = view.context.currency
        if local == DEFAULT and is_traditional(view):
            local = region(view)
        american = local == DEFAULT or any(word in view.text for word in words("regions.american"))
        view.dollar = AMERICAN if american else local
    return view.dollar
