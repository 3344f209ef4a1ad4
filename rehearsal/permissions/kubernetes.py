"""Who administers a Kubernetes cluster of Azure by the cluster's own settings."""

from __future__ import annotations

from azure_facts.arm_id_parsing import levels
from azure_facts.source import Source
from rehearsal.model.json_values import texts_at
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.permissions.model import Right, given, lacking, unsure
from rehearsal.permissions.principals import Principal

_CLUSTER = "azure-native:containerservice:ManagedCluster"


def cluster_admin(world: World, who: Principal, on: str, source: Source | str) -> Right:
    """Whether a party is among the Entra groups that administer the cluster, whatever its roles in Azure. Roles inside
    a cluster that does not ask Azure are known to the cluster alone."""
    cluster = _cluster(world, on)
    if cluster is None:
        return lacking("a role on the cluster", source)
    groups = [group.lower() for group in texts_at(cluster.plain_inputs, "aadProfile.adminGroupObjectIDs")]
    if any(one in groups for one in who.object_ids):
        return given(("one of the cluster's groups of administrators",), (cluster.urn,), source)
    if cluster.value("aadProfile.enableAzureRBAC") is not True:
        return unsure("a role inside the cluster, which does not ask Azure for roles", source, (cluster.urn,))
    return lacking("a role on the cluster", source)


def _cluster(world: World, on: str) -> Resource | None:
    found = (world.find(level) for level in levels(on))
    return next((one for one in found if one is not None and one.type == _CLUSTER), None)
