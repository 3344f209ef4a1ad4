"""A subscription of a company's landing zone on loopback: two management groups above it, policies at each level."""

from __future__ import annotations

from typing import Any

import pytest

import infra.azure_judges.commands
import infra.verify.asking
from infra.live.session import Patience, Session
from infra.verify.wire import Wire
from tests.infra.preflight.fake_arm import Answer, FakeArm
from tests.infra.preflight.ready_subscription import AllowHttp
from tests.infra.stack_settings import settings_of
from tests.infra.verify.cloud import Signed, everywhere_public

AZURE = settings_of("prod").azure
SUBSCRIPTION = f"/subscriptions/{AZURE.subscription_id}"
ROOT = f"/providers/Microsoft.Management/managementGroups/{AZURE.tenant_id}"
CORPORATE = "/providers/Microsoft.Management/managementGroups/corp"
AUTHORIZATION = "providers/Microsoft.Authorization"

GRAPH = "POST /providers/Microsoft.ResourceGraph/resources"
ASSIGNMENTS = f"GET {SUBSCRIPTION}/{AUTHORIZATION}/policyAssignments"
EXEMPTIONS = f"GET {SUBSCRIPTION}/{AUTHORIZATION}/policyExemptions"
DEFINITIONS = f"GET {SUBSCRIPTION}/{AUTHORIZATION}/policyDefinitions"
INITIATIVES = f"GET {SUBSCRIPTION}/{AUTHORIZATION}/policySetDefinitions"
PROVIDERS = f"GET {SUBSCRIPTION}/providers"

SKUS = f"/{AUTHORIZATION}/policyDefinitions/7433c107-6db4-4ad1-b57a-a76dce0154a1"
KEYS_OFF = f"{CORPORATE}/{AUTHORIZATION}/policyDefinitions/deny-shared-keys"
BASELINE = f"{CORPORATE}/{AUTHORIZATION}/policySetDefinitions/corp-baseline"


def definition(identifier: str, rule: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {
        "id": identifier,
        "name": identifier.rpartition("/")[2],
        "type": "Microsoft.Authorization/policyDefinitions",
        "properties": {"mode": "Indexed", "policyType": "Custom", "policyRule": rule, **properties},
        "systemData": {"createdBy": "someone@example.com", "createdAt": "2026-01-01T00:00:00Z"},
    }


def assignment(scope: str, name: str, of: str, **properties: Any) -> dict[str, Any]:
    return {
        "id": f"{scope}/{AUTHORIZATION}/policyAssignments/{name}",
        "name": name,
        "type": "Microsoft.Authorization/policyAssignments",
        "location": "westeurope",
        "identity": {"type": "SystemAssigned", "principalId": "a0000000-0000-4000-8000-000000000080"},
        "properties": {
            "displayName": name,
            "policyDefinitionId": of,
            "scope": scope,
            "notScopes": [],
            "parameters": {},
            "enforcementMode": "Default",
            "metadata": {
                "assignedBy": "Someone",
                "createdBy": "a0000000-0000-4000-8000-000000000081",
                "owner": "cloud",
            },
            **properties,
        },
    }


def alias(name: str, path: str) -> dict[str, Any]:
    return {
        "name": name,
        "paths": [],
        "type": "PlainText",
        "defaultPath": path,
        "defaultMetadata": {"type": "Any"},
    }


STORAGE = "Microsoft.Storage/storageAccounts"
KEYS_RULE = {
    "if": {
        "allOf": [
            {"field": "type", "equals": STORAGE},
            {"field": f"{STORAGE}/allowSharedKeyAccess", "notEquals": False},
            {"count": {"field": f"{STORAGE}/networkAcls.ipRules[*]"}, "greater": 5},
        ]
    },
    "then": {"effect": "[parameters('effect')]"},
}
EFFECT = {
    "effect": {"type": "String", "defaultValue": "Deny", "allowedValues": ["Audit", "Deny", "Disabled"]}
}
ALLOWED = {"listOfAllowedSKUs": {"type": "Array", "metadata": {"displayName": "Allowed SKUs"}}}
ZONE_REDUNDANT = {"listOfAllowedSKUs": {"value": ["Standard_GZRS", "Standard_ZRS"]}}
SKUS_RULE = {
    "if": {
        "allOf": [
            {"field": "type", "equals": STORAGE},
            {"not": {"field": f"{STORAGE}/sku.name", "in": "[parameters('listOfAllowedSKUs')]"}},
        ]
    },
    "then": {"effect": "Deny"},
}


def landing_zone() -> dict[str, list[Answer]]:
    """Everything answers at once."""
    initiative = {
        "id": BASELINE,
        "name": "corp-baseline",
        "type": "Microsoft.Authorization/policySetDefinitions",
        "properties": {
            "policyType": "Custom",
            "policyDefinitions": [
                {"policyDefinitionId": KEYS_OFF, "policyDefinitionReferenceId": "keys", "parameters": {}},
                {
                    "policyDefinitionId": SKUS,
                    "policyDefinitionReferenceId": "skus",
                    "parameters": ZONE_REDUNDANT,
                    "definitionVersion": "1.0.*",
                },
            ],
        },
    }
    unused = definition(
        f"/{AUTHORIZATION}/policyDefinitions/unused", {"if": {}, "then": {}}, policyType="BuiltIn"
    )
    versions = ["1.2.1", "1.0.1", "1.0.0"]
    skus = definition(
        SKUS, SKUS_RULE, policyType="BuiltIn", parameters=ALLOWED, version="1.2.1", versions=versions
    )
    providers = [
        {
            "namespace": "Microsoft.Storage",
            "resourceTypes": [
                {
                    "resourceType": "storageAccounts",
                    "aliases": [
                        alias(f"{STORAGE}/sku.name", "sku.name"),
                        alias(f"{STORAGE}/allowSharedKeyAccess", "properties.allowSharedKeyAccess"),
                        alias(f"{STORAGE}/networkAcls.ipRules[*]", "properties.networkAcls.ipRules[*]"),
                        alias(f"{STORAGE}/networkAcls.ipRules", "properties.networkAcls.ipRules"),
                        alias(f"{STORAGE}/accessTier", "properties.accessTier"),
                    ],
                }
            ],
        },
        {
            "namespace": "Microsoft.Web",
            "resourceTypes": [{"resourceType": "sites", "aliases": [alias("Microsoft.Web/sites/x", "x")]}],
        },
    ]
    chain = [
        {"name": "corp", "displayName": "Corp"},
        {"name": AZURE.tenant_id, "displayName": "Tenant Root Group"},
    ]
    return {
        f"GET {SUBSCRIPTION}": [Answer({"state": "Enabled"})],
        GRAPH: [Answer({"totalRecords": 1, "count": 1, "data": [{"chain": chain}]})],
        ASSIGNMENTS: [
            Answer(
                {
                    "value": [assignment(CORPORATE, "baseline", BASELINE, enforcementMode="DoNotEnforce")],
                    "nextLink": "{url}/more/assignments",
                }
            )
        ],
        "GET /more/assignments": [Answer({"value": [], "nextLink": "{url}/more/assignments2"})],
        "GET /more/assignments2": [
            Answer({"value": [assignment(SUBSCRIPTION, "allowed-skus", SKUS, parameters=ZONE_REDUNDANT)]})
        ],
        EXEMPTIONS: [
            Answer(
                {
                    "value": [
                        {
                            "id": f"{SUBSCRIPTION}/{AUTHORIZATION}/policyExemptions/lab",
                            "name": "lab",
                            "properties": {
                                "policyAssignmentId": f"{CORPORATE}/{AUTHORIZATION}/policyAssignments/baseline",
                                "exemptionCategory": "Waiver",
                            },
                        }
                    ]
                }
            )
        ],
        INITIATIVES: [Answer({"value": [initiative]})],
        DEFINITIONS: [Answer({"value": [unused, skus, definition(KEYS_OFF, KEYS_RULE, parameters=EFFECT)]})],
        f"GET {SKUS}/versions/1.0.1": [
            Answer(definition(f"{SKUS}/versions/1.0.1", SKUS_RULE, parameters=ALLOWED, version="1.0.1"))
        ],
        PROVIDERS: [Answer({"value": providers})],
    }


def lead_to(
    arm: FakeArm, monkeypatch: pytest.MonkeyPatch, credential: Signed | None = None, **patience: Any
) -> None:
    """The commands as they are, but for the credential, name resolution and the cloud that they ask."""
    signed = credential or Signed()
    allowed = {"retries": 1, "connect_seconds": 1, "read_seconds": 1, "seconds_in_all": 5, **patience}
    session = Session(
        signed,
        AZURE.subscription_id,
        arm.url,
        arm.url,
        Patience(**allowed),
        {"per_call_policies": [AllowHttp()]},
    )

    def same_session(*_given: object, **_options: object) -> Session:
        return session

    def nobody() -> Signed:
        return signed

    def wire() -> Wire:
        return Wire(resolve=everywhere_public)

    monkeypatch.setattr(infra.verify.asking, "Session", same_session)
    monkeypatch.setattr(infra.verify.asking, "DefaultAzureCredential", nobody)
    monkeypatch.setattr(infra.azure_judges.commands, "Wire", wire)
