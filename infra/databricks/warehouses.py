"""SQL warehouses, and what a BI tool needs to connect to one."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_databricks

from infra.context import Context
from infra.databricks.content import WorkspaceContent
from infra.databricks.groups import Groups
from infra.databricks.workspace import Workspace
from infra.settings.databricks.warehouses import SqlWarehouse

OAUTH_ADDRESS = "jdbc:databricks://{0}:443;httpPath={1};AuthMech=11;Auth_Flow=2"
"""People sign in with a browser; a program gives Auth_Flow=1 with OAuth2ClientId and OAuth2Secret instead
(docs.databricks.com integrations/jdbc/authentication). The service's own `jdbc_url` asks for a personal token, which
hardening switches off."""


class Warehouses(WorkspaceContent):
    """Owns the warehouses and who may query on them. Does not own what is queried: Unity Catalog grants that."""

    def __init__(
        self,
        settings: Mapping[str, SqlWarehouse],
        groups: Groups,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("databricks:Warehouses", "databricks-sql-warehouses", workspace, context, opts)
        self.warehouses = {key: self._warehouse(key, item, groups) for key, item in settings.items()}
        self.connections = {
            key: {
                "jdbc_url": pulumi.Output.format(
                    OAUTH_ADDRESS, warehouse.odbc_params.hostname, warehouse.odbc_params.path
                ),
                "server_hostname": warehouse.odbc_params.hostname,
                "http_path": warehouse.odbc_params.path,
            }
            for key, warehouse in self.warehouses.items()
        }
        self.register_outputs({"warehouses": sorted(settings)})

    def _warehouse(self, key: str, settings: SqlWarehouse, groups: Groups) -> pulumi_databricks.SqlEndpoint:
        warehouse = pulumi_databricks.SqlEndpoint(
            f"databricks-sql-warehouse-{key}",
            name=self.object_name(key),
            cluster_size=settings.size,
            min_num_clusters=settings.min_clusters,
            max_num_clusters=settings.max_clusters,
            auto_stop_mins=settings.auto_stop_minutes,
            # Said, because the default follows a workspace setting; serverless needs PRO.
            enable_serverless_compute=settings.serverless,
            warehouse_type="PRO",
            enable_photon=True,
            spot_instance_policy="RELIABILITY_OPTIMIZED",
            tags=pulumi_databricks.SqlEndpointTagsArgs(
                custom_tags=[
                    pulumi_databricks.SqlEndpointTagsCustomTagArgs(key=name, value=value)
                    for name, value in sorted(self.databricks_tags.items())
                ]
            ),
            # Starting one takes 10 to 20 minutes, and nothing here needs it started.
            no_wait=True,
            opts=self.content(),
        )
        pulumi_databricks.Permissions(
            f"databricks-sql-warehouse-{key}-permissions",
            sql_endpoint_id=warehouse.id,
            access_controls=groups.entries(settings.permissions, jobs="CAN_USE"),
            opts=self.content(),
        )
        return warehouse
