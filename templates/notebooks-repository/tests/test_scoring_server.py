"""The online deployment as Azure ML runs it: the inference server with the entry script, over HTTP on loopback."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator

import pytest

from forecasting import sample_data
from forecasting.calendar import calendar
from forecasting.fleet import write_fleet
from forecasting.local_server import ask, serve
from forecasting.registration import save
from forecasting.series_model import RIDGE, fit


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("served")
    rows = sample_data.sales(series=1).reset_index(drop=True)
    write_fleet([("s000/p000", fit(rows.join(calendar(rows["day"]))))], folder / "fleet")
    save(folder / "fleet", folder / "model")
    with serve(folder / "model", folder) as url:
        yield url


def row(store: str = "s000", day: str = "2026-12-01") -> dict[str, str]:
    return {"store": store, "product": "p000", "day": day}


def test_a_request_is_answered_row_by_row(server: str) -> None:
    status, answered = ask(server, json.dumps({"data": [row(), row("s999"), row(day="soon")]}).encode())
    assert status == 200
    first, unknown, no_day = answered["forecasts"]
    assert (first["partition_key"], first["family"], first["problem"]) == ("s000/p000", RIDGE, "")
    assert first["quantity"] > 0
    assert (unknown["quantity"], unknown["problem"]) == (None, "unknown series")
    assert (no_day["quantity"], no_day["problem"]) == (None, "no day")
    assert answered["model_version"] == "model"


def test_swagger_describes_the_columns(server: str) -> None:
    with urllib.request.urlopen(f"{server}/swagger.json", timeout=30) as answered:
        described = json.load(answered)["definitions"]["ServiceInput"]
    columns = described["properties"]["data"]["items"]["properties"]
    assert set(columns) == {"store", "product", "day"}


@pytest.mark.parametrize(
    ("body", "expected", "said"),
    [
        (b"", 400, ""),
        (b"{", 400, ""),
        (b'{"rows": []}', 400, "data"),
        (b'{"data": []}', 400, "missing"),
        (
            json.dumps({"data": [{"shop": "s000", "day": "2026-12-01"}]}).encode(),
            400,
            "store, product missing",
        ),
        (json.dumps({"data": [row()] * 10_001}).encode(), 413, "at most 10000"),
    ],
    ids=["empty", "no JSON", "no data", "no rows", "wrong columns", "huge"],
)
def test_a_request_that_cannot_be_answered_is_refused_with_the_reason(
    server: str, body: bytes, expected: int, said: str
) -> None:
    status, answered = ask(server, body)
    assert (status, said in str(answered)) == (expected, True), answered
