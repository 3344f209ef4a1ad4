"""Nobody opens a catalog's storage past the catalog."""

from __future__ import annotations

import re
from collections.abc import Iterator

from azure_facts.roles import Role, built_in_role
from policies.frame.judged import Stack
from policies.frame.rule import (
    UNKNOWN_STRING,
    Anchors,
    Outcome,
    Sample,
    Severity,
    StackCases,
    StackFinding,
    StackRule,
)

_GRANT = "azure-native:authorization:RoleAssignment"
_CATALOG = "databricks:index/catalog:Catalog"
_SCHEMA = "databricks:index/schema:Schema"
_BLOB_ROLES = {
    built_in_role(role).guid: role
    for role in (
        Role.STORAGE_BLOB_DATA_OWNER,
        Role.STORAGE_BLOB_DATA_CONTRIBUTOR,
        Role.STORAGE_BLOB_DATA_READER,
    )
}
_PLACE = re.compile(r"abfss://(?P<container>[^@/]+)@(?P<account>[^./]+)\.dfs\.")
_SCOPE = re.compile(
    r"/Microsoft\.Storage/storageAccounts/(?P<account>[^/]+)"
    r"(?:/blobServices/default/containers/(?P<container>[^/]+))?$",
    re.IGNORECASE,
)


def _check(stack: Stack) -> Iterator[StackFinding]:
    roots = [_PLACE.match(stack.text(item, "storageRoot")) for item in stack.of(_CATALOG, _SCHEMA)]
    governed = {(root["account"], root["container"]) for root in roots if root}
    for grant in stack.of(_GRANT):
        role = _BLOB_ROLES.get(stack.text(grant, "roleDefinitionId").rpartition("/")[2].lower())
        scope = _SCOPE.search(stack.text(grant, "scope"))
        if role is None or scope is None or stack.text(grant, "principalType") == "ServicePrincipal":
            continue
        for account, container in sorted(governed):
            if scope["account"] == account and scope["container"] in (None, container):
                yield StackFinding(
                    f"{role} on {container} of {account}, where a catalog keeps its tables, is given to people",
                    grant.urn,
                )


def _grant(container: str, kind: str = "Group") -> Sample:
    account = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/dls"
    return Sample(
        _GRANT,
        {
            "roleDefinitionId": f"/roleDefinitions/{built_in_role(Role.STORAGE_BLOB_DATA_READER).guid}",
            "scope": f"{account}/blobServices/default/containers/{container}",
            "principalType": kind,
        },
        name="grant",
    )


_TABLES = Sample(
    _CATALOG, {"storageRoot": "abfss://catalog@dls.dfs.core.windows.net/unity-catalog"}, name="catalog"
)

RULE = StackRule(
    id="AMLP-AC-025",
    title="Nobody opens a catalog's storage past the catalog",
    severity=Severity.HIGH,
    check=_check,
    why=(
        "An identity with access to the container reads every table in it, past the grants, row filters and audit log "
        "of Unity Catalog."
    ),
    fix="Keep catalogs in a container of their own, and give people grants in Unity Catalog",
    anchors=Anchors(
        benchmark=("PA-7",),
        source="learn.microsoft.com azure/databricks/connect/unity-catalog (no access to storage for people) and "
        "data-governance/unity-catalog/best-practices; read 2026-11-30",
    ),
    cases=StackCases(
        allowed=(_TABLES, _grant("curated"), _grant("catalog", "ServicePrincipal")),
        denied=(_TABLES, _grant("catalog")),
        omitted=(_grant("catalog"),),
        unknown=(Sample(_CATALOG, {"storageRoot": UNKNOWN_STRING}, name="catalog"), _grant("catalog")),
        omitted_is=Outcome.PASSED,
    ),
)
