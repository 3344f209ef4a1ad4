"""Who may open the workspace's public front end."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
import pulumi_databricks

from infra.context import Context
from infra.databricks.content import WorkspaceContent
from infra.databricks.workspace import Workspace


class IpAccess(WorkspaceContent):
    """Owns the allow list and the switch that makes it count.

    The list must hold the deployer's own address, or the next call is refused ("Unauthorized access to Org").
    """

    def __init__(
        self,
        ip_ranges: Sequence[str],
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("databricks:IpAccess", "databricks-ip-access", workspace, context, opts)
        # A list can be made only after the feature is on (terraform-provider-databricks, ip_access_list).
        switch = pulumi_databricks.WorkspaceConf(
            "databricks-ip-access-switch", custom_config={"enableIpAccessLists": "true"}, opts=self.content()
        )
        pulumi_databricks.IpAccessList(
            "databricks-ip-access-list",
            label=self.object_name("allowed"),
            list_type="ALLOW",
            ip_addresses=list(ip_ranges),
            opts=self.content(depends_on=[switch]),
        )
        self.register_outputs({"ip_ranges": list(ip_ranges)})
