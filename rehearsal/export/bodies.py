"""The document of a resource's PUT, made of the inputs that the program gave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rehearsal.export.general import general_body
from rehearsal.model.resource import Resource
from rehearsal.model.values import JsonObject

NO_ARM_RESOURCE: Mapping[str, str] = {
    "azure-native:storage:Blob": "its content is sent to the storage account and not to ARM",
}
"""Types that azure-native makes without a PUT to ARM, and why."""


@dataclass(frozen=True)
class FormedBody:
    """`id` is where the body is sent; `api_version` is empty where the SDK says it."""

    id: str
    body: JsonObject
    api_version: str = ""
    converted: bool = True


def arm_body(resource: Resource) -> FormedBody:
    """The body, by the table or else by the general rule."""
    return FormedBody(resource.id, general_body(resource.typed_inputs, resource.id), converted=False)
