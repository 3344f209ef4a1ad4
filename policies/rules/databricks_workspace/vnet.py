"""Databricks nodes are in our network."""

from __future__ import annotations

from policies.frame.checks import must_have
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DB-006",
    title="Databricks nodes are in our network",
    severity=Severity.HIGH,
    types=("azure-native:databricks:Workspace",),
    check=must_have("parameters.customVirtualNetworkId.value"),
    why="Only nodes in our own network have our egress and private endpoints.",
    fix="Set parameters.custom_virtual_network_id and both subnets",
    anchors=Anchors(benchmark=("NS-2",), azure_policy=("9c25c9e4-ee12-4882-afd2-11fb9d87893f",)),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"parameters": {"customVirtualNetworkId": {"value": "/v"}}},),
        denied=({"parameters": {"customVirtualNetworkId": {"value": ""}}},),
        omitted={},
        unknown={"parameters": {"customVirtualNetworkId": {"value": UNKNOWN_STRING}}},
    ),
)
