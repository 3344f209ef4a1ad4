"""A small Azure Resource Manager on loopback: answers by path, in the order in which they are given."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answer:
    """`hang`: accept the request and answer never. `page`: what is answered instead of JSON, as a proxy does."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    hang: bool = False
    page: str = ""


@dataclass
class FakeArm:
    """`answers` maps "GET /path" (no query, lower case) to what is answered in turn; the last one stays.
    `{url}` and `{host}` in a body are the fake's own."""

    url: str
    answers: dict[str, list[Answer]]
    asked: list[str] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def answer(self, request: str) -> Answer:
        self.asked.append(request)
        queue = self.answers.get(request.lower())
        if not queue:
            return Answer({"error": {"code": "NotFound", "message": f"nothing at {request}"}}, 404)
        return queue.pop(0) if len(queue) > 1 else queue[0]


@contextmanager
def fake_arm(answers: dict[str, list[Answer]]) -> Iterator[FakeArm]:
    arm = FakeArm("", {key.lower(): list(value) for key, value in answers.items()})

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if sent:
                is_form = "form" in str(self.headers.get("Content-Type"))
                arm.bodies.append(sent.decode() if is_form else json.loads(sent))
            given = arm.answer(f"{self.command} {urlsplit(self.path).path}")
            if given.hang:
                arm.stopping.wait(30)
                return
            text = json.dumps(given.body).replace("{url}", arm.url)
            content = (given.page or text.replace("{host}", arm.url.removeprefix("http://"))).encode()
            self.send_response(given.status)
            for name, value in {"Content-Type": "application/json", **given.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_PATCH = do_HEAD = _serve  # noqa: N815 - named by http.server

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - named by http.server
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    arm.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield arm
    finally:
        arm.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
