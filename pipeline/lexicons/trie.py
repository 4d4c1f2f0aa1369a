"""Many words as one pattern that looks at each character once."""

import re
from collections.abc import Iterable, Mapping
from typing import Any


def trie(words: Iterable[str], unless: Mapping[str, Iterable[str]] | None = None) -> str:
    """A pattern of words, of those that begin alike the longest first; ``unless`` gives what must not follow a word.

    Example:
        >>> trie(["利润", "利息", "利润率", "税"])
        '(?:利(?:润率?|息)|税)'
    """
    stops = {word: f"(?!{trie(after)})" for word, after in (unless or {}).items()}
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = stops.get(word, "")

    def pattern(node: dict[str, Any]) -> str:
        ends, stop = "" in node, node.get("", "")
        below = {re.escape(char): pattern(child) for char, child in node.items() if char}
        if not below:
            return str(stop)
        branches = [char + rest for char, rest in below.items()]
        if len(branches) > 1 and not any(below.values()):
            body = f"[{''.join(branches)}]"
        elif len(branches) == 1 and (not ends or not any(below.values())):
            body = branches[0]
        else:  # a class among the branches would keep re from skipping what no word begins with
            body = f"(?:{'|'.join(branches)})"
        return f"(?:{body}|{stop})" if stop else body + "?" if ends else body

    return pattern(tree) or r"(?!)"
