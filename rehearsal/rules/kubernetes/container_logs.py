"""Clusters with Container Insights, as several rules and their cases see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts.container_insights import ADD_ON, ENDPOINT_ASSOCIATION, EXTENSION, RULE_ASSOCIATION
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME, LOCATION
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Declared, Ref

ADD_ON_PATH = f"addonProfiles.{ADD_ON}"
SCOPE_MEMBER = "azure-native:monitor:PrivateLinkScopedResource"
_ASSOCIATION = "azure-native:monitor:DataCollectionRuleAssociation"


def collects(cluster: Resource) -> bool:
    """Whether the add-on is on, and signs in as itself."""
    return cluster.value(f"{ADD_ON_PATH}.enabled") is True and signs_in_as_itself(cluster)


def signs_in_as_itself(cluster: Resource) -> bool:
    """Otherwise it signs in with the workspace's key."""
    return str(cluster.value(f"{ADD_ON_PATH}.config.useAADAuth")).lower() == "true"


def log_analytics(cluster: Resource, world: World) -> Resource | None:
    """Where the add-on sends, where the stack declares it."""
    return world.find(cluster.text(f"{ADD_ON_PATH}.config.logAnalyticsWorkspaceResourceID"))


def associated(cluster: Resource, world: World, path: str) -> Iterator[str]:
    """The ids under `path` of the associations of a cluster."""
    for association in world.of_types((_ASSOCIATION,)):
        if association.text("resourceUri").lower() == cluster.id.lower() and association.text(path):
            yield association.text(path)


def collecting_cluster(config: Mapping[str, object], *, name: str = "subject") -> Declared:
    """A cluster with the add-on, for a case."""
    return declare(tokens.AKS, {"addonProfiles": {ADD_ON: {"enabled": True, "config": config}}}, name=name)


def collection_rule() -> Declared:
    """A rule that collects what containers print, for a case."""
    streams = ["Microsoft-ContainerLogV2"]
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "location": LOCATION,
        "dataCollectionRuleName": "dcr-ml-dev",
        "kind": "Linux",
        "dataSources": {
            "extensions": [{"name": RULE_ASSOCIATION, "extensionName": EXTENSION, "streams": streams}]
        },
        "dataFlows": [{"streams": streams, "destinations": ["logs"]}],
    }
    return Declared("azure-native:monitor:DataCollectionRule", inputs, name="rule")


def association(path: str, target: str, cluster: str = "subject") -> Declared:
    """That of a rule (`dataCollectionRuleId`) or of an endpoint (`dataCollectionEndpointId`), for a case."""
    name = RULE_ASSOCIATION if path == "dataCollectionRuleId" else ENDPOINT_ASSOCIATION
    inputs = {"associationName": name, "resourceUri": Ref(cluster), path: Ref(target)}
    return Declared(_ASSOCIATION, inputs, name=f"{target}-association")
