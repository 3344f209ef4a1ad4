"""Where a class of the SDK does not say by its own names and texts what is sent."""

from __future__ import annotations

from collections.abc import Mapping

QUERY: Mapping[str, frozenset[str]] = {
    "azure-native:authorization:ManagementLockAtResourceLevel": frozenset({"apiVersion"}),
    "azure-native:machinelearningservices:Datastore": frozenset({"skipValidation"}),
    "azure-native:network:VirtualNetworkPeering": frozenset({"syncRemoteAddressSpace"}),
    "azure-native:storage:FileShare": frozenset({"expand"}),
    "azure-native:synapse:BigDataPool": frozenset({"force"}),
}
"""Inputs that are sent in the query of the PUT (the operations' `in: query` in the REST specifications)."""

PLACES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    # `x-ms-client-name` in applicationinsights 2022-06-15 webTests_API.json: two properties differ from the
    # envelope's by case only.
    "applicationinsights:WebTest": {
        "webTestKind": ("properties", "Kind"),
        "webTestName": ("properties", "Name"),
    },
    # One class of the SDK serves several API versions, and has what only a later one knows.
    "containerinstance:AzureFileVolume": {"storageAccountKeyReference": ("storageAccountKeyReference",)},
    "containerinstance:EnvironmentVariable": {"secureValueReference": ("secureValueReference",)},
    "containerinstance:ImageRegistryCredential": {"passwordReference": ("passwordReference",)},
    "containerinstance:Volume": {"secretReference": ("secretReference",)},
    "network:Subnet": {"serviceGateway": ("properties", "serviceGateway")},
    "resources:DeploymentParameter": {"expression": ("expression",), "type": ("type",)},
}
"""By module and class: places that neither a name nor a description leads to."""

ARM_TYPES: Mapping[str, str] = {
    # Each record type is a type of its own, and all have one body.
    "Microsoft.Network/privateDnsZones/{recordType}": "Microsoft.Network/privateDnsZones/A",
}
"""Types by the text of the rehearsal's catalogue that are published under another."""
