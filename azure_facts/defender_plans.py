"""Microsoft Defender for Cloud: its plans of a subscription, and what each takes.

`Microsoft.Security/pricings` exists in every subscription from its first day, in the tier Free: it is only changed.
DELETE is for the pricing of a single resource.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from azure_facts.source import Source

API_VERSION: Final = "2024-01-01"
REST_SOURCE: Final = Source(
    "azure-rest-api-specs specification/security/resource-manager/Microsoft.Security/stable/2024-01-01/pricings.json",
    datetime.date(2026, 11, 30),
)
PLANS_SOURCE: Final = Source(
    "github.com/Azure/azure-policy built-in-policies/policyDefinitions/Security Center "
    "(ASC_Azure_Defender_*_DINE.json, MDC_Microsoft_Defender_For_Storage_Full_DINE.json)",
    datetime.date(2026, 11, 30),
)
"""Sub-plans and extensions, as Microsoft's own policies deploy them, by templates at the scope of the subscription."""

PROVIDER_SOURCE: Final = Source(
    "github.com/pulumi/pulumi-azure-native provider/pkg/resources/.../defaults (defaultResourcesStateRaw)",
    datetime.date(2026, 11, 30),
)
"""The provider takes what exists already only where its table names the state that a service gives it: advanced threat
protection and Defender for Storage are there, pricings are not."""


class DefenderPlan(StrEnum):
    """A plan, as settings name it."""

    KEY_VAULTS = "key_vaults"
    STORAGE_ACCOUNTS = "storage_accounts"
    RESOURCE_MANAGER = "resource_manager"
    CONTAINERS = "containers"
    CLOUD_POSTURE = "cloud_posture"
    AI = "ai"
    APP_SERVICES = "app_services"
    OPEN_SOURCE_DATABASES = "open_source_databases"
    SQL_SERVERS = "sql_servers"
    VIRTUAL_MACHINES = "virtual_machines"


@dataclass(frozen=True)
class PlanFacts:
    """`name` is the pricing's. The first sub-plan is the one that a new subscription gets; none = there are none."""

    name: str
    sub_plans: tuple[str, ...] = ()
    extensions: frozenset[str] = frozenset()


DEFENDER_PLANS: Mapping[DefenderPlan, PlanFacts] = {
    DefenderPlan.KEY_VAULTS: PlanFacts("KeyVaults", ("PerKeyVault", "PerTransaction")),
    DefenderPlan.STORAGE_ACCOUNTS: PlanFacts(
        "StorageAccounts",
        ("DefenderForStorageV2", "PerStorageAccount", "PerTransaction"),
        frozenset({"OnUploadMalwareScanning", "SensitiveDataDiscovery"}),
    ),
    DefenderPlan.RESOURCE_MANAGER: PlanFacts("Arm", ("PerSubscription", "PerApiCall")),
    DefenderPlan.CONTAINERS: PlanFacts(
        "Containers",
        extensions=frozenset(
            {
                "AgentlessDiscoveryForKubernetes",
                "AgentlessVmScanning",
                "ContainerIntegrityContribution",
                "ContainerRegistriesVulnerabilityAssessments",
                "ContainerSensor",
            }
        ),
    ),
    DefenderPlan.CLOUD_POSTURE: PlanFacts(
        "CloudPosture",
        extensions=frozenset(
            {
                "AgentlessDiscoveryForKubernetes",
                "AgentlessVmScanning",
                "ContainerRegistriesVulnerabilityAssessments",
                "EntraPermissionsManagement",
                "SensitiveDataDiscovery",
            }
        ),
    ),
    DefenderPlan.AI: PlanFacts(
        "AI", extensions=frozenset({"AIPromptEvidence", "AIPromptSharingWithPurview"})
    ),
    DefenderPlan.APP_SERVICES: PlanFacts("AppServices"),
    DefenderPlan.OPEN_SOURCE_DATABASES: PlanFacts("OpenSourceRelationalDatabases"),
    DefenderPlan.SQL_SERVERS: PlanFacts("SqlServers"),
    DefenderPlan.VIRTUAL_MACHINES: PlanFacts(
        "VirtualMachines", ("P2", "P1"), frozenset({"AgentlessVmScanning", "MdeDesignatedSubscription"})
    ),
}
