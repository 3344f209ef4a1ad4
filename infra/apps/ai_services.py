"""AI services: the accounts that bill containers, and the keys that the containers show them."""

from __future__ import annotations

import datetime

import pulumi
from pulumi_azure_native import cognitiveservices, keyvault

from azure_facts.arm_id_parsing import parse_arm_id
from azure_facts.arm_ids import child_id
from infra.apps.ai_container_instance import container_instance
from infra.apps.ai_on_kubernetes import AiOnKubernetes
from infra.apps.billed import BilledService
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.foundation.diagnostics import send_diagnostics
from infra.foundation.private_link import PrivateLink, private_endpoint
from infra.serving.platform import AttachedCluster
from infra.settings import apps as settings_of


class AiServices(Component):
    """Owns each account, its key in the platform's Key Vault, and the container that runs the service.

    A container reports what it did to its account and stops without that; it knows keys only, no identities, so the
    account keeps local authentication (learn.microsoft.com ai-services cognitive-services-container-support).
    Azure cannot change later: the account's name, kind and sub-domain; nothing of a container group but its tags.
    """

    def __init__(
        self,
        settings: settings_of.Apps,
        key_vault: Reference,
        cluster: AttachedCluster | None,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        """`cluster` is where services run that settings put on Kubernetes."""
        super().__init__("apps:AiServices", "ai-services", context, opts)
        self.key_vault = key_vault
        self.urls: dict[str, str] = {}
        on_kubernetes: dict[str, BilledService] = {}
        for key, service in settings.ai_services.items():
            billed = self._billed(key, service, self._account(key, service))
            if service.runs_on is settings_of.AiServiceHost.KUBERNETES:
                on_kubernetes[key] = billed
                continue
            url = container_instance(self, key, billed)
            if url:
                self.urls[key] = url
        if on_kubernetes and cluster and settings.flux:
            inside = pulumi.ResourceOptions(parent=self)
            flux = AiOnKubernetes(on_kubernetes, settings.flux, key_vault, cluster, context, inside)
            self.urls |= flux.urls
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
                network_acls=cognitiveservices.NetworkRuleSetArgs(
                    # A container on an instance, and a cluster without a NAT gateway of its own, report from an
                    # address that nobody knows beforehand; each call carries the account's key.
                    default_action=(
                        cognitiveservices.NetworkRuleAction.ALLOW
                        if context.is_public
                        else cognitiveservices.NetworkRuleAction.DENY
                    ),
                ),
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

    def _billed(self, key: str, settings: settings_of.AiService, account: Reference) -> BilledService:
        """The key goes from the account to the vault; nobody types it, and no output holds it."""
        keys = cognitiveservices.list_account_keys_output(
            account_name=account.known_name,
            resource_group_name=self.context.resource_group.known_name,
            # A function needs its provider named too: the default one is disabled.
            opts=pulumi.InvokeOutputOptions(parent=self),
        )
        value = pulumi.Output.secret(keys.apply(lambda item: item.key1 or ""))
        name = f"ai-service-{key}-key"
        secret = keyvault.Secret(
            name,
            secret_name=name,
            vault_name=self.key_vault.known_name,
            # An existing vault may be in another group.
            resource_group_name=parse_arm_id(self.key_vault.id).resource_group or "",
            properties=keyvault.SecretPropertiesArgs(
                value=value, attributes=keyvault.SecretAttributesArgs(expires=_expires(settings))
            ),
            tags=self.tags,
            opts=self.child(),
        )
        reference = Reference(child_id(self.key_vault.id, "secrets", name), name, (secret,))
        return BilledService(settings, account, value, reference)


def _expires(settings: settings_of.AiService) -> int:
    """In seconds since 1970. For information: the vault gives the secret out after it too (learn.microsoft.com
    key-vault/secrets/about-secrets)."""
    if settings.key_expires is None:
        raise pulumi.RunError("apps.ai_services.key_expires: is missing")
    midnight = datetime.datetime.combine(settings.key_expires, datetime.time(), tzinfo=datetime.UTC)
    return int(midnight.timestamp())
