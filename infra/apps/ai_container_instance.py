"""An AI service on a container instance."""

from __future__ import annotations

from pulumi_azure_native import containerinstance

from infra.apps.billed import PORT, BilledService
from infra.component import Component
from infra.conventions.name_rules import ResourceKind


def container_instance(owner: Component, key: str, service: BilledService) -> str | None:
    """The owner's container group for one service; its address, where it has one for everybody."""
    context, settings = owner.context, service.settings
    name = context.naming.name(ResourceKind.CONTAINER_GROUP, f"ai-{key}")
    containerinstance.ContainerGroup(
        f"ai-service-{key}-container",
        container_group_name=name,
        resource_group_name=context.resource_group.known_name,
        location=context.azure.location,
        os_type=containerinstance.OperatingSystemTypes.LINUX,
        sku=containerinstance.ContainerGroupSku.STANDARD,
        restart_policy=containerinstance.ContainerGroupRestartPolicy.ALWAYS,
        containers=[_container(key, service)],
        ip_address=_address(name) if settings.public else None,
        tags=owner.tags,
        opts=owner.child(
            immutable=["containers[0].resources", "containers[0].ports", "ipAddress", "restartPolicy"]
        ),
    )
    if not settings.public:
        return None
    return f"http://{name}.{context.azure.location}.azurecontainer.io:{PORT}"


def _container(key: str, service: BilledService) -> containerinstance.ContainerArgs:
    settings, variable = service.settings, containerinstance.EnvironmentVariableArgs
    return containerinstance.ContainerArgs(
        name=key,
        image=settings.image,
        ports=[containerinstance.ContainerPortArgs(port=PORT, protocol="TCP")],
        resources=containerinstance.ResourceRequirementsArgs(
            requests=containerinstance.ResourceRequestsArgs(cpu=settings.cpu, memory_in_gb=settings.memory_gb)
        ),
        environment_variables=[
            variable(name="Eula", value="accept"),
            variable(name="Billing", value=service.endpoint),
            variable(name="ApiKey", secure_value=service.api_key),
        ],
        # /ready: the model is loaded; /status: the key is valid too.
        readiness_probe=_probe("/ready"),
        liveness_probe=_probe("/status"),
    )


def _address(name: str) -> containerinstance.IpAddressArgs:
    """For everybody."""
    return containerinstance.IpAddressArgs(
        type=containerinstance.ContainerGroupIpAddressType.PUBLIC,
        ports=[containerinstance.PortArgs(port=PORT, protocol="TCP")],
        dns_name_label=name,
        # The other scopes put a hash into the address, which nobody could know beforehand.
        auto_generated_domain_name_label_scope=containerinstance.DnsNameLabelReusePolicy.UNSECURE,
    )


def _probe(path: str) -> containerinstance.ContainerProbeArgs:
    return containerinstance.ContainerProbeArgs(
        http_get=containerinstance.ContainerHttpGetArgs(path=path, port=PORT, scheme="http"),
        initial_delay_seconds=30,
        period_seconds=30,
        failure_threshold=5,
    )
