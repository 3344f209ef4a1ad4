"""Monitoring, whole."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from infra.component import Component
from infra.context import Context, Reference
from infra.databricks.platform import StartableJob
from infra.ml.platform import MachineLearningPlatform
from infra.monitoring.alerts import Alerts
from infra.monitoring.availability import AvailabilityTests
from infra.monitoring.model_monitors import ModelMonitors
from infra.monitoring.retraining import Retraining, ScheduledJob
from infra.monitoring.secret_expiry import SecretExpiry
from infra.monitoring.sensitive_changes import SensitiveChanges
from infra.monitoring.targets import PublicAddress, Targets
from infra.monitoring.workbook import Workbook
from infra.settings import monitoring as settings_of


class MonitoringPlatform(Component):
    """Owns who is told what, the workbook, model monitors, and the alert that retrains."""

    def __init__(
        self,
        settings: settings_of.Monitoring,
        targets: Targets,
        ml: MachineLearningPlatform | None,
        deployments: Mapping[tuple[str, str], Reference],
        startable: StartableJob | None,
        spark_runtime: str | None,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        """`startable` is the Databricks job that retrains, where it is one that does; `spark_runtime`, what model
        monitors run on."""
        super().__init__("monitoring:MonitoringPlatform", "monitoring", context, opts)
        inside = pulumi.ResourceOptions(parent=self)
        alerts = Alerts(settings, targets, context, inside)
        addresses = {
            **targets.public_addresses,
            **{
                key: PublicAddress(test.url, test.expected_status)
                for key, test in settings.availability_tests.items()
            },
        }
        if addresses:
            AvailabilityTests(addresses, targets.application_insights, alerts.action_group, context, inside)
        if settings.sensitive_changes:
            SensitiveChanges(settings.break_glass_accounts, alerts.action_group, context, inside)
        if targets.key_vault:
            SecretExpiry("", targets.key_vault, alerts.action_group, context, inside)
        for key, vault in targets.secret_scope_vaults.items():
            SecretExpiry(key, vault, alerts.action_group, context, inside)
        if settings.workbook:
            Workbook(targets, context, inside)
        job = startable or _scheduled(settings.retraining, ml)
        if settings.retraining and job:
            Retraining(settings.retraining, job, targets, alerts.action_group, context, inside)
        if ml and ml.ingredients and settings.model_monitors and spark_runtime:
            ModelMonitors(
                settings.model_monitors,
                list(settings.emails),
                deployments,
                ml.ingredients,
                ml.workspace.identity,
                spark_runtime,
                context,
                inside,
            )
        self.outputs: dict[str, pulumi.Input[object]] = {"action_group_id": alerts.action_group.id}
        self.register_outputs(self.outputs)


def _scheduled(
    settings: settings_of.Retraining | None, ml: MachineLearningPlatform | None
) -> ScheduledJob | None:
    if ml is None or settings is None or settings.schedule is None:
        return None
    return ScheduledJob(ml.schedules[settings.schedule], ml.workspace.reference)
