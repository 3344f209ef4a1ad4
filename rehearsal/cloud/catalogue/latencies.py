"""How long services take to create things: minutes from request to "Succeeded", usual rather than best.

Few services state a time; where none does, the number is an estimate and says so. Waiting for grants and DNS names to
spread is not in here: it varies from nothing to minutes and ends in retries, not in a longer creation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rehearsal.model.paths import walk
from rehearsal.model.urns import package_of

ESTIMATE = "estimate"

_AZURE = "azure-native:"
_DATABRICKS = "databricks:index/"


@dataclass(frozen=True)
class Latency:
    """`when` (path, value) restricts it to resources with that input; the first that fits counts."""

    minutes: float
    source: str = ESTIMATE
    when: tuple[str, object] | None = None


ANY_AZURE = Latency(0.2)
ANY_DATABRICKS = Latency(0.05)
NOTHING = Latency(0.0, "providers and components exist in the engine only")

FIRST_COMPUTE_IN_MANAGED_NETWORK = Latency(
    30,
    "learn.microsoft.com azure/machine-learning/how-to-managed-network (provisioned with the first compute)",
)
"""Added to the first computes of a workspace whose managed network isolates, unless `provisionNetworkNow` moved it
to the workspace itself."""

ML_WORKSPACE = _AZURE + "machinelearningservices:Workspace"
ML_COMPUTE = _AZURE + "machinelearningservices:Compute"
_COMPUTE_TYPE = "properties.computeType"

LATENCIES: Mapping[str, tuple[Latency, ...]] = {
    _AZURE + "resources:ResourceGroup": (Latency(0.1),),
    _AZURE + "authorization:RoleAssignment": (Latency(0.1),),
    _AZURE + "storage:StorageAccount": (Latency(0.5),),
    _AZURE + "keyvault:Vault": (Latency(0.5),),
    _AZURE + "containerregistry:Registry": (Latency(0.3),),
    _AZURE + "operationalinsights:Workspace": (Latency(0.7),),
    ML_WORKSPACE: (Latency(2),),
    ML_COMPUTE: (
        Latency(5, when=(_COMPUTE_TYPE, "ComputeInstance")),
        Latency(3, when=(_COMPUTE_TYPE, "Kubernetes")),
        Latency(1),
    ),
    _AZURE + "machinelearningservices:OnlineEndpoint": (Latency(2),),
    _AZURE + "machinelearningservices:OnlineDeployment": (Latency(15),),
    _AZURE + "machinelearningservices:BatchEndpoint": (Latency(1),),
    _AZURE + "machinelearningservices:Registry": (Latency(10),),
    _AZURE + "machinelearningservices:ManagedNetworkSettingsRule": (Latency(2),),
    _AZURE + "databricks:Workspace": (Latency(5),),
    _AZURE + "containerservice:ManagedCluster": (
        Latency(10, when=("apiServerAccessProfile.enablePrivateCluster", True)),
        Latency(7),
    ),
    _AZURE + "containerservice:AgentPool": (Latency(4),),
    _AZURE + "containerservice:TrustedAccessRoleBinding": (
        Latency(
            5, "learn.microsoft.com azure/aks/trusted-access-feature (up to five minutes to take effect)"
        ),
    ),
    _AZURE + "kubernetesconfiguration:Extension": (Latency(12),),
    _AZURE + "kubernetesconfiguration:FluxConfiguration": (Latency(2),),
    _AZURE + "network:AzureFirewall": (Latency(8),),
    _AZURE + "network:NatGateway": (Latency(0.5),),
    _AZURE + "network:PrivateEndpoint": (Latency(1.5),),
    _AZURE + "privatedns:PrivateZone": (Latency(0.7),),
    _AZURE + "privatedns:VirtualNetworkLink": (Latency(1),),
    _AZURE + "synapse:Workspace": (Latency(8),),
    _AZURE + "synapse:SqlPool": (Latency(6),),
    _AZURE + "synapse:BigDataPool": (Latency(3),),
    _AZURE + "sql:Server": (Latency(1.5),),
    _AZURE + "sql:Database": (Latency(1.5),),
    _AZURE + "dbforpostgresql:Server": (Latency(7),),
    _AZURE + "dbformysql:Server": (Latency(7),),
    _AZURE + "cosmosdb:DatabaseAccount": (Latency(5),),
    _AZURE + "eventhub:Namespace": (Latency(1.5),),
    _AZURE + "app:ManagedEnvironment": (Latency(4),),
    _AZURE + "app:ContainerApp": (Latency(1),),
    _AZURE + "containerinstance:ContainerGroup": (Latency(1.5),),
    _AZURE + "recoveryservices:ProtectedItem": (Latency(2),),
    _DATABRICKS + "cluster:Cluster": (Latency(6),),
    _DATABRICKS + "sqlEndpoint:SqlEndpoint": (
        Latency(
            0.1,
            "terraform-provider-databricks docs/resources/sql_endpoint.md (no_wait)",
            when=("noWait", True),
        ),
        Latency(1, when=("enableServerlessCompute", True)),
        Latency(15, "terraform-provider-databricks docs/resources/sql_endpoint.md (10 to 20 minutes)"),
    ),
    _DATABRICKS + "modelServing:ModelServing": (Latency(15),),
}
"""Type token -> rows. Types that are not here take `ANY_AZURE` or `ANY_DATABRICKS`."""


def latency_of(resource_type: str, inputs: Mapping[str, object]) -> Latency:
    """How long one resource takes on its own."""
    for latency in LATENCIES.get(resource_type, ()):
        if latency.when is None or walk(inputs, latency.when[0]) == latency.when[1]:
            return latency
    return ANY_DATABRICKS if package_of(resource_type) == "databricks" else ANY_AZURE
