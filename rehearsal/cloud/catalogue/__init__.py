"""What the simulated cloud knows about each resource type, as tables."""

from __future__ import annotations

from rehearsal.cloud.catalogue.applications import APPLICATIONS
from rehearsal.cloud.catalogue.backup import BACKUP
from rehearsal.cloud.catalogue.data_services import DATA_SERVICES
from rehearsal.cloud.catalogue.databricks import DATABRICKS
from rehearsal.cloud.catalogue.deployments import DEPLOYMENTS
from rehearsal.cloud.catalogue.entry import ResourceType
from rehearsal.cloud.catalogue.foundation import FOUNDATION
from rehearsal.cloud.catalogue.kubernetes import KUBERNETES
from rehearsal.cloud.catalogue.machine_learning import MACHINE_LEARNING
from rehearsal.cloud.catalogue.monitoring import MONITORING
from rehearsal.cloud.catalogue.network import NETWORK
from rehearsal.cloud.catalogue.storage import STORAGE

CATALOGUE: dict[str, ResourceType] = {
    item.token: item
    for item in (
        *FOUNDATION,
        *MONITORING,
        *STORAGE,
        *MACHINE_LEARNING,
        *KUBERNETES,
        *NETWORK,
        *BACKUP,
        *DATA_SERVICES,
        *APPLICATIONS,
        *DATABRICKS,
        *DEPLOYMENTS,
    )
}
"""Type token -> entry."""
