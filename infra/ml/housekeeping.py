"""What is thrown away by the clock, so that nothing fills up."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pulumi
from pulumi_azure_native import containerregistry, machinelearningservices, storage

from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.ml.jobs import Ingredients
from infra.ml.workspace import Dependents
from infra.settings import ml as settings_of

IDLE_REPORT = Path(__file__).parent / "scripts" / "idle_report.py"
RUN_ARTIFACTS = "azureml/ExperimentRun/"
"""Container and prefix of run artifacts and logs in the workspace's storage account."""


class Housekeeping(Component):
    """Owns the registry's purge task, the artifacts' lifecycle rules, and the report on what idles.

    Does not own images, artifacts or endpoints. A Premium registry's own retention is the registry's setting.
    """

    def __init__(
        self,
        settings: settings_of.Housekeeping,
        dependents: Dependents,
        ingredients: Ingredients | None,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        """`ingredients` is None without training clusters, which only the report needs."""
        super().__init__("ml:Housekeeping", "ml-housekeeping", context, opts)
        if settings.registry_purge:
            self._purge(settings.registry_purge, dependents.container_registry)
        if settings.artifact_retention_days:
            self._expire_artifacts(settings.artifact_retention_days, dependents.storage_account)
        if settings.idle_report and ingredients:
            self._report(settings.idle_report, ingredients)
        self.register_outputs({})

    def _purge(self, settings: settings_of.RegistryPurge, registry: Reference) -> None:
        """A task of its own registry needs no identity to delete there."""
        containerregistry.Task(
            "registry-purge",
            task_name=self.context.naming.name(ResourceKind.REGISTRY_TASK, "purge"),
            registry_name=registry.known_name,
            resource_group_name=self.context.resource_group.known_name,
            location=self.context.azure.location,
            status=containerregistry.TaskStatus.ENABLED,
            platform=containerregistry.PlatformPropertiesArgs(
                os=containerregistry.OS.LINUX, architecture=containerregistry.Architecture.AMD64
            ),
            agent_configuration=containerregistry.AgentPropertiesArgs(cpu=2),
            step=containerregistry.EncodedTaskStepArgs(
                type="EncodedTask",
                encoded_task_content=base64.b64encode(purge_task(settings).encode()).decode(),
            ),
            timeout=3600,
            trigger=containerregistry.TriggerPropertiesArgs(
                timer_triggers=[
                    containerregistry.TimerTriggerArgs(
                        name="by-the-clock",
                        schedule=settings.cron,
                        status=containerregistry.TriggerStatus.ENABLED,
                    )
                ]
            ),
            tags=self.tags,
            opts=self.child(),
        )

    def _expire_artifacts(self, days: int, account: Reference) -> None:
        """An account has one policy, and its name is always `default`."""
        after = storage.DateAfterModificationArgs(days_after_modification_greater_than=days)
        after_creation = storage.DateAfterCreationArgs(days_after_creation_greater_than=days)
        storage.ManagementPolicy(
            "ml-storage-lifecycle",
            account_name=account.known_name,
            management_policy_name="default",
            resource_group_name=self.context.resource_group.known_name,
            policy=storage.ManagementPolicySchemaArgs(
                rules=[
                    storage.ManagementPolicyRuleArgs(
                        name="run-artifacts",
                        type=storage.RuleType.LIFECYCLE,
                        enabled=True,
                        definition=storage.ManagementPolicyDefinitionArgs(
                            filters=storage.ManagementPolicyFilterArgs(
                                blob_types=["blockBlob", "appendBlob"], prefix_match=[RUN_ARTIFACTS]
                            ),
                            actions=storage.ManagementPolicyActionArgs(
                                base_blob=storage.ManagementPolicyBaseBlobArgs(delete=after),
                                # Versioning keeps what is deleted as a version.
                                version=storage.ManagementPolicyVersionArgs(delete=after_creation),
                            ),
                        ),
                    )
                ]
            ),
            opts=self.child(),
        )

    def _report(self, settings: settings_of.IdleReport, ingredients: Ingredients) -> None:
        context = self.context
        script = base64.b64encode(IDLE_REPORT.read_bytes()).decode()
        machinelearningservices.Schedule(
            "ml-schedule-idle-report",
            name=context.naming.name(ResourceKind.ML_ASSET, "idle-report"),
            resource_group_name=context.resource_group.known_name,
            workspace_name=ingredients.assets.workspace.known_name,
            properties=machinelearningservices.SchedulePropertiesArgs(
                display_name="idle-report",
                is_enabled=True,
                trigger=machinelearningservices.CronTriggerArgs(
                    trigger_type="Cron", expression=settings.cron, time_zone="UTC"
                ),
                action=machinelearningservices.JobScheduleActionArgs(
                    action_type="CreateJob",
                    job_definition=machinelearningservices.CommandJobArgs(
                        job_type="Command",
                        # The script travels in the request: uploading code is the data plane's business.
                        command='echo "$SCRIPT" | base64 -d > idle_report.py && python idle_report.py',
                        environment_id=ingredients.assets.environment_id(settings.environment),
                        environment_variables={
                            "SCRIPT": script,
                            "SUBSCRIPTION_ID": context.azure.subscription_id,
                            "RESOURCE_GROUP": context.resource_group.name,
                            "WORKSPACE": ingredients.assets.workspace.name,
                            "ARCHIVE_DAYS": str(settings.archive_runs_older_than_days),
                            "AZURE_CLIENT_ID": ingredients.identity.resource.client_id,
                        },
                        compute_id=ingredients.clusters[settings.training_cluster].known_id,
                        experiment_name="housekeeping",
                        identity=ingredients.job_identity,
                        limits=machinelearningservices.CommandJobLimitsArgs(
                            job_limits_type="Command", timeout="PT60M"
                        ),
                        tags=self.tags,
                    ),
                ),
                tags=self.tags,
            ),
            opts=self.child(),
        )


def purge_task(settings: settings_of.RegistryPurge) -> str:
    """The task's YAML (learn.microsoft.com container-registry-auto-purge): a report on all, then what is removed."""
    bounds = f"--ago {settings.older_than_days}d --keep {settings.keep} --untagged"
    filters = " ".join(f"--filter '{re.escape(name)}:.*'" for name in settings.repositories)
    commands = [f"acr purge --filter '.*:.*' {bounds} --dry-run"]
    if filters:
        commands.append(f"acr purge {filters} {bounds}")
    steps = [
        line
        for command in commands
        for line in (
            f"  - cmd: {command}",
            "    disableWorkingDirectoryOverride: true",
            "    timeout: 3600",
        )
    ]
    return "\n".join(("version: v1.1.0", "steps:", *steps, ""))
