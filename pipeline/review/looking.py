"""The pages that are looked at; none changes anything."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from pipeline.review.filters import UNDECIDED, Filter
from pipeline.review.index import Entry
from pipeline.review.pages import post_view
from pipeline.review.web import Web, integer
from pipeline.table.schema import Row

SIZE = 40
"""Rows on a page."""


class Looking(Web):
    """What is asked for with GET."""

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
        return self.page(
            request,
            "desk.html",
            filter=filter,
            page=page,
            last=last,
            cards=[self.card(entry, words) for entry in page.entries],
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

    def post(self, request: Request) -> Response:
        """The left side around a row."""
        entry = self.desk.entry(request.query_params.get("row", ""))
        view = post_view(self.desk, entry.row["post_id"], entry, "whole" in request.query_params)
        return self.page(request, "_post.html", post=view, current=entry.row["row_id"])

    def edit(self, request: Request) -> Response:
        """The form of a row."""
        entry = self.desk.entry(request.query_params.get("row", ""))
        name = "_edit.html" if "fragment" in request.query_params else "edit.html"
        return self.page(
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
        return self.page(
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
        return self.page(request, name, filter=filter, count=self.desk.index.count(filter))

    def changes(self, request: Request) -> Response:
        """What others have decided on some rows since a page was made; nothing new gives 204."""
        version = len(self.desk.store.history.events)
        if integer(request.query_params.get("since", "")) == version:
            return Response(status_code=204)
        wanted = request.query_params.get("rows", "").split(" ")[: 4 * SIZE]
        entries = [entry for row_id in wanted if (entry := self.desk.index.entry(row_id))]
        return self.told(request, entries)


def undecided(filter: Filter) -> Filter:
    return replace(filter, show=UNDECIDED)
