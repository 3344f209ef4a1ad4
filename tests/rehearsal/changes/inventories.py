"""Small inventories in the form that `preview --json` writes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rehearsal.access import access_grants
from rehearsal.model.inventory import Inventory
from rehearsal.model.inventory_reader import parse_inventory
from rehearsal.people import people_in

GROUP = "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-forecast-dev-weu"
STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev"
DATA = "urn:pulumi:dev::shop::shop:data:Data::data"


def urn(resource_type: str, name: str, parent: str = "") -> str:
    chain = f"{parent.split('::')[2]}$" if parent else ""
    return f"urn:pulumi:dev::shop::{chain}{resource_type}::{name}"


def resource(
    resource_type: str, name: str, inputs: Mapping[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    parent = more.pop("parent", STACK)
    return {
        "urn": urn(resource_type, name, "" if parent == STACK else parent),
        "type": resource_type,
        "name": name,
        "id": "",
        "custom": True,
        "parent": parent,
        "inputs": dict(inputs or {}),
        "outputs": {},
        **more,
    }


def account(name: str, **inputs: Any) -> dict[str, Any]:
    service_name = f"st{name}dev"
    given = {
        "accountName": service_name,
        "resourceGroupName": "rg-forecast-dev-weu",
        "location": "westeurope",
        "kind": "StorageV2",
        "tags": {"owner": "ml"},
        **inputs,
    }
    arm_id = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/{given['accountName']}"
    return resource("azure-native:storage:StorageAccount", name, given, id=arm_id)


def grant(name: str, principal: str, role: str = "acdd72a7-3385-48ef-bd42-f606fba81ae7") -> dict[str, Any]:
    inputs = {
        "principalId": principal,
        "principalType": "Group",
        "roleDefinitionId": f"/providers/Microsoft.Authorization/roleDefinitions/{role}",
        "scope": GROUP,
    }
    return resource("azure-native:authorization:RoleAssignment", name, inputs)


def inventory(*resources: Mapping[str, Any], **more: Any) -> Inventory:
    document = {"format": 1, "stack": "dev", "resources": list(resources), **more}
    read = parse_inventory(json.dumps(document), "test")
    return replace(read, access=access_grants(read.resources, people=people_in(read.outputs)))


def costs(**parts: Mapping[str, float | None]) -> dict[str, Any]:
    """The stack outputs of a program that says what it costs, and who its people are."""
    people = {"analysts": "analyst (sg-analysts)", "engineers": "ml_engineer (sg-engineers)"}
    monthly = {"currency": "USD", "as_of": "2026-11-01", "parts": parts}
    return {"monthly_cost": monthly, "principal_names": people}
