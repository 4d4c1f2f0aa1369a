"""Surfaces of the knowledge base where they stand for themselves: on the edges of words, not in numbers."""

from collections.abc import Callable, Sequence

from pipeline.language.words import tag
from pipeline.mentions.entities.compile import EXACT, UPPER, WORD
from pipeline.mentions.entities.guards import guards
from pipeline.mentions.entities.lookup import Hit
from pipeline.mentions.entities.scene import Scene, is_han, is_latin

BESIDE = ("v", "f", "d", "p", "c", "u", "t")  # jieba's parts of speech of a character that no name ends with


def is_whole(scene: Scene, start: int, end: int) -> bool:
    """True where the span is no piece of a longer Latin word or number."""
    return scene.free_left(start) and scene.free_right(end, end - start < 4)


def crosses(scene: Scene, start: int, end: int) -> bool:
    """True where a word of jieba's dictionary runs over exactly one edge of the span: 高通胀 holds no 高通."""
    return any(
        ((left < start < right < end) or (start < left < end < right and not followed(scene, end, right)))
        and tag(word) != "x"
        and word not in guards(scene.kb).taking  # 对华|为
        for left, right, word in scene.tokens(start, end)
    )


def followed(scene: Scene, end: int, right: int) -> bool:
    """True where a word that follows companies takes back what jieba cut off: 推特|高管, to it 推|特高|管."""
    return any(end + len(word) >= right for word in guards(scene.kb).after["ORG"] if scene.low.startswith(word, end))


def runs_on(scene: Scene, start: int, end: int) -> bool:
    """True where a word of the dictionary holds the last character of a span and the next: 北京大学|城, 教育部|门."""
    low = scene.low
    if end >= len(low) or not is_han(low[end]):
        return False
    return any(tag(low[at : end + 1]) != "x" for at in (end - 1, end - 2) if at > start) and crosses(scene, start, end)


def runs_in(scene: Scene, start: int, end: int) -> bool:
    """True where a word of the dictionary begins in front of a span and words of it fill the rest: 建|立新能源."""
    low = scene.low
    if not start or not is_han(low[start - 1]):
        return False
    if all(
        tag(low[at : start + length]) == "x" for at, length in ((start - 1, 1), (start - 1, 2), (max(0, start - 2), 1))
    ):
        return False
    words = scene.tokens(start, end)
    return (
        len(words) > 1
        and words[0][0] < start
        and words[-1][1] == end
        and all(tag(word) != "x" and len(word) > 1 for _, _, word in words)
    )


def swallowed(scene: Scene, start: int, end: int) -> bool:
    """True where the span is a piece of a longer word of jieba: 苹果汁."""
    bound = guards(scene.kb).bound
    for left, right, word in scene.tokens(start, end):
        if left <= start and end <= right and (right - left) > (end - start):
            rest = word[: start - left] + word[end - left :]
            if left == start and len(rest) == 1 and tag(rest).startswith(BESIDE) and tag(word) == "x":
                return False  # 李健称, 小鹏前: words of jieba's making
            return rest not in bound
    return False


def in_full_name(scene: Scene, start: int, end: int) -> bool:
    """True where the span is the given name in a word that no dictionary has: 程|正邦."""
    if not start or scene.low[start - 1] not in guards(scene.kb).surnames:
        return False
    words = scene.tokens(start, end)
    return len(words) == 1 and words[0][:2] == (start - 1, end) and tag(words[0][2]) == "x"


def followed_by(scene: Scene, end: int, words: tuple[str, ...]) -> bool:
    """True where one of the words stands right behind; one of a single character not as the beginning of a longer
    word of the dictionary: 长城|上半年."""
    if not scene.precedes(end, words):
        return False
    at = scene.after(end)
    longer = [right - left for left, right, word in scene.tokens(at, at + 1) if left == at and tag(word) != "x"]
    return not longer or longer[0] == 1 or any(len(word) > 1 and scene.low.startswith(word, at) for word in words)


def counts(scene: Scene, start: int, end: int) -> bool:
    """True where the number at the end of a surface belongs to what follows: 小米 8 块."""
    if not scene.low[end - 1].isdigit():
        return False
    if scene.low[end : end + 1] in guards(scene.kb).scales and end < len(scene.low):
        return True  # 小米4万
    at = end
    while at > start and scene.low[at - 1].isdigit():
        at -= 1
    return (
        at > start
        and scene.low[at - 1] == " "
        and scene.low[(after := scene.after(end)) : after + 1] in guards(scene.kb).measures
    )


def hits(scene: Scene) -> list[Hit]:
    """Every surface that stands for itself, longest first where they overlap, nested ones dropped later."""
    kb = scene.kb
    found = []
    for hit in kb.hits(scene.low):
        start, end = hit.start, hit.end
        latin = is_latin(scene.low[start]) or is_latin(scene.low[end - 1])
        if latin and not is_whole(scene, start, end):
            continue
        if counts(scene, start, end):
            continue
        flags = kb.flags[hit.surface]
        if flags & UPPER and not scene.folded[start:end].isupper():
            continue
        if flags & EXACT and scene.text[start:end] not in kb.at(kb.owners(hit.surface)[0]).names:
            continue
        if flags & WORD and not scene.is_word(start, end):
            continue
        if not scene.is_masked(start, end):
            found.append(hit)
    return found


def longest(found: Sequence[Hit], is_open: Callable[[Hit], bool]) -> list[Hit]:
    """Hits without those that lie inside a longer one that is sure; in order."""
    kept: list[Hit] = []
    owned = bytearray(max((hit.end for hit in found), default=0))
    for hit in sorted(found, key=lambda hit: (hit.start - hit.end, hit.start)):
        if owned.find(1, hit.start, hit.end) >= 0:
            continue
        kept.append(hit)
        if not is_open(hit):
            owned[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
    return sorted(kept)
