"""Template values of Databricks objects that their inputs do not spell out."""

from __future__ import annotations

from collections.abc import Mapping

from rehearsal.cloud.catalogue.databricks import ENTITLEMENT_OWNERS, PERMISSION_OBJECTS, SECURABLES
from rehearsal.cloud.service_values import digits, hexadecimal
from rehearsal.model.request import Request
from rehearsal.model.values import plain


def workspace_values(workspace_id: str) -> dict[str, object]:
    """Number and host of the workspace with this ARM id: `adb-<16 digits>.<that number mod
    20>.azuredatabricks.net` (learn.microsoft.com azure/databricks/workspace/workspace-details, "Per-workspace
    URL")."""
    number = digits(workspace_id, 16)
    return {
        "workspaceNumber": number,
        "workspaceHost": f"adb-{number}.{int(number) % 20}.azuredatabricks.net",
    }


def databricks_values(
    request: Request, values: Mapping[str, object], provider: Mapping[str, object]
) -> dict[str, object]:
    """The workspace's host, the name that the bridge makes up where there is none (logical name and seven hex
    digits: pulumi-databricks provider/resources.go), and the objects that permissions, grants and
    entitlements are on."""
    return {
        "host": provider_host(provider),
        "name": values.get("name") or f"{request.name}-{hexadecimal(request.urn, 7)}",
        "permissionsOn": _first(values, PERMISSION_OBJECTS),
        "grantsOn": _first(values, {name: f"{kind}/" for name, kind in SECURABLES.items()}),
        "entitlementsOf": _first(values, ENTITLEMENT_OWNERS),
    }


def provider_host(provider: Mapping[str, object]) -> str:
    """The host of the workspace (or account) that a provider with these inputs talks to, empty where unknown."""
    host = plain(provider.get("host"))
    if isinstance(host, str) and host:
        return host.removeprefix("https://").rstrip("/")
    workspace = plain(provider.get("azureWorkspaceResourceId"))
    return str(workspace_values(workspace)["workspaceHost"]) if isinstance(workspace, str) else ""


def _first(values: Mapping[str, object], prefixes: Mapping[str, str]) -> str:
    return next((f"{prefix}{values[name]}" for name, prefix in prefixes.items() if values.get(name)), "")
