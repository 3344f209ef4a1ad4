"""Who calls the workspace for a data factory."""

from __future__ import annotations

from collections.abc import Collection

import pulumi

from infra.access.identity import Identity
from infra.access.identity_purpose import IdentityPurpose
from infra.context import Context
from infra.databricks.content import WorkspaceContent
from infra.databricks.workspace import Workspace


class FactoryCaller(WorkspaceContent):
    """Owns an identity for the factory's calls and its membership of the workspace. Does not own its role in Azure,
    which makes it an admin of the workspace: no job has to list it.

    Not the factory's own identity, whose application id is in no output of Azure: nothing inside the workspace could
    be given to it.
    """

    def __init__(
        self, jobs: Collection[str], workspace: Workspace, context: Context, opts: pulumi.ResourceOptions
    ) -> None:
        """`jobs`: keys of those that pipelines run."""
        super().__init__("databricks:FactoryCaller", "databricks-factory-caller", workspace, context, opts)
        self.jobs = frozenset(jobs)
        self.identity = Identity(self, IdentityPurpose.DATA_FACTORY_DATABRICKS)
        self.register_outputs({"jobs": sorted(self.jobs)})

    def join(self) -> None:
        """Make it a member, with the content: the deployer must reach the workspace's front end."""
        self.member("databricks-factory-caller", self.identity.resource.client_id, "data-factory")
