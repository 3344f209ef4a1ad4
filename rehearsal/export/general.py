"""The body of a type that is in no table, by the rule that most of Azure's types follow.

The simulated cloud guesses the id of such a type, and so its ARM type: `ArmResource.converted` is False for both.
"""

from __future__ import annotations

from collections.abc import Mapping

from rehearsal.model.values import plain

ENVELOPE = frozenset(
    {
        "eTag",
        "etag",
        "extendedLocation",
        "identity",
        "kind",
        "location",
        "managedBy",
        "plan",
        "properties",
        "sku",
        "tags",
        "zones",
    }
)
"""What a body holds beside `properties` (learn.microsoft.com javascript/api/@azure/arm-resources/genericresource, read
2026-11-30), and the zones and the entity tag that some types have."""


_OF_THE_PLACE = ("id", "name", "type", "resourceGroupName")


def general_body(inputs: Mapping[str, object], arm_id: str) -> dict[str, object]:
    """The envelope, and in `properties` what the SDK took out of it. Inputs that only name the resource, its parents
    and its scope are parts of the id, and not of the body."""
    sent = {key: value for key, value in inputs.items() if not _is_in_id(key, value, arm_id)}
    if "properties" in sent:
        return sent
    body: dict[str, object] = {key: value for key, value in sent.items() if key in ENVELOPE}
    body["properties"] = {key: value for key, value in sent.items() if key not in ENVELOPE}
    return body


def _is_in_id(key: str, value: object, arm_id: str) -> bool:
    if key in _OF_THE_PLACE:
        return True
    text = plain(value)
    if not isinstance(text, str) or not text:
        return False
    if key in ("scope", "resourceUri", "resourceId"):
        return arm_id.lower().startswith(text.lower())
    return key.endswith(("Name", "name", "Id")) and f"/{text.lower()}/" in f"{arm_id.lower()}/"
