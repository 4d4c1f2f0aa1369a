"""The lexicon of dates, read once and put into the shapes that the scanner and the reader ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import LexiconError
from pipeline.lexicons import cached, lexicon_table
from pipeline.lexicons.trie import trie


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word of the lexicon says: a piece of a date of this ``kind``.

    ``unit`` and ``number`` mean what the kind makes of them (``relative``: unit and offset; ``half``: which).
    ``data`` is the lexicon's entry. ``flag`` holds marks such as ``alone`` or ``needs_year``.
    """

    kind: str
    unit: str = ""
    number: int = 0
    flag: str = ""
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)


class Words:
    """``meanings`` gives a word's meaning; the other attributes are lists of the lexicon, as it names them."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.table = table
        self.found: dict[str, Any] = {}
        self.tuples: dict[str, tuple[str, ...]] = {}
        self.sets: dict[str, frozenset[str]] = {}
        self.meanings: dict[str, Meaning] = {}
        try:
            self.learn_all(table)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise LexiconError(f"dates.toml: an entry lacks {error}; make it like those around it") from error

    def learn_all(self, table: Mapping[str, Any]) -> None:
        for entry in table["relative"]:
            flag = "back" if entry.get("back") else ""
            self.learn(entry, Meaning("relative", entry["unit"], entry["offset"], flag))
        for entry in table["carried"]:
            marks = " ".join(mark for mark in ("alone", "trading", "same") if entry.get(mark))
            self.learn(entry, Meaning("carried", entry["unit"], entry["offset"], marks))
        for unit, words in table["same"].items():
            self.learn({"words": words}, Meaning("same", unit), weak=True)
        for number, words in table["halves"].items():
            self.learn({"words": words}, Meaning("half", "half", int(number)))
        for unit, words in table["firsts"].items():
            self.learn({"words": words}, Meaning(unit, unit, 1, "needs_year" if unit == "month" else ""))
        for word, number in table["thirds"].items():
            self.learn({"words": [word]}, Meaning("third", "month", number))
        for entry in table["reports"]:
            flag = "needs_year" if entry.get("needs_year") else ""
            self.learn(entry, Meaning("report", entry["unit"], entry["number"], flag))
        for entry in table["festivals"]:
            flag = "needs_year" if entry.get("needs_year") else "needs_bound" if entry.get("needs_bound") else ""
            self.learn(entry, Meaning("festival", "day", 0, flag, entry))
        for entry in table["seasons"]:
            self.learn(entry, Meaning("season", "", 0, "needs_year", entry))
            for word, offset in table["season"]["before"].items():
                short = [word + name for name in entry["words"]]
                self.learn({"words": short}, Meaning("season", "", offset, "relative", entry))
        for word in table["festival"]["bound_words"]:
            self.meanings.setdefault(word, Meaning("bound"))
        for word in table["not_dates"]["words"]:
            self.meanings[word] = Meaning("none")

    def learn(self, entry: Mapping[str, Any], meaning: Meaning, weak: bool = False) -> None:
        for word in entry["words"]:
            if not weak or word not in self.meanings:
                self.meanings[word] = meaning

    def __getitem__(self, key: str) -> Any:
        """A value of the lexicon by its dotted name (``days.not_after``)."""
        if key not in self.found:
            value: Any = self.table
            for part in key.split("."):
                value = value[part]
            self.found[key] = value
        return self.found[key]

    def ends(self, key: str) -> tuple[str, ...]:
        """The words of a list, as ``str.startswith`` and ``str.endswith`` ask for them."""
        if key not in self.tuples:
            self.tuples[key] = tuple(self[key])
        return self.tuples[key]

    def firsts(self, key: str) -> frozenset[str]:
        """The first characters of a list's words: a text without them holds none of the words."""
        if key not in self.sets:
            self.sets[key] = frozenset(word[0] for word in self[key])
        return self.sets[key]

    def pattern(self, key: str) -> str:
        """The words of a list, as a pattern; ``unless`` tells of words that do not count before others."""
        return trie(self[key], self["unless"].get(key))


@cached
def words() -> Words:
    """The lexicon, with what the user's own ``dates.toml`` adds."""
    return Words(lexicon_table("dates"))
