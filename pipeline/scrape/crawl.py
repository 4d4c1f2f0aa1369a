"""One crawl: Scrapy's settings, its process, the end."""

import logging
import platform
import signal
import sys
from collections.abc import Sequence
from typing import Any

from pipeline import __version__
from pipeline.errors import SettingsError
from pipeline.extras import need
from pipeline.scrape.addresses import Address
from pipeline.scrape.catalogue import Catalogue, job_name
from pipeline.scrape.options import Options
from pipeline.scrape.options import starts as read_starts

EXTRA = ("scrapy", "warcio")


def needed() -> None:
    """Say what is missing.

    Raises:
        SettingsError: a package of the extra is not installed.
    """
    need(EXTRA, "scraping", "make scrape URL=…", "scrape", SettingsError)


def run(given: Sequence[str], options: Options) -> int:
    """Crawl; the exit status: 1 where something failed or is left to do.

    Raises:
        SettingsError: an address or option cannot be used.
        OutputError: the output folder cannot be written.
    """
    starts = read_starts(given, options)
    needed()
    from pipeline.scrape.report import lines, report, save

    job = job_name([*sorted(at.key for at in starts), options.pages, options.since, options.max_threads])
    catalogue = Catalogue(options.out, job)
    try:
        catalogue.mend_warcs()
        if options.restart:
            catalogue.forget()
        interrupted = any(True for _ in catalogue.pending())
        if not interrupted:
            catalogue.conclude()  # of a process that was killed at its very end; else there is nothing
            catalogue.forget()
        elif not options.quiet:
            print("taojin: going on with an interrupted crawl (--restart begins anew)", file=sys.stderr)
        ended, fault = crawl(starts, options, catalogue)
        if fault:
            raise fault
        done = report(catalogue, ended)
        save(done, options.out)
        if not done.left:
            catalogue.forget()
            catalogue.trim()
    finally:
        catalogue.close()
    if not options.quiet:
        print("\n".join(lines(done, options.out)))
    return 1 if done.failed or done.incomplete or done.left else 0


def crawl(starts: list[Address], options: Options, catalogue: Catalogue) -> tuple[str, Exception | None]:
    """Run Scrapy's process to its end; why it ended early, and what went wrong with our own files."""
    from scrapy.crawler import CrawlerProcess

    from pipeline.scrape.spider import ForumSpider
    from pipeline.scrape.store import Files, Store, Warc

    def sized(file: str, size: int, at_once: bool) -> None:
        catalogue.warc_size(file, size)
        if at_once:
            catalogue.commit()

    agent = user_agent(options)
    store: Store = Warc(options.out, agent, sized) if options.warc else Files(options.out)
    process = CrawlerProcess(settings(options, {at.site for at in starts}, agent))
    logging.getLogger("scrapy").setLevel(logging.ERROR)
    crawler = process.create_crawler(ForumSpider)
    faults: list[Any] = []
    process.crawl(crawler, starts=starts, options=options, catalogue=catalogue, store=store).addErrback(faults.append)
    handler = signal.getsignal(signal.SIGINT)
    process.start()
    signal.signal(signal.SIGINT, handler)
    store.close()
    if faults:
        raise faults[0].value
    spider: Any = crawler.spider
    spider.progress.close()
    reason = (crawler.stats.get_value("finish_reason") if crawler.stats else "") or ""
    return spider.ended or REASONS.get(reason, reason), spider.fault


REASONS = {
    "finished": "",
    "shutdown": "interrupted",
    "closespider_timeout": "the time of --max-time is over",
    "captcha": "the forum asks a safety question or a captcha",
    "login": "the forum asks for a login",
    "password": "the board asks for a password",
    "closed": "the forum is closed",
}


def user_agent(options: Options) -> str:
    contact = f"; +{options.contact}" if options.contact else ""
    return f"taojin/{__version__} (forum reader{contact}) Python/{platform.python_version()}"


def settings(options: Options, sites: set[str], agent: str) -> dict[str, Any]:
    """Scrapy's settings: its throttle, retries, robots, cookies, depth and size limits, ours around them."""
    from pipeline.scrape.middlewares import browser_cookies

    room = "pipeline.scrape"
    own = "scrapy.downloadermiddlewares"
    return {
        "USER_AGENT": agent,
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": "taojin",
        "CONCURRENT_REQUESTS": options.concurrency * len(sites),
        "CONCURRENT_REQUESTS_PER_DOMAIN": options.concurrency,
        "DOWNLOAD_DELAY": options.delay,
        "DOWNLOAD_DELAY_JITTER": 0,
        "AUTOTHROTTLE_ENABLED": options.delay > 0,
        "AUTOTHROTTLE_START_DELAY": options.delay,
        "AUTOTHROTTLE_MAX_DELAY": max(60.0, options.delay),
        "DOWNLOAD_TIMEOUT": options.timeout,
        "DOWNLOAD_MAXSIZE": options.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "RETRY_TIMES": options.retries,
        "REDIRECT_MAX_TIMES": options.redirects,
        "METAREFRESH_ENABLED": False,
        "DEPTH_LIMIT": options.depth,
        "CLOSESPIDER_TIMEOUT": options.max_time,
        "COOKIES_ENABLED": True,
        "HTTPCACHE_ENABLED": False,
        "HTTPERROR_ALLOW_ALL": True,
        "CONCURRENT_ITEMS": 1,
        "WARN_ON_GENERATOR_RETURN_VALUE": False,
        "TELNETCONSOLE_ENABLED": False,
        "LOG_LEVEL": "ERROR",
        "LOG_INSTALL_ROOT_HANDLER": False,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
        },
        "SCHEDULER": f"{room}.scheduler.JournalScheduler",
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
        "SPIDER_MIDDLEWARES": {f"{room}.scheduler.Journal": 10},
        "DOWNLOADER_MIDDLEWARES": {
            f"{own}.offsite.OffsiteMiddleware": None,  # it drops a redirect without a word; Guard is stricter
            f"{room}.middlewares.Guard": 50,
            f"{own}.retry.RetryMiddleware": None,
            f"{room}.middlewares.Pace": 550,
            f"{own}.cookies.CookiesMiddleware": None,
            f"{room}.middlewares.Cookies": 700,
        },
        "TAOJIN_COOKIES": browser_cookies(options.cookies) if options.cookies else [],
        "TAOJIN_BACKOFF": options.backoff,
        "TAOJIN_MAX_WAIT": options.max_wait,
    }
