"""AI services on the scoring cluster: Flux brings their manifests from git, the stack tells them what they need."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
from pulumi_azure_native import kubernetesconfiguration, managedidentity

from infra.access.grants import grant_identity
from infra.access.identity import Identity
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.table import AccessScope
from infra.apps.billed import PORT, BilledService
from infra.component import LONG_TIMEOUTS, Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.serving.flux import flux_extension, git_credentials, git_repository, kustomization
from infra.serving.platform import AttachedCluster
from infra.settings import apps as settings_of

NAMESPACE = "ai-services"


class AiOnKubernetes(Component):
    """Owns Flux on the cluster, what it follows, and the identity with which pods read the accounts' keys.

    Does not own the manifests: they lie in a repository of yours that begins as `templates/flux-repository`. One folder
    serves every service: it is applied once for each, with that one's values put in for its variables. The key is none
    of them; the pod takes it from the Key Vault.
    Azure cannot change later: the configuration's namespace and scope.
    """

    def __init__(
        self,
        services: Mapping[str, BilledService],
        git: settings_of.AiServiceManifests,
        key_vault: Reference,
        cluster: AttachedCluster,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("apps:AiOnKubernetes", "ai-on-kubernetes", context, opts)
        self.cluster = cluster
        self.key_vault = key_vault
        self.identity = Identity(self, "ai-services")
        readers: list[pulumi.Resource] = [*self._trust(services)]
        for key, service in services.items():
            readers += grant_identity(
                self,
                IdentityPurpose.AI_SERVICES,
                self.identity.principal,
                AccessScope.KEY_VAULT_SECRET,
                service.key_secret,
                {Condition.AI_SERVICE_ON_AKS},
                part=key,
            )
        extension = cluster.flux or flux_extension(self, cluster.cluster)
        self._configuration(services, git, [extension, *readers])
        # As other pods of the cluster call it.
        self.urls = {key: f"http://{key}.{NAMESPACE}.svc.cluster.local:{PORT}" for key in services}
        self.register_outputs({"urls": self.urls})

    def _trust(self, services: Mapping[str, BilledService]) -> list[pulumi.Resource]:
        """Each service has a service account of its own, so that removing one leaves the others theirs."""
        trusted: list[pulumi.Resource] = []
        for key in services:
            trusted.append(
                managedidentity.FederatedIdentityCredential(
                    f"ai-services-federated-{key}",
                    federated_identity_credential_resource_name=key,
                    resource_name_=self.identity.reference.known_name,
                    resource_group_name=self.context.resource_group.known_name,
                    issuer=self.cluster.oidc_issuer_url,
                    subject=f"system:serviceaccount:{NAMESPACE}:{key}",
                    audiences=["api://AzureADTokenExchange"],
                    # One after the other: written at once on one identity they fail.
                    opts=self.child(
                        depends_on=trusted[-1:],
                        retry="azure-native:managedidentity:FederatedIdentityCredential",
                    ),
                )
            )
        return trusted

    def _configuration(
        self,
        services: Mapping[str, BilledService],
        git: settings_of.AiServiceManifests,
        depends_on: list[pulumi.Resource],
    ) -> None:
        kubernetesconfiguration.FluxConfiguration(
            "flux-ai-services",
            flux_configuration_name=self.context.naming.name(ResourceKind.FLUX_CONFIGURATION, "ai-services"),
            cluster_rp="Microsoft.ContainerService",
            cluster_resource_name="managedClusters",
            cluster_name=self.cluster.cluster.known_name,
            resource_group_name=self.context.resource_group.known_name,
            # What comes from git may change this namespace and nothing else of the cluster.
            scope=kubernetesconfiguration.ScopeType.NAMESPACE,
            namespace=NAMESPACE,
            source_kind=kubernetesconfiguration.SourceKindType.GIT_REPOSITORY,
            git_repository=git_repository(git),
            configuration_protected_settings=git_credentials(git),
            kustomizations={
                key: kustomization(git.path, self._values(key, service)) for key, service in services.items()
            },
            opts=self.child(
                depends_on=depends_on, immutable=["scope", "namespace"], custom_timeouts=LONG_TIMEOUTS
            ),
        )

    def _values(self, key: str, service: BilledService) -> dict[str, pulumi.Input[str]]:
        """Variables of the manifests; all are text, and none is secret: they are plain text in the cluster."""
        return {
            "name": key,
            "image": service.settings.image,
            "cpu": f"{service.settings.cpu:g}",
            "memory": f"{service.settings.memory_gb:g}Gi",
            "billing": service.endpoint,
            "client_id": self.identity.resource.client_id,
            "tenant_id": self.context.azure.tenant_id,
            "key_vault": self.key_vault.known_name,
            "key_secret": service.key_secret.known_name,
        }
