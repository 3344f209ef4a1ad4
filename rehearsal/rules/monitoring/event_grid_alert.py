"""Events that become alerts: one schema, and a severity."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_SUBSCRIPTION = "azure-native:eventgrid:SystemTopicEventSubscription"
_SCHEMA = "CloudEventSchemaV1_0"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text("destination.endpointType") != "MonitorAlert":
        return
    schema = resource.text("eventDeliverySchema") or "EventGridSchema"
    if schema != _SCHEMA:
        yield Violation("eventDeliverySchema", f"is {schema}, which alerts do not take; give {_SCHEMA}")
    if not resource.text("destination.severity"):
        yield Violation("destination.severity", "is missing; an alert has one: give Sev0 to Sev4")


def _case(schema: str) -> Case:
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "systemTopicName": "egst-key-vault-dev",
        "eventSubscriptionName": "secret-expiry",
        "eventDeliverySchema": schema,
        "destination": {"endpointType": "MonitorAlert", "severity": "Sev2"},
    }
    return Case((Declared(_SUBSCRIPTION, inputs),))


RULE = Rule(
    id="EVG340",
    service="Event Grid",
    title="an alert takes events of the CloudEvents schema",
    applies_to=(_SUBSCRIPTION,),
    status=400,
    code="InvalidRequest",
    source="learn.microsoft.com event-grid/handle-key-vault-events-using-azure-monitor-alerts; Azure REST spec "
    "eventgrid 2025-02-15, MonitorAlertEventSubscriptionDestination",
    check=_check,
    trips=_case("EventGridSchema"),
    passes=_case(_SCHEMA),
)
