"""What refers to what by name, and what exists without being declared."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DATABRICKS = "databricks:index/"
_CATALOG = _DATABRICKS + "catalog:Catalog"
_SCHEMA = _DATABRICKS + "schema:Schema"
_VOLUME = _DATABRICKS + "volume:Volume"
_MODEL = _DATABRICKS + "registeredModel:RegisteredModel"
_SCOPE = _DATABRICKS + "secretScope:SecretScope"
_CREDENTIAL = _DATABRICKS + "storageCredential:StorageCredential"
_LOCATION = _DATABRICKS + "externalLocation:ExternalLocation"
_PRINCIPAL = _DATABRICKS + "servicePrincipal:ServicePrincipal"
_GROUP = _DATABRICKS + "group:Group"


@dataclass(frozen=True)
class NamedReference:
    """The text at `path` of a `source` names a `target`: it equals that resource's `key` (an input, an output
    or `id`).

    `template` builds the text from several inputs of the source. `[*]` in a path means every element.
    """

    source: str
    path: str
    target: str
    key: str = "id"
    template: str = ""


NAMED_REFERENCES = (
    NamedReference(_SCHEMA, "catalogName", _CATALOG),
    NamedReference(_VOLUME, "schemaName", _SCHEMA, template="{catalogName}.{schemaName}"),
    NamedReference(_MODEL, "schemaName", _SCHEMA, template="{catalogName}.{schemaName}"),
    NamedReference(_LOCATION, "credentialName", _CREDENTIAL),
    NamedReference(_DATABRICKS + "secret:Secret", "scope", _SCOPE),
    NamedReference(_DATABRICKS + "secretAcl:SecretAcl", "scope", _SCOPE),
    *(
        NamedReference(source, path, target)
        for source in (_DATABRICKS + "grants:Grants", _DATABRICKS + "grant:Grant")
        for path, target in (
            ("catalog", _CATALOG),
            ("schema", _SCHEMA),
            ("volume", _VOLUME),
            ("model", _MODEL),
            ("storageCredential", _CREDENTIAL),
            ("externalLocation", _LOCATION),
        )
    ),
    NamedReference(_DATABRICKS + "grants:Grants", "grants[*].principal", _GROUP, key="displayName"),
    NamedReference(_DATABRICKS + "grants:Grants", "grants[*].principal", _PRINCIPAL, key="applicationId"),
    NamedReference(_DATABRICKS + "grant:Grant", "principal", _GROUP, key="displayName"),
    NamedReference(_DATABRICKS + "grant:Grant", "principal", _PRINCIPAL, key="applicationId"),
    NamedReference(
        _DATABRICKS + "permissions:Permissions", "accessControls[*].groupName", _GROUP, key="displayName"
    ),
    NamedReference(
        _DATABRICKS + "permissions:Permissions",
        "accessControls[*].servicePrincipalName",
        _PRINCIPAL,
        key="applicationId",
    ),
    NamedReference(_DATABRICKS + "job:Job", "runAs.servicePrincipalName", _PRINCIPAL, key="applicationId"),
    NamedReference(
        "azure-native:machinelearningservices:Datastore",
        "properties.accountName",
        "azure-native:storage:StorageAccount",
        key="name",
    ),
)
"""Names of Databricks objects and, where no ARM id is asked, of Azure resources."""

SECRET_REFERENCE = re.compile(r"\{\{secrets/([^/{}]+)/([^/{}]+)\}\}")
"""A secret in Spark configuration or environment variables (learn.microsoft.com
azure/databricks/security/secrets)."""

_ML_WORKSPACE = r"/providers/microsoft\.machinelearningservices/workspaces/[^/]+"

EXISTS_BY_ITSELF = tuple(
    re.compile(pattern)
    for pattern in (
        # Built-in role definitions, which may be addressed at any scope.
        r".*/providers/microsoft\.authorization/roledefinitions/[0-9a-f-]{36}$",
        # The services of a storage account; their `…ServiceProperties` only configure them.
        r".*/providers/microsoft\.storage/storageaccounts/[^/]+/(?:blob|file|queue|table)services/default$",
        # Datastores that every ML workspace is born with (learn.microsoft.com
        # machine-learning/how-to-datastore).
        rf".*{_ML_WORKSPACE}/datastores/workspace(?:blob|file|artifact|workingdirectory)(?:store)?$",
        # ML assets come from training and from people, not from the platform's program.
        rf".*{_ML_WORKSPACE}/(?:models|environments|components|codes|data|jobs|featuresets)/.*",
        r".*/providers/microsoft\.machinelearningservices/registries/[^/]+/(?:models|environments|components|codes|data)/.*",
        # Secrets and keys are usually put into a vault by people.
        r".*/providers/microsoft\.keyvault/vaults/[^/]+/(?:secrets|keys|certificates)/.*",
        # Made by the service when a private endpoint or a diagnostics sink is approved or attached.
        r".*/privateendpointconnections/[^/]+$",
        r".*/providers/microsoft\.network/networkinterfaces/[^/]+$",
        # Every recovery vault has the fabric "Azure" (Azure REST spec recoveryservicesbackup).
        r".*/providers/microsoft\.recoveryservices/vaults/[^/]+/backupfabrics/azure$",
        # A factory's managed network has one name, and no type in the provider: a template deployment makes it.
        r".*/providers/microsoft\.datafactory/factories/[^/]+/managedvirtualnetworks/default$",
        # A storage account's firewall may let in every resource of a type in a group, also those to come.
        r".*/providers/[^/]+/[^/]+/\*$",
        # Repositories appear when an image is pushed; tables and solutions when logs arrive.
        r".*/providers/microsoft\.operationalinsights/workspaces/[^/]+/tables/[^/]+$",
    )
)
"""Ids (lower case) that exist without being declared, inside something that is declared."""

INLINE_CHILDREN = {
    ("azure-native:network:VirtualNetwork", "subnets"): "subnets",
    ("azure-native:containerservice:ManagedCluster", "agentPoolProfiles"): "agentpools",
    ("azure-native:network:NetworkSecurityGroup", "securityRules"): "securityrules",
}
"""(type, list of inputs) -> child segment: children that a resource creates from a list of its own inputs, by
`name`."""
