"""The AKS cluster that scores."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping

import pulumi
from pulumi_azure_native import authorization, containerservice

from azure_facts.arm_ids import resource_id
from infra.access.grants import Principal, grant_identity, grant_personas
from infra.access.identity import Identity
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.table import AccessScope
from infra.component import LONG_TIMEOUTS, Component
from infra.context import Context, Reference
from infra.conventions.address_plan import SubnetPurpose
from infra.conventions.name_rules import ResourceKind
from infra.foundation.diagnostics import send_diagnostics
from infra.serving import cluster_options
from infra.serving.container_logs import ContainerLogs
from infra.serving.private_names import ApiServerZone, hub_of
from infra.settings import serving_cluster as settings_of
from infra.settings.egress import Egress
from infra.settings.network import Network, PrivateNetwork

SYSTEM_POOL = "system"
SCORING_POOL = "scoring"
SYSTEM_PODS_ONLY = "CriticalAddonsOnly=true:NoSchedule"
"""What AKS's own pods tolerate, and no other (learn.microsoft.com aks/use-system-pools)."""
PODS_PER_NODE = 110
"""Kubernetes' own tested maximum for a node (kubernetes.io, considerations for large clusters); AKS asks for at
least 30 on a system pool and allows 250 with overlay networking."""


class Cluster(Component):
    """Owns the cluster, its pools and maintenance windows, its nodes' right to pull images, and the
    personas' access to it.

    Does not own what Azure ML installs on it (`infra.serving.attachment`).
    Azure cannot change later: name, location, DNS prefix, network plugin and data plane, zones, node resource
    group, the nodes' disks and their encryption. User pools are resources of their own: the cluster's API does not
    update them in place.
    """

    def __init__(
        self,
        settings: settings_of.Cluster,
        container_registry: Reference,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("serving:Cluster", "aks", context, opts)
        naming = context.naming
        self.name = naming.name(ResourceKind.AKS_CLUSTER, generation=settings.generation)
        self.node_resource_group = naming.name(
            ResourceKind.AKS_NODE_RESOURCE_GROUP, generation=settings.generation
        )
        # An identity of its own, because it must hold the network before the cluster exists.
        self.identity = Identity(self, "aks")
        hub = hub_of(context) if settings.api_server_zone else None
        zone = ApiServerZone(hub, context, pulumi.ResourceOptions(parent=self)).reference if hub else None
        cluster = self._cluster(settings, zone, [*self._grant_network(zone), *self._grant_names(zone)])
        self.id = context.arm.aks_id(self.name)
        self.verify(self.id, cluster)
        self.reference = Reference(self.id, self.name, (cluster,))
        pools = [
            self._pool(settings, key, pool)
            for key, pool in ((SCORING_POOL, settings.scoring_pool), *settings.pools.items())
        ]
        pull = self._grant_pull(cluster, container_registry)
        self.ready = self.reference.after(*pools, *pull)
        cluster_options.maintenance_windows(self, self.reference, settings.maintenance)
        self.oidc_issuer_url = cluster.oidc_issuer_profile.apply(
            lambda profile: profile.issuer_url if profile else None
        )
        send_diagnostics(self, "aks", self.reference)
        if settings.container_logs:
            ContainerLogs(
                settings.container_logs, self.reference, context, pulumi.ResourceOptions(parent=self)
            )
        grant_personas(self, AccessScope.AKS, self.reference)
        self.register_outputs({"cluster_id": self.id, "oidc_issuer_url": self.oidc_issuer_url})

    def _cluster(
        self, settings: settings_of.Cluster, zone: Reference | None, depends_on: list[pulumi.Resource]
    ) -> containerservice.ManagedCluster:
        context = self.context
        return containerservice.ManagedCluster(
            "aks",
            resource_name_=self.name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            sku=containerservice.ManagedClusterSKUArgs(
                name=containerservice.ManagedClusterSKUName.BASE,
                tier=containerservice.ManagedClusterSKUTier(settings.tier),
            ),
            # Service-principal clusters take no extensions.
            identity=containerservice.ManagedClusterIdentityArgs(
                type=containerservice.ResourceIdentityType.USER_ASSIGNED,
                user_assigned_identities=[self.identity.reference.known_id],
            ),
            dns_prefix=self.name,
            node_resource_group=self.node_resource_group,
            enable_rbac=True,
            disable_local_accounts=not settings.local_accounts,
            aad_profile=containerservice.ManagedClusterAADProfileArgs(
                managed=True, enable_azure_rbac=True, tenant_id=context.azure.tenant_id
            ),
            oidc_issuer_profile=containerservice.ManagedClusterOIDCIssuerProfileArgs(enabled=True),
            security_profile=cluster_options.security_profile(settings, context),
            auto_upgrade_profile=containerservice.ManagedClusterAutoUpgradeProfileArgs(
                upgrade_channel=containerservice.UpgradeChannel(settings.upgrade_channel),
                node_os_upgrade_channel=containerservice.NodeOSUpgradeChannel(
                    settings.node_os_upgrade_channel
                ),
            ),
            kubernetes_version=settings.kubernetes_version,
            addon_profiles=cluster_options.addons(settings, context),
            network_profile=self._network_profile(settings),
            api_server_access_profile=self._api_server_access(settings, zone),
            agent_pool_profiles=[self._system_pool(settings)],
            tags=self.tags,
            opts=self.child(
                depends_on=depends_on,
                ignore_changes=[
                    # The upgrade channel moves both; sending the old version back would be a downgrade.
                    "kubernetesVersion",
                    "agentPoolProfiles[0].orchestratorVersion",
                    "agentPoolProfiles[0].upgradeSettings",
                ],
                custom_timeouts=LONG_TIMEOUTS,
            ),
        )

    def _network_profile(
        self, settings: settings_of.Cluster
    ) -> containerservice.ContainerServiceNetworkProfileArgs:
        # kubenet and Azure NPM retire in 2028: overlay with Cilium replaces both.
        return containerservice.ContainerServiceNetworkProfileArgs(
            network_plugin=containerservice.NetworkPlugin.AZURE,
            network_plugin_mode=containerservice.NetworkPluginMode.OVERLAY,
            network_dataplane=containerservice.NetworkDataplane.CILIUM,
            network_policy=containerservice.NetworkPolicy.CILIUM,
            load_balancer_sku=containerservice.LoadBalancerSku.STANDARD,
            # Apart from the platform's network and from each other; pods are overlaid.
            service_cidr=settings.service_address_range,
            dns_service_ip=_tenth_address(settings.service_address_range),
            pod_cidr=settings.pod_address_range,
            outbound_type=_outbound_type(self.context.network),
        )

    def _api_server_access(
        self, settings: settings_of.Cluster, zone: Reference | None
    ) -> containerservice.ManagedClusterAPIServerAccessProfileArgs:
        private = self.context.private is not None
        return containerservice.ManagedClusterAPIServerAccessProfileArgs(
            # Azure ML reaches a private API server through trusted access.
            enable_private_cluster=private,
            authorized_ip_ranges=cluster_options.authorized_ip_ranges(settings, self.context),
            private_dns_zone=(zone.known_id if zone else "system") if private else None,
            enable_private_cluster_public_fqdn=False if private else None,
            disable_run_command=not settings.run_command,
        )

    def _system_pool(
        self, settings: settings_of.Cluster
    ) -> containerservice.ManagedClusterAgentPoolProfileArgs:
        return containerservice.ManagedClusterAgentPoolProfileArgs(
            name=node_pool_name(self.context, SYSTEM_POOL),
            mode=containerservice.AgentPoolMode.SYSTEM,
            type=containerservice.AgentPoolType.VIRTUAL_MACHINE_SCALE_SETS,
            vm_size=settings.system_pool.vm_size,
            count=settings.system_pool.nodes,
            node_taints=[SYSTEM_PODS_ONLY] if settings.system_pool.dedicated else None,
            enable_auto_scaling=False,
            max_pods=PODS_PER_NODE,
            os_type=containerservice.OSType.LINUX,
            os_sku=containerservice.OSSKU.AZURE_LINUX,
            os_disk_type=cluster_options.os_disk_type(settings, settings.system_pool.vm_size),
            os_disk_size_gb=cluster_options.OS_DISK_GIB,
            enable_encryption_at_host=settings.encryption_at_host,
            security_profile=cluster_options.node_security(settings),
            availability_zones=list(settings.availability_zones) or None,
            vnet_subnet_id=self._subnet_id(),
        )

    def _grant_network(self, zone: Reference | None) -> list[pulumi.Resource]:
        """AKS joins nodes and load balancers to a subnet that is not its own. Where it links a zone of ours, its role
        on the whole network gives that too."""
        if self.context.private is None or zone is not None:
            return []
        subnet = self.context.private.subnets[SubnetPurpose.KUBERNETES]
        return [
            *grant_identity(
                self,
                IdentityPurpose.AKS,
                self.identity.principal,
                AccessScope.AKS_SUBNET,
                subnet,
                {Condition.NO_API_SERVER_ZONE},
            )
        ]

    def _grant_names(self, zone: Reference | None) -> list[pulumi.Resource]:
        """AKS writes the API server's record, and links the zone to the nodes' network itself."""
        if zone is None or self.context.private is None:
            return []
        network = self.context.private.virtual_network
        return [
            grant
            for kind, scope in ((AccessScope.AKS_API_ZONE, zone), (AccessScope.AKS_NETWORK, network))
            for grant in grant_identity(
                self,
                IdentityPurpose.AKS,
                self.identity.principal,
                kind,
                scope,
                {Condition.API_SERVER_ZONE},
            )
        ]

    def _subnet_id(self) -> pulumi.Output[str] | None:
        private = self.context.private
        return private.subnets[SubnetPurpose.KUBERNETES].known_id if private else None

    def _pool(
        self, settings: settings_of.Cluster, key: str, pool: settings_of.ScoringPool
    ) -> containerservice.AgentPool:
        return containerservice.AgentPool(
            f"aks-{key}-pool",
            agent_pool_name=node_pool_name(self.context, key),
            resource_name_=self.reference.known_name,
            resource_group_name=self.context.resource_group.known_name,
            mode=containerservice.AgentPoolMode.USER,
            type=containerservice.AgentPoolType.VIRTUAL_MACHINE_SCALE_SETS,
            vm_size=pool.vm_size,
            enable_auto_scaling=True,
            min_count=pool.min_nodes,
            max_count=pool.max_nodes,
            # Required on create even though the autoscaler owns it afterwards (pulumi-azure-native#2943).
            count=max(pool.min_nodes, 1),
            max_pods=PODS_PER_NODE,
            os_type=containerservice.OSType.LINUX,
            os_sku=containerservice.OSSKU.AZURE_LINUX,
            os_disk_type=cluster_options.os_disk_type(settings, pool.vm_size),
            os_disk_size_gb=cluster_options.OS_DISK_GIB,
            enable_encryption_at_host=settings.encryption_at_host,
            security_profile=cluster_options.node_security(settings),
            availability_zones=list(settings.availability_zones) or None,
            vnet_subnet_id=self._subnet_id(),
            tags=self.tags,
            opts=self.child(
                ignore_changes=["count", "orchestratorVersion", "upgradeSettings"],
                custom_timeouts=LONG_TIMEOUTS,
            ),
        )

    def _grant_pull(
        self, cluster: containerservice.ManagedCluster, container_registry: Reference
    ) -> list[authorization.RoleAssignment]:
        """AKS makes the nodes' identity itself, in its node resource group, under a name that is known."""
        kubelet_id = resource_id(
            self.context.azure.subscription_id,
            self.node_resource_group,
            "Microsoft.ManagedIdentity",
            "userAssignedIdentities",
            f"{self.name}-agentpool",
        )
        self.nodes_object_id = cluster.identity_profile.apply(_kubelet_object_id)
        """Of the nodes' own identity."""
        return grant_identity(
            self,
            IdentityPurpose.AKS_NODES,
            Principal(kubelet_id, self.nodes_object_id, "ServicePrincipal"),
            AccessScope.CONTAINER_REGISTRY,
            container_registry,
        )


def node_pool_name(context: Context, key: str) -> str:
    """The name of a pool, and the value of its nodes' agentpool label."""
    return context.naming.name(ResourceKind.AKS_NODE_POOL, key)


def _outbound_type(network: Network) -> containerservice.OutboundType:
    """In a network of our own AKS makes no way out: the nodes' subnet has it."""
    if not isinstance(network, PrivateNetwork):
        return containerservice.OutboundType.LOAD_BALANCER
    if network.egress is Egress.FIREWALL:
        return containerservice.OutboundType.USER_DEFINED_ROUTING
    return containerservice.OutboundType.USER_ASSIGNED_NAT_GATEWAY


def _tenth_address(address_range: str) -> str:
    """The address of the cluster's DNS service: any of the range but the first, which is the API server's."""
    return str(ipaddress.ip_network(address_range)[10])


def _kubelet_object_id(
    profile: Mapping[str, containerservice.outputs.UserAssignedIdentityManagedClusterResponse] | None,
) -> str:
    kubelet = (profile or {}).get("kubeletidentity")
    if kubelet is None or kubelet.object_id is None:
        raise pulumi.RunError("AKS returned no kubelet identity; its nodes could not pull images")
    return kubelet.object_id
