"""``taojin learn``: from reviews to cases and proposals, asked for line by line."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pipeline.errors import InputError
from pipeline.evaluate import reviewed
from pipeline.review.learn import entities, metrics, numbers
from pipeline.review.learn.accepting import accept, taken
from pipeline.review.learn.cases import keep
from pipeline.review.learn.evidence import verdicts
from pipeline.review.learn.proposal import Proposal, accepted, diff_of
from pipeline.settings import Settings

LEARNERS = (entities.proposals, metrics.proposals, numbers.proposals)


def found(out: Path, settings: Settings) -> list[Proposal]:
    """What the reviews of a folder teach, each line once.

    Raises:
        InputError: nothing was reviewed there, or the tables cannot be read.
    """
    judged = verdicts(out)
    if not judged:
        raise InputError(f"{out}: nothing was reviewed there; say `make review`, or write verdicts into the table")
    proposals = (proposal for learner in LEARNERS for proposal in learner(judged, settings.lexicons))
    new = {(proposal.file, proposal.line): proposal for proposal in proposals}
    return [proposal for proposal in new.values() if not taken(proposal, Path(settings.lexicons or "."))]


def teach(out: Path, folder: Path) -> Iterator[str]:
    """Keep the reviewed rows as cases."""
    cases = reviewed.cases(out)
    if cases:
        path, new, total = keep(cases, folder)
        yield f"{path}: {total:,} cases, {new:,} new; `taojin evaluate {folder}` runs them"


def diff(proposals: Sequence[Proposal]) -> Iterator[str]:
    """The proposals to be edited and given back."""
    if proposals:
        yield from diff_of(proposals)
    else:
        yield "# The reviews teach nothing that the lexicons do not know."


def asked(
    proposals: Sequence[Proposal], folder: Path, settings: Settings, ask: Callable[[str], str] = input
) -> Iterator[str]:
    """Ask for each line; y takes it, n leaves it, q ends. What was taken is applied at the end."""
    chosen: list[Proposal] = []
    if not proposals:
        yield "the reviews teach nothing that the lexicons do not know"
        return
    for number, proposal in enumerate(proposals, 1):
        place = f"[{number}/{len(proposals)}] {folder / proposal.file}"
        answer = ask(f"{place}\n  {proposal.why}\n  +{proposal.line}\ntake it? [y/n/q] ").strip().lower()[:1]
        if answer == "q":
            break
        if answer == "y":
            chosen.append(proposal)
    yield from _applied(chosen, folder, settings)


def take(file: Path, folder: Path, settings: Settings) -> Iterator[str]:
    """Apply the lines that are left in a diff.

    Raises:
        InputError: the file cannot be read as one.
    """
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: {error}; give the diff that `taojin learn` printed") from error
    yield from _applied(accepted(text, str(file)), folder, settings)


def _applied(chosen: Sequence[Proposal], folder: Path, settings: Settings) -> Iterator[str]:
    changed = accept(chosen, folder)
    where = ", ".join(str(folder / name) for name in changed)
    yield f"{len(chosen):,} line{'' if len(chosen) == 1 else 's'} taken" + (f", into {where}" if changed else "")
    if changed and not settings.lexicons:
        yield f'write lexicons = "{folder}" into taojin.toml to have them in force'
    if changed:
        yield "the next `taojin extract` does every post again"
