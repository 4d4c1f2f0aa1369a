"""Reviewed posts → cases in the user's own folder, which ``taojin evaluate`` scores from then on."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import InputError, OutputError
from pipeline.evaluate.reviewed import as_lines
from pipeline.run.files import put

FILE = "reviewed.jsonl"


def keep(found: Sequence[dict[str, Any]], folder: Path) -> tuple[Path, int, int]:
    """Write the cases, those of a post in the place of its earlier ones; the file, new posts, and all posts in it.

    Cases of posts that are no longer reviewed, or no longer there, stay.

    Raises:
        InputError: the file that is there cannot be read.
        OutputError: it cannot be written.
    """
    path = folder / FILE
    kept: dict[str, dict[str, Any]] = {}
    try:
        for line in path.read_text("utf-8").splitlines() if path.exists() else ():
            if line.strip():
                case = json.loads(line)
                kept[case["post_id"]] = case
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: {error}; mend it or move it away") from error
    new = sum(case["post_id"] not in kept for case in found)
    kept.update((case["post_id"], case) for case in found)
    try:
        put(path, as_lines(kept.values()).encode())
    except OSError as error:
        raise OutputError(f"{error.filename or path}: {error.strerror}; no case was kept") from error
    return path, new, len(kept)
