"""What an address is: a thread's page, a list of threads, a feed; one key for the many addresses of one thread."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

Kind = Literal["thread", "list", "feed", "find", "login"]
HOME = Path(__file__).with_name("addresses.toml")
SCHEMES = ("http", "https")
DIGITS = {"tid": 12, "page": 7}
"""More digits than these are no number of a thread or page."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address that may be asked for.

    ``site`` is host, port where it is not the scheme's own, and the forum's folder; ``key`` is equal for all
    addresses of one page, ``first`` and ``more`` are the addresses of its first and of any later page.
    """

    kind: Kind
    site: str
    key: str
    page: int
    first: str
    more: str
    tid: str = ""
    view: str = ""

    @property
    def url(self) -> str:
        return self.at(self.page)

    def at(self, page: int) -> str:
        """The address of another page of the same thread or list."""
        return self.first if page <= 1 else self.more.replace("{page}", str(page))


@dataclass(frozen=True, slots=True)
class Shape:
    kind: Kind
    path: re.Pattern[str]
    query: Mapping[str, str]
    tail: re.Pattern[str] | None
    fetch: str
    more: str
    view: str
    whole: bool


@cache
def table() -> tuple[tuple[Shape, ...], frozenset[str]]:
    """The shapes, and the parameters that do not tell pages apart."""
    raw: dict[str, Any] = tomllib.loads(HOME.read_text("utf-8"))
    shapes = tuple(
        Shape(
            kind=one["kind"],
            path=re.compile(one["path"]),
            query=one.get("query", {}),
            tail=re.compile(one["tail"]) if "tail" in one else None,
            fetch=one.get("fetch", ""),
            more=one.get("more", ""),
            view=one.get("view", ""),
            whole=one.get("whole", False),
        )
        for one in raw["shape"]
    )
    return shapes, frozenset(raw["drop"]["query"])


def address(url: str) -> Address | None:
    """What an absolute address is; None where no shape fits, or its scheme is not the web's."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme not in SCHEMES or not host or "@" in parts.netloc or len(url) > 2000:
        return None
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = dict(pairs)
    for shape in table()[0]:
        found = fitting(shape, parts.path or "/", parts.query, query)
        if found is not None:
            origin = f"{parts.scheme}://{netloc(parts.scheme, host, port)}"
            return made(shape, found, origin, parts.path, pairs)
    return None


def fitting(shape: Shape, path: str, raw: str, query: Mapping[str, str]) -> dict[str, str] | None:
    """The parts that a shape names, or None where it does not fit."""
    match = shape.path.fullmatch(path)
    if not match or any(query.get(name) is None or want not in ("", query[name]) for name, want in shape.query.items()):
        return None
    found = {name: value for name, value in match.groupdict().items() if value}
    if shape.tail:
        tail = shape.tail.match(raw)
        if not tail:
            return None
        found |= {name: value for name, value in tail.groupdict().items() if value}
    for name, source in (("tid", "tid"), ("tid", "ptid"), ("page", "page")):
        if value := query.get(source):
            found.setdefault(name, value)
    for name, limit in DIGITS.items():
        value = found.get(name, "1")
        if not value.isascii() or not value.isdigit() or len(value) > limit:
            return None
    return found


def made(shape: Shape, found: Mapping[str, str], origin: str, path: str, pairs: list[tuple[str, str]]) -> Address:
    site = origin.partition("//")[2] + found.get("base", "/").rstrip("/")
    page = 1 if shape.whole else max(1, int(found.get("page", "1")))
    if shape.fetch:
        parts = {**found, "page": "{page}"}
        parts["fetch"] = shape.fetch.format(**parts)
        first, more = origin + parts["fetch"], origin + shape.more.format(**parts) if shape.more else ""
        if shape.more.startswith("{fetch}"):
            more = first + shape.more.removeprefix("{fetch}")
    else:
        kept = [(name, value) for name, value in pairs if name not in table()[1]]
        first = f"{origin}{path}" + (f"?{urlencode(kept)}" if kept else "")
        more = first + ("&" if kept else "?") + "page={page}"
    if shape.kind == "thread":
        tid = str(int(found["tid"]))
        return Address("thread", site, f"{site} t{tid} p{page}", page, first, more, tid, shape.view)
    named = first.partition("//")[2]
    return Address(shape.kind, site, f"{shape.kind} {named} p{page}", page, first, more, view=shape.view)


def netloc(scheme: str, host: str, port: int | None) -> str:
    """Host and port, in one spelling."""
    host = f"[{host}]" if ":" in host else host.lower()
    return host if port in (None, {"http": 80, "https": 443}.get(scheme)) else f"{host}:{port}"
