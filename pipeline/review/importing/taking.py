"""``taojin import``: decisions of annotators into the log of reviews."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import InputError, TableError
from pipeline.review.importing.annotated import Annotated, read
from pipeline.review.importing.deciding import changes
from pipeline.review.importing.filling import Filler
from pipeline.review.store import Store
from pipeline.settings import Settings
from pipeline.table.exporting import posts_with_rows
from pipeline.table.formats import read_table
from pipeline.table.schema import KINDS, Row

TO_FILL = "imported: the cells are to be filled in"


class Importer:
    """Takes the files of one call into the log of an output folder."""

    def __init__(self, out: Path, settings: Settings, reviewer: str, kept_are_ok: bool, via: str = "import") -> None:
        self.out, self.reviewer, self.kept_are_ok, self.via = out, reviewer, kept_are_ok, via
        self.store, self.filler = Store(out), Filler(settings)
        self.counts: Counter[str] = Counter()
        self.messages: list[str] = []

    def take(self, posts: list[Annotated], kinds: frozenset[str]) -> None:
        """Compare each annotated post with its rows, and decide."""
        self.store.refresh()
        wanted = {post.post_id for post in posts}
        texts = {post.text for post in posts if not post.post_id}
        known: dict[str, tuple[Row, list[Row]]] = {}
        by_text: dict[str, list[str]] = defaultdict(list)
        for copies, rows in posts_with_rows(read_table(self.out, "posts"), read_table(self.out, "extractions")):
            post = copies[-1]
            if post["post_id"] in wanted or post["text"] in texts:
                known[post["post_id"]] = post, rows
                by_text[post["text"]].append(post["post_id"])
        for one in posts:
            ids = [one.post_id] if one.post_id else by_text.get(one.text, [])
            if not one.done:
                self.counts["skipped"] += 1
            elif len(ids) != 1 or ids[0] not in known:
                self._refuse(one, f"its post {one.post_id or 'with this text'} is not in {self.out / 'posts.csv'}")
            elif known[ids[0]][0]["text"] != one.text.replace("\r\n", "\n"):
                self._refuse(one, f"the text of post {ids[0]} is another one now; export it again")
            else:
                self._post(one, *known[ids[0]], kinds)

    def _refuse(self, one: Annotated, why: str) -> None:
        self.counts["refused"] += 1
        self.messages.append(f"{one.where}: {why}")

    def _post(self, one: Annotated, post: Row, rows: list[Row], kinds: frozenset[str]) -> None:
        self.counts["posts"] += 1
        found = changes(rows, one.spans, kinds)
        who = self.reviewer or one.annotator
        if self.kept_are_ok:
            self._decide([row for row in found.kept if not row["review"]], "ok", who)
        for row, label in found.relabelled:
            self._decide([row], "fixed", who, {"label": label})
        self._decide(found.removed, "wrong", who)
        for span, moved in found.added:
            cells, known = self.filler.cells(span, post["text"], moved)
            note = "" if known else TO_FILL
            place = (span.start, span.end)
            try:
                self.store.add(
                    post, place, cells, note=note, reviewer=who, via=self.via, taken=[row["row_id"] for row in rows]
                )
                self.counts["added"] += 1
            except InputError:
                self.counts["known"] += 1
            except TableError as error:
                self._refuse(one, f"{post['text'][span.start : span.end]!r} cannot be a row: {error}")

    def _decide(self, rows: list[Row], review: str, who: str, corrected: Row | None = None) -> None:
        """Decide on the rows that have no such decision yet."""
        new = []
        for row in rows:
            before = self.store.history.of(row["row_id"])
            if before and before.review == review and (before.corrected or {}) == (corrected or {}):
                self.counts["known"] += 1
            else:
                new.append(row)
        if new:
            self.store.decide(new, review, corrected=corrected, reviewer=who, via=self.via)
            self.counts[review] += len(new)


def take(
    files: list[Path], out: Path, settings: Settings, kinds: list[str], reviewer: str, kept_are_ok: bool
) -> tuple[Counter[str], list[str]]:
    """Import files; the counts, and what was refused and why.

    ``kinds`` are what the annotators were asked about; where none is given, the kinds that occur in the files.

    Raises:
        InputError: a file cannot be read, a kind is unknown, or there are no tables.
        OutputError: the log cannot be written.
    """
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise InputError(f"kind {unknown[0]!r} is unknown; known are {', '.join(KINDS)}")
    posts = [post for file in files for post in read(file)]
    asked = frozenset(kinds) or frozenset(span.kind for post in posts for span in post.spans)
    importer = Importer(out, settings, reviewer, kept_are_ok)
    importer.take(posts, asked)
    return importer.counts, importer.messages


WORDS = {
    "posts": "posts compared",
    "ok": "rows ok",
    "fixed": "relabelled",
    "wrong": "rows wrong",
    "added": "rows added",
    "known": "known before",
    "skipped": "posts without annotation",
    "refused": "refused",
}


def lines(counts: Counter[str]) -> Iterator[str]:
    """What was done, in a line."""
    yield ", ".join(f"{counts[name]:,} {words}" for name, words in WORDS.items() if counts[name]) or "nothing to do"
