"""Whether a file of policies is of the subscription and tenant that the stack deploys to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rehearsal.access import plural
from rehearsal.azure_policy import table
from rehearsal.azure_policy.policy_file import PolicyFile
from rehearsal.cloud.cloud import NO_SUBSCRIPTION
from rehearsal.export.arm_resource import ArmResource
from rehearsal.model.finding import Finding, Severity

SAID_OF = "azure-policies"
"""In the place of a URN, where something is said of the file."""


def of_subscription(resource: ArmResource, subscription: str) -> ArmResource:
    """The resource in the file's subscription, where the program does not say which one it deploys to."""
    unsaid = f"/subscriptions/{NO_SUBSCRIPTION}"
    if not f"{resource.id}/".startswith(f"{unsaid}/"):
        return resource
    named = f"/subscriptions/{subscription}"
    return replace(resource, id=named + resource.id.removeprefix(unsaid))


def other_subscription(
    file: PolicyFile, resources: Sequence[ArmResource], tenants: frozenset[str]
) -> Finding | None:
    """What is wrong where the file is of another subscription or tenant; then nothing of it is evaluated."""
    known = tenants - {NO_SUBSCRIPTION}
    if known and file.tenant_id.lower() not in {each.lower() for each in known}:
        return _wrong(file, f"tenant {file.tenant_id}", sorted(known))
    parts = (each.id.split("/") for each in resources)
    subscriptions = {part[2].lower() for part in parts if part[1:2] == ["subscriptions"] and len(part) > 2}
    if subscriptions and file.subscription_id.lower() not in subscriptions:
        return _wrong(file, f"subscription {file.subscription_id}", sorted(subscriptions))
    return None


def _wrong(file: PolicyFile, of: str, known: list[str]) -> Finding:
    return Finding(
        urn=SAID_OF,
        rule=table.OTHER_SUBSCRIPTION,
        path="",
        message=f"{file.path.name} is of {of}, and the stack deploys to {', '.join(known)}: nothing of it "
        f"was evaluated ({plural(len(file.assignments), 'assignment')})",
        severity=Severity.WARNING,
    )
