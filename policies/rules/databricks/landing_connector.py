"""What Unity Catalog reads only, its identity cannot write."""

from __future__ import annotations

import re
from collections.abc import Iterator

from azure_facts.roles import Role, built_in_role
from infra.conventions.writing_roles import writing_roles
from policies.frame.judged import Judged, Stack
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

_URL = re.compile(r"abfss://(?P<container>[^@/]+)@(?P<account>[^./]+)\.")


def _check(stack: Stack) -> Iterator[StackFinding]:
    read_only = set(_read_only_containers(stack))
    connectors = {connector.urn for connector in stack.of("azure-native:databricks:AccessConnector")}
    for grant in stack.of("azure-native:authorization:RoleAssignment") if read_only else ():
        scope = stack.text(grant, "scope").lower()
        container = next((end for end in read_only if scope.endswith(end)), None)
        if container is None or connectors.isdisjoint(grant.dependencies):
            continue
        role = writing_roles().get(stack.text(grant, "roleDefinitionId").rpartition("/")[2].lower())
        if role:
            name = container.rpartition("/")[2]
            yield StackFinding(f"{role} is granted to the access connector on {name}", grant.urn)


def _read_only_containers(stack: Stack) -> Iterator[str]:
    """The ends of the ARM ids of the containers under read-only locations, in lower case."""
    for location in stack.of("databricks:index/externalLocation:ExternalLocation"):
        found = _URL.match(stack.read(location, _read_only_url, ""))
        if found:
            account, container = found["account"].lower(), found["container"].lower()
            yield f"/storageaccounts/{account}/blobservices/default/containers/{container}"


def _read_only_url(location: Judged) -> str:
    return location.text("url") if location.value("readOnly") is True else ""


_CONNECTOR = Sample("azure-native:databricks:AccessConnector", {"connectorName": "dbac"}, name="connector")
_READER = f"/roleDefinitions/{built_in_role(Role.STORAGE_BLOB_DATA_READER).guid}"
_CONTRIBUTOR = f"/roleDefinitions/{built_in_role(Role.STORAGE_BLOB_DATA_CONTRIBUTOR).guid}"


def _location(name: str, *, read_only: bool) -> Sample:
    return Sample(
        "databricks:index/externalLocation:ExternalLocation",
        {"url": f"abfss://{name}@lake.dfs.core.windows.net/", "readOnly": read_only},
        name=f"location-{name}",
    )


def _grant(container: str, role: str) -> Sample:
    return Sample(
        "azure-native:authorization:RoleAssignment",
        {
            "scope": f"/storageAccounts/lake/blobServices/default/containers/{container}",
            "roleDefinitionId": role,
        },
        name=f"grant-{container}",
        dependencies=("connector",),
    )


RULE = StackRule(
    id="AMLP-DO-050",
    title="What Unity Catalog reads only, its identity cannot write",
    severity=Severity.MEDIUM,
    check=_check,
    why=(
        "read_only binds Unity Catalog alone: with a writing role the next location, or a credential used "
        "directly, changes what has arrived."
    ),
    fix="Grant the access connector Storage Blob Data Reader on the containers of read-only locations",
    anchors=Anchors(
        benchmark=("PA-7",), source="docs.databricks.com connect/unity-catalog/external-locations"
    ),
    cases=StackCases(
        allowed=(
            _CONNECTOR,
            _location("raw", read_only=True),
            _location("curated", read_only=False),
            _grant("raw", _READER),
            _grant("curated", _CONTRIBUTOR),
        ),
        denied=(_CONNECTOR, _location("raw", read_only=True), _grant("raw", _CONTRIBUTOR)),
        omitted=(_CONNECTOR, _location("raw", read_only=True)),
        unknown=(_CONNECTOR, _location("raw", read_only=True), _grant("raw", UNKNOWN_STRING)),
        omitted_is=Outcome.PASSED,
    ),
)
