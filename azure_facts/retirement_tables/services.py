"""Retired and retiring services, API versions and features."""

from __future__ import annotations

from datetime import date

from azure_facts.retirement_tables.retirement import READ, RETIREMENT_LIST, Retirement, RetirementKind
from azure_facts.source import Source


def _feature(
    pattern: str, retires: date, what: str, instead: str, source: Source = RETIREMENT_LIST
) -> Retirement:
    return Retirement(RetirementKind.FEATURE, pattern, retires, what, instead, source)


SERVICES: tuple[Retirement, ...] = (
    Retirement(
        RetirementKind.SERVICE,
        r"Microsoft\.DataLakeStore/accounts|Microsoft\.DataLakeAnalytics/accounts",
        date(2024, 2, 29),
        "Data Lake Storage Gen1 and Data Lake Analytics",
        "Microsoft.Storage/storageAccounts with hierarchical namespace",
        RETIREMENT_LIST,
    ),
    Retirement(
        RetirementKind.SERVICE,
        r"Microsoft\.Synapse/workspaces/kustoPools(/.*)?",
        date(2025, 10, 7),
        "Synapse Data Explorer pools",
        "Azure Data Explorer or Fabric Eventhouse",
        RETIREMENT_LIST,
    ),
    Retirement(
        RetirementKind.SERVICE,
        r"Microsoft\.MachineLearningServices/workspaces/labelingJobs",
        date(2026, 9, 30),
        "Azure Machine Learning data labeling",
        "a labeling tool of another vendor",
        RETIREMENT_LIST,
    ),
    Retirement(
        RetirementKind.SERVICE,
        r"Microsoft\.TimeSeriesInsights/.*",
        date(2024, 7, 7),
        "Time Series Insights",
        "Azure Data Explorer",
        RETIREMENT_LIST,
    ),
)

API_VERSIONS: tuple[Retirement, ...] = (
    Retirement(
        RetirementKind.API_VERSION,
        r"Microsoft\.KeyVault/.*@(201\d|202[0-5])-\d\d-\d\d(-preview)?|Microsoft\.KeyVault/.*@2026-01-\d\d(-preview)?",
        date(2027, 2, 27),
        "Key Vault control-plane API versions before 2026-02-01",
        "2026-02-01 (a newer pulumi-azure-native, or a local SDK of that version)",
        Source("learn.microsoft.com key-vault general/migrate-api-version", READ),
    ),
    Retirement(
        RetirementKind.API_VERSION,
        r"Microsoft\.ContainerRegistry/.*@2017-03-01",
        date(2026, 9, 30),
        "Container Registry API version 2017-03-01",
        "2023-07-01 or newer",
        RETIREMENT_LIST,
    ),
    Retirement(
        RetirementKind.API_VERSION,
        r"Microsoft\.MachineLearningServices/workspaces/batchEndpoints(/.*)?@.*-preview",
        date(2026, 3, 16),
        "preview API versions of batch endpoints",
        "2025-12-01",
        RETIREMENT_LIST,
    ),
)

FEATURES: tuple[Retirement, ...] = (
    _feature(
        r"databricks:Workspace:sku\.name=standard",
        date(2026, 10, 1),
        "Databricks standard tier",
        "sku.name=premium",
    ),
    _feature(
        r"machinelearningservices:Compute:properties\.properties\.vmPriority=LowPriority",
        date(2026, 3, 31),
        "low-priority VMs of Azure Machine Learning (Azure Batch)",
        "vmPriority=Dedicated",
    ),
    _feature(
        r"containerservice:ManagedCluster:networkProfile\.networkPlugin=kubenet",
        date(2028, 3, 31),
        "AKS kubenet networking",
        "networkPlugin=azure with networkPluginMode=overlay",
    ),
    _feature(
        r"containerservice:ManagedCluster:networkProfile\.networkPolicy=azure",
        date(2028, 9, 30),
        "Azure Network Policy Manager on Linux nodes",
        "networkPolicy=cilium",
        Source("learn.microsoft.com aks use-network-policies", READ),
    ),
    _feature(
        r"containerservice:ManagedCluster:networkProfile\.loadBalancerSku=basic",
        date(2025, 9, 30),
        "Basic load balancers",
        "loadBalancerSku=standard",
        Source("learn.microsoft.com load-balancer basic retirement", READ),
    ),
    _feature(
        r"containerservice:ManagedCluster:podIdentityProfile\.enabled=true",
        date(2025, 9, 30),
        "Entra pod-managed identity in AKS",
        "workload identity (securityProfile.workloadIdentity)",
        Source("learn.microsoft.com aks use-azure-ad-pod-identity", READ),
    ),
    _feature(
        r"containerservice:(ManagedCluster:agentPoolProfiles\.osSKU|AgentPool:osSKU)=Windows2019",
        date(2026, 3, 1),
        "Windows Server 2019 nodes in AKS",
        "osSKU=Windows2025, or Linux",
    ),
    _feature(
        r"containerservice:(ManagedCluster:agentPoolProfiles\.osSKU|AgentPool:osSKU)=Windows2022",
        date(2027, 3, 15),
        "Windows Server 2022 nodes in AKS (the AKS pages say 2028-06-30, the retirement list this earlier "
        "date)",
        "osSKU=Windows2025, or Linux",
    ),
    _feature(
        r"containerservice:(ManagedCluster:agentPoolProfiles\.osSKU|AgentPool:osSKU)=(CBLMariner|Mariner)",
        date(2026, 3, 31),
        "Azure Linux 2.0 nodes in AKS, whose images were removed",
        "osSKU=AzureLinux",
        Source("learn.microsoft.com aks upgrade-os-version", READ),
    ),
    _feature(
        r"storage:StorageAccount:kind=(Storage|BlobStorage)",
        date(2026, 9, 1),
        "general-purpose v1 and blob-only storage accounts",
        "kind=StorageV2",
    ),
    _feature(
        r"storage:StorageAccount:minimumTlsVersion=TLS1_[01]",
        date(2026, 2, 3),
        "TLS 1.0 and 1.1 for Azure Storage",
        "minimumTlsVersion=TLS1_2",
    ),
    _feature(
        r"applicationinsights:Component:ingestionMode=ApplicationInsights",
        date(2024, 2, 29),
        "classic Application Insights",
        "ingestionMode=LogAnalytics with workspaceResourceId",
    ),
    _feature(
        r"applicationinsights:WebTest:webTestKind=ping",
        date(2026, 9, 30),
        "URL ping tests",
        "webTestKind=standard",
    ),
    _feature(
        r"datafactory:IntegrationRuntime:typeProperties\.computeProperties\.dataFlowProperties\.computeType"
        r"=MemoryOptimized",
        date(2027, 3, 31),
        "memory-optimized data flows",
        "computeType=General",
    ),
    _feature(
        r"containerregistry:Registry:policies\.trustPolicy\.status=enabled",
        date(2028, 3, 31),
        "Docker content trust in Container Registry",
        "Notary Project signatures",
    ),
    _feature(
        r"network:FlowLog:targetResourceType=networkSecurityGroups",
        date(2027, 9, 30),
        "network security group flow logs",
        "virtual network flow logs",
    ),
)
