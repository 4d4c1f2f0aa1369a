"""A process that has imported what a crawl needs and forks one for each call: a crawl starts in no time.

It reads calls as lines of JSON (arguments, folder, environment, files for output) and answers with exit statuses.
"""

import importlib
import json
import os
import sys

READY = (
    "scrapy.crawler",
    "scrapy.core.engine",
    "scrapy.core.scheduler",
    "scrapy.core.scraper",
    "scrapy.downloadermiddlewares.cookies",
    "scrapy.downloadermiddlewares.httpcompression",
    "scrapy.downloadermiddlewares.retry",
    "scrapy.downloadermiddlewares.robotstxt",
    "scrapy.extensions.throttle",
    "scrapy.robotstxt",
    "pipeline.cli",
    "pipeline.run.commands",
    "pipeline.scrape.crawl",
    "pipeline.scrape.middlewares",
    "pipeline.scrape.scheduler",
    "pipeline.scrape.spider",
    "pipeline.scrape.store",
    "warcio.warcwriter",
)


def child(call: dict[str, object]) -> int:
    os.chdir(str(call["folder"]))
    os.environ.clear()
    os.environ.update(dict(call["environment"]))  # type: ignore[call-overload]
    for number, name in ((1, "out"), (2, "errors")):
        os.dup2(os.open(str(call[name]), os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    from pipeline.cli import main

    try:
        status = main(list(call["arguments"]))  # type: ignore[call-overload]
    except SystemExit as error:
        status = int(error.code or 0)
    sys.stdout.flush()
    sys.stderr.flush()
    return status


def serve() -> None:
    for name in READY:
        importlib.import_module(name)
    if "twisted.internet.reactor" in sys.modules:
        raise SystemExit("a reactor must not be there before a crawl installs its own")
    for line in sys.stdin:
        number = os.fork()
        if number == 0:
            status = 99
            try:
                status = child(json.loads(line))
            finally:
                os._exit(status)
        print(os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]), flush=True)


if __name__ == "__main__":
    serve()
