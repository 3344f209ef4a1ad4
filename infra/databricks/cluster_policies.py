"""Cluster policies: what a job's cluster may be."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pulumi
import pulumi_databricks

from infra.context import Context
from infra.conventions.tags import databricks_tags
from infra.databricks.content import WorkspaceContent
from infra.databricks.service_principal import JobsServicePrincipal
from infra.databricks.workspace import Workspace
from infra.settings import databricks as settings_of

DATA_SECURITY_MODE = "SINGLE_USER"
"""Dedicated access mode: ML runtimes need it, and Unity Catalog needs some mode."""


class ClusterPolicies(WorkspaceContent):
    """Owns the policies and who may use them. Does not own clusters."""

    def __init__(
        self,
        settings: Mapping[str, settings_of.ClusterPolicy],
        principal: JobsServicePrincipal,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__(
            "databricks:ClusterPolicies", "databricks-cluster-policies", workspace, context, opts
        )
        self.policies = {key: self._policy(key, policy, principal) for key, policy in settings.items()}
        self.register_outputs({"policies": sorted(settings)})

    def _policy(
        self, key: str, settings: settings_of.ClusterPolicy, principal: JobsServicePrincipal
    ) -> pulumi_databricks.ClusterPolicy:
        policy = pulumi_databricks.ClusterPolicy(
            f"databricks-cluster-policy-{key}",
            name=self.object_name(key),
            definition=json.dumps(definition(settings, databricks_tags(self.context.tags)), sort_keys=True),
            opts=self.content(),
        )
        pulumi_databricks.Permissions(
            f"databricks-cluster-policy-{key}-permissions",
            cluster_policy_id=policy.id,
            access_controls=[principal.may("CAN_USE")],
            opts=self.content(),
        )
        return policy


def definition(
    settings: settings_of.ClusterPolicy, tags: Mapping[str, str]
) -> Mapping[str, Mapping[str, object]]:
    """The policy document (learn.microsoft.com databricks/admin/clusters/policy-definition).

    The node type is optional because a cluster that draws from a pool must leave it out.
    """
    node_types: Mapping[str, object] = {
        "type": "allowlist",
        "values": sorted(settings.node_types),
        "isOptional": True,
    }
    return {
        "cluster_type": {"type": "fixed", "value": "job"},
        "spark_version": {"type": "allowlist", "values": sorted(settings.runtimes)},
        "node_type_id": node_types,
        "driver_node_type_id": node_types,
        "num_workers": {"type": "range", "maxValue": settings.max_workers, "isOptional": True},
        "autoscale.max_workers": {"type": "range", "maxValue": settings.max_workers, "isOptional": True},
        "dbus_per_hour": {"type": "range", "maxValue": settings.max_dbu_per_hour},
        "data_security_mode": {"type": "fixed", "value": DATA_SECURITY_MODE},
        **{f"custom_tags.{name}": {"type": "fixed", "value": value} for name, value in tags.items()},
    }
