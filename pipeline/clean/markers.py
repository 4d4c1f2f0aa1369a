"""The markers that tell the forum's words from the author's, read from ``markers.toml`` and a user's own files."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from pipeline.clean.index import Sought
from pipeline.errors import LexiconError
from pipeline.lexicons import merge

HOME = Path(__file__).with_name("markers.toml")


@dataclass(frozen=True, slots=True)
class Notice:
    """What a page says that holds no post, and what a user can do about it."""

    pattern: re.Pattern[str]
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Markers:
    """All markers, ready to be looked up; told apart by identity, so that what is made of them can be kept.

    ``tags`` and ``classes`` map a name to its marker's id, ``ids`` an element's id without its number, ``inside`` a
    class and the tag that goes within it (``within`` are all such tags), ``quotes`` are the classes of quotes.
    ``patterns`` are the forum's words by what they tell. ``shown`` finds notices beside words that this viewer may
    see. ``sought`` are the classes of elements that are looked up. ``line`` matches a whole line; the marker is the
    group that matched.
    """

    tags: dict[str, str]
    classes: dict[str, str]
    ids: dict[str, str]
    inside: dict[tuple[str, str], str]
    within: frozenset[str]
    quotes: frozenset[str]
    line: re.Pattern[str]
    blocked: re.Pattern[str]
    shown: re.Pattern[str]
    notices: tuple[Notice, ...]
    dump: dict[str, Any]
    html: dict[str, Any]
    time: dict[str, Any]
    smiley: re.Pattern[str]
    patterns: dict[str, re.Pattern[str]]
    sought: Sought

    def of_line(self, line: str) -> str:
        """The marker of a line that no author wrote, or nothing."""
        match = self.line.fullmatch(line)
        return match.lastgroup or "" if match else ""


@cache
def markers(user: str = "") -> Markers:
    """Our markers and, after them, those of ``user``'s folder (``clean/*.toml`` in it).

    Raises:
        LexiconError: a file cannot be read, or a pattern in it is wrong.
    """
    table: dict[str, Any] = {}
    for path in [HOME, *(sorted(Path(user, "clean").glob("*.toml")) if user else [])]:
        try:
            merge(table, tomllib.loads(path.read_text("utf-8")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise LexiconError(f"{path}: {error}") from error
    try:
        return compiled(table)
    except (re.error, KeyError, TypeError, AttributeError) as error:
        raise LexiconError(f"{user or HOME}: a marker cannot be used: {error!r}") from error


def compiled(table: dict[str, Any]) -> Markers:
    drop = table["drop"]
    return Markers(
        tags={name: key for key, one in drop.items() for name in one.get("tags", ())},
        classes={name: key for key, one in drop.items() for name in one.get("classes", ())},
        ids={name: key for key, one in drop.items() for name in one.get("ids", ())},
        inside={pair: key for key, one in drop.items() for pair in one.get("inside", {}).items()},
        within=frozenset(tag for one in drop.values() for tag in one.get("inside", {}).values()),
        quotes=frozenset(table["html"]["quote_classes"]),
        line=re.compile("|".join(f"(?P<{key}>{one['pattern']})" for key, one in table["line"].items())),
        blocked=re.compile("|".join(table["status"]["blocked"])),
        shown=re.compile("|".join(table["status"]["shown"])),
        notices=tuple(Notice(re.compile(one["pattern"]), one["reason"]) for one in table["page_notice"]),
        dump=table["dump"],
        html=table["html"],
        time=table["time"],
        smiley=smilies(table["smiley"]["codes"]),
        sought=Sought(frozenset(chain.from_iterable(v for k, v in table["html"].items() if k.endswith("_classes")))),
        patterns={name: re.compile(filled(source, table["words"])) for name, source in table["pattern"].items()},
    )


def filled(source: str, words: dict[str, str]) -> str:
    """A pattern with the words put in for their names."""
    return re.sub(r"\{\{(\w+)\}\}", lambda match: words[match[1]], source)


def smilies(codes: list[str]) -> re.Pattern[str]:
    """A pattern of typed smilies that stand free of letters, digits and each other's signs."""
    longest = sorted(codes, key=len, reverse=True)
    return re.compile(r" ?(?<![A-Za-z0-9/:])(?:" + "|".join(map(re.escape, longest)) + r")(?![A-Za-z0-9/])")


@cache
def pattern(source: str) -> re.Pattern[str]:
    """A compiled pattern of the markers."""
    return re.compile(source)


@cache
def any_of(sources: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern of several."""
    return re.compile("|".join(sources))
