"""An app that is told the address of an endpoint on a cluster can reach the cluster's router."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts.ml_extension import EXTENSION_TYPE
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import CLUSTER_NAME, GROUP_NAME, LOCATION
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation

_APP = "azure-native:app:ContainerApp"
_ENVIRONMENT = "azure-native:app:ManagedEnvironment"
_PEERING = "azure-native:network:VirtualNetworkPeering"
_INTERNAL = "internalLoadBalancerProvider"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Where networks are peered nothing is said: routes beyond them do not show."""
    environment = world.find(resource.text("managedEnvironmentId")) or world.find(
        resource.text("environmentId")
    )
    if environment is None or any(world.of_types((_PEERING,))):
        return
    own = _network(environment.text("vnetConfiguration.infrastructureSubnetId"))
    for index, container in enumerate(resource.items("template.containers")):
        told = container.get("env")
        variables = told if isinstance(told, list) else []
        values = [str(item.get("value")) for item in variables if isinstance(item, Mapping)]
        for endpoint, cluster in _internal_endpoints(world):
            nodes = [
                _network(str(pool.get("vnetSubnetID", ""))) for pool in cluster.items("agentPoolProfiles")
            ]
            asked = any(f"/endpoint/{endpoint.text('endpointName')}/" in value for value in values)
            if asked and (not own or own not in nodes):
                yield Violation(
                    f"template.containers[{index}].env",
                    f"names the address of {endpoint.urn}, whose router answers in the network of {cluster.urn} only, "
                    "and the app's environment is not in it; put both into one network, or give the router a public "
                    "address with a certificate",
                )


def _internal_endpoints(world: World) -> Iterator[tuple[Resource, Resource]]:
    """Endpoints on clusters of this stack whose router has an internal address, each with its cluster."""
    internal = {
        extension.text("clusterName")
        for extension in world.of_types((tokens.EXTENSION,))
        if extension.text("extensionType") == EXTENSION_TYPE
        and isinstance(settings := extension.value("configurationSettings"), Mapping)
        and settings.get(_INTERNAL) == "azure"
    }
    for endpoint in world.of_types((tokens.ML_ONLINE_ENDPOINT,)):
        compute = world.find(endpoint.text("properties.compute"))
        cluster = world.find(compute.text("properties.resourceId")) if compute else None
        if cluster is not None and cluster.id.rpartition("/")[2] in internal:
            yield endpoint, cluster


def _network(subnet_id: str) -> str:
    return subnet_id.lower().partition("/subnets/")[0]


def _case(*, internal: bool) -> Case:
    attach = {
        "computeType": "Kubernetes",
        "resourceId": Ref("cluster"),
        "properties": {"namespace": "default"},
    }
    extension = {f"configurationSettings.{_INTERNAL}": "azure"} if internal else {}
    address = "http://192.0.2.10/api/v1/endpoint/oep-demand/score"
    app = {
        "resourceGroupName": GROUP_NAME,
        "location": LOCATION,
        "containerAppName": "ca-ui",
        "managedEnvironmentId": Ref("environment"),
        "template": {"containers": [{"name": "ui", "env": [{"name": "SCORING_URI", "value": address}]}]},
    }
    endpoint = {"endpointName": "oep-demand", "properties": {"authMode": "Key", "compute": Ref("compute")}}
    return Case(
        (
            declare(tokens.AKS, {"agentPoolProfiles[0].count": 3}, name="cluster"),
            declare(
                tokens.EXTENSION,
                {"clusterName": CLUSTER_NAME, **extension},
                name="extension",
                depends_on=("cluster",),
            ),
            declare(
                tokens.ML_COMPUTE,
                {"computeName": "aks", "properties": attach},
                name="compute",
                depends_on=("extension",),
            ),
            declare(tokens.ML_ONLINE_ENDPOINT, endpoint, name="endpoint", depends_on=("compute",)),
            Declared(
                _ENVIRONMENT,
                {"resourceGroupName": GROUP_NAME, "location": LOCATION, "environmentName": "cae-ml-dev"},
                "environment",
            ),
            Declared(_APP, app, depends_on=("endpoint",)),
        )
    )


RULE = Rule(
    id="APP350",
    service="Container Apps",
    title="an app reaches the scoring router that it is told of",
    applies_to=(_APP,),
    status=0,
    code="",
    source="learn.microsoft.com machine-learning/how-to-deploy-kubernetes-extension (internalLoadBalancerProvider); "
    "aks/internal-lb (read 2026-11-30)",
    check=_check,
    trips=_case(internal=True),
    passes=_case(internal=False),
    severity=Severity.WARNING,
)
