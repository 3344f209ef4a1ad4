"""Renewing the price file from the retail prices API, against a fake of it on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest

from infra.cost.meters import meter_of
from infra.cost.price_file import render_prices
from infra.cost.prices import PRICE_FILE, Prices, load_prices
from infra.cost.renew import main
from infra.cost.retail_prices import RetailPrices, RetailPricesError

TODAY = date(2026, 11, 30)


class Azure:
    """Rows by region, as the API pages them. `refusals` are statuses that it answers before anything else."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.refusals: list[int] = []
        self.queries: list[dict[str, list[str]]] = []
        self.page_size = 2
        self.next_host = ""
        self.address = ""

    def answer(self, query: dict[str, list[str]]) -> dict[str, Any]:
        self.queries.append(query)
        conditions = [part.split(" eq ") for part in query["$filter"][0].split(" and ")]
        wanted = {name: value.strip("'") for name, value in conditions}
        wanted["type"] = wanted.pop("priceType")
        found = [row for row in self.rows if all(row.get(name) == value for name, value in wanted.items())]
        first = int(query.get("$skip", ["0"])[0])
        link = None
        if first + self.page_size < len(found):
            host = self.next_host or self.address
            link = f"{host}?$filter={query['$filter'][0]}&$skip={first + self.page_size}".replace(" ", "%20")
        return {
            "BillingCurrency": "USD",
            "Items": found[first : first + self.page_size],
            "NextPageLink": link,
        }

    def sells(self, kind: str, key: str, price: float, **more: Any) -> None:
        meter = meter_of(kind, key)
        assert meter is not None
        row = {
            "currencyCode": "USD",
            "armRegionName": "westeurope",
            "type": "Consumption",
            "tierMinimumUnits": 0.0,
            "unitOfMeasure": meter.unit,
            "retailPrice": price,
            "productName": "",
            "skuName": "",
            "meterName": "",
            **meter.fields,
        }
        self.rows.append({**row, **more})


@pytest.fixture
def azure() -> Iterator[Azure]:
    fake = Azure()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if fake.refusals:
                self.send_response(fake.refusals.pop(0))
                self.send_header("Retry-After", "0")
                self.end_headers()
                return
            body = json.dumps(fake.answer(parse_qs(urlparse(self.path).query))).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that is overridden
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.address = f"http://127.0.0.1:{server.server_port}/api/retail/prices"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield fake
    server.shutdown()
    server.server_close()
    thread.join(5)


SMALL = """\
currency: USD
region: westeurope
lists:
  vm:
    unit: machine hour, Linux
    source: azure.microsoft.com pricing/details/virtual-machines/linux
    as_of: 2026-01-01
    prices: {Standard_D4ds_v5: 0.272, Standard_NC4as_T4_v3: 0.658}
  container_registry:
    unit: registry month
    source: azure.microsoft.com pricing/details/container-registry
    as_of: 2026-01-01
    prices: {Basic: 5.0}
  databricks_unit:
    unit: Databricks unit
    source: azure.microsoft.com pricing/details/databricks
    as_of: 2026-01-01
    prices: {jobs: 0.3}
"""


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    path = tmp_path / "prices.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def renew(azure: Azure, prices: Path, *options: str) -> int:
    return main([*options, "--address", azure.address, "--pause", "0"], file=prices, today=TODAY)


def sell_all(azure: Azure) -> None:
    azure.sells("vm", "Standard_D4ds_v5", 0.266)
    azure.sells("vm", "Standard_NC4as_T4_v3", 0.7)
    azure.sells("container_registry", "Basic", 0.1666)


def test_prices_and_days_are_renewed_and_the_rest_is_named(
    azure: Azure, prices: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sell_all(azure)
    assert renew(azure, prices) == 0
    new = load_prices(prices)
    assert new.of("vm", "Standard_D4ds_v5") == 0.266
    assert new.of("container_registry", "Basic") == pytest.approx(0.1666 * 365 / 12)
    assert new.of("databricks_unit", "jobs") == 0.3
    assert {kind: listed.as_of for kind, listed in new.lists.items()} == {
        "vm": TODAY,
        "container_registry": TODAY,
        "databricks_unit": date(2026, 1, 1),
    }
    told = capsys.readouterr().out
    assert "vm.Standard_D4ds_v5: 0.272 -> 0.266 USD (machine hour, Linux)" in told
    assert "databricks_unit (2026-01-01)" in told


def test_windows_spot_and_tiers_are_not_the_price(azure: Azure, prices: Path) -> None:
    for number in range(3):  # more than a page of them, before the right one
        azure.sells("vm", "Standard_D4ds_v5", 0.5, productName=f"Dsv5 Series Windows {number}")
        azure.sells("vm", "Standard_D4ds_v5", 0.05, skuName="D4ds v5 Spot")
        azure.sells("vm", "Standard_D4ds_v5", 0.06, meterName="D4ds v5 Low Priority")
        azure.sells("vm", "Standard_D4ds_v5", 0.01, tierMinimumUnits=1000.0)
    sell_all(azure)
    assert renew(azure, prices) == 0
    assert load_prices(prices).of("vm", "Standard_D4ds_v5") == 0.266
    assert any("$skip" in query for query in azure.queries)


def test_a_service_without_a_region_is_asked_for_everywhere(azure: Azure) -> None:
    meter = meter_of("network", "nat_gateway")
    assert meter is not None
    azure.sells("network", "nat_gateway", 0.045, armRegionName="Global")
    assert RetailPrices("westeurope", "USD", azure.address).price(meter) == 0.045


def test_throttling_is_waited_out(azure: Azure, prices: Path) -> None:
    sell_all(azure)
    azure.refusals = [429, 503, 429]
    assert renew(azure, prices) == 0


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(lambda azure: azure.refusals.extend([429] * 6), "answered 429", id="throttled for good"),
        pytest.param(lambda azure: azure.refusals.append(403), "answered 403", id="refused"),
        pytest.param(
            lambda azure: azure.rows.pop(1),
            "westeurope has no meter for vm.Standard_NC4as_T4_v3; take them out with --drop-missing",
            id="missing meter",
        ),
        pytest.param(
            lambda azure: azure.rows[1].update(currencyCode="EUR"),
            "priced in EUR, and USD was asked for",
            id="wrong currency",
        ),
        pytest.param(
            lambda azure: azure.rows[1].update(unitOfMeasure="1 Month"),
            "priced for '1 Month', and infra/cost/meters.py expects '1 Hour'",
            id="wrong unit",
        ),
        pytest.param(
            lambda azure: azure.rows[1].update(retailPrice="free"), "'free', no price", id="no number"
        ),
        pytest.param(
            lambda azure: azure.sells("vm", "Standard_D4ds_v5", 0.9),
            "several prices, 0.266, 0.9",
            id="two prices",
        ),
    ],
)
def test_what_goes_wrong_is_said_and_nothing_is_written(
    azure: Azure, prices: Path, capsys: pytest.CaptureFixture[str], spoil: Any, said: str
) -> None:
    sell_all(azure)
    spoil(azure)
    assert renew(azure, prices) == 1
    told = capsys.readouterr().err
    assert said in told
    assert told.endswith("nothing was written\n")
    assert prices.read_text(encoding="utf-8") == SMALL
    assert [path.name for path in prices.parent.iterdir()] == ["prices.yaml"]


def test_the_next_page_is_read_from_the_same_address_only(azure: Azure) -> None:
    sell_all(azure)
    azure.next_host = "https://example.com"
    azure.page_size = 0
    meter = meter_of("vm", "Standard_D4ds_v5")
    assert meter is not None
    with pytest.raises(RetailPricesError, match="at another address"):
        RetailPrices("westeurope", "USD", azure.address).price(meter)


def test_no_network_is_said(prices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--address", "http://127.0.0.1:9/none"], file=prices, today=TODAY) == 1
    assert "Connection refused" in capsys.readouterr().err


def test_a_region_without_a_size_may_go_without_its_price(azure: Azure, prices: Path) -> None:
    sell_all(azure)
    azure.rows.pop(1)
    assert renew(azure, prices, "--drop-missing") == 0
    assert load_prices(prices).of("vm", "Standard_NC4as_T4_v3") is None


def test_the_committed_file_is_in_the_form_that_a_renewal_writes() -> None:
    text = PRICE_FILE.read_text(encoding="utf-8")
    assert render_prices(load_prices()) == text


def test_every_meter_is_a_price_of_the_file() -> None:
    prices: Prices = load_prices()
    for kind in ("container_registry", "firewall", "managed_network"):
        assert all(meter_of(kind, key) for key in prices.lists[kind].prices), kind
