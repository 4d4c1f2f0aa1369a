"""What a crawl can be told: by flags, ``TAOJIN_SCRAPE_*`` in the environment, ``[scrape]`` of ``taojin.toml``."""

import ipaddress
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipeline.errors import SettingsError
from pipeline.scrape.addresses import Address, address

PREFIX = "TAOJIN_SCRAPE_"
POLITE_DELAY = 1.0
"""Seconds. Only a forum on this machine may be asked faster, or more than once at a time."""
ACCEPTED = (
    "accepted are a thread (viewthread&tid=, thread-1-1-1.html), a list of threads (forumdisplay&fid=, forum-1-1.html,"
    " the archiver, a guide), a search or tag page, and an RSS feed"
)


@dataclass(frozen=True, slots=True)
class Options:
    """What a crawl can be told.

    Attributes:
        out: folder to fill.
        pages: pages of a list to read, from the one given; 0 for all.
        since: leave out threads whose last post is older; None for all.
        max_threads: threads to ask for; 0 for all.
        delay: seconds between two requests to a host, at least; AutoThrottle lengthens it where a host is slow.
        concurrency: requests in flight to a host.
        contact: an address or page that goes into the user agent.
        cookies: a Netscape cookie file, as browsers' extensions export it.
        warc: store pages as WARC rather than as files.
        max_bytes: a larger answer is refused, packed or unpacked.
        max_time: seconds after which the crawl ends, to be resumed; 0 for no end.
        timeout: seconds for one answer.
        redirects: redirects that one request may follow.
        depth: links from a start page, at most (ten pages of a thread or list count as one).
        retries: how often a request that failed is made again.
        backoff: seconds to wait after the first "too fast" without a Retry-After; doubled each time.
        max_wait: a host that asks for a longer wait ends the crawl, to be resumed later.
        timezone: the forum's zone, for "3 minutes ago".
        restart: forget what an interrupted crawl left to do.
    """

    out: Path = Path("raw")
    pages: int = 0
    since: date | None = None
    max_threads: int = 0
    delay: float = 2.0
    concurrency: int = 1
    contact: str = ""
    cookies: str = ""
    warc: bool = False
    max_bytes: int = 16_000_000
    max_time: float = 0.0
    timeout: float = 60.0
    redirects: int = 5
    depth: int = 1000
    retries: int = 5
    backoff: float = 15.0
    max_wait: float = 900.0
    timezone: str = "Asia/Shanghai"
    restart: bool = False
    quiet: bool = False


def options(flags: Mapping[str, Any], environ: Mapping[str, str] | None = None, file: Path | None = None) -> Options:
    """The options from flags (None where a flag was not given), environment and settings file.

    Raises:
        SettingsError: a value cannot be used.
    """
    environ = os.environ if environ is None else environ
    values: dict[str, Any] = from_file(file)
    values |= {
        one.name: environ[PREFIX + one.name.upper()] for one in fields(Options) if PREFIX + one.name.upper() in environ
    }
    values |= {name: value for name, value in flags.items() if value is not None}
    known = {one.name for one in fields(Options)}
    made = Options()
    for name, value in values.items():
        if name not in known:
            raise SettingsError(f"scrape.{name} is no setting; known are {', '.join(sorted(known))}")
        made = replace(made, **{name: converted(name, value)})
    if not made.contact.isprintable() or not made.contact.isascii():
        raise SettingsError("scrape.contact must be a printable ASCII address, as of a mailbox or a web page")
    return made


def from_file(file: Path | None) -> dict[str, Any]:
    path = file or Path("taojin.toml")
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: {error}; correct the file or remove it") from error
    found = table.get("scrape", {})
    return found if isinstance(found, dict) else {}


def converted(name: str, value: Any) -> Any:
    default = getattr(Options(), name)
    try:
        if name == "since":
            return value if isinstance(value, date) else date.fromisoformat(value)
        if isinstance(default, bool):
            return value if isinstance(value, bool) else str(value).lower() in ("1", "true", "yes", "on")
        made = type(default)(value)
    except (TypeError, ValueError) as error:
        raise SettingsError(f"scrape.{name} = {value!r} cannot be used: {error}") from error
    if isinstance(made, int | float) and (made != made or made < 0 or (name == "concurrency" and made < 1)):
        raise SettingsError(f"scrape.{name} = {value!r} cannot be used: it is too small")
    return made


def starts(given: Sequence[str], options: Options) -> list[Address]:
    """The addresses to start from; an existing file among them is read as a list of addresses, one a line.

    Raises:
        SettingsError: one of them cannot be a start.
    """
    found: dict[str, Address] = {}
    for one in given:
        path = Path(one)
        lines = [one]
        if "://" not in one and path.is_file():
            try:
                lines = path.read_text("utf-8-sig").splitlines()
            except (OSError, UnicodeDecodeError) as error:
                raise SettingsError(f"{one}: {error}; a file of addresses is UTF-8 text, one address a line") from error
        for line in lines:
            if (url := line.strip()) and not url.startswith("#"):
                at = start(url)
                found[at.key] = at
    if not found:
        raise SettingsError(f"no address to start from; {ACCEPTED}")
    hosts = {at.first.split("/")[2] for at in found.values()}
    if (options.delay < POLITE_DELAY or options.concurrency > 1) and not all(map(is_loopback, hosts)):
        raise SettingsError(
            f"a delay below {POLITE_DELAY:g} s, or more than one request at a time, is for a forum on this machine only"
        )
    return list(found.values())


def start(url: str) -> Address:
    scheme = urlsplit(url).scheme if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", url) else ""
    if scheme.lower() not in ("http", "https"):
        told = f"the scheme {scheme}: is refused" if scheme else "no such file, and no address either"
        raise SettingsError(f"{url}: {told}; an address begins with http:// or https://")
    at = address(url)
    if at is None or at.kind == "login":
        raise SettingsError(f"{url}: not an address to start from; {ACCEPTED}")
    return at


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    name = urlsplit(f"//{host}").hostname or ""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
