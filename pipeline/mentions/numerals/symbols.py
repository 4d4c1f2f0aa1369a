"""The characters of the number grammar, read from ``numerals.toml`` once."""

from pipeline.frozen import frozen
from pipeline.lexicons import cached, lexicon_table

DIGIT, UNIT, SCALE, TENS, FEW = range(5)
DIGITS = "0123456789 "  # a blank may stand before a scale


@frozen
class Symbols:
    """The lexicon in the shape the reader wants.

    ``kinds`` gives each Chinese numeral character its kind and value (a power of ten for UNIT and SCALE);
    ``latin`` powers of ten of scales behind an Arabic number, longest first; ``guards`` and ``blocked`` what must
    not follow or precede a character for it to be part of a numeral.
    """

    kinds: dict[str, tuple[int, int]]
    latin: dict[str, int]
    words: dict[str, int]
    over: str
    about: str
    handful: tuple[str, ...]
    behind_handful: tuple[str, ...]
    lower: str
    half: str
    point: str
    measure: str
    mixed: str
    fraction: str
    quarters: tuple[str, ...]
    clipped: tuple[str, ...]
    filled: tuple[str, ...]
    clock: tuple[str, ...]
    negative: tuple[str, ...]
    tolerance: tuple[str, ...]
    dashes: str
    included: tuple[str, ...]
    departing: tuple[str, ...]
    first_only: str
    weighed: str
    dozens: str
    pairs: frozenset[tuple[int, int]]
    lists: str
    guards: dict[str, tuple[str, ...]]
    blocked: dict[str, tuple[str, ...]]
    ambiguous: frozenset[str]
    goes_on: frozenset[str]
    behind_measure: frozenset[str]

    def guarded(self, text: str, position: int) -> bool:
        """True where the character at ``position`` belongs to another word: by what follows it."""
        words = self.guards.get(text[position : position + 1])
        return words is not None and text.startswith(words, position + 1)

    def is_blocked(self, text: str, position: int) -> bool:
        """True where the character at ``position`` belongs to another word: by what precedes it."""
        words = self.blocked.get(text[position : position + 1])
        return words is not None and text.endswith(words, max(0, position - 4), position)


@cached
def symbols() -> Symbols:
    table = lexicon_table("numerals")
    kinds = {char: (DIGIT, value) for char, value in table["digits"].items()}
    kinds |= {char: (UNIT, power) for char, power in table["units"].items()}
    kinds |= {char: (SCALE, power) for char, power in table["scales"].items()}
    kinds |= {char: (TENS, value) for char, value in table["tens"].items()}
    kinds |= dict.fromkeys(table["vague"]["few"], (FEW, 0))
    vague, ranges = table["vague"], table["ranges"]
    return Symbols(
        kinds=kinds,
        latin=table["latin"],
        words=table["words"],
        over="".join(vague["over"]),
        about="".join(vague["about"]),
        handful=tuple(vague["handful"]),
        behind_handful=tuple(vague["behind_handful"]),
        lower="".join(vague["from"]),
        half="".join(vague["half"]),
        point="".join(vague["point"]),
        measure="".join(vague["measure"]),
        mixed="".join(vague["mixed"]),
        fraction=vague["over_fraction"],
        quarters=tuple(vague["quarters"]),
        clipped=tuple(vague["clipped"]),
        filled=tuple(vague["filled"]),
        clock=tuple(vague["clock"]),
        negative=tuple(vague["negative"]),
        tolerance=tuple(vague["tolerance"]),
        dashes="".join(ranges["dashes"]),
        included=tuple(ranges["included"]),
        departing=tuple(ranges["departing"]),
        first_only="".join(vague["first_only"]),
        weighed="".join(vague["weighed"]),
        dozens="".join(vague["dozens"]),
        pairs=frozenset((kinds[a][1], kinds[b][1]) for a, b in ranges["pairs"]),
        lists="".join(ranges["list"]),
        guards={char: tuple(words) for char, words in table["guards"].items()},
        blocked={char: tuple(words) for char, words in table["blocked"].items()},
        goes_on=frozenset((*kinds, *"".join(vague["over"] + vague["about"] + vague["half"] + vague["point"]), *DIGITS)),
        behind_measure=frozenset((*kinds, *"".join(vague["over"] + vague["half"]), *(w[0] for w in table["words"]))),
        ambiguous=frozenset(table["capitals"]["ambiguous"]),
    )
