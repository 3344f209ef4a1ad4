"""The table of contents: every component, in dependency order."""

from __future__ import annotations

import pulumi
import pulumi_azure_native

from infra.access.resource_group import ResourceGroupAccess
from infra.context import Context, Reference
from infra.conventions.arm_ids import resource_group_id
from infra.conventions.name_rules import ResourceKind
from infra.conventions.naming import Naming
from infra.conventions.tags import build_tags
from infra.databricks.platform import DatabricksPlatform
from infra.foundation.budget import Budget
from infra.foundation.observability import Observability
from infra.foundation.resource_group import ResourceGroup
from infra.ml.platform import MachineLearningPlatform
from infra.serving.platform import ServingPlatform
from infra.settings.base import PROJECT
from infra.settings.platform import PlatformSettings


class Platform(pulumi.ComponentResource):
    """One environment. Owns the explicit Azure provider that everything below inherits.

    `outputs` is what the stack exports: what people, pipelines and other tools need to use the platform.
    """

    def __init__(self, settings: PlatformSettings) -> None:
        provider = pulumi_azure_native.Provider(
            "azure",
            subscription_id=settings.azure.subscription_id,
            tenant_id=settings.azure.tenant_id,
        )
        super().__init__(
            f"{PROJECT}:platform:Platform", "platform", None, pulumi.ResourceOptions(providers=[provider])
        )
        inside = pulumi.ResourceOptions(parent=self)

        # Everything stands in one resource group …
        group = ResourceGroup(_planned_context(settings), inside)
        context = _planned_context(settings, group.reference)
        # … logs to one workspace …
        observability = Observability(settings.observability, context, inside)
        # … and is open to the personas of the access table.
        ResourceGroupAccess(context, inside)

        # Azure Machine Learning with the four services under it, training clusters and workstations.
        ml = settings.ml and MachineLearningPlatform(settings.ml, observability, context, inside)
        # Databricks, linked to the ML workspace, with policies, pools, code and jobs.
        databricks = settings.databricks and DatabricksPlatform(settings.databricks, ml, context, inside)
        # AKS, attached to the ML workspace, with the online endpoints.
        serving = settings.serving and ml and ServingPlatform(settings.serving, ml, context, inside)

        # The budget counts the groups that services manage, where most machines are billed.
        parts = [part for part in (databricks, serving) if part]
        managed_groups = [group for part in parts for group in part.managed_resource_groups]
        Budget(settings.budget, managed_groups, settings.today, context, inside)

        self.outputs: dict[str, pulumi.Input[object]] = {
            "resource_group": context.resource_group.name,
            "ml": ml.outputs if ml else None,
            "databricks": databricks.outputs if databricks else None,
            "serving": serving.outputs if serving else None,
        }
        self.register_outputs(self.outputs)


def _planned_context(settings: PlatformSettings, resource_group: Reference | None = None) -> Context:
    """The context; before the resource group exists, with the group as it is planned."""
    naming = Naming(
        workload=settings.environment.workload,
        environment=settings.environment.name,
        location=settings.azure.location,
        unique_seed=settings.azure.subscription_id,
    )
    group_name = naming.name(ResourceKind.RESOURCE_GROUP)
    return Context(
        environment=settings.environment,
        azure=settings.azure,
        naming=naming,
        tags=build_tags(
            workload=settings.environment.workload,
            environment=settings.environment.name,
            owner=settings.tags.owner,
            cost_center=settings.tags.cost_center,
            data_classification=settings.tags.data_classification,
            extra=settings.tags.extra,
        ),
        recovery=settings.recovery,
        network=settings.network,
        access=settings.access,
        resource_group=resource_group
        or Reference(resource_group_id(settings.azure.subscription_id, group_name), group_name),
    )
