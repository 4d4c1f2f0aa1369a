"""Longer words that hold a name and are none: 教育部门, 出海口, 蒙古族, 北极狐.

jieba's dictionary knows them; those that hold a surface of the knowledge base are compiled into its automaton, so
that the longest match wins as it does between names.
"""

from collections.abc import Callable, Container, Iterable, Iterator

from pipeline.language.words import dictionary, tag

SHORTEST, LONGEST = 3, 8  # characters
# jieba's parts of speech of idioms, verbs, adjectives, adverbs …: whatever such a word holds is no name.
NEVER = ("i", "z", "o", "v", "a", "d", "m", "t")
NAMES = ("ns", "nz")  # of names: 悉尼奥运会 holds one
FUNCTION = ("p", "c")  # of a character that is no part of what follows, though the dictionary has both as one


Name = tuple[int, int, bool]  # start, end, a person's


def is_compound(word: str, kind: str, name: Name, bound: frozenset[str], heads: frozenset[str]) -> bool:
    """True where ``name`` is none inside a word of this part of speech.

    ``bound`` are rests behind which a name stays one (北京|城), ``heads`` those behind which none does (达尔文|主义).
    """
    start, end, is_person = name
    before, after = word[:start], word[end:]
    if after in heads:
        return True
    if before + after in bound or (len(before) == 1 and tag(before).startswith(FUNCTION)):
        return False
    if kind.startswith(NEVER):
        return True
    if kind == "nt" and before:
        return False  # 英国剑桥大学
    if is_person and not before:
        return False  # the dictionary has 慈禧太 as well
    if before:
        return not (kind in NAMES and not after and len(before) > 1)
    return len(after) == 1


def compounds(
    hits: Callable[[str], Iterable[Name]], known: Container[str], bound: frozenset[str], heads: frozenset[str]
) -> Iterator[str]:
    """Words of jieba's dictionary in which every name found by ``hits`` is none; ``known`` are surfaces."""
    for line in dictionary().decode("utf-8").splitlines():
        word, _, rest = line.partition(" ")
        if not SHORTEST <= len(word) <= LONGEST or word in known or word[0] < "㐀":
            continue
        kind = rest.rpartition(" ")[2]
        spans = list(hits(word))
        longest = [a for a in spans if not any(b != a and b[0] <= a[0] and a[1] <= b[1] for b in spans)]
        if longest and all(is_compound(word, kind, one, bound, heads) for one in longest):
            yield word
