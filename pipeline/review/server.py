"""The server: on the loopback only, with a token of its own, until it is interrupted."""

import getpass
import secrets
import socket
import sys
from pathlib import Path
from typing import NamedTuple

import uvicorn

from pipeline.errors import InputError
from pipeline.review.app import application
from pipeline.review.desk import Desk
from pipeline.review.guard import Guard
from pipeline.review.words import LANGUAGES, words_of

HOST = "127.0.0.1"


def listen(port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. asyncio sends at once (TCP_NODELAY) only where TCP is named.

    Raises:
        InputError: the port is taken.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        raise InputError(f"port {port}: {error.strerror}; name another with --port, or none") from error
    listener.listen(64)
    return listener


class Served(NamedTuple):
    """A server that is ready to run, and the address that opens the page."""

    server: uvicorn.Server
    listener: socket.socket
    address: str

    def run(self) -> None:
        """Serve until interrupted, or until ``server.should_exit`` is set."""
        self.server.run(sockets=[self.listener])


def prepare(desk: Desk, port: int = 0, reviewer: str = "", language: str = "", lexicons: str = "") -> Served:
    """A server on a desk.

    Raises:
        InputError: the port is taken.
    """
    listener = listen(port)
    number = listener.getsockname()[1]
    token = secrets.token_urlsafe(24)
    forbidden = " ".join(words_of(name)("forbidden") for name in LANGUAGES)
    app = Guard(application(desk, reviewer or _user(), language, lexicons), number, token, forbidden)
    config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", server_header=False)
    return Served(uvicorn.Server(config), listener, f"http://{HOST}:{number}/?token={token}")


def serve(
    out: Path, port: int = 0, reviewer: str = "", language: str = "", browser: bool = False, lexicons: str = ""
) -> None:
    """Show a folder's table until interrupted; prints the address first.

    Raises:
        InputError: there is no table, or the port is taken.
        OutputError: an edited table or the log cannot be read.
    """
    desk = Desk(out)
    served = prepare(desk, port, reviewer, language, lexicons)
    done, total = desk.index.progress()
    print(
        f"{out}: {done:,} of {total:,} rows decided\n{served.address}\nCtrl-C ends it; every verdict is saved at once."
    )
    sys.stdout.flush()
    if browser:
        import webbrowser

        webbrowser.open(served.address)
    served.run()


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
