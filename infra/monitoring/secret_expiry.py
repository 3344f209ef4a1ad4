"""Secrets that are about to expire."""

from __future__ import annotations

import pulumi
from pulumi_azure_native import eventgrid

from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind

EVENTS = (
    "Microsoft.KeyVault.SecretNearExpiry",
    "Microsoft.KeyVault.SecretExpired",
    "Microsoft.KeyVault.CertificateNearExpiry",
    "Microsoft.KeyVault.CertificateExpired",
)
"""Near is 30 days before the date (learn.microsoft.com event-grid event-schema-key-vault). The vault speaks of versions
that are set after the subscription exists, and only of those that have a date."""


_PAGES = {False: "orchestrators.md", True: "databricks.md"}
"""Whether it is a vault of a secret scope, and where its secrets are described."""


class SecretExpiry(Component):
    """Owns the vault's event topic and what calls the action group. Does not own the vault or its secrets.

    Key Vault is the one source whose events Event Grid turns into alerts by itself, without a function or a webhook in
    between (learn.microsoft.com event-grid/handler-azure-monitor-alerts).
    A vault has one system topic: where somebody made one by hand, adopt or delete it first.
    """

    def __init__(
        self,
        key: str,
        key_vault: Reference,
        action_group: Reference,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        """`key` tells vaults apart; empty for the ML workspace's."""
        words = ("secret-expiry", key) if key else ("secret-expiry",)
        purpose = "-".join(words)
        super().__init__("monitoring:SecretExpiry", purpose, context, opts)
        name = context.naming.name(
            ResourceKind.EVENT_GRID_SYSTEM_TOPIC, f"key-vault-{key}" if key else "key-vault"
        )
        topic = eventgrid.SystemTopic(
            purpose,
            system_topic_name=name,
            resource_group_name=context.resource_group.known_name,
            # The vault's own region, or the topic is refused.
            location=context.azure.location,
            topic_type="Microsoft.KeyVault.vaults",
            source=key_vault.known_id,
            tags=self.tags,
            opts=self.child(immutable=["source", "topicType", "location"]),
        )
        topic_id = context.arm.resource_id("Microsoft.EventGrid", "systemTopics", name)
        self.verify(topic_id, topic)
        eventgrid.SystemTopicEventSubscription(
            f"{purpose}-alert",
            event_subscription_name=context.naming.name(ResourceKind.EVENT_GRID_SUBSCRIPTION, purpose),
            system_topic_name=Reference(topic_id, name, (topic,)).known_name,
            resource_group_name=context.resource_group.known_name,
            # The only schema that alerts take.
            event_delivery_schema=eventgrid.EventDeliverySchema.CLOUD_EVENT_SCHEMA_V1_0,
            filter=eventgrid.EventSubscriptionFilterArgs(included_event_types=list(EVENTS)),
            destination=eventgrid.MonitorAlertEventSubscriptionDestinationArgs(
                endpoint_type="MonitorAlert",
                severity=eventgrid.MonitorAlertSeverity.SEV2,
                description=f"A secret of {key_vault.name} expires; docs/{_PAGES[bool(key)]} says how to renew it",
                action_groups=[action_group.known_id],
            ),
            opts=self.child(),
        )
        self.register_outputs({"events": list(EVENTS)})
