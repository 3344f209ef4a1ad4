"""A service that answers from a table and keeps what was asked of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError

from pipelines.rest import Rest


class FakeRest(Rest):
    """`answers`: "GET /path" (without query) to an answer; a list of GitHub's is given page by page. `refuses`: which
    requests are answered 403."""

    def __init__(self, answers: Mapping[str, Any], refuses: tuple[str, ...] = ()) -> None:
        super().__init__("https://api.example.com", "token")
        self.answers, self.refuses = answers, refuses
        self.asked: list[str] = []
        self.written: list[tuple[str, Any]] = []

    def call(
        self, method: str, path: str, body: object = None, *, content_type: str = "application/json"
    ) -> Any:
        bare = f"{method} {path.partition('?')[0]}"
        self.asked.append(f"{method} {path}")
        if bare in self.refuses:
            raise HTTPError(path, 403, "Forbidden", {}, None)  # pyright: ignore[reportArgumentType]
        if body is not None:
            assert ("/wit/workitems/" in path) == (content_type == "application/json-patch+json")
            self.written.append((bare, body))
        found = self.answers.get(bare, {})
        page = re.search(r"[?&]page=([0-9]+)", path)
        if page:
            entries = found or []
            return entries[(int(page[1]) - 1) * 100 : int(page[1]) * 100]
        return found
