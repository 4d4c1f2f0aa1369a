"""One run at a time on an output folder. The system drops the lock with its process, so none goes stale."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import OutputError


class BusyError(OutputError):
    """Another run is writing."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file for the length of the block.

    Raises:
        BusyError: another run holds it.
    """
    with path.open("a+b") as stream:
        try:
            _take(stream.fileno())
        except OSError as error:
            stream.seek(1)
            holder = stream.read(40).decode("ascii", "replace").strip() or "unknown"
            raise BusyError(
                f"{path.parent.parent}: another run (process {holder}) is writing here; wait for it to end"
            ) from error
        stream.truncate(0)
        stream.write(f" {os.getpid()}\n".encode())
        stream.flush()
        try:
            yield
        finally:
            with suppress(OSError):
                stream.truncate(0)
                _release(stream.fileno())


@contextmanager
def waiting(path: Path) -> Iterator[None]:
    """Hold the lock file for the length of the block, after whoever holds it, process or thread."""
    with path.open("a+b") as stream:
        _wait(stream.fileno())
        try:
            yield
        finally:
            with suppress(OSError):
                _end(stream.fileno())


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _wait(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)

    def _end(descriptor: int) -> None:
        _release(descriptor)

    def _release(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    # A record lock, not flock: a pool's workers, forked from us, must not inherit it.
    def _take(descriptor: int) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    # flock, since it keeps threads of one process apart too.
    def _wait(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)

    def _end(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)

    def _release(descriptor: int) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_UN)
