"""Form login with name and password from the environment. They are in no file, no log and no stored request."""

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

import scrapy
from scrapy.exceptions import CloseSpider
from scrapy.http import Response

from pipeline.scrape.addresses import Address
from pipeline.scrape.reading import decode, parse

USER, PASSWORD = "TAOJIN_LOGIN_USER", "TAOJIN_LOGIN_PASSWORD"
FORM = "//form[starts-with(@id,'loginform') or starts-with(@name,'login')]"
CAPTCHA = ".//*[starts-with(@name,'seccode') or starts-with(@name,'secqaa') or starts-with(@name,'secanswer')]"
CAPTCHA += " | .//*[starts-with(@id,'seccode_') or starts-with(@id,'secqaa_')]"


def wanted() -> bool:
    return bool(os.environ.get(USER) and os.environ.get(PASSWORD))


def request(at: Address, opened: Callable[[], None]) -> scrapy.Request:
    """The forum's login page; ``opened`` is called once the forum has let us in."""
    scheme = at.first.partition("//")[0]
    host, _, folder = at.site.partition("/")
    base = f"{scheme}//{host}/{folder + '/' if folder else ''}"
    return asked(scrapy.Request(f"{base}member.php?mod=logging&action=login", form, cb_kwargs={"opened": opened}))


def asked(one: scrapy.Request) -> scrapy.Request:
    one.dont_filter = True
    one.errback = failed
    # robots.txt, which usually names the login page, is for robots; this is its user, who logs in.
    one.meta.update(login=True, dont_obey_robotstxt=True, dont_redirect=one.method == "POST")
    return one


def form(response: Response, opened: Callable[[], None]) -> Iterator[scrapy.Request]:
    """Fill in the login page's form."""
    root = parse(decode(response.body))
    forms = root.xpath(FORM) if root is not None else []
    if not forms:
        raise CloseSpider("the forum shows no login form; log in with a browser and pass its cookies with --cookies")
    one = forms[0]
    if one.xpath(CAPTCHA):
        raise CloseSpider("the login asks for a captcha; log in with a browser and pass its cookies with --cookies")
    fields = {name: value or "" for name, value in one.form_values() if name}
    fields |= {"username": os.environ[USER], "password": os.environ[PASSWORD], "questionid": "0", "answer": ""}
    claimed = one.get("accept-charset") or (response.headers.get("Content-Type") or b"").decode("latin-1")
    charset = "gb18030" if "gb" in claimed.lower() else "utf-8"
    url = urljoin(response.url, one.get("action") or "")
    yield asked(scrapy.FormRequest(url, done, formdata=fields, encoding=charset, cb_kwargs={"opened": opened}))


def done(response: Response, opened: Callable[[], None]) -> None:
    """Whether the forum took it: Discuz! then gives a cookie whose name ends in ``auth``."""
    given = [
        header.decode("latin-1").partition(";")[0].partition("=") for header in response.headers.getlist("Set-Cookie")
    ]
    if not any(name.strip().endswith("auth") and value.strip(' "') not in ("", "deleted") for name, _, value in given):
        raise CloseSpider("the forum refused the login; check its name and password, or pass --cookies")
    opened()


def failed(failure: Any) -> Any:
    raise CloseSpider(f"the login did not work: {type(failure.value).__name__}")
