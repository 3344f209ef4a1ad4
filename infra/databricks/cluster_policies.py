"""Cluster policies: what a cluster may be, for each persona and for jobs."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pulumi
import pulumi_databricks

from infra.context import Context
from infra.databricks.content import WorkspaceContent
from infra.databricks.groups import Groups
from infra.databricks.workspace import Workspace
from infra.settings.databricks.policies import AccessMode, ClusterPolicy, PolicyFile, SpotRule

DATA_SECURITY_MODES = {AccessMode.DEDICATED: "SINGLE_USER", AccessMode.STANDARD: "USER_ISOLATION"}
"""Dedicated access mode: ML runtimes need it; Unity Catalog needs one of the two."""


class ClusterPolicies(WorkspaceContent):
    """Owns the policies and who may use them. Does not own clusters."""

    def __init__(
        self,
        settings: Mapping[str, ClusterPolicy],
        groups: Groups,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__(
            "databricks:ClusterPolicies", "databricks-cluster-policies", workspace, context, opts
        )
        self.rules = {key: policy.resolve() for key, policy in settings.items()}
        self.policies = {key: self._policy(key, policy, groups) for key, policy in self.rules.items()}
        self.register_outputs({"policies": sorted(settings)})

    def _policy(self, key: str, policy: PolicyFile, groups: Groups) -> pulumi_databricks.ClusterPolicy:
        resource = pulumi_databricks.ClusterPolicy(
            f"databricks-cluster-policy-{key}",
            name=self.object_name(key),
            description=policy.description,
            definition=json.dumps(definition(policy, self.databricks_tags), sort_keys=True),
            max_clusters_per_user=policy.max_clusters_per_user,
            opts=self.content(),
        )
        people = {persona: "CAN_USE" for persona in policy.used_by if persona in groups.names}
        entries = groups.entries(people, jobs="CAN_USE" if policy.used_by_jobs else None)
        if entries:
            pulumi_databricks.Permissions(
                f"databricks-cluster-policy-{key}-permissions",
                cluster_policy_id=resource.id,
                access_controls=entries,
                opts=self.content(),
            )
        return resource

    def data_security_mode(self, key: str) -> str:
        """The access mode that a policy fixes."""
        return DATA_SECURITY_MODES[self.rules[key].access_mode]


def definition(policy: PolicyFile, tags: Mapping[str, str]) -> Mapping[str, Mapping[str, object]]:
    """The policy document (learn.microsoft.com databricks/admin/clusters/policy-definition).

    Node type and availability are optional because a cluster that draws from a pool must leave them out.
    """
    node_types: Mapping[str, object] = {
        "type": "allowlist",
        "values": list(policy.node_types),
        "isOptional": True,
    }
    availability = ["ON_DEMAND_AZURE"]
    if policy.spot is SpotRule.WITH_FALLBACK:
        availability.append("SPOT_WITH_FALLBACK_AZURE")
    document: dict[str, Mapping[str, object]] = {
        "cluster_type": {"type": "fixed", "value": str(policy.cluster)},
        "spark_version": {"type": "allowlist", "values": sorted(policy.runtimes)},
        "node_type_id": node_types,
        "driver_node_type_id": node_types,
        "num_workers": {"type": "range", "maxValue": policy.max_workers, "isOptional": True},
        "autoscale.max_workers": {"type": "range", "maxValue": policy.max_workers, "isOptional": True},
        "dbus_per_hour": {"type": "range", "maxValue": policy.max_dbu_per_hour},
        "azure_attributes.availability": {"type": "allowlist", "values": availability, "isOptional": True},
        "azure_attributes.first_on_demand": {"type": "range", "minValue": 1, "isOptional": True},
        "data_security_mode": {"type": "fixed", "value": DATA_SECURITY_MODES[policy.access_mode]},
    }
    if policy.auto_termination_minutes:
        bounds = policy.auto_termination_minutes
        document["autotermination_minutes"] = {
            "type": "range",
            "minValue": bounds.minimum,
            "maxValue": bounds.maximum,
            "defaultValue": bounds.default,
        }
    forced = {**tags, **policy.forced_tags}
    document |= {f"custom_tags.{name}": {"type": "fixed", "value": value} for name, value in forced.items()}
    return document
