"""What a model version says of itself, as the gate reads it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.conventions.model_tags import METRIC_PREFIX


@dataclass(frozen=True)
class Evidence:
    """What a model version says of itself; metrics by name, as numbers or not (NaN)."""

    name: str
    version: str
    metrics: Mapping[str, float]
    tags: Mapping[str, str]

    @property
    def in_catalog(self) -> bool:
        """Whether it lives in Unity Catalog, where each environment has a name of its own for a model."""
        return self.name.count(".") == 2

    @staticmethod
    def of(document: Mapping[str, object]) -> Evidence:
        """From `az ml model show`. A property that should be a number and is none becomes NaN."""
        properties, tags = document.get("properties") or {}, document.get("tags") or {}
        if not isinstance(properties, Mapping) or not isinstance(tags, Mapping):
            raise TypeError("properties and tags must be mappings, as az ml model show prints them")
        return Evidence(
            name=str(document.get("name", "")),
            version=str(document.get("version", "")),
            metrics={
                str(key).removeprefix(METRIC_PREFIX): _number(value)
                for key, value in properties.items()
                if str(key).startswith(METRIC_PREFIX)
            },
            tags={str(key): str(value) for key, value in tags.items()},
        )


def read_evidence(path: Path) -> Evidence:
    """From a file. Raises OSError, json.JSONDecodeError, and TypeError for what is no model."""
    document = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(document, Mapping):
        raise TypeError(f"{path}: is no model; give what az ml model show --output json prints")
    return Evidence.of(document)


def _number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return math.nan
