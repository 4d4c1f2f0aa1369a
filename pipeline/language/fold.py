"""Fold a text for matching: Traditional characters to Simplified, full-width forms to ASCII, lengths kept.

Rules and lexicons see the folded text only; every offset holds in the original as well.
"""

import codecs
import re
from functools import cache
from itertools import compress
from operator import ne
from typing import Protocol

FULL_WIDTH = range(0xFF01, 0xFF5F)
# Chinese clause marks stay as they are: folded to ASCII they would fuse with numbers (1，234) and times (1：2).
KEPT = frozenset("，：；！？")
HAN = re.compile("[一-鿿]+")
IN_BOTH = frozenset("乾吒夥後徵拚捱摺於榘菸薹袷醣麴麽")  # Traditional characters that GB 2312 holds all the same


class Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def widths() -> dict[str, str]:
    """Full-width forms to their ASCII ones."""
    table = {chr(code): chr(code - 0xFEE0) for code in FULL_WIDTH if chr(code) not in KEPT}
    small = dict(zip("﹒﹪﹩﹙﹚﹣﹢", ".%$()-+", strict=True))  # 4﹒4%, in Hong Kong
    return table | small | dict(zip("\u3000￥￡￠\xa0", " ¥£¢ ", strict=True))


@cache
def wide() -> re.Pattern[str]:
    """A full-width form: a text holds few of them, and a table of all its characters costs ten times as much."""
    return re.compile(f"[{re.escape(''.join(widths()))}]")


def narrowed(text: str) -> str:
    """The text with its full-width forms as ASCII."""
    for char in set(wide().findall(text)):
        text = text.replace(char, widths()[char])
    return text


@cache
def converter() -> Converter:
    """OpenCC's Traditional → Simplified conversion, by phrases."""
    import opencc  # about 4 ms, and only texts with Traditional characters need it

    loaded: Converter = opencc.OpenCC("t2s")
    return loaded


@cache
def traditional() -> dict[int, str]:
    """Each Traditional character and its Simplified one, both single."""
    block = "\n".join(chr(code) for code in range(0x4E00, 0xA000))
    pairs = zip(block.split("\n"), converter().convert(block).split("\n"), strict=True)
    return {ord(old): new for old, new in pairs if old != new and len(new) == 1}


def pass_over(error: UnicodeError) -> tuple[str, int]:
    """Let what is no Han character be missing from a character set.

    Raises:
        UnicodeEncodeError: one of those that are missing is Han.
    """
    assert isinstance(error, UnicodeEncodeError)
    if HAN.search(error.object, error.start, error.end):
        raise error
    return "", error.end


HAN_ONLY = "taojin.han_only"  # the name of this way with errors
codecs.register_error(HAN_ONLY, pass_over)


def is_plain(text: str) -> bool:
    """True where every Han character is one of GB 2312 and Simplified: nothing to convert, and no table to load."""
    try:
        text.encode("gb2312", HAN_ONLY)
    except UnicodeEncodeError:
        return False
    return not any(char in text for char in IN_BOTH)


def is_traditional(text: str) -> bool:
    """True where a text is written in Traditional characters: more than one in twenty of its Han ones."""
    if is_plain(text):
        return False
    han = "".join(HAN.findall(text))
    table = traditional()
    return bool(han) and sum(ord(char) in table for char in han) * 20 > len(han)


def fold(text: str) -> str:
    """The text for matching, of the same length."""
    if text.isascii():
        return text
    narrow = narrowed(text)
    if is_plain(narrow):
        return narrow
    by_phrase = converter().convert(narrow)  # knows that 乾 in 乾隆 is no 干
    if len(by_phrase) == len(text) and (by_phrase == narrow or converts_alone(narrow, by_phrase)):
        return by_phrase
    by_char = narrow.translate(traditional())
    return by_phrase if len(by_phrase) == len(text) and by_char != narrow else by_char


def converts_alone(text: str, converted: str) -> bool:
    """True where the first character that a conversion has changed is one that changes without its neighbours, too."""
    return ord(next(compress(text, map(ne, text, converted)))) in traditional()
