"""The online deployment as Azure ML runs it: the inference server with the entry script, over HTTP on loopback."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from azure.ai.ml import load_online_deployment
from azure.ai.ml.entities import KubernetesOnlineDeployment

from forecasting import sample_data
from forecasting.calendar import with_calendar
from forecasting.fleet import write_fleet
from forecasting.local_server import ask, serve
from forecasting.registration import save
from forecasting.series_model import RIDGE, fit


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("served")
    rows = sample_data.sales(series=1).reset_index(drop=True)
    write_fleet([("s000/p000", fit(with_calendar(rows)))], folder / "fleet")
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


def test_columns_are_taken_like_rows(server: str) -> None:
    columns = {"store": ["s000"], "product": ["p000"], "day": ["2026-12-01"], "other": [{}]}
    status, answered = ask(server, json.dumps({"data": columns}).encode())
    assert (status, answered["forecasts"][0]["family"]) == (200, RIDGE)


def test_no_number_is_no_store(server: str) -> None:
    status, answered = ask(server, b'{"data": [{"store": NaN, "product": Infinity, "day": "2026-12-01"}]}')
    assert (status, answered["forecasts"][0]["problem"]) == (200, "unknown series")


def test_a_body_that_is_not_declared_as_json_is_refused(server: str) -> None:
    request = urllib.request.Request(f"{server}/score", b"store,product", {"Content-Type": "text/csv"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=30)
    assert refused.value.code == 415


def test_many_requests_at_once_are_all_answered(server: str) -> None:
    body = json.dumps({"data": [row()]}).encode()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ask(server, body), range(24)))
    assert [status for status, _ in answers] == [200] * 24
    assert len({json.dumps(answered) for _, answered in answers}) == 1


def test_the_deployment_is_what_azure_mls_own_schema_takes() -> None:
    path = Path(__file__).parents[1] / "scoring/deployment.yml"
    # The command's --endpoint-name.
    deployment = load_online_deployment(path, params_override=[{"endpoint_name": "demand-dev"}])
    assert isinstance(deployment, KubernetesOnlineDeployment)
    assert deployment.code_configuration.scoring_script == "score.py"
    with pytest.raises(Exception, match="no_such_key"):
        load_online_deployment(
            path, params_override=[{"endpoint_name": "demand-dev"}, {"no_such_key": "value"}]
        )


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
        (b'{"data": "' + b"x" * 2_100_000 + b'"}', 413, "capacity limit"),
        (b'["data"]', 400, "JSON dictionary"),
        (b'{"data": null}', 400, "missing"),
        (b'{"data": [[1, 2, 3]]}', 400, "missing"),
        (b'{"data": [null, 5]}', 400, "missing"),
        (b'{"data": {"store": ["s000"], "product": []}}', 400, "missing"),
    ],
    ids=[
        *("empty", "no JSON", "no data", "no rows", "wrong columns", "too many rows", "too many bytes"),
        *("array", "null", "lists", "no rows of columns", "ragged"),
    ],
)
def test_a_request_that_cannot_be_answered_is_refused_with_the_reason(
    server: str, body: bytes, expected: int, said: str
) -> None:
    status, answered = ask(server, body)
    assert (status, said in str(answered)) == (expected, True), answered
