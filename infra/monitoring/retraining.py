"""The alert that starts a training job.

An action group calls webhooks, Logic Apps, runbooks and functions by addresses with a signature or key in them:
a secret in clear in the state and in the group. So nothing is called. A Logic App looks for fired alerts by its
own identity and starts the job of an ML schedule or of Databricks; the start carries the alert's id, so one alert
starts one job however often the app looks (docs/decisions/0004-retraining-without-a-secret.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
from pulumi_azure_native import logic

from infra.access.grants import grant_identity
from infra.access.identity import Identity
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.table import AccessScope
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.databricks.platform import StartableJob
from infra.foundation.diagnostics import send_diagnostics
from infra.monitoring.log_alerts import log_alert
from infra.monitoring.started_jobs import (
    MANAGEMENT,
    Actions,
    call,
    databricks_job_actions,
    ml_schedule_actions,
)
from infra.monitoring.targets import Targets
from infra.settings import monitoring as settings_of

MINUTES_BETWEEN_LOOKS = 15


@dataclass(frozen=True)
class ScheduledJob:
    """The job of an ML schedule."""

    schedule: Reference
    workspace: Reference


class Retraining(Component):
    """Owns the alert, the Logic App that sees it, and what its identity may. Does not own the job's definition: it
    is the schedule's, or Databricks'. Where Databricks knows the identity, that is Databricks' too."""

    def __init__(
        self,
        settings: settings_of.Retraining,
        job: ScheduledJob | StartableJob,
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
            description=f"The model drifts: {settings.schedule or settings.databricks_job} is started",
        )
        self.identity = job.identity if isinstance(job, StartableJob) else Identity(self, "retraining")
        ready = [*self._grants(job), *alert.prerequisites]
        if isinstance(job, StartableJob):
            start = databricks_job_actions(self.identity.id, job.workspace_url, job.job_id)
            ready += job.prerequisites
        else:
            start = ml_schedule_actions(self.identity.id, job.workspace.id, job.schedule.id)
            ready += job.schedule.prerequisites
        self._workflow(definition(alert.id, start, context, self.identity.id), ready)
        self.register_outputs({"alert_id": alert.id})

    def _grants(self, job: ScheduledJob | StartableJob) -> list[pulumi.CustomResource]:
        purpose, principal = IdentityPurpose.RETRAINING, self.identity.principal
        group, held = self.context.resource_group, {Condition.RETRAINING, Condition.RETRAINING_IN_ML}
        grants = [*grant_identity(self, purpose, principal, AccessScope.RESOURCE_GROUP, group, held)]
        if isinstance(job, ScheduledJob):
            grants += grant_identity(self, purpose, principal, AccessScope.ML_WORKSPACE, job.workspace, held)
        return list[pulumi.CustomResource](grants)

    def _workflow(self, workflow_definition: Actions, ready: Sequence[pulumi.Resource]) -> None:
        context = self.context
        name = context.naming.name(ResourceKind.LOGIC_APP, "retrain")
        workflow = logic.Workflow(
            "retraining",
            workflow_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            state=logic.WorkflowState.ENABLED,
            identity=logic.ManagedServiceIdentityArgs(
                type=logic.ManagedServiceIdentityType.USER_ASSIGNED,
                user_assigned_identities=[self.identity.reference.known_id],
            ),
            definition=workflow_definition,
            tags=self.tags,
            # The ids in the definition are plain text, so the order must be said.
            opts=self.child(depends_on=ready),
        )
        workflow_id = context.arm.resource_id("Microsoft.Logic", "workflows", name)
        self.verify(workflow_id, workflow)
        send_diagnostics(self, "retraining", Reference(workflow_id, name, (workflow,)))


def definition(alert_id: str, start: Actions, context: Context, identity_id: str) -> Actions:
    """The workflow: alerts of the last day, and for each the actions that start its job."""
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
            "Alerts": {**_fired_alerts(alert_id, context, identity_id), "runAfter": {}},
            "Each_alert": {
                "type": "Foreach",
                "foreach": "@body('Alerts')?['value']",
                "runAfter": {"Alerts": ["Succeeded"]},
                "actions": start,
            },
        },
        "outputs": {},
    }


def _fired_alerts(alert_id: str, context: Context, identity_id: str) -> Actions:
    """Asked of the resource group: of the subscription, the identity would have to read every alert there."""
    uri = f"{MANAGEMENT}{context.resource_group.id}/providers/Microsoft.AlertsManagement/alerts"
    # The version that the documentation describes with a scope (learn.microsoft.com rest/api/monitor
    # alertsmanagement/alerts/get-all); the stable ones know subscriptions only.
    version = "2023-07-12-preview"
    return call(identity_id, "GET", uri, {"api-version": version, "alertRule": alert_id, "timeRange": "1d"})
