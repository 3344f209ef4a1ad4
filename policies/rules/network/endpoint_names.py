"""Every private endpoint has its names."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.cases import changed_sample
from policies.frame.judged import Stack
from policies.frame.rule import UNKNOWN_STRING, Anchors, Sample, Severity, StackCases, StackFinding, StackRule


def _check(stack: Stack) -> Iterator[StackFinding]:
    named = {
        stack.text(group, "privateEndpointName").lower()
        for group in stack.of("azure-native:network:PrivateDnsZoneGroup")
        if stack.read(group, lambda asked: asked.value("privateDnsZoneConfigs"), None)
    }
    for endpoint in stack.of("azure-native:network:PrivateEndpoint"):
        name = stack.text(endpoint, "privateEndpointName")
        if name and name.lower() not in named:
            yield StackFinding(f"no private DNS zone group names {name}", endpoint.urn)


_PRIVATE_ENDPOINT = Sample(
    "azure-native:network:PrivateEndpoint",
    {
        "privateEndpointName": "e",
        "resourceGroupName": "g",
        "privateLinkServiceConnections": [{"privateLinkServiceId": "/x", "groupIds": ["vault"]}],
    },
    name="e",
)
_PRIVATE_DNS_ZONE_GROUP = Sample(
    "azure-native:network:PrivateDnsZoneGroup",
    {"privateEndpointName": "e", "privateDnsZoneConfigs": [{"privateDnsZoneId": "/z"}]},
    name="z",
)

RULE = StackRule(
    id="AMLP-NW-012",
    title="Every private endpoint has its names",
    severity=Severity.HIGH,
    check=_check,
    why=("Without the zone group the service's name still leads to its public address, which is closed."),
    fix="Add a PrivateDnsZoneGroup for the endpoint",
    anchors=Anchors(benchmark=("NS-2",), source="learn.microsoft.com private-link private-endpoint-dns"),
    cases=StackCases(
        allowed=(
            _PRIVATE_ENDPOINT,
            _PRIVATE_DNS_ZONE_GROUP,
        ),
        denied=(
            _PRIVATE_ENDPOINT,
            changed_sample(_PRIVATE_DNS_ZONE_GROUP, {"privateDnsZoneConfigs": []}),
        ),
        omitted=(_PRIVATE_ENDPOINT,),
        unknown=(Sample("azure-native:network:PrivateEndpoint", {"privateEndpointName": UNKNOWN_STRING}),),
    ),
)
