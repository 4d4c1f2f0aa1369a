"""A quick start of the command: what we never use is not imported, and memory is not searched while it fills."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

THRESHOLDS = (50_000, 20, 20)


def settle() -> None:
    """Set up this process for a run: one thread, and fewer searches for garbage, of which there is little."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # numpy's threads only cost time here, and get in the way of a fork
    gc.set_threshold(*THRESHOLDS)


@contextmanager
def without_spacys_command_line() -> Iterator[None]:
    """Import spaCy without its command line, a third of its import time; afterwards it can be imported as ever."""
    if "spacy" in sys.modules:
        yield
        return
    package, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    package.__path__ = []
    info.info = None  # type: ignore[attr-defined]  # all that spacy/__init__.py wants of it
    standins = {"spacy.cli": package, "spacy.cli.info": info}
    sys.modules.update(standins)
    try:
        yield
    finally:
        for name, standin in standins.items():
            if sys.modules.get(name) is standin:
                del sys.modules[name]
