"""``taojin review``: its arguments, and what they start."""

import argparse
import contextlib

from pipeline.command import Command, out_argument, settings_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    out_argument(parser)
    parser.add_argument("--port", type=int, default=0, metavar="N", help="port on 127.0.0.1 (default: a free one)")
    parser.add_argument("--reviewer", default="", metavar="NAME", help="who decides (default: your user name)")
    parser.add_argument("--lang", choices=("zh", "en"), default="", help="language (default: the browser's)")
    parser.add_argument("--open", action="store_true", help="open the page in the browser")


def review(args: argparse.Namespace) -> int:
    """Serve until interrupted."""
    from pathlib import Path

    from pipeline.errors import InputError

    try:
        from pipeline.review.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("starlette", "uvicorn", "jinja2", "markupsafe"):
            raise
        raise InputError(
            f"the review page needs the package {error.name}: run `make review`, which installs it,"
            " or pip install 'taojin[review]'"
        ) from error
    with contextlib.suppress(KeyboardInterrupt):
        serve(Path(args.out), args.port, args.reviewer, args.lang, args.open, settings_of(args).lexicons)
    return 0


COMMANDS = (
    Command(
        "review",
        "look at the table in the browser, decide, correct",
        "Serve the review page on 127.0.0.1: each post with its findings marked, its rows beside it. Verdicts go to"
        " reviews.csv at once, and into the table with the next extract. Needs the extra `review` (make review"
        " installs it).",
        ["taojin review", "taojin review --out result --port 8765 --reviewer wang"],
        arguments,
        review,
    ),
)
