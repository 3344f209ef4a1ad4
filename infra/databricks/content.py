"""The form of components whose resources stand inside the Databricks workspace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi

from infra.component import Component
from infra.context import Context
from infra.conventions.name_rules import ResourceKind
from infra.conventions.tags import databricks_tags
from infra.databricks.workspace import Workspace

ANY_OBJECT = "databricks:index/job:Job"
"""Stands, in the table of retries, for every type that has no row of its own: a new workspace's name may not resolve
yet, whatever is made in it first."""


class WorkspaceContent(Component):
    """Resources of one kind inside the workspace, made through its explicit provider."""

    def __init__(
        self, kind: str, name: str, workspace: Workspace, context: Context, opts: pulumi.ResourceOptions
    ) -> None:
        super().__init__(kind, name, context, opts)
        self.workspace = workspace
        self.databricks_tags: Mapping[str, str] = databricks_tags(self.tags)

    def object_name(self, key: str) -> str:
        """The name that people see in the workspace."""
        return self.context.naming.name(ResourceKind.DATABRICKS_OBJECT, key)

    def content(
        self, *, depends_on: Sequence[pulumi.Resource] = (), retry: str = ANY_OBJECT
    ) -> pulumi.ResourceOptions:
        """Options of a resource inside the workspace: it goes, and is made anew, with the workspace. `retry` is its
        type token where the table of retries has a row for it.

        Set on each resource, never on a component: the real engine hands it down to children, the SDK's mocks
        do not. Without `deleted_with`, destroying would call into a workspace that is gone.
        """
        options = self.child(depends_on=[*self.workspace.federated, *depends_on], retry=retry)
        options.provider = self.workspace.provider
        options.deleted_with = self.workspace.resource
        options.replace_with = [self.workspace.resource]
        return options
