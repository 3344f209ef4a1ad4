"""What may be switched on a cluster: add-ons, security, who reaches the API server, when nodes may go."""

from __future__ import annotations

from pulumi_azure_native import containerservice

from azure_facts import container_insights, vm_sizes
from infra.component import Component
from infra.context import Context, Reference
from infra.settings import serving_cluster as settings_of

MAINTENANCE_CONFIGURATIONS = ("aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule")
"""The two names that AKS knows, for Kubernetes and for the nodes' system (learn.microsoft.com aks
planned-maintenance)."""


OS_DISK_GIB = 128
"""What AKS itself gives a node of fewer than 8 vCPU (learn.microsoft.com aks/concepts-storage, OS disk sizing),
said for all: images and logs do not grow with vCPUs."""


def os_disk_type(settings: settings_of.Cluster, vm_size: str) -> containerservice.OSDiskType:
    """Ephemeral where the size is known to hold it: AKS refuses it where it does not fit."""
    size = vm_sizes.vm_size(vm_size)
    room = (size.local_disk_gib if size else None) or 0
    if settings.ephemeral_os_disks and room >= OS_DISK_GIB:
        return containerservice.OSDiskType.EPHEMERAL
    return containerservice.OSDiskType.MANAGED


def addons(
    settings: settings_of.Cluster, context: Context
) -> dict[str, containerservice.ManagedClusterAddonProfileArgs]:
    """Add-ons by AKS's own keys; off is said too, because leaving one out does not remove it."""
    logs = context.log_analytics if settings.container_logs else None
    return {
        container_insights.ADD_ON: containerservice.ManagedClusterAddonProfileArgs(
            enabled=logs is not None,
            # As the agent's identity: the workspace takes no keys.
            config={"logAnalyticsWorkspaceResourceID": logs.known_id, "useAADAuth": "true"} if logs else None,
        ),
        "azurepolicy": containerservice.ManagedClusterAddonProfileArgs(enabled=settings.azure_policy),
        "azureKeyvaultSecretsProvider": containerservice.ManagedClusterAddonProfileArgs(
            enabled=settings.key_vault_secrets,
            config=(
                {"enableSecretRotation": "true", "rotationPollInterval": "2m"}
                if settings.key_vault_secrets
                else None
            ),
        ),
    }


def security_profile(
    settings: settings_of.Cluster, context: Context
) -> containerservice.ManagedClusterSecurityProfileArgs:
    """Workload identity always; Defender's sensor where it is paid for."""
    logs = context.log_analytics
    return containerservice.ManagedClusterSecurityProfileArgs(
        workload_identity=containerservice.ManagedClusterSecurityProfileWorkloadIdentityArgs(enabled=True),
        image_cleaner=containerservice.ManagedClusterSecurityProfileImageCleanerArgs(
            enabled=True, interval_hours=168
        ),
        defender=(
            containerservice.ManagedClusterSecurityProfileDefenderArgs(
                log_analytics_workspace_resource_id=logs.known_id if logs else None,
                security_monitoring=containerservice.ManagedClusterSecurityProfileDefenderSecurityMonitoringArgs(
                    enabled=True
                ),
            )
            if settings.defender
            else None
        ),
    )


def node_security(settings: settings_of.Cluster) -> containerservice.AgentPoolSecurityProfileArgs:
    """Each pool says it: new ones would have SSH on again (learn.microsoft.com aks/manage-ssh-node-access)."""
    access = containerservice.AgentPoolSSHAccess
    return containerservice.AgentPoolSecurityProfileArgs(
        ssh_access=access.LOCAL_USER if settings.node_ssh else access.DISABLED
    )


def authorized_ip_ranges(settings: settings_of.Cluster, context: Context) -> list[str] | None:
    """Of a public API server; a private one has no list."""
    if not context.is_public:
        return None
    given = settings.authorized_ip_ranges
    return list(context.allowed_ip_ranges if given is None else given) or None


def maintenance_windows(owner: Component, cluster: Reference, window: settings_of.MaintenanceWindow) -> None:
    """One weekly window for both kinds of upgrade; without it nodes go whenever a version appears."""
    for name in MAINTENANCE_CONFIGURATIONS:
        containerservice.MaintenanceConfiguration(
            f"aks-{name}",
            config_name=name,
            resource_name_=cluster.known_name,
            resource_group_name=owner.context.resource_group.known_name,
            maintenance_window=containerservice.MaintenanceWindowArgs(
                duration_hours=window.hours,
                start_time=window.start,
                utc_offset=window.utc_offset,
                schedule=containerservice.ScheduleArgs(
                    weekly=containerservice.WeeklyScheduleArgs(
                        day_of_week=containerservice.WeekDay(window.day), interval_weeks=1
                    )
                ),
            ),
            opts=owner.child(),
        )
