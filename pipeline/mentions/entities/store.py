"""The compiled knowledge base in the user's cache folder.

A pickle runs what it holds, so only a file of our own in a folder that nobody else can write is read. Where there
is no such folder nothing is kept.
"""

import contextlib
import hashlib
import mmap
import os
import pickle
import stat
import sys
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ahocorasick

from pipeline.language.words import dictionary_file
from pipeline.lexicons import files

LEXICONS = (("currencies/*", ".csv"), ("entities/*", ".csv"), ("entity_guards", ".toml"), ("entity_patterns", ".toml"))
CODE = ("compile.py", "compounds.py", "lookup.py", "rows.py", "surfaces.py")
HEAD = 4  # bytes of the checksum
KEPT = 6  # compiled files that stay, of other versions and other users' lexicons
Parts = dict[str, Any]


def folder() -> Path | None:
    """Our cache folder, made if need be; None where it cannot be had or trusted."""
    if not hasattr(os, "getuid"):
        return None
    home = os.environ.get("XDG_CACHE_HOME", "")
    try:
        base = Path(home) if Path(home).is_absolute() else Path.home() / ".cache"
        path = base / "taojin"
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = path.lstat()
    except (OSError, RuntimeError):
        return None
    private = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
    return path if private else None


def key(user: str) -> str:
    """A digest of everything the compiled form depends on."""
    library = Path(ahocorasick.__file__).stat()  # its pickles are of its own making
    stamps = [stamp for file in (library, dictionary_file().stat()) for stamp in (file.st_size, file.st_mtime_ns)]
    digest = hashlib.sha256(f"{sys.version} {stamps}".encode())
    sources = [path for name, ending in LEXICONS for path in files(name, ending, user)]
    for path in (*sources, *(Path(__file__).with_name(name) for name in CODE)):
        content = path.read_bytes()
        digest.update(f"{path.parent} {path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def load(path: Path) -> Parts | None:
    """The parts of a file; None where there is none, or it is not ours, or it is damaged."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return None
    with os.fdopen(handle, "rb") as stream:
        found = os.fstat(stream.fileno())
        if found.st_uid != os.getuid() or found.st_mode & 0o022 or not stat.S_ISREG(found.st_mode):
            return None
        if found.st_size <= HEAD:
            return None
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content, memoryview(content) as view:
            if zlib.crc32(view[HEAD:]) != int.from_bytes(view[:HEAD]):
                return None  # a damaged automaton would take the process down
            try:
                parts: Parts = pickle.loads(view[HEAD:])
            except Exception:  # a pickle of another version fails in its own ways
                return None
            return parts


def save(path: Path, parts: Parts) -> None:
    """Write whole or not at all; a failure costs only time."""
    content = pickle.dumps(parts, protocol=5)
    with contextlib.suppress(OSError):
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".entities-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(zlib.crc32(content).to_bytes(HEAD) + content)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        old = sorted(path.parent.glob("entities-*.bin"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in old[KEPT:]:
            file.unlink(missing_ok=True)


def load_or_make(user: str, make: Callable[[], Parts]) -> Parts:
    home = folder()
    if home is None:
        return make()
    path = home / f"entities-{key(user)[:40]}.bin"
    parts = load(path)
    if parts is None:
        parts = make()
        save(path, parts)
    return parts
