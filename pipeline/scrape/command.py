"""``taojin scrape``: its arguments, and what they start."""

import argparse
from pathlib import Path

from pipeline.command import Command

EXAMPLES = [
    "taojin scrape 'https://bbs.example/forum.php?mod=forumdisplay&fid=2' --pages 3",
    "taojin scrape https://bbs.example/thread-12-1-1.html --out raw",
    "taojin scrape addresses.txt --cookies cookies.txt --since 2025-01-01",
]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("urls", nargs="+", metavar="URL", help="threads, lists, searches, feeds; or a file of them")
    parser.add_argument("--out", metavar="DIR", help="folder to fill (default: raw)")
    parser.add_argument("--pages", type=int, metavar="N", help="pages of a list to read (default: all)")
    parser.add_argument("--since", metavar="DATE", help="leave out threads whose last post is older (YYYY-MM-DD)")
    parser.add_argument("--max-threads", type=int, metavar="N", help="threads to ask for (default: all)")
    parser.add_argument("--cookies", metavar="FILE", help="your browser's cookies, as a Netscape file")
    parser.add_argument("--warc", action="store_true", default=None, help="store as WARC rather than as files")
    parser.add_argument("--contact", metavar="TEXT", help="your mail address or page, told to the forum")
    parser.add_argument("--delay", type=float, metavar="S", help="seconds between requests, at least (default: 2)")
    parser.add_argument("--concurrency", type=int, metavar="N", help="requests at a time, on this machine's own forum")
    parser.add_argument("--max-time", type=float, metavar="S", help="stop after so many seconds, to be resumed")
    parser.add_argument("--max-bytes", type=int, metavar="N", help="largest answer (default: 16000000)")
    parser.add_argument("--timeout", type=float, metavar="S", help="seconds for one answer (default: 60)")
    parser.add_argument("--restart", action="store_true", default=None, help="forget an interrupted crawl")
    parser.add_argument("--quiet", action="store_true", default=None, help="no progress, no report")


def scrape(args: argparse.Namespace) -> int:
    """Crawl; 1 where something failed or is left to do."""
    from pipeline.scrape.crawl import needed, run
    from pipeline.scrape.options import options

    needed()
    flags = {name: value for name, value in vars(args).items() if name not in ("command", "urls", "settings")}
    return run(args.urls, options(flags, file=Path(args.settings) if args.settings else None))


COMMANDS = (
    Command(
        "scrape",
        "fetch a forum's threads into raw/",
        "Fetch threads, or all threads of a list, politely; a later run asks only for what is new, and goes on where"
        " an interrupted one stopped. Name and password of a form login come from TAOJIN_LOGIN_USER and"
        " TAOJIN_LOGIN_PASSWORD. Needs the extra `scrape` (make scrape URL=… installs it).",
        EXAMPLES,
        arguments,
        scrape,
    ),
)
