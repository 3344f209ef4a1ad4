"""Flux is on the cluster before it is told what to follow."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.arm_id_parsing import extended_by
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import CLUSTER_NAME, GROUP_NAME
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_CONFIGURATION = "azure-native:kubernetesconfiguration:FluxConfiguration"
_EXTENSION = "microsoft.flux"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Only for clusters of this stack: on others the extension may be installed already."""
    cluster_id = extended_by(resource.id).lower()
    if world.find(cluster_id) is None:
        return
    extensions = [
        extension
        for extension in world.of_types((tokens.EXTENSION,))
        if extension.text("extensionType").lower() == _EXTENSION
        and extension.id.lower().startswith(f"{cluster_id}/")
    ]
    if not any(world.depends_on(resource, extension) for extension in extensions):
        what = f"add {extensions[0].urn} to depends_on" if extensions else "declare it and depend on it"
        yield Violation("clusterName", f"the extension {_EXTENSION} must be on the cluster first: {what}")


def _case(*, after_extension: bool) -> Case:
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "clusterRp": "Microsoft.ContainerService",
        "clusterResourceName": "managedClusters",
        "clusterName": CLUSTER_NAME,
        "fluxConfigurationName": "ai-services",
        "namespace": "ai-services",
        "scope": "namespace",
        "sourceKind": "GitRepository",
        "gitRepository": {"url": "https://github.com/contoso/flux", "repositoryRef": {"branch": "main"}},
        "kustomizations": {"language": {"path": "./ai-service"}},
    }
    extension = {"extensionName": "flux", "extensionType": _EXTENSION, "configurationSettings": REMOVE}
    return Case(
        (
            declare(tokens.AKS, {"agentPoolProfiles[0].count": 3}, name="cluster"),
            declare(tokens.EXTENSION, extension, name="flux", depends_on=("cluster",)),
            Declared(_CONFIGURATION, inputs, depends_on=("cluster", *(("flux",) if after_extension else ()))),
        )
    )


RULE = Rule(
    id="FLX342",
    service="Flux on Kubernetes",
    title="a configuration comes after the extension",
    applies_to=(_CONFIGURATION,),
    status=400,
    code="ExtensionNotFound",
    source="learn.microsoft.com azure-arc/kubernetes/conceptual-gitops-flux2 (Flux cluster extension); "
    "terraform-provider-azurerm kubernetes_flux_configuration",
    check=_check,
    trips=_case(after_extension=False),
    passes=_case(after_extension=True),
)
