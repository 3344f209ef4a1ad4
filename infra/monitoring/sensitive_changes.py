"""Changes to who may do what, and to what records it."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
from pulumi_azure_native import monitor

from azure_facts.activity_log import GUARDED_OPERATIONS
from azure_facts.arm_ids import subscription_id
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind

ADMINISTRATIVE = ("category", "Administrative")


class SensitiveChanges(Component):
    """Owns the alerts on roles, locks, diagnostics and on the alerts themselves, in the whole subscription, and those
    on the accounts for emergencies. Does not own the action group.

    The caller does not matter: a deployment that grants a role is told too, and its reader compares it with what was
    approved. One alert for each operation, so that its name tells what happened. They cost nothing.
    """

    def __init__(
        self,
        break_glass_accounts: Sequence[str],
        action_group: Reference,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("monitoring:SensitiveChanges", "sensitive-changes", context, opts)
        self._action_group = action_group
        for key, operation in GUARDED_OPERATIONS.items():
            self._alert(
                key,
                f"{operation} in the subscription; compare it with what was approved (docs/threat-model.md)",
                # A request is recorded when it starts, too.
                [_equals("operationName", operation), _equals("status", "Succeeded")],
            )
        if break_glass_accounts:
            self._alert(
                "break-glass",
                "An account for emergencies changes something (docs/threat-model.md)",
                [
                    monitor.AlertRuleAnyOfOrLeafConditionArgs(
                        any_of=[
                            monitor.AlertRuleLeafConditionArgs(field="caller", equals=account)
                            for account in break_glass_accounts
                        ]
                    )
                ],
            )
        self.register_outputs({"operations": list(GUARDED_OPERATIONS.values())})

    def _alert(
        self, key: str, description: str, conditions: Sequence[monitor.AlertRuleAnyOfOrLeafConditionArgs]
    ) -> None:
        monitor.ActivityLogAlert(
            f"alert-{key}",
            activity_log_alert_name=self.context.naming.name(ResourceKind.ACTIVITY_LOG_ALERT, key),
            resource_group_name=self.context.resource_group.known_name,
            location="global",
            description=description,
            enabled=True,
            scopes=[subscription_id(self.context.azure.subscription_id)],
            condition=monitor.AlertRuleAllOfConditionArgs(all_of=[_equals(*ADMINISTRATIVE), *conditions]),
            actions=monitor.ActionListArgs(
                action_groups=[monitor.ActionGroupArgs(action_group_id=self._action_group.known_id)]
            ),
            tags=self.tags,
            opts=self.child(),
        )


def _equals(field: str, value: str) -> monitor.AlertRuleAnyOfOrLeafConditionArgs:
    return monitor.AlertRuleAnyOfOrLeafConditionArgs(field=field, equals=value)
