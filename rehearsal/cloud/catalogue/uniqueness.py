"""Names that must be unique beyond their parent, mostly because they become DNS labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from azure_facts.name_rules.rule import SHARED_SCOPES, NameScope
from rehearsal.cloud.catalogue.names import NAMED_TYPES

_SCOPES = {
    NameScope.GLOBAL: "across all of Azure",
    NameScope.TENANT: "in the Entra tenant",
    NameScope.REGION: "in the region",
}

_CODES = {
    "azure-native:storage:StorageAccount": "StorageAccountAlreadyTaken",
    "azure-native:keyvault:Vault": "VaultAlreadyExists",
    "azure-native:containerregistry:Registry": "AlreadyInUse",
    "azure-native:machinelearningservices:Registry": "UserError",
    "azure-native:machinelearningservices:OnlineEndpoint": "UserError",
    "azure-native:machinelearningservices:BatchEndpoint": "UserError",
}
"""Error codes that are known; other services are taken to answer "Conflict"."""

_SPACES = {
    "azure-native:machinelearningservices:OnlineEndpoint": "ml-endpoint",
    "azure-native:machinelearningservices:BatchEndpoint": "ml-endpoint",
}
"""Types that share their names with another type: each endpoint is a label below the same domain."""


@dataclass(frozen=True)
class UniqueName:
    """`property` holds the name; names of one `space` must differ; `scope` and `code` are how the service
    says it."""

    property: str
    space: str
    scope: str
    code: str
    source: str


def _unique_names() -> Iterator[tuple[str, UniqueName]]:
    for token, named in NAMED_TYPES.items():
        if named.rule.scope in SHARED_SCOPES:
            yield (
                token,
                UniqueName(
                    named.property,
                    _SPACES.get(token, token),
                    _SCOPES[named.rule.scope],
                    _CODES.get(token, "Conflict"),
                    named.rule.source.page,
                ),
            )


UNIQUE_NAMES: Mapping[str, UniqueName] = MappingProxyType(dict(_unique_names()))
"""Type token -> where and how its names are unique."""
