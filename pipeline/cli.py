"""The `taojin` command: arguments only, no work."""

import argparse
import io
import os
import sys
from collections.abc import Sequence

from pipeline import __version__
from pipeline.errors import TaojinError


def parser() -> argparse.ArgumentParser:
    """All commands and their arguments."""
    main = argparse.ArgumentParser(
        prog="taojin",
        description="From Chinese forum posts to a table of who claims what.",
        epilog="taojin COMMAND --help tells more. Exit status: 0 all fine, 1 some input was rejected,"
        " 2 the call cannot work. TAOJIN_DEBUG=1 shows tracebacks.",
    )
    main.add_argument("--version", action="version", version=f"taojin {__version__}")
    commands = main.add_subparsers(dest="command", metavar="COMMAND", required=True)

    extract = _command(
        commands,
        "extract",
        "read posts, write the tables",
        "Read saved forum pages, text dumps and JSON Lines of posts; write extractions.csv, posts.csv and rejected.csv."
        " Only what is new or changed since the last run is extracted. What reviewers wrote into the columns review"
        " and note is kept.",
        ["taojin extract", "taojin extract page.html posts.jsonl --out result", "cat posts.jsonl | taojin extract -"],
    )
    extract.add_argument("raw", nargs="*", metavar="RAW", default=["raw"], help="files, folders, or - (default: raw)")
    extract.add_argument("--out", default="extracted", metavar="DIR", help="where to write (default: extracted)")
    extract.add_argument(
        "--jobs", type=_jobs, default=0, metavar="N", help="processes (default: as the input is worth)"
    )
    extract.add_argument(
        "--format",
        action="append",
        default=[],
        metavar="F[,F]",
        help="also jsonl, sqlite, parquet (needs pyarrow); csv is always written",
    )
    extract.add_argument("--quiet", action="store_true", help="no progress, no summary")

    clean = _command(
        commands,
        "clean",
        "show the posts of pages, without the forum's words",
        "Print each post's fields and text, as extraction sees it.",
        ["taojin clean page.html", "taojin clean --explain page.html"],
    )
    clean.add_argument("files", nargs="+", metavar="FILE", help="files, folders, or -")
    clean.add_argument("--explain", action="store_true", help="show the pieces that were removed, and why")

    explain = _command(
        commands,
        "explain",
        "show why a row is in the table",
        "Print a row with its post, its sentence with the span marked, the tokens, the rule, and its parts.",
        ["taojin explain rkpqdafhmbjgceni"],
    )
    explain.add_argument("row_id", metavar="ROW_ID", help="the first cell of the row")
    explain.add_argument("--out", default="extracted", metavar="DIR", help="where the tables are (default: extracted)")

    numbers = _command(
        commands,
        "numbers",
        "print every number of each post",
        "Read posts; print a JSON object a line: post_id and numbers (text, start, end, value_min, value_max,"
        " qualifier).",
        ["taojin numbers posts.jsonl", 'echo \'{"text": "三点五亿"}\' | taojin numbers'],
    )
    numbers.add_argument("files", nargs="*", metavar="FILE", default=["-"], help="files, folders, or - (default: -)")

    compare = _command(
        commands,
        "compare",
        "show where posts disagree",
        "Put the claims of one subject, metric, period and unit side by side and print those whose values differ.",
        ["taojin compare", "taojin compare --all --out result"],
    )
    compare.add_argument("--out", default="extracted", metavar="DIR", help="where the tables are (default: extracted)")
    compare.add_argument("--all", action="store_true", help="also those that agree")

    from pipeline.scrape import command as scraping

    scrape = _command(
        commands,
        "scrape",
        "fetch a forum's threads into raw/",
        "Fetch threads, or all threads of a list, politely; a later run asks only for what is new, and goes on where"
        " an interrupted one stopped. Name and password of a form login come from TAOJIN_LOGIN_USER and"
        " TAOJIN_LOGIN_PASSWORD. Needs the extra `scrape` (make scrape URL=… installs it).",
        scraping.EXAMPLES,
    )
    scraping.arguments(scrape)

    for command in (extract, clean, explain, numbers, compare, scrape):
        command.add_argument("--settings", metavar="FILE", help="settings (default: taojin.toml, where there is one)")
    return main


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    short: str,
    long: str,
    examples: Sequence[str],
) -> argparse.ArgumentParser:
    epilog = "examples:\n" + "\n".join(f"  {example}" for example in examples)
    return commands.add_parser(
        name, help=short, description=long, epilog=epilog, formatter_class=argparse.RawDescriptionHelpFormatter
    )


def _jobs(text: str) -> int:
    jobs = int(text)
    if jobs < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return jobs


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status."""
    args = parser().parse_args(arguments)
    _speak_utf8()
    from pipeline.run import commands
    from pipeline.scrape import command as scraping

    try:
        work = scraping.scrape if args.command == "scrape" else getattr(commands, args.command)
        status = int(work(args))
        sys.stdout.flush()
        return status
    except TaojinError as error:
        return _fail(str(error), error)
    except KeyboardInterrupt:
        print("\ntaojin: interrupted; the next run goes on from here", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _fail(f"{type(error).__name__}: {error}; TAOJIN_DEBUG=1 shows where, please report it", error)


def _fail(message: str, error: BaseException) -> int:
    if os.environ.get("TAOJIN_DEBUG"):
        raise error
    print(f"taojin: {message}", file=sys.stderr)
    return 2


def _speak_utf8() -> None:
    """Chinese text must get through a pipe, and odd file names to a terminal, whatever the locale is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=stream.encoding if stream.isatty() else "utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
