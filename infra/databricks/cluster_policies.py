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
from infra.databricks.workspace import Workspace
from infra.settings.databricks.policies import ClusterKind, ClusterPolicy, PolicyFile
from infra.settings.databricks.policy_document import DATA_SECURITY_MODES, PolicyDocument, policy_document


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
            definition=json.dumps(self._document(policy), sort_keys=True),
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

    def _document(self, policy: PolicyFile) -> PolicyDocument:
        """Forces every tag but the component, which each cluster states for itself: a policy that fixed it would refuse
        the clusters of every other component. People's clusters get it as a suggestion."""
        forced = {name: value for name, value in self.databricks_tags.items() if name != COMPONENT}
        own = {COMPONENT: self.databricks_tags[COMPONENT]}
        return policy_document(policy, forced, own if policy.cluster is ClusterKind.ALL_PURPOSE else {})

    def data_security_mode(self, key: str) -> str:
        """The access mode that a policy fixes."""
        return DATA_SECURITY_MODES[self.rules[key].access_mode]
