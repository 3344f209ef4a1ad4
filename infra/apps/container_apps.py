"""Container Apps: APIs and front ends that call the scoring endpoints with an identity of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
from pulumi_azure_native import app, authorization

from azure_facts.regions import REGIONS
from infra.access.grants import grant_identity
from infra.access.identity import Identity
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.table import AccessScope
from infra.apps.app_template import PROFILE, Called, app_template
from infra.component import LONG_TIMEOUTS, Component
from infra.context import Context, Reference
from infra.conventions.address_plan import SubnetPurpose
from infra.conventions.name_rules import ResourceKind
from infra.foundation.diagnostics import send_diagnostics
from infra.foundation.private_link import PrivateLink, private_endpoint
from infra.settings import apps as settings_of


@dataclass(frozen=True)
class AppDependencies:
    """What apps call and pull from; None without ml."""

    ml_workspace: Reference | None
    container_registry: Reference | None
    endpoints: Mapping[str, Reference]
    """Online endpoints by key."""
    scoring_uris: Mapping[str, pulumi.Output[str]]
    """Their addresses."""

    def called(self, settings: settings_of.App) -> Called | None:
        """What an app scores with."""
        keys = self.endpoints if settings.calls is None else settings.calls
        if not keys or self.ml_workspace is None:
            return None
        return Called(
            self.ml_workspace,
            {key: self.endpoints[key].known_name for key in keys},
            {key: self.scoring_uris[key] for key in keys},
        )


class ContainerApps(Component):
    """Owns the environment, the apps, their identities and rights, and the sign-in before them.

    Does not own images: a release puts them there (az containerapp update --image), and this program leaves them alone.
    An update sends the whole app, with the image that the state holds: `make deploy` reads the released one first.
    The service keeps a group of its own beside ours, which the budget counts.
    Azure cannot change later: names, the environment's subnet and its group.
    """

    def __init__(
        self,
        settings: settings_of.Apps,
        around: AppDependencies,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("apps:ContainerApps", "container-apps", context, opts)
        self.managed_resource_group = context.naming.name(
            ResourceKind.RESOURCE_GROUP, "apps-managed", generation=settings.generation
        )
        self.environment, self.domain = self._environment(settings)
        send_diagnostics(self, "container-apps", self.environment)
        private_endpoint(self, "container-apps", self.environment, PrivateLink.CONTAINER_APPS)
        self.references: dict[str, Reference] = {}
        self.urls = {key: self._app(key, item, around) for key, item in settings.apps.items()}
        self.register_outputs({"urls": self.urls})

    def _environment(self, settings: settings_of.Apps) -> tuple[Reference, pulumi.Output[str]]:
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
            # Zones need a subnet of ours, and a region that has them.
            zone_redundant=private is not None and REGIONS[context.azure.location].has_availability_zones,
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
        return Reference(environment_id, name, (environment,)), environment.default_domain

    def _app(self, key: str, settings: settings_of.App, around: AppDependencies) -> pulumi.Output[str]:
        context = self.context
        identity = Identity(self, f"app-{key}")
        called = around.called(settings)
        rights = self._rights(key, identity, called, around.container_registry)
        name = context.naming.name(ResourceKind.CONTAINER_APP, key)
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
            configuration=_configuration(settings, identity, around.container_registry),
            template=app_template(key, settings, identity, called),
            tags=self.tags,
            opts=self.child(
                depends_on=rights,
                # The image is the release's; its first revision replaces the placeholder.
                ignore_changes=["template.containers[0].image"],
                immutable=["managedEnvironmentId"],
            ),
        )
        reference = Reference(context.arm.container_app_id(name), name, (resource,))
        self.verify(reference.id, resource)
        sign_in = self._sign_in(key, settings, reference)
        self.references[key] = reference.after(sign_in)
        # Not the latest revision's address, which is another with each release.
        return self.domain.apply(lambda domain: f"https://{name}.{domain}")

    def _rights(
        self, key: str, identity: Identity, called: Called | None, registry: Reference | None
    ) -> list[authorization.RoleAssignment]:
        """What the app's identity must hold before its first revision pulls and scores."""
        scopes = [
            (AccessScope.ML_WORKSPACE, Condition.APP_CALLS, called.ml_workspace if called else None),
            (AccessScope.CONTAINER_REGISTRY, Condition.APP, registry),
        ]
        return [
            grant
            for kind, condition, scope in scopes
            if scope
            for grant in grant_identity(
                self, IdentityPurpose.APP, identity.principal, kind, scope, {condition}, part=key
            )
        ]

    def _sign_in(self, key: str, settings: settings_of.App, target: Reference) -> app.ContainerAppsAuthConfig:
        sign_in = settings.sign_in
        if sign_in is None:
            raise pulumi.RunError(f"apps.apps.{key}.sign_in: is missing")
        tenant = self.context.azure.tenant_id
        return app.ContainerAppsAuthConfig(
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


def _configuration(
    settings: settings_of.App, identity: Identity, registry: Reference | None
) -> app.ConfigurationArgs:
    """One revision at a time, asked over HTTPS only; the image is pulled with the app's identity."""
    return app.ConfigurationArgs(
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
    )
