"""What holds for every resource of a platform: the program names it, and it carries the tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from infra.conventions.tags import REQUIRED_TAGS
from rehearsal.cloud.catalogue import CATALOGUE
from rehearsal.sdk import resource_shape

Json = dict[str, Any]

TAGS_WITHOUT_EFFECT = {
    # Parts of a recovery vault: their types inherit a tags property that the service does not keep.
    "azure-native:recoveryservices:ProtectionPolicy",
    "azure-native:recoveryservices:ProtectionContainer",
    "azure-native:recoveryservices:ProtectedItem",
}


NAMES = ("name", "displayName", "instancePoolName", "path")
"""The properties that name an object of Databricks, whichever its type has."""


def inputs_of(resource_type: str) -> frozenset[str]:
    """The inputs that a type can take."""
    shape = resource_shape(resource_type)
    assert shape is not None
    return frozenset(shape.inputs)


def custom(resources: Iterable[Json]) -> list[Json]:
    """What the program makes in Azure and Databricks: neither components nor providers, nor what it only reads."""
    return [
        resource
        for resource in resources
        if resource["custom"] and not resource["external"] and not resource["type"].startswith("pulumi:")
    ]


def unnamed(resources: Iterable[Json]) -> list[str]:
    """URNs of those that the provider or the service would name.

    Azure: wherever the property that ends the ARM id is left out, the provider makes a random name up. A git
    credential's name is a comment; the provider is its key.
    """
    return [
        resource["urn"]
        for resource in resources
        if not resource["type"].endswith(":GitCredential")
        and (names := _names_of(resource["type"]))
        and not any(resource["inputs"].get(key) for key in names)
    ]


def _names_of(resource_type: str) -> set[str]:
    if resource_type.startswith("azure-native:"):
        return {re.findall(r"{(\w+)}", CATALOGUE[resource_type].path)[-1]}
    return {name for name in NAMES if name in inputs_of(resource_type)}


def untagged(resources: Iterable[Json]) -> list[str]:
    """URNs of those that can carry tags and lack a required one."""
    return [
        resource["urn"]
        for resource in resources
        for key in ("tags", "customTags")
        if resource["type"] not in TAGS_WITHOUT_EFFECT
        and key in inputs_of(resource["type"])
        and set(REQUIRED_TAGS) - tags_of(resource["inputs"].get(key))
    ]


def tags_of(tags: Any) -> set[str]:
    """The names of a resource's tags: a mapping, or where Databricks says so a list of keys and values."""
    if isinstance(tags, Mapping) and set(tags) == {"customTags"}:
        tags = tags["customTags"]
    return {tag["key"] for tag in tags} if isinstance(tags, list) else set(tags or {})
