"""Azure ML's inference server on this machine, with the entry script and a model: how a deployment is tried at home.

Needs the package azureml-inference-server-http. It listens on loopback alone.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "scoring/score.py"
SERVER = "azureml_inference_server_http.server.entry:app"
START_SECONDS = 180


class ServerError(Exception):
    """A server that ended, or did not start in time; the text is its log."""


@contextmanager
def serve(model: Path, folder: Path) -> Iterator[str]:
    """The server's URL, until the block ends. Its log goes to `folder`. Raises ServerError."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "server.log"
    # Not the server's own command, which listens on every address of the machine.
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--timeout", "300", SERVER]
    told = {
        "AZUREML_ENTRY_SCRIPT": str(SCRIPT),
        "AZUREML_MODEL_DIR": str(model),
        "AML_APP_INSIGHTS_ENABLED": "false",
    }
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, cwd=folder, env={**os.environ, **told}
        )
    try:
        yield _when_ready(f"http://127.0.0.1:{port}", process, log)
    finally:
        process.terminate()
        process.wait(timeout=60)


def ask(url: str, body: bytes) -> tuple[int, object]:
    """The status and the answer of one request."""
    request = urllib.request.Request(f"{url}/score", body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answered:
            return answered.status, json.load(answered)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def _when_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.3)
        else:
            return url
    raise ServerError(log.read_text(encoding="utf-8", errors="replace"))
