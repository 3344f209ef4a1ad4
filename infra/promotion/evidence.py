"""What a model version says of itself, as the gate reads it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.conventions.model_tags import CONTENT_PROPERTY, METRIC_PREFIX


class UnreadableError(ValueError):
    """What should be evidence is none; the text names the file and says why."""


@dataclass(frozen=True)
class Registration:
    """Who registered a version, as the service wrote it down: nobody can set it.

    Of an application it is an id, of a person a name (ansible-collections/azure azure_rm_ml_model.py, sample of
    `az ml model show`, read 2026-11-30); a person who calls himself like an id is told apart by the type.
    """

    by: str
    type: str
    at: str

    def __str__(self) -> str:
        return f"{self.by or 'nobody'} ({self.type or 'of no type'}) on {self.at or 'no date'}"


@dataclass(frozen=True)
class Evidence:
    """What a model version says of itself; metrics by name, as numbers or not (NaN)."""

    name: str
    version: str
    metrics: Mapping[str, float]
    tags: Mapping[str, str]
    registration: Registration | None = None
    content: str | None = None
    """The digest of the files as they are now (`infra.promotion.content`)."""
    registered_content: str | None = None
    """The digest that was registered with the version, which nobody can change."""

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
            registration=_registration(document.get("creation_context")),
            content=_text(document.get("content")),
            registered_content=_text(properties.get(CONTENT_PROPERTY)),
        )


def read_document(path: Path) -> object:
    """What `az` printed into a file. Raises UnreadableError: no such file, no UTF-8, no JSON."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    # Besides bytes that are no UTF-8 and text that is no JSON, a number of thousands of digits is a ValueError.
    except (OSError, ValueError, RecursionError) as error:
        raise UnreadableError(f"{path}: cannot be read as JSON: {error}") from error


def read_evidence(path: Path) -> Evidence:
    """From a file. Raises UnreadableError, for what is no model too."""
    document = read_document(path)
    if not isinstance(document, Mapping):
        raise UnreadableError(f"{path}: is no model; give what az ml model show --output json prints")
    try:
        return Evidence.of(document)
    except TypeError as error:
        raise UnreadableError(f"{path}: {error}") from error


def _text(value: object) -> str | None:
    return value.strip().lower() if isinstance(value, str) and value.strip() else None


def _registration(context: object) -> Registration | None:
    if not isinstance(context, Mapping):
        return None
    by, kind, at = (str(context.get(f"created_{word}") or "") for word in ("by", "by_type", "at"))
    return Registration(by, kind, at)


def _number(value: object) -> float:
    """NaN for what other readers would not take for a number: Python alone reads 0.8_6 and digits of other scripts."""
    text = str(value)
    if "_" in text or not text.isascii():
        return math.nan
    try:
        return float(text)
    except ValueError:
        return math.nan
