"""Who may talk to the server: the browser that opened the printed address, from a page of the server's own.

Against DNS rebinding the Host header must name the loopback; against other sites' forms a changing request must come
from our own origin; against other users of the machine a secret must be known. Every answer tells the browser to run
and load nothing but the server's own files.
"""

import hmac
import secrets
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # without any, a form of our own would have the origin "null"
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
SAFE = ("GET", "HEAD")
YEAR = 365 * 24 * 3600


class Guard:
    """The middleware around the application, for one port."""

    def __init__(self, app: ASGIApp, port: int, token: str, forbidden: str) -> None:
        self.app, self.token, self.forbidden = app, token, forbidden
        self.session = secrets.token_urlsafe(32)
        self.cookie = f"taojin_{port}"
        self.hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self.origins = {f"http://{host}" for host in self.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self.app)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        """The answer in place of the application's; None for a request that may pass."""
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self.hosts:
            return PlainTextResponse("unknown host\n", 421)
        if scope["method"] not in SAFE and headers.get("origin", "") not in self.origins:
            return PlainTextResponse("a request from another page\n", 403)
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin") and not self._navigates(headers, scope):
            return PlainTextResponse("a request from another page\n", 403)
        if self._knows(headers):
            return None
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if scope["method"] == "GET" and hmac.compare_digest(given.encode(), self.token.encode()):
            answer = RedirectResponse("/", 303)
            answer.set_cookie(self.cookie, self.session, httponly=True, samesite="strict", path="/")
            return answer
        return PlainTextResponse(self.forbidden + "\n", 403)

    @staticmethod
    def _navigates(headers: Headers, scope: Scope) -> bool:
        """A link from elsewhere may open the page; the cookie does not come along, so that only the token helps."""
        return scope["method"] == "GET" and headers.get("sec-fetch-mode") == "navigate"

    def _knows(self, headers: Headers) -> bool:
        """Cookies of other programs on this machine come along, whatever they look like."""
        found = cookie_parser(headers.get("cookie", "")).get(self.cookie, "")
        return hmac.compare_digest(found.encode(), self.session.encode())
