"""Cluster policies: what a cluster may be, for each persona and for jobs."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pulumi
import pulumi_databricks

from infra.context import Context
from infra.conventions.tags import COMPONENT
from infra.databricks.content import WorkspaceContent
from infra.databricks.groups import Groups
from infra.databricks.installed import libraries
from infra.databricks.tracking import Tracking
from infra.databricks.workspace import Workspace
from infra.settings.databricks.clusters import Libraries
from infra.settings.databricks.policies import ClusterKind, ClusterPolicy, PolicyFile
from infra.settings.databricks.policy_document import DATA_SECURITY_MODES, policy_document


class ClusterPolicies(WorkspaceContent):
    """Owns the policies and who may use them. Does not own clusters."""

    def __init__(
        self,
        settings: Mapping[str, ClusterPolicy],
        groups: Groups,
        tracking: Tracking,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__(
            "databricks:ClusterPolicies", "databricks-cluster-policies", workspace, context, opts
        )
        self._tracking = tracking
        self.rules = {key: policy.resolve() for key, policy in settings.items()}
        self.policies = {key: self._policy(key, policy, groups) for key, policy in self.rules.items()}
        self.register_outputs({"policies": sorted(settings)})

    def _policy(self, key: str, policy: PolicyFile, groups: Groups) -> pulumi_databricks.ClusterPolicy:
        for_people = policy.cluster is ClusterKind.ALL_PURPOSE
        resource = pulumi_databricks.ClusterPolicy(
            f"databricks-cluster-policy-{key}",
            name=self.object_name(key),
            description=policy.description,
            definition=self._definition(policy),
            # What a cluster's own request installs goes beside it; a job's tasks bring their own.
            libraries=list(libraries(Libraries(), self._tracking.packages, self._tracking.package_index))
            or None
            if for_people
            else None,
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

    def _definition(self, policy: PolicyFile) -> pulumi.Input[str]:
        """Forces every tag but the component, which each cluster states for itself: a policy that fixed it would refuse
        the clusters of every other component. People's clusters get it as a suggestion, and track as jobs do."""
        forced = {name: value for name, value in self.databricks_tags.items() if name != COMPONENT}
        if policy.cluster is ClusterKind.JOB:
            return json.dumps(policy_document(policy, forced, {}, {}), sort_keys=True)
        own = {COMPONENT: self.databricks_tags[COMPONENT]}
        return pulumi.Output.all(**self._tracking.of_people).apply(
            lambda variables: json.dumps(policy_document(policy, forced, own, variables), sort_keys=True)
        )

    def data_security_mode(self, key: str) -> str:
        """The access mode that a policy fixes."""
        return DATA_SECURITY_MODES[self.rules[key].access_mode]
