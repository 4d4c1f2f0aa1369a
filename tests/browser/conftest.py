"""A real Chromium on the real server. ``make browser`` installs it; TAOJIN_CHROMIUM names another."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.review.client import Server, start
from tests.review.conftest import POSTS, extract

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
WIDTHS = {1280: 800, 390: 844}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("TAOJIN_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.exit("no Chromium here: `make browser` installs it (Debian, as root), TAOJIN_CHROMIUM names yours", 2)
    with sync_playwright() as playwright:
        try:
            driven = playwright.chromium.launch(executable_path=path, args=FLAGS)
        except Error as error:
            pytest.exit(f"{path} does not start: {error}", 2)
        yield driven
        driven.close()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return extract(tmp_path, POSTS)


@pytest.fixture
def server(out: Path) -> Iterator[Server]:
    served = start(out, "--reviewer", "甲")
    yield served
    served.stop()


def visit(browser: Browser, server: Server, width: int = 1280, language: str = "zh-CN") -> Page:
    """A new browser profile on the page. What goes wrong in it is kept in ``page.troubles``."""
    context = browser.new_context(viewport={"width": width, "height": WIDTHS[width]}, locale=language)
    context.set_default_timeout(10_000)
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
    host = urlsplit(server.address).netloc
    page.on("request", lambda asked: troubles.append(asked.url) if urlsplit(asked.url).netloc != host else None)
    page.troubles = troubles  # type: ignore[attr-defined]
    page.goto(server.address)
    return page


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """The page in Chinese, 1280 px wide; nothing may go wrong in it."""
    shown = visit(browser, server)
    yield shown
    troubles = shown.troubles  # type: ignore[attr-defined]
    shown.context.close()
    assert not troubles
