"""Databricks nodes have no public addresses."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DB-002",
    title="Databricks nodes have no public addresses",
    severity=Severity.CRITICAL,
    types=("azure-native:databricks:Workspace",),
    check=must_be("parameters.enableNoPublicIp.value", True),
    why="Nodes run any code from a notebook; they must not be reachable from the internet.",
    fix="Set parameters.enable_no_public_ip.value=True",
    anchors=Anchors(
        benchmark=("NS-2",),
        azure_policy=("51c1490f-3319-459c-bbbc-7f391bbed753",),
        psrule=("Azure.Databricks.SecureConnectivity",),
    ),
    cases=Cases(
        allowed=({"parameters": {"enableNoPublicIp": {"value": True}}},),
        denied=({"parameters": {"enableNoPublicIp": {"value": False}}},),
        omitted={},
        unknown={"parameters": {"enableNoPublicIp": {"value": UNKNOWN_STRING}}},
    ),
)
