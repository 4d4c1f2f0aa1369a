"""Around each request: where it may go, whose cookies it carries, and how long to wait when the forum says so."""

import asyncio
import http.cookiejar
import ipaddress
import logging
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.downloadermiddlewares import cookies
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from tldextract import TLDExtract

from pipeline.errors import SettingsError
from pipeline.scrape.addresses import address, netloc
from pipeline.scrape.reading import decode, notice_of, parse

LOG = logging.getLogger(__name__)
FLOOD_PAGE = 40_000
"""Bytes. A longer page is no flood notice."""

# Scrapy asks publicsuffix.org for a list of suffixes at the first cookie; the list that comes with tldextract will do.
cookies._split_domain = TLDExtract(suffix_list_urls=(), include_psl_private_domains=True)


class Guard:
    """Refuses every request that leaves the start site, redirected ones too, before it is made."""

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Any) -> "Guard":
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        if reason := refusal(request, self.crawler.spider.sites):
            raise IgnoreRequest(reason)


def refusal(request: Request, sites: set[str]) -> str:
    """Why a request may not be made; empty where it may."""
    earlier = request.meta.get("redirect_urls") or []
    way = "redirected to " if earlier else ""
    try:
        parts = urlsplit(request.url)
        here = netloc(parts.scheme, parts.hostname or "", parts.port)
    except ValueError:
        return f"{way}an address that is none"
    if parts.scheme not in ("http", "https"):
        return f"{way}the scheme {parts.scheme}:, which is refused"
    homes = {site.partition("/")[0] for site in sites}
    if earlier:
        first = urlsplit(earlier[0])
        homes = {netloc(first.scheme, first.hostname or "", first.port)}
        if urlsplit(earlier[-1]).scheme == "https" and parts.scheme == "http":
            return f"{way}an address without encryption"
    if here not in homes:
        what = "a private or loopback address" if is_private(parts.hostname or "") else "another host"
        return f"{way}{what} ({here}); if it is the forum's own, start from there"
    if parts.path == "/robots.txt" and request.meta.get("dont_obey_robotstxt"):
        return ""
    at = address(request.url)
    if at is None or at.site not in sites:
        return f"{way}an address that is neither a thread nor a list ({parts.path[:80]})"
    if at.kind == "login" and not request.meta.get("login"):
        return "the forum asks for a login; pass your browser's cookies with --cookies"
    return ""


def is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))


class Cookies(cookies.CookiesMiddleware):
    """Scrapy's cookies, and those of the user's browser before them. They stay in memory."""

    @classmethod
    def from_crawler(cls, crawler: Any) -> "Cookies":
        made = super().from_crawler(crawler)
        for cookie in crawler.settings.get("TAOJIN_COOKIES") or ():
            made.jars[None].jar.set_cookie(cookie)
        return made


def browser_cookies(path: str) -> list[http.cookiejar.Cookie]:
    """The cookies of a Netscape file.

    Raises:
        SettingsError: the file cannot be read, or is none.
    """
    jar = http.cookiejar.MozillaCookieJar(path)
    try:
        jar.load(ignore_discard=True, ignore_expires=True)
    except (OSError, http.cookiejar.LoadError, UnicodeDecodeError) as error:
        # The error's own words may quote a line, and with it a secret.
        raise SettingsError(f"{path}: not a readable Netscape cookie file ({type(error).__name__})") from None
    now = time.time()
    for cookie in jar:
        if cookie.expires == 0:
            cookie.expires, cookie.discard = None, True  # how exporters write a session's cookie
    return [cookie for cookie in jar if not cookie.is_expired(int(now))]


class Pace(RetryMiddleware):
    """Scrapy's retries, and a pause of the whole host where the forum says "too fast".

    Scrapy itself repeats a 429 at once and does not read ``Retry-After``; Discuz says "too fast" with status 200.
    ``Crawl-delay`` of robots.txt is kept as a lower bound of the delay.
    """

    def __init__(self, settings: Any) -> None:
        super().__init__(settings)
        self.backoff = settings.getfloat("TAOJIN_BACKOFF")
        self.max_wait = settings.getfloat("TAOJIN_MAX_WAIT")
        self.until: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Any) -> "Pace":
        made = super().from_crawler(crawler)
        crawler.signals.connect(made.robots_parsed, signal=signals.robots_parsed)
        return made

    @property
    def spider(self) -> Any:
        return self.crawler.spider

    async def process_request(self, request: Request) -> None:
        host = urlsplit(request.url).netloc
        while (wait := self.until.get(host, 0.0) - time.monotonic()) > 0:
            await asyncio.sleep(min(wait, 1.0))
            if self.spider.ended:
                raise IgnoreRequest("the crawl ended before it could be asked for")

    def process_response(self, request: Request, response: Response, spider: Spider | None = None) -> Any:
        reason = ""
        if response.status in (429, 503):
            reason = f"HTTP {response.status}"
        elif response.status == 200 and len(response.body) < FLOOD_PAGE and "task" in request.meta:
            text = decode(response.body)
            if 'id="pid' not in text and notice_of(text, parse(text)).notice == "flood":
                reason = "flood notice"
        if not reason:
            return super().process_response(request, response)
        tries = request.meta.get("retry_times", 0)
        asked = retry_after(response.headers.get("Retry-After"))
        wait = asked if asked is not None else min(self.backoff * 2**tries, self.max_wait)
        if wait > self.max_wait:
            self.spider.end(f"the forum asks to wait {wait:.0f} s ({reason}); run the same again after that")
            return response
        host = urlsplit(request.url).netloc
        self.until[host] = max(self.until.get(host, 0.0), time.monotonic() + wait)
        LOG.info("%s: waiting %.1f s", reason, wait)
        again = self._retry(request, reason)
        if again is not None:
            return again
        return response

    def robots_parsed(self, robotparser: Any, request: Request) -> None:
        agent = self.crawler.settings["USER_AGENT"]
        delay = robotparser.crawl_delay(agent)
        if not delay:
            return
        throttle = self.crawler.get_extension(AutoThrottle)
        if throttle:
            throttle.mindelay = max(throttle.mindelay, float(delay))
            throttle.maxdelay = max(throttle.maxdelay, float(delay))
        for slot in self.crawler.engine.downloader.slots.values():
            slot.delay = max(slot.delay, float(delay))
        LOG.info("robots.txt asks for %s s between requests", delay)


def retry_after(value: bytes | None, now: datetime | None = None) -> float | None:
    """Seconds that a ``Retry-After`` asks for, given as seconds or as a date; None for none."""
    text = (value or b"").decode("latin-1").strip()
    if text.isdigit():
        return float(text[:9])
    try:
        at = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - (now or datetime.now(UTC))).total_seconds())
