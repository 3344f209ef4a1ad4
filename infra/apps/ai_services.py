"""AI service containers: the account that bills them, their key, and the container."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
from pulumi_azure_native import cognitiveservices, containerinstance, keyvault

from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.arm_ids import parse_arm_id
from infra.conventions.name_rules import ResourceKind
from infra.foundation.diagnostics import send_diagnostics
from infra.foundation.private_link import PrivateLink, private_endpoint
from infra.settings import apps as settings_of

PORT = 5000


class AiServices(Component):
    """Owns each account, its key in the platform's Key Vault, and a container group that runs the service.

    A container reports what it did to its account and stops without that; it knows keys only, no identities, so the
    account keeps local authentication (learn.microsoft.com ai-services cognitive-services-container-support).
    Azure cannot change later: the account's name, kind and sub-domain; nothing of a container group but its tags.
    """

    def __init__(
        self,
        settings: Mapping[str, settings_of.AiService],
        key_vault: Reference | None,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("apps:AiServices", "ai-services", context, opts)
        self.urls: dict[str, pulumi.Output[str]] = {}
        for key, service in settings.items():
            account = self._account(key, service)
            api_key = self._key(key, account, key_vault)
            self._container(key, service, account, api_key)
        self.register_outputs({"urls": self.urls})

    def _account(self, key: str, settings: settings_of.AiService) -> Reference:
        context = self.context
        name = context.naming.name(ResourceKind.AI_SERVICES, key)
        account_id = context.arm.ai_services_id(name)
        account = cognitiveservices.Account(
            f"ai-service-{key}",
            account_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            kind=settings.kind,
            sku=cognitiveservices.SkuArgs(name=settings.sku),
            identity=cognitiveservices.IdentityArgs(
                type=cognitiveservices.ResourceIdentityType.SYSTEM_ASSIGNED
            ),
            properties=cognitiveservices.AccountPropertiesArgs(
                custom_sub_domain_name=name,
                public_network_access=context.public_access,
                disable_local_auth=False,
            ),
            tags=self.tags,
            opts=self.stateful_child(immutable=["kind", "properties.customSubDomainName"]),
        )
        self.verify(account_id, account)
        reference = Reference(account_id, name, (account,))
        send_diagnostics(self, f"ai-service-{key}", reference)
        private_endpoint(self, f"ai-service-{key}", reference, PrivateLink.AI_SERVICES)
        return reference

    def _key(self, key: str, account: Reference, key_vault: Reference | None) -> pulumi.Output[str]:
        keys = cognitiveservices.list_account_keys_output(
            account_name=account.known_name, resource_group_name=self.context.resource_group.known_name
        )
        value = pulumi.Output.secret(keys.apply(lambda item: item.key1 or ""))
        if key_vault:
            keyvault.Secret(
                f"ai-service-{key}-key",
                secret_name=f"ai-service-{key}-key",
                vault_name=key_vault.known_name,
                # A given vault may stand in another group.
                resource_group_name=parse_arm_id(key_vault.id).resource_group or "",
                properties=keyvault.SecretPropertiesArgs(value=value),
                tags=self.tags,
                opts=self.child(),
            )
        return value

    def _container(
        self, key: str, settings: settings_of.AiService, account: Reference, api_key: pulumi.Output[str]
    ) -> None:
        context = self.context
        name = context.naming.name(ResourceKind.CONTAINER_GROUP, f"ai-{key}")
        endpoint = account.known_name.apply(lambda item: f"https://{item}.cognitiveservices.azure.com/")
        variable = containerinstance.EnvironmentVariableArgs
        containerinstance.ContainerGroup(
            f"ai-service-{key}-container",
            container_group_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            os_type=containerinstance.OperatingSystemTypes.LINUX,
            restart_policy=containerinstance.ContainerGroupRestartPolicy.ALWAYS,
            containers=[
                containerinstance.ContainerArgs(
                    name=key,
                    image=settings.image,
                    ports=[containerinstance.ContainerPortArgs(port=PORT, protocol="TCP")],
                    resources=containerinstance.ResourceRequirementsArgs(
                        requests=containerinstance.ResourceRequestsArgs(
                            cpu=settings.cpu, memory_in_gb=settings.memory_gb
                        )
                    ),
                    environment_variables=[
                        variable(name="Eula", value="accept"),
                        variable(name="Billing", value=endpoint),
                        variable(name="ApiKey", secure_value=api_key),
                    ],
                    # /ready: the model is loaded; /status: the key is valid too.
                    readiness_probe=_probe("/ready"),
                    liveness_probe=_probe("/status"),
                )
            ],
            ip_address=(
                containerinstance.IpAddressArgs(
                    type=containerinstance.ContainerGroupIpAddressType.PUBLIC,
                    ports=[containerinstance.PortArgs(port=PORT, protocol="TCP")],
                    dns_name_label=name,
                )
                if settings.public
                else None
            ),
            tags=self.tags,
            opts=self.child(
                immutable=["containers[0].resources", "containers[0].ports", "ipAddress", "restartPolicy"]
            ),
        )
        if settings.public:
            host = f"{name}.{context.azure.location}.azurecontainer.io"
            self.urls[key] = pulumi.Output.from_input(f"http://{host}:{PORT}")


def _probe(path: str) -> containerinstance.ContainerProbeArgs:
    return containerinstance.ContainerProbeArgs(
        http_get=containerinstance.ContainerHttpGetArgs(path=path, port=PORT, scheme="http"),
        initial_delay_seconds=30,
        period_seconds=30,
        failure_threshold=5,
    )
