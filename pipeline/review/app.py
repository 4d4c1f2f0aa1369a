"""The pages and what they ask for. Every change answers with JSON to the script, with a redirect to a plain form."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pipeline.errors import InputError, TaojinError
from pipeline.review.desk import Desk
from pipeline.review.filters import EXACT, SHOWS, UNDECIDED, Filter
from pipeline.review.guard import YEAR
from pipeline.review.index import Entry
from pipeline.review.pages import FIELDS, Card, card, fields_of, form_cells, labels, post_view
from pipeline.review.words import LANGUAGES, Words, words_of
from pipeline.table.schema import BY_NAME, Row

HOME = Path(__file__).parent
SIZE = 40
LARGEST_FORM = 100_000
Form = dict[str, str]


class TooLargeError(InputError):
    """A request's body is larger than any form of ours."""


class App:
    """The application on a desk; ``reviewer`` is who decides where the browser names nobody."""

    def __init__(self, desk: Desk, reviewer: str = "", language: str = "", lexicons: str = "") -> None:
        self.desk, self.reviewer, self.language, self.lexicons = desk, reviewer, language, lexicons
        self.templates = Environment(
            loader=FileSystemLoader(HOME / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.filters["exactly"] = exactly
        self.templates.globals.update(
            BY_NAME=BY_NAME, FIELDS=FIELDS, fields_of=fields_of, labels=labels, EXACT=EXACT, SHOWS=SHOWS
        )

    def routes(self) -> list[Route | Mount]:
        get: list[tuple[str, Callable[[Request], Response]]] = [
            ("/", self.home),
            ("/post", self.post),
            ("/edit", self.edit),
            ("/add", self.add_form),
            ("/bulk", self.bulk_form),
            ("/changes", self.changes),
        ]
        post: list[tuple[str, Callable[[Request, Form], Response]]] = [
            ("/decide", self.decide),
            ("/add", self.add),
            ("/bulk", self.bulk),
            ("/undo", self.undo),
            ("/me", self.me),
        ]
        return [
            *(Route(path, self._reading(work), methods=["GET"]) for path, work in get),
            *(Route(path, self._changing(work), methods=["POST"]) for path, work in post),
            Mount("/static", StaticFiles(directory=HOME / "static")),
        ]

    def _reading(self, work: Callable[[Request], Response]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            def do() -> Response:
                with self.desk.guard:
                    self.desk.refresh()
                    return work(request)

            return await self._safely(request, do)

        return answer

    def _changing(self, work: Callable[[Request, Form], Response]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            try:
                form = await form_of(request)
            except TooLargeError as error:
                return self._failure(request, error, 413)
            return await self._safely(request, lambda: work(request, form))

        return answer

    async def _safely(self, request: Request, work: Callable[[], Response]) -> Response:
        try:
            return await run_in_threadpool(work)
        except TaojinError as error:
            return self._failure(request, error, 400 if isinstance(error, InputError) else 422)

    def _failure(self, request: Request, error: TaojinError, status: int) -> Response:
        if wants_json(request):
            return JSONResponse({"error": str(error)}, status)
        return self._page(request, "message.html", status, message=str(error))

    def _page(self, request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
        words = self.words(request)
        text = self.templates.get_template(name).render(w=words, reviewer=self.who(request), **values)
        return HTMLResponse(text, status)

    def words(self, request: Request) -> Words:
        chosen = request.cookies.get("taojin_lang") or self.language
        if chosen not in LANGUAGES:
            accepted = request.headers.get("accept-language", "zh").lower()
            chosen = min(LANGUAGES, key=lambda name: (accepted.find(name) % (len(accepted) + 1), name != "zh"))
        return words_of(chosen)

    def who(self, request: Request) -> str:
        return unquote(request.cookies.get("taojin_reviewer", "")) or self.reviewer

    # reading

    def home(self, request: Request) -> Response:
        """The post and its rows, a page of what the filter lets through."""
        values = request.query_params
        filter = Filter.of(values)
        page = self.desk.index.page(
            filter, SIZE, values.get("after", ""), values.get("before", ""), values.get("row", "")
        )
        words = self.words(request)
        current = self._current(page.entries, values.get("row", ""), "last" in values)
        view = post_view(self.desk, current.row["post_id"], current, "whole" in values) if current else None
        done, total = self.desk.index.progress()
        last = page.before + len(page.entries)
        return self._page(
            request,
            "desk.html",
            filter=filter,
            page=page,
            last=last,
            cards=[self._card(entry, words) for entry in page.entries],
            posts={entry.row["post_id"]: self.desk.post(entry.row["post_id"]) for entry in page.entries},
            current=current.row["row_id"] if current else "",
            post=view,
            done=done,
            total=total,
            undecided=page.total if filter.show == UNDECIDED else self.desk.index.count(undecided(filter)),
            choices=self.desk.choices,
            version=len(self.desk.store.history.events),
        )

    @staticmethod
    def _current(entries: list[Entry], wanted: str, last: bool) -> Entry | None:
        if last and entries:
            return entries[-1]
        for test in (lambda e: e.row["row_id"] == wanted, lambda e: not e.review, lambda e: True):
            if found := next(filter(test, entries), None):
                return found
        return None

    def _card(self, entry: Entry, words: Words) -> Card:
        event = self.desk.store.history.of(entry.row["row_id"])
        return card(entry, words, event.reviewer if event else "")

    def post(self, request: Request) -> Response:
        """The left side around a row."""
        entry = self.desk.entry(request.query_params.get("row", ""))
        view = post_view(self.desk, entry.row["post_id"], entry, "whole" in request.query_params)
        return self._page(request, "_post.html", post=view, current=entry.row["row_id"])

    def edit(self, request: Request) -> Response:
        """The form of a row."""
        entry = self.desk.entry(request.query_params.get("row", ""))
        name = "_edit.html" if "fragment" in request.query_params else "edit.html"
        return self._page(
            request,
            name,
            entry=entry,
            row=entry.shown,
            note=entry.note,
            back=Filter.of(request.query_params).query(row=entry.row["row_id"]),
            names=self.desk.choices("entity"),
        )

    def add_form(self, request: Request) -> Response:
        """The form of a new row, filled as far as the words tell."""
        values = request.query_params
        post = self.desk.post(values.get("post", ""))
        start, end = integer(values.get("start", "")), integer(values.get("end", ""))
        words = post["text"][start:end] if 0 <= start < end else ""
        name = "_add.html" if "fragment" in values else "add.html"
        return self._page(
            request,
            name,
            post_id=post["post_id"],
            words=words,
            start=start,
            end=end,
            near=values.get("near", ""),
            guess=self._guess(words, post) if words else {},
            back=Filter.of(values).query(),
            names=self.desk.choices("entity"),
        )

    def _guess(self, words: str, post: Row) -> Row:
        from pipeline.review.guess import guess

        return guess(words, post["posted_at"], self.lexicons)

    def bulk_form(self, request: Request) -> Response:
        """Asks before a filter is accepted as a whole."""
        filter = undecided(Filter.of(request.query_params))
        name = "_bulk.html" if "fragment" in request.query_params else "bulk.html"
        return self._page(request, name, filter=filter, count=self.desk.index.count(filter))

    def changes(self, request: Request) -> Response:
        """What others have decided on some rows since a page was made; nothing new gives 204."""
        version = len(self.desk.store.history.events)
        if integer(request.query_params.get("since", "")) == version:
            return Response(status_code=204)
        wanted = request.query_params.get("rows", "").split(" ")[: 4 * SIZE]
        entries = [entry for row_id in wanted if (entry := self.desk.index.entry(row_id))]
        return self._told(request, entries)

    # changing

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
        return self._done(request, form, [decided], said, row_id)

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
        return self._done(request, form, [made], said, made.row["row_id"], show="all")

    def bulk(self, request: Request, form: Form) -> Response:
        """Accept all that a filter lets through."""
        filter = Filter.of(dict(parse_qsl(form.get("filter", ""))))
        count = self.desk.accept_all(filter, self.who(request), form.get("event", ""))
        return self._done(request, form, [], self.words(request)("bulk_done", count=f"{count:,}"), "")

    def undo(self, request: Request, form: Form) -> Response:
        """Take the reviewer's last step back."""
        words = self.words(request)
        rows = self.desk.undo(self.who(request), form.get("event", ""))
        if not rows:
            raise InputError(words("nothing_to_undo"))
        entries = [entry for row_id in rows[:SIZE] if (entry := self.desk.index.entry(row_id))]
        text = entries[0].row["text"] if entries else ""
        said = words("said_undone", text=text if len(rows) == 1 else f"{len(rows):,}")
        return self._done(request, form, entries, said, rows[0], gone=[r for r in rows if not self.desk.index.entry(r)])

    def me(self, request: Request, form: Form) -> Response:
        """The reviewer's name and language."""
        answer = RedirectResponse("/?" + back_of(form), 303)
        for name in ("lang", "reviewer"):
            if name in form:
                value = quote(form[name].strip()[:80])
                answer.set_cookie(f"taojin_{name}", value, max_age=YEAR, httponly=True, samesite="strict", path="/")
        return answer

    def _done(
        self,
        request: Request,
        form: Form,
        entries: list[Entry],
        said: str,
        row_id: str,
        show: str = "",
        gone: list[str] | None = None,
    ) -> Response:
        if wants_json(request):
            return self._told(request, entries, said=said, row=row_id, gone=gone or [])
        more = {"row": row_id} if row_id else {}
        filter = Filter.of(dict(parse_qsl(form.get("back", ""))))
        if show:
            filter = Filter.of({"show": show})
        return RedirectResponse("/?" + filter.query(**more), 303)

    def _told(self, request: Request, entries: list[Entry], **more: Any) -> JSONResponse:
        words = self.words(request)
        row = self.templates.get_template("_row.html")
        with self.desk.guard:
            done, total = self.desk.index.progress()
            cards = [self._card(entry, words) for entry in entries]
            version = len(self.desk.store.history.events)
        rows = {c.row["row_id"]: row.render(w=words, card=c, current="") for c in cards}
        text = words("done", done=f"{done:,}", total=f"{total:,}")
        return JSONResponse({"rows": rows, "done": done, "total": total, "progress": text, "version": version, **more})


def undecided(filter: Filter) -> Filter:
    return replace(filter, show=UNDECIDED)


def changes_of(row: Row, wanted: Mapping[str, str]) -> bool:
    return any(cell != row.get(name, "") for name, cell in wanted.items())


def nearest(text: str, words: str, near: int) -> int:
    """Where words stand in a text, the place nearest to an offset; -1 for nowhere."""
    if not words:
        return -1
    before, behind = text.rfind(words, 0, max(near, 0) + len(words)), text.find(words, max(near, 0))
    found = [at for at in (before, behind) if at >= 0]
    return min(found, key=lambda at: abs(at - near), default=-1)


def exactly(text: str) -> Markup:
    """Escaped text whose code points the browser keeps, carriage returns too, so that selections can be counted."""
    return Markup(str(escape(text)).replace("\r", "&#13;"))


def integer(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def back_of(form: Form) -> str:
    """The query to go back to, made anew: an address of ours, whatever the form says."""
    values = dict(parse_qsl(form.get("back", "")))
    return Filter.of(values).query(row=values.get("row", "")[:20])


async def form_of(request: Request) -> Form:
    """The fields of a form.

    Raises:
        TooLargeError: it is larger than any form of ours.
    """
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            raise TooLargeError("the form is too large")
    text = body.decode("utf-8", "replace")
    if request.headers.get("content-type", "").startswith("application/json"):
        found = json.loads(text)
        return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}
    return {name: value.replace("\r\n", "\n") for name, value in parse_qsl(text, keep_blank_values=True)}


def application(desk: Desk, reviewer: str = "", language: str = "", lexicons: str = "") -> Starlette:
    """The whole application, without its guard."""
    return Starlette(routes=App(desk, reviewer, language, lexicons).routes())
