"""Gold posts: what the rows of a post should be. ``docs/evaluate.md`` describes the format."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.table.schema import BY_NAME, LABELS

PARTS = ("mentions", "entities", "claims")
POST_FIELDS = ("post_id", "posted_at", "title", "author", "forum", "url", "text")
PLACES = ("start", "end")


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One row as it should be (or, among the ``wrong`` ones, should not be).

    ``wanted`` holds the acceptable answers of each column that is stated; none accepts anything, an empty one also
    an empty cell. ``start`` and ``end`` are -1 where the gold does not say where (claims need not). ``rule`` is that
    of the row that a reviewer judged, where it comes from one.
    """

    kind: str
    label: str
    wanted: Mapping[str, tuple[str, ...]]
    text: str = ""
    start: int = -1
    end: int = -1
    rule: str = ""

    def one(self, column: str) -> str:
        """The first answer."""
        return next(iter(self.wanted.get(column, ())), "")

    def __str__(self) -> str:
        cells = " ".join(f"{name}={'|'.join(answers)}" for name, answers in self.wanted.items() if any(answers))
        return f"{self.text!r} {cells}".strip()


@dataclass(frozen=True, slots=True, eq=False)
class GoldPost:
    """A post and its rows. Of a ``partial`` one only the items are known: other rows are neither right nor wrong."""

    fields: Mapping[str, str]
    items: tuple[Item, ...]
    wrong: tuple[Item, ...] = ()
    partial: bool = False
    surfaces: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def post_id(self) -> str:
        return self.fields["post_id"]


def own() -> list[Path]:
    """The gold posts that ship with Taojin."""
    return sorted(Path(str(files("pipeline.evaluate") / "posts")).glob("*.jsonl"))


def training() -> list[Path]:
    """Posts of ours whose values have their subjects, and nothing else: what weights are fitted to beside yours."""
    return sorted(Path(str(files("pipeline.evaluate") / "training")).glob("*.jsonl"))


def read(paths: Iterable[Path]) -> list[GoldPost]:
    """The gold posts of files, and of all ``*.jsonl`` in folders.

    Raises:
        InputError: a file is missing, a line cannot be read, or an id comes twice; the message says where.
    """
    posts: dict[str, GoldPost] = {}
    for path in paths:
        for file in sorted(path.glob("*.jsonl")) if path.is_dir() else [path]:
            for where, found in _lines(file):
                post = parsed(where, found)
                if post.post_id in posts:
                    raise InputError(f"{where}: post_id {post.post_id!r} is there already; give it one of its own")
                posts[post.post_id] = post
    return list(posts.values())


def _lines(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        with file.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    found = json.loads(line)
                    if not isinstance(found, dict):
                        raise InputError(f"{file}:{number}: not a JSON object")
                    yield f"{file}:{number}", found
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: {error}; gold posts are JSON Lines in UTF-8") from error
    except json.JSONDecodeError as error:
        raise InputError(f"{file}:{number}: {error}") from error


def parsed(where: str, found: dict[str, Any]) -> GoldPost:
    """A gold post of its JSON object; ``where`` is for messages."""
    fields = {name: str(found[name]) for name in POST_FIELDS if found.get(name)}
    missing = [name for name in ("post_id", "text") if name not in fields]
    if missing:
        raise InputError(f"{where}: no {missing[0]!r} in it")
    text = fields["text"]
    items = tuple(_item(where, text, part, cells) for part in PARTS for cells in found.get(part, ()))
    wrong = tuple(_item(where, text, "wrong", cells) for cells in found.get("wrong", ()))
    return GoldPost(fields, items, wrong, bool(found.get("partial")), _surfaces(items))


def _item(where: str, text: str, part: str, cells: Any) -> Item:
    if not isinstance(cells, dict):
        raise InputError(f"{where}: {part} holds {str(cells)[:40]!r}, which is no object")
    kind = {"entities": "entity", "claims": "claim"}.get(part, str(cells.get("kind", "")))
    label = str(cells.get("label", ""))
    if label not in LABELS.get(kind, ()):
        raise InputError(f"{where}: {part}: kind {kind!r} with label {label!r} is none that a row can have")
    start, end = (int(cells.get(name, -1)) for name in PLACES)
    surface = str(cells.get("text", ""))
    if start >= 0 and text[start:end] != surface:
        raise InputError(f"{where}: text[{start}:{end}] is {text[start:end]!r}, not {surface!r}")
    wanted = {
        name: tuple(map(str, value if isinstance(value, list) else [value]))
        for name, value in cells.items()
        if name in BY_NAME and name not in ("kind", "label", "text", "rule", "sentence", *PLACES)
    }
    return Item(kind, label, wanted, surface, start, end, str(cells.get("rule", "")))


def _surfaces(items: Iterable[Item]) -> dict[str, frozenset[str]]:
    """Name → all surfaces of the entities that have it."""
    found: dict[str, set[str]] = {}
    for item in items:
        if item.kind == "entity":
            found.setdefault(item.one("name"), set()).update((item.one("name"), item.text))
    return {name: frozenset(surfaces) for name, surfaces in found.items()}
