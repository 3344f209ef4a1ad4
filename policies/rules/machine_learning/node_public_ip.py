"""ML compute has no public addresses."""

from __future__ import annotations

from policies.frame.checks import all_of, must_be, where
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ML-010",
    title="ML compute has no public addresses",
    severity=Severity.HIGH,
    types=("azure-native:machinelearningservices:Compute",),
    check=all_of(
        where(
            "properties.computeType",
            "ComputeInstance",
            must_be("properties.properties.enableNodePublicIp", False),
        ),
        where(
            "properties.computeType", "AmlCompute", must_be("properties.properties.enableNodePublicIp", False)
        ),
    ),
    why="A node with a public address is scanned within minutes.",
    fix="Set enable_node_public_ip=False",
    anchors=Anchors(
        benchmark=("NS-2",),
        azure_policy=("7804b5c7-01dc-4723-969b-ae300cc07ff1",),
        psrule=("Azure.ML.ComputeVnet",),
    ),
    cases=Cases(
        allowed=({"properties": {"computeType": "AmlCompute", "properties": {"enableNodePublicIp": False}}},),
        denied=({"properties": {"computeType": "AmlCompute", "properties": {"enableNodePublicIp": True}}},),
        omitted={"properties": {"computeType": "AmlCompute", "properties": {}}},
        unknown={
            "properties": {"computeType": "AmlCompute", "properties": {"enableNodePublicIp": UNKNOWN_STRING}}
        },
    ),
)
