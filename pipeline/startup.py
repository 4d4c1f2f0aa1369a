"""Start-up in less time: spaCy without its command line, big loads without the garbage collector.

``spacy/__init__`` imports ``spacy.cli`` for the one function ``spacy.info``; that brings typer, httpx, weasel and rich,
a quarter of spaCy's import time, and nothing of it is used here.
"""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

COMMAND_LINE = ("spacy.cli", "spacy.cli.info")
THRESHOLDS = (50_000, 20, 20)


def settle() -> None:
    """Set up this process for a run: one thread, and fewer searches for garbage, of which there is little."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # numpy's threads only cost time here, and get in the way of a fork
    gc.set_threshold(*THRESHOLDS)


def import_spacy() -> None:
    """Import spaCy, its command line only when somebody asks for it; does nothing where spaCy is imported already."""
    if "spacy" in sys.modules:
        return
    for name in COMMAND_LINE:
        stand_in = ModuleType(name)
        stand_in.info = info  # type: ignore[attr-defined]
        sys.modules[name] = stand_in
    try:
        import spacy  # noqa: F401
    finally:
        for name in COMMAND_LINE:
            del sys.modules[name]


def info(*args: Any, **kwargs: Any) -> Any:
    """spaCy's own ``info``, imported when called."""
    from spacy.cli.info import info as real

    return real(*args, **kwargs)


@contextmanager
def without_collection() -> Iterator[None]:
    """Load something big that stays: the collector would walk through all of it again and again and free nothing."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
