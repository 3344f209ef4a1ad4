"""The alert that starts a training job.

An action group calls webhooks, Logic Apps, runbooks and functions by addresses with a signature or key in them:
a secret in clear in the state and in the group. So nothing is called. A Logic App looks for fired alerts by its
own identity and starts the job of a schedule; the job's name is made from the alert's id, so one alert starts
one job however often the app looks (docs/decisions/0004-retraining-without-a-secret.md).
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

import pulumi
from pulumi_azure_native import logic

from infra.access.grants import grant_identity
from infra.access.identity import Identity
from infra.access.identity_table import Condition, IdentityPurpose
from infra.access.table import AccessScope
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.foundation.diagnostics import send_diagnostics
from infra.monitoring.alerts import log_alert
from infra.monitoring.targets import Targets
from infra.settings import monitoring as settings_of

MANAGEMENT = "https://management.azure.com"
MINUTES_BETWEEN_LOOKS = 15


class Retraining(Component):
    """Owns the alert, the Logic App that sees it, and that app's identity. Does not own the job's definition: it
    is the schedule's."""

    def __init__(
        self,
        settings: settings_of.Retraining,
        schedule: Reference,
        workspace: Reference,
        targets: Targets,
        action_group: Reference,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("monitoring:Retraining", "retraining", context, opts)
        alert = log_alert(
            self,
            "retrain",
            targets.log_analytics,
            action_group,
            query=settings.query,
            more_than=settings.more_than,
            every_minutes=settings.every_minutes,
            description=f"The model drifts: the job of schedule {settings.schedule} is started",
        )
        identity = Identity(self, "retraining")
        purpose, held = IdentityPurpose.RETRAINING, {Condition.RETRAINING}
        principal, group = identity.principal, context.resource_group
        grants = [
            *grant_identity(self, purpose, principal, AccessScope.RESOURCE_GROUP, group, held),
            *grant_identity(self, purpose, principal, AccessScope.ML_WORKSPACE, workspace, held),
        ]
        name = context.naming.name(ResourceKind.LOGIC_APP, "retrain")
        workflow = logic.Workflow(
            "retraining",
            workflow_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            state=logic.WorkflowState.ENABLED,
            identity=logic.ManagedServiceIdentityArgs(
                type=logic.ManagedServiceIdentityType.USER_ASSIGNED,
                user_assigned_identities=[identity.reference.known_id],
            ),
            definition=definition(alert.id, schedule.id, workspace.id, context, identity.id),
            tags=self.tags,
            # The ids in the definition are plain text, so the order must be said.
            opts=self.child(depends_on=[*grants, *alert.prerequisites, *schedule.prerequisites]),
        )
        workflow_id = context.arm.resource_id("Microsoft.Logic", "workflows", name)
        self.verify(workflow_id, workflow)
        send_diagnostics(self, "retraining", Reference(workflow_id, name, (workflow,)))
        self.register_outputs({"alert_id": alert.id})


def definition(
    alert_id: str, schedule_id: str, workspace_id: str, context: Context, identity_id: str
) -> dict[str, object]:
    """The workflow: alerts of the last day, and for each without a job a job."""
    api = {"api-version": "2025-12-01"}
    job_uri = f"{MANAGEMENT}{workspace_id}/jobs/retrain-@{{last(split(items('Each_alert')?['id'], '/'))}}"

    call = functools.partial(_call, identity_id)
    start = {
        "Schedule": {**call("GET", f"{MANAGEMENT}{schedule_id}", api), "runAfter": {}},
        "Start": {
            **call(
                "PUT",
                job_uri,
                api,
                {"properties": "@body('Schedule')?['properties']?['action']?['jobDefinition']"},
            ),
            "runAfter": {"Schedule": ["Succeeded"]},
        },
    }
    # Asked of the resource group: of the subscription, the identity would have to read every alert there.
    alerts = f"{MANAGEMENT}{context.resource_group.id}/providers/Microsoft.AlertsManagement/alerts"
    return {
        "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
        "contentVersion": "1.0.0.0",
        "triggers": {
            "Look": {
                "type": "Recurrence",
                "recurrence": {"frequency": "Minute", "interval": MINUTES_BETWEEN_LOOKS},
            }
        },
        "actions": {
            "Alerts": {
                **call(
                    "GET",
                    alerts,
                    # The stable versions know subscriptions only (Azure REST spec alertsmanagement).
                    {"api-version": "2019-05-05-preview", "alertRule": alert_id, "timeRange": "1d"},
                ),
                "runAfter": {},
            },
            "Each_alert": {
                "type": "Foreach",
                "foreach": "@body('Alerts')?['value']",
                "runAfter": {"Alerts": ["Succeeded"]},
                "actions": {
                    "Job": {**call("GET", job_uri, api), "runAfter": {}},
                    "If_new": {
                        "type": "If",
                        "expression": {"and": [{"equals": ["@outputs('Job')?['statusCode']", 404]}]},
                        "actions": start,
                        "runAfter": {"Job": ["Succeeded", "Failed"]},
                    },
                },
            },
        },
        "outputs": {},
    }


def _call(
    identity_id: str, method: str, uri: str, queries: Mapping[str, str], body: object = None
) -> dict[str, object]:
    """A request to Azure Resource Manager as the identity."""
    inputs: dict[str, object] = {
        "method": method,
        "uri": uri,
        "queries": dict(queries),
        "authentication": {
            "type": "ManagedServiceIdentity",
            "identity": identity_id,
            "audience": MANAGEMENT,
        },
    }
    if body is not None:
        inputs["body"] = body
    return {"type": "Http", "inputs": inputs}
