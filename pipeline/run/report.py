"""What a run tells: a bar while it works, a few lines when it is done."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.run.job import Job, Progress, Summary
from pipeline.table.schema import KINDS

WHY = {
    "new": "new",
    "changed": "changed",
    "again": "left over from an interrupted run",
    "rules": "again",
    "gone": "gone",
    "kept": "as before",
}


@contextmanager
def bar(quiet: bool) -> Iterator[Progress]:
    """A progress bar on a terminal, nothing elsewhere; made when the work begins."""
    if quiet or not sys.stderr.isatty():
        yield Progress()
        return
    bars = []

    def begin(sources: int) -> None:
        from tqdm import tqdm

        tqdm.monitor_interval = 0  # its thread must not be there when processes are forked
        bars.append(tqdm(total=sources, unit="file", leave=False, file=sys.stderr))

    def step(sources: int, posts: int) -> None:
        shown = bars[0]
        shown.set_postfix_str(f"{posts} posts", refresh=False)
        shown.update(sources - shown.n)

    try:
        yield Progress(begin, step)
    finally:
        for shown in bars:
            shown.close()


def lines(summary: Summary, job: Job) -> Iterator[str]:
    """The summary of a run."""
    totals, sources = summary.totals, summary.sources
    counted = [f"{sources[why]} {words}" for why, words in WHY.items() if sources[why]]
    total = sum(sources[why] for why in WHY if why != "gone")
    yield f"{many(total, 'file')}: {', '.join(counted) or 'none'}"
    if summary.reasons and sources["rules"]:
        yield f"all of it again, since {' and '.join(summary.reasons)}"
    for why in ("new", "changed", "again"):
        names = summary.names.get(why, [])
        if names and sources["kept"]:
            more = sources[why] - len(names)
            yield f"  {WHY[why]}: {', '.join(names)}" + (f" and {more} more" if more else "")
    kept = totals.posts - summary.extracted
    if summary.extracted or summary.written:
        yield f"{many(summary.extracted, 'post')} extracted" + (f", {kept} kept from earlier runs" if kept > 0 else "")
    else:
        yield "nothing is new; nothing was written"
    kinds = ", ".join(f"{kind} {totals.rows[kind]}" for kind in KINDS if kind in totals.rows)
    yield f"{many(totals.posts, 'post')}, {many(sum(totals.rows.values()), 'row')}" + (f": {kinds}" if kinds else "")
    if totals.copies:
        yield f"{many(totals.copies, 'further copy', 'further copies')} of posts, whose rows count once"
    if totals.reposts:
        yield f"{many(totals.reposts, 'post')} repeat{'s' if totals.reposts == 1 else ''} another: see duplicate_of"
    if totals.incomplete:
        yield (
            f"{many(totals.incomplete, 'thread')} of {totals.threads:,} incomplete,"
            f" {many(totals.missing_posts, 'post')} not seen: see {job.out / 'threads.csv'}"
        )
    if totals.reviewed or totals.orphans:
        orphans = f", {totals.orphans} of rows that are gone in review_orphans.csv" if totals.orphans else ""
        added = f", {totals.added} of them added" if totals.added else ""
        yield f"{many(totals.reviewed, 'row')} reviewed{added}{orphans}"
    if totals.rejected:
        yield f"{totals.rejected} rejected: see {job.out / 'rejected.csv'}"
    yield f"{summary.seconds:.1f} s, in {job.out}"


def many(count: int, one: str, more: str = "") -> str:
    return f"{count:,} {one if count == 1 else more or one + 's'}"
