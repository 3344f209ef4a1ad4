"""Databricks attached to the ML workspace as compute: a component of its own, because it needs both."""

from __future__ import annotations

import pulumi
import pulumi_databricks
from pulumi_azure_native import machinelearningservices

from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.known import once_known
from infra.conventions.name_rules import ResourceKind
from infra.databricks.service_principal import JobsServicePrincipal
from infra.databricks.workspace import Workspace
from infra.settings.databricks.machine_learning import LinkedCompute as LinkedComputeSettings

SECONDS_A_DAY = 24 * 60 * 60


class LinkedCompute(Component):
    """Owns the provider that signs in as the jobs' principal, its token, and the attached compute.

    Only SDK v1 pipelines can use the compute (`DatabricksStep`; SDK v2 has no such step). Azure ML does not
    watch the token's end: a run then says 403 "Invalid access token". A changed `rotation` makes a new token
    and sends it.
    """

    def __init__(
        self,
        settings: LinkedComputeSettings,
        principal: JobsServicePrincipal,
        workspace: Workspace,
        tokens_enabled: pulumi.Resource,
        ml_workspace: Reference,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        """`tokens_enabled`: the workspace's switches; without them creating a token is refused."""
        super().__init__("databricks:LinkedCompute", "databricks-linked-compute", context, opts)
        token = self._token(settings, principal, workspace, tokens_enabled)
        name = context.naming.name(ResourceKind.ML_ATTACHED_COMPUTE, "dbw")
        compute = machinelearningservices.Compute(
            "databricks-attached-compute",
            compute_name=name,
            resource_group_name=context.resource_group.known_name,
            workspace_name=ml_workspace.known_name,
            location=context.azure.location,
            properties=machinelearningservices.DatabricksArgs(
                compute_type="Databricks",
                resource_id=workspace.ready.known_id,
                properties=machinelearningservices.DatabricksPropertiesArgs(
                    # The API's specification does not call it sensitive, so the provider does not either.
                    databricks_access_token=pulumi.Output.secret(token.token_value),
                    workspace_url=workspace.url,
                ),
            ),
            tags=self.tags,
            opts=pulumi.ResourceOptions.merge(
                # Attaching again is not idempotent: tags are sent once.
                self.child(ignore_changes=["tags"], immutable=["properties.resourceId"]),
                pulumi.ResourceOptions(additional_secret_outputs=["properties"]),
            ),
        )
        self.verify(context.arm.ml_compute_id(ml_workspace.name, name), compute)
        self.register_outputs({"compute_name": name})

    def _token(
        self,
        settings: LinkedComputeSettings,
        principal: JobsServicePrincipal,
        workspace: Workspace,
        tokens_enabled: pulumi.Resource,
    ) -> pulumi_databricks.Token:
        """Made as the principal: a token belongs to its creator, and on Azure nobody can create one on
        another's behalf (terraform-provider-databricks docs/resources/obo_token.md).

        The principal is a member of the workspace and has no role in Azure, so it cannot look up the host
        (databricks-sdk-go config/azure.go): it is given as soon as it is known, and with the number no preview asks.
        """
        host = once_known(workspace.url.apply(lambda url: f"https://{url}"))
        provider = pulumi_databricks.Provider(
            "databricks-linked-compute",
            auth_type="azure-client-secret",
            azure_client_id=principal.application_id,
            azure_client_secret=pulumi.Output.secret(settings.client_secret.get_secret_value()),
            azure_tenant_id=self.context.azure.tenant_id,
            host=host,
            workspace_id=workspace.number,
            # In the first preview, which calls nothing, and a provider without any workspace is refused.
            azure_workspace_resource_id=pulumi.Output.all(host, workspace.ready.known_id).apply(
                lambda known: None if known[0] else known[1]
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )
        options = self.child(
            depends_on=[principal.resource, tokens_enabled], retry="databricks:index/job:Job"
        )
        options.provider = provider
        options.deleted_with = workspace.resource
        options.replace_with = [workspace.resource]
        return pulumi_databricks.Token(
            "databricks-linked-compute-token",
            # Both force a new token; without the stamp none would follow until the old one is refused.
            comment=f"Azure ML linked compute, {settings.rotation}",
            lifetime_seconds=settings.token_lifetime_days * SECONDS_A_DAY,
            opts=options,
        )
