"""The body of a type that is in no table, by the rule that most of Azure's types follow.

The simulated cloud guesses the id of such a type, and so its ARM type: `ArmResource.converted` is False for both.
"""

from __future__ import annotations

from collections.abc import Mapping

from azure_facts.arm_bodies_exceptions import ENVELOPE
from rehearsal.model.values import UNKNOWN, plain

_IDS = "userAssignedIdentities"
_OF_THE_PLACE = ("id", "name", "type", "resourceGroupName")


def general_body(inputs: Mapping[str, object], arm_id: str) -> dict[str, object]:
    """The envelope, and in `properties` what the SDK took out of it. Inputs that only name the resource, its parents
    and its scope are parts of the id, and not of the body."""
    sent = {key: value for key, value in inputs.items() if not _is_in_id(key, value, arm_id)}
    if "identity" in sent:
        sent["identity"] = _identity(sent["identity"])
    if "properties" in sent:
        return sent
    body: dict[str, object] = {key: value for key, value in sent.items() if key in ENVELOPE}
    body["properties"] = {
        key: _parts_of_itself(value, arm_id) for key, value in sent.items() if key not in ENVELOPE
    }
    return body


def part_of_itself(reference: object, arm_id: str) -> str | None:
    """The id that `$self/…` means, a part of the resource itself (pulumi-azure-native sdkInputsToRequestBody.go); None
    for any other value."""
    text = plain(reference)
    if isinstance(text, str) and text.startswith("$self/"):
        return arm_id + text.removeprefix("$self")
    return None


def _parts_of_itself(value: object, arm_id: str) -> object:
    if isinstance(value, list):
        return [_parts_of_itself(each, arm_id) for each in value]
    if not isinstance(value, dict):
        return value
    named = {key: _parts_of_itself(each, arm_id) for key, each in value.items()}
    part = part_of_itself(named.get("id"), arm_id)
    return {**named, "id": part} if part else named


def _identity(identity: object) -> object:
    """ARM takes the ids of user-assigned identities as the keys of a map, for every type
    (Azure/azure-rest-api-specs common-types/resource-management/v5/managedidentity.json, read 2026-11-30)."""
    if not isinstance(identity, dict) or not isinstance(ids := identity.get(_IDS), list):
        return identity
    texts = [plain(each) for each in ids]
    named = all(isinstance(each, str) for each in texts)
    return {**identity, _IDS: {str(each): {} for each in texts} if named else UNKNOWN}


def _is_in_id(key: str, value: object, arm_id: str) -> bool:
    if key in _OF_THE_PLACE:
        return True
    text = plain(value)
    if not isinstance(text, str) or not text:
        return False
    if key in ("scope", "resourceUri", "resourceId"):
        return arm_id.lower().startswith(text.lower())
    return key.endswith(("Name", "name", "Id")) and f"/{text.lower()}/" in f"{arm_id.lower()}/"
