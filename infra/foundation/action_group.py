"""Who is told of an alert by mail."""

from __future__ import annotations

from collections.abc import Iterable

from pulumi_azure_native import monitor

from infra.component import Component
from infra.context import Reference
from infra.conventions.name_rules import ResourceKind


def email_action_group(
    owner: Component, logical_name: str, part: str, short_name: str, emails: Iterable[str]
) -> Reference:
    """An action group of the owner's, named after `part`; `short_name` (12 characters at most) shows in messages."""
    context = owner.context
    name = context.naming.name(ResourceKind.ACTION_GROUP, part)
    group = monitor.ActionGroup(
        logical_name,
        action_group_name=name,
        resource_group_name=context.resource_group.known_name,
        # Not a region: action groups serve from everywhere.
        location="global",
        group_short_name=short_name,
        enabled=True,
        email_receivers=[
            monitor.MicrosoftCommonEmailReceiverArgs(
                name=f"email-{number}", email_address=email, use_common_alert_schema=True
            )
            for number, email in enumerate(emails, start=1)
        ],
        tags=owner.tags,
        opts=owner.child(),
    )
    group_id = context.arm.action_group_id(name)
    owner.verify(group_id, group)
    return Reference(group_id, name, (group,))
