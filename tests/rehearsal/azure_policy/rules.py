"""Policies written in one line, and what becomes of one storage account."""

from __future__ import annotations

from pathlib import Path

from rehearsal.export.arm_resource import ArmResource
from rehearsal.model.azure_policy import Evaluated, PolicyOutcome
from rehearsal.model.values import Json, JsonObject
from tests.rehearsal.azure_policy.catalogue import (
    Entry,
    arm_resource,
    assignment,
    document,
    evaluated,
    of_entry,
)

STORAGE = "Microsoft.Storage/storageAccounts"
TYPE: Json = {"field": "type", "equals": STORAGE}
NSG = "Microsoft.Network/networkSecurityGroups"


def account(**properties: Json) -> ArmResource:
    """In westeurope, with one tag."""
    body: JsonObject = {
        "location": "westeurope",
        "kind": "StorageV2",
        "tags": {"owner": "data", "Cost Center": "cc-1"},
        "properties": dict(properties),
    }
    return arm_resource({"type": STORAGE, "name": "stlake", "body": dict(body)})


def policy(
    condition: Json,
    effect: Json = "deny",
    details: Json = None,
    parameters: Json = None,
    mode: str = "All",
    name: str = "rule",
) -> Entry:
    """The definition `rule`; without `parameters` it has none."""
    then: dict[str, Json] = {"effect": effect}
    if details is not None:
        then["details"] = details
    properties: dict[str, Json] = {
        "displayName": name.capitalize(),
        "mode": mode,
        "policyRule": {"if": condition, "then": then},
        "parameters": parameters or {},
    }
    identity = f"/providers/Microsoft.Authorization/policyDefinitions/{name}"
    return Entry(name, {"id": identity, "name": name, "properties": properties}, {})


def of_accounts(condition: Json, effect: Json = "deny", details: Json = None) -> Entry:
    """The same for storage accounts only."""
    return policy({"allOf": [TYPE, condition]}, effect, details)


def found(folder: Path, entry: Entry, *resources: ArmResource, **properties: Json) -> Evaluated:
    """The policy over the resources; `properties` are those of its assignment."""
    return evaluated(folder, of_entry(entry, **properties), resources)


def outcome(folder: Path, entry: Entry, *resources: ArmResource, **properties: Json) -> set[str]:
    """What becomes of them, but for passing."""
    return set(found(folder, entry, *resources, **properties).summary.outcomes) - {PolicyOutcome.PASSED.value}


def two(one: Entry, other: Entry) -> dict[str, object]:
    """A file with two policies."""
    return document([one.definition, other.definition], [assignment(one), assignment(other)])
