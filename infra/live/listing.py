"""A list of Resource Manager, read to its last page."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from infra.live.errors import SOME_MINUTES, CannotLookError
from infra.live.json_values import JsonMap, mapping, text
from infra.live.session import ARM, Session

_MOST_PAGES = 500


def listed(session: Session, path: str, version: str, **query: str) -> Iterator[JsonMap]:
    """Every object of the list. Raises AzureError, and `CannotLookError` for an answer that is no list.

    A page may be empty and not the last. A link to another host is not followed: the token would go there.
    """
    asked = urlencode({"api-version": version, **query}, safe="$/")
    url = f"{session.base_url}{path}?{asked}"
    for _ in range(_MOST_PAGES):
        answer = session.send("GET", url, f"{ARM}/.default")
        answer.raise_for_status()
        body = mapping(answer.json())
        value = body.get("value")
        if not isinstance(value, list):
            raise CannotLookError(f"the answer for {path} is no list", SOME_MINUTES)
        yield from (mapping(one) for one in value)
        url = text(body.get("nextLink"))
        if not url:
            return
        if not url.startswith(f"{session.base_url}/"):
            raise CannotLookError(f"the list of {path} goes on at another host", SOME_MINUTES)
    raise CannotLookError(f"the list of {path} has more than {_MOST_PAGES} pages", SOME_MINUTES)
