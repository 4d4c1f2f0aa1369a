"""Scrapy's scheduler and spider output, with the catalogue as their memory: a killed crawl loses nothing."""

from collections import deque
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.core.scheduler import Scheduler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.internet.defer import Deferred

from pipeline.scrape.catalogue import Catalogue, Task


class JournalScheduler(Scheduler):
    """Scrapy's scheduler in memory; each new request is in the catalogue first, and once.

    Until a login has ended, nothing else is asked for.
    """

    spider: Any
    first: deque[Request]

    def open(self, spider: Spider) -> Deferred[None] | None:
        opened = super().open(spider)
        self.first = deque()
        for task in self.spider.catalogue.pending():
            super().enqueue_request(self.spider.request(task))
        return opened

    def enqueue_request(self, request: Request) -> bool:
        if request.meta.get("login"):
            self.first.append(request)
            return True
        task: Task | None = request.meta.get("task")
        if task and not task.id:
            if not self.spider.catalogue.add([task]):
                return False
            self.spider.catalogue.commit()
        return super().enqueue_request(request)

    def next_request(self) -> Request | None:
        if self.first:
            return self.first.popleft()
        return super().next_request() if self.spider.ready else None

    def __len__(self) -> int:
        return super().__len__() + len(self.first)


class Journal:
    """The outermost spider middleware: an answer, what it leads to, and that it is done become one transaction."""

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Any) -> "Journal":
        return cls(crawler)

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        task: Task | None = response.meta.get("task")
        if task is None:
            async for one in result:
                yield one
            return
        spider = self.crawler.spider
        catalogue: Catalogue = spider.catalogue
        end = None
        requests: list[Request] = []
        try:
            async for one in result:
                requests.append(one)
        except CloseSpider as error:
            end = error
        except Exception as error:
            spider.logger.exception("a page cannot be read: %s", task.url)
            response.meta["outcome"] = ("failed", f"the page cannot be read: {type(error).__name__}: {error}")
        if spider.fault is None:
            for one in requests:
                one.meta["task"].depth = one.meta.get("depth", 0)
            fresh = {id(one) for one in catalogue.add([one.meta["task"] for one in requests])}
            catalogue.settle(task, *response.meta.get("outcome", ("failed", "no answer to it was expected")))
            catalogue.commit()
            spider.progress.show(self.crawler)
            for one in requests:
                if id(one.meta["task"]) in fresh:
                    yield one
        if end is not None:
            raise end


__all__ = ["Journal", "JournalScheduler"]
