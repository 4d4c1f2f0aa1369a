"""The review server in a process of its own, and a browser's manners without a browser."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).parents[2]


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def told(self) -> Any:
        return json.loads(self.text)


@dataclass
class Client:
    """One reviewer: keeps the connection and the cookies."""

    address: str
    reviewer: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    connection: HTTPConnection | None = None

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    def login(self) -> "Client":
        answer = self.get("/?" + urlsplit(self.address).query)
        assert answer.status == 303, answer
        if self.reviewer:
            self.post("/me", reviewer=self.reviewer)
        return self

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> Answer:
        """A request as a browser would send it; ``headers`` replace its own, empty ones are left out."""
        if self.connection is None:
            self.connection = HTTPConnection(self.host, timeout=30)
        own = {"Host": self.host, "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if method == "POST":
            own |= {"Origin": f"http://{self.host}", "Content-Type": "application/x-www-form-urlencoded"}
        own |= {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in own.items():
            if value:
                self.connection.putheader(name, value)
        if body:
            self.connection.putheader("Content-Length", str(len(body.encode())))
        self.connection.endheaders(body.encode() or None)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for value in answer.headers.get_all("set-cookie") or ():
            name, _, rest = value.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, text)

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def post(self, path: str, **fields: str) -> Answer:
        """A form, sent as the browser sends it without the script."""
        return self.ask("POST", path, urlencode(fields) or "none=")

    def tell(self, path: str, **fields: str) -> Answer:
        """The same as the script sends it."""
        return self.ask("POST", path, urlencode(fields) or "none=", Accept="application/json")


@dataclass
class Server:
    process: "subprocess.Popen[str]"
    address: str

    def client(self, reviewer: str = "") -> Client:
        return Client(self.address, reviewer).login()

    def stop(self, kill: bool = False) -> None:
        if self.process.poll() is None:
            (self.process.kill if kill else self.process.terminate)()
            self.process.communicate()


def start(out: Path, *arguments: str) -> Server:
    """The real command; ready when this returns."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "review", "--out", str(out), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("http://"):
            return Server(process, line.strip())
    raise AssertionError("".join(lines))
