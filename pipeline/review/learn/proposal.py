"""A proposal: one line for one of the user's lexicon files, and why; and the diff that holds them all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.errors import InputError
from pipeline.table.verdicts import Event

ENTITIES, METRICS, NOT_NUMBERS, GUARDS = "entities/learned.csv", "metrics.csv", "not_numbers.csv", "entity_guards.toml"
FILES = (ENTITIES, METRICS, NOT_NUMBERS, GUARDS)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line of ``file``, a path below the user's lexicon folder.

    Lines of CSV files are lines of theirs. Lines of TOML files are ``key = ["word"]`` (a word more in a list), or
    ``surface = {names = […], …}`` (one table more).
    """

    file: str
    line: str
    why: str


def because(what: str, events: Iterable[Event]) -> str:
    """The reason for a proposal, with the rows that it comes from."""
    known = sorted({event.row_id for event in events})
    shown = ", ".join(known[:3]) + (f" and {len(known) - 3} more" if len(known) > 3 else "")
    return f"{what} ({shown})"


HEAD = """\
# What the reviews teach. Delete the lines that you do not want, correct others, then: taojin learn --accept FILE
"""


def diff_of(proposals: Iterable[Proposal]) -> Iterator[str]:
    """The lines of the diff, by file; ``#`` lines say why the next line is proposed."""
    by_file: dict[str, list[Proposal]] = {}
    for proposal in proposals:
        by_file.setdefault(proposal.file, []).append(proposal)
    yield HEAD.rstrip("\n")
    for file in sorted(by_file, key=FILES.index):
        yield f"+++ {file}"
        for proposal in by_file[file]:
            yield f"# {proposal.why}"
            yield f"+{proposal.line}"


def accepted(text: str, where: str) -> list[Proposal]:
    """The proposals that are left in a diff.

    Raises:
        InputError: a line stands before any file, or names a file that is none of ours.
    """
    found: list[Proposal] = []
    file = ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("+++ "):
            file = line.removeprefix("+++ ").strip()
            if file not in FILES:
                raise InputError(f"{where}:{number}: {file!r} is none of {', '.join(FILES)}")
        elif line.startswith("+") and line[1:].strip():
            if not file:
                raise InputError(f"{where}:{number}: no file is named before this line (+++ {ENTITIES})")
            found.append(Proposal(file, line[1:].strip(), ""))
        elif line.strip() and not line.startswith(("#", "-", " ", "@")):
            raise InputError(f"{where}:{number}: {line[:40]!r}: a line begins with + where it is accepted, else with #")
    return found
