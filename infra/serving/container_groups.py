"""Container groups: an image on trial, without Kubernetes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
from pulumi_azure_native import containerinstance

from infra.access.identity import Identity
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.settings import serving_endpoints as settings_of


class ContainerGroups(Component):
    """Owns one container for each image on trial. Does not own the image or the identity that pulls it.

    Azure cannot change later: CPU, memory, ports, address, restart policy. A changed image restarts the group.
    """

    def __init__(
        self,
        settings: Mapping[str, settings_of.ContainerGroup],
        container_registry: Reference,
        identity: Identity,
        pull: Sequence[pulumi.Resource],
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        """`pull` are the grants that let `identity` pull from `container_registry`."""
        super().__init__("serving:ContainerGroups", "container-groups", context, opts)
        self.registry = container_registry
        self.identity = identity
        self.urls: dict[str, dict[str, str]] = {}
        for key, group in settings.items():
            self._group(key, group, pull)
            if group.dns_label:
                address = f"http://{group.dns_label}.{context.azure.location}.azurecontainer.io:{group.port}"
                self.urls[key] = {"scoring": f"{address}/score", "swagger": f"{address}/swagger.json"}
        self.register_outputs({"urls": self.urls})

    def _group(self, key: str, settings: settings_of.ContainerGroup, pull: Sequence[pulumi.Resource]) -> None:
        context = self.context
        server = f"{self.registry.name}.azurecr.io"
        containerinstance.ContainerGroup(
            f"container-group-{key}",
            container_group_name=context.naming.name(ResourceKind.CONTAINER_GROUP, key),
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            os_type=containerinstance.OperatingSystemTypes.LINUX,
            sku=containerinstance.ContainerGroupSku.STANDARD,
            restart_policy=containerinstance.ContainerGroupRestartPolicy.ALWAYS,
            identity=containerinstance.ContainerGroupIdentityArgs(
                type=containerinstance.ResourceIdentityType.USER_ASSIGNED,
                user_assigned_identities=[self.identity.reference.known_id],
            ),
            image_registry_credentials=[
                containerinstance.ImageRegistryCredentialArgs(
                    server=server, identity=self.identity.reference.known_id
                )
            ],
            containers=[
                containerinstance.ContainerArgs(
                    name=key,
                    image=f"{server}/{settings.image}",
                    ports=[containerinstance.ContainerPortArgs(port=settings.port, protocol="TCP")],
                    resources=containerinstance.ResourceRequirementsArgs(
                        requests=containerinstance.ResourceRequestsArgs(
                            cpu=settings.cpu, memory_in_gb=settings.memory_gb
                        )
                    ),
                    environment_variables=[
                        containerinstance.EnvironmentVariableArgs(name=name, value=value)
                        for name, value in settings.environment_variables.items()
                    ]
                    or None,
                )
            ],
            ip_address=(
                containerinstance.IpAddressArgs(
                    type=containerinstance.ContainerGroupIpAddressType.PUBLIC,
                    ports=[containerinstance.PortArgs(port=settings.port, protocol="TCP")],
                    dns_name_label=settings.dns_label,
                    # The other scopes put a hash into the address, which nobody could know beforehand.
                    auto_generated_domain_name_label_scope=containerinstance.DnsNameLabelReusePolicy.UNSECURE,
                )
                if settings.public
                else None
            ),
            tags=self.tags,
            opts=self.child(
                depends_on=pull,
                immutable=["containers[0].resources", "containers[0].ports", "ipAddress", "restartPolicy"],
            ),
        )
