"""Managed identities: what Azure adds to the `identity` of any resource that has one."""

from __future__ import annotations

from collections.abc import Iterable

from rehearsal.cloud.service_values import guid
from rehearsal.model.values import plain


def principal_id(identity_id: str) -> str:
    """The object id of the identity with this ARM id: a user-assigned one, or a resource's system-assigned
    one."""
    return guid(identity_id, "principal")


def client_id(identity_id: str) -> str:
    """The application id of the identity with this ARM id."""
    return guid(identity_id, "client")


def identity_outputs(identity: object, resource_id: str, tenant_id: str) -> dict[str, object] | None:
    """The identity as Azure returns it, None where the resource has none.

    pulumi-azure-native takes user-assigned identities as a list of ids and gives them back as a map from id
    to principal and client id.
    """
    given = plain(identity)
    if not isinstance(given, dict) or given.get("type") in (None, "None"):
        return None
    result: dict[str, object] = {"type": given["type"]}
    if "SystemAssigned" in str(given["type"]):
        result |= {"principalId": principal_id(resource_id), "tenantId": tenant_id}
    assigned = given.get("userAssignedIdentities")
    if isinstance(assigned, Iterable) and not isinstance(assigned, str):
        result["userAssignedIdentities"] = {
            str(item): {"principalId": principal_id(str(item)), "clientId": client_id(str(item))}
            for item in assigned
        }
    return result
