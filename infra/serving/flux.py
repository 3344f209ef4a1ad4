"""Flux on the scoring cluster: its extension, and the repository that a configuration follows."""

from __future__ import annotations

import base64

import pulumi
from pulumi_azure_native import kubernetesconfiguration

from infra.component import LONG_TIMEOUTS, Component
from infra.context import Reference
from infra.settings.flux import GitSource

FLUX_NAMESPACE = "flux-system"


def flux_extension(owner: Component, cluster: Reference) -> kubernetesconfiguration.Extension:
    """The command line installs it with the first configuration; ARM does not (learn.microsoft.com
    azure-arc/kubernetes/conceptual-gitops-flux2)."""
    return kubernetesconfiguration.Extension(
        "flux",
        extension_name="flux",
        extension_type="microsoft.flux",
        release_train="Stable",
        auto_upgrade_minor_version=True,
        cluster_rp="Microsoft.ContainerService",
        cluster_resource_name="managedClusters",
        cluster_name=cluster.known_name,
        resource_group_name=owner.context.resource_group.known_name,
        identity=kubernetesconfiguration.IdentityArgs(
            type=kubernetesconfiguration.ResourceIdentityType.SYSTEM_ASSIGNED
        ),
        scope=kubernetesconfiguration.ScopeArgs(
            cluster=kubernetesconfiguration.ScopeClusterArgs(release_namespace=FLUX_NAMESPACE)
        ),
        opts=owner.child(custom_timeouts=LONG_TIMEOUTS),
    )


def git_repository(git: GitSource) -> kubernetesconfiguration.GitRepositoryDefinitionArgs:
    """What a configuration follows, looked at every ten minutes."""
    return kubernetesconfiguration.GitRepositoryDefinitionArgs(
        url=git.url,
        repository_ref=kubernetesconfiguration.RepositoryRefDefinitionArgs(branch=git.branch, tag=git.tag),
        https_user=git.https_user,
        sync_interval_in_seconds=600,
        timeout_in_seconds=600,
    )


def git_credentials(git: GitSource) -> pulumi.Output[dict[str, str]] | None:
    """In Base64, as the service wants it (azurerm kubernetes_flux_configuration, https_key_base64)."""
    if git.https_key is None:
        return None
    key = base64.b64encode(git.https_key.get_secret_value().encode()).decode()
    return pulumi.Output.secret({"httpsKey": key})


def kustomization(
    path: str, values: dict[str, pulumi.Input[str]]
) -> kubernetesconfiguration.KustomizationDefinitionArgs:
    """One folder of the repository, with values put in for its variables: text, in plain sight of the cluster."""
    return kubernetesconfiguration.KustomizationDefinitionArgs(
        path=path,
        prune=True,
        wait=True,
        sync_interval_in_seconds=600,
        retry_interval_in_seconds=60,
        timeout_in_seconds=900,
        post_build=kubernetesconfiguration.PostBuildDefinitionArgs(substitute=values),
    )
