"""Container Apps: APIs and front ends that call the scoring endpoints with an identity of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
from pulumi_azure_native import app

from infra.access.grants import grant_identity
from infra.access.identity import Identity
from infra.access.identity_table import Condition, IdentityPurpose
from infra.access.table import AccessScope
from infra.component import LONG_TIMEOUTS, Component
from infra.context import Context, Reference
from infra.conventions.address_plan import SubnetPurpose
from infra.conventions.name_rules import ResourceKind
from infra.foundation.diagnostics import send_diagnostics
from infra.foundation.private_link import PrivateLink, private_endpoint
from infra.settings import apps as settings_of

PROFILE = "Consumption"


@dataclass(frozen=True)
class AppSurroundings:
    """What apps call and pull from; None without ml."""

    ml_workspace: Reference | None
    container_registry: Reference | None


class ContainerApps(Component):
    """Owns the environment, the apps, their identities and rights, and the sign-in before them.

    Does not own images: a release puts them there (az containerapp update --image), and this program leaves them alone.
    The service keeps a group of its own beside ours, which the budget counts.
    Azure cannot change later: names, the environment's subnet and its group.
    """

    def __init__(
        self,
        settings: settings_of.Apps,
        around: AppSurroundings,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("apps:ContainerApps", "container-apps", context, opts)
        self.managed_resource_group = context.naming.name(
            ResourceKind.RESOURCE_GROUP, "apps-managed", generation=settings.generation
        )
        self.environment = self._environment(settings)
        send_diagnostics(self, "container-apps", self.environment)
        private_endpoint(self, "container-apps", self.environment, PrivateLink.CONTAINER_APPS)
        self.urls = {key: self._app(key, item, around) for key, item in settings.apps.items()}
        self.register_outputs({"urls": self.urls})

    def _environment(self, settings: settings_of.Apps) -> Reference:
        context, private = self.context, self.context.private
        name = context.naming.name(ResourceKind.CONTAINER_APP_ENVIRONMENT, generation=settings.generation)
        environment_id = context.arm.container_app_environment_id(name)
        environment = app.ManagedEnvironment(
            "container-apps",
            environment_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            infrastructure_resource_group=self.managed_resource_group,
            # By diagnostic settings: the other way needs the Log Analytics workspace's key.
            app_logs_configuration=app.AppLogsConfigurationArgs(destination="azure-monitor"),
            workload_profiles=[app.WorkloadProfileArgs(name=PROFILE, workload_profile_type=PROFILE)],
            public_network_access=context.public_access,
            vnet_configuration=(
                app.VnetConfigurationArgs(
                    infrastructure_subnet_id=private.subnets[SubnetPurpose.CONTAINER_APPS].known_id,
                    # A private endpoint needs an environment that is not internal; public access is off.
                    internal=False,
                )
                if private
                else None
            ),
            # Zones need a subnet of ours.
            zone_redundant=private is not None,
            tags=self.tags,
            opts=self.child(
                immutable=[
                    "infrastructureResourceGroup",
                    "vnetConfiguration.infrastructureSubnetId",
                    "zoneRedundant",
                ],
                custom_timeouts=LONG_TIMEOUTS,
            ),
        )
        self.verify(environment_id, environment)
        return Reference(environment_id, name, (environment,))

    def _app(self, key: str, settings: settings_of.App, around: AppSurroundings) -> pulumi.Output[str]:
        context = self.context
        identity = Identity(self, f"app-{key}")
        rights: list[pulumi.Resource] = []
        for kind, scope in (
            (AccessScope.ML_WORKSPACE, around.ml_workspace),
            (AccessScope.CONTAINER_REGISTRY, around.container_registry),
        ):
            if scope:
                rights += grant_identity(
                    self, IdentityPurpose.APP, identity.principal, kind, scope, {Condition.APP}, part=key
                )
        name = context.naming.name(ResourceKind.CONTAINER_APP, key)
        registry = around.container_registry
        resource = app.ContainerApp(
            f"app-{key}",
            container_app_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            managed_environment_id=self.environment.known_id,
            workload_profile_name=PROFILE,
            identity=app.ManagedServiceIdentityArgs(
                type=app.ManagedServiceIdentityType.USER_ASSIGNED,
                user_assigned_identities=[identity.reference.known_id],
            ),
            configuration=app.ConfigurationArgs(
                active_revisions_mode=app.ActiveRevisionsMode.SINGLE,
                ingress=app.IngressArgs(
                    external=True, target_port=settings.port, allow_insecure=False, transport="auto"
                ),
                registries=(
                    [
                        app.RegistryCredentialsArgs(
                            server=registry.known_name.apply(lambda item: f"{item}.azurecr.io"),
                            identity=identity.reference.known_id,
                        )
                    ]
                    if registry
                    else None
                ),
            ),
            template=_template(key, settings, identity),
            tags=self.tags,
            opts=self.child(
                depends_on=rights,
                # The image is the release's; its first revision replaces the placeholder.
                ignore_changes=["template.containers[0].image"],
                immutable=["managedEnvironmentId"],
            ),
        )
        self.verify(context.arm.container_app_id(name), resource)
        self._sign_in(key, settings, Reference(context.arm.container_app_id(name), name, (resource,)))
        return resource.latest_revision_fqdn

    def _sign_in(self, key: str, settings: settings_of.App, target: Reference) -> None:
        sign_in = settings.sign_in
        if sign_in is None:
            raise pulumi.RunError(f"apps.apps.{key}.sign_in: is missing")
        tenant = self.context.azure.tenant_id
        app.ContainerAppsAuthConfig(
            f"app-{key}-sign-in",
            container_app_name=target.known_name,
            resource_group_name=self.context.resource_group.known_name,
            # The only name that takes effect.
            auth_config_name="current",
            platform=app.AuthPlatformArgs(enabled=True),
            global_validation=app.GlobalValidationArgs(
                unauthenticated_client_action=(
                    app.UnauthenticatedClientActionV2.REDIRECT_TO_LOGIN_PAGE
                    if sign_in.redirect
                    else app.UnauthenticatedClientActionV2.RETURN401
                ),
                redirect_to_provider="azureactivedirectory" if sign_in.redirect else None,
            ),
            identity_providers=app.IdentityProvidersArgs(
                azure_active_directory=app.AzureActiveDirectoryArgs(
                    enabled=True,
                    registration=app.AzureActiveDirectoryRegistrationArgs(
                        client_id=sign_in.client_id,
                        open_id_issuer=f"https://login.microsoftonline.com/{tenant}/v2.0",
                    ),
                    validation=app.AzureActiveDirectoryValidationArgs(
                        allowed_audiences=[sign_in.client_id, f"api://{sign_in.client_id}"]
                    ),
                )
            ),
            http_settings=app.HttpSettingsArgs(require_https=True),
            opts=self.child(),
        )


def _template(key: str, settings: settings_of.App, identity: Identity) -> app.TemplateArgs:
    variables: Sequence[tuple[str, pulumi.Input[str]]] = (
        # Which of its identities the SDKs sign in with.
        ("AZURE_CLIENT_ID", identity.resource.client_id),
        *settings.environment.items(),
    )
    return app.TemplateArgs(
        containers=[
            app.ContainerArgs(
                name=key,
                image=settings_of.PLACEHOLDER_IMAGE,
                resources=app.ContainerResourcesArgs(cpu=settings.cpu, memory=f"{settings.cpu * 2:g}Gi"),
                env=[app.EnvironmentVarArgs(name=name, value=value) for name, value in variables],
            )
        ],
        scale=app.ScaleArgs(
            min_replicas=0,
            max_replicas=settings.max_replicas,
            rules=[
                app.ScaleRuleArgs(
                    name="requests",
                    http=app.HttpScaleRuleArgs(
                        metadata={"concurrentRequests": str(settings.concurrent_requests)}
                    ),
                )
            ],
        ),
    )
