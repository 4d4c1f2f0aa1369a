"""The application: which address does what."""

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pipeline.review.deciding import Deciding
from pipeline.review.desk import Desk
from pipeline.review.looking import Looking
from pipeline.review.web import HOME, Form


class App(Looking, Deciding):
    """All pages on a desk."""

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
            *(Route(path, self.reading(work), methods=["GET"]) for path, work in get),
            *(Route(path, self.changing(work), methods=["POST"]) for path, work in post),
            Mount("/static", StaticFiles(directory=HOME / "static")),
        ]


def application(desk: Desk, reviewer: str = "", language: str = "", lexicons: str = "") -> Starlette:
    """The whole application, without its guard."""
    return Starlette(routes=App(desk, reviewer, language, lexicons).routes())
