"""How a name may be written: folded, case-folded, with or without the spaces and hyphens between its parts."""

import re
from functools import lru_cache
from itertools import product

DOTS = "·•‧・∙⋅･"
DASHES = "‐‑–"
TABLE = {ord(dot): "·" for dot in DOTS} | {ord(dash): "-" for dash in DASHES} | {0xA0: " "}
IN_TABLE = re.compile(f"[{''.join(map(chr, TABLE))}]")
ASTRAL = re.compile("[\U00010000-\U0010ffff]")
PIECE = re.compile(r"[a-z]+|[0-9]+|·|[^a-z0-9· -]+|[ -]")
MOST_VARIANTS = 64
SHORTEST_FUSED = 5  # letters that two Latin words need in all to be found written as one


def lowered(folded: str) -> str:
    """The text that surfaces are looked up in: lower case, one middle dot, one hyphen; the length is kept."""
    lower = folded.lower()
    if len(lower) != len(folded):  # İ becomes two
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in folded)
    return lower.translate(TABLE) if IN_TABLE.search(lower) else lower


@lru_cache(maxsize=1)  # a post is looked through for names, then for cues
def encoded(text: str) -> str:
    """Two symbols a character, one of 256 to 511 and one below, so that no node of the automaton has more than 256
    children and nothing begins in the middle of a character.

    pyahocorasick searches a node's children one by one: with one symbol a character its root has thousands.
    """
    units = text.encode("utf-16-be", "surrogatepass")
    if len(units) > 2 * len(text):  # beyond the first plane
        units = ASTRAL.sub("\uffff", text).encode("utf-16-be", "surrogatepass")
    symbols = bytearray(2 * len(units))
    symbols[0::4], symbols[2::4] = units[0::2], units[1::2]
    symbols[1::4] = b"\1" * len(text)
    return symbols.decode("utf-16-le")


def kind(piece: str) -> str:
    if piece.isascii():
        return "letter" if piece.isalpha() else "digit" if piece.isdigit() else "other"
    return "han"


def joints(left: str, separator: str, right: str) -> tuple[str, ...]:
    """What may stand between two parts of a name: RTX5090, RTX 5090, RTX-5090."""
    kinds = kind(left), kind(right)
    if "other" in kinds:
        return (separator,)
    if "han" in kinds:
        return ("", " ") if kinds != ("han", "han") else (separator,)
    if kinds == ("letter", "letter"):
        fused = ("",) if len(left) + len(right) >= SHORTEST_FUSED else ()
        return (" ", "-", *fused)
    if kinds == ("letter", "digit") and not separator and len(left) == 1:
        return ("", "-")
    if kinds == ("letter", "digit") or separator:
        return ("", " ", "-")
    return ("",)


def variants(surface: str) -> list[str]:
    """Every way in which a surface is looked up, the plain one first; ``surface`` is folded already.

    Example:
        >>> variants("GPT-4")
        ['gpt-4', 'gpt4', 'gpt 4']
    """
    plain = lowered(surface)
    if plain.isalpha() and (plain.isascii() or not any(char.isascii() for char in plain)):
        return [plain]
    choices: list[tuple[str, ...]] = []
    previous = separator = ""
    for piece in PIECE.findall(plain):
        if piece in " -" and previous:
            separator += piece
            continue
        if piece == "·":
            choices.append(("·", "", ".", "-"))
            previous = separator = ""
            continue
        if previous:
            choices.append(joints(previous, separator, piece))
        elif separator:
            choices.append((separator,))
        choices.append((piece,))
        previous, separator = piece, ""
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > MOST_VARIANTS:
        choices = [choice if len(choice) == 1 else (choice[0],) for choice in choices]
    found = ["".join(parts) for parts in product(*choices)]
    return list(dict.fromkeys([plain, *found]))
