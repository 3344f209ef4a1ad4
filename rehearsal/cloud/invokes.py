"""Answers to provider functions (`get_client_config`, `list_…_keys`), by token."""

from __future__ import annotations

from collections.abc import Mapping

from rehearsal.cloud.service_values import guid
from rehearsal.values import STAND_IN


def answer_invoke(
    token: str, arguments: Mapping[str, object], subscription_id: str, tenant_id: str
) -> Mapping[str, object]:
    """First form: who is calling, keys as secret stand-ins, and for anything else its own arguments."""
    if token.endswith((":getClientConfig", ":getSubscription")):
        return {
            "subscriptionId": subscription_id,
            "tenantId": tenant_id,
            "clientId": guid("rehearsal", "client"),
            "objectId": guid("rehearsal", "object"),
        }
    if token.endswith(":getClientToken"):
        return {"token": f"{STAND_IN}client-token"}
    function = token.rpartition(":")[2]
    if function.startswith("list") and function.endswith(("Keys", "Credentials", "Key")):
        # In plain text, as pulumi-azure-native 3.29.0 returns them: a program that does not wrap them in
        # pulumi.Output.secret leaks them, and the check for secrets in plain text shall see it.
        key = f"{STAND_IN}{function}"
        return {
            "keys": [{"keyName": "key1", "value": key, "permissions": "FULL"}],
            "primaryKey": key,
            "secondaryKey": key,
        }
    return dict(arguments)
