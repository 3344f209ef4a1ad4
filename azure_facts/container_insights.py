"""What Container Insights, the add-on of AKS that collects what containers print, needs to collect anything.

The templates in microsoft/Docker-Provider scripts/onboarding/aks (onboarding-using-msi-auth, onboarding-msi-terraform)
are those that learn.microsoft.com azure-monitor/containers/kubernetes-monitoring-enable points at.
"""

from __future__ import annotations

import datetime

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)

ONBOARDING = Source(
    "microsoft/Docker-Provider scripts/onboarding/aks/onboarding-using-msi-auth/existingClusterOnboarding.json",
    _READ,
)
"""A data collection rule with the extension, and its association with the cluster: deleting that ends the collection.
Through a private link scope the agent also takes its configuration from an endpoint of its own, in the scope."""
PRIVATE = Source(
    "learn.microsoft.com azure-monitor/containers/kubernetes-monitoring-private-link (2025-08-25)", _READ
)
LEGACY = Source("learn.microsoft.com azure-monitor/containers/container-insights-authentication", _READ)
LEGACY_ENDS = datetime.date(2026, 9, 30)
"""Since then nothing is taken from clusters whose agent signs in with the workspace's key."""

ADD_ON = "omsagent"
"""As `addonProfiles` names it."""
EXTENSION = "ContainerInsights"
RULE_ASSOCIATION = "ContainerInsightsExtension"
ENDPOINT_ASSOCIATION = "configurationAccessEndpoint"
"""The one name that an association of an endpoint has."""

STREAMS_SOURCE = Source(
    "learn.microsoft.com azure-monitor/containers/kubernetes-monitoring-enable-arm (2024-03-11), stream values",
    _READ,
)
STREAMS = frozenset(
    f"Microsoft-{table}"
    for table in (
        "ContainerInventory",
        "ContainerLog",
        "ContainerLogV2",
        "ContainerLogV2-HighScale",
        "ContainerNodeInventory",
        "InsightsMetrics",
        "KubeEvents",
        "KubeMonAgentEvents",
        "KubeNodeInventory",
        "KubePodInventory",
        "KubePVInventory",
        "KubeServices",
        "Perf",
    )
)
"""What the extension collects. Azure's REST specification lists few of them."""
LOG_STREAMS = ("Microsoft-ContainerLogV2", "Microsoft-KubeEvents", "Microsoft-KubePodInventory")
"""What containers print, what Kubernetes says of them, and which pods there were: the tables ContainerLogV2, KubeEvents
and KubePodInventory."""
