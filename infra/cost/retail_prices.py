"""Azure's public retail prices API: what a meter costs in a region, without a login.

Paging, currency and fields: learn.microsoft.com rest/api/cost-management/retail-prices/azure-retail-prices.
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from infra.cost.meters import Meter

ADDRESS = "https://prices.azure.com/api/retail/prices"
_VERSION = "2023-01-01-preview"
_SECONDS = 30.0
_ATTEMPTS = 6
_LONGEST_WAIT = 60.0
_MOST_PAGES = 50
"""Of one meter: a thousand rows each."""
_RETRIED = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE})


class RetailPricesError(Exception):
    """The API could not be read, or what it answered is no price list; the message says what to do."""


@dataclass(frozen=True)
class RetailPrices:
    """The API at `address`, asked for one region and currency. `pause` is the first wait in seconds after a refusal
    that names none."""

    region: str
    currency: str
    address: str = ADDRESS
    pause: float = 2.0

    def price(self, meter: Meter) -> float | None:
        """What one unit of the price file costs; None where the region has no such meter.

        Raises `RetailPricesError`: no answer, another currency or unit than asked for, or several prices.
        """
        rows = list(self._rows(meter, self.region))
        if not rows and meter.global_too:
            rows = [*self._rows(meter, ""), *self._rows(meter, "Global")]
        found = {_number(row, "retailPrice", meter) for row in rows if self._is_meant(row, meter)}
        if not found:
            return None
        if len(found) > 1:
            raise RetailPricesError(
                f"{meter} in {self.region}: several prices, {', '.join(map(str, sorted(found)))}"
            )
        return round(found.pop() * meter.times, 6)

    def _is_meant(self, row: Mapping[str, object], meter: Meter) -> bool:
        """Pay as you go, from the first unit on, on Linux, and no machine that Azure may take back."""
        if row.get("type") != "Consumption" or row.get("tierMinimumUnits", 0) != 0:
            return False
        names = f"{row.get('productName', '')} {row.get('skuName', '')} {row.get('meterName', '')}"
        if "armSkuName" in meter.fields and any(
            word in names for word in ("Windows", "Spot", "Low Priority")
        ):
            return False
        if any(row.get(name) != value for name, value in meter.fields.items()):
            return False
        if row.get("currencyCode") != self.currency:
            raise RetailPricesError(
                f"{meter}: priced in {row.get('currencyCode')}, and {self.currency} was asked for; give --currency"
            )
        if row.get("unitOfMeasure") != meter.unit:
            raise RetailPricesError(
                f"{meter}: priced for {row.get('unitOfMeasure')!r}, and infra/cost/meters.py expects {meter.unit!r}; "
                "correct the meter there"
            )
        return True

    def _rows(self, meter: Meter, region: str) -> Iterator[Mapping[str, object]]:
        """Every row of every page."""
        wanted = {**meter.fields, "armRegionName": region, "priceType": "Consumption"}
        condition = " and ".join(f"{name} eq '{value}'" for name, value in wanted.items())
        query = urllib.parse.urlencode(
            {"api-version": _VERSION, "currencyCode": f"'{self.currency}'", "$filter": condition}
        )
        page: object = f"{self.address}?{query}"
        for _ in range(_MOST_PAGES):
            document = self._read(str(page), meter)
            items = document.get("Items")
            if not isinstance(items, list):
                raise RetailPricesError(
                    f"{meter}: the answer has no Items; is {self.address} the right address?"
                )
            for item in items:
                if isinstance(item, dict):
                    yield item
            page = document.get("NextPageLink")
            if not page:
                return
            if not str(page).startswith(self.address):
                raise RetailPricesError(f"{meter}: the next page is at another address, {page}")
        raise RetailPricesError(f"{meter}: more than {_MOST_PAGES} pages")

    def _read(self, address: str, meter: Meter) -> Mapping[str, object]:
        pause = self.pause
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with urllib.request.urlopen(address, timeout=_SECONDS) as answer:  # noqa: S310 - https, or a test's
                    document = json.loads(answer.read())
            except urllib.error.HTTPError as error:
                if error.code not in _RETRIED or attempt == _ATTEMPTS:
                    raise RetailPricesError(
                        f"{meter}: {self.address} answered {error.code} {error.reason}"
                    ) from error
                time.sleep(min(_asked_wait(error.headers.get("Retry-After"), pause), _LONGEST_WAIT))
                pause *= 2
                continue
            except (OSError, ValueError) as error:
                raise RetailPricesError(f"{meter}: {self.address}: {error}") from error
            if not isinstance(document, dict):
                raise RetailPricesError(f"{meter}: {self.address} answered no object")
            return document
        raise RetailPricesError(f"{meter}: {self.address} refused {_ATTEMPTS} times")


def _asked_wait(header: str | None, otherwise: float) -> float:
    """Seconds that the service asks for; it may also give a date, which is not read."""
    return float(header) if header and header.isdecimal() else otherwise


def _number(row: Mapping[str, object], name: str, meter: Meter) -> float:
    value = row.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < float("inf"):
        raise RetailPricesError(f"{meter}: {name} is {value!r}, no price")
    return float(value)
