"""jieba's cut of a text, by the Rust twin of its dictionary and its own Hidden Markov Model: several times as fast.

``rjieba`` holds jieba's dictionary and model and cuts common Han characters as jieba does. Pieces with Latin letters
are put together here as ``jieba.cut`` does: the likeliest path by the twin, what it leaves as single characters by
jieba's own model. The tests compare the two.
Where a program gives jieba words of its own, or ``rjieba`` is not installed, jieba itself cuts.
"""

import re
import sys
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, cast

from pipeline.startup import without_collection

SHIPPED = (498_113, 60_101_967)
"""Entries and total count of jieba's dictionary, as long as nobody changes it."""
IN_BLOCK = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+#&._%-")
# Latin letters and rare Han characters are the two things that the twin cuts otherwise: GPT-4, 2015-3-3.
APART = re.compile("[a-zA-Z0-9+#&._%\\-\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00010000-\U0010ffff]")
REPEATED = re.compile(r"(.)\1\1\1\1", re.DOTALL)  # 哈哈哈哈哈: of its equally likely cuts the twin takes another
FIRST, LAST = "\u4e00", "\u9fd5"  # the Han characters that jieba puts into words


@cache
def rust() -> Any:
    """The module ``rjieba``, or None."""
    try:
        import rjieba
    except ImportError:
        return None
    return rjieba


def is_changed() -> bool:
    """True where jieba's dictionary is loaded and holds words of somebody's own, or lacks some."""
    jieba = sys.modules.get("jieba")
    if jieba is None or not jieba.dt.initialized:
        return False
    return (len(jieba.dt.FREQ), jieba.dt.total) != SHIPPED or bool(jieba.finalseg.Force_Split_Words)


def cutter() -> Callable[[str], list[str]]:
    """What cuts a text into jieba's words, unknown ones by its model."""
    return plain if rust() is None or is_changed() else fast


def plain(text: str) -> list[str]:
    return cast("list[str]", segmenter().lcut(text))


@cache
def segmenter() -> Any:
    """jieba's tokenizer with its dictionary loaded."""
    with without_collection():
        import jieba

        jieba.setLogLevel("ERROR")
        jieba.initialize()
    return jieba.dt


def fast(text: str) -> list[str]:
    rjieba = rust()
    if not APART.search(text) and not REPEATED.search(text):
        return cast("list[str]", rjieba.cut(text, True))
    found: list[str] = []
    single = ""  # the single characters of the path since its last word
    for word in rjieba.cut(text, False):
        if len(word) == 1:
            if FIRST <= word <= LAST or word in IN_BLOCK:
                single += word
                continue
        elif word.isascii() and word.isalnum() and not rjieba.has_word(word):
            single += word  # letters and digits that the path has one by one come as one
            continue
        if single:
            found.extend(recognized(single) if len(single) > 1 else single)
            single = ""
        found.append(word)
    if single:
        found.extend(recognized(single) if len(single) > 1 else single)
    return found


@lru_cache(maxsize=65536)
def recognized(text: str) -> tuple[str, ...]:
    """The words of a run of single characters, by jieba's model; one by one where the dictionary knows the run."""
    if rust().has_word(text):
        return tuple(text)
    if not APART.search(text) and not REPEATED.search(text):
        return tuple(rust().cut(text, True))
    from jieba import finalseg

    return tuple(finalseg.cut(text))
