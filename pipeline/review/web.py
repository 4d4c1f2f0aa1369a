"""What every page and every change needs: templates, words, forms, answers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from pipeline.errors import InputError, TaojinError
from pipeline.review.desk import Desk
from pipeline.review.filters import EXACT, SHOWS, Filter
from pipeline.review.index import Entry
from pipeline.review.pages import FIELDS, Card, card, fields_of, labels
from pipeline.review.words import LANGUAGES, Words, words_of
from pipeline.table.schema import BY_NAME

HOME = Path(__file__).parent
LARGEST_FORM = 100_000
Form = dict[str, str]


class TooLargeError(InputError):
    """A request's body is larger than any form of ours."""


class Web:
    """A desk and how it is shown; ``reviewer`` is who decides where the browser names nobody."""

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

    def reading(self, work: Callable[[Request], Response]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            def do() -> Response:
                with self.desk.guard:
                    self.desk.refresh()
                    return work(request)

            return await self._safely(request, do)

        return answer

    def changing(self, work: Callable[[Request, Form], Response]) -> Callable[[Request], Any]:
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
        return self.page(request, "message.html", status, message=str(error))

    def page(self, request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
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

    def card(self, entry: Entry, words: Words) -> Card:
        event = self.desk.store.history.of(entry.row["row_id"])
        return card(entry, words, event.reviewer if event else "")

    def done(
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
            return self.told(request, entries, said=said, row=row_id, gone=gone or [])
        more = {"row": row_id} if row_id else {}
        filter = Filter.of(dict(parse_qsl(form.get("back", ""))))
        if show:
            filter = Filter.of({"show": show})
        return RedirectResponse("/?" + filter.query(**more), 303)

    def told(self, request: Request, entries: list[Entry], **more: Any) -> JSONResponse:
        words = self.words(request)
        row = self.templates.get_template("_row.html")
        with self.desk.guard:
            done, total = self.desk.index.progress()
            cards = [self.card(entry, words) for entry in entries]
            version = len(self.desk.store.history.events)
        rows = {c.row["row_id"]: row.render(w=words, card=c, current="") for c in cards}
        text = words("done", done=f"{done:,}", total=f"{total:,}")
        return JSONResponse({"rows": rows, "done": done, "total": total, "progress": text, "version": version, **more})


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
    fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: value.replace("\r\n", "\n") for name, value in fields}
