"""Requests over real TLS on loopback: whose certificate counts, and what a failure is called."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from azure.core.exceptions import AzureError

from infra.live.errors import Trouble, cannot_look
from infra.live.session import Patience, Session
from tests.infra.verify.certificates import write_certificate
from tests.infra.verify.cloud import Signed

PATIENCE = Patience(retries=0, connect_seconds=2, read_seconds=2, seconds_in_all=4)


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        told = (self.headers.get("Authorization") or "nobody").encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by http.server
        pass


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The URL of a server whose certificate is localhost's, signed by itself."""
    write_certificate(tmp_path, "localhost")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate.pem", tmp_path / "key.pem")
    http = HTTPServer(("127.0.0.1", 0), Answering)
    http.socket = context.wrap_socket(http.socket, server_side=True)
    thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"https://localhost:{http.server_address[1]}"
    http.shutdown()
    http.server_close()
    thread.join(5)


def session() -> Session:
    return Session(Signed(), "s", patience=PATIENCE)


def test_an_authority_of_its_own_is_trusted_where_it_is_named(server: str, tmp_path: Path) -> None:
    answer = session().send("GET", f"{server}/", "scope", authority=str(tmp_path / "certificate.pem"))
    assert answer.text().startswith("Bearer header.")


def test_a_certificate_that_nobody_vouches_for_gets_no_token(server: str) -> None:
    with pytest.raises(AzureError) as refused:
        session().send("GET", f"{server}/", "scope")
    told = cannot_look(refused.value, "the server", "a role")
    assert told.trouble is Trouble.UNREACHABLE
    assert "CERTIFICATE_VERIFY_FAILED" in str(refused.value)


def test_a_certificate_of_another_host_gets_no_token(server: str, tmp_path: Path) -> None:
    with pytest.raises(AzureError):
        session().send(
            "GET",
            server.replace("localhost", "127.0.0.1"),
            "scope",
            authority=str(tmp_path / "certificate.pem"),
        )


def test_a_request_with_a_credential_of_its_own_carries_no_token(
    server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "certificate.pem"))
    own = session().send_plain("GET", f"{server}/", {"Authorization": "Bearer key"})
    assert own.text() == "Bearer key"
    assert session().send_plain("GET", f"{server}/").text() == "nobody"
