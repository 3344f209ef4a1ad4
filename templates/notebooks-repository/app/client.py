"""Asks the endpoint for forecasts, as the app's own identity."""

from __future__ import annotations

import http.client
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

API_VERSION = "2025-12-01"
ARM = "https://management.azure.com"
ENDPOINT = "DEMAND"
"""Key of the platform's endpoint, as in SCORING_URI_DEMAND."""

REFRESH_SECONDS = 300
"""A token is asked for again this long before it ends."""


class ForecastError(Exception):
    """A forecast that was not given; the text is for the person who asked."""


@dataclass(frozen=True)
class Forecast:
    """One day; `problem` says why there is no quantity."""

    day: str
    quantity: float | None
    problem: str


class EndpointToken:
    """The endpoint's token, which Azure Resource Manager gives to who may score; kept until shortly before it ends."""

    def __init__(self, arm_token: Callable[[], str], arm: str = ARM) -> None:
        self._arm_token, self._arm = arm_token, arm
        self._token, self._until = "", 0.0

    def __call__(self) -> str:
        """Raises ForecastError."""
        if time.time() >= self._until:
            place = (
                f"{os.environ['ML_WORKSPACE_ID']}/onlineEndpoints/{os.environ[f'ENDPOINT_NAME_{ENDPOINT}']}"
            )
            url = f"{self._arm}{place}/token?api-version={API_VERSION}"
            found = _post(url, {}, self._arm_token())
            self._token = str(found["accessToken"])
            self._until = float(str(found["expiryTimeUtc"])) - REFRESH_SECONDS
        return self._token


def forecast(
    store: str, product: str, first_day: date, days: int, token: Callable[[], str], timeout: float = 10
) -> Sequence[Forecast]:
    """One forecast for each day. Raises ForecastError."""
    asked = [first_day + timedelta(days=number) for number in range(days)]
    rows = [{"store": store, "product": product, "day": day.isoformat()} for day in asked]
    answered = _post(os.environ[f"SCORING_URI_{ENDPOINT}"], {"data": rows}, token(), timeout)
    given = answered.get("forecasts")
    if not isinstance(given, list) or len(given) != len(rows):
        raise ForecastError(f"the answer has no forecast for each of {len(rows)} days")
    return [
        Forecast(row["day"], one["quantity"], one["problem"]) for row, one in zip(rows, given, strict=True)
    ]


def _post(url: str, body: object, token: str, timeout: float = 30) -> dict[str, object]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answered:
            found = json.load(answered)
    except urllib.error.HTTPError as error:
        raise ForecastError(f"{error.code}: {error.read().decode(errors='replace')[:300]}") from error
    except (OSError, http.client.HTTPException) as error:
        raise ForecastError(f"no answer: {error}") from error
    except ValueError as error:
        raise ForecastError(f"the answer is not JSON: {error}") from error
    if not isinstance(found, dict):
        raise ForecastError("the answer is no JSON object")
    return found
