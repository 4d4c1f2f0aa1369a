"""Files written whole or not at all, and stamps that tell whether a file has changed."""

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, EDQUOT, EFBIG, ENOSPC, EPERM, EROFS
from pathlib import Path

from pipeline.errors import OutputError

RACY = 2 * 10**9
"""Nanoseconds. A file changed so shortly before it was looked at may change again under the same stamp."""

_ADVICE = {
    ENOSPC: "the disk is full; free some space and run again",
    EDQUOT: "the disk quota is used up; free some space and run again",
    EFBIG: "the file would be larger than is allowed here; choose another folder with --out",
    EACCES: "it cannot be written; change its permissions or choose another folder with --out (or close the program"
    " that has it open)",
    EPERM: "it cannot be written; change its permissions or choose another folder with --out",
    EROFS: "it is read-only; choose another folder with --out",
}


def output_error(error: OSError, path: Path) -> OutputError:
    """The error of a file that cannot be written, saying what to do."""
    why = _ADVICE.get(error.errno or 0, error.strerror or str(error))
    return OutputError(f"{error.filename or path}: {why}; nothing that was written before is lost")


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn any OSError of the block into an OutputError about ``path``."""
    try:
        yield
    except OSError as error:
        raise output_error(error, path) from error


def put(path: Path, content: bytes) -> None:
    """Write one file beside its place, then move it there; its folder is made where there is none.

    Raises:
        OSError: it cannot be written; what was there before still is.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


class Replacement:
    """A set of files written beside their targets, then moved into place together.

    ``commit`` leaves a target alone whose bytes would be the same. Without ``commit`` nothing changes.
    """

    def __init__(self, folder: Path, workshop: Path) -> None:
        self.folder, self.workshop = folder, workshop
        self.names: list[str] = []

    def path(self, name: str) -> Path:
        """Where to write the new content of ``name``; workshop and folder lie on one file system."""
        self.names.append(name)
        return self.workshop / f"{name}.part"

    def commit(self) -> list[str]:
        """Make the new contents durable, then visible; the names of the files that changed."""
        changed = []
        for name in self.names:
            part = self.workshop / f"{name}.part"
            if same(part, self.folder / name):
                part.unlink()
            else:
                _sync(part)
                changed.append(name)
        for name in changed:
            (self.workshop / f"{name}.part").replace(self.folder / name)
        if changed:
            _sync(self.folder)
        return changed

    def abandon(self) -> None:
        for name in self.names:
            with suppress(OSError):
                (self.workshop / f"{name}.part").unlink(missing_ok=True)


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def same(one: Path, other: Path) -> bool:
    """Whether both exist with the same bytes."""
    try:
        if one.stat().st_size != other.stat().st_size:
            return False
        with one.open("rb") as left, other.open("rb") as right:
            while (block := left.read(1 << 20)) == right.read(1 << 20):
                if not block:
                    return True
    except FileNotFoundError:
        pass
    return False


def stamp(path: Path) -> tuple[str, bool]:
    """Size and times of a file, and whether it was changed just now; an empty stamp where it cannot be looked at."""
    try:
        info = path.stat()
    except OSError:
        try:
            info = path.lstat()
        except OSError:
            return "", True
        return f"unreadable {info.st_mtime_ns}", False
    latest = max(info.st_mtime_ns, info.st_ctime_ns)
    return f"{info.st_size} {info.st_mtime_ns} {info.st_ctime_ns}", abs(time.time_ns() - latest) < RACY


def sha256(path: Path) -> str:
    """The file's hash; empty where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
