"""Where a resource is in ARM: type, name and the scope of its deployment, read from its id."""

from __future__ import annotations

from dataclasses import dataclass

from azure_facts.arm_id_parsing import arm_type_of, extended_by, levels

_PROVIDERS = "/providers/"
_MANAGEMENT_GROUPS = "microsoft.management/managementgroups"


@dataclass(frozen=True)
class ArmPlace:
    """`scope` is where the deployment runs. `extends` is the id of the resource that an extension resource extends,
    empty where it extends nothing or the scope itself."""

    type: str
    name: str
    scope: str
    extends: str = ""


def arm_place(arm_id: str) -> ArmPlace:
    """The place of an id, in its casing. Of a group or subscription, the scope is the one that it is created in."""
    start = arm_id.lower().rfind(_PROVIDERS)
    if start < 0:
        scope, _, name = arm_id.rstrip("/").rpartition("/")
        return ArmPlace(arm_type_of(arm_id), name, scope.rpartition("/")[0] or "/")
    names = arm_id[start + len(_PROVIDERS) :].split("/")[2::2]
    extended = extended_by(arm_id)
    scope = deployment_scope(extended)
    return ArmPlace(
        arm_type_of(arm_id), "/".join(names), scope, "" if scope.lower() == extended.lower() else extended
    )


def deployment_scope(arm_id: str) -> str:
    """The resource group, subscription or management group that an id lies in, in its casing; `/` for the tenant."""
    outermost, *inner = levels(arm_id)
    if outermost.startswith(f"{_PROVIDERS}{_MANAGEMENT_GROUPS}"):
        return arm_id[: len(outermost)]
    if not outermost.startswith("/subscriptions/"):
        return "/"
    in_group = bool(inner) and "/resourcegroups/" in inner[0]
    return arm_id[: len(inner[0] if in_group else outermost)]
