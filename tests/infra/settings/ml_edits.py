"""Edits of the largest machine-learning scenario, and the keys that tests of refusals name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from tests.infra.platforms import SCENARIOS, merge_patch

Areas = dict[str, Any]
Refusals = Callable[[Callable[[Areas], None]], dict[str, str]]

MAX = yaml.safe_load(Path(SCENARIOS / "ml-max.yaml").read_text(encoding="utf-8"))
AUTOML = "ml.schedules.search.automl"
BLUE = "serving.endpoints.demand.deployments.blue"
QUOTES = "serving.endpoints.quotes.deployments.blue"


def largest(path: str, value: object) -> Callable[[Areas], None]:
    """The largest scenario with one key changed; None removes it."""

    def edit(areas: Areas) -> None:
        patch: Any = value
        for step in reversed(path.split(".")):
            patch = {step: patch}
        changed = merge_patch(merge_patch(areas, MAX), patch)
        areas.clear()
        areas.update(changed)

    return edit
