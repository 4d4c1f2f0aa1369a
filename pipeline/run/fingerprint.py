"""What the rows depend on besides the posts: rules, lexicons, settings and versions, each as a hash."""

import hashlib
import sys
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from importlib import metadata
from pathlib import Path

from pipeline.settings import Settings

HOME = Path(__file__).parent.parent
OUTSIDE = ("run", "review", "evaluate", "scrape", "cli.py", "command.py", "extras.py", "__main__.py")
"""Rooms and files that change no row."""
OUTSIDE_TABLE = ("exports", "command.py", "formats.py")
"""Parts of the table's room that only write rows down."""
ELSEWHERE = ("lexicons", "cases")
"""Settings that are in a part of their own, or change no row."""
PACKAGES = ("jieba", "rjieba", "spacy", "opencc", "lxml", "beautifulsoup4", "pyahocorasick", "babel", "tzdata")
PARTS = {
    "rules": "rules changed",
    "lexicons": "lexicons changed",
    "own": "your lexicons changed",
    "settings": "settings changed",
    "versions": "Python or a package has another version",
}
"""The parts, and what to say when one differs."""


def fingerprint(settings: Settings) -> dict[str, str]:
    """The hash of each part; equal hashes mean equal rows for equal posts."""
    own = Path(settings.lexicons) if settings.lexicons else None
    rules, lexicons = _shipped()
    return {
        "rules": rules,
        "lexicons": lexicons,
        "own": _hash(own, (p for p in sorted(own.rglob("*")) if p.suffix in (".csv", ".toml"))) if own else "",
        "settings": _digest(repr(sorted((k, v) for k, v in asdict(settings).items() if k not in ELSEWHERE))),
        "versions": _versions(PACKAGES),
    }


@cache
def _shipped() -> tuple[str, str]:
    """The hashes of our rules and lexicons; of those that this process has loaded, whatever becomes of the files."""
    inside = [path for path in sorted(HOME.rglob("*")) if _counts(path.relative_to(HOME))]
    rules = _hash(HOME, (path for path in inside if path.suffix == ".py"))
    return rules, _hash(HOME, (path for path in inside if path.suffix != ".py"))


@cache
def _versions(packages: tuple[str, ...]) -> str:
    return _digest(repr([sys.version_info[:3], *map(_version, packages)]))


def _counts(path: Path) -> bool:
    if path.parts[0] in OUTSIDE or "__pycache__" in path.parts:
        return False
    if path.parts[0] == "table" and path.parts[1:2] and path.parts[1] in OUTSIDE_TABLE:
        return False
    return path.suffix in (".py", ".csv", ".toml")


def _hash(home: Path, paths: Iterable[Path]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(home).as_posix()}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def differences(old: dict[str, str], new: dict[str, str]) -> list[str]:
    """What to tell the user about two fingerprints."""
    return [words for part, words in PARTS.items() if old.get(part) != new.get(part)]


def combined(parts: dict[str, str]) -> str:
    """One hash of all parts."""
    return _digest(repr(sorted(parts.items())))
