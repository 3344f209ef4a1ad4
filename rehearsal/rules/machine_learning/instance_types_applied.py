"""Instance types are custom resources of the cluster: somebody applies them."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import CLUSTER_NAME, GROUP_NAME
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation

_PATH = "properties.properties.instanceTypes"
_FLUX = "azure-native:kubernetesconfiguration:FluxConfiguration"
_BUILT_IN = "defaultinstancetype"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Flux, and providers of Kubernetes, may bring them: what they bring shows in neither. Only of clusters of this
    stack: on others somebody may have applied them."""
    cluster = world.find(resource.text("properties.resourceId"))
    stated = resource.value(_PATH)
    if resource.text("properties.computeType") != "Kubernetes" or cluster is None or cluster.external:
        return
    names = sorted(name for name in stated if name != _BUILT_IN) if isinstance(stated, dict) else []
    if names and not _somebody_applies(cluster, world):
        yield Violation(
            _PATH,
            f"{', '.join(names)}: attaching makes no instance type, and nothing here applies the custom resources that "
            f"they are to {cluster.urn}; declare a Flux configuration with them, or apply them with kubectl",
        )


def _somebody_applies(cluster: Resource, world: World) -> bool:
    prefix = f"{cluster.id.lower()}/"
    return any(flux.id.lower().startswith(prefix) for flux in world.of_types((_FLUX,))) or any(
        token.startswith("kubernetes:") for token in world.by_type
    )


def _case(*, with_flux: bool) -> Case:
    small = {"requests": {"cpu": "1", "memory": "4Gi"}, "limits": {"cpu": "1", "memory": "4Gi"}}
    attach = {
        "computeType": "Kubernetes",
        "resourceId": Ref("cluster"),
        "properties": {"namespace": "default", "instanceTypes": {"small": {"resources": small}}},
    }
    flux = {
        "resourceGroupName": GROUP_NAME,
        "clusterRp": "Microsoft.ContainerService",
        "clusterResourceName": "managedClusters",
        "clusterName": CLUSTER_NAME,
        "fluxConfigurationName": "instance-types",
        "namespace": "flux-system",
        "scope": "cluster",
        "sourceKind": "GitRepository",
        "gitRepository": {"url": "https://github.com/contoso/flux", "repositoryRef": {"branch": "main"}},
        "kustomizations": {"small": {"path": "./instance-type"}},
    }
    extension = {"extensionName": "flux", "extensionType": "microsoft.flux", "configurationSettings": REMOVE}
    applied = (
        declare(tokens.EXTENSION, extension, name="flux", depends_on=("cluster",)),
        Declared(_FLUX, flux, "types", depends_on=("flux",)),
    )
    return Case(
        (
            declare(tokens.AKS, {"agentPoolProfiles[0].count": 3}, name="cluster"),
            declare(tokens.EXTENSION, name="extension", depends_on=("cluster",)),
            *(applied if with_flux else ()),
            declare(
                tokens.ML_COMPUTE,
                {"computeName": "aks", "properties": attach},
                depends_on=("extension",),
            ),
        )
    )


RULE = Rule(
    id="AML203",
    service="Azure ML compute",
    title="instance types are applied to the cluster",
    applies_to=(tokens.ML_COMPUTE,),
    status=0,
    code="",
    source="learn.microsoft.com machine-learning/how-to-manage-kubernetes-instance-types (2025-07: create a custom "
    "instance type); no page says that the attached compute's instanceTypes make any",
    check=_check,
    trips=_case(with_flux=False),
    passes=_case(with_flux=True),
    severity=Severity.WARNING,
)
