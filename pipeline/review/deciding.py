"""What is decided; every change answers with JSON to the script, with a redirect to a plain form."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.errors import InputError
from pipeline.review.filters import Filter
from pipeline.review.guard import YEAR
from pipeline.review.index import Entry
from pipeline.review.pages import FIELDS, form_cells
from pipeline.review.web import Form, Web, back_of, integer
from pipeline.table.schema import Row

SHOWN = 40
"""How many rows an answer brings anew at most."""


class Deciding(Web):
    """What is asked for with POST."""

    def decide(self, request: Request, form: Form) -> Response:
        """A verdict; the verdict ``fixed`` with corrected cells."""
        row_id, review = form.get("row", ""), form.get("review", "")
        for name in ("ok", "wrong"):  # a plain form's buttons carry the row
            if form.get(name):
                row_id, review = form[name], name
        corrected = note = None
        if review == "fixed":
            entry = self.desk.entry(row_id)
            corrected, note = form_cells(form), form.get("note", entry.note)
            self._with_id(entry, corrected)
            if not changes_of(entry.shown, corrected) and note.strip() == entry.note.strip():
                raise InputError(self.words(request)("unchanged"))
            if not changes_of(entry.row, corrected):
                review = "ok" if entry.corrected else entry.review  # taken back, or only a note
        decided = self.desk.decide(row_id, review, corrected, note, self.who(request), form.get("event", ""))
        words = self.words(request)
        said = words(f"said_{review or 'undone'}", text=decided.row["text"])
        return self.done(request, form, [decided], said, row_id)

    def _with_id(self, entry: Entry, corrected: Row) -> None:
        """A name that was corrected brings its id along, unless the id was corrected too."""
        shown = entry.shown
        renamed = corrected.get("name", shown["name"]) != shown["name"]
        if renamed and corrected.get("entity_id", "") == shown["entity_id"]:
            from pipeline.review.guess import entity_id_of

            corrected["entity_id"] = entity_id_of(corrected["name"], self.lexicons)

    def add(self, request: Request, form: Form) -> Response:
        """A row for a selection, or for words of the post."""
        words = self.words(request)
        post = self.desk.post(form.get("post", ""))
        start, end = integer(form.get("start", "")), integer(form.get("end", ""))
        if not 0 <= start < end:
            start = nearest(post["text"], form.get("words", ""), integer(form.get("near", "")))
            end = start + len(form.get("words", ""))
        if start < 0:
            raise InputError(words("not_found"))
        kind, _, label = form.get("kind_label", "").partition("/")
        cells = {name: cell for name, cell in form_cells(form).items() if name in FIELDS.get(kind, ())}
        made = self.desk.add(
            post["post_id"],
            (start, end),
            {**cells, "kind": kind, "label": label},
            form.get("note", ""),
            self.who(request),
            form.get("event", ""),
        )
        said = words("said_added", text=made.row["text"])
        return self.done(request, form, [made], said, made.row["row_id"], show="all")

    def bulk(self, request: Request, form: Form) -> Response:
        """Accept all that a filter lets through."""
        filter = Filter.of(dict(parse_qsl(form.get("filter", ""))))
        count = self.desk.accept_all(filter, self.who(request), form.get("event", ""))
        return self.done(request, form, [], self.words(request)("bulk_done", count=f"{count:,}"), "")

    def undo(self, request: Request, form: Form) -> Response:
        """Take the reviewer's last step back."""
        words = self.words(request)
        rows = self.desk.undo(self.who(request), form.get("event", ""))
        if not rows:
            raise InputError(words("nothing_to_undo"))
        entries = [entry for row_id in rows[:SHOWN] if (entry := self.desk.index.entry(row_id))]
        text = entries[0].row["text"] if entries else ""
        said = words("said_undone", text=text if len(rows) == 1 else f"{len(rows):,}")
        return self.done(request, form, entries, said, rows[0], gone=[r for r in rows if not self.desk.index.entry(r)])

    def me(self, request: Request, form: Form) -> Response:
        """The reviewer's name and language."""
        answer = RedirectResponse("/?" + back_of(form), 303)
        for name in ("lang", "reviewer"):
            if name in form:
                value = quote(form[name].strip()[:80])
                answer.set_cookie(f"taojin_{name}", value, max_age=YEAR, httponly=True, samesite="strict", path="/")
        return answer


def changes_of(row: Row, wanted: Mapping[str, str]) -> bool:
    return any(cell != row.get(name, "") for name, cell in wanted.items())


def nearest(text: str, words: str, near: int) -> int:
    """Where words stand in a text, the place nearest to an offset; -1 for nowhere."""
    if not words:
        return -1
    before, behind = text.rfind(words, 0, max(near, 0) + len(words)), text.find(words, max(near, 0))
    found = [at for at in (before, behind) if at >= 0]
    return min(found, key=lambda at: abs(at - near), default=-1)
