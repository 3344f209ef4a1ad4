"""The definition language of Databricks' cluster policies: paths of cluster attributes, and a limit for each."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from azure_facts.source import Source

DEFINITION_PAGE = Source(
    "learn.microsoft.com azure/databricks/admin/clusters/policy-definition", datetime.date(2026, 11, 30)
)


class ElementKind(StrEnum):
    """How an attribute is limited."""

    FIXED = "fixed"
    FORBIDDEN = "forbidden"
    ALLOWLIST = "allowlist"
    BLOCKLIST = "blocklist"
    REGEX = "regex"
    RANGE = "range"
    UNLIMITED = "unlimited"


OLDER_NAMES: Mapping[str, ElementKind] = MappingProxyType(
    {"whitelist": ElementKind.ALLOWLIST, "blacklist": ElementKind.BLOCKLIST}
)
"""What the lists were called until 2020; policies of that age still say so."""

Scalar = str | int | float | bool


@dataclass(frozen=True)
class PolicyElement:
    """The limit of one attribute. `default` is None where there is none."""

    kind: ElementKind
    value: Scalar | None = None
    values: tuple[Scalar, ...] = ()
    pattern: str = ""
    minimum: float | None = None
    maximum: float | None = None
    default: Scalar | None = None
    is_optional: bool = False


@dataclass(frozen=True)
class PolicyDefinition:
    """Elements by attribute path, and what is wrong in the text that they were read from.

    `problems` are what makes the text no definition; `incomplete` are limits that lack what their kind needs, whose
    meaning nobody documents.
    """

    elements: Mapping[str, PolicyElement]
    problems: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()


def read_definition(text: str) -> PolicyDefinition:
    """The definition that a policy sends as JSON; unreadable parts are reported and skipped."""
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        return PolicyDefinition({}, (f"must be JSON (pass a dict through json.dumps): {error}",))
    return definition_of(document)


def definition_of(document: object) -> PolicyDefinition:
    """The same from the document that the JSON holds."""
    if not isinstance(document, Mapping):
        return PolicyDefinition({}, ("must be a JSON object from settings to limits",))
    elements: dict[str, PolicyElement] = {}
    problems: list[str] = []
    incomplete: list[str] = []
    for path, limit in document.items():
        kind = _kind(limit) if isinstance(limit, Mapping) else None
        if not isinstance(limit, Mapping) or kind is None:
            said = limit.get("type") if isinstance(limit, Mapping) else None
            problems.append(f"'{path}' has type {said!r}; use one of {', '.join(ElementKind)}")
            continue
        lacks = [f"'{path}' {lack}" for lack in _lacks(kind, limit)]
        incomplete += lacks
        if not lacks:
            elements[str(path)] = _element(kind, limit)
    return PolicyDefinition(elements, tuple(problems), tuple(incomplete))


def _kind(limit: Mapping[str, object]) -> ElementKind | None:
    said = limit.get("type")
    if not isinstance(said, str):
        return None
    return OLDER_NAMES.get(said) or next((kind for kind in ElementKind if kind == said), None)


def _lacks(kind: ElementKind, limit: Mapping[str, object]) -> Iterator[str]:
    if kind is ElementKind.FIXED and not isinstance(limit.get("value"), Scalar):
        yield "is fixed and has no value; add value: a text, a number or a truth value"
    if kind in (ElementKind.ALLOWLIST, ElementKind.BLOCKLIST) and not isinstance(limit.get("values"), list):
        yield f"is of type {kind} and has no list of values; add values"
    if kind is ElementKind.REGEX and not isinstance(limit.get("pattern"), str):
        yield "is of type regex and has no pattern; add pattern"
    if kind is ElementKind.RANGE:
        for bound in ("minValue", "maxValue"):
            if limit.get(bound) is not None and number_of(limit[bound]) is None:
                yield f"has {bound} {limit[bound]!r}, which must be a number"


def _element(kind: ElementKind, limit: Mapping[str, object]) -> PolicyElement:
    values, pattern = limit.get("values"), limit.get("pattern")
    return PolicyElement(
        kind=kind,
        value=_scalar(limit.get("value")),
        values=tuple(item for item in values if isinstance(item, Scalar)) if isinstance(values, list) else (),
        pattern=pattern if isinstance(pattern, str) else "",
        minimum=number_of(limit.get("minValue")),
        maximum=number_of(limit.get("maxValue")),
        default=_scalar(limit.get("defaultValue")),
        is_optional=limit.get("isOptional") is True,
    )


def _scalar(value: object) -> Scalar | None:
    return value if isinstance(value, Scalar) else None


def number_of(value: object) -> float | None:
    """A number, written as one or as text; None for anything else."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return float(value)
    return None
