"""The factory itself, its network, and the runtimes that its work runs on."""

from __future__ import annotations

import pulumi
from pulumi_azure_native import datafactory

from azure_facts.arm_ids import child_id
from infra.access.principal import Principal
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.data.data_factory.factory_dependencies import FactoryDependencies
from infra.data.data_factory.managed_network import managed_network, what_is_reached
from infra.foundation.diagnostics import send_diagnostics
from infra.foundation.encryption import CustomerManagedKey
from infra.foundation.private_link import PrivateLink, private_endpoint
from infra.settings import data_factory as settings_of
from infra.settings.sources import SourceKind


class Factory(Component):
    """Owns the factory, its managed network with private endpoints, and its integration runtimes.

    Does not own what it reaches, nor pipelines. A managed private endpoint is a request: the owner of the target
    approves it, once (docs/data.md). Data Factory has no delete lock and no soft delete: it holds no data.
    Azure cannot change later: name, location, whether a key of ours encrypts it.
    """

    def __init__(
        self,
        settings: settings_of.DataFactory,
        around: FactoryDependencies,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("data:DataFactory", "data-factory", context, opts)
        name = context.naming.name(ResourceKind.DATA_FACTORY, generation=settings.generation)
        factory_id = context.arm.data_factory_id(name)
        self.resource = self._factory(name, settings, around)
        self.verify(factory_id, self.resource)
        self.reference = Reference(factory_id, name, (self.resource,))
        self.principal = Principal(
            self.reference.id, self.resource.identity.apply(_principal_id), "ServicePrincipal"
        )
        send_diagnostics(self, "data-factory", self.reference)
        needs_own = any(source.kind is SourceKind.ODBC for source in around.sources.values())
        private_endpoint(self, "data-factory-portal", self.reference, PrivateLink.DATA_FACTORY_PORTAL)
        if needs_own:
            # Machines of one's own take their commands there (learn.microsoft.com data-factory-private-link).
            private_endpoint(self, "data-factory", self.reference, PrivateLink.DATA_FACTORY)
        reached = what_is_reached(around, everything=not context.is_public)
        self.managed_runtime = managed_network(self, self.reference, reached) if reached else None
        self.self_hosted_runtime = self._self_hosted() if needs_own else None
        self.register_outputs({"factory_id": self.reference.id})

    def _factory(
        self, name: str, settings: settings_of.DataFactory, around: FactoryDependencies
    ) -> datafactory.Factory:
        context = self.context
        return datafactory.Factory(
            "data-factory",
            factory_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            identity=_identity(around),
            encryption=_encryption(around.encryption_key),
            public_network_access=context.public_access,
            repo_configuration=_repository(settings.git) if settings.git else None,
            global_parameters=_global_parameters(around, context),
            tags=self.tags,
            # A factory takes a key of ours only while it is empty, and never gives it back.
            opts=self.stateful_child(immutable=["encryption"]),
        )

    def _self_hosted(self) -> Reference:
        """For what no cloud reaches: its machines are installed with a key (az datafactory
        integration-runtime list-auth-key)."""
        name = self.context.naming.name(ResourceKind.DATA_FACTORY_INTEGRATION_RUNTIME, "self-hosted")
        runtime = datafactory.IntegrationRuntime(
            "data-factory-self-hosted-runtime",
            factory_name=self.reference.known_name,
            resource_group_name=self.context.resource_group.known_name,
            integration_runtime_name=name,
            properties=datafactory.SelfHostedIntegrationRuntimeArgs(
                type="SelfHosted", description="Machines of our own, with the drivers that sources need"
            ),
            opts=self.child(),
        )
        return Reference(child_id(self.reference.id, "integrationRuntimes", name), name, (runtime,))


def _identity(around: FactoryDependencies) -> datafactory.FactoryIdentityArgs:
    """Its own, with which it works; the one that may use our key, since its own is made with the factory
    (learn.microsoft.com data-factory enable-customer-managed-key, during factory creation); and the one that Databricks
    knows."""
    kinds = datafactory.FactoryIdentityType
    key, caller = around.encryption_key, around.databricks.caller if around.databricks else None
    others = [identity for identity in (key.identity if key else None, caller) if identity]
    if not others:
        return datafactory.FactoryIdentityArgs(type=kinds.SYSTEM_ASSIGNED)
    return datafactory.FactoryIdentityArgs(
        type=kinds.SYSTEM_ASSIGNED_USER_ASSIGNED,
        user_assigned_identities=pulumi.Output.all(*[one.reference.known_id for one in others]).apply(
            lambda ids: {item: {} for item in ids}
        ),
    )


def _encryption(key: CustomerManagedKey | None) -> datafactory.EncryptionConfigurationArgs | None:
    """Without a version: the newest when the factory is made; a rotated key's older versions go on opening."""
    if key is None:
        return None
    return datafactory.EncryptionConfigurationArgs(
        vault_base_url=key.vault_uri,
        key_name=key.key.known_name,
        identity=datafactory.CMKIdentityDefinitionArgs(
            user_assigned_identity=key.identity.reference.known_id
        ),
    )


def _repository(
    git: settings_of.Git,
) -> datafactory.FactoryGitHubConfigurationArgs | datafactory.FactoryVSTSConfigurationArgs:
    # Publishing is off: it would overwrite what this program deploys with what somebody drew.
    if git.host is settings_of.GitHost.GITHUB:
        return datafactory.FactoryGitHubConfigurationArgs(
            type="FactoryGitHubConfiguration",
            account_name=git.account,
            repository_name=git.repository,
            collaboration_branch=git.branch,
            root_folder=git.root_folder,
            disable_publish=True,
        )
    return datafactory.FactoryVSTSConfigurationArgs(
        type="FactoryVSTSConfiguration",
        account_name=git.account,
        project_name=git.project or "",
        repository_name=git.repository,
        collaboration_branch=git.branch,
        root_folder=git.root_folder,
        disable_publish=True,
    )


def _global_parameters(
    around: FactoryDependencies, context: Context
) -> dict[str, datafactory.GlobalParameterSpecificationArgs]:
    """What differs between environments, by one name in all of them."""
    values: dict[str, pulumi.Input[str]] = {"environment": context.environment.name}
    if around.lake:
        values["lakeUrl"] = around.lake.account.known_name.apply(
            lambda name: f"https://{name}.dfs.core.windows.net"
        )
    return {
        name: datafactory.GlobalParameterSpecificationArgs(
            type=datafactory.GlobalParameterType.STRING, value=value
        )
        for name, value in values.items()
    }


def _principal_id(identity: datafactory.outputs.FactoryIdentityResponse | None) -> str:
    if identity is None or identity.principal_id is None:
        raise pulumi.RunError("the data factory came back without an identity")
    return identity.principal_id
