"""Accepted lines → the user's lexicon files: each whole or not at all, and only where all can be read afterwards."""

import json
import re
import shutil
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import InputError, LexiconError, OutputError
from pipeline.lexicons import HOME, using
from pipeline.review.learn.proposal import ENTITIES, METRICS, NOT_NUMBERS, Proposal
from pipeline.run.files import put

HEADERS = {ENTITIES: "entities/companies_us.csv", METRICS: METRICS, NOT_NUMBERS: NOT_NUMBERS}
"""Which of our files has the header of a new one."""


def accept(chosen: Sequence[Proposal], folder: Path) -> list[str]:
    """Add the lines to the folder's files; the files that changed.

    Raises:
        InputError: a line cannot be understood.
        LexiconError: with the lines, the lexicons could not be read; nothing was changed.
        OutputError: a file cannot be written.
    """
    contents: dict[str, str] = {}
    for proposal in chosen:
        old = contents.get(proposal.file)
        if old is None:
            old = _read(folder / proposal.file)
        contents[proposal.file] = _with(old, proposal)
    changed = {name: text for name, text in contents.items() if text != _read(folder / name)}
    if not changed:
        return []
    with tempfile.TemporaryDirectory() as there:
        trial = Path(there) / "lexicons"
        if folder.is_dir():
            shutil.copytree(folder, trial)
        _write(trial, changed)
        try:
            check(trial)
        except LexiconError as error:
            raise LexiconError(f"{str(error).replace(str(trial), str(folder))}; nothing was changed") from error
    _write(folder, changed)
    return list(changed)


def taken(proposal: Proposal, folder: Path) -> bool:
    """Whether the folder's file has the line already."""
    old = _read(folder / proposal.file)
    return bool(old) and _with(old, proposal) == old


def _with(old: str, proposal: Proposal) -> str:
    return (with_entry if proposal.file.endswith(".toml") else with_row)(old, proposal)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(f"{path}: {error}; nothing was changed") from error


def _write(folder: Path, contents: dict[str, str]) -> None:
    for name, text in contents.items():
        path = folder / name
        try:
            put(path, text.encode())
        except OSError as error:
            raise OutputError(f"{path}: {error.strerror}") from error


def with_row(old: str, proposal: Proposal) -> str:
    """A CSV file with the line behind its last one; a new file begins with the header of ours."""
    if not old.strip():
        with (HOME / HEADERS[proposal.file]).open(encoding="utf-8") as ours:
            old = ours.readline()
    if proposal.line in old.splitlines():
        return old
    return old.rstrip("\n") + f"\n{proposal.line}\n"


def with_entry(old: str, proposal: Proposal) -> str:
    """A TOML file with a word more in a list, or a table more at its end.

    Raises:
        InputError: the line is neither.
    """
    try:
        ((key, value),) = tomllib.loads(proposal.line).items()
    except (tomllib.TOMLDecodeError, ValueError) as error:
        how = 'write key = ["word"] or surface = {names = ["word"], …}'
        raise InputError(f"{proposal.line!r}: {error}; {how}") from error
    now = tomllib.loads(old)
    if isinstance(value, dict):
        if value in now.get(key, ()):
            return old
        entries = (f"{name} = {json.dumps(part, ensure_ascii=False)}\n" for name, part in value.items())
        return old + ("\n" if old.strip() else "") + f"[[{key}]]\n" + "".join(entries)
    if not isinstance(value, list):
        raise InputError(f"{proposal.line!r}: the value is no list")
    if all(word in now.get(key, ()) for word in value):
        return old
    inside = json.dumps(value, ensure_ascii=False)[1:-1]  # strings of JSON are strings of TOML
    opened = re.compile(rf"^{re.escape(key)}\s*=\s*\[", re.MULTILINE)
    top = re.search(r"^\[", old, re.MULTILINE)
    found = opened.search(old, 0, top.start() if top else len(old))
    if found is None:
        return f"{key} = [{inside}]\n" + ("\n" if old.strip() else "") + old
    more = "" if old[found.end() :].lstrip().startswith("]") else ", "
    return f"{old[: found.end()]}{inside}{more}{old[found.end() :]}"


def check(folder: Path) -> None:
    """Read all lexicons that lines are proposed for, with the folder in force.

    Raises:
        LexiconError: with file and line.
    """
    from pipeline.claims.metrics import lexicon as metrics
    from pipeline.lexicons import lexicon_rows, lexicon_table
    from pipeline.mentions.entities.rows import read

    user = str(folder)
    read(lexicon_rows("entities/*", user))
    for rule in lexicon_table("entity_guards", user)["surface"]:
        if not rule.get("names"):
            raise LexiconError(f"{folder / 'entity_guards.toml'}: a [[surface]] has no names")
    with using(user):
        metrics.metrics()
        for row in lexicon_rows("not_numbers", user):
            if not row["word"]:
                raise row.error("word is empty")
