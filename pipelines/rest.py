"""JSON over HTTPS with a pipeline's own token."""

from __future__ import annotations

import json
import urllib.request
from typing import Any


class Rest:
    """One service. `headers` go with every request."""

    def __init__(self, base: str, token: str, headers: dict[str, str] | None = None) -> None:
        self._base = base
        self._headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            **(headers or {}),
        }

    def call(
        self, method: str, path: str, body: object = None, *, content_type: str = "application/json"
    ) -> Any:  # JSON of any shape
        """Raises `urllib.error.URLError`; its subclass `HTTPError` names the status."""
        request = urllib.request.Request(  # noqa: S310 - the address is the job's own setting
            f"{self._base}{path}",
            method=method,
            data=json.dumps(body).encode() if body is not None else None,
            headers={**self._headers, "Content-Type": content_type},
        )
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
            return json.load(response)
