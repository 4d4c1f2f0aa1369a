"""Where a rule stands in the code, and which cues of the lexicons stand in a sentence; for ``taojin explain``."""

import ast
import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.lexicons import HOME as LEXICONS

HOME = Path(__file__).parent.parent
ROOMS = ("mentions", "claims")
SHORTEST_CUE, LONGEST_CUE = 2, 8
PLACES = 3


class Place(NamedTuple):
    """Where a rule's id stands in the code, and what the function around it says of itself."""

    path: Path
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(HOME.parent)}:{self.line}: {self.words}"


def rule_places(rule: str) -> list[Place]:
    """The functions that make a rule's rows; the rule's id may be put together there from parts."""
    paths = sorted(path for room in ROOMS for path in (HOME / room).rglob("*.py"))
    sources = {path: path.read_text("utf-8") for path in paths}
    parts = rule.split(".")
    for length in range(len(parts), 0, -1):
        end = r"(?:[\"']|\.\{)" if length > 1 else r"\.\{"
        pattern = re.compile(rf"[\"']{re.escape('.'.join(parts[:length]))}{end}")
        found = [(path, match.start()) for path, text in sources.items() for match in pattern.finditer(text)]
        if found:
            lines = [(path, sources[path].count("\n", 0, start) + 1) for path, start in found[:PLACES]]
            return [Place(path, line, description(sources[path], line)) for path, line in lines]
    return []


def lexicons_of(places: list[Place]) -> set[str]:
    """The lexicons that the rules' folders read."""
    names: set[str] = set()
    for folder in {place.path.parent for place in places}:
        for path in folder.rglob("*.py"):
            names.update(re.findall(r"lexicon_(?:rows|table)\(\s*\"([^\"]+)\"", path.read_text("utf-8")))
    return names


def description(source: str, line: int) -> str:
    """Name and docstring of the innermost function or class around a line, else what the module says of itself."""
    tree = ast.parse(source)
    words = first_sentence(ast.get_docstring(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.lineno <= line <= (node.end_lineno or 0):
            words = f"{node.name}: {first_sentence(ast.get_docstring(node)) or words}"
    return words


def first_sentence(docstring: str | None) -> str:
    return " ".join((docstring or "").split("\n\n")[0].split())


def cues(words: list[str], lexicons: set[str], user: str = "") -> Iterator[str]:
    """The words, and runs of neighbouring words, that one of the lexicons lists: each with file and line or key."""
    joined = {"".join(words[i : i + n]) for i in range(len(words)) for n in range(1, 5)}
    wanted = {cue for cue in joined if SHORTEST_CUE <= len(cue) <= LONGEST_CUE and cue.isalpha()}
    found: dict[str, list[str]] = {}
    for home in (LEXICONS, Path(user)) if user else (LEXICONS,):
        for path in sorted([*home.glob("*.csv"), *home.glob("*.toml")]):
            if path.stem not in lexicons:
                continue
            for cue, where in in_csv(path) if path.suffix == ".csv" else in_toml(path):
                if cue in wanted:
                    found.setdefault(cue, []).append(path.name + where)
    for cue in sorted(found, key="".join(words).find):
        yield f"{cue}  {'; '.join(found[cue][:PLACES])}"


def in_csv(path: Path) -> Iterator[tuple[str, str]]:
    """The parts of the first cells of a lexicon, each with its line and what the line says first."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream)
        next(reader, None)
        for cells in reader:
            if cells and not cells[0].startswith("#"):
                about = " ".join(cell.split("|")[0] for cell in cells[:3] if cell)
                for part in dict.fromkeys("|".join(cells[:2]).split("|")):
                    yield part, f":{reader.line_num} ({about})"


def in_toml(path: Path) -> Iterator[tuple[str, str]]:
    """The strings of a lexicon, each with the keys that lead to it."""

    def walk(value: object, keys: str) -> Iterator[tuple[str, str]]:
        if isinstance(value, str):
            yield value, f" [{keys}]"
        elif isinstance(value, list):
            for item in value:
                yield from walk(item, keys)
        elif isinstance(value, dict):
            for key, item in value.items():
                yield key, f" [{keys}]"
                yield from walk(item, f"{keys}.{key}" if keys else key)

    yield from walk(tomllib.loads(path.read_text("utf-8")), "")


def entity_places(entity_id: str, user: str = "") -> Iterator[str]:
    """The lines of the knowledge base that hold an entity."""
    for home in (LEXICONS, Path(user)) if user else (LEXICONS,):
        for path in sorted(home.rglob("*.csv")):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if line.startswith(f"{entity_id},"):
                    yield f"{path.name}:{number}: {line[:120]}"
