"""Every service without a public endpoint has its private ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from azure_facts.private_link import sub_resources
from policies.frame.cases import changed_sample
from policies.frame.judged import Judged, Stack
from policies.frame.relations import ARM_TYPES, arm_id, ends_with
from policies.frame.rule import UNKNOWN_STRING, Anchors, Sample, Severity, StackCases, StackFinding, StackRule

_STORAGE = "azure-native:storage:StorageAccount"
_JUDGED = (
    _STORAGE,
    "azure-native:keyvault:Vault",
    "azure-native:containerregistry:Registry",
    "azure-native:machinelearningservices:Workspace",
    "azure-native:machinelearningservices:Registry",
    "azure-native:databricks:Workspace",
    "azure-native:datafactory:Factory",
    "azure-native:synapse:Workspace",
    "azure-native:sql:Server",
    "azure-native:cognitiveservices:Account",
    "azure-native:monitor:PrivateLinkScope",
    "azure-native:app:ManagedEnvironment",
)
_NOT_NEEDED = frozenset({"portal"})
"""Data Factory's authoring page, which browsers open."""
_RUNTIME, _POOL = "azure-native:datafactory:IntegrationRuntime", "azure-native:synapse:SqlPool"
"""What uses a sub-resource that nobody else does: `dataFactory`, machines of one's own; `Sql`, dedicated pools."""
_ACCOUNT = ("blob", "file")
"""Queues and tables are asked for where something uses them, which no account says of itself."""
_LAKE = ("blob", "dfs")
_SWITCHES = (
    "publicNetworkAccess",
    "properties.publicNetworkAccess",
    "accessModeSettings.ingestionAccessMode",
)


def _check(stack: Stack) -> Iterator[StackFinding]:
    endpoints = list(_endpoints(stack))
    for resource in stack.of(*_JUDGED):
        if not any(stack.text(resource, path) in ("Disabled", "PrivateOnly") for path in _SWITCHES):
            continue
        end = arm_id(stack, resource)
        yield from _missing(resource, end, _groups(stack, resource), endpoints)
        account = stack.text(resource, "parameters.storageAccountName.value")
        if account and stack.text(resource, "defaultStorageFirewall") == "Enabled":
            yield from _missing(resource, f"/storageaccounts/{account}".lower(), _LAKE, endpoints)


def _groups(stack: Stack, resource: Judged) -> tuple[str, ...]:
    """What the resource is reached through; of a storage account the parts that it serves."""
    if resource.type == _STORAGE:
        lake = stack.read(resource, lambda asked: asked.value("isHnsEnabled"), None) is True
        return _LAKE if lake else _ACCOUNT
    groups = (part.group for part in sub_resources(ARM_TYPES[resource.type][0]))
    return tuple(group for group in groups if group not in _NOT_NEEDED and _is_used(stack, resource, group))


def _is_used(stack: Stack, resource: Judged, group: str) -> bool:
    if resource.type.endswith(":Factory") and group == "dataFactory":
        return any(stack.text(runtime, "properties.type") == "SelfHosted" for runtime in stack.of(_RUNTIME))
    if resource.type == "azure-native:synapse:Workspace" and group == "Sql":
        return any(True for _ in stack.of(_POOL))
    return True


def _missing(
    resource: Judged, end: str, groups: tuple[str, ...], endpoints: list[tuple[str, str]]
) -> Iterator[StackFinding]:
    for group in groups:
        found = any(ends_with(target, end) and name.lower() == group.lower() for target, name in endpoints)
        if end and not found:
            yield StackFinding(f"no private endpoint for {group} of {end.rpartition('/')[2]}", resource.urn)


def _endpoints(stack: Stack) -> Iterator[tuple[str, str]]:
    """Target and group of every private endpoint."""
    for endpoint in stack.of("azure-native:network:PrivateEndpoint"):
        yield from stack.read(endpoint, _connections, [])


def _connections(endpoint: Judged) -> list[tuple[str, str]]:
    return [
        (str(connection.get("privateLinkServiceId")), str(group))
        for connection in endpoint.items("privateLinkServiceConnections")
        for group in _texts(connection.get("groupIds"))
    ]


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, Sequence) else []


_VAULT = Sample(
    "azure-native:keyvault:Vault",
    {
        "resourceGroupName": "g",
        "vaultName": "kv",
        "properties": {"publicNetworkAccess": "Disabled"},
    },
)
_PRIVATE_ENDPOINT = Sample(
    "azure-native:network:PrivateEndpoint",
    {
        "privateEndpointName": "e",
        "resourceGroupName": "g",
        "privateLinkServiceConnections": [
            {
                "privateLinkServiceId": "/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv",
                "groupIds": ["vault"],
            }
        ],
    },
    name="e",
)

RULE = StackRule(
    id="AMLP-NW-011",
    title="Every service without a public endpoint has its private ones",
    severity=Severity.HIGH,
    check=_check,
    why=(
        "A service that is closed to the outside and not opened to the inside cannot be used; one "
        "endpoint that is missing sends its traffic round by the internet."
    ),
    fix="Add the private endpoint (network.mode private makes them)",
    anchors=Anchors(
        benchmark=("NS-2",),
        azure_policy=(
            "6edd7eda-6dd8-40f7-810d-67160c639cd9",
            "a6abeaec-4d90-4a02-805f-6b26c4d3fbe9",
            "e8eef0a8-67cf-4eb4-9386-14b0e78733d4",
            "45e05259-1eb5-4f70-9574-baf73e9d219b",
            "258823f2-4595-4b52-b333-cc96192710d8",
            "0fc55270-f8bf-4feb-b7b8-5e7e7eacc6a6",
        ),
        checkov=("CKV_AZURE_243",),
    ),
    cases=StackCases(
        allowed=(
            _VAULT,
            _PRIVATE_ENDPOINT,
        ),
        denied=(
            _VAULT,
            changed_sample(_PRIVATE_ENDPOINT, {"privateLinkServiceConnections[0].groupIds[0]": "other"}),
        ),
        omitted=(_VAULT,),
        unknown=(changed_sample(_VAULT, {"vaultName": UNKNOWN_STRING}),),
    ),
)
