"""The app: its page, and what it asks of the endpoint, over HTTP on loopback."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[1] / "app"
sys.path.insert(0, str(APP))

import client  # noqa: E402 of the app's folder

WORKSPACE = "/subscriptions/2222/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/mlw"


class Endpoint(BaseHTTPRequestHandler):
    """Azure Resource Manager and the endpoint in one."""

    asked: ClassVar[list[tuple[str, str, object]]] = []
    answer: ClassVar[tuple[int, object]] = (200, {})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append((self.path, self.headers["Authorization"], body))
        status, answer = self.answer
        if "/token?" in self.path:
            status, answer = 200, {"accessToken": "of-the-endpoint", "expiryTimeUtc": time.time() + 3600}
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_words: object) -> None:
        """Silent."""


@pytest.fixture
def url(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Endpoint) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setenv("SCORING_URI_DEMAND", f"{address}/score")
        monkeypatch.setenv("ENDPOINT_NAME_DEMAND", "demand-dev")
        monkeypatch.setenv("ML_WORKSPACE_ID", WORKSPACE)
        Endpoint.asked = []
        yield address
        server.shutdown()
        thread.join(timeout=30)


def forecasts(*quantities: float | None) -> dict[str, object]:
    return {
        "forecasts": [
            {"quantity": one, "problem": "" if one is not None else "unknown series"} for one in quantities
        ]
    }


def test_the_token_is_asked_for_once_and_sent_with_each_request(url: str) -> None:
    Endpoint.answer = (200, forecasts(5.0, 6.0))
    token = client.EndpointToken(lambda: "of-azure", url)
    for _ in range(2):
        answered = client.forecast("s1", "p1", date(2026, 12, 1), 2, token)
    assert [(one.day, one.quantity) for one in answered] == [("2026-12-01", 5.0), ("2026-12-02", 6.0)]
    paths = [path.partition("?")[0] for path, _, _ in Endpoint.asked]
    assert paths == [f"{WORKSPACE}/onlineEndpoints/demand-dev/token", "/score", "/score"]
    assert [of for _, of, _ in Endpoint.asked] == ["Bearer of-azure", *["Bearer of-the-endpoint"] * 2]
    assert Endpoint.asked[1][2]["data"][0] == {"store": "s1", "product": "p1", "day": "2026-12-01"}


@pytest.mark.usefixtures("url")
def test_a_refusal_and_a_silent_endpoint_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    Endpoint.answer = (413, {"error": "at most 10000 are answered"})
    with pytest.raises(client.ForecastError, match=r"413: .*at most 10000"):
        client.forecast("s1", "p1", date(2026, 12, 1), 1, lambda: "token")
    monkeypatch.setenv("SCORING_URI_DEMAND", "http://127.0.0.1:9/score")
    with pytest.raises(client.ForecastError, match="no answer"):
        client.forecast("s1", "p1", date(2026, 12, 1), 1, lambda: "token")


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ((200, forecasts(*[5.0] * 13, None)), "No forecast for some days: unknown series"),
        ((500, {"error": "no model"}), "The endpoint gave no forecast. 500"),
        (
            (200, forecasts(5.0)),
            "The endpoint gave no forecast. the answer has no forecast for each of 14 days",
        ),
        ((200, "busy"), "The endpoint gave no forecast. the answer is no JSON object"),
    ],
)
def test_the_page_shows_what_the_endpoint_said(
    url: str, answer: tuple[int, object], shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Endpoint.answer = answer
    monkeypatch.setattr(client, "EndpointToken", lambda *_given: lambda: f"of {url}")
    page = AppTest.from_file(str(APP / "ui.py"), default_timeout=60).run()
    assert not page.exception
    page.button[0].click().run()
    assert not page.exception
    said = [element.value for element in (*page.warning, *page.error)]
    assert any(one.startswith(shown) for one in said), said
